"""A user of the commands: a home, a store, a clean environment."""

import os
import sys
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from facilitator.cli.main import main
from facilitator.model.session import Session
from facilitator.store.ids import new_id
from facilitator.store.store import Store

Run = Callable[..., Result]
Make = Callable[..., Session]
Editor = Callable[[str], None]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of its own, in which nothing is set and nothing is found."""
    path = tmp_path / "home"
    path.mkdir()
    for name in [name for name in os.environ if name.startswith(("FACILITATOR", "_FACILITATOR", "XDG_", "LC_"))]:
        monkeypatch.delenv(name)
    for name in ("VISUAL", "EDITOR", "PYTHONUTF8", "PYTHONIOENCODING"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(path))
    monkeypatch.chdir(path)
    return path


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """The store that the commands of a test use."""
    return Store(tmp_path / "store")


@pytest.fixture
def make(store: Store) -> Make:
    """Make a session in the store."""

    def make_one(title: str = "Checkout errors", **fields: Any) -> Session:
        values: dict[str, Any] = {"id": new_id(), "created": datetime(2026, 11, 15, 14, tzinfo=UTC), "title": title}
        session = Session(**(values | fields))
        return store.create(session).session

    return make_one


@pytest.fixture
def run(store: Store) -> Run:
    """Run a command on the store and return what it printed and its exit code."""

    def run_one(*args: str, stdin: str | None = None, env: Mapping[str, str | None] | None = None) -> Result:
        result = CliRunner().invoke(main, ["--store", str(store.path), *args], input=stdin, env=env)
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return run_one


@pytest.fixture
def editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Editor:
    """Choose what the editor does: Python code that changes `text` and may use `path`."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    def choose(code: str) -> None:
        script = tmp_path / "my editor.py"
        script.write_text(
            "import sys, pathlib\npath = pathlib.Path(sys.argv[1])\ntext = path.read_text('utf-8')\n"
            f"{code}\npath.write_text(text, 'utf-8')\n"
        )
        monkeypatch.setenv("EDITOR", f"'{sys.executable}' '{script}'")

    return choose
