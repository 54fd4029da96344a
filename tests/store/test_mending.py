"""Items that do not fit together are put right, with what is known from before."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from facilitator.model.session import (
    Milestone,
    Why,
)
from facilitator.store import codec
from facilitator.store.doctor import examine
from facilitator.store.opening import Opened
from facilitator.store.repairing import repair
from facilitator.store.store import Store
from tests.store.doctored import NEWEST, SESSION, all_repaired, edited, forget, whats


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "store", cache=tmp_path / "cache", who="Alice")


@pytest.fixture
def opened(store: Store) -> Opened:
    """A session that was saved once: its last good copy is as it was before, and its history is as it is."""
    return store.save(store.create(SESSION), NEWEST)


@pytest.fixture
def path(opened: Opened) -> Path:
    return opened.path


# What makes no sense


def without_its_parent(tables: Any) -> None:
    del tables["whys"]["W1"]


def in_a_circle(tables: Any) -> None:
    tables["whys"]["W1"]["parent"] = "W2"


def under_another_key(tables: Any) -> None:
    tables["whys"]["W9"] = tables["whys"].pop("W2")


def not_a_number(tables: Any) -> None:
    tables["parking_lot"]["P1"]["rank"] = float("nan")


def of_another_type(tables: Any) -> None:
    tables["timeline"]["E2"]["at"] = 7


@pytest.mark.parametrize(
    "change", [without_its_parent, under_another_key, not_a_number, of_another_type], ids=lambda each: each.__name__
)
def test_what_is_known_from_before_is_put_right(store: Store, path: Path, change: Callable[[Any], None]) -> None:
    edited(path, change)
    all_repaired(store)
    assert codec.loads(path.read_bytes()) == NEWEST


def test_a_circle_of_answers_is_opened(store: Store, path: Path) -> None:
    forget(store)
    edited(path, in_a_circle)
    assert "circle" in whats(examine(store.path))[0]
    all_repaired(store)
    whys = codec.loads(path.read_bytes()).whys
    assert sorted(why.text for why in whys) == ["errors at checkout", "pool exhausted"]
    assert sum(why.parent is None for why in whys) == 1


def test_an_answer_whose_why_nobody_knows_becomes_an_effect(store: Store, path: Path) -> None:
    forget(store)
    edited(path, without_its_parent)
    all_repaired(store)
    assert codec.loads(path.read_bytes()).whys == (Why(id="W2", rank=1.0, text="pool exhausted"),)


def test_two_items_with_one_id_both_stay(store: Store, path: Path) -> None:
    edited(path, lambda tables: tables["questions"].update(P1={"id": "P1", "text": "why this pool?"}))
    all_repaired(store)
    session = codec.loads(path.read_bytes())
    assert session.parking_lot == NEWEST.parking_lot
    assert sorted(each.text for each in session.questions) == ["who owns the pool?", "why this pool?"]


def test_a_block_that_was_copied_by_hand_is_another_item(store: Store, path: Path) -> None:
    edited(path, lambda tables: tables["parking_lot"].update(A0={"id": "P1", "rank": 2.0, "text": "the copy"}))
    all_repaired(store)
    assert [(each.id, each.text) for each in codec.loads(path.read_bytes()).parking_lot] == [
        ("P1", "rewrite the pool"),
        ("A0", "the copy"),
    ]


def test_an_item_that_is_there_twice_keeps_both_texts(store: Store, path: Path) -> None:
    line = b'    "P1": {\n      "id": "P1",\n      "rank": 1.0,\n      "text": "use another pool instead"\n    },\n'
    path.write_bytes(codec.dumps(NEWEST).replace(b'    "P1": {', line + b'    "P1": {'))
    assert whats(examine(store.path)) == ["it has items twice"]
    outcome = repair(store, examine(store.path))
    session = codec.loads(path.read_bytes())
    assert session.parking_lot[0].text == "use another pool instead"
    assert [each.other for each in session.conflicts] == ["rewrite the pool"]
    assert whats(outcome.left) == ["1 conflict is not settled"]


def links_to_nothing(tables: Any) -> None:
    tables["actions"]["A1"]["factors"] = ["F1", "F9"]


def two_beginnings(tables: Any) -> None:
    tables["timeline"]["E2"]["milestones"] = ["start", "detected"]


def about_nothing(tables: Any) -> None:
    tables["conflicts"] = {"C1": {"id": "C1", "about": "X9", "field": "text", "other": "x"}}


def in_another_order(tables: Any) -> None:
    tables["timeline"] = dict(reversed(tables["timeline"].items()))


def not_clean(tables: Any) -> None:
    tables["timeline"]["E2"]["text"] = "alert\u202e fires"


@pytest.mark.parametrize(
    ("change", "what", "conflicts"),
    [
        (links_to_nothing, "1 link leads to items that are not there", 0),
        (two_beginnings, "2 entries are marked start", 1),
        (about_nothing, "1 conflict is about items that are not there", 0),
        (in_another_order, "its items are not in the order of their ids", 0),
        (not_clean, "it has text that is not clean", 0),
    ],
)
def test_what_does_not_fit_together_is_mended(
    store: Store, path: Path, change: Callable[[Any], None], what: str, conflicts: int
) -> None:
    raw = edited(path, change)
    assert what in whats(examine(store.path))
    outcome = repair(store, examine(store.path))
    mended = codec.loads(path.read_bytes())
    assert len(mended.conflicts) == conflicts
    milestones = (Milestone.DETECTED,) if conflicts else ()
    timeline = (NEWEST.timeline[0], msgspec.structs.replace(NEWEST.timeline[1], milestones=milestones))
    assert msgspec.structs.replace(mended, conflicts=()) == msgspec.structs.replace(NEWEST, timeline=timeline)
    (done,) = outcome.repairs
    assert done.aside is not None
    assert done.aside.read_bytes() == raw


def test_a_mark_at_the_beginning_goes(store: Store, path: Path) -> None:
    raw = path.read_bytes()
    path.write_bytes(b"\xef\xbb\xbf" + raw)
    assert whats(examine(store.path)) == ["it begins with a byte order mark"]
    all_repaired(store)
    assert path.read_bytes() == raw


def test_a_table_whose_name_is_damaged_is_found_again(store: Store, path: Path) -> None:
    path.write_bytes(path.read_bytes().replace(b'"timeline"', b'"t?meline"'))
    assert whats(examine(store.path)) == ["the names of tables are damaged (t?meline)"]
    all_repaired(store)
    assert codec.loads(path.read_bytes()) == NEWEST
