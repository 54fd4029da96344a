"""Copies that programs leave in a folder that they sync are told by name, merged into their session, and kept."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings

from facilitator.model.edits import LISTS, add, remove
from facilitator.model.session import Lesson, Parked, Session
from facilitator.store import codec
from facilitator.store.errors import NewerFormatError, ReadOnlyError, StoreError, UnreadableError
from facilitator.store.opening import Opened
from facilitator.store.store import Store
from facilitator.store.sync_copies import copy_told, take_in, tool_of
from tests.strategies import sessions

NAME = "2026-11-15-checkout-errors"
ID = "01ABC"
SESSION = Session(id=ID, title="Checkout errors", created=datetime(2026, 11, 15, tzinfo=UTC))


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "store", cache=tmp_path / "cache", who="Alice")


@pytest.fixture
def opened(store: Store) -> Opened:
    """The session, saved once, so that its history has begun."""
    first = store.create(SESSION)
    return store.save(first, add(first.session, Parked(id="P1", text="both know this")))


def copy_of(opened: Opened, session: Session | None = None, name: str = f"{NAME} (1).json") -> Path:
    path = opened.path.with_name(name)
    path.write_bytes(codec.dumps(session or opened.session))
    return path


def texts(session: Session) -> list[str]:
    return [item.text for item in session.parking_lot]


@pytest.mark.parametrize(
    ("name", "tool"),
    [
        ("x (Alice's conflicted copy 2026-11-22).json", "Dropbox"),
        ("x (conflicted copy 2026-11-22).json", "Dropbox"),
        ("x (conflicted copy 2026-11-22 101530).json", "Nextcloud or ownCloud"),
        ("x (conflicted copy Alice 2026-11-22 101530).json", "Nextcloud or ownCloud"),
        ("x_conflict-20261122-101530.json", "Nextcloud or ownCloud"),
        ("x.sync-conflict-20261122-101530-ABCDEFG.json", "Syncthing"),
        ("x.sync-conflict-20261122-101530-ABCDEFG.sync-conflict-20261123-101530-HIJKLMN.json", "Syncthing"),
        ("x (1).json", "Google Drive or a browser"),
        ("x(2).json", "Google Drive or a browser"),
        ("x 2.json", "iCloud"),
        ("x-DESKTOP-1A2B3C.json", "OneDrive"),
        ("x (SFConflict alice@example.org 2026-11-22-10-15-30).json", "Seafile"),
        ("x (SFConflict 2026-11-22-10-15-30).json", "Seafile"),
        ("x.Conflict.json", "Resilio Sync"),
        ("x.Conflict2.Conflict.json", "Resilio Sync"),
        ("x (Case Conflict).json", "Dropbox"),
        ("x-2.json", ""),
        ("x-old.json", ""),
        ("x.json", ""),
        ("backup of x.json", ""),
        ("x (1).txt", ""),
    ],
)
def test_the_name_tells_which_program_made_a_copy(name: str, tool: str) -> None:
    assert tool_of(name, "x.json") == tool


def test_the_name_of_a_session_may_have_any_characters() -> None:
    assert tool_of("a (b) [c].*+? (1).json", "a (b) [c].*+?.json") == "Google Drive or a browser"


def test_what_a_copy_is_is_told_as_far_as_its_name_tells_it() -> None:
    assert copy_told("x.Conflict.json", "x.json") == "it is a conflict copy of x.json, made by Resilio Sync"
    assert copy_told("zz.json", "x.json") == "it is a copy of x.json"


def test_a_copy_is_merged_in_one_step_and_moved_to_the_trash(store: Store, opened: Opened) -> None:
    theirs = add(opened.session, Parked(id="P2", text="from the other computer"))
    copy = copy_of(opened, theirs)
    raw = copy.read_bytes()
    store.save(opened, add(opened.session, Parked(id="P3", text="from here")))
    taken = take_in(store, ID, copy)
    assert texts(taken.session) == ["both know this", "from the other computer", "from here"]
    assert store.open(ID) == taken
    assert not copy.exists()
    assert (store.path / "trash" / copy.name).read_bytes() == raw
    assert store.history(ID)[-1].label == f"take in {copy.name}"
    assert [change.part.id for change in store.history(ID)[-1].changes] == ["P2"]


def test_what_was_removed_here_does_not_come_back_from_an_old_copy(store: Store, opened: Opened) -> None:
    copy = copy_of(opened)
    now = store.save(opened, remove(opened.session, "P1"))
    assert take_in(store, ID, copy).session == now.session


def test_a_field_that_both_changed_is_kept_twice(store: Store, opened: Opened) -> None:
    copy = copy_of(opened, msgspec.structs.replace(opened.session, summary="what they wrote"))
    store.save(opened, msgspec.structs.replace(opened.session, summary="what was written here"))
    taken = take_in(store, ID, copy).session
    assert taken.summary == "what was written here"
    assert [(each.field, each.other) for each in taken.conflicts] == [("summary", "what they wrote")]


def test_taking_in_again_changes_nothing(store: Store, opened: Opened) -> None:
    theirs = add(opened.session, Parked(id="P2", text="theirs"))
    copy = copy_of(opened, theirs)
    taken = take_in(store, ID, copy)
    assert take_in(store, ID, copy) == taken
    copy_of(opened, theirs)
    assert take_in(store, ID, copy) == taken
    assert len(list((store.path / "trash").iterdir())) == 2


def test_an_equal_copy_is_put_away_without_a_save(store: Store, opened: Opened) -> None:
    copy = copy_of(opened)
    assert take_in(store, ID, copy).revision == opened.revision
    assert not copy.exists()


@pytest.mark.parametrize(
    ("change", "error"),
    [
        (lambda raw: raw[:100], UnreadableError),
        (lambda raw: raw.replace(b'"number": 1', b'"number": 2'), NewerFormatError),
        (lambda raw: raw.replace(b'"title"', b'"colour": "red", "title"'), ReadOnlyError),
        (lambda raw: raw.replace(ID.encode(), b"01ABD"), StoreError),
    ],
)
def test_a_copy_that_cannot_be_taken_in_stays(
    store: Store, opened: Opened, change: Any, error: type[Exception]
) -> None:
    copy = copy_of(opened)
    copy.write_bytes(change(copy.read_bytes()))
    raw = copy.read_bytes()
    with pytest.raises(error):
        take_in(store, ID, copy)
    assert copy.read_bytes() == raw
    assert store.open(ID) == opened


def test_a_link_is_no_copy_to_move(store: Store, opened: Opened, tmp_path: Path) -> None:
    outside = tmp_path / "outside.json"
    outside.write_bytes(opened.path.read_bytes())
    link = opened.path.with_name(f"{NAME} (1).json")
    link.symlink_to(outside)
    with pytest.raises(ReadOnlyError, match="symbolic link"):
        take_in(store, ID, link)
    assert link.is_symlink()


def test_the_session_itself_is_no_copy(store: Store, opened: Opened) -> None:
    with pytest.raises(StoreError, match="the session itself"):
        take_in(store, ID, opened.path)
    assert opened.path.exists()


def test_a_copy_that_changes_meanwhile_is_read_again(
    store: Store, opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = copy_of(opened, add(opened.session, Parked(id="P2", text="first")))
    real = store.save

    def save(*given: Any) -> Opened:
        monkeypatch.setattr(store, "save", real)
        copy.unlink()
        copy_of(opened, add(opened.session, Parked(id="P3", text="second")))
        return real(*given)

    monkeypatch.setattr(store, "save", save)
    assert texts(take_in(store, ID, copy).session) == ["both know this", "first", "second"]


def test_a_copy_that_cannot_be_moved_was_taken_in_all_the_same(
    store: Store, opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = copy_of(opened, add(opened.session, Parked(id="P2", text="theirs")))

    def refused(*_: Any) -> None:
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", refused)
        with pytest.raises(StoreError, match="Permission denied"):
            take_in(store, ID, copy)
    assert texts(store.open(ID).session) == ["both know this", "theirs"]
    assert texts(take_in(store, ID, copy).session) == ["both know this", "theirs"]
    assert [each.name for each in (store.path / "trash").iterdir()] == [copy.name]


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(sessions(max_items=2), sessions(max_items=2))
def test_whatever_a_copy_holds_nothing_of_either_is_lost(
    tmp_path_factory: pytest.TempPathFactory, mine: Session, other: Session
) -> None:
    store = Store(tmp_path_factory.mktemp("x") / "store", cache=tmp_path_factory.mktemp("cache"))
    opened = store.create(mine)
    theirs = msgspec.structs.replace(other, id=mine.id)
    taken = take_in(store, mine.id, copy_of(opened, theirs, f"{opened.path.stem} (1).json")).session
    said = codec.dumps(taken).decode()
    for session in (mine, theirs):
        for kind, name in LISTS.items():
            for item in getattr(session, name):
                if isinstance(item, Lesson | Parked):
                    assert msgspec.json.encode(item.text).decode() in said, kind
        assert msgspec.json.encode(session.title).decode() in said
