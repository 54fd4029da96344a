"""Lines of the action items."""

from datetime import UTC, date, datetime

import pytest

from facilitator.capture.context import Context
from facilitator.capture.lines import read, typed
from facilitator.model.phases import Phase
from facilitator.model.session import Action, ActionStatus, ActionType, Priority, Session

SESSION = Session(id="S", title="t", created=datetime(2026, 11, 18, tzinfo=UTC))
CONTEXT = Context(session=SESSION, today=date(2026, 11, 18))  # a Wednesday


def action(line: str) -> Action:
    reading = read(line, Phase.ACTIONS, CONTEXT)
    assert isinstance(reading.value, Action), reading
    return reading.value


def test_the_sentence_comes_first_and_then_the_particulars_in_any_order() -> None:
    wanted = Action(
        text="Alert at 75 % memory",
        owner="alice",
        due=date(2026, 11, 20),
        priority=Priority.P1,
        ticket="ENG-1234",
        type=ActionType.DETECT,
    )
    assert action("Alert at 75 % memory @alice fri P1 ENG-1234 #detect") == wanted
    assert action("Alert at 75 % memory #detect ENG-1234, p1, fri, @alice") == wanted
    assert action("Alert at #detect 75 % memory due:fri ticket:ENG-1234 P1 @alice") == wanted
    reading = read("Alert at 75 % memory @alice fri P1 ENG-1234 #detect", Phase.ACTIONS, CONTEXT)
    assert reading.understood == ("owner @alice", "due Fri Nov 20", "P1", "ticket ENG-1234", "detect")


@pytest.mark.parametrize(
    ("written", "due"),
    [
        ("fri", date(2026, 11, 20)),
        ("Friday", date(2026, 11, 20)),
        ("wed", date(2026, 11, 25)),
        ("next fri", date(2026, 11, 27)),
        ("by fri", date(2026, 11, 20)),
        ("due fri", date(2026, 11, 20)),
        ("due by Friday", date(2026, 11, 20)),
        ("today", date(2026, 11, 18)),
        ("tomorrow", date(2026, 11, 19)),
        ("Nov 29", date(2026, 11, 29)),
        ("29 Nov", date(2026, 11, 29)),
        ("by November 29th", date(2026, 11, 29)),
        ("Nov 29, 2027", date(2027, 11, 29)),
        ("Jan 5", date(2027, 1, 5)),
        ("2026-11-29", date(2026, 11, 29)),
        ("29/11", date(2026, 11, 29)),
        ("11/29", date(2026, 11, 29)),
        ("29.11.2026", date(2026, 11, 29)),
        ("in 2 weeks", date(2026, 12, 2)),
        ("in a week", date(2026, 11, 25)),
        ("in 3 months", date(2027, 2, 18)),
        ("+2w", date(2026, 12, 2)),
        ("+10d", date(2026, 11, 28)),
        ("due:fri", date(2026, 11, 20)),
        ("due:2026-11-29", date(2026, 11, 29)),
        ('due:"next fri"', date(2026, 11, 27)),
        ("due:+2w", date(2026, 12, 2)),
    ],
)
def test_a_due_date_is_read_as_it_is_typed(written: str, due: date) -> None:
    assert action(f"Fix the alert {written}") == Action(text="Fix the alert", due=due)
    assert action(f"Fix the alert {written} @bob") == Action(text="Fix the alert", due=due, owner="bob")


@pytest.mark.parametrize(
    "text",
    [
        "Allow no deploys on Friday",
        "Stop on Friday deploys",
        "Explain the outage of Nov 15",
        "Ask @alice about it",
        "Make P1 alerts louder",
        "Convert all to UTF-8",
        "Page at SEV-1",
        "Move ENG-12 forward",
        "Read https://wiki.example/page",
        "Handle 10 requests",
        "Review what may fail",
        "Test #something new",
        "Retry with +5 pods",
    ],
)
def test_words_of_the_sentence_stay_in_it(text: str) -> None:
    assert action(text) == Action(text=text)


def test_a_day_kept_in_the_sentence_is_said() -> None:
    reading = read("Allow no deploys on Friday", Phase.ACTIONS, CONTEXT)
    assert reading.understood == ("Friday kept as text: write by Friday to set a due date",)


