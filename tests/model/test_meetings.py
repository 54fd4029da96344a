"""Meetings: agendas that are planned and changed, who is there, surveys, voices, accounts of one entry."""

from collections.abc import Callable
from datetime import timedelta
from itertools import count, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facilitator.model import edits
from facilitator.model.agendas import AGENDAS
from facilitator.model.changes import diff, inverse
from facilitator.model.edits import EditError
from facilitator.model.item import Item
from facilitator.model.meeting_clock import extend, meeting_clock, move_on, pause, record, start
from facilitator.model.meeting_items import Account, Box, Meeting, Survey, Switch, SwitchKind
from facilitator.model.meetings import (
    Result,
    accounts_of,
    agenda_of,
    answer,
    attending,
    held_last,
    minutes_of,
    phase_of,
    plan,
    present,
    removed,
    replan,
    result,
    upcoming,
)
from facilitator.model.merge import merge
from facilitator.model.moments import Moment
from facilitator.model.phases import Phase
from facilitator.model.replay import replay
from facilitator.model.session import Entry, Participant, Session
from facilitator.model.told import item_told, kind_told
from facilitator.model.voices import Voices, hear, one_voice, quietest_first, times_heard
from tests.editing import EMPTY, NOON

BY_NAME = {agenda.name: agenda for agenda in AGENDAS}


def numbered(prefix: str = "I") -> Callable[[], str]:
    numbers = count()
    return lambda: f"{prefix}{next(numbers):03}"


def filed(*items: Item) -> Session:
    session = EMPTY
    for item in items:
        session = edits.add(session, item)
    return session


def test_the_agendas_are_those_of_the_guide_and_take_the_time_that_they_say():
    assert {name: [minutes_of(part.boxes) for part in each.meetings] for name, each in BY_NAME.items()} == {
        "timeline-first": [60],
        "learning": [60],
        "commitment": [45],
        "short": [45],
        "quick": [30],
        "two-part": [60, 60],
    }
    assert [box.minutes for box in BY_NAME["timeline-first"].meetings[0].boxes] == [5, 25, 10, 5, 10, 5]
    assert [box.minutes for box in BY_NAME["learning"].meetings[0].boxes] == [5, 38, 4, 9, 4]
    assert [box.minutes for box in BY_NAME["short"].meetings[0].boxes] == [5, 15, 15, 10]
    assert [box.minutes for box in BY_NAME["quick"].meetings[0].boxes] == [3, 12, 7, 6, 2]


def test_every_agenda_begins_its_description_with_its_minutes_and_names_phases_that_there_are():
    for agenda in AGENDAS:
        minutes = minutes_of(agenda.meetings[0].boxes)
        assert f"{minutes} minutes" in agenda.about
        assert agenda.minutes == minutes * len(agenda.meetings)
        for part in agenda.meetings:
            assert all(phase_of(box) is not None or not box.phase for box in part.boxes)


def test_a_complex_incident_has_two_meetings():
    session = plan(EMPTY, BY_NAME["two-part"], numbered())
    first, second = session.meetings
    assert [first.text, second.text] == ["Timeline", "Analysis and actions"]
    assert Phase.ACTIONS not in {phase_of(box) for box in agenda_of(session, first.id)}
    assert Phase.ACTIONS in {phase_of(box) for box in agenda_of(session, second.id)}
    assert len(session.boxes) == len(agenda_of(session, first.id)) + len(agenda_of(session, second.id))


def test_an_agenda_is_edited_box_by_box_within_its_meeting():
    session = plan(EMPTY, BY_NAME["two-part"], numbered())
    first, second = session.meetings
    untouched = agenda_of(session, first.id)
    names = [box.id for box in agenda_of(session, second.id)]
    session = edits.move(session, names[0], 2)
    session = edits.remove(edits.change(session, names[1], minutes=20), names[5])
    session = edits.add(session, Box(id="X", meeting=second.id, text="Break"), after=names[1])
    assert [box.id for box in agenda_of(session, second.id)] == [names[1], "X", names[2], names[0], names[3], names[4]]
    assert agenda_of(session, first.id) == untouched
    assert edits.move(session, names[1], -3) == session


def test_another_agenda_keeps_the_boxes_that_stay():
    session = plan(EMPTY, BY_NAME["quick"], numbered())
    (meeting,) = session.meetings
    opening, timeline, *_ = agenda_of(session, meeting.id)
    session = replan(session, meeting.id, (timeline, Box(text="Break", minutes=3), opening), numbered("N"))
    assert [(box.id, box.text) for box in agenda_of(session, meeting.id)] == [
        (timeline.id, "Timeline"),
        ("N000", "Break"),
        (opening.id, "Opening"),
    ]
    with pytest.raises(EditError):
        replan(session, "?", (), numbered())


def test_a_meeting_that_is_removed_takes_its_agenda_its_clock_and_its_survey_along():
    session = plan(EMPTY, BY_NAME["two-part"], numbered())
    first, second = session.meetings
    session = answer(session, Survey(meeting=first.id, spoke=5), "S1")
    gone = edits.remove(session, first.id)
    assert (gone.meetings, gone.surveys) == ((second,), ())
    assert {box.meeting for box in gone.boxes} == {second.id}


