"""The sections of a document, read into pieces: one function for each."""

from collections.abc import Callable, Mapping, Sequence

from facilitator.documents.roundtrip.analysis import analysis
from facilitator.documents.roundtrip.blocks import Kind, blocks
from facilitator.documents.roundtrip.common import items, leave, leave_as_made, leave_part, leave_parts, text_of
from facilitator.documents.roundtrip.follow_up import actions, questions
from facilitator.documents.roundtrip.marks import marks_in
from facilitator.documents.roundtrip.parts import TOP, Part, divided, renamed
from facilitator.documents.roundtrip.seen import Piece, Seen
from facilitator.documents.roundtrip.tables import facts, first_line
from facilitator.documents.roundtrip.timeline import timeline
from facilitator.documents.roundtrip.words import line
from facilitator.model.session import (
    Factor,
    Lesson,
    LessonKind,
    ResponseKind,
    ResponseNote,
)

_HEADER = {
    "status": "status",
    "review of": "review_kind",
    "severity": "severity",
    "services": "services",
    "root cause category": "cause",
    "tags": "tags",
    "postmortem held": "held",
    "facilitator": "facilitator",
    "authors": "authors",
    "reviewers": "reviewers",
    "participants": "participants",
}
_IMPACT = {
    "users affected": "impact.users",
    "features": "impact.features",
    "regions": "impact.regions",
    "revenue": "impact.revenue",
    "error budget consumed": "impact.error_budget",
    "sla breached": "impact.sla_breached",
}
_DETECTION = {
    "noticed by": "detection.source",
    "was that the right way to find out?": "detection.appropriate",
    "what would have been faster?": "detection.faster",
}
_RESPONSE = {
    "how it was resolved": "resolution",
    "runbooks": "response.runbooks",
    "incident command": "response.command",
    "communication": "response.communication",
}
_MADE = frozenset({"time to detect (mttd)", "time to acknowledge (mtta)", "time to resolve (mttr)"})
_Kept = ResponseNote | Lesson
_NOTES: Mapping[str, _Kept] = {
    "What went well": ResponseNote(text="", kind=ResponseKind.WELL),
    "What was harder than expected": ResponseNote(text="", kind=ResponseKind.HARDER),
}
_LESSONS: Mapping[str, _Kept] = {
    "What went well": Lesson(text="", kind=LessonKind.WELL),
    "What went wrong": Lesson(text="", kind=LessonKind.WRONG),
    "Where we got lucky": Lesson(text="", kind=LessonKind.LUCKY),
}
_ANALYSIS = (
    "Trigger", "Five whys", "Contributing factors", "What was enough for it", "What kept it from being worse",
    "Root cause", "Root causes", "Seen before",
)  # fmt: skip
_INNER: Mapping[str, Sequence[str]] = {
    "Root cause analysis": _ANALYSIS,
    "Response": (*_NOTES,),
    "Lessons learned": (*_LESSONS,),
    "Action items": ("Decided not to do",),
}
OWN = frozenset((
    "title", "summary", "trigger", "impact.prose", "detection.prose", *_IMPACT.values(), *_DETECTION.values(),
    *_RESPONSE.values(),
))  # fmt: skip
"""The fields of a session that are empty where a document does not show them."""


def look(text: str, known: frozenset[str], expected: Sequence[Part] = ()) -> tuple[Seen, list[Part]]:
    """Return what is seen in a document, and its parts.

    `known` are the ids of items that marks may name, and `expected` the parts that the document should have.
    """
    seen = Seen(known, marks_in(text))
    titles, parts = divided(blocks(text), _SECTIONS)
    wanted = [part.name for part in expected if part.heading is not None]
    seen.notes += renamed(parts, wanted, [*_SECTIONS])
    for part in parts:
        inner = next((each.parts for each in expected if each.name == part.name), [])
        seen.notes += renamed(part.parts, [each.name for each in inner], _INNER.get(part.name, ()))
    if titles:
        seen.put("title", seen.bare(titles[0].raw, TOP, titles[0].line)[0])
    for other in titles[1:]:
        seen.leave(TOP, other.source, other.line)
    for part in parts:
        read = _top if part.name == TOP else _SECTIONS.get(part.name)
        if read is None:
            leave_part("", part, seen)
        else:
            read(part, seen)
    _settle(seen)
    return seen, parts


