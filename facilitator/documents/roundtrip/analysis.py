"""The root cause analysis of a document, read into pieces."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from facilitator.documents.roundtrip.blocks import Kind
from facilitator.documents.roundtrip.common import is_figure, items, leave, leave_as_made, leave_part, tables, text_of
from facilitator.documents.roundtrip.parts import Part
from facilitator.documents.roundtrip.seen import Piece, Seen
from facilitator.documents.roundtrip.tables import first_line, remarks, rows
from facilitator.documents.roundtrip.whys import whys
from facilitator.documents.roundtrip.words import line
from facilitator.model.session import Factor

_FACTORS = {
    "#": "number", "contributing factor": "text", "category": "category", "role": "role", "still present": "present",
    "seen before": "seen_before", "evidence": "evidence", "actions": "answered",
}  # fmt: skip


def analysis(part: Part, seen: Seen) -> None:
    """Read the trigger, the whys, the factors and the mitigators, and which factors are root causes."""
    for block in part.blocks:
        leave(block, seen, part.name)
    roots: list[_Root] = []
    for inner in part.parts:
        if inner.name in ("Root cause", "Root causes"):
            roots += _roots(inner, seen)
        elif inner.name in _PARTS:
            _PARTS[inner.name](inner, seen)
        else:
            leave_part(part.name, inner, seen)
    _with_roots(seen, roots)


def _trigger(part: Part, seen: Seen) -> None:
    seen.put("trigger", text_of(part.blocks, seen, part.name))


def _five_whys(part: Part, seen: Seen) -> None:
    for block in whys(part.blocks, seen, part.name):
        leave(block, seen, part.name)


def _factors(part: Part, seen: Seen) -> None:
    for table in tables(part, seen):
        has_reasons = "actions" in {line(head).casefold() for head in table.rows[0].cells}
        for row, cells, mark in rows(table, _FACTORS, seen, part.name):
            if not mark and not any(cells.values()):
                continue
            linked, _, reason = cells.get("answered", "").partition("not acted on:")
            if linked.strip("; "):
                seen.leave(part.name, f"Actions: {linked.strip('; ')}", row.line, mark, made=True)
            fields = {name: raw for name, raw in cells.items() if name != "answered"} | {"mitigator": ""}
            fields |= {"no_action": reason.strip()} if has_reasons else {}
            seen.pieces.append(Piece(Factor, fields, row.line, mark, "F"))


def _mitigators(part: Part, seen: Seen) -> None:
    for item in items(part, seen):
        text, mark, below, at = first_line(item, seen, part.name)
        text, said = remarks(text)
        fields = {"text": text, "category": "", "evidence": "", "mitigator": "yes"}
        for remark in filter(None, said.split("; ")):
            number = remark.partition(",")[0]
            if remark.startswith("see "):
                fields["evidence"] = remark.removeprefix("see ")
            elif number[:1] == "M" and number[1:].isdecimal():
                fields["number"] = number
                seen.leave(part.name, remark, at, mark, made=True)
            elif not fields["category"]:
                fields["category"] = remark
            else:
                seen.leave(part.name, remark, at, mark)
        seen.pieces.append(Piece(Factor, fields, at, mark, "M"))
        seen.leave(part.name, below, at, mark)


class _Root(NamedTuple):
    """A root cause as it stands in its own list: the id in its mark, its text, its number, and its line."""

    mark: str
    text: str
    number: str
    line: int


def _roots(part: Part, seen: Seen) -> list[_Root]:
    """Return the root causes: a paragraph each, or the items of a list."""
    alone = [[block] for block in part.blocks if block.kind is Kind.PARAGRAPH and not is_figure(block, seen, part.name)]
    listed = Part(part.name, part.heading, [block for block in part.blocks if block.kind is not Kind.PARAGRAPH])
    found = []
    for item in (*alone, *items(listed, seen)):
        text, mark, below, at = first_line(item, seen, part.name)
        text, number = remarks(text)
        found.append(_Root(mark, text, number, at))
        seen.leave(part.name, below, at, mark)
    return found


def _with_roots(seen: Seen, roots: Sequence[_Root]) -> None:
    """Note of factors that they are root causes, and how these are called there; others are new factors."""
    factors = [piece for piece in seen.pieces if piece.kind is Factor]
    by_mark = {piece.mark: piece for piece in reversed(factors) if piece.mark}
    by_number = {piece.fields["number"]: piece for piece in reversed(factors) if piece.fields.get("number")}
    for root in roots:
        piece = by_mark.get(root.mark) or by_number.get(root.number)
        if piece is None:
            piece = Piece(Factor, {"text": root.text, "mitigator": ""}, root.line, root.mark, "F")
            seen.pieces.append(piece)
        piece.fields |= {"root_cause": "yes", "again": root.text}


_PARTS: Mapping[str, Callable[[Part, Seen], None]] = {
    "Trigger": _trigger,
    "Five whys": _five_whys,
    "Contributing factors": _factors,
    "What was enough for it": leave_as_made,
    "What kept it from being worse": _mitigators,
    "Seen before": leave_as_made,
}
