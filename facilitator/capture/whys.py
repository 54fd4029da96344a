r"""Lines of the why tree: "no one had documented the contract #confirmed #actionable".

"#confirmed", "#likely", "#possible" say how well the answer is supported; "#actionable", "#outside", "#unknown" why the
branch stops there; "#and", "#or" how the answers below belong together. They count anywhere in the line. With
"#unknown" the last word "@bob" is who will find out. A backslash keeps a word as text: "\#confirmed", "\@bob".
"""

import re
from typing import cast

import msgspec

from facilitator.capture.asides import owner_of, owner_word, with_owner_last
from facilitator.capture.context import Context
from facilitator.capture.reading import Reading
from facilitator.capture.tokens import PREFIXED, Grammar, Mark, Sorted, split
from facilitator.model.edits import find
from facilitator.model.session import BranchEnd, Confidence, Join, Why
from facilitator.model.text import one_line
from facilitator.model.whys import open_question

_GRAMMAR = Grammar(
    what="mark",
    names={
        **{str(confidence): Mark("confidence", confidence) for confidence in Confidence},
        "actionable": Mark("end", BranchEnd.ACTIONABLE),
        "outside": Mark("end", BranchEnd.OUTSIDE),
        "unknown": Mark("end", BranchEnd.UNKNOWN),
        **{str(join): Mark("join", join) for join in Join},
    },
    first=PREFIXED,
    last=re.compile(r"@."),
)
_END_NAMES = {
    BranchEnd.ACTIONABLE: "actionable",
    BranchEnd.OUTSIDE: "outside",
    BranchEnd.UNKNOWN: "unknown",
}


def read_why(line: str, context: Context, old: Why | None = None) -> Reading[Why]:
    """Return the why of a cleaned line: an answer to the focused one, or a new effect; with `old`, that why changed."""
    found = _GRAMMAR.sort_out(split(line))
    marks = {mark.kind: mark.value for mark in found.marks}
    words, owner = _asked_of(found, context, old)
    text = _GRAMMAR.text(words)
    why = old or Why(text=text, parent=context.focus)
    value = msgspec.structs.replace(
        why,
        text=why.text if one_line(why.text) == text else text,
        confidence=cast("Confidence | None", marks.get("confidence")),
        end=cast("BranchEnd | None", marks.get("end")),
        join=cast("Join", marks.get("join", Join.OR)),
    )
    asked = (f"an open question for @{owner}",) if owner else ()
    understood = (_place(value, context), *(_said(mark) for mark in found.marks), *asked, *found.notes)
    if not text and (old is None or old.text):
        return Reading(None, understood, "What made it possible? Type the answer as a sentence")
    return Reading(value, understood)


def owner_in(line: str, context: Context, old: Why | None = None) -> str:
    """Return who will find out, as a cleaned line says of a why that ends in the unknown; empty when it says nobody."""
    return _asked_of(_GRAMMAR.sort_out(split(line)), context, old)[1]


def typed_why(why: Why, context: Context) -> str:
    """Return the line of a why: its text, then what marks it, and who will find out."""
    owner = _owner(why, context)
    parts = [
        _written_text(why),
        f"#{why.confidence}" if why.confidence else "",
        f"#{_END_NAMES[why.end]}" if why.end else "",
        owner_word(owner) if owner else "",
        f"#{why.join}" if why.join is not Join.OR else "",
    ]
    return " ".join(part for part in parts if part)


def _written_text(why: Why) -> str:
    text = one_line(why.text)
    words = split(text)
    last = why.end is BranchEnd.UNKNOWN and bool(words) and owner_of(words[-1]) is not None
    return _GRAMMAR.written(text, first=PREFIXED.match(text) is not None, last=last)


def _owner(why: Why, context: Context) -> str:
    question = open_question(context.session, why.id) if why.end is BranchEnd.UNKNOWN else None
    return one_line(question.owner) if question is not None else ""


def _asked_of(found: Sorted, context: Context, old: Why | None) -> tuple[list[str], str]:
    """Return the words of the text, and who will find out: the last word, where the branch ends in the unknown."""
    words = found.rest
    if not words or all(mark.value is not BranchEnd.UNKNOWN for mark in found.marks):
        return words, ""
    known = _owner(old, context) if old is not None else ""
    if old is not None and known:
        words = with_owner_last(words, known, split(_written_text(old)))
    owner = owner_of(words[-1])
    return (words[:-1], owner) if owner else (words, "")


def _place(why: Why, context: Context) -> str:
    parent = find(context.session, why.parent) if why.parent is not None else None
    if not isinstance(parent, Why):
        return "an effect" if why.id else "a new effect"
    text = one_line(parent.text)
    return f"below: {text if len(text) <= 40 else text[:39].rstrip() + '…'}"


def _said(mark: Mark) -> str:
    if mark.kind == "join":
        return "all answers below together" if mark.value is Join.AND else "any answer below alone"
    return f"the branch ends: {mark.value}" if mark.kind == "end" else str(mark.value)
