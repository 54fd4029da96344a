"""Where one comment of a reviewer ends and the next one begins, in what they wrote below each other."""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from facilitator.intake.marks import OF_MAIL
from facilitator.intake.witness.text import Line as Plain
from facilitator.intake.witness.text import blocks
from facilitator.model.text import one_line
from facilitator.review.form_lines import SESSION, Line, Said

_TO = re.compile(
    r"\s*(?P<bullet>[-*+•]\s+)?\*{0,2}"
    r"(?:\\?\[(?P<a>\d{1,6})\\?\]\*{0,2}[:.,)]?|#(?P<b>\d{1,6})\b[:.,)]?|(?P<c>\d{1,6}):(?=\s)"
    r"|(?P<name>[A-Z]\d{1,4})(?:\*\*:|:\*{0,2})(?=\s))\s*"
)
_BULLET = re.compile(r"\s*(?:\\?[-*+]|[•·▪◦‣–—]|(?P<number>\d{1,3})[.)]|(?=\[[ xX]\]\s))(?:\s*$|\s+|(?=\[))")
_BOX = re.compile(r"\[[ xX]\]\s+(?=\S)")
_DEEPER = 2
"""By how many columns a list within an item stands further to the right."""


class Part(NamedTuple):
    """The lines of one comment, and the number of what it is about."""

    place: int
    lines: list[Line]


class _Item(NamedTuple):
    """The beginning of an item of a list: its column, its number if it has one, and its words."""

    column: int
    number: int | None
    words: str


class _List(NamedTuple):
    """A list that one is in: the column of its first item, the number of its latest, and what it is about."""

    column: int
    number: int | None
    place: int


def divided(said: Said, places: Mapping[int, str], names: Mapping[str, int]) -> list[Part]:
    """Return the comments in lines that stand below each other.

    A line that begins with a number, or with one of the `names` of items and a colon, begins a comment on that, up to
    an empty line. Each item of a list is a comment; the items within it are a part of it, and an introduction that ends
    in a colon is one of each. What stands before a list and behind it are comments too.
    """
    dividing = _Dividing(said.place, places, names)
    of_mail = _of_mail(said.lines) if said.place == SESSION else frozenset()
    for line in said.lines:
        if line.number not in of_mail:
            dividing.take(line)
    return dividing.done()


class _Dividing:
    """The way through the lines that stand at a place: the comment that one is in, and the list."""

    def __init__(self, home: int, places: Mapping[int, str], names: Mapping[str, int]) -> None:
        self._home, self._places, self._names = home, places, names
        self._place = home
        self._parts: list[Part] = []
        self._lines: list[Line] = []
        self._introduction: list[Line] = []
        self._list: _List | None = None
        self._gap = False

    def take(self, line: Line) -> None:
        """Go on with the next line."""
        if not line.text.strip():
            self._pause(line)
            return
        item = _item(line.text, self._list)
        to = _TO.match(line.text)
        number = self._number(to) if to is not None else None
        if to is not None and number is not None:
            self._close()
            self._place, self._lines = number, [Line(line.number, line.text[to.end() :])]
            if item is None or to["bullet"] is None:
                self._list = None
            elif self._list is None:
                self._list = _List(item.column, None, self._home)
        elif item is not None:
            self._begin(item, line)
        elif self._list is not None and self._gap and _column(line.text) <= self._list.column:
            self._close()
            self._place, self._list, self._lines = self._home, None, [line]
        else:
            self._lines.append(line)
        self._gap = False

    def done(self) -> list[Part]:
        """Return the comments."""
        self._close()
        return self._parts

    def _number(self, to: re.Match[str]) -> int | None:
        """Return the number with which a line begins, where it stands for something."""
        if to["name"] is not None:
            return self._names.get(to["name"])
        number = int(to["a"] or to["b"] or to["c"])
        return number if number in self._places else None

    def _pause(self, line: Line) -> None:
        if self._lines and self._place != self._home and not self._introduces():
            self._close()
            self._place = self._home
        self._lines += [line] if self._lines else []
        self._gap = True

    def _begin(self, item: _Item, line: Line) -> None:
        """Begin the comment of an item of a list."""
        if self._list is None:
            self._introduction = [each for each in self._lines if each.text.strip()] if self._introduces() else []
            if self._introduction or not _words(self._lines):
                self._lines = []
            self._list = _List(item.column, item.number, self._place)
        self._close()
        self._place, self._list = self._list.place, self._list._replace(number=item.number)
        self._lines = [*self._introduction, Line(line.number, item.words)]

    def _introduces(self) -> bool:
        """Tell whether the lines of the comment that one is in lead to a list."""
        return self._list is None and _words(self._lines).rstrip("*_").endswith(":")

    def _close(self) -> None:
        if self._lines:
            self._parts.append(Part(self._place, self._lines))
        self._lines = []


def _item(text: str, found: _List | None) -> _Item | None:
    """Return the item that begins in a line, on its own or in a list; None for another line, and for a list within it.

    A number is the mark of an item only where a list can have it.
    """
    mark = _BULLET.match(text)
    if mark is None or (found is not None and _column(text) >= found.column + _DEEPER):
        return None
    number = int(mark["number"]) if mark["number"] else None
    if number not in (None, 1, (found.number or 0) + 1 if found is not None else 1):
        return None
    words = text[mark.end() :]
    return _Item(_column(text), number, _BOX.sub("", words, count=1) if _BOX.match(words) else words)


def _column(text: str) -> int:
    text = text.expandtabs(4)
    return len(text) - len(text.lstrip())


def _words(lines: Sequence[Line]) -> str:
    return " ".join(line.text.strip() for line in lines).strip()


def _of_mail(lines: Sequence[Line]) -> frozenset[int]:
    """Return the numbers of the lines that a mail program writes above a text that it quotes."""
    found = (
        block
        for block in blocks([Plain(each.number, each.text) for each in lines])
        if OF_MAIL.fullmatch(one_line(" ".join(each.text for each in block))) is not None
    )
    return frozenset(each.number for block in found for each in block)
