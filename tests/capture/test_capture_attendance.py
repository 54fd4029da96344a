"""Who is here, typed in one line at the opening of a meeting."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from facilitator.capture.attendance import Attendance, read_attendance
from facilitator.model.session import Participant, Session

MODEST = settings(max_examples=150, deadline=None)
NAMES = ("Ana Berg/lead", "Bo Chen", "Cy Diaz/on call", "Anatol Eze", "Dan Fox", "Dan Gil")


def session(*people: str) -> Session:
    participants = tuple(
        Participant(id=f"P{number}", text=name, role=role)
        for number, (name, _, role) in enumerate((each.partition("/") for each in people), 1)
    )
    return Session(id="S", title="t", created=datetime(2026, 11, 15, tzinfo=UTC), participants=participants)


ROOM = session(*NAMES)
CROWD = session(*(f"Person{number}" for number in range(1, 13)))


def here(line: str, *present: int, room: Session = ROOM) -> list[int]:
    """Return the numbers of those who are here after a line."""
    reading = read_attendance(line, room, tuple(f"P{number}" for number in present))
    assert reading.value is not None, reading
    assert reading.value.new is None
    assert reading.understood
    assert not reading.question
    return [int(each[1:]) for each in reading.value.here]


@pytest.mark.parametrize(
    ("line", "numbers"),
    [
        ("1 3 4", [1, 2, 3, 4]),
        ("4,3, 1", [1, 2, 3, 4]),
        ("134", [1, 2, 3, 4]),
        ("11", [1, 2]),
        ("+3", [2, 3]),
        ("-2", []),
        ("- 2", []),
        ("–2", []),
        ("-3", [2]),
        ("3 -2", [3]),
        ("-2 3", [3]),
        ("-12 5", [5]),
        ("all", [1, 2, 3, 4, 5, 6]),
        ("Everybody", [1, 2, 3, 4, 5, 6]),
        ("all -3", [1, 2, 4, 5, 6]),
        ("all, -3, -dan fox", [1, 2, 4, 6]),
        ("all but 3 and 4", [1, 2, 5, 6]),
        ("1 & 3", [1, 2, 3]),
        ("all but 3 4", [1, 2, 5, 6]),
        ("none", []),
        ("none 5", [5]),
        ("ana", [1, 2]),
        ("@ana", [1, 2]),
        ("anat", [2, 4]),
        ("CHEN", [2]),
        ("dan g", [2, 6]),
        ("dia", [2, 3]),
        ("-bo", []),
        ("-bo chen 5", [5]),
        ("1 anat", [1, 2, 4]),
        ("ana, cy", [1, 2, 3]),
        ("Ana Berg, lead", [1, 2]),
    ],
)
def test_numbers_and_names_say_who_is_here(line: str, numbers: list[int]):
    assert here(line, 2) == numbers


def test_in_a_crowd_numbers_are_set_apart():
    assert here("12", room=CROWD) == [12]
    assert here("1 2", room=CROWD) == [1, 2]
    reading = read_attendance("134", CROWD, ())
    assert reading.value is None
    assert reading.question == "There is no number 134: they go from 1 to 12"
    assert [(choice.label, choice.value.here) for choice in reading.choices] == [
        ("1 3 4: Person1, Person3, Person4", ("P1", "P3", "P4"))
    ]


@pytest.mark.parametrize("line", ["7", "0", "17", "1 7", "9" * 50])
def test_a_number_that_nobody_has_is_asked_about(line: str):
    reading = read_attendance(line, ROOM, ())
    assert reading.value is None
    assert reading.question.startswith("There is no number ")
    assert len(reading.question) < 60


def test_with_nobody_in_the_list_a_number_asks_for_a_name():
    assert "Type a name" in read_attendance("1", session(), ()).question
    assert read_attendance("all", session(), ()).value == Attendance(())


@pytest.mark.parametrize(
    ("line", "name", "role"),
    [
        ("Eve Ito, dba", "Eve Ito", "dba"),
        ("eve, dba", "eve", "dba"),
        ("@eve, dba", "eve", "dba"),
        ("Eve", "Eve", ""),
        ("Eve van der Meer", "Eve van der Meer", ""),
        ("田中", "田中", ""),
        ('"Ito, Eve", dba', "Ito, Eve", "dba"),
        ("Ana-Maria, dba", "Ana-Maria", "dba"),
    ],
)
def test_another_name_is_somebody_new_who_is_here(line: str, name: str, role: str):
    reading = read_attendance(line, ROOM, ("P2",))
    assert reading.value == Attendance(("P2",), Participant(text=name, role=role))
    assert reading.understood == ("somebody new, here", name, role or "no role")


@pytest.mark.parametrize(
    ("line", "choices"),
    [
        ("dan", ["Dan Fox", "Dan Gil"]),
        ("Dan", ["Dan Fox", "Dan Gil", "somebody new: Dan"]),
        ("ana, dba", ["Ana Berg, lead", "somebody new: ana, dba"]),
        ("eve", ["somebody new: eve"]),
        ("can we begin?", ["somebody new: can we begin?"]),
        ("3 people from payments", []),
        ("? who is missing", []),
        ("// Rewrite it, later", []),
        (", dba", []),
        ("-", []),
        ("-eve", []),
        ("1-3", []),
    ],
)
def test_what_can_be_meant_in_two_ways_is_asked_about(line: str, choices: list[str]):
    reading = read_attendance(line, ROOM, ("P2",))
    assert reading.value is None
    assert reading.question
    assert [choice.label for choice in reading.choices] == choices
    assert all("P2" in choice.value.here for choice in reading.choices)


def test_what_is_understood_says_who_comes_and_who_goes():
    assert read_attendance("1 -2", ROOM, ("P2",)).understood == ("here: Ana Berg", "not here: Bo Chen", "1 of 6 here")
    assert read_attendance("2", ROOM, ("P2",)).understood == ("as before", "1 of 6 here")
    assert read_attendance("all", ROOM, ()).understood == (
        "here: Ana Berg, Bo Chen, Cy Diaz, Anatol Eze and 2 more",
        "6 of 6 here",
    )
    assert read_attendance("  ", ROOM, ()).question == ""


def test_somebody_whom_the_session_does_not_know_yet_stays():
    assert read_attendance("1", ROOM, ("X", "P3")).value == Attendance(("P1", "P3", "X"))
    assert read_attendance("none", ROOM, ("X", "P3")).value == Attendance(())


words = st.sampled_from(
    [
        "1",
        "3",
        "-2",
        "12",
        "134",
        "all",
        "none",
        "ana",
        "Dan",
        "-dan",
        "Eve",
        ",",
        "-",
        "but",
        '"',
        "@",
        "³",
        "٣",
        "+",
        "é",
    ]
)


@MODEST
@given(st.one_of(st.text(), st.lists(words).map(" ".join)), st.sampled_from([ROOM, CROWD, session()]))
def test_whatever_is_typed_it_is_read_or_asked_about(line: str, room: Session):
    present = tuple(each.id for each in room.participants[:2])
    reading = read_attendance(line, room, present)
    assert reading.value is None or not reading.question
    known = {each.id for each in room.participants}
    for value in (reading.value, *(choice.value for choice in reading.choices)):
        if value is not None:
            assert set(value.here) <= known
            assert len(set(value.here)) == len(value.here)
            assert value.new is None or (value.new.text and value.new.id == "")


@MODEST
@given(st.sets(st.integers(1, 6)), st.sets(st.integers(1, 6)))
def test_those_who_are_named_come_and_those_with_a_minus_go(comes: set[int], goes: set[int]):
    line = " ".join([*map(str, comes), *(f"-{each}" for each in goes)])
    if line:
        assert here(line, 1, 2) == sorted(({1, 2} | comes) - goes)
