"""The cues of the program, and the user's own."""

import re
import tomllib
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facilitator.model.cue_values import PLACES, Cue, Heard, Missing
from facilitator.model.session import Milestone
from facilitator.settings.cues import LONGEST, MOST, all_cues, built_in, read_cues, read_silent
from facilitator.settings.settings import load

SOURCE = Path(__file__).parents[2] / "facilitator" / "data" / "cues.toml"


@pytest.fixture
def config(tmp_path: Path) -> Path:
    return tmp_path / "config.toml"


def said(config: Path, text: str) -> list[str]:
    config.write_text(text, encoding="utf-8")
    return [str(problem) for problem in load(config)[1]]


def test_the_cues_of_the_program_pass_the_checks_for_own_cues() -> None:
    read, wrong = read_cues(tomllib.loads(SOURCE.read_text(encoding="utf-8"))["cue"])
    assert wrong == []
    assert read == built_in()
    assert len(read) > 100


def test_no_question_stands_there_twice_and_each_has_its_source() -> None:
    assert [each for each, count in Counter(cue.question for cue in built_in()).items() if count > 1] == []
    assert [cue.id for cue in built_in() if not cue.source] == []


@pytest.mark.parametrize("cue", built_in(), ids=lambda cue: cue.id)
def test_cues_ask_how_and_what_in_neutral_words(cue: Cue) -> None:
    question = cue.question.lower()
    assert not re.match(r"(who|whose|why)\b", question)
    assert not re.search(
        r"\bwhy\b|\bwho (did|caused|approved)\b|\bshould(n't| not)? have\b|\bfault\b|\bblame\b", question
    )
    assert re.search(r"[?.]$", cue.question)
    assert len(cue.question) <= 120


@pytest.mark.parametrize("place", PLACES)
def test_every_place_has_cues_of_its_own(place: str) -> None:
    own = [cue for cue in built_in() if place in cue.places and not (cue.after or cue.missing or cue.milestones)]
    assert len(own) >= 3


@pytest.mark.parametrize("heard", Heard)
def test_there_is_something_to_ask_after_everything_that_can_be_heard(heard: Heard) -> None:
    assert any(heard in cue.after for cue in built_in())


@pytest.mark.parametrize("missing", Missing)
def test_there_is_something_to_ask_about_everything_that_can_be_missing(missing: Missing) -> None:
    assert any(missing in cue.missing for cue in built_in())


@pytest.mark.parametrize("milestone", Milestone)
def test_every_milestone_has_two_cues(milestone: Milestone) -> None:
    assert sum(milestone in cue.milestones for cue in built_in()) == 2


def test_a_fix_is_not_put_off_where_actions_are_made() -> None:
    asked = [cue for cue in built_in() if Heard.FIX in cue.after]
    assert asked
    assert all("actions" not in cue.places and cue.places for cue in asked)


OWN = """
silent_cues = ["timeline-normal-day"]

[[cue]]
question = "Which feature flags were on?"

[[cue]]
id = "mine"
question = "What did the status page say?"
places = ["Timeline", "Detection & response"]
milestones = "declared"
after = ["a decision", "an observation"]
missing = ["entries before"]
source = "our team"
"""


def test_own_cues_are_read_from_the_configuration(config: Path) -> None:
    assert said(config, OWN) == []
    settings, _ = load(config)
    assert settings.silent_cues == ("timeline-normal-day",)
    assert settings.cue == (
        Cue(id="Which feature flags were on?", question="Which feature flags were on?"),
        Cue(
            id="mine",
            question="What did the status page say?",
            places=("timeline", "response"),
            milestones=(Milestone.DECLARED,),
            after=(Heard.DECISION, Heard.OBSERVATION),
            missing=(Missing.BEFORE,),
            source="our team",
        ),
    )


def test_own_cues_come_first_and_silent_ones_not_at_all(config: Path) -> None:
    assert said(config, OWN) == []
    settings, _ = load(config)
    cues = all_cues(settings.cue, settings.silent_cues)
    assert cues[:2] == settings.cue
    assert [cue.id for cue in cues[2:]] == [cue.id for cue in built_in() if cue.id != "timeline-normal-day"]


