"""Settling: one value, the other or both; and conflicts from files, which may name and hold anything, do no harm."""

from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from facilitator.model import edits
from facilitator.model.changes import PATHS
from facilitator.model.conflicts import Settlement, Versions, can_hold_both, settle, versions
from facilitator.model.edits import LISTS, EditError
from facilitator.model.item import Item
from facilitator.model.merge import merge
from facilitator.model.moments import Moment
from facilitator.model.session import (
    Action,
    Conflict,
    Entry,
    Factor,
    Milestone,
    Parked,
    Participant,
    Question,
    Session,
    Severity,
    Status,
    Why,
)
from facilitator.model.text import MAX_TEXT
from facilitator.store import codec
from tests.editing import EMPTY, FIELD_VALUES, NOON, PATH_VALUES, made

ONE_OF_EACH = {kind: made(kind, kind.__name__) for kind in LISTS if kind is not Conflict}


def filed(*items: Item) -> Session:
    session = EMPTY
    for item in items:
        session = edits.add(session, item)
    return session


EVERYTHING = filed(*ONE_OF_EACH.values())


def disputed(session: Session, about: str, field: str, other: Any) -> tuple[Session, Conflict]:
    conflict = Conflict(id="C", about=about, field=field, other=other)
    session = edits.add(session, conflict)
    return session, edits.get(session, Conflict, "C")


def as_json(value: Any) -> Any:
    return msgspec.json.decode(msgspec.json.encode(value))


def field_of(session: Session, about: str, field: str) -> Any:
    return getattr(edits.find(session, about), field) if about else edits.get_field(session, field)


FIELDS = [
    *(("", path, value) for path in PATHS for value in PATH_VALUES[path]),
    *(
        (kind.__name__, name, value)
        for kind, fields in FIELD_VALUES.items()
        for name, several in fields.items()
        for value in several
    ),
]


@pytest.mark.parametrize(("about", "field"), dict.fromkeys((about, field) for about, field, _ in FIELDS))
def test_every_field_can_be_settled_either_way(about: str, field: str):
    for value in (value for name, path, value in FIELDS if (name, path) == (about, field)):
        session, conflict = disputed(EVERYTHING, about, field, as_json(value))
        assert versions(session, conflict) == Versions(field_of(EVERYTHING, about, field), value)
        assert settle(session, conflict, Settlement.KEEP) == EVERYTHING
        settled = settle(session, conflict, Settlement.OTHER)
        assert (field_of(settled, about, field), settled.conflicts) == (value, ())
        assert codec.loads(codec.dumps(settled)) == settled


def test_what_a_merge_keeps_can_be_settled():
    base = filed(Parked(id="P", text="deploy tool"))
    mine = edits.set_field(edits.change(base, "P", text="rewrite the tool"), "severity", Severity.SEV1)
    theirs = edits.set_field(edits.change(base, "P", text="buy one"), "severity", Severity.SEV2)
    session = merge(base, mine, theirs)
    for conflict in session.conflicts:
        session = settle(session, conflict, Settlement.OTHER)
    assert (session.parking_lot[0].text, session.conflicts) == ("buy one", ())
    assert session.severity in (Severity.SEV1, Severity.SEV2)


@pytest.mark.parametrize(
    ("about", "field", "shown", "other", "both"),
    [
        ("", "summary", "Errors.", "Slow answers.", "Errors.\n\nSlow answers."),
        ("", "response.command", "", "Slow answers.", "Slow answers."),
        ("A", "text", "an alert", "a test", "an alert; a test"),
        ("A", "note", "Too dear.", "Too late.", "Too dear.\n\nToo late."),
        ("Q", "answer", "The team.", "Nobody.", "The team.\n\nNobody."),
    ],
)
def test_a_field_of_sentences_can_hold_both(about: str, field: str, shown: str, other: str, both: str):
    session = filed(Action(id="A", text="x"), Question(id="Q", text="x"))
    session = edits.change(session, about, **{field: shown}) if about else edits.set_field(session, field, shown)
    session, conflict = disputed(session, about, field, other)
    assert can_hold_both(session, conflict)
    settled = settle(session, conflict, Settlement.BOTH)
    assert (field_of(settled, about, field), settled.conflicts) == (both, ())


@pytest.mark.parametrize(
    ("about", "field", "other"),
    [
        ("", "title", "Search"),
        ("", "status", Status.FINAL),
        ("", "services", ["search"]),
        ("", "impact.users", 7),
        ("", "impact.revenue", "7 EUR"),
        ("A", "owner", "alice"),
        ("A", "status", "done"),
        ("P", "role", "scribe"),
        ("A", "text", "x" * MAX_TEXT),
    ],
)
def test_a_field_of_one_value_holds_one(about: str, field: str, other: Any):
    session = filed(Action(id="A", text="add an alert"), Participant(id="P", text="alice"))
    session, conflict = disputed(session, about, field, other)
    assert not can_hold_both(session, conflict)
    with pytest.raises(EditError, match="holds one value"):
        settle(session, conflict, Settlement.BOTH)


