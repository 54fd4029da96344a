"""The index follows the files, heals itself, and is never missed: the files answer where it cannot."""

import os
import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from facilitator.library import index as index_module
from facilitator.library import reading
from facilitator.library.cache import VERSION, Cache
from facilitator.library.search import Library
from facilitator.model.meeting_items import Account, Note
from facilitator.model.moments import Moment
from facilitator.model.session import Action, ActionStatus, Entry, Factor, Milestone, Session, Severity
from facilitator.store.store import Store
from facilitator.store.summaries import Summary
from tests.library.asking import NOON, a_session, asked, changed, write


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "store"
    path.mkdir()
    for number, word in enumerate(("redis", "memcached", "postgresql")):
        write(path, a_session(number, title=f"Trouble with {word}", summary="out of memory", services=("checkout",)))
    return path


@pytest.fixture
def library(folder: Path) -> Library:
    return again(folder)


def again(folder: Path) -> Library:
    """The same store in another run of the program."""
    return Library(folder, cache=folder.parent / "cache")


def ids(library: Library, line: str) -> list[str]:
    """Return what a query finds now, in order, and make sure that the files say so too."""
    query = asked(line)
    ready = library.refresh()
    found = library.find(query, ready=ready)
    assert {each.id for each in library.find(query, ready=False).hits} == {each.id for each in found.hits}
    return [each.id for each in found.hits]


def file_of(library: Library) -> Path:
    path = Cache(library.folder.parent / "cache", library.folder).newest()
    assert path is not None
    return path


def test_the_four_questions_are_one_line_each(tmp_path: Path) -> None:
    def at(hours: float) -> datetime:
        return NOON - timedelta(hours=hours)

    long = (
        Entry(id="E1", at=Moment(at(5)), text="alert", milestones=(Milestone.DETECTED,)),
        Entry(id="E2", at=Moment(at(2)), text="well", milestones=(Milestone.RESOLVED,)),
    )
    factor = Factor(id="F", text="no canary", category="deployment", root_cause=True)
    old = NOON - timedelta(days=61)
    held = (
        a_session(1, cause="deployment", timeline=long),
        a_session(2, factors=(factor,), services=("checkout",), started=Moment(NOON - timedelta(days=300))),
        a_session(3, services=("Checkout",), started=Moment(NOON - timedelta(days=400))),
        changed(a_session(4, actions=(Action(id="A", text="limit memory"),)), created=old),
        changed(a_session(5, actions=(Action(id="A", text="x", status=ActionStatus.DONE),)), created=old),
        a_session(6, actions=(Action(id="A", text="new"),)),
    )
    for session in held:
        write(tmp_path / "store", session)
    library = again(tmp_path / "store")
    assert set(ids(library, "cause:deployment")) == {"S1", "S2"}
    assert ids(library, "service:checkout since:12m") == ["S2"]
    assert ids(library, "mttr:>2h") == ["S1"]
    assert ids(library, "pending:>60d") == ["S4"]


def test_a_hit_tells_where_it_is(tmp_path: Path) -> None:
    write(
        tmp_path / "store",
        a_session(
            1,
            severity=Severity.SEV2,
            summary="Half of the memory was gone",
            timeline=(Entry(id="E1", at=Moment(NOON), text="Out-of-memory killer runs"),),
            factors=(Factor(id="F1", text=f"{'word ' * 60}the cache had no limit on Memory {'word ' * 60}"),),
            actions=(Action(id="A1", text="Limit memory", owner="alice"), Action(id="A2", text="Other", owner="bob")),
        ),
    )
    library = again(tmp_path / "store")
    assert library.refresh()
    (hit,) = library.find(asked('"out of memory" limit')).hits
    assert (hit.id, hit.date, hit.severity) == ("S1", "2026-11-15", Severity.SEV2)
    assert hit.score > 0
    told = {(each.kind, each.item): [each.text[start:end] for start, end in each.marks] for each in hit.snippets}
    assert told == {("entry", "E1"): ["Out-of-memory"], ("factor", "F1"): ["limit"], ("action", "A1"): ["Limit"]}
    assert all(len(each.text) < 200 for each in hit.snippets)
    (hit,) = library.find(asked("owner:@bob")).hits
    assert [(each.kind, each.item, each.text) for each in hit.snippets] == [("action", "A2", "Other")]


