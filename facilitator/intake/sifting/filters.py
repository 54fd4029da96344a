"""The line by which drafts are filtered: "rollback from:dana in:incidents after:14:00 before:15:00 is:proposed -bot".

word            all free words occur, in any order, without regard to case and accents; "two words" in quotes are one
-word           does not occur; "-" goes before the others too: -from:deploybot
from:name       who said it has that in their name; in:place the same of the channel, kind:slack of the record
after: before:  from that time on, and up to it, on the session's clock: 14:00, 2026-11-15, 2026-11-15T14:00
is:             proposed, taken or left
"""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from facilitator.capture.dates import Toward, find_day
from facilitator.capture.times import find_time
from facilitator.intake.drafts import Draft, Stamp
from facilitator.intake.sifting.axis import kind_of, second_at, second_of
from facilitator.intake.sifting.folding import folded
from facilitator.model.moments import local
from facilitator.model.text import one_line

LONGEST, MOST_TERMS = 500, 30
"""How many characters and terms a line has at most."""

_DAY = 86_400.0
_TERM = re.compile(r'(-?)(?:([a-zA-Z]{2,8}):)?(?:"([^"]*)"|(\S+))?')
_BAD_TIME = "is no time; write 14:00, 2026-11-15 or 2026-11-15T14:00"


class State(StrEnum):
    """What has become of a draft."""

    PROPOSED = "proposed"
    TAKEN = "taken"
    LEFT = "left"


class Field(StrEnum):
    """What a term is about."""

    TEXT = "text"
    FROM = "from"
    IN = "in"
    KIND = "kind"
    AFTER = "after"
    BEFORE = "before"
    IS = "is"


class Term(NamedTuple):
    """One condition. `second` is on the axis, or of the day where `of_day`; what is before `until` counts then too."""

    field: Field
    value: str
    without: bool = False
    second: float = 0.0
    of_day: bool = False
    until: float = 0.0


class Filter(NamedTuple):
    """What a line asks for: all terms hold. No terms let everything through."""

    terms: tuple[Term, ...] = ()


class Shelf:
    """Drafts laid out to be filtered again and again: made once, in a time that grows with their number."""

    def __init__(self, drafts: Sequence[Draft], zone: str) -> None:
        self.drafts = tuple(drafts)
        self.zone = zone

    @cached_property
    def texts(self) -> list[str]:
        """What each says, and who says it, folded."""
        return [folded(" ".join(f"{draft.text} {draft.who}".split())) for draft in self.drafts]

    @cached_property
    def people(self) -> list[str]:
        """Who says each, folded."""
        return [folded(draft.who) for draft in self.drafts]

    @cached_property
    def places(self) -> list[str]:
        """Where each was said, folded."""
        return [folded(draft.place) for draft in self.drafts]

    @cached_property
    def kinds(self) -> list[str]:
        """What kind of record each is."""
        return [folded(kind_of(draft.id)) for draft in self.drafts]

    @cached_property
    def seconds(self) -> list[float | None]:
        """When each was, on the axis."""
        return [second_of(draft.stamp, self.zone) for draft in self.drafts]

    @cached_property
    def seconds_of_day(self) -> list[float | None]:
        """At what second of its day each was, on the clock of the session."""
        return [_of_day(second, self.zone) for second in self.seconds]


def read_filter(line: str, zone: str, day: date | None = None) -> Filter | str:
    """Return what a line asks for, or what is wrong with it, as text for the person.

    Times are on the clock of `zone`, on `day` where they name none; without it a time means that time of any day.
    """
    if len(line) > LONGEST:
        return f"the filter has more than {LONGEST} characters"
    terms: list[Term] = []
    for found in _TERM.finditer(one_line(line)):
        if not found[0]:
            continue
        term = _term(found, zone, day)
        if isinstance(term, str):
            return term
        if term is not None:
            terms.append(term)
    if len(terms) > MOST_TERMS:
        return f"the filter has more than {MOST_TERMS} terms"
    return Filter(tuple(_over_midnight(terms)))


def select(shelf: Shelf, wanted: Filter, states: Mapping[State, Collection[str]] | None = None) -> list[int]:
    """Return the numbers of the drafts for which all terms hold, in their order.

    `states` holds the ids of the drafts in each state.
    """
    numbers: Sequence[int] = range(len(shelf.drafts))
    for term in wanted.terms:
        numbers = _TESTS[term.field](shelf, numbers, term, states or {})
    return list(numbers)


def _term(found: re.Match[str], zone: str, day: date | None) -> Term | str | None:
    without, name = bool(found[1]), (found[2] or "").lower()
    value = found[3] if found[3] is not None else found[4] or ""
    if found[3] is None and value.startswith('"'):
        return "a quotation mark is not closed"
    if name not in tuple(Field) or name == Field.TEXT:
        whole = f"{found[2]}:{value}" if found[2] else value
        if not whole:
            return None if found[3] is not None else "a '-' needs a word after it"
        return Term(Field.TEXT, folded(whole), without)
    field = Field(name)
    if not value.strip():
        return f"'{name}:' needs something after it, such as {_EXAMPLES[field]}"
    if field is Field.IS:
        if value.lower() not in tuple(State):
            return f"'is:{value[:60]}' is not known; write is:{', is:'.join(State)}"
        return Term(field, value.lower(), without)
    if field in (Field.AFTER, Field.BEFORE):
        return _time(field, value, zone, day, without=without)
    value = folded(value)
    return Term(field, value.removeprefix("#") if field is Field.IN else value.removeprefix("@"), without)


