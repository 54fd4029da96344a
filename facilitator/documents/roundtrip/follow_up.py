"""Action items and open questions of a document, read into pieces."""

from collections.abc import Sequence

from facilitator.documents.roundtrip.blocks import Block
from facilitator.documents.roundtrip.common import items, leave_part, leave_parts, tables
from facilitator.documents.roundtrip.parts import Part
from facilitator.documents.roundtrip.seen import Piece, Seen
from facilitator.documents.roundtrip.tables import first_line, label, remarks, rows
from facilitator.model.session import Action, Question

_ACTIONS = {
    "#": "number", "action": "text", "owner": "owner", "due": "due", "ticket": "ticket", "priority": "priority",
    "type": "type", "status": "status", "done on": "done", "did it work?": "effect", "addresses": "factors",
}  # fmt: skip


def actions(part: Part, seen: Seen) -> None:
    """Read the table of actions, and the list of those that were decided against."""
    for table in tables(part, seen):
        for row, fields, mark in rows(table, _ACTIONS, seen, part.name):
            if mark or any(fields.values()):
                seen.pieces.append(Piece(Action, fields | {"wont": ""}, row.line, mark, "will"))
    for inner in part.parts:
        if inner.name != "Decided not to do":
            leave_part(part.name, inner, seen)
            continue
        for item in items(inner, seen):
            _decided(item, seen, inner.name)


def _decided(item: Sequence[Block], seen: Seen, place: str) -> None:
    text, mark, below, at = first_line(item, seen, place)
    text, said = remarks(text)
    name, reason = label(below)
    number, _, factors = said.partition(", addresses ")
    fields = {"text": text, "wont": "yes", "note": reason if name.casefold() == "reason" else "", "number": number}
    fields["factors"] = factors
    seen.pieces.append(Piece(Action, fields, at, mark, "won't"))
    if name.casefold() != "reason":
        seen.leave(place, below, at, mark)


def questions(part: Part, seen: Seen) -> None:
    """Read the open questions, with who will find out and the answers."""
    for item in items(part, seen):
        text, mark, below, at = first_line(item, seen, part.name)
        text, owner = remarks(text)
        name, answer = label(below)
        is_answer = name.casefold() == "answer"
        fields = {"text": text, "owner": owner, "answer": answer if is_answer else ""}
        seen.pieces.append(Piece(Question, fields, at, mark))
        if not is_answer:
            seen.leave(part.name, below, at, mark)
    leave_parts(part, seen)
