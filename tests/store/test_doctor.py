"""The doctor finds what is wrong with a store and writes nothing; what it repairs loses nothing on the way."""

import errno
import fcntl
import os
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings

from facilitator.model.edits import add
from facilitator.model.session import (
    Conflict,
    Question,
    Session,
)
from facilitator.store import codec
from facilitator.store.diagnosis import Cure, Report
from facilitator.store.doctor import examine
from facilitator.store.errors import StoreError
from facilitator.store.lock import locked
from facilitator.store.opening import Opened
from facilitator.store.repairing import Outcome, repair
from facilitator.store.storage import backup_of
from facilitator.store.store import Store
from tests.store.doctored import NEWEST, SESSION, all_repaired, files, ids, whats
from tests.strategies import sessions

ROOT = os.geteuid() == 0


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "store", cache=tmp_path / "cache", who="Alice")


@pytest.fixture
def opened(store: Store) -> Opened:
    """A session that was saved once: its last good copy is as it was before, and its history is as it is."""
    return store.save(store.create(SESSION), NEWEST)


@pytest.fixture
def path(opened: Opened) -> Path:
    return opened.path


def test_a_store_that_is_not_there_is_well(tmp_path: Path) -> None:
    assert examine(tmp_path / "nowhere") == Report(0)
    assert not (tmp_path / "nowhere").exists()


def test_a_store_that_is_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(StoreError, match="not a folder"):
        examine(tmp_path / "file")


def test_a_healthy_store_is_well_and_stays_as_it_is(store: Store, path: Path) -> None:
    store.create(msgspec.structs.replace(SESSION, id="S2"))
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    before = files(store.path)
    report = examine(store.path)
    assert report == Report(2)
    assert repair(store, report) == Outcome((), Report(2))
    assert files(store.path) == before


# What is only reported


def test_conflicts_are_counted(store: Store, opened: Opened) -> None:
    conflict = Conflict(id="C1", about="P1", field="text", other="something else")
    store.save(opened, msgspec.structs.replace(opened.session, conflicts=(conflict,)))
    report = examine(store.path)
    assert whats(report) == ["1 conflict is not settled"]
    assert report.curable == ()


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        (b'"number": 1', b'"number": 7', "it cannot be read: it has the format 7"),
        (b'"title"', b'"colour": "red", "title"', "fields that this version does not know (session.S1.colour)"),
        (b'"session"', b'"moods": {"M1": {"id": "M1"}}, "session"', "fields that this version does not know (moods)"),
    ],
)
def test_what_a_newer_version_wrote_is_left_alone(store: Store, path: Path, old: bytes, new: bytes, what: str) -> None:
    raw = path.read_bytes().replace(old, new, 1)
    path.write_bytes(raw)
    report = examine(store.path)
    assert what in whats(report)[0]
    assert repair(store, report) == Outcome((), report)
    assert path.read_bytes() == raw


def test_a_broken_file_of_a_newer_version_is_left_alone(store: Store, path: Path) -> None:
    raw = path.read_bytes().replace(b'"number": 1', b'"number": 7')[:-50]
    path.write_bytes(raw)
    report = examine(store.path)
    assert "update facilitator" in report.findings[0].advice
    repair(store, report)
    assert path.read_bytes() == raw


def test_odd_files_are_reported(store: Store, path: Path, tmp_path: Path) -> None:
    (store.path / "folder.json").mkdir()
    (store.path / "nowhere.json").symlink_to(tmp_path / "nowhere")
    os.mkfifo(store.path / "pipe.json")
    (store.path / "odd\x1b[2J.json").write_bytes(path.read_bytes())
    (store.path / "notes.txt").write_text("not looked at")
    report = examine(store.path)
    assert {each.file: each.what for each in report.findings} == {
        "folder.json": "it is a folder",
        "nowhere.json": "it is a link to nowhere",
        "pipe.json": "it is not a regular file",
        "odd\x1b[2J.json": "its name has characters that cannot be shown",
    }
    assert report.curable == ()


