"""The timeline of a document, read into pieces, with what people told of its entries."""

from facilitator.documents.roundtrip.blocks import Block, Kind
from facilitator.documents.roundtrip.common import leave, leave_part, tables
from facilitator.documents.roundtrip.parts import Part
from facilitator.documents.roundtrip.seen import Piece, Seen
from facilitator.documents.roundtrip.tables import facts, label, rows
from facilitator.documents.roundtrip.words import line
from facilitator.model.meeting_items import Account
from facilitator.model.session import Entry

_ENTRIES = {"time": "time", "what happened": "text", "milestone": "milestones", "source": "source"}
_TOLD = {"saw": "seen", "took it to mean": "meant", "expected next": "expected", "options on the table": "options"}
_AS_TOLD = "As told at "


def timeline(part: Part, seen: Seen) -> None:
    """Read the entries, each with the day below which it stands, and the accounts."""
    for table in tables(part, seen):
        day = ""
        for row, fields, mark in rows(table, _ENTRIES, seen, part.name):
            time = fields.get("time", "")
            if time.startswith(("**", "__")) and not mark and not fields.get("text"):
                day = line(time)
            elif mark or any(fields.values()):
                seen.pieces.append(Piece(Entry, fields | {"day": day}, row.line, mark))
    for inner in part.parts:
        if inner.name.casefold().startswith(_AS_TOLD.casefold()):
            _as_told(inner, seen)
        else:
            leave_part(part.name, inner, seen)


def _as_told(part: Part, seen: Seen) -> None:
    place = "Timeline, as told"
    if part.heading is not None:
        seen.leave(place, part.heading.source, part.heading.line, made=True)
    alone: Piece | None = None
    for block in part.blocks:
        if block.kind is Kind.PARAGRAPH and label(block.raw)[0].casefold() == "as told by":
            teller, mark = seen.bare(label(block.raw)[1], place, block.line)
            alone = Piece(Account, dict.fromkeys(_TOLD.values(), "") | {"teller": teller}, block.line, mark, part.name)
            seen.pieces.append(alone)
        elif block.kind is Kind.LIST and alone is not None:
            for name, raw, at in facts(block):
                if name in _TOLD:
                    alone.fields[_TOLD[name]] = seen.bare(raw, place, at)[0]
                else:
                    seen.leave(place, f"{name}: {raw}" if name else raw, at, alone.mark)
        elif block.kind is Kind.TABLE and block.rows[0].cells:
            _columns(block, part, seen, place)
        else:
            leave(block, seen, place)


def _columns(block: Block, part: Part, seen: Seen, place: str) -> None:
    """Read the accounts of one entry, a column each."""
    columns: list[Piece] = []
    for raw in block.rows[0].cells[1:]:
        teller, mark = seen.bare(raw, place, block.line)
        fields = dict.fromkeys(_TOLD.values(), "") | {"teller": teller}
        columns.append(Piece(Account, fields, block.line, mark, part.name))
    seen.pieces += columns
    for row in block.rows[1:]:
        name = line(row.cells[0]).casefold()
        for piece, raw in zip(columns, row.cells[1:], strict=False):
            if name in _TOLD:
                piece.fields[_TOLD[name]] = seen.bare(raw, place, row.line)[0]
            else:
                seen.leave(place, f"{line(row.cells[0])}: {raw}" if raw else "", row.line, piece.mark)
