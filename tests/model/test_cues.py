"""Which cue is offered next, and what makes it fit."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facilitator.model.cue_values import PLACES, Cue, Heard, Missing, Used
from facilitator.model.cues import Fit, Offer, Scene, fitting, next_cue, place_name
from facilitator.model.moments import Moment
from facilitator.model.phases import Phase
from facilitator.model.session import Entry, Factor, Milestone, Session

BEGAN = datetime(2026, 11, 15, 14, tzinfo=UTC)
ENTRIES = tuple(
    Entry(
        id=f"E{minute}",
        at=Moment(BEGAN + timedelta(minutes=minute)),
        text="it goes on",
        milestones=(Milestone.DETECTED,) if minute == 24 else (),
    )
    for minute in (0, 1, 2, 24, 25, 27, 28)
)
SESSION = Session(
    id="S1",
    title="Checkout errors",
    created=BEGAN,
    timeline=ENTRIES,
    factors=(Factor(id="F1", text="no load test"), Factor(id="F2", text="one pool")),
)
CUES = (
    Cue(id="any", question="What does that word mean?"),
    Cue(id="timeline", question="What did you see?", places=("timeline",)),
    Cue(id="timeline-two", question="What did you expect?", places=("timeline", "response")),
    Cue(id="detected", question="How did it arrive?", places=("timeline",), milestones=(Milestone.DETECTED,)),
    Cue(id="gap", question="What happened before this?", places=("timeline",), missing=(Missing.BEFORE,)),
    Cue(id="decision", question="What else was considered?", after=(Heard.DECISION,)),
    Cue(id="fix", question="Where were we?", places=("timeline",), after=(Heard.FIX,)),
    Cue(id="action", question="What do we do about it?", places=("factors",), missing=(Missing.ACTION,)),
    Cue(id="evidence", question="What shows it?", places=("factors",), missing=(Missing.EVIDENCE,)),
    Cue(id="silence", question="What stood out?", after=(Heard.SILENCE,)),
)


def scene(place: str = Phase.TIMELINE, **fields: Any) -> Scene:
    return Scene(session=SESSION, place=place, **fields)


def ids(where: Scene, cues: tuple[Cue, ...] = CUES) -> list[str]:
    return [offer.cue.id for offer in fitting(cues, where)]


def offered(where: Scene, used: Used | None = None) -> Offer:
    offer = next_cue(CUES, where, used or Used())
    assert offer is not None
    return offer


def test_the_order_is_what_was_said_what_is_missing_the_milestone_the_place_any_place() -> None:
    here = scene(marked="E24", typed="so we restarted it")
    assert ids(here) == ["decision", "gap", "detected", "timeline", "timeline-two", "any"]
    assert [offer.fit for offer in fitting(CUES, here)] == [*list(Fit)[:4], Fit.PLACE, Fit.ANYWHERE]


@pytest.mark.parametrize(
    ("here", "reason"),
    [
        (scene(typed="so we restarted it"), "after a decision"),
        (scene(typed="we should add an alert", marked="E24"), "after a fix; back to 14:24"),
        (scene(told=(Heard.SILENCE,)), "after silence"),
        (scene(marked="E24"), "22 min without an entry before this"),
        (scene(Phase.FACTORS, marked="F2"), "no action yet for: one pool"),
        (scene(), "for the timeline"),
        (scene(Phase.RESPONSE), "for detection and response"),
        (scene("Parking lot"), "at any time"),
    ],
)
def test_it_is_said_what_makes_a_cue_fit(here: Scene, reason: str) -> None:
    assert offered(here).reason == reason


def test_a_milestone_is_named() -> None:
    assert offered(scene(marked="E24"), Used(("gap",))).reason == "at the milestone detected"


def test_a_cue_is_about_the_item_that_makes_it_fit() -> None:
    assert offered(scene(marked="E24")).about == "E24"
    assert offered(scene(Phase.FACTORS)).about == "F1"
    assert offered(scene()).about == ""


def test_what_is_missing_at_the_marked_item_comes_before_what_is_missing_elsewhere() -> None:
    acted = Session(
        id="S1", title="", created=BEGAN, factors=(SESSION.factors[0], Factor(id="F2", text="x", no_action="y"))
    )
    here = Scene(session=acted, place=Phase.FACTORS, marked="F2")
    assert [(offer.cue.id, offer.about) for offer in fitting(CUES, here)][:2] == [("evidence", "F2"), ("action", "F1")]


def test_a_cue_fits_only_where_its_place_is() -> None:
    assert ids(scene(Phase.WHYS, typed="so we restarted it")) == ["decision", "any"]
    assert ids(scene("Closing")) == ["any"]


def test_what_a_cue_asks_for_must_all_be_there() -> None:
    cue = Cue(
        id="x", question="?", milestones=(Milestone.DETECTED,), after=(Heard.DECISION,), missing=(Missing.BEFORE,)
    )
    said = "so we restarted it"
    assert ids(scene(marked="E24", typed=said), (cue,)) == ["x"]
    assert ids(scene(marked="E25", typed=said), (cue,)) == []
    assert ids(scene(marked="E24"), (cue,)) == []
    assert ids(scene(marked="E24", typed=said, silences=()), (cue,)) == []


def test_a_cue_for_several_kinds_is_offered_once() -> None:
    cue = Cue(id="x", question="?", after=(Heard.DECISION, Heard.OBSERVATION))
    assert ids(scene(typed="I saw the graph drop, so we restarted it"), (cue,)) == ["x"]


def test_none_repeats_until_all_that_fit_were_used_and_then_they_come_round() -> None:
    here, used, seen = scene(marked="E24", typed="so we restarted it"), Used(), []
    for _ in range(12):
        offer = offered(here, used)
        seen.append(offer.cue.id)
        used = used.plus(offer.cue.id)
    assert seen == [*ids(here), *ids(here)]


def test_what_was_used_at_one_place_is_used_at_another_too() -> None:
    assert offered(scene(Phase.RESPONSE)).cue.id == "timeline-two"
    assert offered(scene(Phase.RESPONSE), Used(("timeline-two",))).cue.id == "any"


def test_without_a_cue_that_fits_there_is_none() -> None:
    assert next_cue(CUES[1:2], scene(Phase.WHYS)) is None
    assert next_cue((), scene()) is None


@given(st.lists(st.sampled_from([*(cue.id for cue in CUES), "gone"])))
def test_a_used_cue_never_comes_before_one_that_is_not(used: list[str]) -> None:
    here = scene(marked="E24", typed="so we restarted it")
    kept = Used()
    for each in used:
        kept = kept.plus(each)
    unused = [each for each in ids(here) if each not in used]
    offer = offered(here, kept)
    assert offer.cue.id == (unused[0] if unused else min(ids(here), key=kept.ids.index))
    assert offered(here, kept) == offer


def test_used_is_in_the_order_of_the_last_use() -> None:
    assert Used().plus("a").plus("b").plus("a").ids == ("b", "a")


def test_every_phase_and_what_stands_around_it_is_a_place() -> None:
    assert {place_name(phase) for phase in Phase} | {"opening", "closing", "parking lot"} == set(PLACES)
    assert place_name("Parking lot") == "parking lot"
    with pytest.raises(ValueError, match="Kitchen"):
        place_name("Kitchen")
