"""The configuration file: read with care, written with care, never in the way."""

import os
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facilitator.model.session import CATEGORIES
from facilitator.model.whys import Wording
from facilitator.settings.settings import Settings, SettingsError, config_path, load, remember_theme


@pytest.fixture
def config(tmp_path: Path) -> Path:
    return tmp_path / "config.toml"


def said(path: Path) -> list[str]:
    return [str(problem) for problem in load(path)[1]]


def test_a_missing_file_gives_the_defaults(config: Path) -> None:
    assert load(config) == (Settings(), ())


def test_every_key_is_read(config: Path) -> None:
    config.write_text(
        'theme = "nord"\nauthor = "Ada  Lovelace"\nzone = "Europe/Paris"\ncategories = ["Capacity", "testing", "x"]'
        '\n[keymap]\napp.undo = "ctrl+u"\n"app.redo" = ["ctrl+y", "f5"]\n'
    )
    settings, problems = load(config)
    assert problems == ()
    assert settings == Settings(
        theme="nord",
        author="Ada Lovelace",
        zone="Europe/Paris",
        keymap={"app.undo": "ctrl+u", "app.redo": "ctrl+y,f5"},
        categories=(*CATEGORIES, "capacity", "x"),
    )


def test_an_unknown_key_is_named_with_its_line_and_the_nearest_right_one(config: Path) -> None:
    config.write_text('# mine\nauthor = "Ada"\nthem = "nord"\n')
    settings, problems = load(config)
    assert settings.author == "Ada"
    assert [(each.place, each.message) for each in problems] == [
        ("config.toml, line 3: them", "unknown key 'them'; did you mean 'theme'?")
    ]


def test_an_unknown_key_near_nothing_gets_the_list(config: Path) -> None:
    config.write_text("xyzzy = 1\n")
    keys = (
        "agenda, author, categories, cue, ground_rules, keymap, profile, proposal, review, rule, sensitive, "
        "silent_cues, silent_proposals, silent_rules, theme, views, wording, zone"
    )
    assert said(config) == [f"config.toml, line 1: xyzzy: unknown key 'xyzzy'; the keys are {keys}"]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("theme = 3", "must be text in quotes, not a number"),
        ("author = true", "must be text in quotes, not true or false"),
        ("author = 2026-11-15", "must be text in quotes, not a date or time"),
        ('zone = "Europe/Pariss"', "unknown zone 'Europe/Pariss'; did you mean 'Europe/Paris'?"),
        ('zone = "utc"', "unknown zone 'utc'; did you mean 'UTC'?"),
        (
            'zone = "+99"',
            "unknown zone '+99'; write UTC, a name such as 'Europe/Paris', or an offset such as '+02:00'",
        ),
        ('categories = "capacity"', "must be a list such as ['capacity', 'vendor'], not text"),
        ("categories = [1]", "a category is text in quotes, not a number"),
        ('categories = ["third party"]', "a category is one word, not 'third party'; write 'third-party'"),
        ('categories = [""]', "a category is one word, not ''"),
        ('keymap = "ctrl+s"', "must be a table of binding ids and keys, not text"),
    ],
)
def test_a_wrong_value_is_named_and_the_rest_still_counts(config: Path, line: str, message: str) -> None:
    key = line.split(maxsplit=1)[0]
    config.write_text(f"{line}\n" + ('author = "Ada"\n' if key != "author" else 'theme = "nord"\n'))
    settings, problems = load(config)
    assert [str(each) for each in problems] == [f"config.toml, line 1: {key}: {message}"]
    assert (settings.author, settings.theme) in (("Ada", ""), ("", "nord"))
    assert settings.zone == "UTC"
    assert settings.categories == CATEGORIES


def test_a_wrong_binding_is_named_with_its_own_line(config: Path) -> None:
    config.write_text('[keymap]\nfirst = "f1"\napp.undo = 7\n')
    settings, _ = load(config)
    assert settings.keymap == {"first": "f1"}
    assert said(config) == [
        "config.toml, line 3: keymap.app.undo: must be a key in quotes, such as 'ctrl+s', not a number"
    ]


@pytest.mark.parametrize(
    ("content", "place"),
    [
        (b'author = "Ada"\ntheme = \n', "config.toml, line 2"),
        (b'theme = "open', "config.toml, at its end"),
        (b'author = "Ada"\n\xff\n', "config.toml"),
        (b"a = " + b"[" * 100_000, "config.toml"),
        (b"#" * 1_000_001, "config.toml"),
    ],
)
def test_a_file_that_cannot_be_read_gives_the_defaults_and_one_problem(
    config: Path, content: bytes, place: str
) -> None:
    config.write_bytes(content)
    settings, problems = load(config)
    assert settings == Settings()
    assert [each.place for each in problems] == [place]


