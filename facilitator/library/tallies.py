"""What is asked of the register of actions, and the answer where every action is looked at."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

import msgspec

from facilitator.library.expressions import Query
from facilitator.library.ledger import Entered, Line, owner_name, priority_number
from facilitator.library.words import folded
from facilitator.model.outcomes import FOLLOW_UP_WEEKS, asks_for_follow_up
from facilitator.model.session import ActionStatus

SOON = 14
"""In how many days an action is due that is due soon, unless another number is given."""

AGES = ((30, "under 30 days"), (90, "30 to 89 days"), (180, "90 to 179 days"), (365, "180 to 364 days"))
OLDEST = "a year and more"
_AGE_PLACES = {name: place for place, (_, name) in enumerate((*AGES, (0, OLDEST)))}

_LAST = date.max


class View(StrEnum):
    """Which actions are listed: pending ones, overdue ones, those due soon, all, or those that ask for a follow-up.

    `LATER` are those that are pending, and neither overdue nor due soon.
    """

    PENDING = "pending"
    OVERDUE = "overdue"
    DUE_SOON = "due soon"
    LATER = "later"
    ALL = "all"
    FOLLOW_UP = "follow-up"


class By(StrEnum):
    """By what actions are counted."""

    OWNER = "owner"
    AGE = "age"
    TYPE = "type"
    SERVICE = "service"


class Sort(StrEnum):
    """By what actions are ordered: what is due first, filed first, most urgent; by owner; the newest session first."""

    DUE = "due"
    AGE = "age"
    PRIORITY = "priority"
    OWNER = "owner"
    SESSION = "session"


class Asked(msgspec.Struct, frozen=True):
    """What is asked of the register.

    `owner` is one name, however it is written; "" means the actions that nobody owns, None any. `soon` is a number of
    days, and `weeks` after how many an action that is done asks for a follow-up. With `filed`, which has the first and
    the last day, only actions are listed that are pending and were filed then. At most `limit` actions are listed;
    counts are of all.
    """

    query: Query = Query()
    view: View = View.PENDING
    owner: str | None = None
    soon: int = SOON
    weeks: int = FOLLOW_UP_WEEKS
    sort: Sort = Sort.DUE
    limit: int | None = None
    filed: tuple[date | None, date | None] | None = None

    @property
    def name(self) -> str | None:
        """The owner as owners are compared."""
        return owner_name(self.owner.removeprefix("@")) if self.owner is not None else None

    def until(self, today: date) -> date:
        """Return the last day that is soon."""
        return today + timedelta(days=min(max(self.soon, 0), (_LAST - today).days))


class Tally(msgspec.Struct, frozen=True):
    """How many actions there are. Those that are overdue are pending, and so are those due soon, which are others."""

    pending: int = 0
    overdue: int = 0
    soon: int = 0
    done: int = 0
    wont_do: int = 0

    @property
    def total(self) -> int:
        """All of them."""
        return self.pending + self.done + self.wont_do

    @property
    def completion(self) -> float | None:
        """The share that is done, of those that were not given up; None where there are none."""
        wanted = self.pending + self.done
        return self.done / wanted if wanted else None

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(
            self.pending + other.pending,
            self.overdue + other.overdue,
            self.soon + other.soon,
            self.done + other.done,
            self.wont_do + other.wont_do,
        )


Tallies = dict[str, Tally]
"""How many actions there are by owner, age, type or service; the name is empty where there is none."""


class Register(NamedTuple):
    """Actions in their order, how many there are in this view, and how many there are at all."""

    lines: tuple[Line, ...]
    listed: int
    tally: Tally


class Grouping:
    """Tallies that are added up under names, which may be spelled in several ways."""

    def __init__(self) -> None:
        self._found: dict[str, list[int]] = {}
        self._spelled: dict[str, str] = {}

    def add(self, key: str, name: str, counts: Sequence[int]) -> None:
        """Add counts, in the order of those of a tally, to those of a key."""
        found = self._found.get(key)
        if found is None:
            found = self._found[key] = [0] * len(Tally.__struct_fields__)
        for place, count in enumerate(counts):
            found[place] += count
        if name > self._spelled.get(key, ""):
            self._spelled[key] = name

    def tallies(self) -> Tallies:
        """Return the tallies, the largest first, but ages from the youngest on."""
        ordered = sorted(((Tally(*counts), key) for key, counts in self._found.items()), key=_largest_first)
        return {self._spelled.get(key, ""): tally for tally, key in ordered if tally.total}


def of_lines(found: Iterable[Line], asked: Asked, today: date) -> Register:
    """Return the register of actions, each of which is looked at."""
    every = [each for each in found if is_of(each, asked.name)]
    shown = sorted((each for each in every if in_view(each, asked, today)), key=order(asked.sort))
    tally = sum((tally_of(each, asked, today) for each in every), Tally())
    return Register(tuple(shown[: asked.limit]), len(shown), tally)


def tallied(found: Iterable[Line], asked: Asked, by: By, today: date) -> Tallies:
    """Return how many of these actions there are by owner, age, type or service."""
    grouping = Grouping()
    for each in found:
        if not is_of(each, asked.name):
            continue
        counts = msgspec.structs.astuple(tally_of(each, asked, today))
        match by:
            case By.OWNER:
                grouping.add(owner_name(each.action.owner), each.action.owner, counts)
            case By.TYPE:
                grouping.add(each.action.type or "", each.action.type or "", counts)
            case By.SERVICE:
                for key, name in by_key(each.services).items():
                    grouping.add(key, name, counts)
            case By.AGE if each.action.pending:
                group = age_group((today - each.action.born).days)
                grouping.add(group, group, counts)
    return grouping.tallies()


def order(sort: Sort) -> Callable[[Line], tuple[object, ...]]:
    """Return by what lines are put into an order, lowest first."""

    def key(line: Line) -> tuple[object, ...]:
        action = line.action
        last = (action.due or _LAST, action.due is None, -line.date.toordinal(), action.item, line.session)
        match sort:
            case Sort.DUE:
                return last
            case Sort.AGE:
                return action.born, *last
            case Sort.PRIORITY:
                return priority_number(action.priority), *last
            case Sort.OWNER:
                return not action.owner, owner_name(action.owner), *last
            case Sort.SESSION:
                return -line.date.toordinal(), line.session, action.item

    return key


def is_of(line: Line, name: str | None) -> bool:
    """Tell whether an action has this owner."""
    return name is None or owner_name(line.action.owner) == name


def is_overdue(line: Line, today: date) -> bool:
    """Tell whether an action that is pending was due before today."""
    return line.action.pending and line.action.due is not None and line.action.due < today


def is_soon(line: Line, today: date, until: date) -> bool:
    """Tell whether an action that is pending is due from today to this day."""
    return line.action.pending and line.action.due is not None and today <= line.action.due <= until


def was_filed(action: Entered, days: tuple[date | None, date | None]) -> bool:
    """Tell whether an action is pending and was filed from the first day to the last."""
    first, last = days
    return action.pending and (first is None or first <= action.born) and (last is None or action.born <= last)


def in_view(line: Line, asked: Asked, today: date) -> bool:
    """Tell whether an action is listed."""
    action = line.action
    if asked.filed is not None and not was_filed(action, asked.filed):
        return False
    match asked.view:
        case View.PENDING:
            return action.pending
        case View.OVERDUE:
            return is_overdue(line, today)
        case View.DUE_SOON:
            return is_soon(line, today, asked.until(today))
        case View.LATER:
            return action.pending and not is_overdue(line, today) and not is_soon(line, today, asked.until(today))
        case View.ALL:
            return True
        case View.FOLLOW_UP:
            return asks_for_follow_up(action.status, action.done, action.effect, today, asked.weeks)


def tally_of(line: Line, asked: Asked, today: date) -> Tally:
    """Return what one action adds to a tally."""
    if not line.action.pending:
        return tally_of_closed(line.action.status, 1)
    return Tally(1, int(is_overdue(line, today)), int(is_soon(line, today, asked.until(today))))


def tally_of_closed(status: ActionStatus, count: int) -> Tally:
    """Return what some actions of a state that is not pending add to a tally."""
    return Tally(done=count) if status is ActionStatus.DONE else Tally(wont_do=count)


def age_group(days: int) -> str:
    """Return the group of an age in days."""
    return next((name for limit, name in AGES if days < limit), OLDEST)


def by_key(names: Iterable[str]) -> dict[str, str]:
    """Return names by what they are compared by, each once."""
    found: dict[str, str] = {}
    for each in names:
        key = _key(each)
        found[key] = max(found.get(key, ""), each)
    return found


@lru_cache(maxsize=8192)
def _key(name: str) -> str:
    return folded(name) or name


def _largest_first(each: tuple[Tally, str]) -> tuple[int, int, int, str]:
    return _AGE_PLACES.get(each[1], len(_AGE_PLACES)), -each[0].pending, -each[0].total, each[1]
