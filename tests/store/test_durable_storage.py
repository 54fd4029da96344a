"""The storage is TinyDB's in every respect but one: a file is always the old one or the new one."""

import errno
import json
import os
import stat
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from tinydb import TinyDB, where
from tinydb.table import Document, Table

from facilitator.model.session import Action, Session
from facilitator.store import codec
from facilitator.store.errors import UnreadableError
from facilitator.store.storage import DurableStorage, backup_of, remove_leftovers

OLD = {"notes": {"a": {"text": "old"}}}
NEW = {"notes": {"a": {"text": "new, and longer"}, "b": {"text": "another"}}}


TextIdTable: Any = type("TextIdTable", (Table,), {"document_id_class": str})


def write(path: Path, tables: dict[str, dict[str, Any]]) -> None:
    DurableStorage(path).write(tables)


def read(path: Path) -> Any:
    return DurableStorage(path).read()


def names(folder: Path) -> set[str]:
    return {each.name for each in folder.iterdir()} - {".facilitator"}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "x.json"


def test_tinydb_reads_and_writes_a_session_by_its_own_interface(path: Path) -> None:
    actions = tuple(Action(id=f"A{n}", rank=n, text="x", owner=owner) for n, owner in enumerate(["@alice", "@bob"]))
    session = Session(id="S", title="T", created=datetime(2026, 1, 1, tzinfo=UTC), actions=actions)
    write(path, codec.tables(session))
    with TinyDB(path, storage=DurableStorage) as database:
        database.table_class = TextIdTable
        table: Any = database.table("actions")
        assert database.tables() == {"format", "session", "actions"}
        assert [found["id"] for found in table.search(where("owner") == "@alice")] == ["A0"]
        table.update({"owner": "@carol"}, where("id") == "A1")
        text_id: Any = "A2"
        table.insert(Document({"id": "A2", "text": "from TinyDB"}, text_id))
        assert table.get(doc_id="A1") == {"id": "A1", "rank": 1.0, "text": "x", "owner": "@carol"}
    back = codec.loads(path.read_bytes())
    assert [(each.id, each.owner, each.text) for each in back.actions] == [
        ("A0", "@alice", "x"),
        ("A2", "", "from TinyDB"),
        ("A1", "@carol", "x"),
    ]


def test_a_plain_tinydb_reads_the_file(path: Path) -> None:
    write(path, NEW)
    with TinyDB(path, access_mode="r") as database:
        database.table_class = TextIdTable
        assert [each["text"] for each in database.table("notes")] == ["new, and longer", "another"]


def test_opening_makes_nothing_and_a_missing_file_is_empty(path: Path) -> None:
    with TinyDB(path, storage=DurableStorage) as database:
        assert database.tables() == set()
    assert not path.exists()


def test_a_file_of_no_bytes_is_damage_and_not_an_empty_database(path: Path) -> None:
    path.touch()
    with pytest.raises(UnreadableError):
        read(path)


def test_what_is_read_is_not_shared(path: Path) -> None:
    write(path, NEW)
    storage = DurableStorage(path)
    first = storage.read()
    assert first is not None
    first["notes"]["a"]["text"] = "changed in memory only"
    assert storage.read() == NEW


