"""A store for the tests of the app."""

from pathlib import Path

import pytest


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """Return the folder of an empty store."""
    return tmp_path / "store"
