r"""Lines that begin with "+", "-" or "!": lessons, and notes about the response.

Lessons: "+ rollback took 2 minutes" went well, "- paging the wrong team #process" went wrong, "! traffic was low" was
luck; "#technical", "#process", "#tooling" anywhere say what it is about. Response: "+" went well, "-" was harder than
expected. A backslash keeps a word as text: "\#process".
"""

import re
from typing import cast

import msgspec

from facilitator.capture.reading import Choice, Reading
from facilitator.capture.tokens import Grammar, Mark, split
from facilitator.model.session import Lesson, LessonArea, LessonKind, ResponseKind, ResponseNote
from facilitator.model.text import one_line

_LESSONS = Grammar(what="area", names={str(area): Mark("area", area) for area in LessonArea})
# "-5 %" and "--force" begin a sentence; a sign with a space or a word after it is what the line is.
_SIGN = re.compile(r"([+!]|[-–—\u2212])(?: |$|(?=[^\W\d]))")
_SIGNS = {LessonKind.WELL: "+", LessonKind.WRONG: "-", LessonKind.LUCKY: "!"}
_LESSON_LABELS = {
    LessonKind.WELL: "+ went well",
    LessonKind.WRONG: "- went wrong",
    LessonKind.LUCKY: "! we got lucky",
}
_RESPONSE_LABELS = {
    ResponseKind.WELL: "+ went well",
    ResponseKind.HARDER: "- was harder than expected",
}


def read_lesson(line: str, old: Lesson | None = None) -> Reading[Lesson]:
    """Return the lesson of a cleaned line; with `old`, that lesson as its edited line changes it."""
    sign, body = _signed(line)
    found = _LESSONS.sort_out(split(body))
    area = cast("LessonArea | None", found.marks[0].value if found.marks else None)
    kinds = {"+": LessonKind.WELL, "-": LessonKind.WRONG, "!": LessonKind.LUCKY}
    kind = kinds.get(sign) or (old.kind if old else None)
    text = _LESSONS.text(found.rest)
    lesson = old or Lesson(text=text)
    kept = lesson.text if one_line(lesson.text) == text else text
    value = msgspec.structs.replace(lesson, text=kept, area=area, kind=kind or lesson.kind)
    said = (*([str(area)] if area else []), *found.notes)
    if not text and (old is None or old.text):
        return Reading(None, said, "What was learned? + went well, - went wrong, ! was luck")
    if kind is None:
        choices = (Choice(label, msgspec.structs.replace(value, kind=each)) for each, label in _LESSON_LABELS.items())
        return Reading(None, said, "Did it go well, did it go wrong, or was it luck?", tuple(choices))
    return Reading(value, (_LESSON_LABELS[kind][2:], *said))


def typed_lesson(lesson: Lesson) -> str:
    """Return the line of a lesson: its sign, its text, its area."""
    area = f"#{lesson.area}" if lesson.area else ""
    return " ".join(part for part in (_SIGNS[lesson.kind], _LESSONS.written(one_line(lesson.text)), area) if part)


def read_response_note(line: str, old: ResponseNote | None = None) -> Reading[ResponseNote]:
    """Return the note about the response of a cleaned line; with `old`, that note as its edited line changes it."""
    sign, text = _signed(line)
    if sign == "!":
        sign, text = "", line
    kinds = {"+": ResponseKind.WELL, "-": ResponseKind.HARDER}
    kind = kinds.get(sign) or (old.kind if old else None)
    note = old or ResponseNote(text=text)
    kept = note.text if one_line(note.text) == text else text
    value = msgspec.structs.replace(note, text=kept, kind=kind or note.kind)
    if not text and (old is None or old.text):
        return Reading(None, (), "How did the response go? + went well, - was harder than expected")
    if kind is None:
        choices = (Choice(label, msgspec.structs.replace(value, kind=each)) for each, label in _RESPONSE_LABELS.items())
        return Reading(None, (), "Did it go well, or was it harder than expected?", tuple(choices))
    return Reading(value, (_RESPONSE_LABELS[kind][2:],))


def typed_response_note(note: ResponseNote) -> str:
    """Return the line of a note about the response: its sign and its text."""
    return f"{'+' if note.kind is ResponseKind.WELL else '-'} {one_line(note.text)}".rstrip()


def _signed(line: str) -> tuple[str, str]:
    """Return the sign with which a line begins, "+", "-", "!" or "", and what follows it."""
    found = _SIGN.match(line)
    if found is None:
        return "", line
    return found[1] if found[1] in "+!" else "-", line[found.end() :]
