"""Programs that open, save, delete, restore and undo in one store, in any order, lose nothing, nor does the history."""

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterable
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from facilitator.model import edits
from facilitator.model.changes import diff, inverse
from facilitator.model.conflicts import Settlement, settle
from facilitator.model.item import Item
from facilitator.model.moments import Moment
from facilitator.model.replay import replay
from facilitator.model.session import Entry, Parked, Session, Why
from facilitator.store import codec
from facilitator.store.errors import ForeignFileError, StoreError, UnknownIdError
from facilitator.store.history import state
from facilitator.store.ids import new_id
from facilitator.store.opening import Opened
from facilitator.store.steps import Recorded, Turn, own
from facilitator.store.store import Store
from facilitator.store.summaries import Summary

NOON = datetime(2026, 11, 15, 12, tzinfo=UTC)
ID = "01ABC"
NAMES = ("alice", "bob", "carol")
who = st.sampled_from(NAMES)
choice = st.integers(0, 1000)


def texts(session: Session) -> set[str]:
    """Return all that people wrote in a session, and the other values of its conflicts."""
    items: Iterable[Item] = (item for name in edits.LISTS.values() for item in getattr(session, name))
    written = {getattr(item, "text", "") or str(getattr(item, "other", "")) for item in items}
    return {session.summary, session.trigger, *written} - {""}


