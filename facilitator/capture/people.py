"""People who take part, and lists of names: "Alice Berg, incident commander"; "checkout, payments"."""

import re

import msgspec

from facilitator.capture.reading import Reading
from facilitator.model.item import Item
from facilitator.model.session import Participant
from facilitator.model.text import one_line

_PIECE = re.compile(r' *+(?:"((?:[^"\\]|\\.)*+)" *+(?=,|$)|([^,]*+))(?:,|$)')
_ESCAPED = re.compile(r"\\(.)")


def read_participant(line: str, old: Participant | None = None) -> Reading[Item]:
    """Return the participant of a line, the name and after a comma the role; with `old`, that one changed."""
    line = one_line(line)
    if not line and (old is None or not old.role):
        return Reading() if old is None or old.text else Reading(old)
    found = _PIECE.match(line)
    name = _name(found) if found else line
    role = line[found.end() :].strip() if found else ""
    participant = old or Participant(text=name)
    understood = (name, role or "no role") if name else ()
    if not name and (old is None or old.text):
        return Reading(None, understood, "Who took part? Type a name, then a comma and the role")
    value = msgspec.structs.replace(
        participant,
        text=participant.text if one_line(participant.text) == name else name,
        role=participant.role if one_line(participant.role) == role else role,
    )
    return Reading(value, understood)


def typed_participant(participant: Participant) -> str:
    """Return the line of a participant: "Alice Berg, incident commander"."""
    name, role = one_line(participant.text), one_line(participant.role)
    return f"{_written(name)}, {role}" if role else _written(name)


def read_names(line: str) -> tuple[str, ...]:
    """Return the names of a list that is split at commas; a name in quotes may hold commas."""
    line, names, at = one_line(line), [], 0
    while at < len(line):
        found = _PIECE.match(line, at)
        if found is None:
            break
        names.append(_name(found))
        at = found.end()
    return tuple(dict.fromkeys(name for name in names if name))


def typed_names(names: tuple[str, ...]) -> str:
    """Return the line of a list of names: "checkout, payments"."""
    return ", ".join(_written(one_line(name)) for name in names)


def _name(found: re.Match[str]) -> str:
    return one_line(found[2] if found[1] is None else _ESCAPED.sub(r"\1", found[1]))


def _written(name: str) -> str:
    if "," not in name and not name.startswith('"'):
        return name
    escaped = name.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
