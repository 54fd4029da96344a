"""Several files are written together: all of them, or it is known which."""

import os
from pathlib import Path

import pytest

from facilitator.settings.replace import ReplaceError, replace_file, replace_files


def test_files_are_replaced_and_nothing_is_left_over(tmp_path: Path) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    old.write_bytes(b"old")
    old.chmod(0o640)
    replace_files({old: b"1", new: b"2"}, mode=0o604)
    assert [(path.read_bytes(), path.stat().st_mode & 0o777) for path in (old, new)] == [(b"1", 0o640), (b"2", 0o604)]
    assert sorted(tmp_path.iterdir()) == [new, old]


@pytest.mark.parametrize("failing", [1, 2])
def test_while_they_are_prepared_nothing_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing: int
) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    one.write_bytes(b"old")
    synced, calls = os.fsync, []

    def full(descriptor: int) -> None:
        calls.append(descriptor)
        if len(calls) == failing:
            raise OSError(28, "No space left on device")
        synced(descriptor)

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(ReplaceError) as caught:
        replace_files({one: b"1", two: b"2"})
    assert (caught.value.written, caught.value.missing) == ((), (one, two))
    assert caught.value.filename == str((one, two)[failing - 1])
    assert caught.value.outcome == "nothing was written"
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("one", b"old")]


def test_a_folder_in_the_place_of_a_file_is_found_before_anything_is_written(tmp_path: Path) -> None:
    (tmp_path / "two").mkdir()
    with pytest.raises(ReplaceError, match="Is a directory") as caught:
        replace_files({tmp_path / "one": b"1", tmp_path / "two": b"2"})
    assert caught.value.written == ()
    assert [path.name for path in tmp_path.iterdir()] == ["two"]
    with pytest.raises(IsADirectoryError):
        replace_file(tmp_path / "two", b"2")


def test_what_was_written_is_told_when_a_place_cannot_be_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one, two, three = (tmp_path / name for name in ("one", "two", "three"))
    moved = Path.replace

    def refused(source: Path, target: Path) -> Path:
        if target == two:
            raise OSError(1, "Operation not permitted")
        return moved(source, target)

    monkeypatch.setattr(Path, "replace", refused)
    with pytest.raises(ReplaceError) as caught:
        replace_files({one: b"1", two: b"2", three: b"3"})
    assert caught.value.outcome == f"written: {one}; not written: {two}, {three}"
    assert [path.name for path in tmp_path.iterdir()] == ["one"]