def test_nothing_private_is_found(tmp_path: Path) -> None:
    accounts = (Account(id="A1", seen="hidden", private=True), Account(id="A2", seen="open"))
    write(
        tmp_path / "store", a_session(1, notes=(Note(id="N", text="hidden"),), accounts=accounts, authors=("hidden",))
    )
    library = again(tmp_path / "store")
    assert ids(library, "hidden") == []
    assert ids(library, "open") == ["S1"]
    assert b"hidden" not in file_of(library).read_bytes()


def test_changes_are_taken_in(library: Library, folder: Path) -> None:
    assert ids(library, "redis") == ["S0"]
    write(folder, a_session(0, title="Valkey"))
    (folder / "S1.json").unlink()
    write(folder, a_session(7, title="Redis again", services=("search",)))
    assert ids(library, "redis") == ["S7"]
    assert ids(again(folder), "title OR valkey OR memcached") == ["S0"]
    assert library.values("service") == {"checkout": 1, "search": 1}


def test_one_saved_file_is_taken_in_by_itself(library: Library, folder: Path) -> None:
    assert library.refresh()
    write(folder, a_session(0, title="Valkey"))
    assert library.took_in("S0.json")
    assert [each.id for each in library.find(asked("valkey")).hits] == ["S0"]


def test_nothing_is_read_when_the_folder_has_not_changed(
    library: Library, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    long_ago = 1_600_000_000_500_000_000
    os.utime(folder, ns=(long_ago, long_ago))
    assert library.refresh()
    monkeypatch.setattr(reading, "look", lambda _: pytest.fail("looked"))
    assert library.refresh()
    assert again(folder).refresh()


def test_a_change_in_place_is_noticed_by_a_thorough_look(library: Library, folder: Path) -> None:
    assert library.refresh()
    stamp = folder.stat().st_mtime_ns
    path = folder / "S0.json"
    path.write_bytes(path.read_bytes().replace(b"redis", b"valkey"))
    os.utime(folder, ns=(stamp, stamp))
    assert library.refresh(thorough=True)
    assert [each.id for each in library.find(asked("valkey")).hits] == ["S0"]


def test_broken_files_and_copies_are_no_sessions_and_come_back(library: Library, folder: Path) -> None:
    whole = (folder / "S0.json").read_bytes()
    (folder / "S0 (copy).json").write_bytes(whole)
    (folder / "link.json").symlink_to(folder / "nowhere")
    (folder / "folder.json").mkdir()
    os.mkfifo(folder / "pipe.json")
    assert ids(library, "redis") == ["S0"]
    (folder / "new.tmp").write_bytes(whole[:-20])
    (folder / "new.tmp").replace(folder / "S0.json")
    assert ids(library, "redis") == ["S0"]  # the copy is the session now
    assert library.find(asked("redis")).hits[0].file == "S0 (copy).json"
    (folder / "S0 (copy).json").unlink()
    assert ids(library, "redis") == []
    (folder / "new.tmp").write_bytes(whole)
    (folder / "new.tmp").replace(folder / "S0.json")
    assert ids(library, "redis") == ["S0"]
    summaries = Store(folder, cache=folder.parent / "cache").summaries()
    assert set(ids(library, "")) == {each.id for each in summaries if isinstance(each, Summary)}


def test_a_hit_whose_file_has_just_gone_is_left_out(library: Library, folder: Path) -> None:
    assert library.refresh()
    (folder / "S0.json").unlink()
    assert [each.id for each in library.find(asked("redis OR memcached")).hits] == ["S1"]


@pytest.mark.parametrize("harm", ["rubbish", "empty", "cut", "deleted", "other store", "old tables"])
def test_a_harmed_index_is_built_anew(library: Library, folder: Path, harm: str) -> None:
    assert ids(library, "redis") == ["S0"]
    library.close()
    path = file_of(library)
    if harm == "deleted":
        path.unlink()
    elif harm == "other store":
        with sqlite3.connect(path) as db:
            db.execute("UPDATE meta SET value = '/elsewhere' WHERE key = 'store'")
        db.close()
    elif harm == "old tables":
        with sqlite3.connect(path) as db:
            db.execute("DROP TABLE sessions")
        db.close()
    else:
        raw = path.read_bytes()
        path.write_bytes({"rubbish": b"\x07" * len(raw), "empty": b"", "cut": raw[: len(raw) // 3]}[harm])
    other = again(folder)
    ids(other, "redis")
    assert other.refresh()
    assert other.find(asked("redis")).indexed
    assert ids(other, "redis") == ["S0"]


@pytest.mark.parametrize("harm", ["rubbish", "deleted"])
def test_an_index_that_is_harmed_while_in_use_does_no_harm(library: Library, folder: Path, harm: str) -> None:
    assert ids(library, "redis") == ["S0"]
    path = file_of(library)
    if harm == "deleted":
        path.unlink()
    else:
        with path.open("r+b") as file:
            file.write(b"\x07" * path.stat().st_size)
    for number in range(3):
        write(folder, a_session(8, title=f"Redis {number}"))
        assert set(ids(library, "redis")) == {"S0", "S8"}
    assert library.find(asked("redis")).indexed


def test_where_no_index_can_be_written_the_files_answer(folder: Path) -> None:
    (folder.parent / "cache").write_text("no folder")
    library = again(folder)
    assert not library.refresh()
    assert not library.reindex()
    found = library.find(asked("redis"), ready=False)
    assert ([each.id for each in found.hits], found.indexed) == (["S0"], False)
    assert library.count(asked("memory"), ready=False) == 3
    assert library.values("service") == {"checkout": 3}


def test_an_index_that_cannot_be_written_any_more_is_not_asked_once_it_is_old(library: Library, folder: Path) -> None:
    assert library.refresh()
    index = library._index
    assert index is not None
    index._db.execute("PRAGMA query_only=1")
    write(folder, a_session(0, title="Valkey"))
    ready = library.refresh()
    assert not ready
    assert [each.id for each in library.find(asked("valkey"), ready=ready).hits] == ["S0"]


def test_while_another_program_writes_what_is_there_is_read(
    library: Library, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index_module, "BUSY", 0.0)
    assert library.refresh()
    other = sqlite3.connect(file_of(library), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    write(folder, a_session(9, title="Redis again"))
    assert library.refresh()
    assert [each.id for each in library.find(asked("redis")).hits] == ["S0"]
    other.execute("ROLLBACK")
    other.close()
    assert set(ids(library, "redis")) == {"S0", "S9"}


def test_two_programs_share_an_index(folder: Path) -> None:
    one, other = again(folder), again(folder)
    for number in range(4):
        write(folder, a_session(20 + number, title="Shared"))
        for library in (one, other) if number % 2 else (other, one):
            assert len(ids(library, "shared")) == number + 1
    one.reindex()
    assert len(ids(other, "shared")) == 4


def test_while_another_program_builds_the_files_answer(library: Library, folder: Path) -> None:
    with Cache(folder.parent / "cache", folder).building() as alone:
        assert alone
        assert not library.refresh()
        assert [each.id for each in library.find(asked("redis"), ready=False).hits] == ["S0"]
    assert library.refresh()


def test_old_versions_and_other_builds_are_removed(library: Library, folder: Path) -> None:
    assert library.refresh()
    first = file_of(library)
    old = first.with_name(first.name.replace(f"-{VERSION:04}-", "-0000-"))
    old.write_bytes(b"old")
    assert library.reindex()
    assert not old.exists()
    assert not first.exists()
    assert oct(file_of(library).parent.stat().st_mode & 0o777) == "0o700"


def test_an_empty_or_missing_store_has_nothing(tmp_path: Path) -> None:
    assert ids(again(tmp_path / "none"), "redis") == []
    assert ids(again(tmp_path / "none"), "") == []


def test_many_sessions_of_one_second_and_far_years(tmp_path: Path) -> None:
    far = [Session(id=f"Y{year}", title="far", created=datetime(year, 1, 1, tzinfo=UTC)) for year in (1, 1000, 9999)]
    for session in (*(a_session(number, title="same") for number in range(30)), *far):
        write(tmp_path / "store", session)
    library = again(tmp_path / "store")
    assert len(ids(library, "same")) == 30
    assert ids(library, "far sort:date") == ["Y9999", "Y1000", "Y1"]
    assert ids(library, "date:..1500 sort:date-asc") == ["Y1", "Y1000"]
