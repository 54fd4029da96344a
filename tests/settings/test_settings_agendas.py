"""Agendas of the user's own: read with care, what is wrong is named, and the rest still counts."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from facilitator.model.agendas import AGENDAS, Agenda, Part
from facilitator.model.meeting_items import Box
from facilitator.settings.agendas import MOST_AGENDAS, read_agendas
from facilitator.settings.settings import load


@pytest.fixture
def config(tmp_path: Path) -> Path:
    return tmp_path / "config.toml"


def said(path: Path) -> list[str]:
    return [str(problem) for problem in load(path)[1]]


def own(path: Path) -> tuple[Agenda, ...]:
    return load(path)[0].agenda[len(AGENDAS) :]


def test_without_own_ones_there_are_those_that_everybody_has(config: Path) -> None:
    assert load(config)[0].agenda == AGENDAS


def test_an_own_agenda_comes_after_them(config: Path) -> None:
    config.write_text(
        '[agenda.team]\nabout = "our  hour"\nboxes = [\n"Opening 5",\n"Timeline walk 40",\n"Wrap up 5 #actions",\n]\n'
    )
    assert said(config) == []
    boxes = (
        Box(text="Opening", minutes=5),
        Box(text="Timeline walk", minutes=40, phase="Timeline"),
        Box(text="Wrap up", minutes=5, phase="Actions"),
    )
    assert own(config) == (Agenda("team", "our hour", (Part("", boxes),)),)


def test_an_agenda_of_several_meetings_has_a_list_of_lists(config: Path) -> None:
    config.write_text('[agenda."Two evenings"]\nboxes = [["Timeline 30"], ["Whys 20", "Actions 10"]]\n')
    ((agenda,), problems) = own(config), said(config)
    assert problems == []
    assert [(part.text, len(part.boxes)) for part in agenda.meetings] == [("Part 1", 1), ("Part 2", 2)]


def test_an_own_agenda_takes_the_place_of_one_with_its_name(config: Path) -> None:
    config.write_text('[agenda.quick]\nboxes = ["Timeline 10"]\n')
    found = load(config)[0].agenda
    assert [each.name for each in found] == [each.name for each in AGENDAS]
    (quick,) = [each for each in found if each.name == "quick"]
    assert quick.minutes == 10


@pytest.mark.parametrize(
    ("lines", "problem"),
    [
        (
            'boxes = "Timeline 25"',
            "line 2: agenda.team.boxes: must be a list such as ['Opening 5', 'Timeline 25'], not text",
        ),
        (
            "boxes = [25]",
            "line 2: agenda.team.boxes: a time box is text in quotes, such as 'Timeline 25', not a number",
        ),
        (
            'boxes = ["Timeline"]',
            "line 2: agenda.team.boxes: 'Timeline': How many minutes? Type them after the name",
        ),
        ('boxes = ["Break 0"]', "line 2: agenda.team.boxes: 'Break 0': A time box has 1 to 480 minutes, not 0"),
        (
            'boxes = [""]',
            "line 2: agenda.team.boxes: '': a time box has a name and minutes: Timeline 25",
        ),
        (
            "boxes = []",
            "line 2: agenda.team.boxes: a meeting has one time box at least; write a list such as [EXAMPLE]",
        ),
        (
            'about = "x"',
            "line 1: agenda.team: has no time boxes; write boxes = a list such as [EXAMPLE]",
        ),
    ],
)
def test_an_agenda_that_makes_no_sense_is_named_and_left_out(config: Path, lines: str, problem: str) -> None:
    config.write_text(f'[agenda.team]\n{lines}\n[agenda.other]\nboxes = ["Timeline 25"]\n')
    example = "'Opening 5', 'Timeline 25'"
    assert said(config) == [f"config.toml, {problem}".replace("EXAMPLE", example)]
    assert [each.name for each in own(config)] == ["other"]


@pytest.mark.parametrize(
    ("lines", "problem"),
    [
        ("about = 3", "agenda.team.about: must be text in quotes, not a number"),
        ("box = 3", "agenda.team.box: unknown key 'box'; did you mean 'boxes'?"),
        ("x = 3", "agenda.team.x: unknown key 'x'; the keys are about and boxes"),
    ],
)
def test_what_is_wrong_beside_the_boxes_does_not_cost_the_agenda(config: Path, lines: str, problem: str) -> None:
    config.write_text(f'[agenda.team]\nboxes = ["Timeline 25"]\n{lines}\n')
    assert said(config) == [f"config.toml, line 3: {problem}"]
    assert [each.name for each in own(config)] == ["team"]


def test_what_is_no_table_is_named(config: Path) -> None:
    config.write_text("agenda = 5\n")
    assert said(config) == [
        "config.toml, line 1: agenda: must be a table for each agenda, such as [agenda.team], not a number"
    ]
    config.write_text("[agenda]\nteam = 5\n")
    assert said(config) == ["config.toml, line 2: agenda.team: must be a table with boxes, not a number"]
    assert load(config)[0].agenda == AGENDAS


def test_there_is_an_end_to_how_much_is_taken() -> None:
    many = {f"a{number}": {"boxes": ["Timeline 5"]} for number in range(MOST_AGENDAS + 5)}
    found, wrong = read_agendas(many)
    assert len(found) == len(AGENDAS) + MOST_AGENDAS
    assert len(wrong) == 1
    long = {
        "x" * 1000: {"boxes": ["Timeline 5"]},
        "y": {"boxes": ["Timeline 5"] * 1000},
        "z": {"boxes": [["A 5"]] * 99},
    }
    found, wrong = read_agendas(long)
    assert found == AGENDAS
    assert len(wrong) == 3


toml = st.recursive(
    st.one_of(st.text(max_size=10), st.integers(), st.booleans(), st.sampled_from(("Timeline 25", "Break"))),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.one_of(st.sampled_from(("boxes", "about")), st.text(max_size=5)), inner, max_size=3),
    ),
    max_leaves=12,
)


@given(toml)
@settings(max_examples=150)
def test_whatever_stands_there_nothing_is_raised_and_every_agenda_has_boxes(value: object) -> None:
    found, _ = read_agendas(value)
    assert all(part.boxes and all(box.minutes > 0 for box in part.boxes) for each in found for part in each.meetings)


def test_the_agenda_of_the_documentation_is_what_it_says() -> None:
    text = (Path(__file__).parents[2] / "docs" / "configuration.md").read_text()
    block = next(each.split("```")[0] for each in text.split("```toml\n")[1:] if "[agenda." in each)
    found, wrong = read_agendas(tomllib.loads(block)["agenda"])
    assert wrong == []
    assert len(found) > len(AGENDAS)


def test_the_agendas_of_the_documentation_are_those_that_everybody_has() -> None:
    text = (Path(__file__).parents[2] / "docs" / "configuration.md").read_text()
    table = text.split("| Agenda | What it is for |\n|---|---|\n")[1].split("\n\n")[0]
    assert table.splitlines() == [f"| `{agenda.name}` | {agenda.about} |" for agenda in AGENDAS]
