"""Witness forms as they were filled in, and how they are read.

What belongs where is told by marks alone, such as `<!-- witness:seen 01K9XQ... -->`: headings may be edited, sections
moved, lines broken anew, and all of it quoted in a mail. What stands in no part of the form is kept beside the answers.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from functools import reduce
from itertools import islice

import msgspec

from facilitator.intake.witness.text import Line, blocks, joined, together, told, without
from facilitator.intake.witness.words import (
    ABOUT,
    ASKED,
    FORM,
    FREE,
    HOW,
    MOMENT,
    NAME,
    NAMED,
    OWN,
    OWN_WORDS,
    own_hint,
)
from facilitator.model.account_questions import QUESTIONS
from facilitator.model.moments import find_zone
from facilitator.model.text import MAX_TEXT, clean, one_line

LONGEST_NAME = 100
LONGEST_FORM = 1_000_000
"""How many characters of a file are read."""
MOST_MARKS = 1_000

_MARK = re.compile(
    r"<!\s?(?:--|[–—])[\s>]*witness:(?P<part>[a-z]{3,10})"
    r"(?P<values>(?:[\s>]+[A-Za-z0-9_%:+/.=-]{1,200}){0,12}?)[\s>]*(?:--|[–—])>"
)
_NEWLINES = re.compile("\r\n?|[\n\x85\u2028\u2029]")
_QUOTED = re.compile(r"\s{0,3}(?:>(?=[\s>]|$)\s?)+")
_HEADING = re.compile(r"\s*#{1,6}(?:\s|$)")
_BOLD = re.compile(r"(\*\*|__).+\1\W?")
_OF_MAIL = re.compile(
    r"(?:On|Am|Le|El) .{5,200}(?:wrote|schrieb|écrit|escribió).{0,80}:"
    r"|(?:From|To|Cc|Bcc|Date|Sent|Subject|Reply-To)\*{0,2}: .*|-+ ?(?:Original|Forwarded) .*|-- ?"
)


class Answer(msgspec.Struct, frozen=True):
    """What was answered to one question about the entry with the id `entry`."""

    entry: str
    field: str
    text: str
    line: int


class Form(msgspec.Struct, frozen=True, kw_only=True):
    """A form as it was filled in.

    `addressee` is the id of a participant, or empty; `name` is what stands in the form. Times without a day are those
    nearest to `start`, naive and perhaps unknown, and those without a zone are in `zone`. `own` is the account in own
    words, `asked` what should have been asked, `beside` what was written anywhere else. `headings` are those of the
    moments, by the ids of their entries.
    """

    id: str
    session: str
    addressee: str = ""
    name: str = ""
    start: datetime | None = None
    zone: str = "UTC"
    answers: tuple[Answer, ...] = ()
    own: tuple[Line, ...] = ()
    asked: str = ""
    beside: tuple[str, ...] = ()
    headings: Mapping[str, str] = {}

    @property
    def is_empty(self) -> bool:
        """Whether nothing was written in it."""
        return not (self.answers or self.asked or self.beside or any(each.text for each in self.own))


def is_form(text: str) -> bool:
    """Tell whether a text holds a form."""
    return any(found["part"] == FORM for found in _MARK.finditer(text))


def forms_in(text: str) -> tuple[Form, ...]:
    """Return the forms in a text, each as it was filled in; of a mail that was answered, these may be several."""
    # Line by line: a sequence for terminals that has no end must not take the rest of the form with it.
    text = "\n".join(map(clean, _NEWLINES.split(text[:LONGEST_FORM])))
    marks = list(islice(_MARK.finditer(text), MOST_MARKS))
    starts = [number for number, found in enumerate(marks) if found["part"] == FORM]
    ends = [*starts[1:], len(marks)] if starts else []
    found = (
        _form(
            text,
            marks[first:after],
            first=first == starts[0],
            end=marks[after].start() if after < len(marks) else len(text),
        )
        for first, after in zip(starts, ends, strict=True)
    )
    return tuple(form for form in found if form is not None)


class _Filled:
    """What is found in a form on the way through it."""

    def __init__(self) -> None:
        self.answers: dict[tuple[str, str], dict[str, int]] = {}
        self.own: list[Line] = []
        self.asked: list[str] = []
        self.beside: list[str] = []
        self.headings: dict[str, str] = {}
        self.name = ""

    def take(self, part: str, entry: str, lines: list[Line]) -> None:
        """File what stands in one part."""
        if part in QUESTIONS and entry:
            self._answer(entry, part, lines)
        elif part == OWN:
            self.own += [*lines, Line(0, "")]
        elif part == ASKED:
            self.asked += [joined(lines)]
        elif part == NAME:
            self._name(lines)
        else:
            self.beside += [
                each for lines_of in blocks(lines) if (each := joined(lines_of)) and not _OF_MAIL.fullmatch(each)
            ]

    def _answer(self, entry: str, field: str, lines: list[Line]) -> None:
        text = joined(lines)
        if text:
            first = next(each.number for each in lines if each.text.strip())
            self.answers.setdefault((entry, field), {}).setdefault(text, first)

    def answered(self) -> Iterator[Answer]:
        """Yield the answers; where a section stands twice, both are one."""
        for (entry, field), texts in self.answers.items():
            yield Answer(entry, field, reduce(together, texts)[:MAX_TEXT], min(texts.values()))

    def _name(self, lines: list[Line]) -> None:
        """Take the first line as a name; the whole paragraph where that may be a name which an editor broke."""
        first = next(blocks(lines), [])
        if first and not self.name:
            whole = one_line(" ".join(line.text for line in first)).strip("*_ ")
            is_one = len(whole) <= LONGEST_NAME and not whole.endswith((".", "!", "?"))
            name = whole if is_one else one_line(first[0].text).strip("*_ ")[:LONGEST_NAME]
            self.name = name if told(name) else ""
            taken = {line.number for line in (first if is_one else first[:1])}
            lines = [line for line in lines if line.number not in taken]
        self.take("", "", lines)


def _form(text: str, marks: Sequence[re.Match[str]], *, first: bool, end: int) -> Form | None:
    """Return the form whose marks are given, its head before them; to the first one belongs what stands above it."""
    ids, values = _values(marks[0])
    if not ids or not values.get("session"):
        return None
    start, zone = _start(values.get("start", "")), values.get("zone", "")
    zone = zone if zone and find_zone(zone) is not None else "UTC"
    line = text[text.rfind("\n", 0, marks[0].start()) + 1 : marks[0].start()]
    quoted = ">" in line and not line.strip("> \t")
    filled = _Filled()
    if first:
        filled.take("", "", _lines(text, 0, marks[0].start(), quoted=quoted))
    phrases = (*ABOUT, HOW, own_hint(start, zone))
    for found, following in zip(marks, [*marks[1:], None], strict=True):
        part, names = found["part"], _values(found)[0]
        lines = _lines(text, found.end(), following.start() if following else end, quoted=quoted)
        if following is not None:
            lines, heading = _without_heading(lines, following["part"])
            if following["part"] == MOMENT:
                filled.headings |= dict.fromkeys(_values(following)[0][:1], heading)
        for phrase in phrases if part in (FORM, OWN) else ():
            lines = without(lines, phrase)
        if part == FORM:
            lines = [line for line in lines if not _HEADING.match(line.text)]
        filled.take(part, names[0] if names else "", lines)
    return Form(
        id=ids[0],
        session=values["session"],
        addressee=values.get("for", ""),
        name=filled.name,
        start=start,
        zone=zone,
        answers=tuple(filled.answered()),
        own=tuple(filled.own) if any(told(line.text) for line in filled.own) else (),
        asked="; ".join(dict.fromkeys(each for each in filled.asked if each)),
        beside=tuple(dict.fromkeys(filled.beside)),
        headings=filled.headings,
    )


def _values(found: re.Match[str]) -> tuple[list[str], dict[str, str]]:
    """Return the values of a mark: those without a name, and those with one."""
    words = found["values"].replace(">", " ").split()
    named = dict(word.split("=", 1) for word in words if "=" in word)
    return [word for word in words if "=" not in word], named


def _without_heading(lines: list[Line], part: str) -> tuple[list[Line], str]:
    """Return the lines of a part without the heading of the next one, which stands before the mark of that; and it."""
    phrase = QUESTIONS.get(part) or {OWN: OWN_WORDS, ASKED: FREE, NAME: NAMED}.get(part, "")
    shorter = without(lines, phrase, last=True)
    if shorter is not lines:
        return shorter, phrase
    last = max((number for number, line in enumerate(lines) if line.text.strip()), default=-1)
    begin = last
    while begin > 0 and lines[begin - 1].text.strip() and not _HEADING.match(lines[begin].text):
        begin -= 1
    heading = one_line(" ".join(line.text for line in lines[max(begin, 0) : last + 1]))
    if _HEADING.match(heading) or _BOLD.fullmatch(heading):
        return lines[:begin], heading.strip("#*_ ")
    return lines, ""


def _start(written: str) -> datetime | None:
    try:
        return datetime.fromisoformat(written).replace(tzinfo=None)
    except ValueError:
        return None


def _lines(text: str, start: int, end: int, *, quoted: bool) -> list[Line]:
    first = text.count("\n", 0, start) + 1
    lines = text[start:end].split("\n")
    return [
        Line(number, _QUOTED.sub("", line, count=1) if quoted and _QUOTED.match(line) else line)
        for number, line in enumerate(lines, first)
    ]
