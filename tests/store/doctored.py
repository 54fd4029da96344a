"""A session, and stores in which something is wrong with it, for the tests of the doctor and of repairs."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from facilitator.model.edits import LISTS, add
from facilitator.model.moments import Moment
from facilitator.model.session import (
    Action,
    Entry,
    Factor,
    Milestone,
    Parked,
    Question,
    Session,
    Why,
)
from facilitator.store.diagnosis import Report
from facilitator.store.doctor import examine
from facilitator.store.repairing import Outcome, repair
from facilitator.store.store import Store

NOON = datetime(2026, 11, 15, 12, tzinfo=UTC)
SESSION = Session(
    id="S1",
    title="Checkout errors",
    created=NOON,
    summary="It broke.",
    timeline=(
        Entry(id="E1", rank=1.0, at=Moment(NOON), text="deployed", milestones=(Milestone.START,)),
        Entry(id="E2", rank=2.0, at=Moment(NOON.replace(hour=13)), text="alert fires"),
    ),
    whys=(
        Why(id="W1", rank=1.0, text="errors at checkout", evidence=("E2",)),
        Why(id="W2", rank=1.0, text="pool exhausted", parent="W1"),
    ),
    factors=(Factor(id="F1", rank=1.0, text="no load test", whys=("W2",)),),
    actions=(Action(id="A1", rank=1.0, text="add a load test", factors=("F1",)),),
    parking_lot=(Parked(id="P1", rank=1.0, text="rewrite the pool"),),
)
NEWEST = add(SESSION, Question(id="Q1", text="who owns the pool?"))


def forget(store: Store) -> None:
    """Remove all that is known of sessions apart from their files."""
    for folder in ("backup", "history", "daily"):
        for path in sorted((store.path / ".facilitator" / folder).rglob("*"), reverse=True):
            path.unlink()


def whats(report: Report) -> list[str]:
    return [each.what for each in report.findings]


def files(folder: Path) -> dict[str, bytes]:
    return {str(each.relative_to(folder)): each.read_bytes() for each in folder.rglob("*") if each.is_file()}


def all_repaired(store: Store) -> Outcome:
    """Examine and repair, and check that nothing is left to do and that looking writes nothing."""
    before = files(store.path)
    report = examine(store.path)
    assert report.findings
    assert files(store.path) == before
    outcome = repair(store, report)
    assert outcome.left.findings == ()
    assert [each.failure for each in outcome.repairs] == [""] * len(outcome.repairs)
    after = files(store.path)
    assert examine(store.path).findings == ()
    assert files(store.path) == after
    return outcome


def edited(path: Path, change: Callable[[Any], None]) -> bytes:
    """Change the tables in a file, as somebody does by hand, and return its bytes."""
    tables = json.loads(path.read_bytes())
    change(tables)
    path.write_text(json.dumps(tables, indent=2))
    return path.read_bytes()


def ids(session: Session) -> set[str]:
    return {item.id for name in LISTS.values() for item in getattr(session, name)}
