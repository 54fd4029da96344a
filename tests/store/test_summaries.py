"""Summaries are what the files hold, whatever the cache says."""

import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings

from facilitator.model.moments import Moment
from facilitator.model.session import Action, ActionStatus, Entry, Milestone, Session, Severity
from facilitator.store import summaries
from facilitator.store.opening import Opened
from facilitator.store.storage import Revision, read_file
from facilitator.store.store import Store
from facilitator.store.summaries import Broken, Summary, summarise
from tests.strategies import sessions

NOON = datetime(2026, 11, 15, 12, tzinfo=UTC)


def a_session(number: int, **fields: Any) -> Session:
    return Session(id=f"S{number}", title=f"Number {number}", created=NOON + timedelta(days=number), **fields)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "store", cache=tmp_path / "cache")


@pytest.fixture
def opened(store: Store) -> list[Opened]:
    return [store.create(a_session(number)) for number in range(3)]


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that were read, in order."""
    names: list[str] = []

    def noted(path: Path) -> tuple[bytes, Revision]:
        names.append(path.name)
        return read_file(path)

    monkeypatch.setattr(summaries, "read_file", noted)
    return names


def again(store: Store) -> Store:
    """The same store with the same cache, in another run of the program."""
    return Store(store.path, cache=store.path.parent / "cache")


def listed(store: Store) -> list[str]:
    return [each.id if isinstance(each, Summary) else f"{each.file}: {each.reason}" for each in store.summaries()]


def test_a_summary_tells_what_a_list_shows() -> None:
    timeline = (
        Entry(id="E1", at=Moment(NOON), text="x", milestones=(Milestone.START,)),
        Entry(id="E2", at=Moment(NOON + timedelta(minutes=40)), text="y", milestones=(Milestone.RESOLVED,)),
    )
    actions = tuple(Action(id=f"A{status}", text="x", status=status) for status in ActionStatus)
    session = a_session(9, severity=Severity.SEV2, services=("web",), timeline=timeline, actions=actions)
    assert summarise(session, "x.json") == Summary(
        id="S9",
        file="x.json",
        title="Number 9",
        created=session.created,
        severity=Severity.SEV2,
        services=("web",),
        day=NOON,
        duration=2400.0,
        entries=2,
        actions_open=2,
        actions_total=4,
    )


@settings(max_examples=25, deadline=None)
@given(sessions())
def test_any_summary_survives_the_cache(session: Session) -> None:
    summary = summarise(session, "x.json")
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(summary), type=Summary) == summary


def test_the_newest_incident_comes_first(store: Store, opened: list[Opened]) -> None:
    store.create(a_session(7, timeline=(Entry(id="E", at=Moment(NOON - timedelta(days=9)), text="x"),)))
    assert listed(store) == ["S2", "S1", "S0", "S7"]


def test_broken_files_are_listed_with_the_reason_and_stop_nothing(store: Store, opened: list[Opened]) -> None:
    for number in range(10):
        (store.path / f"broken-{number}.json").write_bytes(b'{"format": ' * number)
    (store.path / "folder.json").mkdir()
    (store.path / "notes.txt").write_text("no session")
    (store.path / "link.json").symlink_to(store.path / "nowhere")
    os.mkfifo(store.path / "pipe.json")
    found = store.summaries()
    assert [each.id for each in found if isinstance(each, Summary)] == ["S2", "S1", "S0"]
    broken = {each.file: each.reason for each in found if isinstance(each, Broken)}
    assert sorted(broken) == sorted([*(f"broken-{number}.json" for number in range(10)), "link.json", "pipe.json"])
    assert (broken["link.json"], broken["pipe.json"]) == ("it is a link to nowhere", "it is not a regular file")
    assert all(broken.values())


def test_only_files_that_changed_are_read_again(store: Store, opened: list[Opened], read: list[str]) -> None:
    (store.path / "broken.json").write_bytes(b"{")
    before = listed(store)
    assert len(read) == 4
    read.clear()
    assert listed(store) == listed(again(store)) == before
    assert read == []
    store.save(opened[1], msgspec.structs.replace(opened[1].session, severity=Severity.SEV1))
    (found,) = [each for each in again(store).summaries() if isinstance(each, Summary) and each.id == "S1"]
    assert found.severity is Severity.SEV1
    assert read == [opened[1].path.name]


def test_a_folder_that_did_not_change_is_the_same_scan_whatever_is_broken_in_it(
    store: Store, opened: list[Opened], read: list[str], tmp_path: Path
) -> None:
    raw = opened[0].path.read_bytes()
    broken = {"empty": b"", "cut": raw[:-9], "garbage": bytes(range(256)), "copy": raw, "odd\u202e": raw, "newer": raw}
    broken["newer"] = raw.replace(b'"number": 1', b'"number": 99')
    for name, content in broken.items():
        (store.path / f"{name}.json").write_bytes(content)
    (store.path / os.fsdecode(b"\xff.json")).write_bytes(raw)
    (store.path / "link.json").symlink_to(tmp_path / "nowhere")
    (store.path / "loop.json").symlink_to("loop.json")
    os.mkfifo(store.path / "pipe.json")
    before = summaries.scan(store.path, None)
    assert sum(isinstance(each, Broken) for each in before.found()) == 10
    read.clear()
    assert summaries.scan(store.path, before) is before
    assert set(read) <= {"loop.json"}
    expected = store.summaries()
    (cached,) = (tmp_path / "cache").iterdir()
    kept = cached.stat()
    assert again(store).summaries() == store.summaries() == expected
    assert cached.stat() == kept


def test_a_file_that_the_system_refused_is_tried_again(
    store: Store, opened: list[Opened], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path) -> tuple[bytes, Revision]:
        if path == opened[1].path:
            raise PermissionError(13, "Permission denied")
        return read_file(path)

    with monkeypatch.context() as patch:
        patch.setattr(summaries, "read_file", refuse)
        before = summaries.scan(store.path, None)
        assert before.found()[-1] == Broken(opened[1].path.name, "Permission denied")
        assert summaries.scan(store.path, before) is before
    assert listed(again(store)) == ["S2", "S1", "S0"]


def test_a_link_to_nowhere_that_leads_somewhere_again_is_noticed(
    store: Store, opened: list[Opened], tmp_path: Path
) -> None:
    moved = opened[1].path.rename(tmp_path / "elsewhere.json")
    opened[1].path.symlink_to(tmp_path / "here.json")
    assert listed(store) == ["S2", "S0", f"{opened[1].path.name}: it is a link to nowhere"]
    moved.rename(tmp_path / "here.json")
    assert listed(store) == ["S2", "S1", "S0"]
    (tmp_path / "here.json").unlink()
    assert listed(store)[-1] == f"{opened[1].path.name}: it is a link to nowhere"


def test_files_that_come_and_go_are_noticed(store: Store, opened: list[Opened]) -> None:
    store.summaries()
    other = again(store)
    store.create(a_session(5))
    opened[0].path.unlink()
    assert listed(other) == listed(store) == ["S5", "S2", "S1"]


def test_the_cache_answers_without_reading_a_file(store: Store, opened: list[Opened], read: list[str]) -> None:
    assert store.cached_summaries() is None
    found = store.summaries()
    read.clear()
    assert again(store).cached_summaries() == store.cached_summaries() == found
    assert read == []


def test_a_store_that_is_not_there_has_nothing_cached(store: Store, tmp_path: Path) -> None:
    assert store.cached_summaries() is None
    assert store.summaries() == ()


DAMAGES: dict[str, Callable[[Path], Any]] = {
    "emptied": lambda path: path.write_bytes(b""),
    "cut": lambda path: path.write_bytes(path.read_bytes()[:-7]),
    "garbage": lambda path: path.write_bytes(os.urandom(500)),
    "of another version": lambda path: path.write_bytes(msgspec.msgpack.encode([999, "x", []])),
    "nested without end": lambda path: path.write_bytes(b"\x91" * 100_000),
    "a folder": lambda path: path.rename(path.with_suffix(".old")).parent.joinpath(path.name).mkdir(),
    "gone": lambda path: path.unlink(),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_cache_is_ignored(store: Store, opened: list[Opened], damage: str) -> None:
    expected = store.summaries()
    (path,) = (store.path.parent / "cache").iterdir()
    DAMAGES[damage](path)
    assert again(store).cached_summaries() is None
    assert again(store).summaries() == expected


def test_the_cache_of_another_store_is_not_used(store: Store, opened: list[Opened]) -> None:
    store.summaries()
    cache = store.path.parent / "cache"
    other = Store(store.path.parent / "other", cache=cache)
    other.path.mkdir()
    summaries.cache_file(cache, other.path).write_bytes(summaries.cache_file(cache, store.path).read_bytes())
    assert other.cached_summaries() is None
    assert other.summaries() == ()


def test_a_cache_that_cannot_be_written_is_done_without(store: Store, opened: list[Opened], tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file where the folder should be")
    assert listed(store) == ["S2", "S1", "S0"]
    assert (tmp_path / "cache").is_file()


def test_the_cache_is_private(store: Store, opened: list[Opened]) -> None:
    store.summaries()
    (path,) = (store.path.parent / "cache").iterdir()
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_copy_of_a_session_is_shown_as_one(store: Store, opened: list[Opened], read: list[str]) -> None:
    copy = store.path / f"{opened[0].path.stem} (conflicted copy).json"
    copy.write_bytes(opened[0].path.read_bytes())
    expected = ["S2", "S1", "S0", f"{copy.name}: it is a copy of {opened[0].path.name}, with the same id"]
    assert listed(store) == listed(again(store)) == expected
    read.clear()
    opened[0].path.unlink()
    assert listed(again(store)) == ["S2", "S1", "S0"]
    assert read == []


@pytest.mark.parametrize("name", [b"\x1b[31m.json", b"\xff.json", "a\u202eb.json".encode()])
def test_a_file_name_is_hostile_too(store: Store, opened: list[Opened], name: bytes) -> None:
    opened[0].path.rename(store.path / os.fsdecode(name))
    found = store.summaries()[-1]
    assert isinstance(found, Broken)
    assert "rename it" in found.reason
    assert found.file.isprintable()
    assert listed(again(store)) == listed(store)


def test_a_link_with_a_shorter_name_does_not_hide_the_session(tmp_path: Path) -> None:
    store = Store(tmp_path / "store", cache=tmp_path / "cache")
    opened = store.create(Session(id="S1", title="Checkout errors", created=NOON))
    (store.path / "a.json").symlink_to(opened.path)
    found = store.summaries()
    assert [each.file for each in found] == [opened.path.name, "a.json"]
    assert isinstance(found[1], Broken)
    assert not store.open("S1").read_only
