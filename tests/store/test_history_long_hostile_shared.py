"""Histories that are long, hostile, or of several people."""

import errno
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest

from facilitator.model import edits
from facilitator.model.changes import diff, inverse
from facilitator.model.replay import replay
from facilitator.model.session import Parked, Why
from facilitator.store import history, steps
from facilitator.store.history import state
from facilitator.store.ids import new_id
from facilitator.store.steps import STATE, Recorded, Turn
from tests.store.writing import NOON, SESSION, Writer, journal_in, labels, new_store, outside

LINE = (
    b'{"format":1,"revision":[1,2,3],"id":"X","at":"2026-11-15T12:00:00Z","by":"eve","label":"edit","changes":[%s]}\n'
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return new_store(tmp_path / "store")


@pytest.fixture
def writer(folder: Path) -> Writer:
    return Writer(folder)


@pytest.fixture
def journal(folder: Path) -> Path:
    return journal_in(folder)


class TestLength:
    @pytest.fixture(autouse=True)
    def short(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(history, "MAX_BYTES", 6000)

    def test_a_history_stays_short_and_its_newest_states_are_exact(self, writer: Writer, journal: Path) -> None:
        saved = [SESSION]
        for number in range(120):
            saved.append(writer.park(f"topic {number % 7}") if number % 3 else writer.write("x" * (number * 37 % 300)))
            if len(saved) % 11 == 0:
                saved.append(writer.save(edits.remove(writer.session, writer.session.parking_lot[0].id)))
            assert journal.stat().st_size <= max(6000, 4 * writer.opened.revision.size)
        states = writer.states()
        assert 5 < len(states) < len(saved)
        assert states == saved[-len(states) :]
        assert writer.recorded()[0].label == STATE.label

    def test_two_programs_shorten_one_history(self, folder: Path, journal: Path) -> None:
        writers = [Writer(folder, "alice"), Writer(folder, "bob")]
        for number in range(60):
            writers[number % 2].write(str(number))
        assert writers[0].states()[-1] == Writer(folder).session
        assert journal.stat().st_size <= max(6000, 4 * writers[1].opened.revision.size)

    def test_what_is_young_is_kept_longer_than_what_is_old(self, folder: Path, journal: Path) -> None:
        kept = []
        for age in (timedelta(0), timedelta(days=31)):
            if journal.exists():
                journal.unlink()
            writer = Writer(folder)
            inode = None
            for number in range(60):
                session = edits.set_field(writer.session, "summary", f"{age} {number}")
                changes = diff(writer.session, session)
                step = Recorded(id=new_id(), at=datetime.now(UTC) - age, label="edit", changes=changes)
                writer.opened = writer.store.save(writer.opened, session, [step])
                if inode is not None and journal.stat().st_ino != inode:
                    break
                inode = journal.stat().st_ino
            kept.append(len(writer.recorded()))
        assert kept[0] > kept[1] > 2

    def test_an_edit_that_is_larger_than_a_history_may_be_begins_it_anew(
        self, writer: Writer, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(history, "MOST_BYTES", 15_600)
        writer.write("one")
        big = writer.write("word " * 3000)
        assert writer.states() == [big]
        small = writer.write("two")
        assert writer.states()[-1] == small

    def test_temporary_files_of_killed_programs_go_when_a_history_is_shortened(
        self, writer: Writer, journal: Path
    ) -> None:
        writer.write("one")
        left_over = journal.with_name(f".{journal.name}.0123456789ab.tmp")
        left_over.touch()
        for number in range(30):
            writer.write(f"{number:0100}")
        assert list(journal.parent.iterdir()) == [journal]

    def test_a_history_that_cannot_be_shortened_grows_no_more_than_twice_as_long(
        self, writer: Writer, journal: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        tried: list[int] = []

        def fail(*_: Any) -> None:
            tried.append(1)
            raise OSError(errno.EACCES, "Permission denied")

        with monkeypatch.context() as patch:
            patch.setattr(history.History, "_replace", fail)
            for number in range(150):
                writer.write(f"{number:050}")
        assert journal.stat().st_size < 14_000
        assert 1 < len(tried) < 15
        there = writer.session
        again = Writer(writer.store.path)
        again.write("there is room again")
        assert again.states()[-2:] == [there, again.session]
        assert journal.stat().st_size <= 6000


class TestHostile:
    HEADER = b'{"id":"01ABC","title":"T","created":"2026-11-15T12:00:00Z"}'

    @pytest.mark.parametrize(
        "changes",
        [
            b'{"table":"nothing","after":{"id":"A","text":"x"}}',
            b'{"table":"parking_lot"}',
            b'{"table":"parking_lot","after":{"id":"../A","text":"x"}}',
            b'{"table":"parking_lot","after":{"text":"x"}}',
            b'{"table":"parking_lot","before":{"id":"A","text":"x"},"after":{"id":"B","text":"x"}}',
            b'{"table":"parking_lot","after":{"id":"A","text":1}}',
            b'{"table":"session","after":{"id":"OTHER","title":"T","created":"2026-11-15T12:00:00Z"}}',
            b'{"table":"session","after":{"id":"01ABC","title":"T","created":"2026-11-15T12:00:00"}}',
            b'{"table":"session","after":{"id":"01ABC","title":"T","created":"0001-01-01T00:00:00+10:00"}}',
            b'{"table":"session","after":%s}' % HEADER.replace(b"}", b',"parking_lot":[{"id":"A","text":"x"}]}'),
            b'{"table":"timeline","after":{"id":"A","text":"x","at":{"at":"2026-11-15T12:00:00Z"},"until":"2026-11-15"}}',
        ],
    )
    def test_a_line_that_makes_no_sense_is_left_out(self, writer: Writer, journal: Path, changes: bytes) -> None:
        writer.write("one")
        journal.write_bytes(journal.read_bytes() + LINE % changes)
        assert labels(writer.recorded()) == [STATE.label, "edit"]
        writer.write("two")
        assert writer.states()[-1] == writer.session

    @pytest.mark.parametrize("at", [b"2026-11-15T12:00:00", b"0001-01-01T00:00:00+10:00", b"9999-12-31T23:59:59-10:00"])
    def test_a_time_that_cannot_be_told_is_left_out(self, writer: Writer, journal: Path, at: bytes) -> None:
        writer.write("one")
        line = LINE % b'{"table":"parking_lot","after":{"id":"A","text":"x"}}'
        journal.write_bytes(journal.read_bytes() + line.replace(b"2026-11-15T12:00:00Z", at))
        assert len(writer.recorded()) == 2

    def test_text_is_cleaned(self, writer: Writer, journal: Path) -> None:
        line = LINE.replace(b'"eve"', b'"e\\u001b[31mve\\n"').replace(b'"edit"', b'"ed\\u202eit \\u0007"')
        line %= b'{"table":"parking_lot","after":{"id":"A","text":"x\\u001b]52;c;eA==\\u0007y"}}'
        journal.parent.mkdir()
        journal.write_bytes(line)
        (step,) = writer.recorded()
        assert (step.by, step.label) == ("eve", "edit")
        assert isinstance(step.changes[0].after, Parked)
        assert step.changes[0].after.text == "xy"

    def test_a_whole_state_of_another_session_or_of_none_is_left_out(self, writer: Writer, journal: Path) -> None:
        journal.parent.mkdir()
        for header in (
            self.HEADER.replace(b"01ABC", b"OTHER"),
            self.HEADER.replace(b"00Z", b"00"),
            self.HEADER.replace(b"}", b',"whys":[{"id":"A","text":"x","parent":"A"}]}'),
            self.HEADER.replace(b"}", b',"parking_lot":[{"id":"A","text":"x"},{"id":"A","text":"y"}]}'),
        ):
            journal.write_bytes((LINE % b"").replace(b'"label"', b'"state":%s,"label"' % header))
            assert writer.recorded() == ()
        journal.write_bytes((LINE % b"").replace(b'"label"', b'"state":%s,"label"' % self.HEADER))
        assert state(writer.recorded()) == msgspec.structs.replace(SESSION, title="T")

    def test_steps_that_lead_to_no_session_give_none(self) -> None:
        why = Why(id="W", text="x", parent="GONE")
        session = edits.add(SESSION, msgspec.structs.replace(why, parent=None))
        recorded = (
            STATE.with_state(session),
            Recorded(at=NOON, label="edit", changes=diff(session, edits.put(session, why))),
        )
        assert state(recorded[:1]) == session
        assert state(recorded) is None


class TestNames:
    @pytest.mark.parametrize(
        ("who", "recorded"), [("  Bob\x1b[31m \n Chen ", "Bob Chen"), ("b" * 100, "b" * 64), ("\u202eeve", "eve")]
    )
    def test_a_name_is_recorded_as_one_clean_line(self, folder: Path, who: str, recorded: str) -> None:
        writer = Writer(folder, who)
        writer.write("one")
        assert writer.store.name == writer.recorded()[-1].by == recorded

    @pytest.mark.parametrize("system", [OSError, KeyError, lambda: "\x1b[31m"])
    def test_without_a_name_it_was_somebody(self, folder: Path, monkeypatch: pytest.MonkeyPatch, system: Any) -> None:
        def answer() -> str:
            if isinstance(system, type):
                raise system
            return str(system())

        monkeypatch.setattr("getpass.getuser", answer)
        writer = Writer(folder, "")
        writer.write("one")
        assert writer.recorded()[-1].by == "somebody"


class TestOwnSteps:
    def turned(self, writer: Writer, step: Recorded, turn: Turn) -> None:
        changes = inverse(step.changes) if turn is Turn.UNDONE else step.changes
        session = replay(writer.session, changes)
        made = diff(writer.session, session)
        step = Recorded(id=new_id(), at=NOON, label=step.label, turn=turn, of=step.id, changes=made)
        writer.opened = writer.store.save(writer.opened, session, [step])

    def test_undoing_everything_leads_back_to_what_was_and_redoing_to_what_is(self, folder: Path) -> None:
        writer = Writer(folder)
        saved = [SESSION, *(writer.write(text) for text in ("one", "two", "three"))]
        for wanted in reversed(saved[:-1]):
            again = Writer(folder)
            past, _ = steps.own(again.recorded(), "alice")
            self.turned(again, past[-1], Turn.UNDONE)
            assert again.session == wanted
        assert steps.own(again.recorded(), "alice")[0] == ()
        for wanted in saved[1:]:
            again = Writer(folder)
            _, future = steps.own(again.recorded(), "alice")
            self.turned(again, future[-1], Turn.REDONE)
            assert again.session == wanted

    def test_a_new_edit_ends_what_can_be_redone(self, writer: Writer) -> None:
        writer.write("one")
        past, _ = steps.own(writer.recorded(), "alice")
        self.turned(writer, past[-1], Turn.UNDONE)
        writer.write("two")
        past, future = steps.own(writer.recorded(), "alice")
        assert (len(past), future) == (1, ())

    def test_only_ones_own_edits_are_undone_and_what_others_wrote_stays(self, folder: Path) -> None:
        alice, bob = Writer(folder, "alice"), Writer(folder, "bob")
        alice.park("hers")
        bob.park("his")
        outside(bob, "of another program")
        again = Writer(folder)
        again.park("hers too")
        past, _ = steps.own(again.recorded(), "alice")
        for step in reversed(past):
            self.turned(again, step, Turn.UNDONE)
        assert [each.text for each in again.session.parking_lot] == ["his"]
        assert again.session.summary == "of another program"
        assert [step.by for step in steps.own(again.recorded(), "bob")[0]] == ["bob"]

    def test_a_step_that_was_undone_and_is_not_there_any_more_is_nobodys(self) -> None:
        lost = Recorded(id="B", at=NOON, by="alice", label="edit", turn=Turn.UNDONE, of="A")
        assert steps.own([lost], "alice") == ((), ())
