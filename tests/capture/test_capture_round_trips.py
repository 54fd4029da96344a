from datetime import UTC, date, datetime, timedelta

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from facilitator.capture.context import Context
from facilitator.capture.lines import read, reread, typed
from facilitator.model import edits
from facilitator.model.item import Item
from facilitator.model.meeting_items import Note
from facilitator.model.moments import Approximation, Moment, Precision
from facilitator.model.phases import Phase
from facilitator.model.session import (
    CATEGORIES,
    Action,
    ActionStatus,
    ActionType,
    BranchEnd,
    Confidence,
    Entry,
    Factor,
    Join,
    Lesson,
    LessonArea,
    LessonKind,
    Milestone,
    Parked,
    Participant,
    Priority,
    Question,
    ResponseKind,
    ResponseNote,
    Session,
    Why,
)
from facilitator.model.text import one_line

MODEST = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])

# Words that mean something somewhere in the grammar, so that texts made of them are the hardest to read back.
TELLING = (
    "\\", "\\\\", "\\#detected", "#detected", "#det", "#d", "#", "#1234", "#root", "#testing", "#mitigator", "#and",
    "#done", "#process", '#"a', 'b"', '@"a', "@alice", '@"Alice Berg"', "@", "@,", '@""', "source:", "source:x",
    'source:"a', 'link:"x y"', "due:fri", "due:nonsense", "ticket:1", "category:own", "fri", "on", "by", "next",
    "\\fri", "Nov", "29", "Nov 29", "29 Nov", "2026", "in 2 weeks", "weeks", "2", "+2w", "tomorrow", "3/4",
    "2026-11-29", "Feb 30", "P1", "p1", "ENG-1", "UTF-8", "https://a.example/issues/1", "https://a.example",
    "\\https://a.example", "link://x", "x://", "?", "\\?", "//", "\\//", "!", "+", "-", "–", ":", "|", ",", "~",
    "14:22", "1422", "14:??", "25:10", "2pm", "pm", "UTC", "Z", "CET", "PT", "+02:00", "-05:00", "-14:35",
    "Europe/Paris", "and/or", "to", "until", "to 14:35", "- 14:35", "at", "about", "before", "[14:22]", "(", "]",
    "noon", "midnight", "half past", "quarter to", "three", "o'clock", "ish", "just after", "between", "and", "later",
    "an hour later", "same time", "T+45", "from",
    "yesterday", "Monday", "+5m", "users", "requests", "ms", "[bold]", "[/x]", "\u202e", "́", "é", "日本", "a\tb",
    "\x1b[31m",
)  # fmt: skip

EPOCH = datetime(1990, 1, 1, tzinfo=UTC)
times_of_our_age = st.timedeltas(timedelta(), timedelta(days=40_000)).map(lambda since: EPOCH + since)

words = st.sampled_from(TELLING) | st.text(max_size=6)
texts = st.lists(words, min_size=1, max_size=7).map(" ".join).filter(one_line)
names = st.just("") | texts
zones = st.sampled_from(
    ["UTC", "CET", "PST", "IST", "+05:30", "-03:00", "Europe/Paris", "PT", "America/New_York", "Japan", "?", ""]
)
moments = st.builds(
    Moment,
    times_of_our_age,
    zones,
    st.sampled_from(Precision),
    st.sampled_from(Approximation),
)
any_moments = moments | st.builds(Moment, st.datetimes(timezones=st.just(UTC)), zones)
ids = {"id": st.just("I"), "rank": st.floats(-10, 10)}

