"""Sessions are filed, opened, saved, found and thrown away, and nothing is overwritten that was not meant."""

import contextlib
import errno
import json
import os
import shutil
import stat
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from threading import Thread
from typing import Any

import msgspec
import pytest

from facilitator.model.moments import Moment
from facilitator.model.session import Lesson, Session, Status
from facilitator.store import codec
from facilitator.store.errors import (
    AmbiguousIdError,
    ForeignFileError,
    InvalidSessionError,
    NewerFormatError,
    ReadOnlyError,
    SaveError,
    StoreError,
    UnknownIdError,
    UnreadableError,
)
from facilitator.store.history import state
from facilitator.store.lock import locked
from facilitator.store.opening import Opened
from facilitator.store.storage import backup_of
from facilitator.store.store import Store
from facilitator.store.summaries import Broken, Summary

NOON = datetime(2026, 11, 15, 12, tzinfo=UTC)
ROOT = os.geteuid() == 0


def a_session(number: int = 1, title: str = "Checkout errors", **fields: Any) -> Session:
    return Session(id=f"01ABC{number:021d}", title=title, created=NOON, **fields)


def changed(session: Session, summary: str) -> Session:
    return msgspec.structs.replace(session, summary=summary)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "deep" / "store", cache=tmp_path / "cache")


@pytest.fixture
def opened(store: Store) -> Opened:
    return store.create(a_session())


def again(store: Store) -> Store:
    """The same store, as another program sees it."""
    return Store(store.path, cache=store.path.parent / "another cache")


def test_making_a_store_makes_nothing(store: Store, tmp_path: Path) -> None:
    assert store.summaries() == ()
    assert not store.path.exists()


def test_a_new_session_is_a_private_file_with_a_telling_name(store: Store, opened: Opened) -> None:
    assert opened.path == store.path / "2026-11-15-checkout-errors.json"
    assert mode(opened.path) == 0o600
    assert mode(store.path) == mode(store.path.parent) == 0o700
    assert again(store).open(opened.session.id) == opened


def test_a_folder_that_is_there_keeps_its_mode_and_whoever_may_write_may_lock(store: Store) -> None:
    store.path.mkdir(parents=True)
    store.path.chmod(0o775)
    store.create(a_session())
    assert mode(store.path) == mode(store.path / ".facilitator") == 0o775
    assert mode(store.path / ".facilitator" / "lock") == 0o664


def test_git_is_told_to_leave_the_working_files_alone(store: Store, opened: Opened) -> None:
    assert (store.path / ".facilitator" / ".gitignore").read_text() == "*\n"


def test_sessions_of_the_same_day_and_title_get_files_of_their_own(store: Store, opened: Opened) -> None:
    other = store.create(a_session(2))
    assert other.path.name == "2026-11-15-checkout-errors-2.json"
    assert store.open(opened.session.id).session == opened.session


def test_a_save_is_seen_by_others_and_keeps_the_name(store: Store, opened: Opened) -> None:
    new = msgspec.structs.replace(opened.session, title="Another title", created=NOON.replace(day=1))
    saved = store.save(opened, new)
    assert saved.path == opened.path
    assert again(store).open(new.id) == saved