def _settle(seen: Seen) -> None:
    """Note what is empty because it is not there, and which factors are root causes."""
    for path in OWN:
        seen.fields.setdefault(path, "")
    if "header" in seen.fields:
        for path in _HEADER.values():
            seen.fields.setdefault(path, "")
    for piece in seen.pieces:
        if piece.kind is Factor:
            piece.fields.setdefault("root_cause", "")


def _prose(path: str) -> Callable[[Part, Seen], None]:
    def read(part: Part, seen: Seen) -> None:
        seen.put(path, text_of(part.blocks, seen, part.name))
        leave_parts(part, seen)

    return read


def _top(part: Part, seen: Seen) -> None:
    for block in part.blocks:
        if block.kind is not Kind.TABLE:
            seen.leave(TOP, block.source, block.line)
            continue
        seen.put("header", "there")
        for row in block.rows:
            name, value = line(row.cells[0]), " \\| ".join(row.cells[1:])
            path = _HEADER.get(name.casefold())
            if path is not None:
                seen.put(path, seen.bare(value, TOP, row.line)[0])
            else:
                seen.leave(TOP, f"{name}: {value}", row.line, made=name.casefold() == "when")
    leave_parts(part, seen)


def _facts_and_prose(paths: Mapping[str, str], prose: str) -> Callable[[Part, Seen], None]:
    """Return how a part is read that has a list of facts and, in the field `prose`, text below it."""

    def read(part: Part, seen: Seen) -> None:
        text = []
        for block in part.blocks:
            found = facts(block) if block.kind is Kind.LIST else []
            if not any(name in paths or name in _MADE for name, _, _ in found):
                text.append(block)
                continue
            for name, raw, at in found:
                if name in paths:
                    seen.put(paths[name], seen.bare(raw, part.name, at)[0])
                else:
                    seen.leave(part.name, f"{name}: {raw}" if name else raw, at, made=name in _MADE)
        for block in text:
            if block.raw.startswith(("*Not measured:", "_Not measured:")):
                seen.leave(part.name, block.source, block.line, made=True)
            elif prose:
                seen.put(prose, text_of([block], seen, part.name))
            else:
                leave(block, seen, part.name)

    return read


def _impact(part: Part, seen: Seen) -> None:
    _facts_and_prose(_IMPACT, "impact.prose")(part, seen)
    leave_parts(part, seen)


def _detection(part: Part, seen: Seen) -> None:
    _facts_and_prose(_DETECTION, "detection.prose")(part, seen)
    leave_parts(part, seen)


def _response(part: Part, seen: Seen) -> None:
    _facts_and_prose(_RESPONSE, "")(part, seen)
    _listed(part, seen, _NOTES)


def _lessons(part: Part, seen: Seen) -> None:
    for block in part.blocks:
        leave(block, seen, part.name)
    _listed(part, seen, _LESSONS)


def _listed(part: Part, seen: Seen, kinds: Mapping[str, _Kept]) -> None:
    """Read lists of which each has a heading that says of which kind its items are."""
    for inner in part.parts:
        made = kinds.get(inner.name)
        if made is None:
            leave_part(part.name, inner, seen)
            continue
        for item in items(inner, seen):
            said, mark, below, at = first_line(item, seen, inner.name)
            area, text = _area(said) if isinstance(made, Lesson) else ("", said)
            fields = {"text": text, "kind": str(made.kind)} | ({"area": area} if isinstance(made, Lesson) else {})
            seen.pieces.append(Piece(type(made), fields, at, mark, inner.name))
            seen.leave(inner.name, below, at, mark)


def _area(text: str) -> tuple[str, str]:
    """Return the area of a lesson, in italics before it, and the lesson."""
    for sign in ("*", "_"):
        if text.startswith(sign) and f":{sign} " in text[:40]:
            area, _, rest = text[1:].partition(f":{sign} ")
            return area, rest
    return "", text


_SECTIONS: Mapping[str, Callable[[Part, Seen], None]] = {
    "Incident summary": _prose("summary"),
    "Impact": _impact,
    "Timeline": timeline,
    "Root cause analysis": analysis,
    "Detection": _detection,
    "Response": _response,
    "Lessons learned": _lessons,
    "Action items": actions,
    "Open questions": questions,
    "Approvals": leave_as_made,
    "Corrections": leave_as_made,
}