entries = st.builds(
    Entry,
    **ids,
    at=any_moments,
    text=texts,
    until=st.none() | times_of_our_age,
    milestones=st.lists(st.sampled_from(Milestone), unique=True).map(tuple),
    source=names.filter(lambda name: not name or bool(one_line(name))),
    links=st.lists(texts | st.sampled_from(["https://a.example/d/1?x=y#z", 'x://b"']), max_size=3).map(tuple),
)
whys = st.builds(
    Why,
    **ids,
    text=texts,
    parent=st.none() | st.just("W"),
    join=st.sampled_from(Join),
    evidence=st.just(("e0",)),
    confidence=st.none() | st.sampled_from(Confidence),
    end=st.none() | st.sampled_from(BranchEnd),
)
factors = st.builds(
    Factor,
    **ids,
    text=texts,
    category=st.sampled_from(CATEGORIES)
    | names
    | st.sampled_from(["root", "Root", "third party", "co", "Testing", 'b"']),
    mitigator=st.booleans(),
    root_cause=st.booleans(),
    whys=st.just(("w0",)),
)
actions = st.builds(
    Action,
    **ids,
    text=texts,
    owner=names,
    due=st.none() | st.dates(),
    ticket=names | st.sampled_from(["ENG-12", 'https://a.example/issues/b"']),
    priority=st.none() | st.sampled_from(Priority),
    type=st.none() | st.sampled_from(ActionType),
    status=st.sampled_from(ActionStatus),
    factors=st.just(("f0",)),
    note=names,
    done=st.none() | st.dates(),
    effect=names,
)
simple = st.one_of(
    st.builds(
        Lesson, **ids, text=texts, kind=st.sampled_from(LessonKind), area=st.none() | st.sampled_from(LessonArea)
    ),
    st.builds(ResponseNote, **ids, text=texts, kind=st.sampled_from(ResponseKind)),
    st.builds(Parked, **ids, text=texts),
    st.builds(Note, **ids, phase=st.just("Incident"), text=texts),
    st.builds(Question, **ids, text=texts, owner=names, answer=names),
    st.builds(Participant, **ids, text=texts, role=names),
)

EMPTY = Session(id="S", title="t", created=datetime(2026, 11, 16, tzinfo=UTC))


def session_with_entries(zone: str = "UTC") -> Session:
    session = msgspec.structs.replace(EMPTY, zone=zone)
    for minute in (0, 22, 32):
        at = Moment(datetime(2026, 11, 15, 14, minute, tzinfo=UTC))
        session = edits.add(session, Entry(id=f"e{minute}", at=at, text="something"))
    return session


contexts = st.builds(
    Context,
    session=st.sampled_from(
        [EMPTY, session_with_entries(), session_with_entries("Europe/Paris"), session_with_entries("CET")]
    ),
    today=st.dates(date(2020, 1, 1), date(2030, 1, 1)),
    categories=st.sampled_from([CATEGORIES, (*CATEGORIES, "vendor", "Third Party", "3rd-party")]),
)


def reads_back(item: Item, context: Context) -> None:
    line = typed(item, context)
    assert one_line(line) == line
    reading = reread(line, item, context)
    assert reading.question == "", (line, reading)
    assert reading.value == item, line


@MODEST
@given(entries, contexts)
def test_an_entry_is_read_back_from_its_line(entry: Entry, context: Context) -> None:
    reads_back(entry, context)


@MODEST
@given(whys | factors, contexts)
def test_a_why_and_a_factor_are_read_back_from_their_lines(item: Item, context: Context) -> None:
    reads_back(item, context)


@MODEST
@given(actions, contexts)
def test_an_action_is_read_back_from_its_line(action: Action, context: Context) -> None:
    reads_back(action, context)


@MODEST
@given(simple, contexts)
def test_every_other_item_is_read_back_from_its_line(item: Item, context: Context) -> None:
    reads_back(item, context)


PHASES: dict[type[Item], Phase] = {
    Entry: Phase.TIMELINE,
    ResponseNote: Phase.RESPONSE,
    Why: Phase.WHYS,
    Factor: Phase.FACTORS,
    Lesson: Phase.LESSONS,
    Action: Phase.ACTIONS,
    Question: Phase.INCIDENT,
    Parked: Phase.INCIDENT,
    Note: Phase.INCIDENT,
}

_KEPT = {"id", "rank", "parent", "evidence", "whys", "factors", "note", "answer", "at", "until"}


