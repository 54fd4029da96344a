"""The file for a reviewer: the document as it would be published, with numbered places for comments."""

import re
from collections.abc import Iterator
from hashlib import sha256

import msgspec

from facilitator.documents.escape import inline
from facilitator.documents.layout import section, stacked
from facilitator.documents.markdown import markdown
from facilitator.documents.pictures.figures import nothing
from facilitator.intake.marks import mark
from facilitator.model.clocks import clock, day
from facilitator.model.moments import Moment, find_zone
from facilitator.model.private import published
from facilitator.model.session import Session
from facilitator.model.text import one_line
from facilitator.review.approvals import digest
from facilitator.review.form_words import (
    APPROVAL,
    APPROVE,
    APPROVES,
    ASKED,
    BOXES,
    DONE,
    ELSE,
    END,
    FORM,
    HOW,
    KIND,
    NAME,
    NAMED,
    NOTHING,
    NUMBERS,
    PLACE,
    PLACES,
    Head,
    head_values,
)

_ID = re.compile(r"[A-Za-z0-9_-]{1,100}")
_ITEM = re.compile("\x00([^\x00]+)\x00")
_AT_ONCE = 10
"""How many numbers a mark holds."""


def review_form(session: Session, head: Head) -> str:
    """Return the file for a reviewer, in Markdown; it ends in one newline. `head.text` is found out here.

    It holds what is published of a session, without diagrams and what the review itself brought. Every item has a
    number, and below every section is a place for comments with the next one. At the end are the boxes of what the
    reviewer is asked to approve, with the digests of what stands in the file.
    """
    session = msgspec.structs.replace(published(session), approvals=(), versions=())
    numbers: dict[str, int] = {}
    body = stacked((*_intro(session, head), *_sections(session, numbers), *_answers(session, head, numbers)))
    text = sha256(" ".join(body.split()).encode()).hexdigest()[:16]
    first = mark(KIND, FORM, *head_values(msgspec.structs.replace(head, text=text)))
    return stacked((first, body, *_numbers(numbers), mark(KIND, END))) + "\n"


def _intro(session: Session, head: Head) -> Iterator[str]:
    zone = session.zone if find_zone(session.zone) is not None else "UTC"
    until = head.until
    by = f" Please answer by {day(until, zone)}, {clock(Moment(until), zone)} {zone}." if until is not None else ""
    yield f"{ASKED}{by}"
    yield HOW
    yield f"**{NAMED}** {mark(KIND, NAME)} {inline(one_line(head.name))}".rstrip()


def _sections(session: Session, numbers: dict[str, int]) -> Iterator[str]:
    """Yield the sections of the document, each with its place for comments."""

    def numbered(found: re.Match[str]) -> str:
        return f"[{numbers.setdefault(found[1], len(numbers) + 1)}]"

    document = markdown(session, nothing, lambda item: f" \x00{item}\x00" if _ID.fullmatch(item) else "")
    for part in re.split(r"^(?=## )", document, flags=re.MULTILINE):
        yield _ITEM.sub(numbered, part).strip("\n")
        heading = part.partition("\n")[0].removeprefix("## ")
        if heading in PLACES:
            yield _place(f"Your comments on the {heading[0].lower()}{heading[1:]}:", PLACES[heading], numbers)


def _place(asked: str, field: str, numbers: dict[str, int]) -> str:
    number = numbers.setdefault(field, len(numbers) + 1)
    return f"**[{number}] {asked}** {mark(KIND, PLACE, str(number), *([field] if field else []))}\n"  # room to write


def _answers(session: Session, head: Head, numbers: dict[str, int]) -> Iterator[str]:
    boxes = (
        f"- [ ] {APPROVES} {part} {mark(KIND, APPROVE, part.word, digest(session, part))}"
        for part in dict.fromkeys(head.parts)
    )
    yield section(APPROVAL, BOXES if head.parts else "", "\n".join(boxes))
    yield f"- [ ] {NOTHING} {mark(KIND, DONE)}"
    yield _place(ELSE, "", numbers)


def _numbers(numbers: dict[str, int]) -> Iterator[str]:
    """Yield marks that say what each number stands for, so that a file is read whatever became of the session."""
    values = [f"{number}={item}" for item, number in numbers.items() if item]
    for first in range(0, len(values), _AT_ONCE):
        yield mark(KIND, NUMBERS, *values[first : first + _AT_ONCE])
