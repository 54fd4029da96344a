"""A short timeline: the milestones, and the gaps that nobody has written about, for people who were there to fill."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import msgspec

from facilitator.documents.escape import inline
from facilitator.documents.references import References, moment_day
from facilitator.documents.tables import table
from facilitator.model.clocks import span
from facilitator.model.cue_missing import standing_out
from facilitator.model.metrics import spoken
from facilitator.model.session import Entry, Milestone, Session

WHOLE = 10
"""Up to how many entries a timeline is short as it is."""

MOST_ENTRIES, MOST_GAPS = 16, 3
"""How many entries, and how many gaps, a short timeline has at most."""


class Gap(msgspec.Struct, frozen=True):
    """A time of which nothing is written down: the number of the entry after it, counted from 0, and how long it is."""

    after: int
    span: timedelta


def gaps(session: Session) -> tuple[Gap, ...]:
    """Return the longest gaps that stand out in a timeline, in its order."""
    known = standing_out(session.timeline)
    found: list[Gap] = []
    heard: datetime | None = None
    for number, entry in enumerate(session.timeline):
        begin = entry.at.at
        if heard is not None and begin > heard and begin - heard in known:
            found.append(Gap(number, begin - heard))
        heard = max(each for each in (heard, begin, entry.until) if each is not None)
    longest = sorted(found, key=lambda gap: -gap.span)[:MOST_GAPS]
    return tuple(sorted(longest, key=lambda gap: gap.after))


def short_timeline(session: Session, references: References) -> str:
    """Return the entries that a reader needs first, with the gaps between them, as a table; how many more there are."""
    missing = {gap.after: gap for gap in gaps(session)}
    shown = _shown(session.timeline, frozenset(missing))
    headings = (f"Time ({references.zone})", "What happened", "Milestone")
    listed = table(headings, _rows(session.timeline, shown, missing, references))
    left = len(session.timeline) - len(shown)
    many = "entry is" if left == 1 else "entries are"
    more = f"{left:,} more {many} in the full timeline, through which we walk together."
    return f"{listed}\n\n{more}" if left else listed


def _shown(timeline: tuple[Entry, ...], after_gaps: frozenset[int]) -> list[int]:
    """Return the numbers of the entries that are shown: milestones first, then those beside gaps, then the ends."""
    if len(timeline) <= WHOLE:
        return list(range(len(timeline)))
    marked = (number for number, entry in enumerate(timeline) if entry.milestones)
    beside = (number for each in sorted(after_gaps) for number in (each - 1, each))
    wanted = dict.fromkeys((*marked, *beside, 0, len(timeline) - 1))
    return sorted(list(wanted)[:MOST_ENTRIES])


def _rows(
    timeline: tuple[Entry, ...], shown: list[int], missing: dict[int, Gap], references: References
) -> Iterator[tuple[str, str, str]]:
    day = ""
    for number in shown:
        entry = timeline[number]
        today = moment_day(entry.at, references.zone) if references.several_days else ""
        if number in missing:
            yield "", f"*{spoken(missing[number].span)} of which nothing is written down yet*", ""
        if today != day:
            day = today
            yield f"**{today}**", "", ""
        milestones = ", ".join(each for each in Milestone if each in entry.milestones)
        yield span(entry.at, entry.until, references.zone), inline(entry.text), milestones
