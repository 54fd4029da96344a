"""Fault trees against the definition: every subset of the conditions is tried."""

from datetime import UTC, datetime
from itertools import chain, combinations

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from facilitator.model.closing import Closed, Coverage, closed_by, coverage_of
from facilitator.model.cutsets import LIMIT, CutSets, TooMany, cut_sets
from facilitator.model.edits import EditError
from facilitator.model.faulttree import STOPS, fault_tree, fault_trees, single_points
from facilitator.model.session import Action, ActionStatus, Factor, Join, Session, Why

AND, OR = Join.AND, Join.OR


def _why(name: str, parent: str | None = None, join: Join = OR) -> Why:
    return Why(id=name, text=f"text {name}", parent=parent, join=join)


def _session(*whys: Why, factors: tuple[Factor, ...] = (), actions: tuple[Action, ...] = ()) -> Session:
    created = datetime(2026, 11, 15, tzinfo=UTC)
    return Session(id="s", title="t", created=created, whys=whys, factors=factors, actions=actions)


def coverage(session: Session, effect: str) -> Coverage | TooMany:
    return coverage_of(session, fault_tree(session, effect))


def _factor(name: str, *whys: str, mitigator: bool = False) -> Factor:
    return Factor(id=name, text=f"factor {name}", whys=whys, mitigator=mitigator)


def _sets(session: Session, effect: str = "top", limit: int = LIMIT) -> list[set[str]]:
    """The cut sets, each event by the answers that say it, joined."""
    tree = fault_tree(session, effect)
    found = cut_sets(tree, limit=limit)
    assert isinstance(found, CutSets)
    return [{"+".join(tree.events[number].whys) for number in each} for each in found.sets]


def _closed(found: Closed | TooMany) -> Closed:
    assert isinstance(found, Closed)
    return found


def _covered(found: Coverage | TooMany) -> Coverage:
    assert isinstance(found, Coverage)
    return found


# The definition, as plainly as it can be said.


class Oracle:
    """An effect by recursion over the session itself, for small trees."""

    def __init__(self, session: Session, effect: str = "w0") -> None:
        self.session, self.effect = session, effect
        self.below: dict[str | None, list[Why]] = {}
        for why in session.whys:
            self.below.setdefault(why.parent, []).append(why)
        leaves = [why.id for why in session.whys if why.id not in self.below]
        self.condition = {leaf: frozenset([leaf]) for leaf in leaves}
        for factor in session.factors:
            merged = frozenset().union(
                *(self.condition.get(each, frozenset()) for each in factor.whys if not factor.mitigator)
            )
            self.condition |= dict.fromkeys(merged, merged)
        found: list[frozenset[str]] = []
        self._collect(effect, found)
        self.conditions = list(dict.fromkeys(found))

    def _collect(self, why: str, found: list[frozenset[str]]) -> None:
        for each in self.below.get(why, ()):
            self._collect(each.id, found)
        if why in self.condition and why != self.effect:
            found.append(self.condition[why])

    def happens(self, present: frozenset[frozenset[str]], gone: frozenset[str] = frozenset()) -> bool:
        """Tell whether the effect comes about with these conditions, when these answers are gone."""
        whole = gone.union(*(self.condition[each] for each in gone if each in self.condition))
        return self._happens(self.effect, present, whole)

    def _happens(self, why: str, present: frozenset[frozenset[str]], gone: frozenset[str]) -> bool:
        if why in gone:
            return False
        answers = self.below.get(why, [])
        if not answers:
            return why != self.effect and self.condition[why] in present
        join = next(each.join for each in self.session.whys if each.id == why)
        return (all if join is AND else any)(self._happens(each.id, present, gone) for each in answers)

    def minimal(self, gone: frozenset[str] = frozenset()) -> set[frozenset[frozenset[str]]]:
        """Try every subset of the conditions, the small ones first."""
        sizes = range(len(self.conditions) + 1)
        found: list[frozenset[frozenset[str]]] = []
        for each in chain.from_iterable(combinations(self.conditions, size) for size in sizes):
            tried = frozenset(each)
            if not any(known <= tried for known in found) and self.happens(tried, gone):
                found.append(tried)
        return set(found)


