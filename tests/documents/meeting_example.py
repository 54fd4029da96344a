"""The checkout incident with its two meetings: both planned, and then the first of them held."""

from datetime import UTC, datetime, timedelta

import msgspec

from facilitator.model.meeting_clock import record
from facilitator.model.meeting_items import Account, Box, Meeting, Switch, SwitchKind
from facilitator.model.session import Parked, Session
from tests.documents.checkout_example import CHECKOUT

BEFORE = datetime(2026, 11, 16, 9, tzinfo=UTC)
"""A moment before the first meeting."""

AFTER = datetime(2026, 11, 17, 15, tzinfo=UTC)
"""A moment between the two."""

_BEGIN = datetime(2026, 11, 17, 10, tzinfo=UTC)
_BOXES = (
    ("b1", "m1", "Opening", 5),
    ("b2", "m1", "Timeline walk", 40),
    ("b3", "m1", "What is missing?", 10),
    ("b4", "m1", "Closing", 5),
    ("b5", "m2", "Whys", 30),
    ("b6", "m2", "Actions", 15),
)

PLANNED: Session = msgspec.structs.replace(
    CHECKOUT,
    held=None,
    facilitator="Eve",
    meetings=(
        Meeting(id="m1", text="Timeline", held=_BEGIN, note_taker="p3"),
        Meeting(id="m2", rank=1, text="Analysis and actions", held=datetime(2026, 11, 18, 9, tzinfo=UTC)),
    ),
    boxes=tuple(
        Box(id=box, rank=rank, meeting=meeting, text=text, minutes=minutes)
        for rank, (box, meeting, text, minutes) in enumerate(_BOXES)
    ),
    accounts=(
        Account(
            id="c1",
            entry="e2",
            teller="p1",
            seen="the error rate | climbing on the board",
            meant="a bad deployment",
            expected="a second page",
            options="roll back, or wait",
        ),
        Account(id="c2", rank=1, entry="e2", teller="p2", seen="my pager", meant="the usual noise\n\nof a Sunday"),
        Account(id="c3", rank=2, entry="e6", teller="p2", seen="only v3.2 pods"),
    ),
)
"""Both meetings are planned, and some people have told what they saw."""


def _held() -> Session:
    session = msgspec.structs.replace(
        PLANNED,
        meetings=(
            msgspec.structs.replace(PLANNED.meetings[0], attendance=("p1", "p3"), new_here=("p1",)),
            PLANNED.meetings[1],
        ),
        parking_lot=(*PLANNED.parking_lot, Parked(id="k2", text="Name the pods", outcome="done by another team")),
    )
    switches = (
        (2, SwitchKind.RUN, "b1", 0, ""),
        (8, SwitchKind.RUN, "b2", 0, ""),
        (47, SwitchKind.EXTEND, "b2", 5, ""),
        (48, SwitchKind.PAUSE, "", 0, ""),
        (53, SwitchKind.RUN, "", 0, ""),
        (56, SwitchKind.RUN, "b4", 0, "b3"),
        (62, SwitchKind.END, "", 0, ""),
    )
    for number, (after, kind, box, minutes, skipped) in enumerate(switches):
        switch = Switch(
            meeting="m1", at=_BEGIN + timedelta(minutes=after), kind=kind, box=box, minutes=minutes, skipped=skipped
        )
        session = record(session, switch, f"s{number}")
    return session


HELD: Session = _held()
"""The first meeting was held: it paused for five minutes, took longer over the timeline, and left a part out."""
