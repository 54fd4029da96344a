"""The encoder gives the bytes of the format whatever it wrote before."""

from datetime import UTC, datetime

import msgspec
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from facilitator.model.edits import add, change, move, remove
from facilitator.model.session import Parked, Session
from facilitator.store import codec
from facilitator.store.encoder import Encoder
from tests.strategies import sessions


@settings(max_examples=20, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(st.lists(sessions(), min_size=1, max_size=2))
def test_any_sessions_one_after_another(found: list[Session]) -> None:
    encoder = Encoder()
    for session in (*found, *found):
        assert encoder.dumps(session) == codec.dumps(session)


def test_edits_of_a_long_session() -> None:
    session = Session(id="S", title="x", created=datetime(2026, 1, 1, tzinfo=UTC))
    items = tuple(Parked(id=f"I{number:04}", rank=number, text=f"null: {number}") for number in range(500))
    session = msgspec.structs.replace(session, parking_lot=items)
    encoder = Encoder()
    edits = (
        lambda now: now,
        lambda now: change(now, "I0300", text="changed"),
        lambda now: add(now, Parked(id="I9999", text="last")),
        lambda now: add(now, Parked(id="I0100A", text="between")),
        lambda now: remove(now, "I0000"),
        lambda now: move(now, "I0400", -200),
        lambda now: msgspec.structs.replace(now, parking_lot=()),
        lambda now: msgspec.structs.replace(now, parking_lot=items),
    )
    for edit in edits:
        session = edit(session)
        text = encoder.dumps(session)
        assert text == codec.dumps(session)
        assert codec.loads(text) == session


def test_a_session_that_is_refused_changes_nothing_of_the_next() -> None:
    good = Session(id="S", title="x", created=datetime(2026, 1, 1, tzinfo=UTC), parking_lot=(Parked(id="A", text="a"),))
    encoder = Encoder()
    for bad in (Parked(id="B", rank=float("nan"), text="b"), Parked(text="no id"), Parked(id="C", text="\ud800")):
        with pytest.raises((ValueError, UnicodeEncodeError)):
            encoder.dumps(msgspec.structs.replace(good, parking_lot=(*good.parking_lot, bad)))
        assert encoder.dumps(good) == codec.dumps(good)
