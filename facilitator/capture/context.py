"""What a line is read against: the session, the day, and where in the session it is typed."""

from dataclasses import dataclass
from datetime import date

from facilitator.model.session import CATEGORIES, Entry, Session


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """Where a line is typed.

    `today` is the day of whoever types, in the session's zone: this floor reads no clock. `above` is the entry from
    which "+5m" counts and by which a change of day is judged; without it that is the last entry of the session.
    `focus` is the id of the why that a typed line answers; without it the line is a new effect. `categories` are those
    that a factor can have.
    """

    session: Session
    today: date
    above: Entry | None = None
    focus: str | None = None
    categories: tuple[str, ...] = CATEGORIES

    @property
    def entry_above(self) -> Entry | None:
        """The entry that the next one follows, or None when the timeline is empty."""
        if self.above is not None:
            return self.above
        return self.session.timeline[-1] if self.session.timeline else None
