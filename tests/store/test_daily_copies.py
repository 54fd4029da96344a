"""Of each day on which a session was saved its last state is kept, and a save never fails for it."""

import errno
import json
import os
import stat
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest

from facilitator.model.session import Session
from facilitator.store import codec
from facilitator.store.daily import MOST, daily_copies, keep_daily
from facilitator.store.storage import DurableStorage, backup_of
from facilitator.store.store import Store

NOON = datetime(2026, 11, 15, 12, tzinfo=UTC)
SetClock = Callable[[datetime], None]


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> SetClock:
    return lambda moment: monkeypatch.setattr("time.time_ns", lambda: int(moment.timestamp()) * 10**9)


@pytest.fixture
def far_east(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A clock on the wall that is 14 hours ahead of UTC."""
    with monkeypatch.context() as patch:
        patch.setenv("TZ", "Pacific/Kiritimati")
        time.tzset()
        yield
    time.tzset()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "2026-11-15-checkout.json"


def save(path: Path, text: str) -> None:
    """Save as a store does: first the copy of what is there, then the file."""
    keep_daily(path, path.stat().st_mtime_ns if path.exists() else 0)
    DurableStorage(path).write({"notes": {"a": {"text": text}}})


def kept(path: Path) -> dict[str, str]:
    """The text in each daily copy by its day, newest first."""
    return {copy.stem: json.loads(copy.read_bytes())["notes"]["a"]["text"] for copy in daily_copies(path)}


def everything_below(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.rglob("*") if each.is_file())


def test_the_state_of_the_day_before_is_kept_at_the_first_save_of_a_day(path: Path, clock: SetClock) -> None:
    for hours, text in ((0, "first"), (1, "second"), (11, "late"), (12, "next day"), (13, "and later"), (96, "again")):
        clock(NOON + timedelta(hours=hours))
        save(path, text)
    assert kept(path) == {"2026-11-16": "and later", "2026-11-15": "late"}
    assert daily_copies(path)[0] == path.parent / ".facilitator" / "daily" / path.stem / "2026-11-16.json"


@pytest.mark.usefixtures("far_east")
def test_a_copy_is_named_for_the_day_in_utc_on_which_its_state_was_saved(path: Path, clock: SetClock) -> None:
    clock(datetime(2026, 11, 15, 23, 59, 59, tzinfo=UTC))
    save(path, "before midnight")
    clock(datetime(2026, 11, 16, 0, 0, 0, tzinfo=UTC))
    save(path, "after midnight")
    assert kept(path) == {"2026-11-15": "before midnight"}


def test_without_a_save_before_there_is_nothing_to_keep(path: Path) -> None:
    assert daily_copies(path) == ()
    save(path, "new")
    assert daily_copies(path) == ()
    assert everything_below(path.parent) == [path.name]


def test_at_most_thirty_are_kept_and_the_oldest_go_first(path: Path, clock: SetClock) -> None:
    for day in range(MOST + 6):
        clock(NOON + timedelta(days=day))
        save(path, f"day {day}")
    found = kept(path)
    assert len(found) == MOST
    assert list(found.values()) == [f"day {day}" for day in range(MOST + 4, 4, -1)]


def test_a_copy_takes_no_space_of_its_own(path: Path, clock: SetClock) -> None:
    clock(NOON)
    save(path, "old")
    inode = path.stat().st_ino
    clock(NOON + timedelta(days=1))
    save(path, "new")
    assert daily_copies(path)[0].stat().st_ino == inode


def test_where_the_file_system_knows_no_links_the_bytes_are_copied(
    path: Path, clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "link", refusing(errno.EPERM))
    for day in range(3):
        clock(NOON + timedelta(days=day))
        save(path, f"day {day}")
    assert kept(path) == {"2026-11-16": "day 1", "2026-11-15": "day 0"}
    copy = daily_copies(path)[0]
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert datetime.fromtimestamp(copy.stat().st_mtime, UTC) == NOON + timedelta(days=1)


def refusing(number: int) -> Callable[..., Any]:
    def refuse(*_: Any, **__: Any) -> Any:
        raise OSError(number, os.strerror(number))

    return refuse


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EACCES, errno.EIO, errno.EROFS], ids=errno.errorcode.get)
@pytest.mark.parametrize("calls", [("link", "open"), ("mkdir",), ("link", "fsync"), ("replace", "fsync")], ids="+".join)
def test_a_copy_that_fails_raises_nothing_and_leaves_nothing(
    path: Path, clock: SetClock, calls: tuple[str, ...], number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock(NOON)
    save(path, "old")
    clock(NOON + timedelta(days=1))
    with monkeypatch.context() as patch:
        for call in calls:
            patch.setattr(os, call, refusing(number))
        keep_daily(path, path.stat().st_mtime_ns)
    assert daily_copies(path) == ()
    assert set(everything_below(path.parent)) <= {path.name, ".gitignore"}
    save(path, "new")
    assert kept(path) == {"2026-11-15": "old"}


def test_a_file_in_the_place_of_the_folder_is_left_alone(path: Path, clock: SetClock) -> None:
    clock(NOON)
    save(path, "old")
    (path.parent / ".facilitator").write_text("mine")
    clock(NOON + timedelta(days=1))
    save(path, "new")
    assert daily_copies(path) == ()
    assert (path.parent / ".facilitator").read_text() == "mine"


def test_a_clock_that_is_set_back_loses_nothing(path: Path, clock: SetClock) -> None:
    for day, text in ((0, "a"), (9, "in the future"), (1, "back again"), (2, "b"), (9, "c"), (10, "d")):
        clock(NOON + timedelta(days=day))
        save(path, text)
    assert kept(path) == {"2026-11-24": "c", "2026-11-17": "b", "2026-11-16": "back again", "2026-11-15": "a"}


@pytest.mark.parametrize(("moment", "day"), [(-(10**18), "1938-04-24"), (0, "1970-01-01")])
def test_a_state_from_long_ago_is_kept_too(path: Path, moment: int, day: str) -> None:
    save(path, "odd")
    os.utime(path, ns=(moment, moment))
    save(path, "new")
    assert kept(path) == {day: "odd"}


def test_a_time_of_change_that_is_in_no_calendar_is_no_error(
    path: Path, clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock(NOON)
    save(path, "odd")
    changed = list(path.lstat())
    odd = os.stat_result(changed, {"st_mtime_ns": 10**21})
    monkeypatch.setattr(Path, "lstat", lambda _: odd)
    keep_daily(path, odd.st_mtime_ns)
    assert daily_copies(path) == ()


def test_a_copy_is_not_made_again_while_saving_fails(
    path: Path, clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock(NOON)
    save(path, "old")
    clock(NOON + timedelta(days=1))
    keep_daily(path, path.stat().st_mtime_ns)
    monkeypatch.setattr(os, "link", lambda *_, **__: pytest.fail("made again"))
    keep_daily(path, path.stat().st_mtime_ns)
    assert kept(path) == {"2026-11-15": "old"}


def test_what_is_no_copy_is_not_listed_and_not_removed(path: Path, clock: SetClock) -> None:
    clock(NOON)
    save(path, "old")
    clock(NOON + timedelta(days=1))
    save(path, "new")
    folder = daily_copies(path)[0].parent
    for name in ("notes.txt", "2026-11-15.json.old", ".2026-11-15.json"):
        (folder / name).write_text("mine")
    for day in range(2, MOST + 4):
        clock(NOON + timedelta(days=day))
        save(path, "x")
    assert len(daily_copies(path)) == MOST
    assert len(list(folder.iterdir())) == MOST + 3


def test_the_folders_are_as_private_as_the_store(path: Path, clock: SetClock) -> None:
    path.parent.chmod(0o770)
    clock(NOON)
    save(path, "old")
    clock(NOON + timedelta(days=1))
    save(path, "new")
    for folder in (daily_copies(path)[0].parent, daily_copies(path)[0].parent.parent, backup_of(path).parent):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o770


def test_a_store_keeps_a_copy_of_every_day(tmp_path: Path, clock: SetClock) -> None:
    store = Store(tmp_path / "store", cache=tmp_path / "cache")
    clock(NOON)
    opened = store.create(Session(id="S", title="x", created=NOON))
    states = []
    for day in range(1, 4):
        clock(NOON + timedelta(days=day))
        states.append(opened.session)
        opened = store.save(opened, msgspec.structs.replace(opened.session, summary=f"day {day}"))
        opened = store.save(opened, msgspec.structs.replace(opened.session, trigger=f"day {day}"))
    copies = daily_copies(opened.path)
    assert [copy.stem for copy in copies] == ["2026-11-17", "2026-11-16", "2026-11-15"]
    assert [codec.loads(copy.read_bytes()) for copy in copies] == states[::-1]
