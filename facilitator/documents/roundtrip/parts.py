"""The parts of a document by their headings, also where somebody named one a little otherwise."""

from collections import Counter
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from difflib import get_close_matches

from facilitator.documents.roundtrip.blocks import Block, Kind
from facilitator.documents.roundtrip.words import line

TOP = ""
"""The part above the first heading of a section."""


@dataclass(slots=True)
class Part:
    """A part: the name that it has in a document of ours, or what its heading says, its blocks, and parts in it."""

    name: str
    heading: Block | None = None
    blocks: list[Block] = field(default_factory=list)
    parts: list["Part"] = field(default_factory=list)

    @property
    def source(self) -> str:
        """The Markdown of all of it, with its heading."""
        own = [self.heading.source] if self.heading is not None else []
        return "\n\n".join((*own, *(each.source for each in self.blocks), *(each.source for each in self.parts)))


def divided(blocks: Sequence[Block], known: Iterable[str]) -> tuple[list[Block], list[Part]]:
    """Return the titles of a document, and its parts; a heading below the third level is a block like others.

    Where the `known` parts are deeper, because it stands below a heading of somebody, all of its headings are.
    """
    deeper = _deeper(blocks, {each.casefold() for each in known})
    titles: list[Block] = []
    parts = [Part(TOP)]
    here = parts[0]
    for block in blocks:
        level = block.level - deeper
        if block.kind is not Kind.HEADING or level > 3:
            here.blocks.append(block)
        elif level == 1:
            titles.append(block)
            here = Part(TOP)
            parts.append(here)
        elif level < 3:
            here = Part(_name(block), block)
            parts.append(here)
        else:
            here = Part(_name(block), block)
            parts[-1].parts.append(here)
    return titles, parts


def _deeper(blocks: Sequence[Block], known: AbstractSet[str]) -> int:
    """Return by how many levels most of the known parts are deeper than in a document of ours."""
    levels = Counter(each.level for each in blocks if each.kind is Kind.HEADING and _name(each).casefold() in known)
    return max(levels.most_common(1)[0][0] - 2, 0) if levels else 0


def renamed(parts: Sequence[Part], expected: Sequence[str], known: Sequence[str]) -> list[str]:
    """Give parts the names that they have in a document of ours, and return what is to be said about that.

    `expected` are the names that should be there, in their order, and `known` all that may be. A part with an unknown
    name is one that is missing, if the names are much alike, or if there is no other to be in this place.
    """
    by_name = {each.casefold(): each for each in known}
    for part in parts:
        part.name = by_name.get(part.name.casefold(), part.name)
    notes = []
    missing = [each for each in expected if each not in {part.name for part in parts}]
    for number, part in enumerate(parts):
        if part.name in known or not missing or part.heading is None:
            continue
        found = get_close_matches(part.name, missing, n=1, cutoff=0.8) or _alone_between(parts, number, expected)
        if found and found[0] in missing:
            notes.append(f"the heading '{part.name}' was read as '{found[0]}'")
            part.name = found[0]
            missing.remove(found[0])
    return notes


def _alone_between(parts: Sequence[Part], number: int, expected: Sequence[str]) -> list[str]:
    """Return the one expected name that belongs between the neighbours of a part, if it is one."""
    before = next((part.name for part in parts[number - 1 :: -1] if part.name in expected), None) if number else None
    after = next((part.name for part in parts[number + 1 :] if part.name in expected), None)
    if number + 1 < len(parts) and parts[number + 1].name not in expected:
        return []
    if number and parts[number - 1].name not in expected and parts[number - 1].heading is not None:
        return []
    first = expected.index(before) + 1 if before is not None else 0
    last = expected.index(after) if after is not None else len(expected)
    between = expected[first:last]
    return [*between] if len(between) == 1 else []


def _name(block: Block) -> str:
    text = block.raw
    if "<!--" in text:
        text = text[: text.index("<!--")]
    return line(text).rstrip(":").strip()
