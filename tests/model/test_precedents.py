"""Earlier incidents: noted once, linked to factors, told, asked about and named in the document."""

from datetime import UTC, date, datetime

import pytest

from facilitator.documents.markdown import markdown
from facilitator.model import edits
from facilitator.model.cue_missing import missing
from facilitator.model.cue_values import Missing
from facilitator.model.links import linked
from facilitator.model.merge import merge
from facilitator.model.precedents import met, met_in, noted, precedent_id
from facilitator.model.session import Factor, Precedent, Session

BARE = Session(
    id="S1",
    title="Redis out of memory",
    created=datetime(2026, 11, 20, tzinfo=UTC),
    factors=(Factor(id="F1", rank=1.0, text="no limit"), Factor(id="F2", rank=2.0, text="no alert")),
)
OLD, NEW = (
    Precedent(id=precedent_id(name), text=f"Redis stalls {name}", session=name, day=date(2025, month, 3))
    for name, month in (("S7", 3), ("S8", 9))
)


def test_an_earlier_incident_is_noted_once() -> None:
    once = noted(BARE, OLD)
    assert [each.session for each in once.precedents] == ["S7"]
    assert noted(once, OLD) is once


def test_a_factor_that_was_met_there_was_seen_before() -> None:
    session = met(met(BARE, OLD, ("F1",)), NEW, ("F1",))
    first, second = session.factors
    assert (first.seen_before, second.seen_before) == (True, None)
    assert [each.session for each in met_in(session, first)] == ["S8", "S7"]
    assert {type(each) for each in linked(session, first)} == {Precedent}
    again = met(session, OLD, ("F1", "F2"))
    assert [each.factors for each in again.precedents] == [("F2",), ("F1",)]
    assert again.factors[0].seen_before is True


def test_two_who_note_the_same_incident_at_once_note_one() -> None:
    mine, theirs = met(BARE, OLD, ("F1",)), met(BARE, OLD, ("F2",))
    (only,) = merge(BARE, mine, theirs).precedents
    assert set(only.factors) == {"F1", "F2"}


def test_a_factor_that_is_removed_is_linked_no_more() -> None:
    (kept,) = edits.remove(met(BARE, OLD, ("F1",)), "F1").precedents
    assert kept.factors == ()


@pytest.mark.parametrize(
    ("past", "told"),
    [
        ((OLD,), "this was there in an earlier incident: no limit"),
        ((OLD, NEW), "this was there in 2 earlier incidents"),
    ],
)
def test_what_kept_it_in_place_is_asked(past: tuple[Precedent, ...], told: str) -> None:
    session = BARE
    for each in past:
        session = met(session, each, ("F1",))
    found = missing(session, Missing.RECURRENCE, "F1")
    assert found is not None
    assert (found.about, found.reason.startswith(told)) == ("F1", True)
    assert missing(BARE, Missing.RECURRENCE, "F1") is None


def test_the_document_names_earlier_incidents_and_the_factors_that_were_met_there() -> None:
    shown = markdown(noted(met(BARE, NEW, ("F2",)), OLD))
    seen = shown.partition("### Seen before\n\n")[2].splitlines()
    assert seen[:2] == [
        "- 2025-09-03: Redis stalls S8 *(F2; session S8)*",
        "- 2025-03-03: Redis stalls S7 *(session S7)*",
    ]
    assert "| F2 | no alert | yes: 2025-09-03 |" in " ".join(shown.split())
    assert "### Seen before" not in markdown(BARE)
