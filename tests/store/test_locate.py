"""Which store is used: the option, the environment, a folder near by, the user's data."""

from datetime import UTC, datetime
from pathlib import Path

import platformdirs
import pytest

from facilitator.model.session import Session
from facilitator.store.locate import MARKER, is_store, locate
from facilitator.store.store import Store


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A working folder two levels below one with a store."""
    (tmp_path / "sessions").mkdir()
    (tmp_path / "sessions" / MARKER).touch()
    cwd = tmp_path / "src" / "deep"
    cwd.mkdir(parents=True)
    return cwd


def test_the_option_comes_first(project: Path, tmp_path: Path) -> None:
    found = locate(Path("here"), {"FACILITATOR_STORE": "/there"}, project)
    assert (found.path, found.reason) == (project / "here", "--store")
    assert locate(tmp_path / "here", {}, project).path == tmp_path / "here"


def test_then_the_environment(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = locate(None, {"FACILITATOR_STORE": "there"}, project)
    assert (found.path, found.reason) == (project / "there", "the environment variable FACILITATOR_STORE")
    monkeypatch.setenv("HOME", "/home/alice")
    assert locate(None, {"FACILITATOR_STORE": "~/x"}, project).path == Path("/home/alice/x")


@pytest.mark.parametrize("empty", ["", "  "])
def test_then_a_folder_at_or_above_the_working_folder(project: Path, tmp_path: Path, empty: str) -> None:
    for cwd in (project, tmp_path, tmp_path / "sessions"):
        found = locate(None, {"FACILITATOR_STORE": empty}, cwd)
        assert (found.path, found.reason) == (tmp_path / "sessions", f"the folder sessions/ found in {tmp_path}")


def test_the_nearest_folder_is_taken_and_one_that_is_no_store_is_passed_over(project: Path, tmp_path: Path) -> None:
    other = project / "sessions"
    other.mkdir()
    (other / "package.json").write_text('{"name": "web sessions"}')
    (other / "broken.json").write_bytes(b"\xff\x00")
    assert locate(None, {}, project).path == tmp_path / "sessions"
    Store(other, cache=tmp_path).create(Session(id="S", title="x", created=datetime(2026, 1, 1, tzinfo=UTC)))
    assert locate(None, {}, project).path == other
    (other / MARKER).unlink()
    assert is_store(other)


def test_at_last_the_folder_of_the_user(tmp_path: Path) -> None:
    found = locate(None, {}, tmp_path / "nowhere")
    assert found.path == platformdirs.user_data_path("facilitator") / "sessions"
    assert found.reason == "the user's data folder"
