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
    if above is not None:
        return Frame(
            zone=session.zone,
            today=context.today,
            near=above.at,
            base=above.at,
            above=above.at,
            instead=_about(above.at, session, "as the entry above"),
        )
    start, _ = window(session)
    if start is None:
        return Frame(zone=session.zone, today=context.today)
    return Frame(
        zone=session.zone,
        today=context.today,
        near=start,
        base=start,
        base_name="the start",
        instead=_about(start, session, "when the incident started"),
    )


def frame_of_old(context: Context, old: Entry) -> Frame:
    """Return what the edited stamp of an entry is read against: the moment that it has."""
    above = context.above if context.above and context.above.id != old.id else before(context.session, old)
    label = f"{clock(old.at, zone_name(context.session.zone))}, as it was"
    return Frame(
        zone=context.session.zone,
        today=context.today,
        near=old.at,
        base=above.at if above else None,
        above=old.at,
        above_name="the time it had",
        instead=Choice(label, When(old.at, old.until)),
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


def _about(moment: Moment, session: Session, why: str) -> Choice[When]:
    zone = zone_name(session.zone)
    kept_zone = moment.zone if moment.precision is Precision.DAY else zone
    exact = Moment(moment.at, kept_zone, moment.precision)
    about = msgspec.structs.replace(exact, approximation=Approximation.ABOUT)
    return Choice(f"about {clock(exact, zone)}, {why}", When(about))