def test_an_own_cue_with_the_id_of_another_takes_its_place() -> None:
    own = Cue(id="lessons-luck", question="What did we get away with?")
    cues = all_cues((own,))
    assert len(cues) == len(built_in())
    assert cues[[cue.id for cue in built_in()].index("lessons-luck")] == own


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('places = ["timelin"]', "places: unknown place 'timelin'; did you mean 'timeline'?"),
        ('milestones = ["resolve"]', "milestones: unknown milestone 'resolve'; did you mean 'resolved'?"),
        ('after = "decision"', "after: unknown kind of saying 'decision'; did you mean 'a decision'?"),
        ('missing = ["evidense"]', "missing: unknown lack 'evidense'; did you mean 'evidence'?"),
        ("places = 3", "places: must be a list of texts in quotes, not a number"),
        ("places = [3]", "places: must be a list of texts in quotes, not of a number"),
        ("source = true", "source: must be text in quotes, not true or false"),
        ('id = "first"', "id: another cue has the id 'first' already"),
    ],
)
def test_a_cue_in_which_something_is_wrong_is_named_by_its_line_and_left_out(
    config: Path, line: str, message: str
) -> None:
    first = '[[cue]]\nid = "first"\nquestion = "How was it?"\n'
    assert said(config, f'{first}\n[[cue]]\nquestion = "What was it?"\n{line}\n') == [
        f"config.toml, line 7: cue.2.{message}"
    ]
    assert [cue.id for cue in load(config)[0].cue] == ["first"]


def test_an_unknown_place_near_nothing_gets_the_list(config: Path) -> None:
    (problem,) = said(config, '[[cue]]\nquestion = "What?"\nplaces = ["xyzzy"]\n')
    assert "unknown place 'xyzzy'; write one of: opening, incident, timeline" in problem


def test_an_unknown_key_is_named_and_the_cue_still_counts(config: Path) -> None:
    assert said(config, '[[cue]]\nquestion = "What?"\nplace = "timeline"\n') == [
        "config.toml, line 3: cue.1.place: unknown key 'place'; did you mean 'places'?"
    ]
    assert len(load(config)[0].cue) == 1


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[[cue]]\nsource = "x"\n', "config.toml, line 1: cue.1.question: a cue needs a question"),
        ('[[cue]]\nquestion = " "\n', "config.toml, line 2: cue.1.question: a cue needs a question"),
        ("[cue]\nx = 1\n", "config.toml, line 1: cue: must be tables that begin with [[cue]]"),
        ("cue = 1\n", "config.toml, line 1: cue: must be tables that begin with [[cue]]"),
        (
            'silent_cues = ["lessons-luc"]\n',
            "config.toml, line 1: silent_cues: no cue has the id 'lessons-luc'; did you mean 'lessons-luck'?",
        ),
        ("silent_cues = 1\n", "config.toml, line 1: silent_cues: must be a list of texts in quotes, not a number"),
    ],
)
def test_what_is_no_cue_is_said(config: Path, text: str, message: str) -> None:
    assert said(config, text) == [message]


def test_there_are_limits_to_the_length_and_the_number_of_own_cues() -> None:
    long = read_cues([{"question": "x" * (LONGEST + 1)}])
    assert long == ((), [(("1", "question"), f"is longer than {LONGEST} characters")])
    cues, wrong = read_cues([{"question": f"What about {number}?"} for number in range(MOST + 5)])
    assert len(cues) == MOST
    assert [path for path, _ in wrong] == [(str(MOST + 1),)]


@pytest.mark.parametrize(
    ("key", "values"), [("places", PLACES), ("milestones", Milestone), ("after", Heard), ("missing", Missing)]
)
def test_the_documentation_lists_every_value(key: str, values: Iterable[str]) -> None:
    page = (SOURCE.parents[2] / "docs" / "configuration.md").read_text(encoding="utf-8")
    (row,) = re.findall(rf"^\| `{key}` \| (?:in|at|after|where) .* \| (.*) \|$", page, re.MULTILINE)
    assert row == ", ".join(f"`{each}`" for each in values)


def test_silencing_every_cue_leaves_none() -> None:
    ids, wrong = read_silent([cue.id for cue in built_in()])
    assert wrong == []
    assert all_cues((), ids) == ()


_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=3),
    max_leaves=8,
)
_TABLES = st.dictionaries(st.sampled_from(["id", "question", "places", "after", "missing", "x"]), _VALUES, max_size=5)


@given(st.lists(_TABLES, max_size=4) | _VALUES)
def test_whatever_stands_there_is_read_or_named(value: object) -> None:
    cues, wrong = read_cues(value)
    assert all(cue.question for cue in cues)
    assert len({cue.id for cue in cues}) == len(cues)
    assert all(message for _, message in wrong)
