"""What the program understands of the examples in the documentation, in the setting that the documentation names."""

from datetime import UTC, date, datetime

from facilitator.capture import lines
from facilitator.capture.context import Context
from facilitator.model.moments import Moment
from facilitator.model.phases import Phase
from facilitator.model.session import Entry, Session

_ABOVE = Entry(id="above", at=Moment(datetime(2026, 11, 15, 14, 20, tzinfo=UTC), "UTC"), text="errors begin")
_SESSION = Session(id="s", title="t", created=datetime(2026, 11, 16, tzinfo=UTC), timeline=(_ABOVE,))
_CONTEXT = Context(session=_SESSION, today=date(2026, 11, 18), above=_ABOVE)


def understood(line: str, phase: Phase) -> str:
    """Return what is shown above a line while it is typed in a phase."""
    reading = lines.read(line, phase, _CONTEXT)
    assert reading.value is not None, f"{line!r} is asked about: {reading.question}"
    return " · ".join(reading.understood)


def asked(line: str, phase: Phase) -> tuple[str, tuple[str, ...]]:
    """Return the question about a line that is typed in a phase, and the answers that are offered."""
    reading = lines.read(line, phase, _CONTEXT)
    return reading.question, tuple(choice.label for choice in reading.choices)
