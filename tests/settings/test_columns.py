"""Which column holds what is remembered, for files with these columns."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from facilitator.settings.columns import MOST, columns_path, known_columns, remember_columns


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return columns_path(tmp_path / "facilitator" / "config.toml")


def test_it_lies_beside_the_configuration(tmp_path: Path) -> None:
    assert columns_path(tmp_path / "config.toml") == tmp_path / "columns.json"


def test_what_was_told_is_known_for_files_with_these_columns(path: Path) -> None:
    assert known_columns(path, ["A", "B"]) is None
    remember_columns(path, {"time": "A", "text": "b"})
    assert known_columns(path, ["C", "B", "A"]) == {"time": "A", "text": "b"}
    assert known_columns(path, [" a ", "B"]) == {"time": "A", "text": "b"}
    assert known_columns(path, ["A", "C"]) is None
    assert known_columns(path, []) is None


def test_what_was_told_last_counts(path: Path) -> None:
    remember_columns(path, {"time": "A", "text": "B"})
    remember_columns(path, {"time": "A", "text": "C"})
    assert known_columns(path, ["A", "B", "C"]) == {"time": "A", "text": "C"}
    remember_columns(path, {"time": "A", "text": "B"})
    assert known_columns(path, ["A", "B", "C"]) == {"time": "A", "text": "B"}
    assert path.read_text(encoding="utf-8").count('"B"') == 1


def test_only_so_many_are_remembered(path: Path) -> None:
    for number in range(MOST + 1):
        remember_columns(path, {"time": f"T{number}"})
    assert known_columns(path, ["T0"]) is None
    assert known_columns(path, ["T1"]) == {"time": "T1"}
    assert known_columns(path, [f"T{MOST}"]) == {"time": f"T{MOST}"}


def test_nothing_told_is_nothing_known(path: Path) -> None:
    remember_columns(path, {})
    assert known_columns(path, ["A"]) is None


def test_where_it_cannot_be_written_it_is_asked_again(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    path = tmp_path / "file" / "columns.json"
    remember_columns(path, {"time": "A"})
    assert known_columns(path, ["A"]) is None


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.binary(max_size=60) | st.sampled_from([b"[]", b"{}", b"[1]", b'[{"time": 1}]', b'[{"time": "A"}', b"[" * 9999])
)
def test_a_broken_file_is_as_good_as_none(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    assert known_columns(path, ["A"]) is None
    remember_columns(path, {"time": "A"})
    assert known_columns(path, ["A"]) == {"time": "A"}
