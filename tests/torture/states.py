"""The states that a session goes through in a trial: the same number is the same state, whichever program asks."""

import random
from datetime import UTC, datetime
from functools import cache

import msgspec

from facilitator.model.changes import diff
from facilitator.model.session import Session
from facilitator.store.ids import new_id
from facilitator.store.opening import Opened
from facilitator.store.steps import Recorded
from facilitator.store.store import Store
from tests.benchmarks import made

ID = "01TORTURED"
_FEWEST, _MOST = 16, 64


def state_at(number: int) -> Session:
    """Return the state of a number, of about 14 KB: it grows and shrinks from one to the next, by half.

    So a file that is written in place would be left with the end of a longer one.
    """
    entries = _FEWEST + number * 37 % (_MOST - _FEWEST)
    held = _longest()
    return msgspec.structs.replace(held, trigger=str(number), timeline=held.timeline[:entries])


def number_of(session: Session) -> int:
    """Return the number of a state."""
    return int(session.trigger)


def save_next(store: Store, opened: Opened) -> Opened:
    """Save the next state as two edits, and return the session as opened anew."""
    number = number_of(opened.session) + 1
    after = state_at(number)
    between = msgspec.structs.replace(after, trigger=opened.session.trigger)
    return store.save(opened, after, (step(opened.session, between, "list"), step(between, after, label_of(number))))


def label_of(number: int) -> str:
    """Return the label under which the edit that led to a state is recorded."""
    return f"edit {number}"


def step(before: Session, after: Session, label: str) -> Recorded:
    """Return an edit as the app records it."""
    return Recorded(id=new_id(), at=datetime.now(UTC), label=label, changes=diff(before, after))


@cache
def _longest() -> Session:
    chance = random.Random(made.SEED)
    return msgspec.structs.replace(made.session(chance, entries=_MOST), id=ID)
