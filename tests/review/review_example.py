"""A session that is ready to be sent round, with ids that can be foretold."""

from collections.abc import Callable
from datetime import UTC, datetime
from itertools import count

from facilitator.model.meeting_items import Note
from facilitator.model.moments import Moment
from facilitator.model.review_items import ApprovedPart
from facilitator.model.session import Action, Entry, Factor, Impact, Lesson, Priority, Session, Severity
from facilitator.review.approvals import approve
from facilitator.review.comments import Signed

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
ALICE = Signed("Alice", NOW)


def ids(beginning: str = "NEW") -> Callable[[], str]:
    """Return a function that gives a new id at each call."""
    numbers = count(1)
    return lambda: f"{beginning}{next(numbers)}"


def example() -> Session:
    """Return a session with something in every part that is approved."""
    return Session(
        id="S1",
        title="Checkout errors after v3.2",
        created=NOW,
        severity=Severity.SEV2,
        services=("checkout",),
        summary="Checkout failed for 40 minutes.",
        impact=Impact(prose="About 4,000 people could not pay."),
        timeline=(
            Entry(id="E1", rank=1.0, at=Moment(datetime(2026, 11, 15, 14, 0, tzinfo=UTC)), text="v3.2 is deployed"),
            Entry(id="E2", rank=1.0, at=Moment(datetime(2026, 11, 15, 14, 22, tzinfo=UTC)), text="The alert fires"),
        ),
        factors=(Factor(id="F1", rank=1.0, text="Staging has no production load", root_cause=True),),
        lessons=(Lesson(id="L1", rank=1.0, text="The rollback took two minutes"),),
        actions=(
            Action(
                id="A1",
                rank=1.0,
                text="Alert at 75 %",
                owner="bob",
                due=NOW.date(),
                priority=Priority.P1,
                factors=("F1",),
            ),
        ),
        notes=(Note(id="N1", rank=1.0, text="A private note"),),
    )


def approved(*parts: ApprovedPart, by: str = "Alice") -> Session:
    """Return the example in which somebody has approved parts."""
    session, new_id = example(), ids()
    for part in parts:
        session = approve(session, part, Signed(by, NOW), new_id)
    return session
