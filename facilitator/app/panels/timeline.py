"""The timeline: entries in order of time, a heading for each day."""

from collections.abc import Sequence

from facilitator.app.meeting.accounts import LABELS, name_of
from facilitator.app.panels.labels import links_of
from facilitator.app.panels.panel import Panel
from facilitator.app.rows import Line, Row, Tone
from facilitator.model.clocks import clock, day, span, stamp
from facilitator.model.edits import find
from facilitator.model.meetings import accounts_of
from facilitator.model.moments import Moment, local
from facilitator.model.session import Entry, Session

_LONGEST_TIME = 13
"""The longest span that stands before its entry; a longer one would push the words of all entries to the right."""


class TimelineRows:
    """Makes the rows of a timeline and keeps them, so that after an edit only what changed is made anew."""

    def __init__(self) -> None:
        self._zone = ""
        self._made: dict[str, tuple[Entry, Entry | None, Row]] = {}

    def __call__(self, session: Session) -> Sequence[Row]:
        """Return a row for each entry of the session; the same objects for entries that are the same."""
        if session.zone != self._zone:
            self._zone = session.zone
            self._made.clear()
        made, rows = self._made, []
        above: Entry | None = None
        for entry in session.timeline:
            kept = made.get(entry.id)
            if kept is not None and kept[0] is entry and kept[1] is above:
                rows.append(kept[2])
            else:
                row = entry_row(entry, above, session.zone)
                made[entry.id] = (entry, above, row)
                rows.append(row)
            above = entry
        return rows


def entry_row(entry: Entry, above: Entry | None, zone: str) -> Row:
    """Return the row of an entry; the first of a day has the day above it."""
    new_day = above is None or local(above.at.at, zone).date() != local(entry.at.at, zone).date()
    lines: tuple[Line, ...] = ()
    if new_day:
        weekday = f"{local(entry.at.at, zone):%A}"
        title = Line(f"{weekday}, {day(entry.at.at, zone, year=True)}  {zone}", Tone.HEADING)
        lines = (title,) if above is None else (Line(""), title)
    lead = span(entry.at, entry.until, zone)
    facts: list[str] = [*entry.milestones]
    if entry.until is not None and len(lead) > _LONGEST_TIME:
        lead = clock(entry.at, zone)
        facts.insert(0, f"until {stamp(Moment(entry.until), zone)}")
    return Row(
        entry.id,
        entry.text,
        lead=lead,
        mark="◆" if entry.milestones else " ",
        tail=", ".join(facts),
        above=lines,
        tone=Tone.STRONG if entry.milestones else Tone.BODY,
    )


def _focus(session: Session, key: str) -> tuple[Line, ...]:
    entry = find(session, key)
    if not isinstance(entry, Entry):
        return ()
    known = [f"source: {entry.source}"] if entry.source else []
    if entry.at.zone not in (session.zone, "UTC"):
        known.append(f"told in {entry.at.zone}")
    return (*(Line(text) for text in (*known, *entry.links, *_told(session, key))), *links_of(session, key))


def _told(session: Session, key: str) -> list[str]:
    """Return what each person tells of an entry, each on a line."""
    lines = []
    for account in accounts_of(session, key):
        parts = (f"{label} {text}" for name, label in LABELS.items() if (text := getattr(account, name)))
        lines.append(f"{name_of(session, account.teller)}: {'; '.join(parts)}")
    return lines


def timeline_panel() -> Panel:
    """Return a panel for one timeline, with rows of its own to keep."""
    return Panel(
        rows=TimelineRows(),
        invitation="14:22 what happened  #detected",
        empty="Begin before the incident: what was a normal day like for this system?\n"
        "Then type a time and what was seen, such as  14:22 burn rate alert fires #detected",
        focus=_focus,
    )
