"""The sections of a page: parted by their headings, named so that links lead to them, written as HTML."""

import re
from collections.abc import Callable, Collection, Sequence

from facilitator.documents.page.blocks import Block, Heading, plain
from facilitator.documents.page.html import line_html, page_html


def parted(blocks: Sequence[Block], level: int) -> list[list[Block]]:
    """Part blocks before every heading of a level; the first part has what stands before all of them."""
    found: list[list[Block]] = [[]]
    for block in blocks:
        if isinstance(block, Heading) and block.level == level:
            found.append([])
        found[-1].append(block)
    return found


def headed(blocks: Sequence[Block]) -> str:
    """Return the heading that blocks begin with, or nothing."""
    return plain(blocks[0].line) if blocks and isinstance(blocks[0], Heading) else ""


def anchors(sections: Sequence[Sequence[Block]], taken: Collection[str] = ()) -> list[str]:
    """Return a name for each section, to lead there, no two the same: its heading in small letters, none `taken`."""
    found: list[str] = []
    for blocks in sections:
        name = re.sub("[^a-z0-9]+", "-", headed(blocks).lower()).strip("-") or "section"
        found.append(f"{name}-{len(found) + 1}" if name in found or name in taken else name)
    return found


def section_html(anchor: str, blocks: Sequence[Block], picture: Callable[[str], str]) -> str:
    """Return a section of the second level, from its heading on, as HTML; `picture` writes a figure by name."""
    first, *parts = parted(blocks[1:], 3)
    heading = blocks[0]
    shown = line_html(heading.line) if isinstance(heading, Heading) else ""
    inside = [page_html(first, headed(blocks), picture)]
    inside += [f"<section>\n{page_html(part, headed(part), picture)}\n</section>" for part in parts]
    body = "\n".join(text for text in inside if text)
    return f'<section aria-labelledby="{anchor}">\n<h2 id="{anchor}">{shown}</h2>\n{body}\n</section>'
