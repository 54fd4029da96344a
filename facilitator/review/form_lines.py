"""The lines of a file for reviewers: which of them the program wrote, and which the reviewer did.

They are told apart by the file as it was written. Lines that a mail program broke anew, quoted or moved are known all
the same, by their words; so what stands anywhere between them is the reviewer's, and is about what stands above it.
"""

import re
from collections import deque
from collections.abc import Iterable, Sequence

import msgspec

from facilitator.intake.marks import Mark, has_quote, is_quoted, lines_between
from facilitator.review.form_words import APPROVES, END, NAME, NOTHING, NUMBERS, PLACE
from facilitator.review.rewritten import likest

SESSION = 0
"""The number of the place that stands for the session as a whole."""

BOX = re.compile(r"\s*[-*+•]?\s*\\?\[([^\]\n]{0,5})\]\s*(?=" + f"{APPROVES}|{NOTHING})", re.IGNORECASE)
"""What stands before the words of a box."""

_LABEL = re.compile(r"(?<!\\)\[(\d{1,6})\](?!\()")
_WORD = re.compile(r"[^\W_]+")
_HEADING = re.compile(r"\s*#{1,6}\s")
_STRUCTURE = re.compile(r"[-=|:+*_#>~`.\s\\]*")
_SIGNATURE = re.compile(r"--\s?")
_NEAR = 8
"""How far behind the last line that is known one is looked for that was written anew."""
_LEAST = 3
"""How many words of a line that was broken are enough to know it anywhere."""


class Line(msgspec.Struct, frozen=True):
    """A line, or what of it stands between marks, without marks of quoting; `number` counts from 1.

    `is_own` tells that it is not quoted, and the rest is: whoever answered wrote it.
    """

    number: int
    text: str
    is_own: bool = False


class Known(msgspec.Struct, frozen=True):
    """A line that the program wrote, by its words, and the number of the place that it is about.

    `is_place` tells that it asks for comments.
    """

    words: tuple[str, ...]
    raw: str
    place: int
    is_place: bool = False


class Said(msgspec.Struct, frozen=True):
    """Lines that a reviewer wrote below each other, and the number of the place where they stand.

    `was` is the line of the document that the only line is instead of, where it was written anew.
    """

    place: int
    lines: tuple[Line, ...]
    was: str = ""


class Parted(msgspec.Struct, frozen=True):
    """What a reviewer wrote, the name that they gave, and the numbers of lines that may be theirs or of other text."""

    said: tuple[Said, ...]
    name: str = ""
    unsure: tuple[int, ...] = ()


def pieces(text: str, marks: Sequence[Mark], start: int, end: int) -> list[Line | Mark]:
    """Return the lines and marks of a part of a text in their order. The first mark tells whether it is quoted."""
    quoted = bool(marks) and is_quoted(text, marks[0].start)
    raw = text.split("\n") if quoted else []
    found: list[Line | Mark] = []
    for mark in (*marks, None):
        lines = lines_between(text, start, mark.start if mark is not None else end, quoted=quoted)
        for at, line in enumerate(lines):
            is_own = quoted and bool(line.text.strip()) and not has_quote(raw[line.number - 1])
            # The space behind a mark is none before a list.
            words = line.text.removeprefix(" ") if found and not at else line.text
            found.append(Line(line.number, words, is_own))
        if mark is not None:
            found.append(mark)
            start = mark.end
    return found


def known_lines(written: Iterable[Line | Mark]) -> list[Known]:
    """Return the lines of a file as it was written, but for the name."""
    found: list[Known] = []
    waiting: list[int] = []
    named, after_name = False, False
    for piece in written:
        if isinstance(piece, Mark):
            if piece.part == PLACE:
                for at in waiting:
                    found[at] = msgspec.structs.replace(found[at], place=_number(piece))
                if found:
                    found[-1] = msgspec.structs.replace(found[-1], place=_number(piece), is_place=True)
                waiting = []
            named = named or piece.part == NAME
            after_name = piece.part == NAME
            continue
        if after_name:
            after_name = False
            continue
        if piece.text.startswith("## "):
            waiting = []
        labels = _LABEL.findall(piece.text) if named else []
        if not labels:
            waiting.append(len(found))
        found.append(Known(_words(piece.text), piece.text.strip(), int(labels[-1]) if labels else SESSION))
    return [each for each in found if each.words or each.raw]


def parted(file: Sequence[Line | Mark], known: Sequence[Known], *, is_whole: bool) -> Parted:
    """Return what a reviewer wrote in a file.

    `is_whole` tells that `known` are all lines of the file as it was written; else what stands outside of the places
    for comments, and is not known, may be of an older document.
    """
    return _Parting(known, is_whole=is_whole).of(file)


