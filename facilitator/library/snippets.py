"""Snippets: where in a session a query is met, with the item, a stretch of its text and the places of the words."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

import msgspec

from facilitator.library.expressions import Dates, Expression, PendingActions, Query, Value, Words, leaves
from facilitator.library.facts import CLOSED, born
from facilitator.library.texts import WEIGHTS, Piece, placed_pieces
from facilitator.library.words import folded, placed_words
from facilitator.model.session import Action, Session

WIDTH = 120
"""About how many characters of a text a snippet shows."""

_DOTS = "…"
_SPACE = re.compile(r"\s")


class Snippet(msgspec.Struct, frozen=True):
    """A stretch of a text in which a query is met.

    `kind` says what it is from ("title", "entry", "factor", "action" ...), `item` is the id of the item, or empty for
    the session itself. `marks` are the places of the words in `text`, each from a character up to another.
    """

    kind: str
    item: str
    text: str
    marks: tuple[tuple[int, int], ...] = ()


class _Match(NamedTuple):
    piece: Piece
    marks: tuple[tuple[int, int], ...]
    phrases: frozenset[Words]
    weight: float


def snippets(query: Query, session: Session, most: int = 3) -> tuple[Snippet, ...]:
    """Return where the session meets the query, the places that tell most first, none when there are no words in it.

    Each word that is searched is shown before one is shown again. Actions that `pending:` or `owner:` ask for are
    shown too.
    """
    matches = sorted(_matches(query.phrases, session), key=lambda each: (-len(each.phrases), -each.weight))
    chosen: list[_Match] = []
    shown: set[Words] = set()
    for match in matches:
        if len(chosen) < most and not match.phrases <= shown:
            chosen.append(match)
            shown |= match.phrases
    chosen += [match for match in matches if match not in chosen][: most - len(chosen)]
    found = [_cut(match) for match in chosen]
    told = {each.item for each in found}
    found += [_whole(action) for action in _asked(query, session) if action.id not in told]
    return tuple(found[:most])


def shows(query: Query) -> bool:
    """Tell whether a session that meets a query has snippets: otherwise it need not be read."""
    return bool(query.phrases or _wanted(query))


def _matches(phrases: Sequence[Words], session: Session) -> Iterator[_Match]:
    if not phrases:
        return
    every = list(placed_pieces(session))
    texts = _Texts([piece.text for _, piece in every])
    met: dict[int, list[tuple[Words, tuple[int, int]]]] = {}
    for phrase in phrases:
        for place, mark in texts.places(phrase):
            met.setdefault(place, []).append((phrase, mark))
    for place, found in sorted(met.items()):
        column, piece = every[place]
        marks = _merged(sorted({mark for _, mark in found}))
        yield _Match(piece, marks, frozenset(phrase for phrase, _ in found), WEIGHTS[column])


class _Texts:
    """The texts of a session. Those that are ASCII are searched all at once, which takes a tenth of the time."""

    def __init__(self, texts: list[str]) -> None:
        self._others = [(place, text) for place, text in enumerate(texts) if not text.isascii()]
        plain = [text if text.isascii() else "" for text in texts] if self._others else texts
        self._joined = "\0".join(plain).lower()
        self._starts = list(accumulate((len(text) + 1 for text in plain), initial=0))

    def places(self, phrase: Words) -> Iterator[tuple[int, tuple[int, int]]]:
        """Yield where a phrase stands: the place of the text, and that of the phrase in it."""
        for match in _pattern(phrase).finditer(self._joined):
            start, end = match.span()
            if not start or not self._joined[start - 1].isalnum():
                place = bisect_right(self._starts, start) - 1
                yield place, (start - self._starts[place], end - self._starts[place])
        for place, text in self._others:
            for mark in _places(phrase, text):
                yield place, mark


@lru_cache(maxsize=256)
def _pattern(phrase: Words) -> re.Pattern[str]:
    """Return what a phrase looks like in small letters of ASCII, but for what stands before it."""
    ending = "[0-9a-z]*" if phrase.prefix else "(?![0-9a-z])"
    return re.compile(r"[^0-9a-z\0]+".join(map(re.escape, phrase.words)) + ending)


def _places(phrase: Words, text: str) -> list[tuple[int, int]]:
    """Return where a phrase stands in any text."""
    placed = [(word, run.start, run.end) for run in placed_words(text) for word in run.words]
    size = len(phrase.words)
    *first, last = phrase.words
    found = []
    for start in range(len(placed) - size + 1):
        *before, end = [word for word, _, _ in placed[start : start + size]]
        if before == first and (end.startswith(last) if phrase.prefix else end == last):
            found.append((placed[start][1], placed[start + size - 1][2]))
    return found


def _merged(marks: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    found: list[tuple[int, int]] = []
    for start, end in marks:
        if found and start < found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return tuple(found)


def _cut(match: _Match) -> Snippet:
    """Return a stretch of a text around the first place, between words, in one line."""
    text = match.piece.text
    start, end = 0, len(text)
    if len(text) > WIDTH:
        start = max(0, match.marks[0][0] - WIDTH // 3)
        end = min(len(text), max(start + WIDTH, min(match.marks[0][1], start + 2 * WIDTH)))
        start = text.rfind(" ", 0, start) + 1 if start and " " in text[max(0, start - 30) : start] else start
        space = text.find(" ", end, end + 30)
        end = space if space >= 0 else end
    before, after = _DOTS if start else "", _DOTS if end < len(text) else ""
    # A tab or the end of a line takes one character as a space does, so that places stay what they are.
    stretch = _SPACE.sub(" ", text[start:end])
    shift = len(before) - start
    marks = tuple((one + shift, min(other, end) + shift) for one, other in match.marks if start <= one < end)
    return Snippet(match.piece.kind, match.piece.item, f"{before}{stretch}{after}", marks)


def _whole(action: Action) -> Snippet:
    text = " ".join(action.text.split())
    return Snippet("action", action.id, text if len(text) <= WIDTH else f"{text[:WIDTH].rstrip()}{_DOTS}")


def _asked(query: Query, session: Session) -> Iterator[Action]:
    """Yield the actions for which conditions ask."""
    wanted = _wanted(query)
    for action in session.actions:
        if any(_is_asked(each, action, session) for each in wanted):
            yield action


def _wanted(query: Query) -> list[Expression]:
    return [each for each in leaves(query.where) if isinstance(each, PendingActions) or _of_owner(each)]


def _of_owner(where: Expression) -> bool:
    return isinstance(where, Value) and (where.field == "owner" or (where.field, where.value) == ("has", "pending"))


def _is_asked(where: Expression, action: Action, session: Session) -> bool:
    if isinstance(where, Value) and where.field == "owner":
        owner = folded(action.owner)
        return owner.startswith(where.value) if where.prefix else owner == where.value
    if action.status in CLOSED:
        return False
    if not isinstance(where, PendingActions):
        return True
    day = born(action, session) if where.of is Dates.BORN else action.due
    return day is not None and (where.first is None or where.first <= day) and (where.last is None or day <= where.last)
