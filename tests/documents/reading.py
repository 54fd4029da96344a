"""Reads Markdown back the way a renderer does, for the tests of the documents."""

from collections.abc import Iterator

import msgspec
from markdown_it import MarkdownIt
from markdown_it.token import Token

RENDERERS: dict[str, MarkdownIt] = {
    "commonmark": MarkdownIt("commonmark").enable("table"),
    "gfm": MarkdownIt("gfm-like", {"linkify": False}),
}
"""The two readers that a document must mean the same to."""

STRUCTURE = {
    "heading_open",
    "paragraph_open",
    "bullet_list_open",
    "ordered_list_open",
    "list_item_open",
    "table_open",
    "tr_open",
    "td_open",
    "th_open",
}
INLINE = {
    "text",
    "softbreak",
    "hardbreak",
    "strong_open",
    "strong_close",
    "em_open",
    "em_close",
    "link_open",
    "link_close",
}
"""What a document is made of. Code, quotations, rules, images and HTML are never in it."""


class Page(msgspec.Struct, frozen=True):
    """What a reader sees: the kinds of blocks in order, the visible text of each line of text, and where links lead."""

    skeleton: list[str]
    texts: list[str]
    links: list[str]
    kinds: set[str]


def read(markdown: str, renderer: str = "commonmark") -> Page:
    tokens = RENDERERS[renderer].parse(markdown)
    leaves = [token for token in tokens if token.type == "inline"]
    children = [child for leaf in leaves for child in leaf.children or ()]
    return Page(
        skeleton=[f"{token.type} {token.tag}" for token in tokens],
        texts=[visible(leaf) for leaf in leaves],
        links=[str(child.attrs["href"]) for child in children if child.type == "link_open"],
        kinds={token.type for token in tokens if token.nesting >= 0 and token.type != "inline"}
        | {child.type for child in children},
    )


def visible(inline: Token) -> str:
    """Return what a reader sees of one line of text, with a newline for every break."""
    shown = "".join("\n" if child.type.endswith("break") else child.content for child in inline.children or ())
    return "\n".join(line.rstrip() for line in shown.split("\n"))


def headings(markdown: str) -> list[str]:
    """Return the headings with their marks: "## Timeline"."""
    tokens = RENDERERS["commonmark"].parse(markdown)
    return [
        f"{'#' * int(token.tag[1:])} {visible(tokens[number + 1])}"
        for number, token in enumerate(tokens)
        if token.type == "heading_open"
    ]


def tables(markdown: str) -> list[list[list[str]]]:
    """Return every table as rows of the visible texts of their cells."""
    found: list[list[list[str]]] = []
    cell = False
    for token in RENDERERS["commonmark"].parse(markdown):
        if token.type == "table_open":
            found.append([])
        elif token.type == "tr_open":
            found[-1].append([])
        elif token.type in ("th_open", "td_open"):
            cell = True
        elif token.type == "inline" and cell:
            found[-1][-1].append(visible(token))
            cell = False
    return found


def items(markdown: str) -> list[tuple[int, str]]:
    """Return the first line of text of every list item, with how deep its list lies in others."""
    return list(_items(RENDERERS["commonmark"].parse(markdown)))


def part(markdown: str, heading: str) -> str:
    """Return what stands below a heading, up to the next one of its level or above."""
    level = heading.split(" ", 1)[0]
    lines = markdown.split("\n")
    begin = lines.index(heading) + 1
    ends = (number for number in range(begin, len(lines)) if _ends(lines[number], level))
    return "\n".join(lines[begin : next(ends, len(lines))]).strip()


def _ends(line: str, level: str) -> bool:
    marks = line.split(" ", 1)[0]
    return bool(marks) and set(marks) == {"#"} and len(marks) <= len(level)


def _items(tokens: list[Token]) -> Iterator[tuple[int, str]]:
    depth, fresh = 0, False
    for token in tokens:
        if token.type in ("bullet_list_open", "ordered_list_open"):
            depth += 1
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            depth -= 1
        elif token.type == "list_item_open":
            fresh = True
        elif token.type == "inline" and fresh:
            yield depth, visible(token)
            fresh = False
