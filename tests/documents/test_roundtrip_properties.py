"""A document that is read back: any session comes back as it was published, and any edit as that edit."""

from datetime import UTC, date, datetime
from typing import Any

import msgspec
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from facilitator.documents.pictures.figures import nothing
from facilitator.documents.roundtrip.carried import carried
from facilitator.documents.roundtrip.merging import merged
from facilitator.documents.roundtrip.reading import opened, read
from facilitator.documents.roundtrip.words import settled
from facilitator.documents.roundtrip.writing import round_trip
from facilitator.model import edits
from facilitator.model.changes import diff
from facilitator.model.item import Item
from facilitator.model.merge import merge
from facilitator.model.private import published
from facilitator.model.session import (
    Action,
    ActionStatus,
    ActionType,
    Confidence,
    Entry,
    Factor,
    Lesson,
    LessonArea,
    LessonKind,
    Priority,
    Question,
    ResponseNote,
    Role,
    Session,
    Severity,
    Status,
    Why,
)
from facilitator.model.text import one_line, paragraphs
from tests.documents.hostile_sessions import SHORT
from tests.editing import edited
from tests.strategies import lines, numbers, prose, sessions

NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)
SLOW = (HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large)


def document_of(shown: Session, base: Session) -> str:
    """Return the document of one session that carries another one: what an editor makes of the document of `base`."""
    text = round_trip(shown, nothing)
    return text.replace(carried(published(shown)), carried(published(base)))


@settings(max_examples=10, deadline=None, suppress_health_check=SLOW)
@given(sessions(2))
def test_a_document_that_nobody_edited_is_the_session_as_published(session: Session) -> None:
    text = round_trip(session)
    for each in (text, text.replace("\n", "\r\n"), text.replace("\n", " \n").replace("\\ \n", "\\\n"), f"\ufeff{text}"):
        outcome = read(each, NOW)
        assert outcome.session == published(session)
        assert (outcome.left, outcome.notes) == ((), ())


TEXTS = st.one_of(st.sampled_from(["-->", "<!-- E1 -->", "a | b \\| c", "# x", "1. x", "*x*", "a\\"]), lines(1))

FIELDS: dict[type[Item], dict[str, st.SearchStrategy[Any]]] = {
    Entry: {"text": TEXTS, "source": lines().filter(lambda said: "," not in said and ":" not in said)},
    Why: {"text": TEXTS, "confidence": st.sampled_from((None, *Confidence))},
    Factor: {
        "text": TEXTS,
        "category": TEXTS,
        "role": st.sampled_from((None, *Role)),
        "present": st.sampled_from((None, True, False)),
        "no_action": lines(),
    },
    ResponseNote: {"text": TEXTS},
    Lesson: {"text": TEXTS, "kind": st.sampled_from(LessonKind), "area": st.sampled_from((None, *LessonArea))},
    Action: {
        "text": TEXTS,
        "due": st.one_of(st.none(), st.dates(date(2026, 1, 1), date(2027, 12, 31))),
        "priority": st.sampled_from((None, *Priority)),
        "type": st.sampled_from((None, *ActionType)),
        "status": st.sampled_from([each for each in ActionStatus if each is not ActionStatus.WONT_DO]),
    },
    Question: {"text": TEXTS, "answer": prose()},
}
"""What a reader sees of items, and may write there."""

_NEVER_COLUMNS = frozenset({"text", "confidence", "area", "answer"})
"""The others have columns that are left out when nothing is said in them; then nothing is read from these."""

PATHS: dict[str, st.SearchStrategy[Any]] = {
    "title": TEXTS,
    "status": st.sampled_from(Status),
    "severity": st.sampled_from((None, *Severity)),
    "cause": lines(),
    "facilitator": lines(),
    "held": st.one_of(st.none(), st.dates(date(2026, 1, 1), date(2027, 12, 31))),
    "impact.users": st.one_of(st.none(), st.integers(0, 10**9)),
    "impact.sla_breached": st.sampled_from((None, True, False)),
    **dict.fromkeys(
        ("summary", "trigger", "impact.prose", "detection.prose", "resolution", "detection.faster"), prose()
    ),
}
"""What a reader sees of the session itself."""


@st.composite
def edits_of_one_field(draw: st.DrawFn) -> tuple[Session, Session]:
    """A session as it was published, and the same with one field changed that its document shows."""
    session = _plain(published(draw(sessions(2))))
    items = [item for kind in FIELDS for item in edits.items(session, kind)]
    if not items or draw(st.booleans()):
        path = draw(st.sampled_from(sorted(PATHS)))
        value = draw(PATHS[path])
        assume(_is_shown(value) and not _says_the_same(value, edits.get_field(session, path)))
        return session, edits.set_field(session, path, value)
    item = draw(st.sampled_from(items))
    name = draw(st.sampled_from(sorted(FIELDS[type(item)])))
    value = draw(FIELDS[type(item)][name])
    assume(_is_shown(value) and not _says_the_same(value, getattr(item, name)))
    assume(name in _NEVER_COLUMNS or value not in (None, ""))
    if isinstance(item, Factor):
        assume(not item.mitigator or name in ("text", "category"))
        assume(not ((item.mitigator and name == "category" and value.startswith(("see ", "M"))) or "; " in str(value)))
    if isinstance(item, Action):
        assume(item.status is not ActionStatus.WONT_DO)
    return session, edits.change(session, item.id, **{name: value})


