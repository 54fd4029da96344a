"""The way into the app: only on a terminal, with the right store, session and settings."""

import os
import pty
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

import facilitator.app.main
import facilitator.cli.app
from facilitator.cli.examples import examples_path
from facilitator.cli.main import main
from facilitator.model.session import Session
from facilitator.store.store import Store
from facilitator.store.summaries import Summary

Run = Callable[..., Result]
Make = Callable[..., Session]


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """Stand in for the app: note what it was started with and which sessions it saw."""
    calls: list[dict[str, Any]] = []

    def app(
        store: Store, location: Any, settings: Any, problems: Any, session_id: str | None = None, *, demo: bool = False
    ) -> int:
        titles = sorted(each.title for each in store.summaries() if isinstance(each, Summary))
        calls.append(locals())
        calls[-1]["titles"] = titles
        return 0

    monkeypatch.setattr(facilitator.app.main, "run", app)
    monkeypatch.setattr(facilitator.cli.app, "need_terminal", lambda: None)
    return calls


def test_without_a_command_the_app_opens_on_the_store(run: Run, make: Make, store: Store, started: list[Any]) -> None:
    make("Checkout errors")
    assert run().exit_code == 0
    (call,) = started
    assert call["location"].path == call["store"].path == store.path
    assert (call["session_id"], call["demo"], call["titles"]) == (None, False, ["Checkout errors"])


def test_open_names_the_session(run: Run, make: Make, started: list[Any]) -> None:
    session = make("Checkout errors")
    assert run("open", "2026-11-15-ch").exit_code == 0
    assert started[0]["session_id"] == session.id
    assert run("open", "zzz").exit_code == 2
    assert len(started) == 1


def test_the_app_gets_the_settings_and_what_is_wrong_with_them(run: Run, home: Path, started: list[Any]) -> None:
    (home / "mine.toml").write_text('theme = "nord"\nthem = 1\n')
    run(env={"FACILITATOR_CONFIG": str(home / "mine.toml")})
    assert started[0]["settings"].theme == "nord"
    assert [str(each) for each in started[0]["problems"]] == [
        "mine.toml, line 2: them: unknown key 'them'; did you mean 'theme'?"
    ]


def test_new_can_open_what_it_made(run: Run, started: list[Any]) -> None:
    result = run("new", "Checkout errors", "--open")
    assert result.exit_code == 0
    assert result.stdout == f"{started[0]['session_id']}\n"
    assert started[0]["titles"] == ["Checkout errors"]


def test_the_demo_is_a_copy_that_is_thrown_away(home: Path, started: list[Any]) -> None:
    examples = {path.name: path.read_bytes() for path in examples_path().glob("*.json")}
    assert CliRunner().invoke(main, ["demo"]).exit_code == 0
    (call,) = started
    assert call["demo"] is True
    assert len(call["titles"]) == len(examples) >= 4
    assert not call["store"].path.exists()
    assert not call["store"].path.parent.exists()
    assert {path.name: path.read_bytes() for path in examples_path().glob("*.json")} == examples
    assert list(home.iterdir()) == []


@pytest.mark.parametrize("args", [[], ["open", "x"], ["demo"], ["new", "Title", "--open"]])
def test_without_a_terminal_the_app_says_so(run: Run, store: Store, args: list[str]) -> None:
    result = run(*args)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("facilitator: the app needs a terminal, and the input is none; ")
    assert "facilitator list" in result.stderr
    assert not store.path.exists()


def test_a_dumb_terminal_is_none() -> None:
    leader, follower = pty.openpty()
    ended = subprocess.run(
        [sys.executable, "-c", "from facilitator.cli.main import main; main()"],
        env={**os.environ, "TERM": "dumb"},
        stdin=follower,
        stdout=follower,
        stderr=follower,
        timeout=60,
        check=False,
    )
    os.close(follower)
    said = os.read(leader, 10_000)
    os.close(leader)
    assert ended.returncode == 2
    assert b"TERM is 'dumb'" in said
    assert b"\x1b" not in said
