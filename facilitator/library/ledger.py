"""The actions of a session as the index keeps them, and of each session what trends are made of.

Most questions are about actions that are pending, which have rows of their own; of the others only counts are asked
for. So those of a session stand together: one row for each of 50,000 actions takes a quarter of a build.
"""

from datetime import date
from functools import lru_cache
from typing import NamedTuple

import msgspec

from facilitator.library.facts import CLOSED, Facts, born, causes
from facilitator.library.words import folded
from facilitator.model.edits import ordered
from facilitator.model.outcomes import done_on
from facilitator.model.session import Action, ActionStatus, ActionType, Priority, ReviewKind, Session, Severity
from facilitator.model.text import one_line

SCHEMA = """
CREATE TABLE briefs(
    number INTEGER PRIMARY KEY, services TEXT, causes TEXT, kind INTEGER, done INTEGER, wont_do INTEGER, closed TEXT
);
CREATE TABLE ledger(number INTEGER PRIMARY KEY, actions BLOB);
"""
INSERT_BRIEF = f"INSERT INTO briefs VALUES({', '.join('?' * 7)})"
INSERT_ACTIONS = "INSERT INTO ledger VALUES(?, ?)"
DELETE = ("DELETE FROM briefs WHERE number = ?", "DELETE FROM ledger WHERE number = ?")

BETWEEN, WITHIN = "\x1e", "\x1f"
"""What stands between two closed actions of a row, and between what is known of one; no text has these characters."""

_KINDS = tuple(ReviewKind)
_KIND_NUMBERS = {each: number for number, each in enumerate(_KINDS)}
_PRIORITY_NUMBERS = {each: number for number, each in enumerate(Priority)}
_STATES = {str(each): each for each in CLOSED}
_TYPES: dict[str, ActionType | None] = {"": None, **{str(each): each for each in ActionType}}


class Entered(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """An action in the register.

    `place` counts the actions of the session from 1, in reading order; `born` is when it was filed, `done` when it was
    done, if that is known, and `effect` whether it worked; `causes` are the categories of the factors that it
    addresses.
    """

    place: int
    item: str
    text: str
    owner: str
    ticket: str
    note: str
    status: ActionStatus
    type: ActionType | None
    priority: Priority | None
    due: date | None
    born: date
    done: date | None
    effect: str
    causes: tuple[str, ...]

    @property
    def pending(self) -> bool:
        """Whether it is neither done nor given up."""
        return self.status not in CLOSED


class Line(NamedTuple):
    """A line of the register: an action, and the session that it is from with the day of its incident."""

    session: str
    title: str
    date: date
    services: tuple[str, ...]
    action: Entered

    @property
    def reference(self) -> str:
        """How the action is named whatever happens to its session: by both ids."""
        return f"{self.session}:{self.action.item}"


class Brief(NamedTuple):
    """What trends are made of: one session. Durations are in seconds, the budget in percent."""

    id: str
    title: str
    date: date
    severity: Severity | None
    kind: ReviewKind
    services: tuple[str, ...]
    causes: tuple[str, ...]
    mttd: float | None
    mttr: float | None
    budget: float | None
    pending: int
    done: int
    wont_do: int


class Closed(NamedTuple):
    """What is counted of an action that is done or given up."""

    owner: str
    type: ActionType | None
    status: ActionStatus


class Rows(NamedTuple):
    """What of one session stands in these tables, without the number of its row."""

    brief: tuple[object, ...]
    actions: bytes
    pending: tuple[tuple[object, ...], ...]


def entered(session: Session) -> tuple[Entered, ...]:
    """Return the actions of a session as they stand in the register."""
    if not session.actions:
        return ()
    categories = {factor.id: factor.category for factor in session.factors}
    return tuple(_entered(*each, session, categories) for each in enumerate(ordered(session.actions), 1))


def lines(session: Session, known: Facts) -> tuple[Line, ...]:
    """Return the lines of a session in the register."""
    day = known.when.date()
    return tuple(Line(session.id, session.title, day, session.services, each) for each in entered(session))


def brief(session: Session, known: Facts) -> Brief:
    """Return what trends are made of."""
    numbers, states = known.numbers, [each.status for each in session.actions]
    done, wont_do = (states.count(each) for each in CLOSED)
    return Brief(
        session.id, session.title, known.when.date(), session.severity, session.review_kind, session.services,
        causes(session), numbers.get("mttd"), numbers.get("mttr"), numbers.get("budget"),
        len(states) - done - wont_do, done, wont_do,
    )  # fmt: skip


def rows(session: Session) -> Rows:
    """Return what stands in the tables of a session."""
    actions = entered(session)
    closed = [each for each in actions if each.status in CLOSED]
    done = sum(each.status is ActionStatus.DONE for each in closed)
    told = BETWEEN.join(WITHIN.join((each.owner, each.type or "", each.status)) for each in closed)
    about = (_encoded(session.services), _encoded(causes(session)), _KIND_NUMBERS[session.review_kind])
    return Rows(
        (*about, done, len(closed) - done, told),
        msgspec.msgpack.encode(actions) if actions else b"",
        tuple(_pending(each) for each in actions if each.pending),
    )


@lru_cache(maxsize=4096)
def owner_name(owner: str) -> str:
    """Return an owner as owners are compared."""
    return folded(owner) or one_line(owner)


def priority_number(priority: Priority | None) -> int:
    """Return a priority as it stands in a row: none comes last."""
    return _PRIORITY_NUMBERS[priority] if priority is not None else len(_PRIORITY_NUMBERS)


def actions_in(blob: bytes) -> tuple[Entered, ...]:
    """Return the actions that stand in a row."""
    return _ACTIONS.decode(blob) if blob else ()


def closed_in(token: str) -> Closed:
    """Return what stands in a row of an action that is closed."""
    owner, kind, status = token.split(WITHIN)
    return Closed(owner, _TYPES[kind], _STATES[status])


def kind_of(number: int) -> ReviewKind:
    """Return the review kind that stands in a row as a number."""
    return _KINDS[number]


def names_in(text: str) -> tuple[str, ...]:
    """Return the names that stand in a row as text."""
    return _NAMES.decode(text) if text else ()


_ACTIONS = msgspec.msgpack.Decoder(tuple[Entered, ...])
_NAMES = msgspec.json.Decoder(tuple[str, ...])


def _entered(place: int, action: Action, session: Session, categories: dict[str, str]) -> Entered:
    found = tuple(dict.fromkeys(categories[each] for each in action.factors if categories.get(each)))
    return Entered(
        place, action.id, action.text, action.owner, action.ticket, action.note, action.status, action.type,
        action.priority, action.due, born(action, session), done_on(action), action.effect, found,
    )  # fmt: skip


def _pending(action: Entered) -> tuple[object, ...]:
    due = action.due.toordinal() if action.due is not None else None
    return (
        action.item, action.born.toordinal(), due, action.owner, owner_name(action.owner), action.type,
        priority_number(action.priority),
    )  # fmt: skip


def _encoded(names: tuple[str, ...]) -> str:
    return msgspec.json.encode(names).decode() if names else ""
