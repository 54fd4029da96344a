"""Witness forms as they were filled in, and how they are read.

What belongs where is told by marks alone, such as `<!-- witness:seen 01K9XQ... -->`: headings may be edited, sections
moved, lines broken anew, and all of it quoted in a mail. What stands in no part of the form is kept beside the answers.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from functools import reduce

import msgspec

from facilitator.intake.marks import OF_MAIL, Mark, cleaned, is_quoted, lines_between, marks_in
from facilitator.intake.witness.text import Line, blocks, joined, together, told, without
from facilitator.intake.witness.words import (
    ABOUT,
    ASKED,
    FORM,
    FREE,
    HOW,
    KIND,
    MOMENT,
    NAME,
    NAMED,
    OWN,
    OWN_WORDS,
    own_hint,
)
from facilitator.model.account_questions import QUESTIONS
from facilitator.model.moments import find_zone
from facilitator.model.text import MAX_TEXT, one_line

LONGEST_NAME = 100

_HEADING = re.compile(r"\s*#{1,6}(?:\s|$)")
_BOLD = re.compile(r"(\*\*|__).+\1\W?")


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
    return any(found.part == FORM for found in marks_in(text, KIND))


def forms_in(text: str) -> tuple[Form, ...]:
    """Return the forms in a text, each as it was filled in; of a mail that was answered, these may be several."""
    text = cleaned(text)
    marks = marks_in(text, KIND)
    starts = [number for number, found in enumerate(marks) if found.part == FORM]
    ends = [*starts[1:], len(marks)] if starts else []
    found = (
        _form(
            text,
            marks[first:after],
            first=first == starts[0],
            end=marks[after].start if after < len(marks) else len(text),
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
                each for lines_of in blocks(lines) if (each := joined(lines_of)) and not OF_MAIL.fullmatch(each)
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


def _form(text: str, marks: Sequence[Mark], *, first: bool, end: int) -> Form | None:
    """Return the form whose marks are given, its head before them; to the first one belongs what stands above it."""
    ids, values = marks[0].names, marks[0].values
    if not ids or not values.get("session"):
        return None
    start, zone = _start(values.get("start", "")), values.get("zone", "")
    zone = zone if zone and find_zone(zone) is not None else "UTC"
    quoted = is_quoted(text, marks[0].start)
    filled = _Filled()
    if first:
        filled.take("", "", lines_between(text, 0, marks[0].start, quoted=quoted))
    phrases = (*ABOUT, HOW, own_hint(start, zone))
    for found, following in zip(marks, [*marks[1:], None], strict=True):
        lines = lines_between(text, found.end, following.start if following else end, quoted=quoted)
        if following is not None:
            lines, heading = _without_heading(lines, following.part)
            if following.part == MOMENT:
                filled.headings |= dict.fromkeys(following.names[:1], heading)
        for phrase in phrases if found.part in (FORM, OWN) else ():
            lines = without(lines, phrase)
        if found.part == FORM:
            lines = [line for line in lines if not _HEADING.match(line.text)]
        filled.take(found.part, found.names[0] if found.names else "", lines)
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