def run(session: Session, meeting_id: str, minute: int, *turns: Callable[..., Switch | None]) -> Session:
    """Return the session after turns of the clock of a meeting, one minute apart."""
    for number, turn in enumerate(turns, minute):
        switch = turn(meeting_clock(session, meeting_id), NOON + timedelta(minutes=number))
        assert switch is not None
        session = record(session, switch, f"W{number:03}")
    return session


def gone_through(session: Session, meeting_id: str, minute: int = 0) -> Session:
    """Return the session after a meeting."""
    return run(session, meeting_id, minute, start, *[move_on] * len(agenda_of(session, meeting_id)))


def ids(*meetings: Meeting | None) -> list[str | None]:
    return [None if each is None else each.id for each in meetings]


def three_meetings() -> Session:
    session = plan(plan(EMPTY, BY_NAME["two-part"], numbered("A")), BY_NAME["quick"], numbered("B"))
    assert len(session.meetings) == 3
    return session


def test_without_a_meeting_there_is_none_to_speak_of():
    assert (present(EMPTY), held_last(EMPTY), upcoming(EMPTY)) == (None, None, ())


def test_before_the_first_meeting_that_is_the_present_one():
    session = three_meetings()
    first = session.meetings[0]
    assert ids(present(session), held_last(session)) == ids(first, first)
    assert upcoming(session) == session.meetings


@pytest.mark.parametrize("turns", [(start,), (start, pause), (start, move_on), (start, pause, move_on)])
def test_a_meeting_that_has_begun_is_the_present_one_also_while_it_pauses(turns: tuple[Callable[..., Switch | None]]):
    session = three_meetings()
    first, second, third = session.meetings
    session = run(session, second.id, 0, *turns)
    assert ids(present(session), held_last(session)) == ids(second, second)
    assert ids(*upcoming(session)) == ids(first, third)


def test_after_a_meeting_the_next_is_present_and_the_last_is_looked_back_at():
    session = three_meetings()
    first, second, third = session.meetings
    session = gone_through(session, first.id)
    assert ids(present(session), held_last(session)) == ids(second, first)
    session = gone_through(session, third.id, 100)
    assert ids(present(session), held_last(session)) == ids(second, third)
    session = gone_through(session, second.id, 200)
    assert ids(present(session), held_last(session)) == ids(third, second)
    assert upcoming(session) == ()


def test_of_two_meetings_that_run_the_one_that_began_last_is_present():
    session = three_meetings()
    first, second, _ = session.meetings
    session = run(run(session, second.id, 0, start), first.id, 30, start)
    assert ids(present(session), held_last(session)) == ids(first, first)


def test_a_box_that_is_extended_or_left_beforehand_begins_no_meeting():
    session = three_meetings()
    first = session.meetings[0]
    session = run(session, first.id, 0, lambda clock, now: extend(clock, now, 5), move_on)
    assert ids(present(session), held_last(session)) == ids(first, first)
    assert upcoming(session) == session.meetings
    session = run(session, first.id, 10, move_on, move_on, move_on)
    assert upcoming(session) == session.meetings[1:]


def test_a_removed_meeting_takes_everything_along_that_is_its_own():
    session = three_meetings()
    first, second, third = session.meetings
    session = gone_through(gone_through(session, first.id), second.id, 100)
    session = answer(answer(session, Survey(meeting=first.id), "S1"), Survey(meeting=second.id), "S2")
    gone = removed(session, first.id)
    assert gone.meetings == (second, third)
    assert {box.meeting for box in gone.boxes} == {second.id, third.id}
    assert {each.meeting for each in gone.switches} == {second.id}
    assert {each.kind for each in gone.switches} == {SwitchKind.RUN, SwitchKind.END}
    assert [survey.id for survey in gone.surveys] == ["S2"]
    with pytest.raises(EditError):
        removed(session, session.boxes[0].id)


def test_who_is_there_is_one_link_each_and_leaves_with_the_participant():
    people = (Participant(id="P1", text="Ann"), Participant(id="P2", text="Bo"))
    session = filed(*people, Meeting(id="M", facilitator="P2"))
    session = edits.toggle_link(edits.toggle_link(session, "M", "attendance", "P2"), "M", "attendance", "P1")
    assert [each.text for each in attending(session, "M")] == ["Ann", "Bo"]
    gone = edits.remove(session, "P2")
    assert [each.text for each in attending(gone, "M")] == ["Ann"]
    assert gone.meetings[0].facilitator == ""
    with pytest.raises(EditError):
        attending(session, "?")


def test_two_who_note_who_is_there_note_everybody():
    base = filed(*(Participant(id=f"P{number}", text="x") for number in range(3)), Meeting(id="M"))
    mine = edits.toggle_link(base, "M", "attendance", "P2")
    theirs = edits.toggle_link(base, "M", "attendance", "P0")
    assert merge(base, mine, theirs).meetings[0].attendance == ("P0", "P2")


