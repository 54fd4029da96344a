"""The invitation: what a calendar reads is what the session says, whatever it says."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar, Event

from facilitator.documents.formats import render
from facilitator.documents.invitation import invitation
from facilitator.documents.occasion import NotYetError, Occasion
from facilitator.model.ground_rules import GROUND_RULES
from facilitator.model.meeting_items import Box, Meeting
from facilitator.model.session import Participant, Session
from facilitator.model.text import one_line
from tests.documents.meeting_example import BEFORE, PLANNED
from tests.hostile import HOSTILE

NOON = datetime(2026, 11, 17, 12, tzinfo=UTC)
_ESCAPED = re.compile(r"\\([\\;,nN])")


def read(text: str) -> list[Event]:
    """Return what a reader of the format finds."""
    return list(Calendar.from_ical(text.encode()).events)


def lines(text: str) -> list[tuple[str, str]]:
    """Return the names and texts of a file as RFC 5545 has them: unfolded (3.1), escaped texts as meant (3.3.11)."""
    unfolded = text.removesuffix("\r\n").replace("\r\n ", "").split("\r\n")
    pairs = [line.split(":", 1) for line in unfolded]
    return [(name, _ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], value)) for name, value in pairs]


def with_texts(texts: Sequence[str]) -> Session:
    """Return a session with one meeting, in which every text is a hostile one."""
    title, name, box, person, role, leader = texts
    return Session(
        id="S",
        title=title,
        created=NOON,
        facilitator=leader,
        participants=(Participant(id="p", text=person, role=role),),
        meetings=(Meeting(id="M", text=name, held=NOON, note_taker="p"),),
        boxes=(Box(id="b", meeting="M", text=box, minutes=30),),
    )


def test_every_meeting_that_has_a_moment_and_a_length_is_invited_to():
    first, second = read(render(PLANNED, "ics", Occasion(BEFORE)))
    assert str(first["summary"]) == "Postmortem: Checkout errors after v3.2, Timeline"
    assert (first.start, first.end) == (NOON - timedelta(hours=2), NOON - timedelta(hours=1))
    assert first.DTSTAMP == BEFORE
    assert str(second["summary"]) == "Postmortem: Checkout errors after v3.2, Analysis and actions"
    assert second.end - second.start == timedelta(minutes=45)


def test_the_description_has_people_agenda_and_rules():
    first, _ = read(invitation(PLANNED, Occasion(BEFORE, ("One; speaks, at a time.",))))
    assert str(first["description"]).split("\n") == [
        "Facilitator: Eve",
        "Takes notes: Dana",
        "Invited: Alice (incident commander), Bob (on-call), Dana",
        "",
        "Agenda, 60 minutes",
        "  5 min  Opening",
        " 40 min  Timeline walk",
        " 10 min  What is missing?",
        "  5 min  Closing",
        "",
        "Ground rules",
        "- One; speaks, at a time.",
    ]
    assert "attendee" not in first


def test_a_meeting_that_moves_stays_the_same_event_in_a_calendar():
    moved = msgspec.structs.replace(
        PLANNED, meetings=tuple(msgspec.structs.replace(each, held=NOON, text="") for each in PLANNED.meetings)
    )
    before, after = ([str(each["uid"]) for each in read(invitation(each))] for each in (PLANNED, moved))
    assert before == after
    assert len(set(before)) == 2
    assert all(PLANNED.id in each for each in before)


def test_without_a_moment_it_is_stamped_with_that_of_the_session():
    assert {each.DTSTAMP for each in read(render(PLANNED, "ics"))} == {PLANNED.created}


@pytest.mark.parametrize("missing", [{"boxes": ()}, {"meetings": (Meeting(id="m1"),)}, {"meetings": ()}])
def test_without_a_date_or_an_agenda_it_says_what_to_do(missing: dict[str, object]):
    with pytest.raises(NotYetError, match=r"^no meeting has both a date and an agenda yet; plan one, and say when"):
        render(msgspec.structs.replace(PLANNED, **missing), "ics")


def test_meetings_without_a_date_are_left_out():
    first, second = PLANNED.meetings
    some = msgspec.structs.replace(PLANNED, meetings=(first, msgspec.structs.replace(second, held=None)))
    assert len(read(invitation(some))) == 1


def test_the_calendar_may_end_before_the_meeting_does():
    last = datetime(9999, 12, 31, 23, 50, tzinfo=UTC)
    late = msgspec.structs.replace(PLANNED, meetings=(Meeting(id="m1", held=last),))
    (event,) = read(invitation(late))
    assert (event.start, event.end) == (last, datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC))


_TEXTS = st.one_of(
    st.sampled_from([text for text in HOSTILE if len(text) < 3_000]),
    st.text('\\;,:"nN\n\r\t =BEGIN', max_size=30),
    st.text(max_size=200),
)


@given(st.lists(_TEXTS, min_size=6, max_size=6))
@settings(max_examples=80, deadline=None)
def test_whatever_is_typed_is_well_formed_and_means_itself(texts: list[str]):
    session = with_texts(texts)
    text = invitation(session)

    assert text.endswith("END:VCALENDAR\r\n")
    assert "\n" not in text.replace("\r\n", "")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    found = lines(text)
    names = ["BEGIN", "VERSION", "PRODID", "BEGIN", "SUMMARY", "DTSTART", "DTEND", "DTSTAMP", "UID", "DESCRIPTION"]
    assert [name for name, _ in found] == [*names, "END", "END"]
    title, name, box, person, role, leader = map(one_line, texts)
    told = dict(found)
    assert told["SUMMARY"] == f"Postmortem: {title or 'Untitled postmortem'}" + (f", {name}" if name else "")
    described = told["DESCRIPTION"].split("\n")
    assert f" 30 min  {box}" in described
    assert not leader or described[0] == f"Facilitator: {leader}"
    invited = f"{person} ({role})" if role else person
    assert not invited or f"Invited: {invited}" in described
    assert described[-len(GROUND_RULES) :] == [f"- {rule}" for rule in GROUND_RULES]


@given(st.lists(_TEXTS, min_size=6, max_size=6))
@settings(max_examples=60, deadline=None)
def test_a_calendar_reads_one_event_with_the_times_of_the_meeting(texts: list[str]):
    session = with_texts(texts)
    (event,) = read(invitation(session))
    assert (event.start, event.end, event.DTSTAMP) == (NOON, NOON + timedelta(minutes=30), NOON)
    assert str(event["uid"]) == "S-M"
    title = f"Postmortem: {one_line(texts[0]) or 'Untitled postmortem'}"
    if "\\" not in "".join(texts):  # this reader takes an escaped backslash before "N" for the end of a line
        assert str(event["summary"]) == (f"{title}, {one_line(texts[1])}" if one_line(texts[1]) else title)