def test_nothing_is_done_through_a_link(store: Store, path: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside.json"
    path.rename(outside)
    path.symlink_to(outside)
    outside.write_bytes(outside.read_bytes()[:-10])
    report = examine(store.path)
    assert report.findings[0].advice == "it is a symbolic link, so it is left alone"
    assert repair(store, report).repairs == ()


@pytest.mark.skipif(ROOT, reason="root may write everything")
def test_a_folder_that_cannot_be_written_is_reported(store: Store, path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-10])
    store.path.chmod(0o500)
    try:
        report = examine(store.path)
    finally:
        store.path.chmod(0o700)
    assert "you have no permission to write to this folder" in whats(report)
    assert report.curable == ()


def test_a_folder_without_permission_is_reported(store: Store, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path.write_bytes(path.read_bytes()[:-10])
    real = os.access
    monkeypatch.setattr(os, "access", lambda path, mode, **rest: False if mode & os.W_OK else real(path, mode, **rest))
    report = examine(store.path)
    assert "you have no permission to write to this folder" in whats(report)
    assert [each.advice for each in report.findings if each.file == path.name] == ["you have no permission to write it"]


def test_a_lock_that_is_kept_is_reported_and_a_repair_fails_without_harm(store: Store, path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-10])
    raw = path.read_bytes()
    with locked(store.path, 1):
        report = examine(store.path, timeout=0)
        outcome = repair(store, report, timeout=0)
    assert "another program has kept the lock for 0 s" in whats(report)
    assert "has kept the lock" in outcome.repairs[0].failure
    assert path.read_bytes() == raw


