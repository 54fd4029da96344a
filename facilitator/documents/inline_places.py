"""The words of inline Markdown, and where each of them stands: marks of emphasis and link targets are left out."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

_TIME_OF_DAY = re.compile(r"\s*\W{0,3}\d{1,2}:\d{2}")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_STEPS = "facilitator.steps"


class Piece(NamedTuple):
    """Some words: their text, where they begin in the Markdown, and how many characters they take there.

    The text stands there as it is when `length` is its length; otherwise it stands for something, such as an entity.
    `code` is whether it is code, with its marks; `strong` whether it is printed bold.
    """

    text: str
    start: int
    length: int
    strong: bool = False
    code: bool = False


@lru_cache(maxsize=1)
def parser() -> "MarkdownIt":
    """Return the Markdown parser: CommonMark, tables and struck-out words; blocks only, `pieces` reads what is in them.

    It is made once, and keeps nothing of what it reads.
    """
    from markdown_it import MarkdownIt

    markdown = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    markdown.core.ruler.disable(["inline", "text_join"], ignoreInvalid=True)
    markdown.inline.ruler2.disable("fragments_join", ignoreInvalid=True)  # it would hide where words begin
    markdown.inline.ruler.before("text", "note_step", _note_step)
    return markdown


def pieces(source: str, references: dict[str, object]) -> list[Piece]:
    """Return the words of inline Markdown in their order.

    `references` is the environment that the blocks were parsed with: what the links by reference lead to. Line breaks
    become spaces, except before a time of day, where something new begins. Pictures, HTML and addresses that stand
    alone are left out.
    """
    steps: dict[int, list[tuple[int, int]]] = {}
    tokens: list[Token] = []
    markdown = parser()
    markdown.inline.parse(source, markdown, {**references, _STEPS: steps}, tokens)
    return _read(source, tokens, _beginnings(steps.get(id(tokens), []), len(tokens)))


def _note_step(state: "StateInline", silent: object) -> bool:
    """Note how many tokens there are at each place where the parser begins to look for one. It matches nothing."""
    if not silent and _STEPS in state.env:
        state.env[_STEPS].setdefault(id(state.tokens), []).append((state.pos, len(state.tokens)))
    return False


def _beginnings(steps: Sequence[tuple[int, int]], number: int) -> list[int]:
    """Return for each token the place of the step in which it was begun.

    Words wait until something else begins, and become a token then. So token n begins in the first step that sees n
    tokens; what else a step makes begins in that step.
    """
    places = [0] * number
    before = -1
    for (position, first), (_, following) in zip(steps, (*steps[1:], (0, number)), strict=True):
        if first != before and first < number:
            places[first] = position
        places[first + 1 : following] = [position] * len(places[first + 1 : following])
        before = first
    return places


def _read(source: str, tokens: Sequence["Token"], places: Sequence[int]) -> list[Piece]:
    found: list[Piece] = []
    end = strong = alone = 0
    for token, place in zip(tokens, places, strict=True):
        strong += token.nesting if token.tag == "strong" else 0
        alone += token.nesting if token.markup == "autolink" else 0
        piece = None if alone else _piece(source, token, max(place, end), strong=bool(strong))
        if piece is not None:
            end = piece.start + piece.length
            found.append(piece)
    return found


def _piece(source: str, token: "Token", place: int, *, strong: bool) -> Piece | None:
    """Return the words of a token that begins at or after a place, or None when it has none."""
    if token.type in ("text", "text_special"):
        written = token.content if token.type == "text" else token.markup
        start = source.find(written, place)
        return Piece(token.content, start, len(written), strong) if written and start >= 0 else None
    if token.type == "code_inline":
        start = source.find(token.markup, place)
        inside = start + len(token.markup) + len(token.content)
        end = source.find(token.markup, inside) + len(token.markup)  # a space at both ends is not in the content
        return Piece(source[start:end].replace("\n", " "), start, end - start, strong, code=True)
    if token.type in ("softbreak", "hardbreak"):
        start = source.find("\n", place)
        new = token.type == "hardbreak" or _TIME_OF_DAY.match(source, start + 1)
        return Piece("\n" if new else " ", start, 1)
    if token.type == "html_inline" and _BREAK.fullmatch(token.content):
        return Piece("\n", place, len(token.content))
    return None
