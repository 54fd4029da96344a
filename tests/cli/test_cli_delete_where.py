"""Delete, where, schema, completion."""

import json
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import CliRunner, Result

from facilitator.cli.commands import delete
from facilitator.cli.main import main
from facilitator.model.session import Session
from facilitator.store.store import Store

Run = Callable[..., Result]
Make = Callable[..., Session]


def test_a_session_goes_to_the_trash_and_can_be_brought_back(run: Run, make: Make) -> None:
    session = make()
    result = run("delete", session.id, "--yes")
    assert (result.exit_code, result.stdout) == (0, "")
    assert run("show", session.id).exit_code == 2
    trashed = Path(result.stderr.removeprefix("facilitator: moved to ").partition(";")[0])
    assert trashed.is_file()
    command = result.stderr.partition("; to get it back: facilitator ")[2].split()
    assert run(*command).exit_code == 0
    assert run("show", session.id).exit_code == 0


def test_without_a_terminal_nobody_can_be_asked(run: Run, make: Make) -> None:
    session = make()
    result = run("delete", session.id, stdin="y\n")
    assert result.exit_code == 2
    assert "add --yes" in result.stderr
    assert run("show", session.id).exit_code == 0


@pytest.mark.parametrize(
    ("answer", "code", "kept"), [("y\n", 0, False), ("n\n", 1, True), ("\n", 1, True), ("", 130, True)]
)
def test_on_a_terminal_one_is_asked(
    run: Run, make: Make, monkeypatch: pytest.MonkeyPatch, answer: str, code: int, kept: bool
) -> None:
    monkeypatch.setattr(delete, "sys", SimpleNamespace(stdin=SimpleNamespace(isatty=lambda: True)))
    session = make("Checkout errors")
    result = run("delete", session.id, stdin=answer)
    assert result.exit_code == code
    assert "Move 'Checkout errors'" in result.stderr
    assert (run("show", session.id).exit_code == 0) is kept


def test_where_says_which_store_and_why(run: Run, make: Make, store: Store, home: Path) -> None:
    make()
    (store.path / "broken.json").write_text("{")
    facts = json.loads(run("where", "--json").stdout)
    assert facts["store"] == str(store.path)
    assert facts["reason"] == "--store"
    assert (facts["exists"], facts["sessions"], facts["unreadable"]) == (True, 1, 1)
    assert facts["settings"] == str(home / ".config" / "facilitator" / "config.toml")
    assert (facts["settings_exist"], facts["problems"]) == (False, [])
    lines = run("where").stdout.splitlines()
    assert lines[:4] == [
        f"Store     {store.path}",
        "Because   of --store",
        "Sessions  1, and 1 that cannot be read",
        f"Settings  {home}/.config/facilitator/config.toml (not there; the defaults are used)",
    ]
    assert lines[4] == f"Cache     {home}/.cache/facilitator"


def test_where_lists_what_is_wrong_with_the_settings(run: Run, home: Path) -> None:
    (home / "mine.toml").write_text('them = "nord"\n')
    result = run("where", env={"FACILITATOR_CONFIG": str(home / "mine.toml")})
    assert result.exit_code == 0
    assert "mine.toml, line 1: them: unknown key 'them'; did you mean 'theme'?" in result.stdout
    assert "(not there yet)" in result.stdout


@pytest.mark.parametrize(
    "args",
    [
        ["--store", "mine", "where", "--json"],
        ["where", "--json", "--store", "mine"],
        ["--store", "x", "where", "--json", "--store", "mine"],
    ],
)
def test_the_store_may_be_named_before_the_command_and_after_it(home: Path, args: list[str]) -> None:
    facts = json.loads(CliRunner().invoke(main, args).stdout)
    assert facts["store"] == str(home / "mine")


def test_the_store_may_come_from_the_environment(home: Path) -> None:
    facts = json.loads(CliRunner().invoke(main, ["where", "--json"], env={"FACILITATOR_STORE": "~/there"}).stdout)
    assert facts["store"] == str(home / "there")
    assert "FACILITATOR_STORE" in facts["reason"]


def test_the_schema_is_a_json_schema(run: Run) -> None:
    schema = json.loads(run("schema").stdout)
    assert schema["$schema"].startswith("https://json-schema.org/")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_for_a_shell_is_printed(run: Run, shell: str) -> None:
    script = run("completion", shell).stdout
    assert f"_FACILITATOR_COMPLETE={shell}_complete" in script


def test_another_shell_is_refused(run: Run) -> None:
    assert run("completion", "tcsh").exit_code == 2


def completed(store: Store, words: str) -> list[str]:
    env = {
        "_FACILITATOR_COMPLETE": "zsh_complete",
        "COMP_WORDS": words,
        "COMP_CWORD": str(len(words.split()) - (0 if words.endswith(" ") else 1)),
        "FACILITATOR_STORE": str(store.path),
    }
    lines = CliRunner().invoke(main, [], env=env).stdout.strip().splitlines()
    return [f"{lines[number + 1]} {lines[number + 2]}" for number in range(0, len(lines), 3)]


def test_sessions_are_completed_by_file_name_and_by_id(make: Make, store: Store) -> None:
    first = make("Checkout: errors")
    make("Second")
    assert completed(store, "facilitator show ") == [
        "2026-11-15-second Second",
        "2026-11-15-checkout-errors Checkout: errors",
    ]
    assert completed(store, "facilitator open 2026-11-15-c") == ["2026-11-15-checkout-errors Checkout: errors"]
    assert completed(store, f"facilitator edit {first.id[:25].lower()}") == [f"{first.id} Checkout: errors"]
    assert completed(store, "facilitator show zzz") == []


def test_completion_uses_the_store_that_is_named(make: Make, store: Store, tmp_path: Path) -> None:
    make("Checkout errors")
    assert completed(Store(tmp_path / "other"), "facilitator show ") == []
    assert len(completed(Store(tmp_path / "other"), f"facilitator show --store {store.path} ")) == 1


def test_formats_and_commands_are_completed(store: Store) -> None:
    assert completed(store, "facilitator export x --format goo") == ["google-sre Google SRE template"]
    assert [each.split()[0] for each in completed(store, "facilitator s")] == ["similar", "show", "site", "schema"]
