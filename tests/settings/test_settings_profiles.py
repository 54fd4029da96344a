"""Profiles of a team's own: changed, added, and left as they were when something is wrong."""

from pathlib import Path

import pytest

from facilitator.redaction.profiles import PROFILES, PUBLIC, Kind, Naming, Profile
from facilitator.settings.settings import Problem, load


def read(tmp_path: Path, text: str) -> tuple[dict[str, Profile], tuple[Problem, ...]]:
    path = tmp_path / "config.toml"
    path.write_text(text, encoding="utf-8")
    settings, problems = load(path)
    return {each.name: each for each in settings.profile}, problems


def test_without_any_there_are_three(tmp_path: Path) -> None:
    assert read(tmp_path, "") == (dict(PROFILES), ())


def test_a_profile_is_changed_in_what_is_written(tmp_path: Path) -> None:
    profiles, problems = read(
        tmp_path, '[profile.public]\nnot = ["tickets"]\nwords = ["Acme Corp"]\npeople = "pseudonyms"'
    )
    assert problems == ()
    public = profiles["public"]
    assert public.replaces == PUBLIC.replaces - {Kind.TICKET}
    assert (public.words, public.naming, public.withholds) == (("Acme Corp",), Naming.PSEUDONYMS, True)


def test_a_profile_is_added(tmp_path: Path) -> None:
    text = '[profile.partner]\nabout = "for partners"\nreplaces = ["keys"]\nalso = ["hosts"]\nwithheld = true'
    profiles, problems = read(tmp_path, text)
    assert problems == ()
    assert profiles["partner"] == Profile(
        name="partner", about="for partners", replaces=frozenset((Kind.KEY, Kind.HOST)), withholds=False
    )


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('replaces = ["peple"]', "profile.public.replaces: 'peple' is nothing that can be replaced; did you mean"),
        ("replaces = 3", "must be a list of what is replaced"),
        ('people = "x"', "people are called by 'roles' or 'pseudonyms', not 'x'"),
        ("words = [1]", "must be a list of words"),
        ("withheld = 1", "must be true"),
        ("about = 1", "must be text in quotes"),
        ("wrds = []", "unknown key 'wrds'; did you mean 'words'?"),
    ],
)  # fmt: skip
def test_half_a_profile_does_not_count(tmp_path: Path, line: str, message: str) -> None:
    profiles, problems = read(tmp_path, f'[profile.public]\n{line}\nnot = ["people"]')
    assert profiles == dict(PROFILES)
    assert message in str(problems[0])


@pytest.mark.parametrize("text", ["profile = 3", "[profile]\npublic = 3", '[profile."A B"]'])
def test_what_is_no_profile_is_said(tmp_path: Path, text: str) -> None:
    profiles, problems = read(tmp_path, text)
    assert profiles == dict(PROFILES)
    assert len(problems) == 1
