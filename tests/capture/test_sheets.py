"""Sheets: what people do to the lines of a list, and what it makes of the session."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from itertools import count

import msgspec
import pytest

from facilitator.capture.context import Context
from facilitator.capture.sheets.guides import guide
from facilitator.capture.sheets.sheet import Outcome, Section, read, written
from facilitator.model import edits
from facilitator.model.item import Item
from facilitator.model.meeting_items import Box, Meeting, Note, Switch
from facilitator.model.moments import Approximation, Moment, Precision
from facilitator.model.phases import Phase
from facilitator.model.session import (
    Action,
    BranchEnd,
    Confidence,
    Entry,
    Factor,
    Join,
    Lesson,
    LessonKind,
    Milestone,
    Parked,
    Participant,
    Priority,
    Question,
    Session,
    Why,
)

DAY = datetime(2026, 11, 15, tzinfo=UTC)
EMPTY = Session(id="S", title="Checkout errors", created=DAY)


def session_with(*items: Item) -> Session:
    session = EMPTY
    for number, item in enumerate(items, 1):
        session = edits.change(edits.add(session, item), item.id, rank=float(number))
    return session


def entry(entry_id: str, hour: int, minute: int, text: str, *, day: int = 0, **fields: object) -> Entry:
    at = Moment(DAY + timedelta(days=day, hours=hour, minutes=minute))
    return msgspec.structs.replace(Entry(id=entry_id, at=at, text=text), **fields)


def context(session: Session) -> Context:
    return Context(session=session, today=date(2026, 11, 20))


def below_guide(session: Session, section: Section) -> str:
    return written(section, context(session)).partition("-->\n")[2]


def after(session: Session, section: Section, change: Callable[[str], str]) -> Outcome:
    ids = count(1)
    return read(change(written(section, context(session))), section, context(session), lambda: f"N{next(ids)}")


def swap(old: str, new: str) -> Callable[[str], str]:
    def change(text: str) -> str:
        assert old in text
        return text.replace(old, new)

    return change


def line_of(session: Session, line: str) -> int:
    """Return the number of a line of the timeline in its file, from 1."""
    return written(Section.TIMELINE, context(session)).split("\n").index(line) + 1


def told(outcome: Outcome) -> list[str]:
    return [each.message for each in outcome.problems]


TIMELINE = session_with(
    entry("a", 14, 0, "v3.2 deployed", milestones=(Milestone.START,)),
    entry(
        "b", 14, 22, "alert fires",
        at=Moment(DAY + timedelta(hours=14, minutes=22, seconds=7), "+02:00", Precision.SECOND, Approximation.ABOUT),
        milestones=(Milestone.DETECTED,), source="grafana", links=("https://a.example/1",),
    ),
    entry("c", 23, 50, "rollback"),
    entry("d", 0, 10, "all is well", day=1),
    Factor(id="f", text="no check", evidence=("b", "c")),
)  # fmt: skip


def test_the_timeline_is_written_below_its_days() -> None:
    assert below_guide(TIMELINE, Section.TIMELINE) == (
        "\n## 2026-11-15\n"
        "14:00 v3.2 deployed #start\n"
        "~16:22:07 +02:00 alert fires #detected source:grafana https://a.example/1\n"
        "23:50 rollback\n"
        "\n## 2026-11-16\n"
        "00:10 all is well\n"
    )


def test_other_words_keep_the_moment_exactly_and_all_that_hangs_on_it() -> None:
    found = after(TIMELINE, Section.TIMELINE, swap("alert fires", "the burn rate alert fires"))
    was = edits.get(TIMELINE, Entry, "b")
    assert edits.get(found.session, Entry, "b") == msgspec.structs.replace(was, text="the burn rate alert fires")
    assert found.session.factors == TIMELINE.factors
    assert (found.added, found.changed, found.moved, found.deleted) == (0, 1, 0, 0)


@pytest.mark.parametrize(
    ("old", "new", "at"),
    [
        ("00:10 all", "00:20 all", DAY + timedelta(days=1, minutes=20)),
        ("00:10 all", "2026-11-17 08:00 all", DAY + timedelta(days=2, hours=8)),
        ("\n## 2026-11-16\n00:10", "\n## Nov 17\n00:10", DAY + timedelta(days=2, minutes=10)),
        ("00:10 all", "01:10 +01:00 all", DAY + timedelta(days=1, minutes=10)),
    ],
)
def test_another_time_is_read_on_the_day_above_it(old: str, new: str, at: datetime) -> None:
    found = after(TIMELINE, Section.TIMELINE, swap(old, new))
    assert found.problems == ()
    assert edits.get(found.session, Entry, "d").at.at == at
    assert (found.added, found.changed, found.deleted) == (0, 1, 0)


def test_a_line_below_another_day_is_on_that_day() -> None:
    def change(text: str) -> str:
        return text.replace("23:50 rollback\n", "") + "23:50 rollback\n"

    found = after(TIMELINE, Section.TIMELINE, change)
    assert edits.get(found.session, Entry, "c").at.at == DAY + timedelta(days=1, hours=23, minutes=50)
    assert found.session.factors == TIMELINE.factors


def test_new_lines_are_entries_where_their_time_puts_them() -> None:
    new = "14:22 dashboards are red #ack\n+5m on-call looks\n2026-11-14 09:00 a normal day\n"
    found = after(TIMELINE, Section.TIMELINE, swap("23:50 rollback\n", new + "23:50 rollback\n"))
    assert found.problems == ()
    assert [each.text for each in found.session.timeline] == [
        "a normal day", "v3.2 deployed", "dashboards are red", "alert fires", "on-call looks", "rollback",
        "all is well",
    ]  # fmt: skip
    assert found.session.timeline[4].at.at == DAY + timedelta(hours=14, minutes=27)
    assert found.session.timeline[2].milestones == (Milestone.ACKNOWLEDGED,)


def test_entries_of_the_same_moment_stand_as_their_lines_do() -> None:
    session = session_with(*(entry(name, 14, 0, name) for name in "abc"))
    found = after(session, Section.TIMELINE, swap("14:00 a\n14:00 b\n14:00 c\n", "14:00 c\n14:00 a\n14:00 b\n"))
    assert [each.id for each in found.session.timeline] == ["c", "a", "b"]
    assert [each for each in found.session.timeline if each.id != "c"] == [*session.timeline[:2]]
    assert (found.changed, found.moved) == (0, 1)


def test_a_moved_milestone_has_one_line() -> None:
    both = swap("23:50 rollback", "23:50 rollback #detected")
    assert told(after(TIMELINE, Section.TIMELINE, both)) == [
        f"#detected stands on line {line_of(TIMELINE, '23:50 rollback') - 1} too. Leave it on one of them"
    ]
    found = after(TIMELINE, Section.TIMELINE, lambda text: both(text).replace("fires #detected", "fires"))
    assert edits.get(found.session, Entry, "c").milestones == (Milestone.DETECTED,)
    assert edits.get(found.session, Entry, "b").milestones == ()


@pytest.mark.parametrize(
    ("new", "message"),
    [
        ("somebody looks", "When was it? Begin with a time such as 14:22"),
        ("1422 requests fail", "Is 1422 a time, or does it belong to the text?"),
        ("25:10 alert", "There is no hour 25"),
        ("14:30", "What happened at 14:30? Type it after the time"),
        ("00:05 after midnight", "It is much earlier than the line above. Is it on the next day?"),
        ("23:55 alert #detcted", "#detcted is nothing that is read here. Is it #detected?"),
        ("23:55 alert #de", "#de is nothing that is read here. Is it #detected or #declared?"),
        ("<!-- 14:30 x", "This comment has no end"),
        ("<!-- x --> 23:55 x", "Put what stands behind --> on a line of its own"),
        ("## Nov 31", "That is no day. Write it as in: ## 2026-11-15"),
    ],
)
def test_a_line_that_is_not_clear_is_pointed_out_and_nothing_is_taken_over(new: str, message: str) -> None:
    found = after(TIMELINE, Section.TIMELINE, swap("23:50 rollback\n", f"23:50 rollback\n{new}\n"))
    assert found.session is TIMELINE
    assert found.problems[0].message.startswith(message), found.problems
    assert (found.problems[0].number, found.problems[0].text) == (line_of(TIMELINE, "23:50 rollback") + 1, new)


def test_a_word_after_a_hash_can_stay_text() -> None:
    found = after(TIMELINE, Section.TIMELINE, swap("rollback", r"rollback \#detcted, said in #inc-checkout"))
    assert found.problems == ()
    assert edits.get(found.session, Entry, "c").text == "rollback #detcted, said in #inc-checkout"
    again = after(found.session, Section.TIMELINE, swap("said in", "told in"))
    assert edits.get(again.session, Entry, "c").text == "rollback #detcted, told in #inc-checkout"


def test_above_the_first_day_a_line_needs_its_own() -> None:
    new = swap("\n## 2026-11-15\n", "\n09:00 normal\n## 2026-11-15\n")
    assert told(after(TIMELINE, Section.TIMELINE, new))[0].startswith("On which day? Put it below a line such as ## 20")
    new = swap("\n## 2026-11-15\n", "\nNov 15 09:00 normal\n## 2026-11-15\n")
    assert after(TIMELINE, Section.TIMELINE, new).session.timeline[0].text == "normal"


def test_an_empty_timeline_offers_the_day_of_the_incident() -> None:
    session = msgspec.structs.replace(EMPTY, started=Moment(DAY + timedelta(hours=14)))
    assert below_guide(session, Section.TIMELINE) == "\n## 2026-11-15\n"
    found = after(session, Section.TIMELINE, lambda text: f"{text}14:00 deployed\n14:22 alert\n")
    assert [each.id for each in found.session.timeline] == ["N1", "N2"]
    assert told(after(session, Section.TIMELINE, lambda text: f"{text}+5m later")) == [
        "There is no entry above to count from. Begin it with a time such as 14:22"
    ]


WHYS = session_with(
    Why(id="e", text="errors", join=Join.AND),
    Why(id="a", text="a null", parent="e", evidence=("t",), confidence=Confidence.CONFIRMED),
    Why(id="b", text="no contract", parent="a", end=BranchEnd.ACTIONABLE),
    Why(id="c", text="a slow alert", parent="e"),
    Factor(id="f", text="no check", whys=("a", "b")),
    entry("t", 14, 0, "deployed"),
)


def tree(session: Session) -> str:
    return " ".join(below_guide(session, Section.WHYS).replace("  ", ">").split())


def test_whys_are_indented_by_two_spaces_a_level() -> None:
    assert below_guide(WHYS, Section.WHYS) == (
        "\nerrors #and\n  a null #confirmed\n    no contract #actionable\n  a slow alert\n"
    )


@pytest.mark.parametrize(
    ("old", "new", "shape"),
    [
        ("    no contract", "  no contract", "errors #and >a null #confirmed >no contract #actionable >a slow alert"),
        ("  a slow", "    a slow", "errors #and >a null #confirmed >>no contract #actionable >>a slow alert"),
        ("  a slow", "a slow", "errors #and >a null #confirmed >>no contract #actionable a slow alert"),
        ("  a slow", "\ta slow", "errors #and >a null #confirmed >>no contract #actionable >a slow alert"),
        ("  a null #confirmed\n", "", "errors #and >no contract #actionable >a slow alert"),
        ("errors #and\n", "", "a null #confirmed >no contract #actionable a slow alert"),
        ("\n  a slow alert", "\n  x\n    y", "errors #and >a null #confirmed >>no contract #actionable >x >>y"),
    ],
)  # fmt: skip
def test_indentation_reshapes_the_tree(old: str, new: str, shape: str) -> None:
    found = after(WHYS, Section.WHYS, swap(old, new))
    assert found.problems == ()
    assert tree(found.session) == shape
    kept = {each.id: each for each in found.session.whys}
    for why in WHYS.whys:
        if why.id in kept and kept[why.id].text == why.text:
            place = {"rank": why.rank, "parent": why.parent}
            assert msgspec.structs.replace(kept[why.id], **place) == why


def test_a_subtree_moves_and_keeps_what_hangs_on_it() -> None:
    def change(text: str) -> str:
        head = text.partition("errors #and\n")[0]
        return f"{head}errors #and\n  a slow alert\n    a null #confirmed\n      no contract #actionable\n"

    found = after(WHYS, Section.WHYS, change)
    assert tree(found.session) == "errors #and >a slow alert >>a null #confirmed >>>no contract #actionable"
    assert {each.id: each.parent for each in found.session.whys} == {"e": None, "c": "e", "a": "c", "b": "a"}
    assert edits.get(found.session, Why, "a").evidence == ("t",)
    assert found.session.factors == WHYS.factors
    assert (found.added, found.changed, found.deleted) == (0, 0, 0)
    assert found.whys


def test_deleting_a_why_takes_the_links_to_it_and_not_its_answers() -> None:
    found = after(WHYS, Section.WHYS, swap("  a null #confirmed\n", ""))
    assert edits.get(found.session, Factor, "f").whys == ("b",)
    assert edits.get(found.session, Why, "b").parent == "e"
    assert (found.changed, found.moved, found.deleted) == (0, 1, 1)


def test_an_odd_indentation_is_pointed_out() -> None:
    found = after(WHYS, Section.WHYS, swap("  a slow", "   a slow"))
    assert told(found) == ["It is indented by an odd number of spaces. Indent by two for each level"]


def test_of_lines_that_are_the_same_the_right_one_goes() -> None:
    session = session_with(
        Why(id="a", text="late"), Why(id="b", text="no alert", parent="a", evidence=("t",)),
        Why(id="c", text="long"), Why(id="d", text="no alert", parent="c"), entry("t", 14, 0, "deployed"),
    )  # fmt: skip
    found = after(
        session, Section.WHYS, lambda text: text.replace("late\n  no alert\n", "").replace("long", "too long")
    )
    assert [(each.id, each.text) for each in found.session.whys] == [("c", "too long"), ("d", "no alert")]


def test_an_edited_action_keeps_what_its_line_does_not_say() -> None:
    session = session_with(
        Factor(id="f", text="no check"),
        Action(id="a", text="Alert at 75 %", owner="alice", priority=Priority.P1, factors=("f",), note="why"),
        Action(id="b", text="Test the restore"),
    )
    found = after(session, Section.ACTIONS, swap("Alert at 75 % @alice P1", "Alert at 80 % of memory @bob P1"))
    was = edits.get(session, Action, "a")
    assert edits.get(found.session, Action, "a") == msgspec.structs.replace(
        was, text="Alert at 80 % of memory", owner="bob"
    )
    assert edits.get(found.session, Action, "b") == edits.get(session, Action, "b")


def test_lines_rewritten_in_place_are_the_same_items() -> None:
    session = session_with(
        *(Factor(id=name, text=text, evidence=("t",)) for name, text in zip("abc", "xyz", strict=True))
    )
    found = after(session, Section.FACTORS, swap("y\n", "something else entirely\n"))
    assert [(each.id, each.text) for each in found.session.factors][1] == ("b", "something else entirely")
    found = after(session, Section.FACTORS, swap("x\ny\nz\n", "z\nx\n"))
    assert [each.id for each in found.session.factors] == ["c", "a"]


def test_an_ambiguous_due_date_is_pointed_out_with_what_it_may_be() -> None:
    found = after(EMPTY, Section.ACTIONS, lambda text: f"{text}Alert at 75 % by 11/12/2026\n")
    assert told(found) == ["Which day is it due? (due Fri Dec 11; due Thu Nov 12; text, no due date)"]


def test_the_sign_of_a_lesson_says_of_which_list_it_is() -> None:
    session = session_with(Lesson(id="a", text="rollback"), Lesson(id="b", text="paging", kind=LessonKind.WRONG))
    found = after(session, Section.LESSONS, swap("- paging", "! paging"))
    assert edits.get(found.session, Lesson, "b").kind is LessonKind.LUCKY
    found = after(session, Section.LESSONS, lambda text: f"{text}no sign\n")
    assert told(found)[0].startswith("Did it go well, did it go wrong, or was it luck?")


def test_questions_topics_and_notes_can_be_typed_in_most_sections() -> None:
    found = after(WHYS, Section.WHYS, lambda text: f"{text}? who knows @bob\n// a new tool\n# ask Bo first\n")
    assert (found.added, found.session.whys) == (3, WHYS.whys)
    assert found.session.questions == (Question(id="N1", rank=1.0, text="who knows", owner="bob"),)
    assert found.session.parking_lot == (Parked(id="N2", rank=1.0, text="a new tool"),)
    assert found.session.notes == (Note(id="N3", rank=1.0, phase=str(Phase.WHYS), text="ask Bo first"),)


def test_a_question_and_a_parked_topic_are_not_the_same_item() -> None:
    session = session_with(Question(id="q", text="who knows", answer="Bo"), Parked(id="p", text="a tool", outcome="no"))
    found = after(session, Section.PARKED, swap("? who knows", "// who knows"))
    assert [each.text for each in found.session.parking_lot] == ["who knows", "a tool"]
    assert (found.session.questions, found.added, found.deleted) == ((), 1, 1)
    found = after(session, Section.PARKED, swap("? who knows", "? who knows it @eve"))
    assert found.session.questions == (Question(id="q", rank=1.0, text="who knows it", owner="eve", answer="Bo"),)
    assert told(after(session, Section.PARKED, lambda text: f"{text}plain"))[0].startswith("Begin with ? for")


def test_people_have_a_name_and_a_role() -> None:
    session = session_with(Participant(id="a", text="Alice", role="on call"), Meeting(id="m", attendance=("a",)))
    found = after(session, Section.PEOPLE, swap("Alice, on call", "Alice Berg, on call\n# Bob"))
    assert [(each.id, each.text, each.role) for each in found.session.participants] == [
        ("a", "Alice Berg", "on call"), ("N1", "# Bob", ""),
    ]  # fmt: skip
    found = after(session, Section.PEOPLE, swap("Alice, on call\n", ""))
    assert edits.get(found.session, Meeting, "m").attendance == ()


AGENDA = session_with(
    Meeting(id="m", text="Timeline"),
    Box(id="a", meeting="m", text="Opening", minutes=5),
    Box(id="b", meeting="m", text="Walk", minutes=40, phase="Timeline"),
    Meeting(id="n"),
    Box(id="c", meeting="n", text="Actions", minutes=15, phase="Actions"),
    Switch(id="s", meeting="m", at=DAY, box="b"),
)


def test_the_boxes_stand_below_their_meetings() -> None:
    assert below_guide(AGENDA, Section.AGENDA) == (
        "\n## Meeting 1: Timeline\nOpening 5\nWalk 40 #timeline\n\n## Meeting 2\nActions 15\n"
    )


def test_boxes_change_and_go_from_one_meeting_to_another() -> None:
    def change(text: str) -> str:
        return text.replace("Walk 40 #timeline\n", "").replace("Actions 15\n", "Walk 45 #timeline\nActions 15\n")

    found = after(AGENDA, Section.AGENDA, change)
    assert edits.get(found.session, Box, "b") == Box(
        id="b", rank=found.session.boxes[-2].rank, meeting="n", text="Walk", minutes=45, phase="Timeline"
    )
    assert [each.id for each in found.session.boxes if each.meeting == "n"] == ["b", "c"]
    assert found.session.switches == AGENDA.switches


def test_a_heading_names_its_meeting_and_one_more_plans_one_more() -> None:
    def change(text: str) -> str:
        return (
            text.replace("## Meeting 2", "## Meeting 2: Decisions") + "## Meeting 3: Review\nSilent read 5 #document\n"
        )

    found = after(AGENDA, Section.AGENDA, change)
    assert [each.text for each in found.session.meetings] == ["Timeline", "Decisions", "Review"]
    (new,) = (each for each in found.session.boxes if each.meeting == found.session.meetings[2].id)
    assert (new.text, new.minutes, new.phase) == ("Silent read", 5, "Document")
    assert (found.added, found.changed) == (1, 1)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("## Meeting 2\n", "", "This line is missing. Put it back; a meeting is not deleted here"),
        (
            "## Meeting 2\n",
            "## Meeting 1\n",
            "There are two headings of meeting 1. Leave one; a new one is ## Meeting 3",
        ),
        ("## Meeting 2\n", "## Second\n", "That is no meeting. A new one is headed: ## Meeting 3"),
        ("\n## Meeting 1", "Lunch 5\n## Meeting 1", "Of which meeting? Put it below a line such as ## Meeting 1"),
        ("Opening 5", "Opening", "How many minutes? Type them after the name (Opening 5; Opening 10; Opening 15)"),
    ],
)
def test_what_is_not_clear_in_an_agenda_is_pointed_out(old: str, new: str, message: str) -> None:
    found = after(AGENDA, Section.AGENDA, swap(old, new))
    assert found.session is AGENDA
    assert message in told(found)


@pytest.mark.parametrize("section", Section)
def test_what_the_guide_shows_can_be_typed(section: Section) -> None:
    lines = guide(section, EMPTY)[2:]
    examples = [re.split(r"(?<=\S)   +", line[2:])[0] for line in lines[: lines.index("")]]
    heads = {Section.TIMELINE: ["## 2026-11-15"], Section.AGENDA: ["## Meeting 1"]}.get(section, [])
    found = after(EMPTY, section, lambda _: "\n".join((*heads, *examples)))
    assert examples
    assert found.problems == ()
    assert found.added >= len(examples)