@st.composite
def _trees(draw: st.DrawFn) -> Session:
    """Trees of up to 14 whys in which factors make some leaves one and the same; actions address some factors."""
    size = draw(st.integers(1, 14))
    whys = [_why("w0", join=draw(st.sampled_from(Join)))]
    for number in range(1, size):
        above = draw(st.integers(max(0, number - 5), number - 1))
        whys.append(_why(f"w{number}", f"w{above}", draw(st.sampled_from(Join))))
    ids = st.sampled_from([why.id for why in whys])
    some = st.lists(ids, max_size=3, unique=True)
    factors = tuple(
        _factor(f"f{number}", *draw(some), mitigator=draw(st.integers(0, 4)) == 0)
        for number in range(draw(st.integers(0, 4)))
    )
    names = st.sampled_from(["nowhere", *(factor.id for factor in factors)])
    actions = tuple(
        Action(
            id=f"a{number}",
            text="act",
            status=draw(st.sampled_from(ActionStatus)),
            factors=tuple(draw(st.lists(names, max_size=2))),
        )
        for number in range(draw(st.integers(0, 3)))
    )
    return _session(*whys, factors=factors, actions=actions)


def _as_conditions(session: Session, sets: tuple[tuple[int, ...], ...]) -> list[frozenset[frozenset[str]]]:
    events = fault_tree(session, "w0").events
    return [frozenset(frozenset(events[number].whys) for number in each) for each in sets]


@given(_trees())
@settings(max_examples=150, deadline=None)
def test_cut_sets_are_the_minimal_subsets_that_are_enough(session: Session):
    found = cut_sets(fault_tree(session, "w0"))
    assert isinstance(found, CutSets)
    said = _as_conditions(session, found.sets)

    assert len(said) == len(set(said))
    assert set(said) == Oracle(session).minimal()
    assert list(found.sets) == sorted(found.sets, key=lambda each: (len(each), each))
    assert found.single_points == single_points(fault_tree(session, "w0"))


@given(_trees(), st.data())
@settings(max_examples=150, deadline=None)
def test_a_path_is_closed_when_it_is_no_longer_enough(session: Session, data: st.DataObject):
    ids = [item.id for item in (*session.whys, *session.factors, *session.actions)]
    closing = data.draw(st.lists(st.sampled_from(ids), max_size=3, unique=True))
    oracle = Oracle(session)
    found = _closed(closed_by(session, "w0", closing))
    paths = _as_conditions(session, found.paths.sets)

    def closed(*names: str) -> tuple[int, ...]:
        gone = frozenset(chain.from_iterable(_whys_of(session, name) for name in names))
        return tuple(number for number, path in enumerate(paths) if not oracle.happens(path, gone))

    assert found.closed == closed(*closing)
    assert sorted((*found.closed, *found.open)) == list(range(len(paths)))
    assert found.alone == {name: closed(name) for name in closing}
    gone = frozenset(chain.from_iterable(_whys_of(session, name) for name in closing))
    assert isinstance(found.longer, CutSets)
    remaining = {paths[number] for number in found.open} | set(_as_conditions(session, found.longer.sets))
    assert remaining == oracle.minimal(gone)


def _whys_of(session: Session, name: str) -> list[str]:
    if name.startswith("w"):
        return [name]
    factors = {factor.id: factor for factor in session.factors}
    if name.startswith("f"):
        return list(factors[name].whys)
    action = next(each for each in session.actions if each.id == name)
    return [
        why for each in action.factors if each in factors and not factors[each].mitigator for why in factors[each].whys
    ]


@given(_trees())
@settings(max_examples=50, deadline=None)
def test_coverage_counts_each_action_by_how_far_it_is(session: Session):
    found = _covered(coverage(session, "w0"))

    def closed(*statuses: ActionStatus) -> tuple[int, ...]:
        return _closed(
            closed_by(session, "w0", [each.id for each in session.actions if each.status in statuses])
        ).closed

    assert found.done == closed(ActionStatus.DONE)
    assert found.begun == closed(ActionStatus.DONE, ActionStatus.IN_PROGRESS)
    assert found.planned.closed == closed(ActionStatus.DONE, ActionStatus.IN_PROGRESS, ActionStatus.OPEN)
    assert "won't do" not in {each.status for each in session.actions if each.id in found.planned.alone}


@given(_trees(), st.integers(1, 6))
@settings(max_examples=50, deadline=None)
def test_a_limit_is_said_and_the_single_points_are_known_all_the_same(session: Session, limit: int):
    whole = cut_sets(fault_tree(session, "w0"))
    found = cut_sets(fault_tree(session, "w0"), limit=limit)
    assert isinstance(whole, CutSets)
    if len(whole.sets) > limit:
        assert found == TooMany(limit, whole.single_points)
    else:
        assert found in (whole, TooMany(limit, whole.single_points))


# What it means, by example.


def test_any_answer_is_enough_or_all_are_needed():
    whys = (_why("top", join=AND), _why("a", "top"), _why("b", "top"), _why("c", "b"), _why("d", "b"))
    assert _sets(_session(*whys)) == [{"a", "c"}, {"a", "d"}]


