r"""Lines of the why tree: "no one had documented the contract #confirmed #actionable".

"#confirmed", "#likely", "#possible" say how well the answer is supported; "#actionable", "#outside", "#unknown" why the
branch stops there; "#and", "#or" how the answers below belong together. They count anywhere in the line. A backslash
keeps a word as text: "\#confirmed".
"""

from typing import cast

import msgspec

from facilitator.capture.context import Context
from facilitator.capture.reading import Reading
from facilitator.capture.tokens import PREFIXED, Grammar, Mark, split
from facilitator.model.edits import find
from facilitator.model.session import BranchEnd, Confidence, Join, Why
from facilitator.model.text import one_line

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
    text = _GRAMMAR.text(found.rest)
    why = old or Why(text=text, parent=context.focus)
    value = msgspec.structs.replace(
        why,
        text=why.text if one_line(why.text) == text else text,
        confidence=cast("Confidence | None", marks.get("confidence")),
        end=cast("BranchEnd | None", marks.get("end")),
        join=cast("Join", marks.get("join", Join.OR)),
    )
    understood = (_place(value, context), *(_said(mark) for mark in found.marks), *found.notes)
    if not text and (old is None or old.text):
        return Reading(None, understood, "What made it possible? Type the answer as a sentence")
    return Reading(value, understood)


def typed_why(why: Why) -> str:
    """Return the line of a why: its text, then what marks it."""
    text = one_line(why.text)
    parts = [
        _GRAMMAR.written(text, first=PREFIXED.match(text) is not None),
        f"#{why.confidence}" if why.confidence else "",
        f"#{_END_NAMES[why.end]}" if why.end else "",
        f"#{why.join}" if why.join is not Join.OR else "",
    ]
    return " ".join(part for part in parts if part)


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
