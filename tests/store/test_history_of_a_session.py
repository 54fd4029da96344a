"""The history of a session leads to every state that it had, whatever happens to its file and to the history's own."""

import contextlib
import errno
import os
import stat
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from facilitator.model import edits
from facilitator.model.changes import diff
from facilitator.model.moments import Moment
from facilitator.model.session import Entry, Parked, Session
from facilitator.store import codec, history
from facilitator.store.history import state
from facilitator.store.ids import new_id
from facilitator.store.steps import ELSEWHERE, MERGED, STATE, Recorded, Turn
from facilitator.store.store import Store
from tests.store.writing import NOON, SESSION, Writer, journal_in, labels, new_store, outside
from tests.strategies import sessions


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return new_store(tmp_path / "store")


@pytest.fixture
def writer(folder: Path) -> Writer:
    return Writer(folder)


@pytest.fixture
def journal(folder: Path) -> Path:
    return journal_in(folder)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_session_that_was_never_edited_has_no_history(writer: Writer, journal: Path) -> None:
    assert writer.recorded() == ()
    assert state(()) is None
    assert not journal.exists()


def test_every_state_can_be_reached(writer: Writer) -> None:
    saved = [SESSION, *(writer.write(text) for text in ("one", "two", "three"))]
    assert writer.states() == saved
    first, *rest = writer.recorded()
    assert (first.label, first.state, first.by) == (STATE.label, SESSION, "")
    assert [(step.label, step.by, step.turn) for step in rest] == [("edit", "alice", Turn.DONE)] * 3
    assert first.at <= rest[0].at <= rest[1].at <= rest[2].at


def test_a_save_without_steps_is_one_edit(writer: Writer) -> None:
    writer.store.save(writer.opened, edits.set_field(SESSION, "summary", "one"))
    assert labels(writer.recorded()) == [STATE.label, "edit"]


def test_a_save_that_changes_nothing_adds_nothing(writer: Writer) -> None:
    writer.write("one")
    writer.store.save(writer.opened, writer.session)
    assert labels(writer.recorded()) == [STATE.label, "edit"]


def test_a_history_goes_on_in_the_next_program(folder: Path) -> None:
    saved = [SESSION, *(Writer(folder).write(text) for text in ("one", "two", "three"))]
    assert Writer(folder).states() == saved


def test_programs_that_take_turns_write_one_history(folder: Path) -> None:
    alice, bob = Writer(folder, "alice"), Writer(folder, "bob")
    reached = {}
    for number in range(6):
        who = (alice, bob)[number % 2]
        who.park(f"topic {number}")
        reached[len(who.recorded())] = who.session
    recorded = alice.recorded()
    assert {count: state(recorded[:count]) for count in reached} == reached
    assert [step.by for step in recorded if step.by] == ["alice", "bob"] * 3
    assert len(reached[len(recorded)].parking_lot) == 6


def test_what_merging_made_of_two_edits_of_one_item_is_recorded(folder: Path) -> None:
    entry = Entry(id="E1", at=Moment(NOON), text="alert")
    Writer(folder).save(edits.add(SESSION, entry))
    alice, bob = Writer(folder, "alice"), Writer(folder, "bob")
    alice.save(edits.change(alice.session, "E1", text="alert fires"))
    bob.save(edits.change(bob.session, "E1", text="a", source="log"))
    assert bob.session.timeline[0].text == "alert fires"
    assert state(bob.recorded()) == bob.session
    assert MERGED.label in labels(bob.recorded())


