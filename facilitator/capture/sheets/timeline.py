"""The sheet of the timeline: entries below the day on which they are, so that a time needs no day."""

from collections.abc import Callable, Collection, Hashable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import msgspec

from facilitator.capture import lines
from facilitator.capture.context import Context
from facilitator.capture.dates import Toward, find_day
from facilitator.capture.instants import day_told
from facilitator.capture.reading import Reading
from facilitator.capture.sheets.form import Case, Filed, Form, UnclearError
from facilitator.capture.sheets.rows import Heading, Problem, Row, Shown
from facilitator.capture.stamps import Stamp, find_stamp
from facilitator.model.item import Item
from facilitator.model.metrics import window
from facilitator.model.moments import Moment, Precision, find_zone, local
from facilitator.model.phases import Phase
from facilitator.model.session import Entry, Milestone

_HALF_A_DAY = timedelta(hours=12)


class TimelineForm(Form):
    """The timeline. Its order is that of time; among entries of the same moment it is that of the lines."""

    kinds = (Entry,)
    phase = Phase.TIMELINE
    headed = True

    def __init__(self, context: Context, new_id: Callable[[], str]) -> None:
        # Only milestones matter for how a line is read, and looking for them in a long timeline costs time.
        marking = tuple(entry for entry in context.session.timeline if entry.milestones)
        self.timeline = context.session.timeline
        session = msgspec.structs.replace(context.session, timeline=marking)
        super().__init__(replace(context, session=session), new_id)
        self._zone, self._home = (session.zone, zone) if (zone := find_zone(session.zone)) else ("UTC", UTC)
        self._contexts: dict[str, Context] = {}

    def parts(self) -> list[Shown | Heading]:
        """Return the entries, each below its day in the session's zone; that of the incident when there is none."""
        if not self.timeline:
            return [Heading(self._usual_day())]
        found: list[Shown | Heading] = []
        place = ""
        for entry in self.timeline:
            on = local(entry.at.at, self._zone).date().isoformat()
            if on != place:
                found.append(Heading(on))
                place = on
            found.append(Shown(entry, lines.typed(entry, self._on(place)), place))
        return found

    def place(self, heading: Heading) -> str:
        """Return the day that a heading names, as in "2026-11-15"."""
        try:
            return date.fromisoformat(heading.text).isoformat()
        except ValueError:
            near = date.fromisoformat(self._usual_day())
            days = find_day(heading.text, 0, near=near, today=self.context.today, toward=Toward.NEAREST)
        if days is None or days.end != len(heading.text) or days.wrong or len(days.options) != 1:
            raise UnclearError(f"That is no day. Write it as in: ## {self._usual_day()}")
        return days.options[0].isoformat()

    def read(self, case: Case) -> Reading[Item]:
        """Return the entry of a line, on the day under which it stands. A stamp that stays keeps the exact moment."""
        row, was, above = case.row, case.was, case.above
        old = was.item if was is not None and isinstance(was.item, Entry) else None
        if old is not None and was is not None and was.place == row.place and self._same_stamp(row, old):
            return lines.reread(row.text, old, self._on(row.place))
        place = row.place or self._usual_day()
        stamp = self._stamp(row.text, place)
        relative = stamp is not None and stamp.later is not None and not stamp.from_start
        if not (row.place or relative or _names_a_day(stamp)):
            return Reading(question=f"On which day? Put it below a line such as ## {place}, or begin it with its day")
        entry_above = above.item if above is not None and isinstance(above.item, Entry) else None
        if relative and entry_above is None:
            return Reading(question="There is no entry above to count from. Begin it with a time such as 14:22")
        context = self._on(place)
        if relative:
            context = replace(context, above=entry_above)
        if old is not None:
            on_day = msgspec.structs.replace(old, at=self._noon(place), until=None)
            reading = lines.reread(row.text, on_day, context)
        else:
            reading = lines.read(row.text, self.phase, context)
        if stamp is None:  # what is proposed then is about the capture line
            return replace(reading, choices=())
        if isinstance(reading.value, Entry) and not relative and not _names_a_day(stamp):
            return self._doubted(row, reading, reading.value, above)
        return reading

    def names(self) -> Collection[str]:
        """Return the milestones."""
        return tuple(map(str, Milestone))

    def problems(self, filed: Sequence[Filed]) -> list[Problem]:
        """Return the lines with a milestone that another line has."""
        first: dict[Milestone, Filed] = {}
        found = []
        for each in filed:
            for milestone in each.item.milestones if isinstance(each.item, Entry) else ():
                other = first.setdefault(milestone, each)
                # Two that were there before are not the fault of who edits.
                if other is not each and (each.item is not each.old or other.item is not other.old):
                    message = f"#{milestone} stands on line {other.row.number} too. Leave it on one of them"
                    found.append(Problem(each.row.number, each.row.text, message))
        return found

    def grouped(self, filed: Sequence[Filed]) -> list[tuple[Item, Hashable]]:
        """Return the entries, each with its moment."""
        return [(each.item, each.item.at.at if isinstance(each.item, Entry) else None) for each in filed]

    def _doubted(self, row: Row, reading: Reading[Item], entry: Entry, above: Filed | None) -> Reading[Item]:
        """Return the reading, or a question when the time is so much earlier that the next day may be meant."""
        upper = above.item if above is not None and above.row.place == row.place else None
        if not isinstance(upper, Entry) or upper.at.precision is Precision.DAY:
            return reading
        if upper.at.at - entry.at.at <= _HALF_A_DAY:
            return reading
        tomorrow = date.fromisoformat(row.place) + timedelta(days=1)
        return Reading(
            question="It is much earlier than the line above. Is it on the next day? Then put it below a line "
            f"## {tomorrow.isoformat()}, else where its time belongs"
        )

    def _same_stamp(self, row: Row, old: Entry) -> bool:
        """Tell whether a line still begins with the stamp that was written for an entry."""
        bare = msgspec.structs.replace(old, text="", milestones=(), source="", links=())
        written = lines.typed(bare, self._on(row.place))
        if row.text != written and not row.text.startswith(f"{written} "):
            return False
        stamp = self._stamp(row.text, row.place)
        return stamp is not None and stamp.end in (len(written), len(written) + 1)

    def _stamp(self, text: str, place: str) -> Stamp | None:
        return find_stamp(text, near=date.fromisoformat(place), today=self.context.today)

    def _on(self, place: str) -> Context:
        """Return what a line below the heading of a day is read against."""
        if place not in self._contexts:
            self._contexts[place] = replace(self.context, above=Entry(at=self._noon(place), text=""))
        return self._contexts[place]

    def _noon(self, place: str) -> Moment:
        """Return a day as a moment. Noon is on that day in UTC too, or in whatever zone the calendar ends."""
        at = datetime.combine(date.fromisoformat(place), time(12), tzinfo=self._home)
        return Moment(at, self._zone, Precision.DAY)

    def _usual_day(self) -> str:
        """Return the day of the first entry, else that on which the incident began, else today."""
        first = self.timeline[0].at if self.timeline else window(self.context.session)[0]
        return (day_told(first, self._home) if first is not None else self.context.today).isoformat()


def _names_a_day(stamp: Stamp | None) -> bool:
    return stamp is not None and stamp.start is not None and stamp.start.days is not None