def _plain(session: Session) -> Session:
    """Return a session in which no text is such that two fields look as one in a document."""
    factors = tuple(
        msgspec.structs.replace(each, no_action=" ".join(each.no_action.split())) for each in session.factors
    )
    return msgspec.structs.replace(session, factors=factors)


def _is_shown(value: Any) -> bool:
    """Tell whether a document shows just this value: spaces and blank lines are not kept where Markdown has none."""
    if not isinstance(value, str):
        return True
    return (
        value
        == "\n\n".join(
            "\n".join(" ".join(each.split()) for each in part.split("\n") if each.strip())
            for part in value.split("\n\n")
        ).strip("\n")
        and "\n\n\n" not in value
    )


def _says_the_same(one: Any, other: Any) -> bool:
    if isinstance(one, str) and isinstance(other, str):
        return settled(one) == settled(other) or one.translate({0x2026: "..."}) == other
    return bool(one == other)


@settings(max_examples=25, deadline=None, suppress_health_check=SLOW)
@given(edits_of_one_field())
def test_what_is_changed_in_one_field_is_that_change_and_no_other(pair: tuple[Session, Session]) -> None:
    base, wanted = pair
    outcome = read(document_of(wanted, base), NOW)
    assert outcome.left == ()
    assert outcome.session == wanted, diff(wanted, outcome.session)


@settings(max_examples=10, deadline=None, suppress_health_check=SLOW)
@given(sessions(2), st.integers(0, 99))
def test_a_line_that_is_deleted_deletes_its_item_alone(session: Session, which: int) -> None:
    base = published(session)
    items = [item for kind in FIELDS for item in edits.items(base, kind) if not isinstance(item, Why)]
    items += [why for why in base.whys if not edits.children(base, why.id)]
    assume(items)
    wanted = edits.remove(base, items[which % len(items)].id)
    outcome = read(document_of(wanted, base), NOW)
    assert outcome.session == wanted, diff(wanted, outcome.session)
    assert outcome.left == ()


@settings(max_examples=10, deadline=None, suppress_health_check=SLOW)
@given(sessions(2), st.integers(0, 99), st.integers(-2, 2))
def test_lines_in_another_order_are_the_items_in_that_order(session: Session, which: int, places: int) -> None:
    base = published(session)
    items = [item for kind in (Lesson, ResponseNote, Question, Action, Factor, Why) for item in edits.items(base, kind)]
    assume(items)
    # Actions that were decided against are numbered with the others, and stand apart from them.
    assume(len({action.status is ActionStatus.WONT_DO for action in base.actions}) < 2)
    wanted = edits.move(base, items[which % len(items)].id, places)
    outcome = read(document_of(wanted, base), NOW)
    assert outcome.left == ()
    assert _in_order(outcome.session) == _in_order(wanted)


def _in_order(session: Session) -> list[Any]:
    """Return what a document shows of a session, in its order, without the ranks that make it."""
    shown: list[Any] = []
    for kind in FIELDS:
        groups: dict[Any, list[Item]] = {}
        for item in edits.items(session, kind):
            of = getattr(item, "parent" if kind is Why else "kind", "")
            of = (item.mitigator if isinstance(item, Factor) else of, getattr(item, "status", "") == "won't do")
            groups.setdefault(of, []).append(msgspec.structs.replace(item, rank=0.0))
        shown.append(groups)
    return shown


@settings(max_examples=10, deadline=None, suppress_health_check=SLOW)
@given(edits_of_one_field(), numbers(6))
def test_merging_a_document_is_merging_what_was_edited_in_it(
    pair: tuple[Session, Session], others: list[tuple[int, int, int]]
) -> None:
    base, theirs = pair
    mine = edited(base, others)
    found = merged(opened(document_of(theirs, base)), base, mine, NOW)
    assert found.session == merge(base, mine, theirs)


@settings(max_examples=10, deadline=None, suppress_health_check=SLOW)
@given(sessions(2), numbers(6))
def test_an_unedited_document_changes_nothing_and_loses_nothing_private(
    session: Session, others: list[tuple[int, int, int]]
) -> None:
    mine = edited(session, others)
    assert merged(opened(round_trip(session)), published(session), mine, NOW).session == mine


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(SHORT), st.integers(0, 5))
def test_hostile_words_are_words(text: str, which: int) -> None:
    base = Session(
        id="S",
        title="Checkout errors",
        created=NOW,
        lessons=(Lesson(id="L1", rank=1.0, text="one"), Lesson(id="L2", rank=2.0, text="two")),
        questions=(Question(id="Q1", rank=1.0, text="three", answer="x"),),
        factors=(Factor(id="F1", rank=1.0, text="four", category="x", root_cause=True),),
    )
    said = one_line(text) or "nothing"
    wanted = (
        edits.change(base, "L1", text=said),
        edits.change(base, "Q1", text=said),
        edits.change(base, "F1", text=said),
        edits.change(base, "F1", category=said),
        edits.set_field(base, "title", said),
        edits.change(base, "Q1", answer="\n".join(one_line(each) for each in paragraphs(text).split("\n"))),
    )[which]
    outcome = read(document_of(wanted, base), NOW)
    shown = edits.get(outcome.session, Question, "Q1").answer
    if which == 5:
        assert settled(shown) == settled(edits.get(wanted, Question, "Q1").answer) or shown == "x"
    else:
        assert outcome.session == wanted
    assert outcome.left == ()
