"""Lines of the other phases, and what can be typed in any."""

from datetime import UTC, date, datetime
from typing import cast

import msgspec
import pytest

from facilitator.capture.context import Context
from facilitator.capture.lines import help_lines, read, reread, typed
from facilitator.model import edits
from facilitator.model.item import Item
from facilitator.model.meeting_items import Note
from facilitator.model.moments import Moment
from facilitator.model.phases import Phase
from facilitator.model.session import (
    CATEGORIES,
    BranchEnd,
    Confidence,
    Entry,
    Factor,
    Join,
    Lesson,
    LessonArea,
    LessonKind,
    Parked,
    Participant,
    Question,
    ResponseKind,
    ResponseNote,
    Session,
    Why,
)

SESSION = edits.add(
    edits.add(
        Session(
            id="S",
            title="t",
            created=datetime(2026, 11, 18, tzinfo=UTC),
            started=Moment(datetime(2026, 11, 15, 13, 50, tzinfo=UTC)),
        ),
        Why(id="w", text="Pods crashed"),
    ),
    Entry(id="e", at=Moment(datetime(2026, 11, 15, 14, 0, tzinfo=UTC)), text="deploy"),
)
CONTEXT = Context(session=SESSION, today=date(2026, 11, 18))


def value(line: str, phase: Phase, context: Context = CONTEXT) -> Item:
    reading = read(line, phase, context)
    assert reading.value is not None, reading
    return reading.value


@pytest.mark.parametrize("phase", Phase)
def test_a_question_and_a_parked_topic_can_be_typed_in_any_phase(phase: Phase) -> None:
    assert value("? who owns the runbook", phase) == Question(text="who owns the runbook")
    assert value("?who owns it @alice", phase) == Question(text="who owns it", owner="alice")
    assert value('? who @"Alice Berg"', phase) == Question(text="who", owner="Alice Berg")
    assert value(r"? who is \@alice", phase) == Question(text="who is @alice")
    assert value("// rewrite the deploy tool", phase) == Parked(text="rewrite the deploy tool")
    assert value("//rewrite it", phase) == Parked(text="rewrite it")
    assert value("# ask Bo first", phase) == Note(phase=str(phase), text="ask Bo first")
    assert read("# ask Bo first", phase, CONTEXT).understood == ("a private note, in no document",)
    assert type(cast("Note", value("# ask Bo first", phase)).phase) is str
    assert read("", phase, CONTEXT) == read("  \t ", phase, CONTEXT)
    assert read("", phase, CONTEXT).question == ""
    assert read("?", phase, CONTEXT).question
    assert read("//", phase, CONTEXT).question
    assert read("#", phase, CONTEXT).question


@pytest.mark.parametrize("phase", [Phase.INCIDENT, Phase.DOCUMENT])
def test_a_phase_without_a_list_says_what_can_be_typed(phase: Phase) -> None:
    reading = read("pods restart @alice", phase, CONTEXT)
    assert reading.value is None
    assert reading.question == "Begin with ? for an open question or // for a topic for later: which is it?"
    assert [choice.value for choice in reading.choices] == [
        Question(text="pods restart", owner="alice"),
        Parked(text="pods restart @alice"),
    ]


def test_a_why_answers_the_one_in_focus() -> None:
    focused = Context(session=SESSION, today=date(2026, 11, 18), focus="w")
    assert value("memory ran out", Phase.WHYS, focused) == Why(text="memory ran out", parent="w")
    assert read("memory ran out", Phase.WHYS, focused).understood == ("below: Pods crashed",)
    assert value("memory ran out", Phase.WHYS) == Why(text="memory ran out")
    assert read("memory ran out", Phase.WHYS, CONTEXT).understood == ("a new effect",)


@pytest.mark.parametrize(
    ("token", "fields"),
    [
        ("#confirmed", {"confidence": Confidence.CONFIRMED}),
        ("#likely", {"confidence": Confidence.LIKELY}),
        ("#poss", {"confidence": Confidence.POSSIBLE}),
        ("#actionable", {"end": BranchEnd.ACTIONABLE}),
        ("#outside", {"end": BranchEnd.OUTSIDE}),
        ("#unknown", {"end": BranchEnd.UNKNOWN}),
        ("#and", {"join": Join.AND}),
        ("#or", {"join": Join.OR}),
        ("#nothing", {"text": "memory ran out #nothing"}),
        (r"\#and", {"text": "memory ran out #and"}),
    ],
)
def test_a_why_is_marked_by_tokens(token: str, fields: dict[str, object]) -> None:
    plain = Why(text="memory ran out")
    assert value(f"memory ran out {token}", Phase.WHYS) == msgspec.structs.replace(plain, **fields)


