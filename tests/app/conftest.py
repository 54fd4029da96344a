"""A store for the tests of the app."""

from pathlib import Path

import pytest

from facilitator.app.screens import session_findings


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """Return the folder of an empty store."""
    return tmp_path / "store"


@pytest.fixture(autouse=True)
def no_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look for findings at once: nobody types for long here."""
    monkeypatch.setattr(session_findings, "REST", 0.0)