def done_anew(action: Action, today: date) -> date | None:
    """Return the day on which an action was done that is typed on a day: what is done without one, on that day."""
    if action.status is not ActionStatus.DONE:
        return None
    return action.done if action.done is not None and action.done.year >= 1970 and action.done <= today else today


@MODEST
@given(
    st.one_of(whys, factors, actions.filter(lambda each: each.due is None or 1970 <= each.due.year < 2200), simple),
    contexts,
)
def test_a_line_typed_anew_says_the_same(item: Item, context: Context) -> None:
    if isinstance(item, Participant):
        return
    item = msgspec.structs.replace(
        item,
        **{
            name: one_line(value)
            for name, value in msgspec.structs.asdict(item).items()
            if type(value) is str and name not in _KEPT
        },
    )
    if isinstance(item, Factor) and item.category not in context.categories:
        item = msgspec.structs.replace(item, category="")
    if isinstance(item, Action):
        item = msgspec.structs.replace(item, done=done_anew(item, context.today))
    reading = read(typed(item, context), PHASES[type(item)], context)
    assert reading.value is not None, reading
    for name in set(item.__struct_fields__) - _KEPT:
        assert getattr(reading.value, name) == getattr(item, name), (typed(item, context), name)


TELLABLE = st.builds(
    Moment,
    st.integers(0, 300 * 1440).map(lambda minutes: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)),
    st.sampled_from(["UTC", "IST", "+05:30", "-03:00", "PST", "JST"]),
    st.just(Precision.MINUTE),
    st.sampled_from(Approximation),
)


@MODEST
@given(TELLABLE, st.none() | st.integers(1, 700), texts)
def test_the_stamp_of_an_entry_is_read_as_the_same_moment_by_anyone(at: Moment, minutes: int | None, text: str) -> None:
    until = None if minutes is None else at.at + timedelta(minutes=minutes)
    entry = Entry(at=at, text=one_line(text), until=until)
    context = Context(session=session_with_entries(), today=date(2026, 11, 18))
    line = typed(entry, context)
    assert read(line, Phase.TIMELINE, context).value == entry, line


def test_reading_again_keeps_what_the_line_does_not_say() -> None:
    context = Context(session=EMPTY, today=date(2026, 11, 18))
    action = Action(id="A", rank=2.0, text="Old", factors=("f",), note="later", owner="alice", priority=Priority.P1)
    changed = reread("New P2 #wontdo", action, context).value
    assert changed == Action(
        id="A", rank=2.0, text="New", factors=("f",), note="later", priority=Priority.P2, status=ActionStatus.WONT_DO
    )


def test_a_changed_time_of_an_entry_stays_on_its_day() -> None:
    session = session_with_entries()
    context = Context(session=session, today=date(2026, 11, 18))
    entry = Entry(id="x", at=Moment(datetime(2026, 11, 12, 9, 0, tzinfo=UTC)), text="before it all")
    assert typed(entry, context) == "2026-11-12 09:00 before it all"
    changed = reread("09:05 before it all", entry, context).value
    assert isinstance(changed, Entry)
    assert changed.at.at == datetime(2026, 11, 12, 9, 5, tzinfo=UTC)
    assert changed.id == "x"


def test_an_entry_whose_time_was_removed_can_keep_it() -> None:
    session = session_with_entries()
    context = Context(session=session, today=date(2026, 11, 18))
    reading = reread("now without a time", session.timeline[1], context)
    assert reading.question.startswith("When was it?")
    assert reading.choices[0].label == "14:22, as it was"
    kept = reading.choices[0].value
    assert kept == msgspec.structs.replace(session.timeline[1], text="now without a time")


def test_an_item_that_cannot_be_typed_is_refused() -> None:
    context = Context(session=EMPTY, today=date(2026, 11, 18))
    with pytest.raises(TypeError):
        typed(Item(), context)
    with pytest.raises(TypeError):
        reread("x", Item(), context)