def test_two_accounts_of_one_moment_stand_side_by_side():
    base = filed(Entry(id="E", at=Moment(NOON), text="errors begin"))
    mine = edits.add(base, Account(id="A1", entry="E", seen="a red graph", meant="a bad deploy"))
    theirs = edits.add(base, Account(id="A2", entry="E", seen="nothing", expected="an alert"))
    merged = merge(base, mine, theirs)
    assert accounts_of(merged, "E") == (*mine.accounts, *theirs.accounts)
    assert merged.conflicts == ()


def test_one_account_that_two_complete_is_complete():
    base = filed(Entry(id="E", at=Moment(NOON), text="errors begin"), Account(id="A", entry="E", seen="a red graph"))
    merged = merge(base, edits.change(base, "A", meant="a bad deploy"), edits.change(base, "A", options="wait"))
    (account,) = merged.accounts
    assert (account.seen, account.meant, account.options) == ("a red graph", "a bad deploy", "wait")


def test_an_entry_goes_with_its_accounts_unless_somebody_else_tells_more_of_it():
    base = filed(Entry(id="E", at=Moment(NOON), text="errors begin"), Account(id="A", entry="E", seen="a red graph"))
    removed = edits.remove(base, "E")
    assert (removed.timeline, removed.accounts) == ((), ())
    told = edits.add(base, Account(id="B", entry="E", seen="nothing"))
    merged = merge(base, removed, told)
    assert [entry.id for entry in merged.timeline] == ["E"]
    assert [account.id for account in merged.accounts] == ["B"]
    assert merge(base, told, removed) == merge(base, merged, removed) == merged


def test_undoing_an_entry_leaves_what_another_one_told_of_it():
    added = edits.add(EMPTY, Entry(id="E", at=Moment(NOON), text="errors begin"))
    told = edits.add(added, Account(id="B", entry="E", seen="nothing"))
    assert replay(told, inverse(diff(EMPTY, added))) == told
    assert replay(EMPTY, diff(added, told)) == EMPTY


def test_a_removed_entry_comes_back_with_its_accounts():
    session = filed(Entry(id="E", at=Moment(NOON), text="errors begin"), Account(id="A", entry="E", seen="a graph"))
    removed = edits.remove(session, "E")
    assert replay(removed, inverse(diff(session, removed))) == session


@pytest.mark.parametrize("number", [0, 6, -1])
def test_an_answer_is_from_one_to_five(number: int):
    with pytest.raises(EditError, match="from 1 to 5"):
        answer(EMPTY, Survey(learned=number), "S")


def test_a_survey_comes_to_means_and_words():
    session = edits.add(EMPTY, Meeting(id="M"))
    given = (
        Survey(meeting="M", spoke=5, learned=4, text="More time for whys."),
        Survey(meeting="M", spoke=2),
        Survey(meeting="N", spoke=1),
    )
    for number, survey in enumerate(given):
        session = answer(session, survey, f"S{number}")
    assert result(session, "M") == Result(2, 3.5, 4.0, None, ("More time for whys.",))
    assert result(session, "?") == Result(0, None, None, None, ())


def test_an_answer_names_nobody():
    assert set(Survey.__struct_fields__) == {
        "id", "rank", "meeting", "spoke", "learned", "again", "text",
    }  # fmt: skip


@given(st.lists(st.sampled_from("abc")), st.permutations("abcd"))
def test_who_was_heard_least_and_longest_ago_comes_first(heard, attendance):
    voices = Voices()
    for each in heard:
        voices = hear(voices, each)
    asked = quietest_first(voices, attendance)
    assert sorted(asked) == sorted(attendance)
    assert asked[0] == "d" or "d" in asked[: sum(times_heard(voices, each) == 0 for each in attendance)]
    counts = [times_heard(voices, each) for each in asked]
    assert counts == sorted(counts) == sorted(heard.count(each) for each in attendance)
    for one, other in pairwise(asked):
        if times_heard(voices, one) == times_heard(voices, other) > 0:
            assert heard[::-1].index(one) > heard[::-1].index(other)


@pytest.mark.parametrize(
    ("heard", "alone"),
    [
        ("", False),
        ("aaaaa", False),
        ("aaaaaa", True),
        ("aaabbb", False),
        ("aaaabb", True),
        ("aaaabbbb", False),
        ("aaaaabbb", True),
        ("aaaaabbbcdef", False),
        ("bcdebcdeaaaaa", True),
        ("aaaaaaaabcdebcde", False),
    ],
)
def test_one_voice_is_more_than_half_of_what_was_heard_lately(heard: str, alone: bool):
    assert one_voice(Voices(tuple(heard))) is alone


def test_new_kinds_of_items_are_told_in_words():
    told = {
        "account: a red graph": Account(seen="a red graph", meant="a bad deploy"),
        "account: account": Account(),
        "time box: Timeline": Box(text="Timeline"),
        "meeting: meeting": Meeting(),
        "answer to the survey: answer to the survey": Survey(text="More time."),
    }
    assert {f"{kind_told(item)}: {item_told(item, EMPTY)}" for item in told.values()} == set(told)
