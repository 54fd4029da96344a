"""What is common to the sections of a document: text of several blocks, figures, and what belongs to no field."""

from collections.abc import Iterator, Sequence

from facilitator.documents.roundtrip.blocks import Block, Kind
from facilitator.documents.roundtrip.parts import Part
from facilitator.documents.roundtrip.seen import Seen


def text_of(found: Sequence[Block], seen: Seen, place: str) -> str:
    """Return blocks as the Markdown of one field, without comments."""
    said = [seen.bare(each.source, place, each.line)[0] for each in found if not is_figure(each, seen, place)]
    return "\n\n".join(each for each in said if each)


def is_figure(block: Block, seen: Seen, place: str) -> bool:
    """Tell whether a block is a figure, and note it as such."""
    is_diagram = block.kind is Kind.CODE and block.source.startswith(("```mermaid", "~~~mermaid"))
    is_picture = block.kind is Kind.PARAGRAPH and block.raw.startswith("![") and block.raw.endswith(".svg)")
    if is_diagram or is_picture:
        seen.leave(place, block.source, block.line, made=True)
    return is_diagram or is_picture


def leave_parts(part: Part, seen: Seen) -> None:
    """Note the parts in a part where there are none."""
    for each in part.parts:
        leave_part(part.name, each, seen)


def leave(block: Block, seen: Seen, place: str) -> None:
    """Note a block that belongs to no field; a figure as such."""
    if not is_figure(block, seen, place):
        seen.leave(place, block.source, block.line)


def leave_part(place: str, part: Part, seen: Seen) -> None:
    """Note a part that belongs nowhere, with its heading."""
    seen.leave(f"{place}, {part.name}" if place else part.name, part.source, part.heading.line if part.heading else 1)


def items(part: Part, seen: Seen) -> Iterator[Sequence[Block]]:
    """Yield the items of the lists of a part; what else is in it belongs nowhere."""
    for block in part.blocks:
        if block.kind is Kind.LIST:
            yield from filter(None, block.items)
        else:
            leave(block, seen, part.name)


def tables(part: Part, seen: Seen) -> Iterator[Block]:
    """Yield the tables of a part; what else is in it belongs nowhere."""
    for block in part.blocks:
        if block.kind is Kind.TABLE:
            yield block
        else:
            leave(block, seen, part.name)


def leave_as_made(part: Part, seen: Seen) -> None:
    """Note all of a part as something that the document makes of other things."""
    for block in part.blocks:
        if block.kind is Kind.LIST:
            for item in filter(None, block.items):
                seen.leave(part.name, "\n\n".join(each.source for each in item), item[0].line, made=True)
        elif not is_figure(block, seen, part.name):
            seen.leave(part.name, block.source, block.line, made=True)
    leave_parts(part, seen)
