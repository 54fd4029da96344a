"""The words of charts: findings in one line, each a count that can be checked, and how a chart is read."""

from collections.abc import Mapping
from datetime import date, timedelta

from facilitator.library.impact import Impact, Impacts, Verdict, by_chance
from facilitator.library.scales import Kind
from facilitator.library.trends import By, Recurrence, Spread
from facilitator.model.text import one_line

BARS = "A bar is as long as there are sessions."
FILLED = "A bar is filled as far as actions are done."
DOTS = "A dot is a session, a large one several."
SINGLES = "Every row is a session."
STACKS = "From below: done, pending, given up."
AGAIN = "A dot is a session with that service and that cause, a large one several."

MISSING = {
    "mttr": "No session has the milestones detected and resolved.",
    "mttd": "No session has the milestones start and detected.",
    "budget": "No session says how much of the error budget it took.",
}
"""What is said where nothing is known, by the field of a distribution."""

MANY = 20
"""Of fewer no share is told in percent."""

_NAMED = 3
_DAYS_OF_A_MONTH = 365.25 / 12


def too_few(sessions: int) -> str:
    """Return what is said of sessions that are too few for a trend."""
    return f"{sessions:,} session{'' if sessions == 1 else 's'}: too few for a trend"


def most(counts: Mapping[str, int], of: int, nothing: str) -> str:
    """Return what is most frequent."""
    if not counts:
        return nothing
    (name, count), *others = list(counts.items())[:2]
    second = f", then {one_line(others[0][0])} {others[0][1]:,}" if others else ""
    return f"{one_line(name)} in {count:,} of {of:,}{second}"


def listed(counts: Mapping[str, int]) -> str:
    """Return what is most frequent, each with its count."""
    return ", ".join(f"{one_line(name)} {count:,}" for name, count in list(counts.items())[:_NAMED])


def part(count: int, of: int) -> tuple[str, str]:
    """Return a count, and of how many it is with its share, which says nothing where there are few."""
    share = f", {count / of:.0%}".replace("%", " %") if of >= MANY else ""
    return f"{count:,}", f"of {of:,}{share}"


def spread(kind: Kind, found: Spread) -> str:
    """Return the median of a distribution, and its quartiles where it has some."""
    count = len(found.values)
    if count == 1:
        return f"{kind.named(found.median)}, of one session"
    told = f"median {kind.named(found.median)} of {count:,}"
    if found.lower is None or found.upper is None:
        return told
    return f"{told}, half of them {kind.named(found.lower)} to {kind.named(found.upper)}"


def reach(kind: Kind, found: Spread) -> str:
    """Return from where to where a few values go."""
    count = len(found.values)
    if count == 1:
        return f"{kind.named(found.median)}, of one session"
    return f"{kind.named(found.values[0])} to {kind.named(found.values[-1])}, in {count:,} sessions"


def actions(done: int, pending: int, given_up: int) -> str:
    """Return how many actions are done, of those that were not given up."""
    wanted = done + pending
    told = f"{done:,} of {wanted:,} done"
    if wanted >= MANY:
        told += f", {done / wanted:.0%}".replace("%", " %")
    return f"{told}; {given_up:,} given up" if given_up else told


def bands(by: By, highest: int) -> str:
    """Return how causes over time are read."""
    return f"A bar for each {by}; the highest is {highest:,}."


def spreads(by: By) -> str:
    """Return how a distribution over time is read."""
    return f"In each {by} the thick line is the median, the thin ones the quartiles."


def dots(each: int) -> str:
    """Return what a dot of a distribution is: a session, or so many of them at most."""
    return "Every dot is a session." if each == 1 else f"A dot is up to {each:,} sessions."


def times(met: Recurrence) -> tuple[str, str]:
    """Return how often something was met in which time, and when last."""
    return f"{met.sessions:,} in {_length(met.first, met.last)}", f"last on {met.last}"


def again(most_often: Recurrence, count: int, of: int) -> str:
    """Return what came again most often, and how many sessions did within a year."""
    often = f"{one_line(most_often.service)}: {one_line(most_often.cause)}, {most_often.sessions:,}"
    often = f"{often} in {_length(most_often.first, most_often.last)}"
    return f"{often}; {count:,} of {of:,} came again within a year"


def impact(each: Impact) -> str:
    """Return both counts with how long was watched, and what the interval allows to say."""
    said = "whether that changed cannot be told" if each.verdict is Verdict.UNDECIDED else str(each.verdict)
    before, after = f"{each.before:,} in {each.before_days:,} days", f"{each.after:,} in {each.after_days:,} days"
    shared = f"; {each.shared:,} actions share these counts" if each.shared > 1 else ""
    return f"times as many after it (95 %): {before} before, {after} after, {said}{shared}"


def interval(each: Impact) -> str:
    """Return the ends of the interval."""
    return f"{_rounded(each.low)} to {_rounded(each.high)}" if each.high is not None else f"{_rounded(each.low)} to any"


def _rounded(ratio: float) -> str:
    return "0" if ratio < 0.005 else f"{ratio:.2g}" if ratio < 10 else f"{ratio:,.0f}"


def impacts(found: Impacts) -> str:
    """Return how many actions could be compared, and what came of that."""
    count = len(found.compared)
    if not count:
        reason = max(found.left_out, key=lambda each: found.left_out[each], default="")
        return f"Nothing to compare: {reason}." if reason else "No action is done yet."
    verdicts = [each.verdict for each in found.compared]
    fewer, more = verdicts.count(Verdict.FEWER), verdicts.count(Verdict.MORE)
    told = [f"{number:,} {name}" for number, name in ((fewer, "fewer after"), (more, "more after")) if number]
    told += [f"{count - fewer - more:,} cannot be told"] if count > fewer + more else []
    return f"{count:,} action{'' if count == 1 else 's'} compared: {', '.join(told)}"


def caution(found: Impacts) -> str:
    """Return what must be known to read the comparisons."""
    told = "Incidents after, in times of those before, with the interval of 95 %. What else changed nobody counted."
    if len(found.compared) > 1:
        told += f" Up to {by_chance(len(found.compared)):.1f} of {len(found.compared):,} stand out by chance."
    return told


def _length(first: date, last: date) -> str:
    """Return how long it is from one day to another, both included, as people say it."""
    days = last - first + timedelta(days=1)
    months = round(days.days / _DAYS_OF_A_MONTH)
    if months < 2:
        return f"{days.days} day{'' if days.days == 1 else 's'}"
    return f"{months} months" if months < 36 else f"{round(days.days / 365.25)} years"
