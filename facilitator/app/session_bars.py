"""The words of the bars above and below a session."""

from typing import Any

from facilitator.app.editor import SaveState, Saving
from facilitator.app.panels.places import PLACES, Place
from facilitator.app.widgets.bar import Part
from facilitator.capture.reading import Reading
from facilitator.model.session import Session

_STATES: dict[SaveState, tuple[str, str]] = {
    SaveState.SAVED: ("saved", "$success"),
    SaveState.SAVING: ("saving…", "$secondary"),
    SaveState.FAILED: ("NOT SAVED", "bold $error"),
    SaveState.READ_ONLY: ("read only", "bold $warning"),
}


def top_bar(session: Session, place: Place, saving: Saving) -> tuple[tuple[Part, ...], tuple[Part, ...]]:
    """Return the left and the right side of the bar above a session."""
    severity = f"   {session.severity}" if session.severity else ""
    left: tuple[Part, ...] = ((f" {session.title}", "bold $foreground"), (severity, "$secondary"))
    if session.services:
        left = (*left, (f"  {', '.join(session.services)}", "$secondary"))
    number = PLACES.index(place) + 1
    words, style = _STATES[saving.state]
    right = (
        (f"  {session.status}", "$secondary"),
        (f"   {number}/{len(PLACES)} {place}", "$primary"),
        (f"   {words} ", style),
    )
    return left, right


def understood_bar(
    reading: Reading[Any], line: str, *, notice: str, waiting: int, saving: Saving, cue: str
) -> tuple[Part, ...]:
    """Return the words below the panel: what was understood of the line, or what there is to say."""
    parts: list[Part] = []
    if saving.reason and not line:
        parts.append((f"   {saving.reason}", "bold $error" if saving.state is SaveState.FAILED else "bold $warning"))
    elif notice:
        parts.append((f"   {notice}", "$primary"))
    elif reading.question:
        settle = "   enter: choose" if reading.choices else ""
        parts.append((f"   {reading.question}{settle}", "$warning"))
    elif line.strip() == "?":
        parts.append(("   enter: help, or go on typing an open question", "$secondary"))
    elif reading.understood:
        parts.append((f"   {' · '.join(reading.understood)}", "$success"))
    elif cue and not line:
        parts += [("   Ask  ", "$secondary"), (cue, "italic $accent")]
    if waiting:
        parts.append((f"   {waiting} line{'s' if waiting > 1 else ''} waiting", "$warning"))
    return tuple(parts)