def test_a_save_in_a_store_that_is_there_costs_two_syncs(
    store: Store, opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.fsync
    counted: list[int] = []

    def count(descriptor: int) -> None:
        counted.append(descriptor)
        real(descriptor)

    monkeypatch.setattr(os, "fsync", count)
    store.save(store.save(opened, changed(opened.session, "a")), changed(opened.session, "b"))
    assert len(counted) == 4


def test_the_change_of_another_program_is_not_overwritten(store: Store, opened: Opened) -> None:
    theirs = again(store)
    theirs.save(theirs.open(opened.session.id), changed(opened.session, "theirs"))
    saved = store.save(opened, msgspec.structs.replace(opened.session, trigger="mine"))
    assert (saved.session.summary, saved.session.trigger) == ("theirs", "mine")
    assert again(store).open(opened.session.id) == saved


def test_of_one_field_that_two_changed_both_values_are_kept(store: Store, opened: Opened) -> None:
    theirs = again(store)
    theirs.save(opened, changed(opened.session, "what they say"))
    saved = store.save(opened, changed(opened.session, "mine")).session
    (conflict,) = saved.conflicts
    assert (saved.summary, conflict.field, conflict.other) == ("what they say", "summary", "mine")
    assert store.open(saved.id).session == saved


def test_a_stale_copy_in_the_same_program_is_merged_too(store: Store, opened: Opened) -> None:
    store.save(opened, changed(opened.session, "first"))
    saved = store.save(opened, msgspec.structs.replace(opened.session, trigger="second"))
    assert (saved.session.summary, saved.session.trigger) == ("first", "second")


def test_a_save_of_what_nobody_changed_takes_in_what_others_changed(store: Store, opened: Opened) -> None:
    theirs = again(store).save(opened, changed(opened.session, "theirs"))
    assert store.save(opened, opened.session).session == theirs.session


def test_looking_gives_the_same_object_until_another_program_saves(store: Store, opened: Opened) -> None:
    assert store.look(opened).session is opened.session
    os.utime(opened.path)
    assert store.look(opened).session is opened.session
    theirs = again(store).save(opened, changed(opened.session, "theirs"))
    assert store.look(opened) == theirs
    opened.path.unlink()
    assert store.look(theirs) is not None
    assert store.look(theirs).session is theirs.session


def test_a_file_that_was_touched_or_checked_out_again_is_no_conflict(store: Store, opened: Opened) -> None:
    raw = opened.path.read_bytes()
    opened.path.unlink()
    opened.path.write_bytes(raw.replace(b"\n", b"\r\n"))
    assert store.save(opened, changed(opened.session, "mine")).session.summary == "mine"


@pytest.mark.parametrize("garbage", [b"", b"{", b"\xff" * 10])
def test_garbage_in_the_place_of_the_file_is_not_overwritten(store: Store, opened: Opened, garbage: bytes) -> None:
    opened.path.write_bytes(garbage)
    with pytest.raises(ForeignFileError, match=r"kept in memory: .* was replaced \(.*Nothing was overwritten"):
        store.save(opened, changed(opened.session, "mine"))
    with pytest.raises(ForeignFileError):
        store.look(opened)
    assert opened.path.read_bytes() == garbage
    opened.path.unlink()
    assert store.save(opened, changed(opened.session, "mine")).session.summary == "mine"


def test_another_session_in_the_place_of_the_file_is_not_overwritten(store: Store, opened: Opened) -> None:
    other = codec.dumps(a_session(2, "Another one"))
    opened.path.write_bytes(other)
    with pytest.raises(ForeignFileError, match=f"it holds the session {a_session(2).id} now"):
        store.save(opened, changed(opened.session, "mine"))
    assert opened.path.read_bytes() == other


def test_a_file_or_folder_that_has_gone_is_made_anew(store: Store, opened: Opened) -> None:
    opened.path.unlink()
    opened = store.save(opened, changed(opened.session, "a"))
    shutil.rmtree(store.path.parent)
    opened = store.save(opened, changed(opened.session, "b"))
    assert mode(store.path) == 0o700
    assert again(store).open(opened.session.id).session.summary == "b"


def test_a_file_that_was_renamed_while_it_was_open_is_saved_under_its_new_name(store: Store, opened: Opened) -> None:
    renamed = opened.path.rename(store.path / "checkout.json")
    assert store.look(opened).session is opened.session
    theirs = again(store)
    theirs.save(theirs.open(opened.session.id), changed(opened.session, "theirs"))
    saved = store.save(opened, msgspec.structs.replace(opened.session, trigger="mine"))
    assert (saved.path, saved.session.summary, saved.session.trigger) == (renamed, "theirs", "mine")
    assert [each.name for each in store.path.glob("*.json")] == ["checkout.json"]
    assert again(store).open(opened.session.id) == saved


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EACCES, errno.EROFS, errno.EIO], ids=errno.errorcode.get)
@pytest.mark.parametrize("call", ["open", "write", "fsync"])
def test_a_save_that_fails_says_so_harms_nothing_and_works_when_tried_again(
    store: Store, opened: Opened, call: str, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise OSError(number, os.strerror(number))

    new = changed(opened.session, "mine")
    with monkeypatch.context() as patch:
        patch.setattr(os, call, fail)
        with pytest.raises(SaveError, match=os.strerror(number)) as caught:
            store.save(opened, new)
    assert "The edit is kept in memory" in str(caught.value)
    assert isinstance(caught.value.__cause__, OSError)
    assert again(store).open(new.id).session == opened.session
    assert again(store).open(store.save(opened, new).session.id).session == new


@contextlib.contextmanager
def folders_that_cannot_be_synced(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Saves put the file in place, and then fail."""
    real = os.fsync

    def fail_for_folders(descriptor: int) -> None:
        if stat.S_ISDIR(os.fstat(descriptor).st_mode):
            raise OSError(errno.EIO, "Input/output error")
        real(descriptor)

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", fail_for_folders)
        yield


def test_when_only_the_last_sync_fails_saving_again_is_no_conflict(
    store: Store, opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    with folders_that_cannot_be_synced(monkeypatch):
        for summary in ("first", "second"):
            with pytest.raises(SaveError):
                store.save(opened, changed(opened.session, summary))
    saved = store.save(opened, changed(opened.session, "third"))
    assert (saved.session.summary, saved.session.conflicts) == ("third", ())
    assert again(store).open(saved.session.id) == saved


def test_a_save_that_merged_before_its_last_sync_failed_does_not_conflict_with_itself(
    store: Store, opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    again(store).save(opened, msgspec.structs.replace(opened.session, trigger="theirs"))
    with folders_that_cannot_be_synced(monkeypatch), pytest.raises(SaveError):
        store.save(opened, changed(opened.session, "what I wrote first"))
    saved = store.save(opened, changed(opened.session, "what I wrote then")).session
    assert (saved.summary, saved.trigger, saved.conflicts) == ("what I wrote then", "theirs", ())
    assert state(store.history(saved.id)) == saved


def test_a_lock_that_another_program_keeps_is_an_error_and_not_a_wait_for_ever(store: Store, opened: Opened) -> None:
    hasty = Store(store.path, timeout=0.02)
    with locked(store.path, timeout=1), pytest.raises(SaveError, match="kept the lock"):
        hasty.save(opened, changed(opened.session, "mine"))
    hasty.save(opened, changed(opened.session, "mine"))


def test_a_file_system_without_locks_is_used_without(
    store: Store, opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr("fcntl.flock", fail)
    assert store.save(opened, changed(opened.session, "mine")).session.summary == "mine"


def test_threads_that_save_at_once_lose_nothing(store: Store) -> None:
    opened = [store.create(a_session(number)) for number in range(4)]

    def save(mine: Opened) -> None:
        for number in range(10):
            mine = store.save(mine, changed(mine.session, str(number)))

    threads = [Thread(target=save, args=(each,)) for each in opened]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {again(store).open(each.session.id).session.summary for each in opened} == {"9"}


def test_what_could_not_be_read_again_is_not_saved(store: Store, opened: Opened) -> None:
    for bad in (changed(opened.session, "\ud800"), a_session(2), a_session(lessons=(Lesson(text="no id"),))):
        with pytest.raises(InvalidSessionError, match="kept in memory"):
            store.save(opened, bad)
    with pytest.raises(InvalidSessionError):
        store.create(Session(id="../x", title="x", created=NOON))
    assert store.open(opened.session.id) == opened
    assert [each.name for each in store.path.glob("*.json")] == [opened.path.name]


def test_a_file_that_became_unreadable_is_named_with_its_last_good_copy(store: Store, opened: Opened) -> None:
    store.save(opened, changed(opened.session, "a"))
    store.summaries()
    opened.path.write_bytes(b"{")
    with pytest.raises(UnreadableError, match=str(backup_of(opened.path))):
        store.open(opened.session.id)
    with pytest.raises(UnreadableError):
        store.resolve("2026-11-15-check")
    assert codec.loads(backup_of(opened.path).read_bytes()) == opened.session


def test_a_newer_file_is_listed_and_neither_opened_nor_overwritten(store: Store, opened: Opened) -> None:
    raw = opened.path.read_bytes().replace(b'"number": 1', b'"number": 2')
    opened.path.write_bytes(raw)
    (found,) = store.summaries()
    assert isinstance(found, Broken)
    assert "update facilitator" in found.reason
    with pytest.raises(UnreadableError, match="update facilitator"):
        store.resolve(opened.path.name)
    with pytest.raises(ForeignFileError, match="format 2"):
        store.save(opened, changed(opened.session, "mine"))
    assert opened.path.read_bytes() == raw


def test_a_file_that_turns_newer_under_a_known_id_says_so(store: Store, opened: Opened) -> None:
    stamp = opened.path.stat()
    store.summaries()
    opened.path.write_bytes(opened.path.read_bytes().replace(b'"number": 1', b'"number": 2'))
    os.utime(opened.path, ns=(stamp.st_mtime_ns, stamp.st_mtime_ns))
    with pytest.raises(NewerFormatError):
        store.open(opened.session.id)


def test_fields_of_others_are_not_dropped(store: Store, opened: Opened) -> None:
    tables = json.loads(opened.path.read_bytes())
    tables["session"][opened.session.id]["mood"] = "good"
    opened.path.write_text(json.dumps(tables))
    found = store.open(opened.session.id)
    assert found.session == opened.session
    assert "session.01ABC000000000000000000001.mood" in found.read_only
    with pytest.raises(ReadOnlyError, match="mood"):
        store.save(found, changed(found.session, "mine"))
    raw = opened.path.read_bytes()
    with pytest.raises(ForeignFileError, match="mood"):
        store.save(opened, changed(opened.session, "mine"))
    assert opened.path.read_bytes() == raw


def test_a_link_is_read_and_never_written(store: Store, opened: Opened, tmp_path: Path) -> None:
    outside = tmp_path / "outside.json"
    opened.path.rename(outside)
    opened.path.symlink_to(outside)
    found = store.open(opened.session.id)
    assert found.session == opened.session
    assert "symbolic link" in found.read_only
    with pytest.raises(ReadOnlyError):
        store.save(found, changed(found.session, "mine"))
    with pytest.raises(ForeignFileError, match="no file any more"):
        store.save(opened, changed(opened.session, "mine"))
    assert codec.loads(outside.read_bytes()) == opened.session


@pytest.mark.skipif(ROOT, reason="the superuser may write everything")
def test_a_file_without_permission_to_write_is_opened_for_reading(store: Store, opened: Opened) -> None:
    opened.path.chmod(0o400)
    assert "no permission" in store.open(opened.session.id).read_only


def test_permissions_are_asked_of_the_system(store: Store, opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    for denied, said in ((opened.path, "write it"), (store.path, "write to its folder")):
        monkeypatch.setattr(os, "access", lambda path, _, denied=denied: path != denied)
        assert store.open(opened.session.id).read_only == f"you have no permission to {said}"


def test_a_deleted_session_is_in_the_trash_and_comes_back(store: Store, opened: Opened) -> None:
    trashed = store.delete(opened.session.id)
    assert store.summaries() == ()
    assert trashed.path == store.path / "trash" / opened.path.name
    with pytest.raises(UnknownIdError):
        store.open(opened.session.id)
    store.restore(trashed)
    assert store.open(opened.session.id) == opened
    with pytest.raises(StoreError, match="already"):
        store.restore(trashed)


def test_what_is_restored_overwrites_nothing(store: Store, opened: Opened) -> None:
    trashed = store.delete(opened.session.id)
    other = store.create(a_session(2))
    assert other.path == opened.path
    store.restore(trashed)
    assert store.open(other.session.id) == other
    assert store.open(opened.session.id).path.name == "2026-11-15-checkout-errors-2.json"
    for number in (1, 2):
        store.delete(a_session(number).id)
    third = store.create(a_session(3))
    assert store.delete(third.session.id).path.name == "2026-11-15-checkout-errors-3.json"
    assert len(list((store.path / "trash").iterdir())) == 3


def test_a_session_that_left_the_trash_cannot_be_restored(store: Store, opened: Opened) -> None:
    trashed = store.delete(opened.session.id)
    trashed.path.unlink()
    with pytest.raises(StoreError, match="gone"):
        store.restore(trashed)


def test_a_duplicate_is_a_draft_of_its_own(store: Store) -> None:
    lesson = Lesson(id="L", text="x")
    original = store.create(a_session(status=Status.FINAL, lessons=(lesson,)))
    copy = store.duplicate(original.session.id, "Next time", NOON.replace(day=20))
    assert copy.path.name == "2026-11-20-next-time.json"
    assert (copy.session.status, copy.session.lessons) == (Status.DRAFT, (lesson,))
    assert copy.session.id != original.session.id
    assert len(store.summaries()) == 2


class TestResolve:
    @pytest.fixture
    def filled(self, store: Store) -> Store:
        for number, title in ((1, "Checkout errors"), (2, "Checkout errors"), (30, "Database out of memory")):
            store.create(a_session(number, title))
        return store

    @pytest.mark.parametrize(
        ("typed", "number"),
        [
            ("01ABC000000000000000000030", 30),
            ("01abc00000000000000000003", 30),
            ("2026-11-15-data", 30),
            ("2026-11-15-checkout-errors", 1),
            ("2026-11-15-checkout-errors.json", 1),
            ("2026-11-15-Checkout-errors-", 2),
            (" 2026-11-15-d ", 30),
        ],
    )
    def test_any_unambiguous_beginning_is_enough(self, filled: Store, typed: str, number: int) -> None:
        assert filled.resolve(typed) == a_session(number).id

    @pytest.mark.parametrize(("typed", "count"), [("01ABC", 3), ("2026-11-15-check", 2)])
    def test_an_ambiguous_one_lists_the_matches(self, filled: Store, typed: str, count: int) -> None:
        with pytest.raises(AmbiguousIdError) as caught:
            filled.resolve(typed)
        assert len(caught.value.matches) == count
        assert "Checkout errors" in str(caught.value)

    @pytest.mark.parametrize("typed", ["", "nothing", "../", "2026-11-16", "*"])
    def test_an_unknown_one_is_an_error(self, filled: Store, typed: str) -> None:
        with pytest.raises(UnknownIdError, match="no session"):
            filled.resolve(typed)

    @pytest.mark.parametrize("typed", ["database", "databse", "memory"])
    def test_an_unknown_one_is_answered_with_the_nearest(self, filled: Store, typed: str) -> None:
        with pytest.raises(UnknownIdError, match=r"Did you mean .*Database out of memory"):
            filled.resolve(typed)

    def test_a_store_that_is_not_there_has_no_sessions(self, store: Store) -> None:
        with pytest.raises(UnknownIdError):
            store.resolve("01")


def test_a_store_that_is_a_file_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.touch()
    store = Store(path, cache=tmp_path / "cache")
    with pytest.raises(StoreError, match="is a file, not a folder"):
        store.summaries()
    with pytest.raises(SaveError):
        store.create(a_session())


def test_files_moved_by_hand_are_found(store: Store, opened: Opened) -> None:
    store.summaries()
    opened.path.rename(store.path / "renamed.json")
    assert store.open(opened.session.id).path.name == "renamed.json"
    (found,) = store.summaries()
    assert isinstance(found, Summary)
    assert found.file == "renamed.json"


def test_a_session_is_found_by_the_day_that_became_known_after_its_file_was_named(tmp_path: Path) -> None:
    store = Store(tmp_path / "store", cache=tmp_path / "cache")
    opened = store.create(Session(id="S1", title="Label printing", created=datetime(2026, 11, 22, tzinfo=UTC)))
    started = Moment(datetime(2026, 11, 20, 22, 31, tzinfo=UTC))
    store.save(opened, msgspec.structs.replace(opened.session, started=started))

    assert opened.path.name == "2026-11-22-label-printing.json"
    assert store.resolve("2026-11-20") == store.resolve("2026-11-22") == "S1"