def test_single_points_come_first_then_the_smaller_sets_in_reading_order():
    whys = (_why("top"), _why("both", "top", AND), _why("a", "both"), _why("b", "both"), _why("c", "top"))
    assert _sets(_session(*whys)) == [{"c"}, {"a", "b"}]


def test_answers_made_into_one_factor_are_one_condition():
    whys = (_why("top", join=AND), _why("a", "top"), _why("b", "top"), _why("c", "top"))
    session = _session(*whys, factors=(_factor("f", "a", "c"), _factor("kept", "a", "b", mitigator=True)))
    event, other = fault_tree(session, "top").events
    assert (event.text, event.whys, event.factors) == ("factor f", ("a", "c"), ("f",))
    assert (other.text, other.whys, other.factors) == ("text b", ("b",), ())
    assert _sets(session) == [{"a+c", "b"}]


def test_a_condition_that_stands_in_two_effects_is_gone_from_both():
    whys = (_why("top"), _why("a", "top"), _why("other"), _why("b", "other"))
    session = _session(*whys, factors=(_factor("f", "a", "b"),))
    assert _closed(closed_by(session, "top", ["b"])).closed == (0,)
    assert _closed(closed_by(session, "other", ["a"])).closed == (0,)


def test_an_effect_without_answers_has_no_paths():
    session = _session(_why("top"), factors=(_factor("f", "top"),), actions=(Action(id="x", text="x", factors=("f",)),))
    assert fault_tree(session, "top").events == ()
    found = _covered(coverage(session, "top"))
    assert (found.planned.paths.sets, found.planned.closed, found.planned.open) == ((), (), ())


def test_what_the_actions_close_and_what_stays_open():
    whys = (_why("top"), *(_why(name, "top") for name in "abcdef"))
    factors = tuple(_factor(f"f{name}", name) for name in "abcdef")
    actions = (
        Action(id="done", text="x", status=ActionStatus.DONE, factors=("fa", "fb")),
        Action(id="begun", text="x", status=ActionStatus.IN_PROGRESS, factors=("fb", "fc")),
        Action(id="open", text="x", factors=("fd", "fe")),
        Action(id="no", text="x", status=ActionStatus.WONT_DO, factors=("ff",)),
    )
    found = _covered(coverage(_session(*whys, factors=factors, actions=actions), "top"))
    assert (found.done, found.begun) == ((0, 1), (0, 1, 2))
    assert found.planned.alone == {"done": (0, 1), "begun": (1, 2), "open": (3, 4)}
    assert (found.planned.closed, found.planned.open) == ((0, 1, 2, 3, 4), (5,))


def test_safeguards_are_counted_for_themselves_and_strengthening_one_closes_nothing():
    whys = (_why("top"), _why("a", "top"), _why("b", "top"))
    factors = (_factor("guard", "a", mitigator=True), _factor("idle", mitigator=True))
    session = _session(*whys, factors=factors, actions=(Action(id="x", text="x", factors=("guard",)),))
    found = _covered(coverage(session, "top"))
    assert (found.guarded.alone, found.guarded.open) == ({"guard": (0,)}, (1,))
    assert (found.planned.alone, found.planned.closed) == ({"x": ()}, ())


def test_an_answer_that_is_gone_closes_what_leads_through_it():
    whys = (_why("top"), _why("mid", "top"), _why("a", "mid"), _why("b", "mid"), _why("c", "top"))
    found = _closed(closed_by(_session(*whys), "top", ["mid", "nowhere"]))
    assert found.alone == {"mid": (0, 1), "nowhere": ()}
    assert found.open == (2,)


def test_a_longer_path_past_what_is_gone_is_told():
    whys = (
        _why("top"), _why("mid", "top"), _why("a", "mid"),
        _why("both", "top", AND), _why("a2", "both"), _why("b", "both"),
    )  # fmt: skip
    found = _closed(closed_by(_session(*whys, factors=(_factor("f", "a", "a2"),)), "top", ["mid"]))
    assert (found.paths.sets, found.closed) == (((0,),), (0,))
    assert found.longer == CutSets(((0, 1),))


def test_every_effect_has_its_tree():
    session = _session(_why("one"), _why("a", "one"), _why("two"), _why("lost", "nowhere"))
    assert [tree.effect.id for tree in fault_trees(session)] == ["one", "two", "lost"]
    assert fault_trees(session)[0] == fault_tree(session, "one")


def test_there_must_be_such_an_effect():
    with pytest.raises(EditError, match="'nowhere'"):
        fault_tree(_session(_why("top")), "nowhere")
    with pytest.raises(EditError, match="'nowhere'"):
        coverage(_session(_why("top")), "nowhere")