@settings(max_examples=12, deadline=None)
@given(data=st.data())
def test_whatever_two_programs_save_the_history_ends_with_what_is_in_the_file(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("any") / "store"
    Store(folder, cache=folder.parent / "cache").create(SESSION)
    writers = [Writer(folder, "alice"), Writer(folder, "bob")]
    for who in data.draw(st.lists(st.sampled_from(writers), min_size=1, max_size=4)):
        drawn = data.draw(sessions(max_items=2))
        who.save(msgspec.structs.replace(drawn, id=SESSION.id, created=NOON))
        assert state(who.recorded()) == who.session == codec.loads(who.opened.path.read_bytes())


def test_a_change_by_another_program_is_a_step_of_its_own(writer: Writer) -> None:
    writer.write("one")
    outside(writer, "theirs")
    writer.park("topic")
    recorded = writer.recorded()
    assert labels(recorded) == [STATE.label, "edit", ELSEWHERE.label, "edit"]
    summaries = [each.summary for each in writer.states() if each is not None]
    assert summaries == ["", "one", "theirs", "theirs"]
    assert recorded[2].by == ""
    assert recorded[1].at <= recorded[2].at <= datetime.now(UTC)


def test_a_file_that_an_older_state_was_checked_out_to_is_a_step_of_its_own(writer: Writer) -> None:
    old = writer.opened.path.read_bytes()
    writer.write("one")
    writer.opened.path.write_bytes(old)
    os.utime(writer.opened.path, (0, 0))
    other = Writer(writer.store.path)
    other.park("topic")
    assert [len(each.changes) for each in other.recorded()] == [0, 1, 1, 1]
    assert [each.summary for each in other.states() if each] == ["", "one", "", ""]
    assert other.recorded()[2].at > other.recorded()[1].at


def test_a_file_that_was_only_touched_or_made_anew_is_no_step(writer: Writer) -> None:
    writer.write("one")
    os.utime(writer.opened.path)
    writer.park("first")
    writer.opened.path.unlink()
    writer.park("second")
    assert labels(writer.recorded()) == [STATE.label, "edit", "edit", "edit"]
    assert writer.states()[-1] == writer.session


def test_wherever_the_history_is_cut_the_next_save_mends_it(folder: Path, journal: Path) -> None:
    writer = Writer(folder)
    writer.write("one")
    writer.store.save(
        writer.opened,
        edits.set_field(edits.add(writer.session, Parked(id="P1", text="x")), "summary", "two"),
        [
            Recorded(id="S1", at=NOON, label="park", changes=diff(writer.session, edits.add(writer.session, P1))),
            Recorded(id="S2", at=NOON, label="edit", changes=(summary_change(writer.session, "two"),)),
        ],
    )
    raw, there = journal.read_bytes(), Writer(folder).session
    ends = [number for number, byte in enumerate(raw) if byte == ord("\n")]
    for length in sorted({*range(0, len(raw), 53), *(end + more for end in ends for more in (-1, 0, 1))}):
        journal.write_bytes(raw[:length])
        with put_back(writer.opened.path):
            again = Writer(folder)
            after = again.park("after")
            assert again.states()[-2:] == [there, after], length


@contextlib.contextmanager
def put_back(path: Path) -> Iterator[None]:
    """Put the very same file back at the end, so that it is the one which the history knows."""
    kept = path.with_suffix(".kept")
    os.link(path, kept)
    yield
    kept.replace(path)


P1 = Parked(id="P1", text="x")


def summary_change(session: Session, text: str) -> Any:
    (change,) = diff(session, edits.set_field(session, "summary", text))
    return change


def test_half_a_save_is_not_taken_for_the_whole_when_the_file_has_gone_too(folder: Path, journal: Path) -> None:
    writer = Writer(folder)
    writer.write("one")
    kept = journal.stat().st_size
    outside(writer, "theirs")
    there = writer.park("topic")
    raw = journal.read_bytes()
    journal.write_bytes(raw[: raw.index(b"\n", kept) + 1])
    again = Writer(folder)
    again.opened.path.unlink()
    assert again.session == there
    again.write("after")
    assert again.states()[-2:] == [there, again.session]


def test_lines_that_a_power_cut_left_as_zeros_are_made_up_for(folder: Path, journal: Path) -> None:
    writer = Writer(folder)
    writer.write("one")
    kept = journal.stat().st_size
    writer.park("lost from the history")
    lost = journal.stat().st_size
    writer.write("two")
    raw = journal.read_bytes()
    for damaged in (
        raw[:kept] + bytes(len(raw) - kept),
        raw[:kept] + bytes(lost - kept) + raw[lost:],
        raw[: kept + 40] + bytes(lost - kept - 50) + raw[lost - 10 :],
        raw[:kept],
    ):
        journal.write_bytes(damaged)
        with put_back(writer.opened.path):
            again = Writer(folder)
            there = again.session
            after = [there, again.park("after"), again.park("and after that")]
            assert again.states()[-3:] == after


def test_a_line_of_a_newer_format_is_left_alone_and_made_up_for(folder: Path, journal: Path) -> None:
    writer = Writer(folder)
    writer.write("one")
    there = writer.park("in a newer format")
    *lines, last = journal.read_bytes().splitlines(keepends=True)
    newer = last.replace(b'"format":1', b'"format":2')
    journal.write_bytes(b"".join(lines) + newer)
    again = Writer(folder)
    again.write("two")
    assert newer in journal.read_bytes()
    assert again.states()[-2:] == [there, again.session]


@pytest.mark.parametrize("text", [b"", b"\n\n", b"\0" * 100, b"{}\n", b"[" * 100_000, b"\xff\xfe\n", b'{"format":1}\n'])
def test_a_history_of_nonsense_begins_anew(writer: Writer, journal: Path, text: bytes) -> None:
    writer.write("one")
    journal.write_bytes(text)
    assert writer.recorded() == ()
    writer.write("two")
    assert [each.summary for each in writer.states() if each] == ["one", "two"]


def test_a_history_that_was_removed_begins_anew_with_the_state_before(writer: Writer, journal: Path) -> None:
    writer.write("one")
    journal.unlink()
    writer.write("two")
    journal.unlink()
    journal.parent.rmdir()
    writer.write("three")
    assert [each.summary for each in writer.states() if each] == ["two", "three"]


def as_folder(path: Path, _: Path) -> None:
    path.mkdir()


def as_pipe(path: Path, _: Path) -> None:
    os.mkfifo(path)


def as_link(path: Path, outside_store: Path) -> None:
    outside_store.write_bytes(b"theirs\n")
    path.symlink_to(outside_store)


def as_link_to_nothing(path: Path, outside_store: Path) -> None:
    path.symlink_to(outside_store)


@pytest.mark.parametrize("make", [as_folder, as_pipe, as_link, as_link_to_nothing])
@pytest.mark.parametrize("known", [False, True])
def test_what_is_no_file_is_neither_read_nor_written_and_no_save_fails(
    writer: Writer, journal: Path, tmp_path: Path, make: Callable[[Path, Path], None], known: bool
) -> None:
    elsewhere = tmp_path / "elsewhere"
    if known:
        writer.write("zero")
        journal.unlink()
    else:
        journal.parent.mkdir()
    make(journal, elsewhere)
    before = elsewhere.read_bytes() if elsewhere.exists() else None
    assert writer.write("one").summary == writer.store.open(SESSION.id).session.summary == "one"
    assert writer.recorded() == ()
    assert (elsewhere.read_bytes() if elsewhere.exists() else None) == before


def test_a_folder_of_histories_that_leads_elsewhere_is_not_written(
    writer: Writer, journal: Path, tmp_path: Path
) -> None:
    (tmp_path / "elsewhere").mkdir()
    journal.parent.symlink_to(tmp_path / "elsewhere")
    writer.write("one")
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_an_id_that_leads_elsewhere_has_no_history(writer: Writer, journal: Path) -> None:
    writer.write("one")
    journal.rename(journal.parent.parent / "x.jsonl")
    assert writer.store.history("../x") == writer.store.history("") == writer.store.history("\0") == ()


@pytest.fixture
def failing_writes(
    monkeypatch: pytest.MonkeyPatch, journal: Path
) -> Iterator[Callable[[Callable[[bytes], int]], None]]:
    """Let writes to the history, and to no other file, do something else."""
    real = os.write

    def replace(do: Callable[[bytes], int]) -> None:
        def write(descriptor: int, data: bytes) -> int:
            ours = journal.exists() and os.fstat(descriptor).st_ino == journal.stat().st_ino
            return real(descriptor, data[: do(data)]) if ours else real(descriptor, data)

        monkeypatch.setattr(os, "write", write)

    yield replace
    monkeypatch.undo()


def full(_: bytes) -> int:
    raise OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.parametrize("do", [full, lambda data: len(data) // 2, lambda _: 0, lambda data: len(data) - 1])
def test_a_disk_that_is_full_fails_no_save_and_the_history_goes_on_when_there_is_room(
    writer: Writer,
    journal: Path,
    failing_writes: Callable[[Callable[[bytes], int]], None],
    monkeypatch: pytest.MonkeyPatch,
    do: Callable[[bytes], int],
) -> None:
    writer.write("one")
    failing_writes(do)
    assert writer.park("a").parking_lot
    there = writer.park("b")
    monkeypatch.undo()
    assert writer.store.open(SESSION.id).session == there
    writer.write("two")
    assert writer.states()[-2:] == [there, writer.session]


def test_what_the_history_cannot_hold_fails_no_save(writer: Writer, monkeypatch: pytest.MonkeyPatch) -> None:
    for error in (ValueError, TypeError, RecursionError, OverflowError, PermissionError):
        with monkeypatch.context() as patch:

            def fail(*_: Any, error: type[Exception] = error) -> None:
                raise error

            patch.setattr(history, "unaccounted", fail)
            writer.park(error.__name__)
    writer.write("one")
    assert len(writer.session.parking_lot) == 5
    assert writer.states()[-1] == writer.session


def test_one_save_is_one_write_to_the_history(writer: Writer, failing_writes: Any) -> None:
    writer.write("one")
    written: list[bytes] = []

    def note(data: bytes) -> int:
        written.append(data)
        return len(data)

    failing_writes(note)
    outside(writer, "theirs")
    writer.park("topic")
    assert len(written) == 1
    assert written[0].count(b"\n") == 2


def test_a_clock_that_was_set_back_changes_no_order(writer: Writer) -> None:
    for number, day in enumerate((3, 2, 1)):
        session = edits.set_field(writer.session, "summary", str(number))
        step = Recorded(id=new_id(), at=NOON.replace(day=day), label="edit", changes=diff(writer.session, session))
        writer.opened = writer.store.save(writer.opened, session, [step])
    assert [each.summary for each in writer.states() if each] == ["", "0", "1", "2"]


@pytest.mark.parametrize(("shared", "folder_mode", "file_mode"), [(0o700, 0o700, 0o600), (0o775, 0o775, 0o664)])
def test_a_history_is_as_private_as_its_store(
    folder: Path, journal: Path, monkeypatch: pytest.MonkeyPatch, shared: int, folder_mode: int, file_mode: int
) -> None:
    for each in (folder, folder / ".facilitator"):
        each.chmod(shared)
    writer = Writer(folder)
    writer.write("one")
    assert (mode(journal.parent), mode(journal)) == (folder_mode, file_mode)
    monkeypatch.setattr(history, "MAX_BYTES", 1)
    monkeypatch.setattr(history, "SHARE", 3)
    before = journal.stat().st_ino
    for number in range(10):
        writer.write(str(number))
    assert journal.stat().st_ino != before
    assert mode(journal) == file_mode