class StoreMachine(RuleBasedStateMachine):
    """Three programs with a store of their own on one folder, and what they owe to those who use them."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.numbers = count()
        self.stores = {name: self.started(name) for name in NAMES}
        self.opened: dict[str, Opened] = {}
        # What was acknowledged, and not removed since by somebody who had seen it.
        self.owed: set[str] = set()
        self.older: list[bytes] = []

    def teardown(self) -> None:
        shutil.rmtree(self.folder)

    def started(self, name: str) -> Store:
        return Store(self.folder / "store", cache=self.folder / f"cache of {name}", who=name)

    @property
    def journal(self) -> Path:
        return self.folder / "store" / ".facilitator" / "history" / f"{ID}.jsonl"

    @property
    def file(self) -> Path | None:
        """The file of the session; None while it is in the trash."""
        found = [each for each in self.stores["alice"].summaries() if isinstance(each, Summary) and each.id == ID]
        return self.folder / "store" / found[0].file if found else None

    @initialize()
    def begin(self) -> None:
        opened = self.stores["alice"].create(Session(id=ID, title="Checkout errors", created=NOON))
        self.opened = dict.fromkeys(NAMES, opened)

    # What a program does

    @rule(name=who)
    def starts_anew(self, name: str) -> None:
        self.stores[name] = self.started(name)
        with contextlib.suppress(UnknownIdError):
            self.opened[name] = self.stores[name].open(ID)

    @rule(name=who)
    def looks(self, name: str) -> None:
        opened = self.opened[name]
        there = self.stores[name].look(opened)
        if opened.path.exists():
            assert there.session == codec.loads(opened.path.read_bytes())
        self.opened[name] = there

    @rule(name=who, number=choice)
    def adds(self, name: str, number: int) -> None:
        text, session = self.text(), self.opened[name].session
        parents = [None, *(why.id for why in session.whys)]
        item = (
            Parked(id=new_id(), text=text),
            Entry(id=new_id(), text=text, at=Moment(NOON)),
            Why(id=new_id(), text=text, parent=parents[number % len(parents)]),
        )[number % 3]
        self.save(name, edits.add(session, item))

    @rule(name=who, number=choice)
    def changes(self, name: str, number: int) -> None:
        session = self.opened[name].session
        changed = [edits.set_field(session, field, self.text()) for field in ("summary", "trigger")]
        changed += [edits.change(session, item.id, text=self.text()) for item in self.items(session)]
        self.save(name, changed[number % len(changed)])

    @rule(name=who, number=choice)
    def removes(self, name: str, number: int) -> None:
        session = self.opened[name].session
        items = self.items(session)
        self.save(name, edits.remove(session, items[number % len(items)].id) if items else session)

    @rule(name=who, number=choice, settlement=st.sampled_from(Settlement))
    def settles(self, name: str, number: int, settlement: Settlement) -> None:
        session = self.opened[name].session
        if session.conflicts:
            conflict = session.conflicts[number % len(session.conflicts)]
            self.save(name, settle(session, conflict, settlement))

    @rule(name=who, number=st.integers(2, 4))
    def saves_several_edits_at_once(self, name: str, number: int) -> None:
        opened = self.opened[name]
        session, made = opened.session, []
        for _ in range(number):
            later = edits.add(session, Parked(id=new_id(), text=self.text()))
            made.append(self.step(session, later))
            session = later
        self.save(name, session, *made)

    @rule(name=who, again=st.booleans())
    def undoes(self, name: str, again: bool) -> None:
        """Take the last own edit back, or make it again, as a program does that was started anew."""
        store, opened = self.stores[name], self.stores[name].look(self.opened[name])
        recorded = store.history(ID)
        past, future = own(recorded, name)
        stack, turn = (future, Turn.REDONE) if again else (past, Turn.UNDONE)
        if not stack:
            return
        step = stack[-1]
        session = replay(opened.session, step.changes if again else inverse(step.changes))
        then = state(recorded[:-1])
        if not again and then is not None and step.changes == diff(then, opened.session):
            assert session == then
        self.opened[name] = opened
        made = self.step(opened.session, session)
        self.save(name, session, msgspec.structs.replace(made, turn=turn, of=step.id))
        past_now, future_now = own(store.history(ID), name)
        if made.changes:
            assert (past_now[-1:] if again else future_now[-1:]) == (step,)

    @rule(name=who)
    def deletes(self, name: str) -> None:
        with contextlib.suppress(UnknownIdError):
            self.stores[name].delete(ID)
            assert self.file is None

    @rule(name=who, number=choice)
    def restores(self, name: str, number: int) -> None:
        store, there = self.stores[name], self.file
        trash = [each for each in store.trash() if each.id == ID]
        if not trash:
            return
        if there is not None:
            with pytest.raises(StoreError, match="already"):
                store.restore(trash[number % len(trash)])
        else:
            wanted = trash[number % len(trash)].path.read_bytes()
            store.restore(trash[number % len(trash)])
            assert self.file is not None
            assert self.file.read_bytes() == wanted

    @rule(name=who)
    @precondition(lambda self: len(list((self.folder / "store").glob("*.json"))) < 4)
    def duplicates(self, name: str) -> None:
        store = self.stores[name]
        with contextlib.suppress(UnknownIdError):
            copy = store.duplicate(ID, "Copy", NOON).session
            original = store.open(ID).session
            assert copy == msgspec.structs.replace(original, id=copy.id, title="Copy")
            assert store.history(copy.id) == ()

    # What happens outside

    @rule(number=choice, cleared=st.booleans())
    def another_program_rewrites_the_file(self, number: int, cleared: bool) -> None:
        path = self.file
        if path is None:
            return
        there = codec.loads(path.read_bytes())
        self.older.append(path.read_bytes())
        to = edits.set_field(there, "summary", self.text())
        if cleared and self.items(there):
            to = edits.remove(to, self.items(there)[number % len(self.items(there))].id)
        path.write_bytes(codec.dumps(to))
        self.owes(there, to)

    @rule(number=choice, old_times=st.booleans())
    @precondition(lambda self: self.older)
    def an_older_state_is_checked_out(self, number: int, old_times: bool) -> None:
        path = self.file
        if path is None:
            return
        raw, there = self.older[number % len(self.older)], codec.loads(path.read_bytes())
        path.unlink()
        path.write_bytes(raw)
        if old_times:
            os.utime(path, (number, number))
        self.owes(there, codec.loads(raw))

    @rule(name=who, garbage=st.sampled_from([b"", b"{", b"\0\0", b"<<<<<<< HEAD\n"]))
    def garbage_takes_the_place_of_the_file(self, name: str, garbage: bytes) -> None:
        path, opened = self.opened[name].path, self.opened[name]
        if not path.exists():
            return
        raw = path.read_bytes()
        path.write_bytes(garbage)
        with pytest.raises(ForeignFileError):
            self.stores[name].save(opened, edits.set_field(opened.session, "summary", self.text()))
        assert path.read_bytes() == garbage
        path.write_bytes(raw)

    @rule(share=st.floats(0, 1), with_what=st.sampled_from(["nothing", "zeros", "garbage", "a newer line", "no file"]))
    def the_end_of_the_history_is_lost(self, share: float, with_what: str) -> None:
        if not self.journal.exists():
            return
        raw = self.journal.read_bytes()
        kept = raw[: int(len(raw) * share)]
        more = {"zeros": bytes(len(raw) - len(kept)), "garbage": b'{"a":\n', "a newer line": b'\n{"format":2}\n'}
        self.journal.write_bytes(kept + more.get(with_what, b""))
        if with_what == "no file":
            self.journal.unlink()

    # What holds

    @invariant()
    def nothing_is_lost(self) -> None:
        folder = self.folder / "store"
        files = [*folder.glob("*.json"), *folder.glob("trash/*.json")]
        found: set[str] = set().union(*(texts(codec.loads(path.read_bytes(), path)) for path in files))
        assert self.owed <= found

    def save(self, name: str, session: Session, *steps: Recorded) -> None:
        store, opened = self.stores[name], self.opened[name]
        saved = store.save(opened, session, steps or ([self.step(opened.session, session)]))
        self.opened[name] = saved
        assert codec.loads(saved.path.read_bytes()) == saved.session
        self.owes(opened.session, session)
        assert self.started("dave").open(ID).session == saved.session
        recorded = self.started("dave").history(ID)
        if recorded or diff(opened.session, session):
            assert state(recorded) == saved.session

    def owes(self, before: Session, after: Session) -> None:
        """Take note of what was written, and of what was removed by somebody who saw it."""
        self.owed -= texts(before) - texts(after)
        self.owed |= texts(after) - texts(before)

    def step(self, before: Session, after: Session) -> Recorded:
        return Recorded(id=new_id(), at=datetime.now(UTC), label="edit", changes=diff(before, after))

    def text(self) -> str:
        number = next(self.numbers)
        return f"text{number:03}" + "x" * (number % 3)

    def items(self, session: Session) -> list[Any]:
        return [*session.parking_lot, *session.timeline, *session.whys]


TestStoreMachine = StoreMachine.TestCase
TestStoreMachine.settings = settings(max_examples=30, stateful_step_count=25, deadline=None)