@pytest.mark.parametrize(
    "whys",
    [
        [_why("a", "a")],
        [_why("a", "b"), _why("b", "a")],
        [_why("a"), _why("a"), _why("b", "a")],
        [Why(text="one"), Why(text="two", parent="")],
    ],
    ids=["own parent", "circle", "same id", "no ids"],
)
def test_ids_that_make_no_tree_do_no_harm(whys: list[Why]):
    session = _session(*whys, factors=(_factor("f", "a", "b", "a"),))
    trees = fault_trees(session)
    assert sum(len(tree.nodes) for tree in trees) == len(whys)
    for tree in trees:
        assert isinstance(coverage(session, tree.effect.id), Coverage)


# Sizes.


@pytest.mark.parametrize("joins", [(AND,), (OR,), (AND, OR)], ids=["and", "or", "alternating"])
def test_a_chain_of_two_thousand_is_answered(joins: tuple[Join, ...]):
    whys = [_why("top")]
    for number in range(1_000):
        above = f"n{number - 1}" if number else "top"
        whys += [_why(f"n{number}", above, joins[number % len(joins)]), _why(f"leaf{number}", above)]
    found = _covered(coverage(_session(*whys, factors=(_factor("f", "leaf7", "leaf900"),)), "top"))
    assert found.planned.open == tuple(range(len(found.planned.paths.sets)))
    assert found.planned.paths.sets


def _grid(gates: int, answers: int, join: Join = AND) -> list[Why]:
    """Gates of the other kind below a top of this kind."""
    whys = [_why("top", join=join)]
    for gate in range(gates):
        whys.append(_why(f"g{gate}", "top", OR if join is AND else AND))
        whys += [_why(f"g{gate}.{number}", f"g{gate}") for number in range(answers)]
    return whys


def test_as_many_sets_as_there_may_be_are_all_told():
    assert len(_sets(_session(*_grid(4, 10)))) == 10**4
    assert len(_sets(_session(*_grid(4, 10)), limit=10**4)) == 10**4
    assert cut_sets(fault_tree(_session(*_grid(4, 10)), "top"), limit=10**4 - 1) == TooMany(10**4 - 1, ())


def test_far_too_many_sets_are_refused_and_single_points_told():
    whys = [_why("first"), _why("alone", "first"), *_grid(40, 40)]
    whys = [msgspec.structs.replace(why, parent="first") if why.id == "top" else why for why in whys]
    session = _session(*whys)
    assert cut_sets(fault_tree(session, "first")) == TooMany(LIMIT, (0,))
    assert isinstance(coverage(session, "first"), TooMany)
    assert isinstance(closed_by(session, "first", ["alone"]), TooMany)


def test_what_is_far_too_many_in_a_part_may_be_one_in_all():
    """A part that needs what is enough alone adds nothing, however large it is."""
    whys = [_why("first"), _why("alone", "first"), *_grid(40, 40), _why("again", "top")]
    whys = [msgspec.structs.replace(why, parent="first") if why.id == "top" else why for why in whys]
    assert _sets(_session(*whys, factors=(_factor("f", "alone", "again"),)), "first") == [{"alone+again"}]


def test_the_same_part_twice_is_no_more_than_once():
    whys = [_why("all", join=AND)]
    for half in "xy":
        whys += [
            Why(
                id=f"{half}{why.id}",
                text="t",
                parent="all" if why.parent is None else f"{half}{why.parent}",
                join=why.join,
            )
            for why in _grid(3, 20)
        ]
    pairs = (f"g{gate}.{number}" for gate in range(3) for number in range(20))
    session = _session(*whys, factors=tuple(_factor(pair, f"x{pair}", f"y{pair}") for pair in pairs))
    assert len(_sets(session, "all")) == 8_000


def test_an_answer_that_stops_at_a_person_says_that_it_is_open():
    whys = (
        Why(id="E", text="Orders failed"),
        Why(id="H", rank=1, text="human error", parent="E"),
        Why(id="F", rank=2, text="operator error", parent="E"),
    )
    made = _session(*whys, factors=(_factor("X", "F"),))
    assert [event.text for event in fault_tree(made, "E").events] == [f"human error{STOPS}", "operator error"]


def test_an_owner_who_is_a_sign_is_nobody_at_whom_an_answer_stops():
    whys = (
        Why(id="E", text="Orders failed"),
        Why(id="H", text="The pool was full - for an hour, says Ana", parent="E"),
    )
    nobody, ana = Action(text="Enlarge it", owner="-"), Action(text="Measure it", owner="Ana")
    assert STOPS not in fault_tree(_session(*whys, actions=(nobody,)), "E").events[0].text
    assert STOPS in fault_tree(_session(*whys, actions=(nobody, ana)), "E").events[0].text
