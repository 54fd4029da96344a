"""The meeting pack: what people get before a meeting, so that they come prepared and unafraid. About two pages."""

from collections.abc import Iterator
from datetime import UTC, datetime

import msgspec

from facilitator.documents.escape import block, inline
from facilitator.documents.gatherings import (
    later,
    leader,
    meeting_name,
    meeting_title,
    people,
    person,
    time_of_day,
    to_come,
    weekday,
    when_planned,
)
from facilitator.documents.layout import bullets, labelled, section, stacked
from facilitator.documents.markdown import UNTITLED
from facilitator.documents.occasion import ANY, Occasion
from facilitator.documents.references import References, refer
from facilitator.documents.sections.actions import questions
from facilitator.documents.sections.header import when
from facilitator.documents.sections.impact import impact
from facilitator.documents.short_timeline import short_timeline
from facilitator.documents.tables import aligned, table
from facilitator.documents.unknowns import unknowns
from facilitator.model.advice import Form, advise
from facilitator.model.meeting_items import Meeting
from facilitator.model.meetings import agenda_of
from facilitator.model.private import published
from facilitator.model.session import Session
from facilitator.model.text import one_line

MOST_QUESTIONS = 10
"""How many open questions are listed."""

_READ_FIRST = (
    "This is what is known so far. It is a draft, and parts of it may be wrong. Please read it before we meet; five "
    "minutes are enough."
)
_PURPOSE = (
    "We meet to rebuild together what happened, as it looked at the time, and to learn from it. It is not a search for "
    "one explanation, and not for somebody at fault. There will be room for ideas about fixes, after we understand."
)
_PREPARE = (
    "Go through the timeline. Where you saw something else, note it; two accounts of one moment can stand together.",
    "Bring what you saw, with its time: messages, graphs, commands, notes.",
    "Recall what you took it to mean then, what you expected next, and which options you had, before you knew the end.",
    "Take one of the questions above with you, if you can find out something about it.",
    "You need no explanation, no defence and no solution.",
)


def pack(session: Session, occasion: Occasion = ANY) -> str:
    """Return the pack for the meetings that are planned, as Markdown.

    It holds what is known, what is not, the agenda, who is invited, how to prepare and the ground rules, and nothing of
    the analysis beyond its open questions: whoever reads an explanation before looks for nothing else. What is private
    is left out.
    """
    session = published(session)
    names = refer(session)
    meetings = to_come(session, occasion.now)
    document = (
        f"# Before we meet: {inline(session.title) or UNTITLED}",
        _READ_FIRST,
        _facts(session, meetings, names),
        section("Why we meet", _PURPOSE, _advice(session, occasion, names)),
        section("What we know so far", block(session.summary), impact(session.impact), short_timeline(session, names)),
        section("What we do not know yet", unknowns(session, names)),
        section("Open questions", _questions(session)),
        section("Agenda", *_agendas(session, meetings, names)),
        section("Who is invited", people(session.participants), _roles(session, meetings)),
        section("How to prepare", bullets(_PREPARE), _worries(session, meetings)),
        section("Ground rules", bullets(inline(each) for each in occasion.ground_rules)),
    )
    return stacked(document) + "\n"


def _facts(session: Session, meetings: tuple[Meeting, ...], names: References) -> str:
    dated = [each for each in meetings if each.held is not None]
    rows = [
        ("Severity", session.severity or ""),
        ("When it was", when(session, names)),
        ("Services", ", ".join(name for each in session.services if (name := inline(each)))),
        *((inline(meeting_title(session, each)), when_planned(session, each, names.zone)) for each in dated),
    ]
    filled = [row for row in rows if row[1]]
    return aligned(filled) if filled else ""


def _advice(session: Session, occasion: Occasion, names: References) -> str:
    """Return which form the incident asks for and when to hold it, as a paragraph."""
    advised = advise(session, occasion.now or datetime.min.replace(tzinfo=UTC))
    said = [] if advised.form is Form.UNKNOWN else [f"{advised.reason[0].upper()}{advised.reason[1:]}"]
    if advised.latest is not None and advised.late:
        said.append("The best time, one to three days after it, has passed; late is better than never.")
    elif advised.earliest is not None and advised.latest is not None:
        first, last = (
            f"{weekday(each, names.zone)}, {time_of_day(each, names.zone)}"
            for each in (advised.earliest, advised.latest)
        )
        said.append(f"The best time is between {first} and {last} {names.zone}: people have rested, and remember.")
    return " ".join(each if each.endswith((".", "?")) else f"{each}." for each in said)


def _questions(session: Session) -> str:
    left = [question for question in session.questions if not one_line(question.answer)]
    shown = questions(msgspec.structs.replace(session, questions=tuple(left[:MOST_QUESTIONS])))
    more = len(left) - MOST_QUESTIONS
    return f"{shown}\n- and {more:,} more" if more > 0 else shown


def _agendas(session: Session, meetings: tuple[Meeting, ...], names: References) -> Iterator[str]:
    for meeting in meetings:
        listed = _agenda(session, meeting, names)
        planned = when_planned(session, meeting, names.zone)
        if len(session.meetings) > 1:
            yield section(inline(meeting_name(session, meeting)), planned, listed, level=3)
        else:
            yield from (planned if meeting.held is None else "", listed)


def _agenda(session: Session, meeting: Meeting, names: References) -> str:
    rows: list[tuple[str, str, str]] = []
    at = meeting.held
    for box in agenda_of(session, meeting.id):
        rows.append((time_of_day(at, names.zone) if at else "", inline(box.text), f"{box.minutes} min"))
        at = later(at, box.minutes) if at else None
    return table((f"Time ({names.zone})", "Part", "For"), rows)


def _roles(session: Session, meetings: tuple[Meeting, ...]) -> str:
    meeting = meetings[0] if meetings else None
    leads = inline(leader(session, meeting))
    notes = inline(person(session, meeting.note_taker)) if meeting is not None else ""
    return bullets(
        (
            labelled("Facilitator", leads and f"{leads}, who asks, keeps the time, and takes no side"),
            labelled("Takes notes", notes),
        )
    )


def _worries(session: Session, meetings: tuple[Meeting, ...]) -> str:
    leads = inline(leader(session, meetings[0] if meetings else None))
    return f"Is there something that worries you about the meeting? Talk to {leads or 'the facilitator'} before it."