@pytest.mark.parametrize(
    ("line", "field", "value"),
    [
        ('Fix it @"Alice Berg"', "owner", "Alice Berg"),
        ("Fix it @alice.b", "owner", "alice.b"),
        ("Fix it #1234", "ticket", "#1234"),
        ("Fix it https://github.com/a/b/issues/12", "ticket", "https://github.com/a/b/issues/12"),
        ("Fix it https://x.example/browse/ENG-1", "ticket", "https://x.example/browse/ENG-1"),
        ('Fix it ticket:"no 7"', "ticket", "no 7"),
        ("Fix it #prevent", "type", ActionType.PREVENT),
        ("Fix it #mit", "type", ActionType.MITIGATE),
        ("Fix it #process", "type", ActionType.PROCESS),
        ("Fix it #done", "status", ActionStatus.DONE),
        ("Fix it #progress", "status", ActionStatus.IN_PROGRESS),
        ("Fix it #wontdo", "status", ActionStatus.WONT_DO),
        ("Fix it p0", "priority", Priority.P0),
    ],
)
def test_each_particular_is_read(line: str, field: str, value: object) -> None:
    filed = action(line)
    assert (filed.text, getattr(filed, field)) == ("Fix it", value)


@pytest.mark.parametrize(
    ("line", "text"),
    [
        (r"Wait until \fri", "Wait until fri"),
        (r"Post in \#detect", "Post in #detect"),
        (r"Thank \@alice", "Thank @alice"),
        (r"Thank \@alice @bob", "Thank @alice"),
        (r"Match \d+", r"Match \d+"),
        (r"\? is a sign", "? is a sign"),
    ],
)
def test_a_backslash_keeps_a_word_as_text(line: str, text: str) -> None:
    assert action(line).text == text


def test_only_one_of_each_kind_is_taken() -> None:
    reading = read("Fix it @alice @bob #prevent #detect", Phase.ACTIONS, CONTEXT)
    assert isinstance(reading.value, Action)
    assert (reading.value.text, reading.value.owner, reading.value.type) == (
        "Fix it @alice @bob #detect",
        "",
        ActionType.PREVENT,
    )
    assert "only one type: #detect kept as text" in reading.understood


@pytest.mark.parametrize(
    ("line", "question", "labels"),
    [
        ("Fix it 11/12", "Which day is it due?", ["due Fri Dec 11", "due Fri Nov 12, 2027", "text, no due date"]),
        ("Cut it by 3/4", "Which day is it due?", ["due Sat Apr 3, 2027", "due Thu Mar 4, 2027", "text, no due date"]),
        (
            "Fix it Feb 30",
            "Feb 30 is not in the calendar. When is it due?",
            ["due Sun Feb 28, 2027", "due Mon Mar 1, 2027", "text, no due date"],
        ),
        (
            "Fix it due:2027-02-30",
            "Feb 30, 2027 is not in the calendar. When is it due?",
            ["due Sun Feb 28, 2027", "due Mon Mar 1, 2027"],
        ),
        ("Fix it due:soon", '"soon" is no day. Write due:fri or due:2026-11-29', []),
        ("@alice fri P1", "What is to be done? Type the sentence first, then who and when", []),
    ],
)
def test_what_is_not_clear_is_asked(line: str, question: str, labels: list[str]) -> None:
    reading = read(line, Phase.ACTIONS, CONTEXT)
    assert (reading.value, reading.question) == (None, question)
    assert [choice.label for choice in reading.choices] == labels


def test_keeping_the_words_as_text_loses_none() -> None:
    kept = read("Cut it by 3/4 @bob", Phase.ACTIONS, CONTEXT).choices[-1].value
    assert kept == Action(text="Cut it by 3/4", owner="bob")


def test_the_line_of_an_action_has_one_order() -> None:
    stored = Action(
        id="A",
        text="Wait until fri",
        owner="Alice Berg",
        due=date(2026, 11, 29),
        priority=Priority.P2,
        ticket="ENG-7",
        type=ActionType.PROCESS,
        status=ActionStatus.IN_PROGRESS,
    )
    assert typed(stored, CONTEXT) == 'Wait until fri @"Alice Berg" due:2026-11-29 P2 ENG-7 #process #progress'
    assert typed(Action(text="See you fri"), CONTEXT) == r"See you \fri"


def test_a_due_date_that_has_been_is_said() -> None:
    assert read("Fix it 2026-11-02", Phase.ACTIONS, CONTEXT).understood == ("due Mon Nov 2, in the past",)
