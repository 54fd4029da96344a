"""What the time stamp of an entry is read against: the entry above, the start of the incident, or today."""

from bisect import bisect_right

import msgspec

from facilitator.capture.context import Context
from facilitator.capture.instants import Frame, When, zone_name
from facilitator.capture.reading import Choice
from facilitator.model.clocks import clock
from facilitator.model.metrics import window
from facilitator.model.moments import Approximation, Moment, Precision
from facilitator.model.session import Entry, Session


def frame_of_new(context: Context) -> Frame:
    """Return what the stamp of a new entry is read against."""
    session, above = context.session, context.entry_above
    start, resolved = window(session)
    base = above.at if above is not None else start
    return Frame(
        zone=session.zone,
        today=context.today,
        near=base,
        base=base,
        base_name="the entry above" if above is not None else "the start",
        above=above.at if above is not None else None,
        start=start,
        resolved=resolved,
        instead=_instead(above, start, session),
    )


def frame_of_old(context: Context, old: Entry) -> Frame:
    """Return what the edited stamp of an entry is read against: the moment that it has."""
    above = context.above if context.above and context.above.id != old.id else before(context.session, old)
    start, resolved = window(context.session)
    label = f"{clock(old.at, zone_name(context.session.zone))}, as it was"
    return Frame(
        zone=context.session.zone,
        today=context.today,
        near=old.at,
        base=above.at if above else None,
        above=old.at,
        above_name="the time it had",
        start=start,
        resolved=resolved,
        instead=(Choice(label, When(old.at, old.until)),),
    )


def before(session: Session, entry: Entry) -> Entry | None:
    """Return the last entry of the session, other than `entry` itself, that is not later than `entry`."""
    place = bisect_right(session.timeline, entry.at.at, key=lambda each: each.at.at)
    while place:
        place -= 1
        each = session.timeline[place]
        if not entry.id or each.id != entry.id:
            return each
    return None


def _instead(above: Entry | None, start: Moment | None, session: Session) -> tuple[Choice[When], ...]:
    """Return where a line without a time may stand: beside the entry above, at the start, before it."""
    proposed: list[Choice[When]] = []
    if above is not None:
        proposed.append(_proposed(above.at, Approximation.ABOUT, session, "as the entry above"))
    if start is not None:
        at_start = _proposed(start, Approximation.ABOUT, session, "when the incident started")
        proposed += [at_start] if at_start.value not in [each.value for each in proposed] else []
        proposed.append(_proposed(start, Approximation.BEFORE, session, "before the incident started"))
    return tuple(proposed)


def _proposed(moment: Moment, approximation: Approximation, session: Session, why: str) -> Choice[When]:
    zone = zone_name(session.zone)
    kept_zone = moment.zone if moment.precision is Precision.DAY else zone
    exact = Moment(moment.at, kept_zone, moment.precision)
    told = msgspec.structs.replace(exact, approximation=approximation)
    return Choice(f"{approximation} {clock(exact, zone)}, {why}", When(told))