def test_the_milestone_that_is_disputed_is_taken_from_the_other_entry_and_the_others_stay():
    entries = (
        Entry(id="E1", at=Moment(NOON), text="alert", milestones=(Milestone.DETECTED,)),
        Entry(id="E2", at=Moment(NOON), text="page", milestones=(Milestone.START,)),
    )
    session, conflict = disputed(filed(*entries), "E2", "milestones", ["detected"])
    assert versions(session, conflict) == Versions(("start",), ("start", "detected"))
    settled = settle(session, conflict, Settlement.OTHER)
    assert [entry.milestones for entry in settled.timeline] == [(), ("start", "detected")]


def test_a_conflict_that_is_settled_already_cannot_be_settled():
    with pytest.raises(EditError, match="no conflict 'C'"):
        settle(EMPTY, Conflict(id="C", field="title", other="Search"), Settlement.OTHER)


HOSTILE_FIELDS = [
    "id", "rank", "parent", "created", "timeline", "conflicts", "impact", "impact.", "impact.prose.x", "__class__",
    "__struct_fields__", "text.x", "at.at", "at.zone", "", ".", "title.x", "nothing", "field", "other",
]  # fmt: skip


@pytest.mark.parametrize("about", ["", "nowhere", "C", *(item.id for item in ONE_OF_EACH.values())])
@pytest.mark.parametrize("field", HOSTILE_FIELDS)
def test_a_conflict_about_what_nobody_can_change_changes_nothing(about: str, field: str):
    session, conflict = disputed(EVERYTHING, about, field, "x")
    assert versions(session, conflict) is None
    assert not can_hold_both(session, conflict)
    assert all(settle(session, conflict, settlement) == EVERYTHING for settlement in Settlement)


@pytest.mark.parametrize(
    ("about", "field", "other"),
    [
        ("", "title", 5),
        ("", "severity", "SEV9"),
        ("", "impact.users", 1.5),
        ("", "started", {"at": "2026-11-15T12:00:00"}),
        ("", "services", "search"),
        ("Entry", "until", "2026-11-15T12:00:00"),
        ("Entry", "until", "0001-01-01T00:00:00+14:00"),
        ("Entry", "at", None),
        ("Entry", "milestones", ["first"]),
        ("Action", "due", "soon"),
        ("Factor", "mitigator", "yes"),
    ],
)
def test_a_value_that_the_field_cannot_have_changes_nothing(about: str, field: str, other: Any):
    session, conflict = disputed(EVERYTHING, about, field, other)
    assert versions(session, conflict) is None
    assert settle(session, conflict, Settlement.OTHER) == EVERYTHING


def test_times_are_put_into_utc():
    session, conflict = disputed(EVERYTHING, "Entry", "until", "2026-11-15T14:00:00+02:00")
    (entry,) = settle(session, conflict, Settlement.OTHER).timeline
    assert (entry.until, entry.until and entry.until.tzinfo) == (datetime(2026, 11, 15, 12, tzinfo=UTC), UTC)


def test_links_that_lead_nowhere_are_not_taken():
    session, conflict = disputed(EVERYTHING, "Factor", "evidence", ["nowhere", "Entry"])
    assert settle(session, conflict, Settlement.OTHER).factors == (
        msgspec.structs.replace(edits.get(EVERYTHING, Factor, "Factor"), evidence=("Entry",)),
    )


_JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False, allow_infinity=False), st.text()),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(), inner, max_size=3)),
    max_leaves=5,
)


@settings(
    max_examples=150,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow],
)
@given(
    st.sampled_from(["", "nowhere", "C", *(item.id for item in ONE_OF_EACH.values())]),
    st.one_of(
        st.sampled_from([*PATHS, *{name for item in ONE_OF_EACH.values() for name in item.__struct_fields__}]),
        st.text(),
    ),
    _JSON,
    st.sampled_from(Settlement),
)
def test_whatever_a_file_has_as_a_conflict_the_session_can_be_stored_when_it_is_settled(
    about: str, field: str, other: Any, settlement: Settlement
):
    session, _ = disputed(edits.add(EVERYTHING, Why(id="W", text="x", parent="Why")), about, field, other)
    session = codec.decode(msgspec.json.decode(msgspec.json.encode(codec.tables(session))))
    (conflict,) = session.conflicts
    if settlement is Settlement.BOTH and versions(session, conflict) and not can_hold_both(session, conflict):
        settlement = Settlement.KEEP
    settled = settle(session, conflict, settlement)
    assert settled.conflicts == ()
    assert codec.loads(codec.dumps(settled)) == settled
