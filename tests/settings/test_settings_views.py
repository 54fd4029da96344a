"""Saved views in the configuration file."""

from pathlib import Path

from facilitator.settings.settings import load
from facilitator.settings.views import MOST, PROGRAM, SavedView


def read(tmp_path: Path, text: str) -> tuple[tuple[SavedView, ...], tuple[str, ...]]:
    path = tmp_path / "config.toml"
    path.write_text(text, encoding="utf-8")
    settings, problems = load(path)
    return settings.views, tuple(map(str, problems))


def test_own_views_come_first_and_take_the_place_of_those_with_their_name(tmp_path: Path):
    name = PROGRAM[1].name
    views, problems = read(tmp_path, f'[views]\nOurs = " service:checkout  since:12m "\n"{name}" = "mttr:>3h"\n')
    assert problems == ()
    assert views[:2] == (SavedView("Ours", "service:checkout since:12m"), SavedView(name, "mttr:>3h"))
    assert views[2:] == tuple(each for each in PROGRAM if each.name != name)


def test_everybody_has_those_of_the_program(tmp_path: Path):
    assert read(tmp_path, 'theme = ""\n') == (PROGRAM, ())


def test_what_is_wrong_with_a_view_is_named_and_the_others_count(tmp_path: Path):
    views, problems = read(tmp_path, '[views]\none = 1\ntwo = " "\nthree = "tag:redis"\n"" = "x"\n')
    assert views == (SavedView("three", "tag:redis"), *PROGRAM)
    assert [each.split(" ")[2] for each in problems] == ["2:", "3:", "5:"]
    assert "not a number" in problems[0]
    assert "not an empty one" in problems[1]


def test_there_are_so_many_at_most(tmp_path: Path):
    lines = "\n".join(f'view{number} = "tag:a{number}"' for number in range(MOST + 2))
    views, problems = read(tmp_path, f"[views]\n{lines}\n")
    assert len(views) == MOST + len(PROGRAM)
    assert len(problems) == 1


def test_views_that_are_no_table_are_told(tmp_path: Path):
    views, problems = read(tmp_path, 'views = "tag:redis"\n')
    assert views == PROGRAM
    assert "table" in problems[0]