class _Parting:
    """The way through a file: where one is, and what was written there."""

    def __init__(self, known: Sequence[Known], *, is_whole: bool) -> None:
        self._is_whole = is_whole
        self._known = known
        self._raw = {each.raw for each in known}
        # The lines that are not in the file as they were written, and where on the way through all of them one is.
        self._unfound = {*range(len(known))}
        self._at = -1
        self._labelled = {each.words: each.place for each in known if each.place and _LABEL.search(each.raw)}
        self._numbered: dict[int, list[int]] = {}
        for number, each in enumerate(known):
            self._numbered.setdefault(each.place, []).append(number)
        self._said: list[Said] = []
        self._lines: list[Line] = []
        self._place, self._in_place = SESSION, True
        # What is above the file and below it may end in a signature.
        self._outside, self._signed = True, False
        self._unsure: list[int] = []
        self._name = ""

    def of(self, file: Sequence[Line | Mark]) -> Parted:
        whole = self._whole_lines(file)
        self._unfound -= {*whole.values()}
        broken = _Broken(self._known[number] for number in sorted(self._unfound))
        is_name = False
        for at, piece in enumerate(file):
            if isinstance(piece, Mark):
                self._pass(piece)
                is_name = piece.part == NAME
            elif is_name and at not in whole:
                self._name, is_name = piece.text, not piece.text.strip()
            elif at in whole:
                is_name = False
                self._at = whole[at]
                line = self._known[self._at]
                self._go(line.place, is_place=line.is_place)
                broken.may_go_on(line.words)
            else:
                self._take(piece, broken)
        self._close()
        return Parted(tuple(self._said), self._name, tuple(self._unsure))

    def _whole_lines(self, file: Sequence[Line | Mark]) -> dict[int, int]:
        """Return the known lines that are as they were written, by where they stand in the file."""
        waiting: dict[tuple[str, ...], deque[int]] = {}
        for number, each in enumerate(self._known):
            waiting.setdefault(each.words, deque()).append(number)
        found: dict[int, int] = {}
        for at, piece in enumerate(file):
            words = _words(piece.text) if isinstance(piece, Line) and not piece.is_own else ()
            if at and isinstance(before := file[at - 1], Mark) and before.part == NAME:
                continue
            if words and (left := waiting.get(words)):
                found[at] = left.popleft()
        return found

    def _pass(self, mark: Mark) -> None:
        self._outside, self._signed = mark.part == END, False
        if mark.part == PLACE:
            self._go(_number(mark), is_place=True)
        elif mark.part in (END, NUMBERS):
            self._go(SESSION, is_place=True)
        elif mark.part != NAME:
            self._close()

    def _take(self, line: Line, broken: "_Broken") -> None:
        if not line.text.strip():
            self._lines += [line] if self._lines else []
            return
        words = _words(line.text)
        if self._signed or (self._outside and _SIGNATURE.fullmatch(line.text)):
            self._signed = True
        elif not words and (line.text.strip() in self._raw or _STRUCTURE.fullmatch(line.text)):
            return
        elif not line.is_own and words and (place := broken.place_of(words)) is not None:
            self._go(place, is_place=False)
        elif words in self._labelled:
            # Somebody quotes a row once more, and what follows is about it.
            self._go(self._labelled[words], is_place=False)
        elif words and self._is_whole and not line.is_own and (was := self._anew(words, line.text)) is not None:
            self._close()
            self._said.append(Said(was.place, (line,), was.raw))
            self._go(was.place, is_place=was.is_place)
        elif self._is_whole or line.is_own or (self._in_place and not _HEADING.match(line.text)):
            self._lines.append(line)
        else:
            self._go(self._place, is_place=False)
            self._unsure.append(line.number)

    def _anew(self, words: tuple[str, ...], text: str) -> Known | None:
        """Return the line that is not in the file any more, and was written anew with some words; None for others."""
        numbers = {int(each) for each in _LABEL.findall(text)}
        near = {at for at in range(self._at + 1, self._at + 1 + _NEAR) if at in self._unfound}
        near.update(at for number in numbers for at in self._numbered.get(number, ()) if at in self._unfound)
        found = likest(words, ((at, self._known[at].words, self._known[at].place in numbers) for at in sorted(near)))
        if found is None:
            return None
        self._unfound.discard(found)
        self._at = found
        return self._known[found]

    def _go(self, place: int, *, is_place: bool) -> None:
        self._close()
        self._place, self._in_place = place, is_place

    def _close(self) -> None:
        if self._lines:
            self._said.append(Said(self._place, tuple(self._lines)))
        self._lines = []


class _Broken:
    """The words of lines that are not in a file as they were written, and where on the way through them one is."""

    def __init__(self, lines: Iterable[Known]) -> None:
        self._words: list[str] = []
        self._places: list[int] = []
        for line in lines:
            self._words += line.words
            self._places += [line.place] * len(line.words)
        self._at = 0
        self._beginnings: dict[tuple[str, ...], list[int]] = {}
        for at in range(len(self._words) - _LEAST + 1):
            self._beginnings.setdefault(tuple(self._words[at : at + _LEAST]), []).append(at)

    def may_go_on(self, words: tuple[str, ...]) -> None:
        """Go behind what is known as another line, where one of these lines has the same words."""
        for start in self._beginnings.get(words[:_LEAST], ())[:20]:
            if tuple(self._words[start : start + len(words)]) == words:
                self._at = start + len(words)

    def place_of(self, words: tuple[str, ...]) -> int | None:
        """Return the place of a piece of a line that was broken, and go on behind it; None for other words."""
        starts: list[int] = [self._at, *self._beginnings.get(words[:_LEAST], ())[:20]]
        for start in starts:
            end = start + len(words)
            if tuple(self._words[start:end]) == words:
                self._at = end
                return self._places[end - 1]
        return None


def _words(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(BOX.sub("", text, count=1).casefold()))


def _number(mark: Mark) -> int:
    return int(mark.names[0]) if mark.names and mark.names[0].isdecimal() else SESSION
