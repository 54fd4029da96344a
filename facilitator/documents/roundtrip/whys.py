"""The whys in a document, read into pieces: effects, and below each the chain of answers."""

from collections.abc import Sequence

from facilitator.documents.roundtrip.blocks import Block, Kind
from facilitator.documents.roundtrip.seen import Piece, Seen
from facilitator.documents.roundtrip.tables import first_line, label, remarks
from facilitator.model.session import Join, Why

_JOINS = {"all of these together": str(Join.AND), "several answers": str(Join.OR)}
_CONTINUED = "continued below as branch "


def whys(found: Sequence[Block], seen: Seen, place: str) -> list[Block]:
    """Read the trees of whys, and return the blocks that are no part of them."""
    reader = _Reader(seen, place)
    return [block for block in found if not reader.read(block)]


class _Reader:
    def __init__(self, seen: Seen, place: str) -> None:
        self._seen, self._place = seen, place
        self._here: Piece | None = None
        self._later: dict[str, Piece] = {}

    def read(self, block: Block) -> bool:
        """Read a block, and tell whether it is a part of the trees."""
        if block.kind is Kind.PARAGRAPH:
            name, _ = label(block.raw)
            if name.casefold() == "effect":
                self._here = self._node([block], None)
                return True
            if name.casefold().startswith("branch "):
                self._here = self._later.get(name.casefold().removeprefix("branch "), self._here)
                self._seen.leave(self._place, block.source, block.line, made=True)
                return True
            return False
        if block.kind is Kind.LIST:
            self._list(block, self._here)
            return True
        return False

    def _list(self, block: Block, parent: Piece | None) -> None:
        for item in filter(None, block.items):
            words = item[0].raw if item[0].kind is Kind.PARAGRAPH else ""
            name, rest = label(words)
            join = _JOINS.get(rest.rstrip(": ").casefold()) if name.casefold() == "why?" else None
            if join is not None and parent is not None:
                parent.fields["join"] = join
                node: Piece | None = parent
                others = item[1:]
            else:
                node = self._node(item, parent)
                others = item[1:]
            for each in others:
                if each.kind is Kind.LIST:
                    self._list(each, node)
            if block.ordered:
                parent = node

    def _node(self, item: Sequence[Block], parent: Piece | None) -> Piece:
        own = [each for each in item if each.kind is not Kind.LIST]
        text, mark, below, at = first_line(own, self._seen, self._place) if own else ("", "", "", item[0].line)
        if label(text)[0].casefold() in ("effect", "why?"):
            text = label(text)[1]
        text, said = remarks(text)
        evidence, below = _evidence(below)
        fields = {"text": text, "evidence": evidence}
        node = Piece(Why, fields, at, mark, parent=parent)
        kept = []
        for remark in filter(None, said.split("; ")):
            if remark.startswith(_CONTINUED):
                self._later[remark.removeprefix(_CONTINUED)] = node
            else:
                kept.append(remark)
        fields["remarks"] = "; ".join(kept)
        self._seen.pieces.append(node)
        self._seen.leave(self._place, below, at, mark)
        return node


def _evidence(below: str) -> tuple[str, str]:
    """Return the evidence that stands below an answer, and what else does."""
    for sign in ("*Evidence:*", "_Evidence:_"):
        if below.startswith(sign):
            evidence, _, rest = below.removeprefix(sign).partition("\n\n")
            return evidence.strip(), rest
    return "", below
