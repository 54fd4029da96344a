"""A published postmortem becomes a session of its own.

Where what it says goes: summary and background into the summary; impact, trigger, detection, resolution (with what it
says of the response) into their fields; causes become factors that are root causes, contributing factors become
factors; whys a chain of whys below the title; lessons their three lists, those of which it is not said whether they
went well among what went wrong; actions, authors and participants what they are there. What fits nowhere, such as a
part under a heading of its own, becomes a private note under its heading: nothing of the document is lost, and nothing
is published that nobody looked at.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import TypeVar

from facilitator.intake.drafts import Stamp
from facilitator.intake.markdown.document import Document, DocumentEntry, KeyTime, Section
from facilitator.intake.markdown.key_milestones import labelled, milestones_of
from facilitator.intake.markdown.zones import kept_name
from facilitator.model.edits import ordered
from facilitator.model.meeting_items import Note
from facilitator.model.moments import Moment, Precision
from facilitator.model.session import (
    Action,
    Detection,
    Entry,
    Factor,
    Impact,
    Lesson,
    LessonKind,
    Milestone,
    Participant,
    Session,
    Severity,
    Why,
)
from facilitator.model.text import MAX_TEXT, one_line, paragraphs

T = TypeVar("T")

UNTITLED = "Untitled postmortem"
_LESSONS = {
    Section.WELL: LessonKind.WELL,
    Section.WRONG: LessonKind.WRONG,
    Section.LUCKY: LessonKind.LUCKY,
    Section.LESSONS: LessonKind.WRONG,
}
_MOST_CAUSES, _LONGEST_CAUSE = 8, 400
_NOTED = {Section.TIMELINE: "Beside the timeline", Section.ACTIONS: "Beside the actions"}


def session_of(document: Document, *, new_id: Callable[[], str], now: datetime, zone: str) -> Session:
    """Return a new session with all that a document says.

    `new_id` gives an id for the session and for each of its items; `now` is aware and in UTC; `zone` is that of times
    for which the document states none. Raises ValueError for a `zone` that nobody knows.
    """
    home = kept_name(document.zone) or zone
    entries = _entries(document, home, new_id)
    marked = {milestone: entry.at for entry in entries for milestone in entry.milestones}
    stated = _stated(document.key_times, home)
    return Session(
        id=new_id(),
        title=one_line(document.title)[:500] or UNTITLED,
        created=now,
        severity=Severity(f"SEV{document.severity}") if document.severity in (1, 2, 3, 4) else None,
        services=document.services,
        zone=home,
        started=marked.get(Milestone.START) or stated.get(Milestone.START),
        resolved=marked.get(Milestone.RESOLVED) or stated.get(Milestone.RESOLVED),
        authors=document.authors,
        summary=_joined(document, Section.SUMMARY, Section.BACKGROUND),
        trigger=_joined(document, Section.TRIGGER),
        resolution=_joined(document, Section.RESOLUTION, Section.RESPONSE),
        impact=Impact(prose=_joined(document, Section.IMPACT)),
        detection=Detection(prose=_joined(document, Section.DETECTION)),
        participants=tuple(
            Participant(id=new_id(), rank=rank, text=name) for rank, name in _ranked(document.participants)
        ),
        timeline=entries,
        whys=_whys(document, new_id),
        factors=_factors(document, new_id),
        lessons=_lessons(document, new_id),
        actions=tuple(
            Action(
                id=new_id(),
                rank=rank,
                text=each.description,
                owner=each.owner,
                due=each.due,
                ticket=each.ticket,
                status=each.status,
            )
            for rank, each in _ranked(document.actions)
        ),
        notes=_notes(document, new_id),
    )


def _entries(document: Document, zone: str, new_id: Callable[[], str]) -> tuple[Entry, ...]:
    """Return the entries in the order of their moments, with the milestones that their words mark.

    Of times stated by name the one with a minute to it marks the entry of that minute, or becomes an entry.
    """
    named = _named(document)
    marks: dict[int, list[Milestone]] = {}
    found = list(document.entries)
    words = milestones_of(found)
    for milestone, key in named.items():
        place = next((place for place, each in enumerate(found) if each.stamp.local == key.stamp.local), None)
        if place is None:
            found.append(DocumentEntry(key.stamp, key.label.capitalize(), key.line, key.label))
            place = len(found) - 1
        marks.setdefault(place, []).append(milestone)
    for milestone, place in words.items():
        if milestone not in named:
            marks.setdefault(place, []).append(milestone)
    ids = sorted(new_id() for _ in found)
    made = [_entry(each, zone, ids[place], marks.get(place, ()), float(place + 1)) for place, each in enumerate(found)]
    return ordered(tuple(each for each in made if each is not None))


def _entry(each: DocumentEntry, zone: str, item_id: str, milestones: Sequence[Milestone], rank: float) -> Entry | None:
    at = _moment(each.stamp, zone)
    if at is None:
        return None
    try:
        until = each.stamp.end(zone)
    except OverflowError:
        until = None
    text = paragraphs(each.text)[:MAX_TEXT]
    return Entry(id=item_id, rank=rank, at=at, text=text, until=until, milestones=tuple(milestones), links=each.links)


def _moment(stamp: Stamp, zone: str) -> Moment | None:
    try:
        return stamp.moment(zone)
    except OverflowError:
        return None


def _named(document: Document) -> dict[Milestone, KeyTime]:
    """Return the times that are stated by name and to the minute, by the milestone that the name means."""
    if document.entries and all(each.line in {key.line for key in document.key_times} for each in document.entries):
        return {}  # the timeline is these very times, and their names are its words
    found: dict[Milestone, KeyTime] = {}
    for key in document.key_times:
        milestone = labelled(key.label)
        if milestone is not None and key.stamp.precision is not Precision.DAY:
            found.setdefault(milestone, key)
    return found


def _stated(times: Sequence[KeyTime], zone: str) -> dict[Milestone, Moment]:
    found: dict[Milestone, Moment] = {}
    for key in times:
        milestone, at = labelled(key.label), _moment(key.stamp, zone)
        if milestone is not None and at is not None:
            found.setdefault(milestone, at)
    return found


def _whys(document: Document, new_id: Callable[[], str]) -> tuple[Why, ...]:
    texts = _items(document.section(Section.WHYS))
    if not texts:
        return ()
    whys = [Why(id=new_id(), rank=1.0, text=one_line(document.title)[:500] or UNTITLED)]
    for text in texts:
        whys.append(Why(id=new_id(), rank=1.0, text=text, parent=whys[-1].id))
    return tuple(sorted(whys, key=lambda why: (why.rank, why.id)))


def _factors(document: Document, new_id: Callable[[], str]) -> tuple[Factor, ...]:
    causes = _items(document.section(Section.CAUSES))
    if len(causes) > _MOST_CAUSES or any(len(text) > _LONGEST_CAUSE for text in causes):
        causes = ["\n\n".join(causes)[:MAX_TEXT]]  # it is told as a story, not as a list
    told = [(text, True) for text in causes] + [(text, False) for text in _items(document.section(Section.FACTORS))]
    return tuple(Factor(id=new_id(), rank=rank, text=text, root_cause=root) for rank, (text, root) in _ranked(told))


def _lessons(document: Document, new_id: Callable[[], str]) -> tuple[Lesson, ...]:
    told = [(text, kind) for section, kind in _LESSONS.items() for text in _items(document.section(section))]
    return tuple(Lesson(id=new_id(), rank=rank, text=text, kind=kind) for rank, (text, kind) in _ranked(told))


def _notes(document: Document, new_id: Callable[[], str]) -> tuple[Note, ...]:
    told = [f"{heading}\n\n{text}" if heading else text for heading, text in document.others]
    told += [
        f"{heading}\n\n" + "\n".join(document.section(section))
        for section, heading in _NOTED.items()
        if document.section(section)
    ]
    if document.remarks:
        told.append(
            "Read differently than it is written\n\n"
            + "\n".join(f"line {each.line}: {each.text}" for each in document.remarks)
        )
    return tuple(Note(id=new_id(), rank=rank, text=paragraphs(text)[:MAX_TEXT]) for rank, text in _ranked(told))


def _items(texts: Sequence[str]) -> list[str]:
    """Return texts with those that stand below another, which are indented, as further lines of it."""
    items: list[str] = []
    for text in texts:
        if text.startswith("  ") and items and len(items[-1]) + len(text) < MAX_TEXT:
            items[-1] += f"\n- {text.strip()}"
        elif text.strip():
            items.append(paragraphs(text.strip()))
    return items


def _joined(document: Document, *sections: Section) -> str:
    texts = [text for section in sections for text in document.section(section)]
    joined = ""
    for text in texts:
        item = text.startswith("  ")
        joined += f"{'' if not joined else chr(10) if item else chr(10) * 2}{f'- {text.strip()}' if item else text}"
    return paragraphs(joined)[:MAX_TEXT]


def _ranked(items: Sequence[T]) -> Iterator[tuple[float, T]]:
    return ((float(rank), item) for rank, item in enumerate(items, 1))