def test_a_folder_in_the_place_of_the_file_is_a_problem(config: Path) -> None:
    config.mkdir()
    assert said(config) == ["config.toml: cannot be read (Is a directory); the defaults are used"]


def test_a_byte_order_mark_is_no_error(config: Path) -> None:
    config.write_bytes(b'\xef\xbb\xbftheme = "nord"\r\n')
    assert load(config) == (Settings(theme="nord"), ())


@given(st.binary(max_size=200))
def test_no_bytes_make_it_raise(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "any.toml"
    path.write_bytes(content)
    settings, problems = load(path)
    assert isinstance(settings, Settings)
    assert all(each.message and each.place for each in problems)


def test_messages_carry_no_control_sequence(config: Path) -> None:
    config.write_text('"\\u001b[31mred" = 1\nzone = "\\u001b]52;c;eA==\\u0007x"\n')
    assert said(config)
    assert all("\x1b" not in each and "\x07" not in each for each in said(config))


def test_where_the_file_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "xdg"))
    assert config_path({}).name == "config.toml"
    assert tmp_path in config_path({}).parents
    assert config_path({"FACILITATOR_CONFIG": ""}) == config_path({})
    assert config_path({"FACILITATOR_CONFIG": "~/mine.toml"}) == tmp_path / "mine.toml"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", 'theme = "new"\n'),
        ('theme = "old" # my favourite\n', 'theme = "new" # my favourite\n'),
        ('author = "Ada"\n# keys\n[keymap]\nx = "f1"\n', 'theme = "new"\nauthor = "Ada"\n# keys\n[keymap]\nx = "f1"\n'),
        ('[keymap]\n  theme  =  "f2"\n', 'theme = "new"\n[keymap]\n  theme  =  "f2"\n'),
        ('author = "Ada"\r\ntheme = "old"\r\n', 'author = "Ada"\r\ntheme = "new"\r\n'),
        ('author = "Ada"', 'theme = "new"\nauthor = "Ada"'),
    ],
)
def test_a_theme_is_remembered_and_nothing_else_changes(config: Path, before: str, after: str) -> None:
    config.write_bytes(before.encode())
    remember_theme(config, "new")
    assert config.read_bytes().decode() == after
    assert tomllib.loads(after)["theme"] == "new"


@given(st.text(max_size=30))
def test_any_theme_name_survives_the_file(tmp_path_factory: pytest.TempPathFactory, theme: str) -> None:
    path = tmp_path_factory.mktemp("themes", numbered=True) / "config.toml"
    remember_theme(path, theme)
    once = load(path)
    remember_theme(path, theme)
    assert load(path) == once
    assert once[1] == ()


def test_the_folder_is_made_and_the_file_is_private(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b" / "config.toml"
    remember_theme(path, "nord")
    assert load(path)[0].theme == "nord"
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_linked_file_stays_linked_and_keeps_its_mode(tmp_path: Path, config: Path) -> None:
    kept = tmp_path / "dotfiles.toml"
    kept.write_text('theme = "old"\n')
    kept.chmod(0o644)
    config.symlink_to(kept)
    remember_theme(config, "new")
    assert config.is_symlink()
    assert kept.read_text() == 'theme = "new"\n'
    assert kept.stat().st_mode & 0o777 == 0o644


def test_a_broken_file_is_left_as_it_is(config: Path) -> None:
    config.write_text("theme = \n")
    with pytest.raises(SettingsError, match="not valid TOML"):
        remember_theme(config, "new")
    assert config.read_text() == "theme = \n"


def test_a_file_that_cannot_be_written_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "config.toml"
    path.write_text('theme = "old"\n')

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(SettingsError, match="No space left on device"):
        remember_theme(path, "new")
    assert path.read_text() == 'theme = "old"\n'
    assert list(tmp_path.iterdir()) == [path]


def test_the_wording_of_the_whys_is_one_of_three(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text('wording = "why"\n')
    assert load(path) == (Settings(wording=Wording.WHY), ())
    path.write_text('wording = "who"\n')
    settings, (problem,) = load(path)
    assert settings.wording is Wording.POSSIBLE
    assert "how did it make sense" in problem.message
