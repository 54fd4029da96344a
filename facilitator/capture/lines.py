"""The capture line: one typed line and the phase in which it is typed become one item."""

from typing import Any

import msgspec

from facilitator.capture.actions import read_action, typed_action
from facilitator.capture.asides import read_aside, read_parked, read_question, reread_aside, typed_aside
from facilitator.capture.context import Context
from facilitator.capture.factors import read_factor, typed_factor
from facilitator.capture.helps import help_lines
from facilitator.capture.lessons import read_lesson, read_response_note, typed_lesson, typed_response_note
from facilitator.capture.people import read_participant, typed_participant
from facilitator.capture.reading import Choice, Reading
from facilitator.capture.timeline import read_entry, typed_entry
from facilitator.capture.whys import read_why, typed_why
from facilitator.model.item import Item
from facilitator.model.meeting_items import Note
from facilitator.model.phases import Phase
from facilitator.model.session import (
    Action,
    ActionStatus,
    Entry,
    Factor,
    Join,
    Lesson,
    Parked,
    Participant,
    Question,
    ResponseNote,
    Why,
)
from facilitator.model.text import MAX_TEXT, one_line

__all__ = ["help_lines", "read", "reread", "sentence_end", "typed"]

_PLAIN: dict[type[Item], dict[str, Any]] = {
    Entry: {"milestones": (), "source": "", "links": ()},
    Why: {"confidence": None, "end": None, "join": Join.OR},
    Factor: {
        "category": "", "mitigator": False, "root_cause": False, "role": None, "present": None, "seen_before": None,
    },
    Lesson: {"area": None},
    Action: {
        "owner": "", "due": None, "ticket": "", "priority": None, "type": None, "status": ActionStatus.OPEN,
        "done": None, "effect": "",
    },
    Question: {"owner": ""},
}  # fmt: skip
"""For each kind of item that has any, the particulars that its line has behind the sentence, as they are left out."""

_TOO_LONG = f"That is too long: a line holds {MAX_TEXT:,} characters. Shorten it, or file it in parts"


def read(line: str, phase: Phase, context: Context) -> Reading[Item]:
    """Return what a line typed in `phase` becomes. The value has no id and no rank yet.

    In any phase "? text" is an open question, "// text" goes to the parking lot, and "# text" is a private note of the
    phase. Never raises, whatever was typed; an empty line gives an empty reading.
    """
    if len(line) > MAX_TEXT:
        return Reading(question=_TOO_LONG)
    line = one_line(line)
    if not line:
        return Reading()
    return read_aside(line, phase) or _read_in(phase, line, context)


def reread(line: str, item: Item, context: Context) -> Reading[Item]:
    """Return an item as its edited line changes it: the same kind, id and rank.

    What the line does not express stays: evidence, links to factors, the parent of a why. What it does express and no
    longer names is cleared. The moment of an entry is asked about only when its stamp was changed.
    """
    if len(line) > MAX_TEXT and line != typed(item, context):
        return Reading(question=_TOO_LONG)
    return _reread(one_line(line), item, context)


def typed(item: Item, context: Context) -> str:
    """Return the line of an item: `reread(typed(item, context), item, context)` gives the same item."""
    match item:
        case Entry():
            return typed_entry(item, context)
        case Why():
            return typed_why(item, context)
        case Factor():
            return typed_factor(item, context)
        case Lesson():
            return typed_lesson(item)
        case ResponseNote():
            return typed_response_note(item)
        case Action():
            return typed_action(item, context)
        case Question() | Parked() | Note():
            return typed_aside(item)
        case Participant():
            return typed_participant(item)
    raise TypeError(f"no line for {type(item).__name__}")


def sentence_end(item: Item, context: Context) -> int:
    """Return how many characters of an item's line, as `typed` gives it, come before its particulars."""
    line = typed(item, context)
    sentence = typed(msgspec.structs.replace(item, **_PLAIN.get(type(item), {})), context)
    return len(sentence) if line.startswith(f"{sentence} ") else len(line)


def _read_in(phase: Phase, line: str, context: Context) -> Reading[Item]:
    match phase:
        case Phase.TIMELINE:
            return read_entry(line, context)
        case Phase.RESPONSE:
            return read_response_note(line)
        case Phase.WHYS:
            return read_why(line, context)
        case Phase.FACTORS:
            return read_factor(line, context)
        case Phase.LESSONS:
            return read_lesson(line)
        case Phase.ACTIONS:
            return read_action(line, context)
    return _no_list(line)


def _reread(line: str, item: Item, context: Context) -> Reading[Item]:
    match item:
        case Entry():
            return read_entry(line, context, item)
        case Why():
            return read_why(line, context, item)
        case Factor():
            return read_factor(line, context, item)
        case Lesson():
            return read_lesson(line, item)
        case ResponseNote():
            return read_response_note(line, item)
        case Action():
            return read_action(line, context, item)
        case Question() | Parked() | Note():
            return reread_aside(line, item)
        case Participant():
            return read_participant(line, item)
    raise TypeError(f"no line for {type(item).__name__}")


def _no_list(line: str) -> Reading[Item]:
    """Return what is said where there is no list of its own: in a form, in the document, in the parking lot."""
    question = "Begin with ? for an open question or // for a topic for later: which is it?"
    asked, parked = read_question(f"? {line}"), read_parked(f"// {line}")
    choices: list[Choice[Item]] = [Choice(f"? {asked.value.text}", asked.value)] if asked.value else []
    if parked.value:
        choices.append(Choice(f"// {parked.value.text}", parked.value))
    return Reading(question=question, choices=tuple(choices))
