"""Agendas of the user's own: tables `[agenda.NAME]` in the configuration file."""

from facilitator.capture.agenda import read_box
from facilitator.model.agendas import AGENDAS, Agenda, Part
from facilitator.model.meeting_items import Box
from facilitator.model.text import one_line
from facilitator.settings.wording import LONGEST, Wrong, did_you_mean, kind, quoted

MOST_AGENDAS, MOST_MEETINGS, MOST_BOXES = 50, 10, 50
"""How many agendas there are, meetings of one, and boxes of a meeting."""

_KEYS = ("about", "boxes")
_EXAMPLE = "such as ['Opening 5', 'Timeline 25']"


def read_agendas(value: object) -> tuple[tuple[Agenda, ...], list[Wrong]]:
    """Return the agendas that everybody has, then the user's own, and what is wrong with these.

    An own one takes the place of another one with its name. One in which something is wrong is left out.
    """
    if not isinstance(value, dict):
        return AGENDAS, [((), f"must be a table for each agenda, such as [agenda.team], not {kind(value)}")]
    found = {each.name: each for each in AGENDAS}
    wrong: list[Wrong] = []
    for number, (key, table) in enumerate(value.items()):
        name = one_line(key)
        if number >= MOST_AGENDAS:
            wrong.append(
                ((key,), f"there are more than {MOST_AGENDAS} agendas; this one and those after it do not count")
            )
            break
        if not name or len(name) > LONGEST:
            wrong.append(((key,), f"the name of an agenda has 1 to {LONGEST} characters"))
            continue
        agenda, problems = _agenda(name, table)
        wrong += [((key, *below), message) for below, message in problems]
        if agenda is not None:
            found[name] = agenda
    return tuple(found.values()), wrong


def _agenda(name: str, table: object) -> tuple[Agenda | None, list[Wrong]]:
    if not isinstance(table, dict):
        return None, [((), f"must be a table with boxes, not {kind(table)}")]
    wrong: list[Wrong] = [
        ((each,), f"unknown key {quoted(each)}{did_you_mean(each, _KEYS) or '; the keys are about and boxes'}")
        for each in table
        if each not in _KEYS
    ]
    about = table.get("about", "")
    if not isinstance(about, str):
        wrong.append((("about",), f"must be text in quotes, not {kind(about)}"))
        about = ""
    if "boxes" not in table:
        return None, [*wrong, ((), f"has no time boxes; write boxes = a list {_EXAMPLE}")]
    meetings, problems = _meetings(table["boxes"])
    wrong += [(("boxes",), message) for message in problems]
    parts = tuple(Part(f"Part {number}" if len(meetings) > 1 else "", each) for number, each in enumerate(meetings, 1))
    return (None if problems else Agenda(name, one_line(about), parts)), wrong


def _meetings(value: object) -> tuple[list[tuple[Box, ...]], list[str]]:
    """Return the boxes of each meeting: of one, when the list holds lines, or of several, when it holds lists."""
    if not isinstance(value, list):
        return [], [f"must be a list {_EXAMPLE}, not {kind(value)}"]
    lists = value if value and all(isinstance(each, list) for each in value) else [value]
    if len(lists) > MOST_MEETINGS:
        return [], [f"an agenda has {MOST_MEETINGS} meetings at most, not {len(lists)}"]
    meetings: list[tuple[Box, ...]] = []
    problems: list[str] = []
    for lines in lists:
        boxes = [_box(line) for line in lines[:MOST_BOXES]]
        meetings.append(tuple(each for each in boxes if isinstance(each, Box)))
        problems += [each for each in boxes if isinstance(each, str)]
        if not lines:
            problems.append(f"a meeting has one time box at least; write a list {_EXAMPLE}")
        if len(lines) > MOST_BOXES:
            problems.append(f"a meeting has {MOST_BOXES} time boxes at most, not {len(lines)}")
    return meetings, problems


def _box(line: object) -> Box | str:
    """Return the box of a line, or what is wrong with it."""
    if not isinstance(line, str):
        return f"a time box is text in quotes, such as 'Timeline 25', not {kind(line)}"
    reading = read_box(line)
    return reading.value or f"{quoted(line)}: {reading.question or 'a time box has a name and minutes: Timeline 25'}"