def test_a_file_system_without_locks_is_reported(store: Store, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(fcntl, "flock", refused)
    assert whats(examine(store.path)) == ["this file system knows no locks"]


def test_a_working_folder_that_is_a_file_is_reported(store: Store) -> None:
    store.path.mkdir()
    (store.path / ".facilitator").write_text("x")
    assert whats(examine(store.path)) == ["it is no folder"]


def test_copies_and_the_trash_are_looked_at_too(store: Store, path: Path) -> None:
    trash = store.path / "trash" / "gone.json"
    trash.parent.mkdir()
    daily = store.path / ".facilitator" / "daily" / path.stem / "2026-11-14.json"
    daily.parent.mkdir(parents=True)
    for each in (trash, daily, backup_of(path)):
        each.unlink(missing_ok=True)
        each.write_text("{")
    report = examine(store.path)
    assert [each.file for each in report.findings] == [
        f".facilitator/backup/{path.name}",
        f".facilitator/daily/{path.stem}/2026-11-14.json",
        "trash/gone.json",
    ]
    assert all("cannot be read" in each for each in whats(report))
    assert report.curable == ()


# Left over, and copies


def test_files_that_killed_programs_left_over_are_moved_aside(store: Store, path: Path) -> None:
    fresh = store.path / f".{path.name}.0123456789ab.tmp"
    old = [folder / fresh.name for folder in (store.path / ".facilitator" / "backup", store.path / ".facilitator")]
    old.append(store.path / f".{path.name}.ba9876543210.tmp")
    for each in (*old, fresh):
        each.write_text("half")
    for each in old:
        os.utime(each, (0, 0))
    outcome = all_repaired(store)
    assert fresh.exists()
    assert not any(each.exists() for each in old)
    assert [each.aside.read_text() for each in outcome.repairs if each.aside is not None] == ["half"] * 3


def test_a_conflict_copy_is_taken_in(store: Store, path: Path) -> None:
    copy = path.with_name(f"{path.stem} (Alice's conflicted copy 2026-11-22).json")
    theirs = add(NEWEST, Question(id="Q2", text="what did they see?"))
    copy.write_bytes(codec.dumps(theirs))
    raw = path.read_bytes()
    (finding,) = examine(store.path).findings
    assert finding.what == f"it is a conflict copy of {path.name}, made by Dropbox"
    (done,) = all_repaired(store).repairs
    assert codec.loads(path.read_bytes()) == theirs
    assert (store.path / "trash" / copy.name).read_bytes() == codec.dumps(theirs)
    assert done.aside is not None
    assert done.aside.read_bytes() == raw


def test_a_broken_copy_is_put_together_and_taken_in(store: Store, path: Path) -> None:
    copy = path.with_name(f"{path.stem} (1).json")
    theirs = add(NEWEST, Question(id="Q0", text="what did they see?"))
    copy.write_bytes(codec.dumps(theirs)[:-60])
    outcome = all_repaired(store)
    assert [each.findings[0].cure for each in outcome.repairs] == [Cure.REBUILD, Cure.TAKE_IN]
    assert ids(codec.loads(path.read_bytes())) == ids(theirs)
    assert not copy.exists()


def test_a_session_and_its_copy_that_are_both_broken_come_together(store: Store, path: Path) -> None:
    copy = path.with_name(f"{path.stem} (1).json")
    copy.write_bytes(codec.dumps(add(NEWEST, Question(id="Q0", text="what did they see?")))[:-60])
    path.write_bytes(path.read_bytes()[:-60])
    all_repaired(store)
    assert ids(codec.loads(path.read_bytes())) == ids(NEWEST) | {"Q0"}
    assert not copy.exists()


def test_the_copy_of_a_broken_session_waits_until_that_is_whole(store: Store, path: Path) -> None:
    copy = path.with_name(f"{path.stem} (1).json")
    copy.write_bytes(codec.dumps(add(NEWEST, Question(id="Q2", text="what did they see?"))))
    path.write_bytes(path.read_bytes()[:-60])
    all_repaired(store)
    assert ids(codec.loads(path.read_bytes())) == ids(NEWEST) | {"Q2"}
    assert not copy.exists()


def test_an_empty_file_whose_session_is_elsewhere_makes_no_second_one(store: Store, path: Path) -> None:
    path.rename(path.with_name("renamed.json"))
    path.write_bytes(b"")
    (finding,) = examine(store.path).findings
    assert finding.cure is Cure.NONE
    assert "renamed.json" in finding.advice


# When the repair itself goes wrong


def test_a_repair_that_is_interrupted_loses_nothing(store: Store, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = path.read_bytes()[:-100]
    path.write_bytes(broken)
    report = examine(store.path)
    real = Path.replace

    def refused(self: Path, target: Path) -> Path:
        if Path(target) == path:
            raise OSError(errno.ENOSPC, "No space left on device")
        return real(self, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", refused)
        outcome = repair(store, report)
    assert [each.failure for each in outcome.repairs] == [f"{path}: No space left on device"]
    assert path.read_bytes() == broken
    assert codec.loads(backup_of(path).read_bytes()) == SESSION
    assert not list(store.path.glob(".*.tmp"))
    all_repaired(store)
    assert codec.loads(path.read_bytes()) == NEWEST


def test_a_file_that_was_repaired_meanwhile_is_left_alone(store: Store, path: Path) -> None:
    whole = path.read_bytes()
    path.write_bytes(whole[:-100])
    report = examine(store.path)
    path.write_bytes(whole)
    outcome = repair(store, report)
    assert outcome.left.findings == ()
    assert outcome.repairs[0].aside is None
    assert path.read_bytes() == whole


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(sessions(max_items=3))
def test_every_healthy_session_stays_as_it_is(tmp_path_factory: pytest.TempPathFactory, session: Session) -> None:
    store = Store(tmp_path_factory.mktemp("x") / "store", cache=tmp_path_factory.mktemp("cache"))
    store.create(session)
    before = files(store.path)
    report = examine(store.path)
    assert [each for each in whats(report) if "not settled" not in each] == []
    repair(store, report)
    assert files(store.path) == before
