"""Merging: whoever comes first, nothing that anybody wrote is lost, and the session stays whole."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import permutations
from operator import attrgetter
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from facilitator.model import edits
from facilitator.model.changes import PATHS
from facilitator.model.edits import LINK_FIELDS, LISTS, ordered, owner
from facilitator.model.item import Item
from facilitator.model.merge import merge
from facilitator.model.moments import Moment
from facilitator.model.session import Action, Conflict, Entry, Factor, Lesson, Milestone, Parked, Session, Severity, Why
from facilitator.store import codec
from tests.editing import EDITS, EMPTY, NOON, edited, everything, put_below, remove
from tests.strategies import numbers, versions

Three = tuple[Session, Session, Session]

# Shrinking a whole session takes minutes; the numbers of the edits that fail are telling enough.
quick = settings(
    max_examples=120,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@st.composite
def unrelated(draw: st.DrawFn) -> Three:
    """Three sessions that have an id in common, and by chance some ids of items, with other content."""
    base, mine, theirs = (edited(EMPTY, draw(numbers(15))) for _ in range(3))
    return base, mine, theirs


def threes() -> st.SearchStrategy[Three]:
    return st.one_of(versions(), versions(), unrelated())


def by_id(session: Session) -> dict[str, Item]:
    return {item.id: item for item in everything(session)}


def texts(session: Session) -> Iterator[tuple[str, str, str]]:
    """Yield every text that people wrote, with what it is about and the field."""
    for item in everything(session):
        if isinstance(item, Conflict):
            if isinstance(item.other, str):
                yield item.about, item.field, item.other
            continue
        for name in item.__struct_fields__:
            if type(getattr(item, name)) is str and name not in ("id", "parent"):
                yield item.id, name, getattr(item, name)
    for path in PATHS:
        if type(value := attrgetter(path)(session)) is str:
            yield "", path, value


def lost(merged: Session, base: Session, *sides: Session) -> list[tuple[str, str, str]]:
    """Return the texts of the sides that the base has not, and that are nowhere in the merged session."""
    kept: dict[tuple[str, str], list[str]] = {}
    for about, field, text in texts(merged):
        kept.setdefault((about, field), []).append(text)
    written = {each for side in sides for each in texts(side)} - set(texts(base))
    return [each for each in written if not any(each[2] in text for text in kept.get(each[:2], [""]))]


def check_whole(session: Session) -> None:
    """Fail unless a session can be stored and read again, and everything in it fits together."""
    assert codec.loads(codec.dumps(session)) == session
    present = by_id(session)
    assert len(present) == len(everything(session))
    for name in LISTS.values():
        assert getattr(session, name) == ordered(getattr(session, name))
    for item in everything(session):
        for field in LINK_FIELDS.get(type(item), ()):
            assert present.keys() >= set(getattr(item, field))
        assert not isinstance(item, Conflict) or not item.about or item.about in present
    claimed = [milestone for entry in session.timeline for milestone in entry.milestones]
    assert len(claimed) == len(set(claimed))


@quick
@given(threes())
def test_the_order_of_two_does_not_matter(three: Three):
    base, mine, theirs = three
    assert merge(base, mine, theirs) == merge(base, theirs, mine)


@quick
@given(threes())
def test_who_brings_nothing_new_changes_nothing(three: Three):
    base, mine, theirs = three
    assert merge(base, mine, mine) == mine
    assert merge(base, mine, base) == mine
    assert merge(base, base, theirs) == theirs
    merged = merge(base, mine, theirs)
    assert merge(base, merged, theirs) == merged
    assert merge(base, mine, merged) == merged
    assert merge(merged, merged, mine) == mine


@quick
@given(threes())
def test_what_is_merged_is_a_whole_session(three: Three):
    for session in three:
        check_whole(session)
    check_whole(merge(*three))


@quick
@given(threes())
def test_no_text_is_lost(three: Three):
    base, mine, theirs = three
    assert lost(merge(base, mine, theirs), base, mine, theirs) == []


@quick
@given(threes())
def test_items_stay_or_go_as_people_meant(three: Three):
    base, mine, theirs = three
    merged = merge(base, mine, theirs)
    before, present = by_id(base), by_id(merged)
    parents, disputed = {why.parent for why in merged.whys}, {each.about for each in merged.conflicts}
    disputed |= {owner(each) or "" for each in present.values()}
    for side, other in ((by_id(mine), by_id(theirs)), (by_id(theirs), by_id(mine))):
        for key, item in side.items():
            if isinstance(item, Conflict):
                continue
            if key not in before:
                assert key in present
            elif key not in other and item == before[key]:
                assert key not in present or key in parents or key in disputed
            elif key not in other:
                lists = (*LINK_FIELDS.get(type(item), ()), "milestones")
                written = [name for name in item.__struct_fields__ if getattr(item, name) != getattr(before[key], name)]
                assert key in present or set(written) <= set(lists)


@quick
@given(versions(3))
def test_three_terminals_end_with_the_same_session(made: tuple[Session, ...]):
    base, *sessions = made
    for order in permutations(sessions):
        file = base
        opened = []
        for mine in order:
            file = merge(base, mine, file)
            check_whole(file)
            opened.append(file)
        assert {codec.dumps(merge(seen, seen, file)) for seen in opened} == {codec.dumps(file)}
        assert lost(file, base, *sessions) == []


@quick
@given(numbers(20), st.tuples(numbers(), numbers(), numbers()))
def test_which_one_does_not_depend_on_the_order_while_nobody_removes_anything(start: Any, made: Any):
    base = edited(EMPTY, start)
    kept = ([each for each in several if EDITS[each[0] % len(EDITS)] not in (remove, put_below)] for several in made)
    first, second, third = (edited(base, several) for several in kept)
    one = merge(base, third, merge(base, first, second))
    assert one == merge(base, first, merge(base, second, third)) == merge(base, second, merge(base, third, first))


def filed(*items: Item) -> Session:
    session = EMPTY
    for item in items:
        session = edits.add(session, item)
    return session


def test_changes_of_different_fields_of_one_item_go_together():
    base = filed(Action(id="A", text="add an alert"))
    mine = edits.change(base, "A", owner="alice")
    theirs = edits.change(base, "A", ticket="ENG-1")
    merged = merge(base, mine, theirs)
    assert (merged.actions[0].owner, merged.actions[0].ticket, merged.conflicts) == ("alice", "ENG-1", ())


def test_of_two_texts_the_longer_one_is_shown_and_the_other_is_kept():
    base = filed(Parked(id="P", text="deploy tool"))
    mine = edits.change(base, "P", text="rewrite the deploy tool")
    theirs = edits.change(base, "P", text="buy one")
    merged = merge(base, mine, theirs)
    assert merged.parking_lot[0].text == "rewrite the deploy tool"
    (conflict,) = merged.conflicts
    assert (conflict.about, conflict.field, conflict.other) == ("P", "text", "buy one")


@pytest.mark.parametrize(
    ("short", "long", "said"),
    [
        ("cold cache", "a cold cache after the deploy", True),
        ("cold cache", "a cold cache\nafter the deploy", True),
        ("cold cache", "a cold\ncache after the deploy", False),
        ("old cache", "a cold cache after the deploy", False),
    ],
)
def test_a_text_that_the_other_holds_whole_is_no_conflict(short: str, long: str, said: bool):
    base = edits.set_field(EMPTY, "summary", "cache")
    merged = merge(base, edits.set_field(base, "summary", short), edits.set_field(base, "summary", long))
    assert merged.summary == long
    assert bool(merged.conflicts) is not said


def test_the_fields_of_a_session_conflict_as_those_of_items_do():
    mine = edits.set_field(EMPTY, "severity", Severity.SEV1)
    theirs = edits.set_field(edits.set_field(EMPTY, "severity", Severity.SEV3), "impact.users", 7)
    merged = merge(EMPTY, mine, theirs)
    (conflict,) = merged.conflicts
    assert {merged.severity, conflict.other} == {"SEV1", "SEV3"}
    assert (conflict.about, conflict.field, merged.impact.users) == ("", "severity", 7)


def test_sets_of_names_take_what_either_added_and_lose_what_either_removed():
    base = edits.set_field(EMPTY, "services", ("checkout", "search"))
    mine = edits.set_field(base, "services", ("checkout", "search", "payments"))
    theirs = edits.set_field(base, "services", ("orders", "search"))
    assert merge(base, mine, theirs).services == ("search", "orders", "payments")


def test_an_order_that_one_of_the_two_gave_is_kept():
    base = edits.set_field(EMPTY, "authors", ("Noor", "Emil", "Maren"))
    orders = [("Emil", "Noor", "Maren"), ("Maren", "Emil", "Noor")]
    mine, theirs = (edits.set_field(base, "authors", order) for order in orders)
    merged = merge(base, mine, theirs)
    assert merged.authors in orders
    assert merge(base, merged, mine) == merge(base, merged, theirs) == merged
    longer = edits.set_field(base, "authors", ("Tove", "Maren", "Emil", "Noor"))
    assert merge(base, mine, longer).authors == longer.authors


def test_the_earlier_birth_counts():
    later = msgspec.structs.replace(EMPTY, created=NOON + timedelta(days=1), summary="Slow.")
    base = msgspec.structs.replace(EMPTY, created=NOON + timedelta(days=2))
    assert merge(base, later, EMPTY).created == merge(base, EMPTY, later).created == NOON


def test_who_clears_a_field_does_not_take_away_what_another_one_wrote_in_it():
    base = edits.set_field(EMPTY, "trigger", "a deploy")
    merged = merge(base, edits.set_field(base, "trigger", ""), edits.set_field(base, "trigger", "a deploy at noon"))
    assert (merged.trigger, merged.conflicts) == ("a deploy at noon", ())


def test_an_item_that_one_removed_and_the_other_wrote_in_stays():
    base = filed(Lesson(id="L", text="alerts were quick"))
    merged = merge(base, edits.remove(base, "L"), edits.change(base, "L", text="alerts were quick, and clear"))
    assert merged.lessons[0].text == "alerts were quick, and clear"


def test_losing_a_link_is_no_reason_to_stay():
    base = filed(
        Entry(id="E", at=Moment(NOON), text="errors begin"), Factor(id="F", text="no load test", evidence=("E",))
    )
    assert merge(base, edits.remove(base, "F"), edits.remove(base, "E")) == EMPTY


def test_links_to_what_another_one_removed_go():
    base = filed(Entry(id="E", at=Moment(NOON), text="errors begin"), Factor(id="F", text="no load test"))
    merged = merge(base, edits.toggle_link(base, "F", "evidence", "E"), edits.remove(base, "E"))
    assert (merged.timeline, merged.factors) == ((), base.factors)


def test_the_whys_above_an_answer_come_back():
    base = filed(Why(id="W1", text="errors"), Why(id="W2", text="full disk", parent="W1"), Why(id="W3", text="slow"))
    theirs = edits.add(base, Why(id="W4", text="no alert", parent="W2"))
    merged = merge(base, edits.remove(base, "W1"), theirs)
    assert {why.id: why.parent for why in merged.whys} == {"W1": None, "W2": "W1", "W3": None, "W4": "W2"}


def test_two_answers_that_were_moved_below_each_other_make_no_circle():
    base = filed(Why(id="W1", text="full disk"), Why(id="W2", text="no alert"))
    mine, theirs = edits.change(base, "W1", parent="W2"), edits.change(base, "W2", parent="W1")
    merged = merge(base, mine, theirs)
    assert [why.parent for why in merged.whys] == ["W2", None]
    assert merge(base, merged, mine) == merge(base, theirs, merged) == merged


def test_an_answer_that_nobody_moved_stays_where_it_is():
    base = filed(Why(id="W1", text="slow"), Why(id="W5", text="full"), Why(id="W9", text="no alert", parent="W1"))
    mine, theirs = edits.change(base, "W1", parent="W5"), edits.change(base, "W5", parent="W9")
    assert {why.id: why.parent for why in merge(base, mine, theirs).whys} == {"W1": "W5", "W5": None, "W9": "W1"}


def test_of_two_places_that_which_leads_round_is_not_taken():
    base = filed(*(Why(id=f"W{number}", text="slow") for number in (2, 5, 9)))
    mine = edits.change(edits.change(base, "W9", parent="W2"), "W5", parent="W9")
    theirs = edits.change(base, "W9", parent="W5")
    merged = merge(base, mine, theirs)
    assert {why.id: why.parent for why in merged.whys} == {"W2": None, "W5": "W9", "W9": "W2"}
    assert merge(base, merged, theirs) == merge(base, merged, mine) == merged


def test_a_milestone_that_each_gave_to_another_entry_stays_with_the_one_made_first():
    at = (Moment(NOON + timedelta(minutes=minute)) for minute in (2, 1))
    base = filed(*(Entry(id=f"E{number}", at=each, text="alert") for number, each in enumerate(at)))
    mine = edits.change(base, "E0", milestones=(Milestone.DETECTED,))
    theirs = edits.change(base, "E1", milestones=(Milestone.DETECTED, Milestone.START))
    merged = merge(base, mine, theirs)
    assert {entry.id: entry.milestones for entry in merged.timeline} == {"E0": ("detected",), "E1": ("start",)}
    (conflict,) = merged.conflicts
    assert (conflict.about, conflict.field, conflict.other) == ("E1", "milestones", ["detected"])


def test_a_milestone_that_a_file_had_twice_is_left_alone():
    entries = tuple(
        Entry(id=f"E{number}", rank=float(number), at=Moment(NOON), text="alert", milestones=(Milestone.START,))
        for number in range(2)
    )
    base = msgspec.structs.replace(EMPTY, timeline=entries)
    later = (entries[0], msgspec.structs.replace(entries[1], text="page"))
    merged = merge(base, msgspec.structs.replace(base, timeline=later), edits.set_field(base, "summary", "Slow."))
    assert (merged.timeline, merged.summary) == (later, "Slow.")


def test_a_conflict_that_one_settles_is_settled():
    conflict = Conflict(id="C", about="P", field="text", other="buy one")
    base = filed(Parked(id="P", text="rewrite it"), conflict)
    merged = merge(base, edits.remove(base, "C"), edits.set_field(base, "title", "Checkout"))
    assert merged.conflicts == ()


def test_a_conflict_that_comes_again_is_not_taken_for_the_one_that_was_settled():
    base = filed(Parked(id="P", text="deploy tool"))
    first = merge(base, edits.change(base, "P", text="rewrite it all"), edits.change(base, "P", text="buy one"))
    settled = edits.change(edits.remove(first, first.conflicts[0].id), "P", text="rewrite it all at once")
    merged = merge(first, settled, edits.change(first, "P", text="buy one"))
    assert [conflict.other for conflict in merged.conflicts] == ["buy one"]
    assert merge(first, merged, settled) == merged


def test_a_conflict_that_was_settled_by_hand_stays_until_it_is_settled():
    base = filed(Parked(id="P", text="rewrite the deploy tool"))
    mine = edits.add(base, Conflict(id="C1", about="P", field="text", other="deploy tool"))
    theirs = edits.add(base, Conflict(id="C2", about="P", field="text", other="rewrite"))
    merged = merge(base, mine, theirs)
    assert [conflict.id for conflict in merged.conflicts] == ["C1", "C2"]
    assert merge(base, merged, mine) == merge(base, merged, theirs) == merged


def test_a_conflict_is_kept_beside_an_earlier_one_that_may_be_settled_by_now():
    earlier = Conflict(id="C", about="P", field="text", other="the cache is cold")
    base = filed(Parked(id="P", text="traffic"), earlier)
    merged = merge(base, edits.change(base, "P", text="cache"), edits.change(base, "P", text="cold"))
    assert {conflict.other for conflict in merged.conflicts} == {"the cache is cold", "cold"}


def test_a_conflict_about_what_is_gone_goes_too():
    base = filed(Parked(id="P", text="rewrite it"), Conflict(id="C", about="P", field="text", other="buy one"))
    loose = msgspec.structs.replace(base, parking_lot=(), title="Search")
    merged = merge(base, edits.set_field(base, "summary", "Slow."), loose)
    assert (merged.parking_lot, merged.conflicts, merged.title) == ((), (), "Search")


def test_an_item_in_dispute_is_not_removed_by_who_does_not_know():
    base = filed(Parked(id="P", text="rewrite it"))
    mine = edits.add(base, Conflict(id="C", about="P", field="text", other="buy one"))
    assert merge(base, mine, edits.remove(base, "P")) == mine


def test_one_id_of_two_kinds_of_items_becomes_two():
    base = filed(Why(id="W", text="slow"))
    mine = edits.add(edits.add(base, Entry(id="X", at=Moment(NOON), text="alert")), Why(id="Y", text="a", parent="W"))
    theirs = edits.add(edits.add(base, Why(id="X", text="no test")), Why(id="Z", text="never asked", parent="X"))
    merged = merge(base, mine, theirs)
    check_whole(merged)
    assert merged == merge(base, theirs, mine) == merge(base, merged, mine) == merge(base, theirs, merged)
    assert [entry.text for entry in merged.timeline] == ["alert"]
    assert {why.text for why in merged.whys} == {"slow", "a", "no test", "never asked"}
    child = next(why for why in merged.whys if why.id == "Z")
    assert [why.text for why in merged.whys if why.id == child.parent] == ["no test"]


def test_what_is_the_same_in_both_is_the_same_object():
    base = filed(Parked(id="P", text="deploy tool"), Parked(id="Q", text="runbooks"))
    mine, theirs = edits.change(base, "P", text="a"), codec.loads(codec.dumps(edits.set_field(base, "title", "T")))
    merged = merge(base, mine, theirs)
    assert all(new is old for new, old in zip(merged.parking_lot, mine.parking_lot, strict=True))