@pytest.mark.parametrize(
    "value", [float("nan"), float("inf"), [1, (float("-inf"),)], "\ud800", object(), {"deep": {"er": float("nan")}}]
)
def test_what_json_cannot_hold_is_refused_before_anything_is_written(
    path: Path, value: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(path, OLD)
    monkeypatch.setattr(os, "write", lambda *_: pytest.fail("something was written"))
    with pytest.raises((ValueError, TypeError)):
        write(path, {"notes": {"a": {"value": value}}})
    assert read(path) == OLD
    assert names(path.parent) == {"x.json"}


def test_null_itself_is_no_number_and_is_kept(path: Path) -> None:
    tables = {"notes": {"a": {"value": None, "list": [None], "text": ": null"}}}
    write(path, tables)
    assert read(path) == tables


def test_a_save_syncs_the_file_before_and_the_folder_after_it_is_in_place(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(path, OLD)
    done: list[str] = []
    real_sync, real_replace = os.fsync, Path.replace

    def sync(descriptor: int) -> None:
        done.append("sync folder" if stat.S_ISDIR(os.fstat(descriptor).st_mode) else "sync file")
        real_sync(descriptor)

    def replace(source: Path, target: Path) -> Path:
        if target == path:
            done.append("replace")
        return real_replace(source, target)

    monkeypatch.setattr(os, "fsync", sync)
    monkeypatch.setattr(Path, "replace", replace)
    write(path, NEW)
    assert done == ["sync file", "replace", "sync folder"]


STEPS: dict[str, tuple[Any, str]] = {
    "making the file": (os, "open"),
    "setting its mode": (os, "fchmod"),
    "writing": (os, "write"),
    "setting its time": (os, "utime"),
    "syncing": (os, "fsync"),
    "putting it in place": (Path, "replace"),
}


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EACCES, errno.EIO, errno.EROFS], ids=errno.errorcode.get)
@pytest.mark.parametrize("step", STEPS)
def test_a_failure_leaves_the_old_file_and_nothing_else(
    path: Path, step: str, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(path, OLD)
    path.chmod(0o640)

    def fail(*_: Any, **__: Any) -> Any:
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as patch:
        patch.setattr(*STEPS[step], fail)
        with pytest.raises(OSError, match=os.strerror(number)):
            write(path, NEW)
    assert read(path) == OLD
    assert names(path.parent) == {"x.json"}
    write(path, NEW)
    assert read(path) == NEW


def test_a_disk_that_fills_up_half_way_leaves_the_old_file(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(path, OLD)
    real: Callable[[int, Any], int] = os.write

    def fill_up(descriptor: int, data: Any) -> int:
        if len(data) < 20:
            raise OSError(errno.ENOSPC, "No space left on device")
        return real(descriptor, data[:10])

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", fill_up)
        with pytest.raises(OSError, match="No space"):
            write(path, NEW)
    assert read(path) == OLD
    assert names(path.parent) == {"x.json"}


def test_short_writes_are_continued(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.write
    monkeypatch.setattr(os, "write", lambda descriptor, data: real(descriptor, data[:7]))
    write(path, NEW)
    assert json.loads(path.read_text()) == NEW


LONG = [b"[%s]" % (bytes([65 + number % 26]) * 400) for number in range(3_000)]


def test_many_pieces_are_written_one_after_the_other(path: Path) -> None:
    DurableStorage(path).write_encoded(*LONG)
    assert path.read_bytes() == b"".join(LONG)


@pytest.mark.parametrize("written", [0, 1, 399, 100_000])
def test_pieces_of_which_only_some_were_written_are_continued(
    path: Path, written: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def write_some(descriptor: int, pieces: Sequence[bytes]) -> int:
        return os.write(descriptor, b"".join(pieces)[:written])

    monkeypatch.setattr(os, "writev", write_some)
    DurableStorage(path).write_encoded(*LONG)
    assert path.read_bytes() == b"".join(LONG)


def test_a_disk_that_fills_up_within_many_pieces_leaves_the_old_file(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fill_up(descriptor: int, pieces: Sequence[bytes]) -> int:
        os.write(descriptor, pieces[0])
        raise OSError(errno.ENOSPC, "No space left on device")

    write(path, OLD)
    with monkeypatch.context() as patch:
        patch.setattr(os, "writev", fill_up)
        with pytest.raises(OSError, match="No space"):
            DurableStorage(path).write_encoded(*LONG)
    assert read(path) == OLD
    assert names(path.parent) == {"x.json"}


def test_what_could_not_be_read_again_is_not_written(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("facilitator.store.storage.MAX_BYTES", 1024**2)
    write(path, OLD)
    with pytest.raises(ValueError, match="larger than 1 MB"):
        DurableStorage(path).write_encoded(*LONG)
    assert read(path) == OLD


@pytest.mark.parametrize("call", ["link", "mkdir"])
def test_without_links_there_is_no_copy_and_no_error(path: Path, call: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: Any, **__: Any) -> Any:
        raise PermissionError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, call, fail)
    write(path, OLD)
    write(path, NEW)
    assert read(path) == NEW
    assert not backup_of(path).exists()


def test_the_last_good_copy_is_kept(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("facilitator.store.storage.COPY_EVERY", 0)
    write(path, OLD)
    assert not backup_of(path).exists()
    write(path, NEW)
    assert json.loads(backup_of(path).read_text()) == OLD
    write(path, OLD)
    assert json.loads(backup_of(path).read_text()) == NEW
    assert names(backup_of(path).parent) == {"x.json"}


def test_a_copy_that_is_the_file_itself_leaves_nothing_beside_it(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("facilitator.store.storage.COPY_EVERY", 0)
    write(path, OLD)
    real = Path.replace

    def fail(source: Path, target: Path) -> Path:
        if target == path:
            raise OSError(errno.EIO, "Input/output error")
        return real(source, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", fail)
        for _ in range(2):
            with pytest.raises(OSError, match="Input/output"):
                write(path, NEW)
    assert names(backup_of(path).parent) == {"x.json"}
    assert json.loads(backup_of(path).read_text()) == OLD


def test_a_copy_is_not_made_at_every_save(path: Path) -> None:
    for tables in (OLD, NEW, NEW):
        write(path, tables)
    assert json.loads(backup_of(path).read_text()) == OLD


def test_new_files_are_private_and_old_ones_keep_their_mode(path: Path) -> None:
    write(path, OLD)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    for mode, expected in ((0o664, 0o664), (0o640, 0o640), (0o4755, 0o644), (0o444, 0o644)):
        path.chmod(mode)
        write(path, NEW)
        assert stat.S_IMODE(path.stat().st_mode) == expected


def test_every_save_is_another_revision(path: Path) -> None:
    storage, seen = DurableStorage(path), set()
    for _ in range(20):
        storage.write(OLD)
        seen.add(storage.revision.modified)
        storage.read()
        seen.add(storage.revision.modified)
    assert len(seen) == 20


def test_a_pipe_is_refused_and_does_not_block(path: Path) -> None:
    os.mkfifo(path)
    with pytest.raises(UnreadableError, match="not a regular file"):
        read(path)


def test_leftovers_of_killed_programs_go_after_a_while(tmp_path: Path) -> None:
    old, fresh, other = (
        tmp_path / name for name in (".x.json.0123456789ab.tmp", ".y.json.0123456789ab.tmp", ".mine.tmp")
    )
    for each in (old, fresh, other):
        each.touch()
    for each in (old, other):
        os.utime(each, (1, 1))
    remove_leftovers(tmp_path)
    assert names(tmp_path) == {fresh.name, other.name}