def test_an_edited_why_stays_where_it_is() -> None:
    stored = Why(id="x", text="old", parent="w", evidence=("e",), confidence=Confidence.LIKELY)
    assert reread("new #and", stored, CONTEXT).value == Why(
        id="x", text="new", parent="w", evidence=("e",), join=Join.AND
    )


@pytest.mark.parametrize(
    ("tokens", "fields", "note"),
    [
        ("#testing", {"category": "testing"}, "testing"),
        ("#test", {"category": "testing"}, "testing"),
        ("#TESTING", {"category": "testing"}, "testing"),
        ("#code", {"category": "code"}, "code"),
        ("#mitigator", {"mitigator": True}, "mitigator"),
        ("#root", {"root_cause": True}, "root cause"),
        ("category:vendor", {"category": "vendor"}, "category vendor"),
        ("#own", {"category": "Own Thing"}, "Own Thing"),
        ("#co", {"text": "load #co"}, "#co may be #communication or #configuration or #code: kept as text"),
        ("#x", {"text": "load #x"}, "no category #x: kept as text"),
    ],
)
def test_a_factor_has_a_category(tokens: str, fields: dict[str, object], note: str) -> None:
    context = Context(session=SESSION, today=date(2026, 11, 18), categories=(*CATEGORIES, "Own Thing"))
    reading = read(f"load {tokens}", Phase.FACTORS, context)
    assert reading.value == msgspec.structs.replace(Factor(text="load"), **fields)
    assert reading.understood == (note,)


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("+ it was quick", LessonKind.WELL),
        ("+it was quick", LessonKind.WELL),
        ("- it was quick", LessonKind.WRONG),
        ("– it was quick", LessonKind.WRONG),
        ("! it was quick", LessonKind.LUCKY),
    ],
)
def test_a_lesson_begins_with_its_sign(line: str, kind: LessonKind) -> None:
    assert value(line, Phase.LESSONS) == Lesson(text="it was quick", kind=kind)
    assert value(f"{line} #tool", Phase.LESSONS) == Lesson(text="it was quick", kind=kind, area=LessonArea.TOOLING)


@pytest.mark.parametrize("line", ["it was quick", "-5 % errors", "--force was used"])
def test_a_lesson_without_a_sign_is_asked_about(line: str) -> None:
    reading = read(line, Phase.LESSONS, CONTEXT)
    assert reading.value is None
    assert [choice.value for choice in reading.choices] == [Lesson(text=line, kind=kind) for kind in LessonKind]


def test_a_note_about_the_response_begins_with_its_sign() -> None:
    assert value("+ calm", Phase.RESPONSE) == ResponseNote(text="calm", kind=ResponseKind.WELL)
    assert value("- paging", Phase.RESPONSE) == ResponseNote(text="paging", kind=ResponseKind.HARDER)
    reading = read("! calm", Phase.RESPONSE, CONTEXT)
    assert [choice.value for choice in reading.choices] == [
        ResponseNote(text="! calm", kind=ResponseKind.WELL),
        ResponseNote(text="! calm", kind=ResponseKind.HARDER),
    ]


def test_an_edited_line_without_its_sign_keeps_its_kind() -> None:
    lesson = Lesson(id="x", text="old", kind=LessonKind.LUCKY)
    assert reread("new", lesson, CONTEXT).value == Lesson(id="x", text="new", kind=LessonKind.LUCKY)
    question = Question(id="x", text="old", owner="bob", answer="42")
    assert reread("new", question, CONTEXT).value == Question(id="x", text="new", answer="42")


def test_an_emptied_line_is_asked_about_and_never_filed() -> None:
    for item in (
        Lesson(id="x", text="a"),
        ResponseNote(id="x", text="a"),
        Why(id="x", text="a"),
        Factor(id="x", text="a"),
        Question(id="x", text="a"),
        Parked(id="x", text="a"),
        Note(id="x", phase="Whys", text="a"),
        Participant(id="x", text="a", role="b"),
    ):
        reading = reread("", item, CONTEXT)
        assert reading.value is None
        assert reading.question


@pytest.mark.parametrize("phase", Phase)
def test_every_example_of_the_help_becomes_something_and_is_read_back(phase: Phase) -> None:
    for line, meaning in help_lines(phase):
        filed = value(line, phase)
        assert meaning
        assert reread(typed(filed, CONTEXT), filed, CONTEXT).value == filed
