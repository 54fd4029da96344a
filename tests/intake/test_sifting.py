"""Sifting drafts: what becomes an entry, what is set aside, and that nothing of the session is lost by it."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import count, permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facilitator.intake.drafts import Draft, Signal, Stamp
from facilitator.intake.sifting.filters import State
from facilitator.intake.sifting.sifted import (
    Sifted,
    leave,
    left_aside,
    merge_into,
    proposed_among,
    proposed_for,
    sift,
    states,
    take,
)
from facilitator.intake.sifting.taking import taken_origins
from facilitator.model.changes import apply, diff, inverse
from facilitator.model.edits import EditError, change
from facilitator.model.moments import Moment, Precision
from facilitator.model.session import Entry, Intake, Milestone, Session
from facilitator.settings.proposals import built_in

NOON = datetime.fromisoformat("2026-11-17T12:00")
CREATED = datetime(2026, 11, 18, tzinfo=UTC)
INTAKE = Intake(id="I1", rank=1.0, text="slack.zip", kind="slack", read=CREATED, digest="0" * 32, count=3)
OTHER = Intake(id="I2", rank=2.0, text="pd.json", kind="pagerduty", read=CREATED, digest="1" * 32, count=2)


def draft(id: str, text: str, second: float = 0, **fields: Any) -> Draft:
    values: dict[str, Any] = {"stamp": Stamp(NOON + timedelta(seconds=second), "UTC", Precision.SECOND)}
    return Draft(id=id, text=text, **(values | fields))


ALERT = draft("pagerduty:P1", "Checkout error rate above 5 %", 0, place="checkout", signal=Signal.FIRES, key="K1")
SAID = draft("slack:C1/1", "Triggered: Checkout error rate above 5 %", 20, place="incidents", who="bot")
SECOND = draft("pagerduty:P2", "Search is slow", 400, place="search", signal=Signal.FIRES, key="K2")
LUNCH = draft("slack:C1/2", "lunch is ready", 500, place="general", who="bo")
TIMELESS = draft("slack:C1/3", "a note without a time", stamp=None)
DRAFTS = (ALERT, SAID, SECOND, LUNCH, TIMELESS)
INTAKES = {each.id: INTAKE if each.id.startswith("slack") else OTHER for each in DRAFTS}


def session(*entries: Entry, **fields: Any) -> Session:
    values: dict[str, Any] = {"intakes": (INTAKE, OTHER), "timeline": entries}
    return Session(id="S", title="t", created=CREATED, **(values | fields))


def ids() -> Callable[[], str]:
    numbers = count(1)
    return lambda: f"E{next(numbers):03}"


def sifted(*drafts: Draft, of: Session | None = None) -> Sifted:
    return sift(drafts or DRAFTS, of or session(), built_in())


def test_drafts_stand_in_the_order_of_time_and_those_without_one_last() -> None:
    found = sifted(*reversed(DRAFTS))
    assert [each.id for each in found.drafts] == [each.id for each in DRAFTS]
    seconds = [found.second(each.id) for each in DRAFTS]
    assert seconds[-1] is None
    assert seconds[:-1] == sorted(each for each in seconds if each is not None)
    with pytest.raises(KeyError):
        found.second("nobody")


def test_of_two_that_tell_the_same_the_fullest_is_proposed() -> None:
    found = sifted()
    assert found.groups[SAID.id].ids == (ALERT.id, SAID.id)
    assert states(found, session())[State.PROPOSED] == {ALERT.id, SECOND.id}
    assert proposed_for(found, SAID.id) == proposed_for(found, ALERT.id)
    reasons, marks = proposed_for(found, ALERT.id)
    assert "is an alert that fires" in reasons
    assert Milestone.DETECTED in marks
    assert proposed_for(found, LUNCH.id) == ((), ())


@pytest.mark.parametrize("chosen", [ALERT, SAID])
def test_two_that_tell_the_same_become_one_entry_with_two_origins(chosen: Draft) -> None:
    after = take(sifted(), session(), [chosen.id], ids())
    (entry,) = after.timeline
    assert entry.origins == (ALERT.id, SAID.id)
    assert entry.text == ALERT.text
    assert Milestone.DETECTED in entry.milestones
    assert states(sifted(), after)[State.TAKEN] == {ALERT.id, SAID.id}
    assert states(sifted(), after)[State.PROPOSED] == {SECOND.id}


def test_taking_twice_changes_nothing() -> None:
    once = take(sifted(), session(), [ALERT.id, SAID.id, ALERT.id], ids())
    assert len(once.timeline) == 1
    assert take(sifted(), once, [SAID.id, ALERT.id], ids()) is once


def test_a_milestone_goes_with_one_entry_only() -> None:
    detected = Entry(id="E0", at=Moment(CREATED), text="typed", milestones=(Milestone.DETECTED,))
    before = session(detected)
    after = take(sifted(of=before), before, [ALERT.id], ids())
    assert [each.milestones for each in after.timeline if each.id != "E0"] == [()]
    everything = take(sifted(), session(), [each.id for each in DRAFTS], ids())
    marked = [milestone for entry in everything.timeline for milestone in entry.milestones]
    assert len(marked) == len(set(marked))


def test_what_has_no_time_that_can_be_placed_stays_a_draft() -> None:
    early = draft("x:1", "too early", stamp=Stamp(datetime.fromisoformat("0001-01-01T00:00"), "+02:00"))
    nowhere = draft("x:2", "nowhere", stamp=Stamp(NOON, "Mars/Base"))
    before = session()
    assert take(sifted(early, nowhere, TIMELESS), before, ["x:1", "x:2", TIMELESS.id, "nobody"], ids()) is before


def test_other_words_can_be_told() -> None:
    (entry,) = take(sifted(), session(), [LUNCH.id], ids(), text="people left for lunch").timeline
    assert (entry.text, entry.origins) == ("people left for lunch", (LUNCH.id,))


def test_what_is_set_aside_is_proposed_no_more_and_can_be_brought_back() -> None:
    before = session()
    after = leave(before, {ALERT.id, LUNCH.id}, INTAKES, aside=True)
    assert [each.left for each in after.intakes] == [(LUNCH.id,), (ALERT.id,)]
    assert left_aside(after) == {ALERT.id, LUNCH.id}
    assert ALERT.id not in states(sifted(), after)[State.PROPOSED]
    assert leave(after, {ALERT.id, LUNCH.id}, INTAKES, aside=True) == after
    assert leave(after, {ALERT.id, LUNCH.id}, INTAKES, aside=False) == before
    assert leave(before, {"nobody"}, {}, aside=True) is before


def test_what_is_taken_is_not_aside_any_more() -> None:
    aside = leave(session(), {ALERT.id, SAID.id}, INTAKES, aside=True)
    after = take(sifted(), aside, [SAID.id], ids())
    assert left_aside(after) == set()
    assert len(after.timeline) == 1


def test_the_other_one_is_proposed_when_the_fullest_is_set_aside() -> None:
    after = leave(session(), {SAID.id}, INTAKES, aside=True)
    assert ALERT.id in states(sifted(), after)[State.PROPOSED]


def test_a_draft_can_be_merged_with_an_entry() -> None:
    entry = Entry(id="E0", at=Moment(CREATED), text="typed", source="memory", links=("https://a.example",))
    linked = draft("slack:C1/9", "see https://graphs.example/1", place="incidents", who="ana")
    before = leave(session(entry), {linked.id}, {linked.id: INTAKE}, aside=True)
    found = sifted(linked, of=before)
    after = merge_into(found, before, linked.id, "E0")
    (merged,) = after.timeline
    assert (merged.text, merged.at, merged.origins) == ("typed", entry.at, (linked.id,))
    assert merged.source.startswith("memory; Slack #incidents")
    assert merged.links == ("https://a.example", "https://graphs.example/1")
    assert left_aside(after) == set()
    assert merge_into(found, after, linked.id, "E0") is after
    with pytest.raises(EditError):
        merge_into(found, before, linked.id, "nobody")
    with pytest.raises(KeyError):
        merge_into(found, before, "nobody", "E0")


def test_proposals_can_be_asked_for_among_some() -> None:
    found = sifted()
    assert proposed_among(found, session(), {SAID.id}) == [ALERT.id]
    assert proposed_among(found, session(), {SECOND.id, ALERT.id, LUNCH.id}) == [ALERT.id, SECOND.id]
    assert proposed_among(found, session(), set()) == []


def some_drafts() -> st.SearchStrategy[list[Draft]]:
    words = st.sampled_from(["rolled back v411", "Checkout is down", "declaring an incident", "all green", ""])
    kinds = st.sampled_from(["slack:C1/", "pagerduty:"])
    stamps = st.none() | st.builds(
        Stamp,
        st.datetimes(NOON - timedelta(hours=1), NOON + timedelta(hours=1)) | st.datetimes(),
        st.sampled_from(["UTC", "", "+02:00", "Europe/Paris", "Mars/Base"]),
    )
    return st.lists(
        st.builds(
            Draft,
            id=st.builds(lambda kind, number: f"{kind}{number}", kinds, st.integers(0, 9)),
            text=words,
            stamp=stamps,
            who=st.sampled_from(["", "ana"]),
            place=st.sampled_from(["", "incidents"]),
            signal=st.none() | st.sampled_from(Signal),
            key=st.sampled_from(["", "K1"]),
        ),
        max_size=8,
        unique_by=lambda each: each.id,
    )


@given(some_drafts(), st.lists(st.integers(0, 9)), st.booleans())
def test_taking_never_loses_or_changes_what_is_there(drafts: list[Draft], numbers: list[int], aside: bool) -> None:
    typed = Entry(id="E0", at=Moment(datetime(2026, 11, 17, 12, tzinfo=UTC)), text="typed by hand")
    before = session(typed)
    found = sifted(*drafts, of=before) if drafts else sift((), before, built_in())
    chosen = [drafts[number].id for number in numbers if number < len(drafts)]
    if aside:
        before = leave(before, set(chosen), dict.fromkeys(chosen, INTAKE), aside=True)
    after = take(found, before, chosen, ids())
    assert typed in after.timeline
    origins = [origin for entry in after.timeline for origin in entry.origins]
    assert len(origins) == len(set(origins))
    assert set(origins) == set(taken_origins(after)) <= {each.id for each in drafts}
    assert left_aside(after) == {each for each in left_aside(before) if each not in origins}
    assert [each.at.at for each in after.timeline] == sorted(each.at.at for each in after.timeline)
    assert take(found, after, chosen, ids()) is after
    assert apply(after, inverse(diff(before, after))) == before
    found_states = states(found, after)
    assert set(found_states[State.PROPOSED]).isdisjoint(found_states[State.TAKEN])


BOT = draft("slack:C1/7", SAID.text, place="incidents", who="bot", stamp=Stamp(NOON, "UTC", Precision.MINUTE))
EXACT = draft(
    "pagerduty:P1", ALERT.text, 9, place="checkout", signal=Signal.FIRES, key="K1", link="https://pd.example/1"
)


def outline(of: Session) -> list[tuple[set[str], Moment]]:
    return [(set(entry.origins), entry.at) for entry in of.timeline]


@pytest.mark.parametrize("order", list(permutations((BOT, EXACT, SECOND))))
@pytest.mark.parametrize("everything", [True, False])
def test_reading_file_by_file_gives_what_reading_all_at_once_gives(order: tuple[Draft, ...], everything: bool) -> None:
    new_id, after = ids(), session()
    for size in range(1, len(order) + 1):
        found, new = sifted(*order[:size]), {order[size - 1].id}
        after = take(found, after, new if everything else proposed_among(found, after, new), new_id)
        assert not set(states(found, after)[State.PROPOSED]) & new
    at_once = take(sifted(*order), session(), [each.id for each in order], ids())
    assert len(at_once.timeline) == 2
    assert outline(after) == outline(at_once)


def test_what_comes_to_an_entry_adds_where_it_is_from_and_keeps_what_was_edited() -> None:
    before = take(sifted(BOT), session(), [BOT.id], ids())
    (joined,) = take(sifted(BOT, EXACT), before, [EXACT.id], ids()).timeline
    assert (joined.id, joined.text, joined.at.precision) == ("E001", BOT.text, Precision.SECOND)
    assert joined.source == "Slack #incidents, @bot; PagerDuty checkout"
    assert joined.links == ("https://pd.example/1",)
    moved = Moment(datetime(2026, 11, 17, 11, 30, tzinfo=UTC))
    edited = change(before, "E001", at=moved, text="the alert")
    after = take(sifted(BOT, EXACT), edited, [EXACT.id], ids())
    assert [(each.at, each.text, each.origins) for each in after.timeline] == [(moved, "the alert", (BOT.id, EXACT.id))]
