"""Time boxes of an agenda: "Timeline 25", "Silent read 5 min #document".

A line ends with the minutes, and perhaps the phase to which the box belongs. Without one it is that by whose name the
text begins, if there is such a phase, and `#none` says that it belongs to none.
"""

import re

import msgspec

from facilitator.capture.reading import Choice, Reading
from facilitator.model.meeting_items import Box
from facilitator.model.phases import Phase
from facilitator.model.text import MAX_TEXT, one_line

LONGEST = 480
"""The most minutes that a box has."""

_PHASES: dict[str, str] = {
    "incident": Phase.INCIDENT,
    "timeline": Phase.TIMELINE,
    "response": Phase.RESPONSE,
    "whys": Phase.WHYS,
    "factors": Phase.FACTORS,
    "lessons": Phase.LESSONS,
    "actions": Phase.ACTIONS,
    "document": Phase.DOCUMENT,
}
_NONE = "none"
_MINUTES = re.compile(r"(?:(.*) )?(\d{1,9}) ?(?:m|min|mins|minutes?)?", re.IGNORECASE)
_PROPOSED = (5, 10, 15)


def read_box(line: str, old: Box | None = None) -> Reading[Box]:
    """Return the time box of a typed line, without id; with `old`, that box as its edited line changes it.

    A line without minutes gives a question, with a few proposals. Never raises, whatever was typed.
    """
    if old is not None and line == typed_box(old):
        return Reading(old, _understood(old))
    if len(line) > MAX_TEXT:
        return Reading(question=f"That is too long: a line holds {MAX_TEXT:,} characters. Shorten it")
    line = one_line(line)
    if not line:
        return Reading()
    rest, phase = _phase(line)
    found = _MINUTES.fullmatch(rest)
    text = (found[1] or "") if found else rest
    if not text:
        return Reading(question="What is this time box for? Type a name, then the minutes: Timeline 25")
    if phase is None:
        unknown = old is not None and old.phase and old.phase not in tuple(Phase)
        phase = old.phase if old is not None and unknown else _implied(text)
    box = msgspec.structs.replace(old or Box(text=text), text=text, phase=phase)
    if found is None:
        proposed = (msgspec.structs.replace(box, minutes=minutes) for minutes in _PROPOSED)
        choices = tuple(Choice(typed_box(each), each) for each in proposed)
        return Reading(None, (text,), "How many minutes? Type them after the name", choices)
    minutes = int(found[2])
    if not 1 <= minutes <= LONGEST:
        return Reading(None, (text,), f"A time box has 1 to {LONGEST} minutes, not {minutes}")
    box = msgspec.structs.replace(box, minutes=minutes)
    return Reading(box, _understood(box))


def typed_box(box: Box) -> str:
    """Return the line of a time box: `read_box(typed_box(box), box)` gives the same box."""
    text = one_line(box.text)
    implied = _implied(text)
    names = {phase: name for name, phase in _PHASES.items()} | {"": _NONE}
    named = f"#{names[box.phase]}" if box.phase != implied and box.phase in names else ""
    return " ".join(part for part in (text, str(box.minutes), named) if part)


def _phase(line: str) -> tuple[str, str | None]:
    """Return a line without the phase at its end, and that phase; None when it names none."""
    rest, _, last = line.rpartition(" ")
    name = last[1:].lower()
    if not last.startswith("#") or not name:
        return line, None
    found = [each for each in (*_PHASES, _NONE) if each == name or (len(name) > 1 and each.startswith(name))]
    return (rest, _PHASES.get(found[0], "")) if len(found) == 1 else (line, None)


def _implied(text: str) -> str:
    """Return the phase by whose name a text begins, or nothing."""
    return _PHASES.get(text.partition(" ")[0].lower(), "")


def _understood(box: Box) -> tuple[str, ...]:
    return (one_line(box.text), f"{box.minutes} min", *((box.phase,) if box.phase else ()))
