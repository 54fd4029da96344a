"""Charts of trends: what each one shows, its finding in one line, and the query for each part of it.

They are values: how they are drawn, and how large, is the business of whoever shows them. Where there are too few
sessions for a trend, every session is a row or a dot of its own, and nothing is summed up.
"""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from facilitator.library import chart_words as words
from facilitator.library.fields import written
from facilitator.library.impact import Impact, Impacts
from facilitator.library.ledger import Brief
from facilitator.library.scales import KINDS, Kind
from facilitator.library.tallies import by_key
from facilitator.library.trends import PERIODS, By, Group, Recurrence, Spread, Trends, keyed, period, periods, spread

FEW = 8
"""Of fewer sessions nothing is told but the sessions themselves."""

MOST_COLUMNS = 16
"""How many periods a distribution has at most, unless another number is given."""

MOST_NAMES = 40
"""How many causes, services or actions have a row in a chart."""


class Mark(NamedTuple):
    """A part of a chart: its name, the value that stands beside it, what else there is to say, and its query."""

    name: str
    value: str
    told: str
    term: str


class Bands(NamedTuple):
    """A row for each mark, with a bar for each period that is as high as it has sessions."""

    periods: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]


class Bars(NamedTuple):
    """A row for each mark with a bar; where `of` is given, the bar is filled up to the count."""

    counts: tuple[int, ...]
    of: tuple[int, ...] = ()


class Columns(NamedTuple):
    """A column for each mark, which is a period, with its distribution."""

    kind: Kind
    spreads: tuple[Spread | None, ...]


class Strips(NamedTuple):
    """A row for each mark with its distribution."""

    kind: Kind
    spreads: tuple[Spread, ...]


class Stacks(NamedTuple):
    """A column for each mark, which is a period: how many actions are done, pending and given up."""

    done: tuple[int, ...]
    pending: tuple[int, ...]
    given_up: tuple[int, ...]


class Days(NamedTuple):
    """A row for each mark with a dot for each day, on an axis of time from `first` to `last`."""

    first: date
    last: date
    days: tuple[tuple[date, ...], ...]


class Ratios(NamedTuple):
    """A row for each mark with a ratio, maybe unknown, within an interval, the upper end of which may be open."""

    intervals: tuple[tuple[float, float | None, float | None], ...]


Body = Bands | Bars | Columns | Strips | Stacks | Days | Ratios


class Chart(NamedTuple):
    """A chart: its name, its finding, how it is read, its parts, and what is drawn of them; None where nothing is."""

    name: str
    finding: str
    note: str
    marks: tuple[Mark, ...]
    body: Body | None

    def row_of(self, name: str) -> int:
        """Return the place of the mark with this name, or 0."""
        return next((place for place, each in enumerate(self.marks) if each.name == name), 0)


def charts(
    found: Trends, sessions: Sequence[Brief], impact: Impacts | None, most_columns: int = MOST_COLUMNS
) -> tuple[Chart, ...]:
    """Return the charts of some sessions, which are in the order of their days, grouped by time.

    `impact` is None while it is not known yet. Distributions have longer periods where there would be more of them than
    `most_columns`: the fewer values a column has, the less it says.
    """
    few = len(sessions) < FEW
    by = _coarse(sessions, found.by, most_columns)
    return (
        _causes(found, sessions, few=few),
        _services(found, sessions, few=few),
        *(_distribution(kind, found, sessions, by, few=few) for kind in KINDS),
        _actions(found, sessions, few=few),
        _again(found),
        _impact(impact),
    )


def period_term(name: str) -> str:
    """Return the query for a month, a quarter or a year."""
    year, _, quarter = name.partition(" Q")
    return f"date:{year}-{int(quarter) * 3 - 2:02}..{year}-{int(quarter) * 3:02}" if quarter else f"date:{name}"


def _causes(found: Trends, sessions: Sequence[Brief], *, few: bool) -> Chart:
    counts = list(found.whole.causes.items())[:MOST_NAMES]
    marks = tuple(_named("cause", name, count, len(sessions)) for name, count in counts)
    finding = words.most(found.whole.causes, len(sessions), "No session says what caused it.")
    if not counts:
        return Chart("Causes over time", finding, "", (), None)
    if few:
        return Chart("Causes over time", finding, words.DOTS, marks, _met(sessions, marks, "causes"))
    rows = tuple(tuple(group.causes.get(name, 0) for group in found.groups) for name, _ in counts)
    highest = max(map(max, rows))
    note = words.bands(found.by, highest)
    return Chart("Causes over time", finding, note, marks, Bands(tuple(each.name for each in found.groups), rows))


def _services(found: Trends, sessions: Sequence[Brief], *, few: bool) -> Chart:
    counts = list(found.whole.services.items())[:MOST_NAMES]
    finding = words.most(found.whole.services, len(sessions), "No session names a service.")
    if not counts:
        return Chart("Services", finding, "", (), None)
    if few:
        marks = tuple(_named("service", name, count, len(sessions)) for name, count in counts)
        return Chart("Services", finding, words.DOTS, marks, _met(sessions, marks, "services"))
    causes = _causes_of(sessions)
    marks = tuple(
        Mark(name, f"{count:,}", words.listed(causes.get(key, {})), f"service:{written(name)}")
        for name, count in counts
        for key in by_key((name,))
    )
    left = len(found.whole.services) - len(counts)
    note = words.BARS + (f" {left:,} services with fewer are not shown." if left else "")
    return Chart("Services", finding, note, marks, Bars(tuple(count for _, count in counts)))