def _time(field: Field, value: str, zone: str, day: date | None, *, without: bool) -> Term | str:
    near = day or date(2000, 1, 1)
    named = find_day(value, 0, near=near, today=near, toward=Toward.NEAREST)
    wrong = f"'{field}:{value[:60]}' {_BAD_TIME}"
    if named is not None and (named.wrong or not named.options):
        return f"'{field}:{value[:60]}': {named.wrong}"
    if named is not None and day is None and not re.match(r"\d{4}-", value):
        return f"'{field}:{value[:60]}' needs its year; write 2026-11-15"
    begin = 0 if named is None else named.end
    if named is not None and begin < len(value):
        if value[begin] not in "T ":
            return wrong
        begin += 1
    time = find_time(value, begin) if begin < len(value) else None
    if (time is None and (named is None or begin < len(value))) or (time is not None and time.end != len(value)):
        return wrong
    if time is not None and time.wrong:
        return f"'{field}:{value[:60]}': {time.wrong}"
    second = 0.0 if time is None else time.hour * 3600.0 + time.minute * 60.0 + time.second
    if named is None and day is None:
        return Term(field, "", without, second, of_day=True)
    start = datetime.combine(named.options[0] if named else near, datetime.min.time())
    try:
        begun = second_of(Stamp(start + timedelta(seconds=second), zone))
    except OverflowError:
        begun = None
    if begun is None:
        return f"'{field}:{value[:60]}' is outside of the calendar"
    return Term(field, "" if named else "of the day", without, begun)


def _over_midnight(terms: list[Term]) -> list[Term]:
    """Return terms in which "after:23:00 before:01:00" goes into the next day, or over midnight on any day."""
    after = next((term for term in terms if term.field is Field.AFTER and not term.without), None)
    before = next((term for term in terms if term.field is Field.BEFORE and not term.without), None)
    if after is None or before is None or before.second > after.second:
        return terms
    if after.of_day and before.of_day:
        return [term._replace(until=before.second) if term is after else term for term in terms if term is not before]
    if before.value:
        return [term._replace(second=term.second + _DAY) if term is before else term for term in terms]
    return terms


_Test = Callable[[Shelf, Sequence[int], Term, Mapping[State, Collection[str]]], list[int]]


def _holding(column: Callable[[Shelf], list[str]]) -> _Test:
    def test(shelf: Shelf, numbers: Sequence[int], term: Term, _: Mapping[State, Collection[str]]) -> list[int]:
        values, value = column(shelf), term.value
        if term.without:
            return [number for number in numbers if value not in values[number]]
        if len(numbers) == len(values):
            return [number for number, text in enumerate(values) if value in text]
        return [number for number in numbers if value in values[number]]

    return test


def _in_time(shelf: Shelf, numbers: Sequence[int], term: Term, _: Mapping[State, Collection[str]]) -> list[int]:
    column = shelf.seconds_of_day if term.of_day else shelf.seconds
    limit, late = term.second, (term.field is Field.AFTER) is not term.without
    if term.until:
        return [each for each in numbers if (second := column[each]) is not None and not term.until <= second < limit]
    if late:
        return [each for each in numbers if (second := column[each]) is not None and second >= limit]
    return [each for each in numbers if (second := column[each]) is not None and second < limit]


def _in_state(shelf: Shelf, numbers: Sequence[int], term: Term, states: Mapping[State, Collection[str]]) -> list[int]:
    ids = frozenset(states.get(State(term.value), ()))
    return [number for number in numbers if (shelf.drafts[number].id in ids) is not term.without]


def _of_day(second: float | None, zone: str) -> float | None:
    if second is None or zone == "UTC":
        return None if second is None else second % _DAY
    try:
        here = local(datetime(1, 1, 1, tzinfo=UTC) + timedelta(seconds=second), zone)
    except OverflowError:
        return None
    return second_at(here.replace(tzinfo=UTC)) % _DAY


_TESTS: dict[Field, _Test] = {
    Field.TEXT: _holding(lambda shelf: shelf.texts),
    Field.FROM: _holding(lambda shelf: shelf.people),
    Field.IN: _holding(lambda shelf: shelf.places),
    Field.KIND: _holding(lambda shelf: shelf.kinds),
    Field.AFTER: _in_time,
    Field.BEFORE: _in_time,
    Field.IS: _in_state,
}
_EXAMPLES = {
    Field.FROM: "from:dana", Field.IN: "in:incidents", Field.KIND: "kind:slack", Field.AFTER: "after:14:00",
    Field.BEFORE: "before:15:00", Field.IS: "is:proposed",
}  # fmt: skip
