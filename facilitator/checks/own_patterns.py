"""Patterns of a team's own, such as "CUST-[0-9]+": read so that none of them can take more than linear time.

Python's expressions may try a number of ways that grows with a power of the length of the text, or doubles with every
character. So a pattern is taken to pieces, what repeats without end repeats so often at most, and a pattern in which
several repeats can divide the same characters between them in many ways is refused.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from math import prod
from typing import NamedTuple

LONGEST_PATTERN = 200
"""How many characters a pattern has at most."""

MOST_REPEATS = 64
"""How often what repeats without end does so at most."""

_MOST_WAYS = 64
_MOST_OF_A_GROUP = 20
_DEEPEST = 10
_SAMPLE = "".join(map(chr, range(128))) + "éßЖ中٣€\u2028"
_SIMPLE_ESCAPES = frozenset("dDwWsStnrfv")
_NOWHERE = frozenset("bB")
_QUANTIFIER = re.compile(r"(?:([*+?])|\{(\d{1,4})\}|\{(\d{0,4}),(\d{0,4})\})([?+]?)")
_CLASS = re.compile(r"\[\^?(?:\\[^\n]|\])?(?:\\[^\n]|[^\]\\\n])*\]")
_UNUSUAL = re.compile(r"(?<!^)\[|--|&&|\|\||~~")


class PatternError(ValueError):
    """A pattern that is no expression, or could take for ever; the message says which part, and what to write."""


class _Piece(NamedTuple):
    """A part of a pattern: its expression, which characters it can take, whether it may be nothing, in how many ways.

    `spread` is how many lengths it has beyond one, as a repeat has.
    """

    source: str
    takes: frozenset[str]
    empty: bool
    ways: int
    spread: int


@lru_cache(maxsize=256)
def own_pattern(pattern: str) -> re.Pattern[str]:
    """Return a pattern as an expression that takes linear time; "(?i)" before it leaves case out of account.

    Raises PatternError for one that is no expression, fits where there is nothing, or could take longer.
    """
    if len(pattern) > LONGEST_PATTERN:
        raise PatternError(f"has {len(pattern)} characters; {LONGEST_PATTERN} at most")
    body = pattern.removeprefix("(?i)")
    flags = re.IGNORECASE if body != pattern else re.NOFLAG
    try:
        found = re.compile(_Reader(body, flags).whole().source, flags)
    except (re.error, OverflowError) as error:
        raise PatternError(f"is no regular expression: {error}") from error
    if found.search("") is not None:
        raise PatternError("fits where there is nothing; name at least one character that must be there")
    return found


class _Reader:
    """Takes a pattern to pieces, from left to right."""

    def __init__(self, pattern: str, flags: re.RegexFlag) -> None:
        self._pattern = pattern
        self._flags = flags
        self._at = 0

    def whole(self) -> _Piece:
        """Return the whole pattern. Raises PatternError and re.error."""
        piece = self._alternatives(0)
        if self._at < len(self._pattern):
            raise PatternError("is no regular expression: a ')' without its '('")
        return piece

    def _alternatives(self, depth: int) -> _Piece:
        """Return what stands up to the end, or the bracket that closes a group."""
        if depth > _DEEPEST:
            raise PatternError("has too many brackets within each other")
        ways = [self._sequence(depth)]
        while self._takes("|"):
            ways.append(self._sequence(depth))
        return _Piece(
            "|".join(each.source for each in ways),
            frozenset().union(*(each.takes for each in ways)),
            any(each.empty for each in ways),
            sum(each.ways for each in ways),
            max(each.spread for each in ways),
        )

    def _sequence(self, depth: int) -> _Piece:
        pieces: list[_Piece] = []
        while self._at < len(self._pattern) and self._pattern[self._at] not in "|)":
            pieces.append(self._repeated(self._atom(depth)))
        ways = prod(
            piece.ways * (piece.spread + 1 if _is_open(piece, pieces[number:]) else 1)
            for number, piece in enumerate(pieces, 1)
        )
        if ways > _MOST_WAYS:
            raise PatternError(
                "could take for ever: parts that repeat and can take the same characters follow each other, "
                "as in '[a-z]+[a-z0-9]+'; write how often, as in '[a-z]{2}[a-z0-9]+', or something fixed between them"
            )
        return _Piece(
            "".join(piece.source for piece in pieces),
            frozenset().union(*(piece.takes for piece in pieces)),
            all(piece.empty for piece in pieces),
            ways,
            _spread_at_the_end(pieces),
        )

    def _atom(self, depth: int) -> _Piece:
        begin, sign = self._at, self._pattern[self._at]
        if sign == "(":
            return self._group(depth)
        if sign == "[":
            found = _CLASS.match(self._pattern, begin)
            if found is None:
                raise PatternError("is no regular expression: a '[' without its ']'")
            if _UNUSUAL.search(found[0]):
                raise PatternError("has an unusual set of characters; put '\\' before '[' and '-' in it")
            self._at = found.end()
        elif sign == "\\":
            self._escape()
        elif sign in "^$":
            self._at += 1
            return _Piece(sign, frozenset(), empty=True, ways=1, spread=0)
        else:
            self._at += 1
        source = self._pattern[begin : self._at]
        if len(source) == 1 and source not in ".*+?":
            source = re.escape(source)
        if source in (r"\b", r"\B"):
            return _Piece(source, frozenset(), empty=True, ways=1, spread=0)
        one = re.compile(source, self._flags)
        return _Piece(source, frozenset(filter(one.fullmatch, _SAMPLE)), empty=False, ways=1, spread=0)

    def _escape(self) -> None:
        sign = self._pattern[self._at + 1 : self._at + 2]
        if not sign:
            raise PatternError("is no regular expression: nothing follows the last '\\'")
        if sign.isascii() and sign.isalnum() and sign not in _SIMPLE_ESCAPES | _NOWHERE:
            raise PatternError(f"has '\\{sign}', which is not known here; \\d, \\w, \\s and \\b are")
        self._at += 2

    def _group(self, depth: int) -> _Piece:
        self._at += 1
        if self._takes("?") and not self._takes(":"):
            raise PatternError("begins a bracket with '(?'; only '(?:', and '(?i)' before all else, are known")
        inside = self._alternatives(depth + 1)
        if not self._takes(")"):
            raise PatternError("is no regular expression: a '(' without its ')'")
        return inside._replace(source=f"(?:{inside.source})")

    def _repeated(self, piece: _Piece) -> _Piece:
        found = _QUANTIFIER.match(self._pattern, self._at)
        if found is None:
            return piece
        self._at = found.end()
        least, most = _times(found)
        if _QUANTIFIER.match(self._pattern, self._at):
            raise PatternError("is no regular expression: it says twice how often something repeats")
        if piece.source.startswith("(?:") and most > 1:
            self._check_group(piece, least, most)
        most = max(least, min(most, MOST_REPEATS))
        source = f"{piece.source}{{{least},{most}}}{found[5].replace('+', '')}"
        return _Piece(source, piece.takes, piece.empty or least == 0, piece.ways, max(piece.spread, most - least))

    def _check_group(self, piece: _Piece, least: int, most: int) -> None:
        if least != most or most > _MOST_OF_A_GROUP or piece.ways > 1 or piece.spread or piece.empty:
            raise PatternError(
                "could take for ever: a bracket that repeats; write how often it does, as in '([0-9]{4} ){3}', with "
                "nothing in it that repeats by itself"
            )

    def _takes(self, sign: str) -> bool:
        if self._pattern[self._at : self._at + 1] != sign:
            return False
        self._at += 1
        return True


def _times(quantifier: re.Match[str]) -> tuple[int, int]:
    """Return how often something is there at least and at most."""
    sign, exactly, first, last = quantifier[1], quantifier[2], quantifier[3], quantifier[4]
    if sign:
        return {"*": (0, MOST_REPEATS), "+": (1, MOST_REPEATS), "?": (0, 1)}[sign]
    least = int(exactly or first or 0)
    if least > MOST_REPEATS:
        raise PatternError(f"repeats something {least} times; {MOST_REPEATS} at most")
    if exactly:
        return least, least
    if last and int(last) < least:
        raise PatternError(f"is no regular expression: at least {least} and at most {int(last)} times")
    return least, int(last) if last else MOST_REPEATS


def _spread_at_the_end(pieces: list[_Piece]) -> int:
    """Return how many lengths there are, beyond one, of the pieces after which nothing must follow."""
    lengths = 1
    for piece in reversed(pieces):
        lengths *= piece.spread + 1
        if not piece.empty:
            break
    return lengths - 1


def _is_open(piece: _Piece, after: list[_Piece]) -> bool:
    """Tell whether a piece that repeats may end at several places, because what follows can take its characters."""
    if not piece.spread:
        return False
    for following in after:
        if following.takes & piece.takes:
            return True
        if not following.empty:
            return False
    return False


def own_patterns(patterns: tuple[str, ...]) -> Iterator[re.Pattern[str]]:
    """Return those of the patterns that can be used."""
    for pattern in patterns:
        try:
            yield own_pattern(pattern)
        except PatternError:
            continue