def _distribution(kind: Kind, found: Trends, sessions: Sequence[Brief], by: By, *, few: bool) -> Chart:
    whole = kind.of(found.whole)
    if whole is None:
        return Chart(kind.heading, words.MISSING[kind.field], "", (), None)
    finding = words.reach(kind, whole) if few else words.spread(kind, whole)
    known = [(each, value) for each in sessions if (value := getattr(each, kind.field)) is not None]
    if few:
        singles = tuple(Spread((value,), value) for _, value in known)
        marks = tuple(_single(each, kind.named(value)) for each, value in known)
        return Chart(kind.heading, finding, words.SINGLES, marks, Strips(kind, singles))
    values: dict[str, list[float]] = {name: [] for name in periods([each.date for each in sessions], by)}
    names = {day: period(day, by) for day in {each.date for each, _ in known}}
    for each, value in known:
        values[names[each.date]].append(value)
    spreads = tuple(spread(held) for held in values.values())
    marks = tuple(
        Mark(name, "", words.spread(kind, each) if each else "no session tells it", period_term(name))
        for name, each in zip(values, spreads, strict=True)
    )
    return Chart(kind.heading, finding, words.spreads(by), marks, Columns(kind, spreads))


def _coarse(sessions: Sequence[Brief], by: By, most: int) -> By:
    """Return by which periods there are at most so many, by years where there are more of all."""
    days = [each.date for each in sessions]
    longer = [each for each in PERIODS if PERIODS[each] >= PERIODS[by]]
    return next((each for each in longer if len(periods(days, each)) <= most), By.YEAR)


def _actions(found: Trends, sessions: Sequence[Brief], *, few: bool) -> Chart:
    whole = found.whole
    if not (whole.actions_done or whole.actions_pending or whole.actions_wont_do):
        return Chart("Actions", "No session has an action.", "", (), None)
    finding = words.actions(whole.actions_done, whole.actions_pending, whole.actions_wont_do)
    if few:
        held = [each for each in sessions if each.done or each.pending or each.wont_do]
        marks = tuple(_single(each, words.actions(each.done, each.pending, each.wont_do)) for each in held)
        bars = Bars(tuple(each.done for each in held), tuple(each.done + each.pending for each in held))
        return Chart("Actions", finding, words.FILLED, marks, bars)
    marks = tuple(_period(each, _told_actions(each)) for each in found.groups)
    stacks = Stacks(
        tuple(each.actions_done for each in found.groups),
        tuple(each.actions_pending for each in found.groups),
        tuple(each.actions_wont_do for each in found.groups),
    )
    return Chart("Actions", finding, words.STACKS, marks, stacks)


def _again(found: Trends) -> Chart:
    if not found.recurrences:
        return Chart("What came again", "No service met the same cause twice.", "", (), None)
    marks = tuple(_recurrence(each) for each in found.recurrences)
    first, last = min(each.first for each in found.recurrences), max(each.last for each in found.recurrences)
    body = Days(first, last, tuple(each.days for each in found.recurrences))
    finding = words.again(found.recurrences[0], found.whole.again, found.whole.sessions)
    return Chart("What came again", finding, words.AGAIN, marks, body)


def _impact(impact: Impacts | None) -> Chart:
    if impact is None:
        return Chart("Did it help?", "Counting ...", "", (), None)
    shown = impact.compared[:MOST_NAMES]
    marks = tuple(Mark(each.text, words.interval(each), words.impact(each), _kind_of(each)) for each in shown)
    body = Ratios(tuple((each.low, each.ratio, each.high) for each in shown)) if shown else None
    return Chart("Did it help?", words.impacts(impact), words.caution(impact) if shown else "", marks, body)


def _met(sessions: Sequence[Brief], marks: Sequence[Mark], field: str) -> Days:
    """Return the days on which each cause or service was met."""
    met: dict[str, list[date]] = {}
    for each in sessions:
        for key in by_key(getattr(each, field)):
            met.setdefault(key, []).append(each.date)
    days = tuple(tuple(met[key]) for mark in marks for key in by_key((mark.name,)))
    return Days(min(each.date for each in sessions), max(each.date for each in sessions), days)


def _causes_of(sessions: Sequence[Brief]) -> dict[str, dict[str, int]]:
    """Return how many sessions of each service had which cause, the most frequent first."""
    found: dict[str, dict[str, int]] = {}
    for each in sessions:
        for service, _ in keyed(each.services):
            causes = found.setdefault(service, {})
            for name in each.causes:
                causes[name] = causes.get(name, 0) + 1
    return {key: dict(sorted(causes.items(), key=lambda one: (-one[1], one[0]))) for key, causes in found.items()}


def _named(field: str, name: str, count: int, of: int) -> Mark:
    return Mark(name, *words.part(count, of), f"{field}:{written(name)}")


def _single(session: Brief, value: str) -> Mark:
    return Mark(f"{session.date}  {session.title}", value, "", f"date:{session.date}")


def _period(group: Group, told: str) -> Mark:
    return Mark(group.name, "", told, period_term(group.name))


def _told_actions(group: Group) -> str:
    counts = (group.actions_done, group.actions_pending, group.actions_wont_do)
    return words.actions(*counts) if any(counts) else "no action"


def _recurrence(each: Recurrence) -> Mark:
    term = f"service:{written(each.service)} cause:{written(each.cause)}"
    return Mark(f"{each.service}: {each.cause}", *words.times(each), term)


def _kind_of(impact: Impact) -> str:
    """Return the query for the incidents that an action is about."""
    services, causes = (",".join(map(written, names)) for names in (impact.services, impact.causes))
    return f"kind:incident service:{services} cause:{causes}"
