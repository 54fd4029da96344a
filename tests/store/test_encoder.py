"""The encoder gives the bytes of the format whatever it wrote before."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import msgspec
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from facilitator.model.edits import add, change, move, remove, set_field
from facilitator.model.moments import Moment
from facilitator.model.session import Entry, Parked, Question, Session
from facilitator.store import codec
from facilitator.store.encoder import Encoder
from facilitator.store.storage import DurableStorage
from tests.strategies import sessions


@settings(max_examples=20, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(st.lists(sessions(), min_size=1, max_size=2))
def test_any_sessions_one_after_another(found: list[Session]) -> None:
    encoder = Encoder()
    for session in (*found, *found):
        assert encoder.dumps(session) == codec.dumps(session)
        # The same session whatever else has changed.
        other = msgspec.structs.replace(session, id=found[0].id)
        assert encoder.dumps(other) == codec.dumps(other)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(st.integers(0, 400), max_size=6), max_size=5), st.sampled_from([3, 100, 300]))
def test_any_items_one_after_another(states: list[list[int]], often: int) -> None:
    """A number stands for an item that changes its text, comes back, or goes; what is left is the same objects."""
    encoder = Encoder()
    items = {number: Parked(id=f"I{number:03}", rank=-number, text="x") for number in range(0, 400, 400 // often)}
    for count, numbers in enumerate(states):
        for number in numbers:
            if number in items and number % 3 == 0:
                del items[number]
            else:
                items[number] = Parked(id=f"I{number:03}", rank=-number, text=f"state {count}\n    }},\n")
        session = long_session(tuple(items.values()))
        assert encoder.dumps(session) == codec.dumps(session)


def long_session(items: tuple[Parked, ...]) -> Session:
    return Session(id="S", title="x", created=datetime(2026, 1, 1, tzinfo=UTC), parking_lot=items)


def parked(count: int) -> tuple[Parked, ...]:
    return tuple(Parked(id=f"I{number:04}", rank=number, text=f"null: {number}") for number in range(count))


def test_edits_of_a_long_session() -> None:
    items = parked(500)
    session = long_session(items)
    encoder = Encoder()
    edits = (
        lambda now: now,
        lambda now: change(now, "I0300", text="changed"),
        lambda now: add(now, Parked(id="I9999", text="last")),
        lambda now: add(now, Parked(id="I0100A", text="between")),
        lambda now: remove(now, "I0000"),
        lambda now: move(now, "I0400", -200),
        lambda now: msgspec.structs.replace(now, parking_lot=now.parking_lot[::-1]),
        lambda now: msgspec.structs.replace(now, parking_lot=now.parking_lot[::2]),
        lambda now: msgspec.structs.replace(now, parking_lot=()),
        lambda now: msgspec.structs.replace(now, parking_lot=items),
        lambda now: set_field(now, "impact.prose", "much"),
        lambda now: set_field(now, "impact.prose", ""),
        lambda now: add(remove(now, "I0007"), Question(id="I0007", text="the same id in another list")),
        lambda now: add(remove(now, "I0007"), Parked(id="I0007", text="and back")),
    )
    for edit in edits:
        session = edit(session)
        text = encoder.dumps(session)
        assert text == codec.dumps(session)
        assert codec.loads(text).parking_lot == tuple(sorted(session.parking_lot, key=lambda each: each.rank))


def test_one_edit_at_a_time_from_nothing_to_much_and_back() -> None:
    session, encoder = long_session(()), Encoder()
    order = [number * 77 % 300 for number in range(300)]
    for number in order:
        session = add(session, Parked(id=f"I{number:03}", text=str(number)))
        assert encoder.dumps(session) == codec.dumps(session)
    for number in order[::-1]:
        session = remove(session, f"I{number:03}")
        assert encoder.dumps(session) == codec.dumps(session)


def test_what_is_equal_and_written_otherwise_is_written_anew() -> None:
    entry = Entry(id="E", at=Moment(datetime(2026, 1, 1, tzinfo=UTC)), text="x", rank=1.0)
    one = msgspec.structs.replace(entry, until=datetime(2026, 1, 1, 12, tzinfo=UTC))
    other = msgspec.structs.replace(one, until=datetime(2026, 1, 1, 13, tzinfo=timezone(timedelta(hours=1))))
    assert one == other
    encoder = Encoder()
    for each in (one, other):
        session = msgspec.structs.replace(long_session(parked(100)), timeline=(each,))
        assert encoder.dumps(session) == codec.dumps(session)


def test_an_id_that_is_the_name_of_a_field_or_stands_in_a_text_is_found() -> None:
    session, encoder = long_session(parked(3)), Encoder()
    moment = Moment(datetime(2026, 1, 1, tzinfo=UTC))
    names = ("at", "text", "timeline", "id", "zone")
    for name in names:
        text = "".join(f'\n{" " * indent}"{each}": {{\n    }},\n' for indent in (2, 4, 6) for each in names)
        session = add(session, Entry(id=name, at=moment, text=text))
        assert encoder.dumps(session) == codec.dumps(session)
    for name in names:
        session = change(session, name, text=f"changed {name}")
        assert encoder.dumps(session) == codec.dumps(session)


REFUSED: dict[str, Callable[[Session], Session]] = {
    "twice in one list": lambda now: msgspec.structs.replace(now, parking_lot=(*now.parking_lot, now.parking_lot[0])),
    "twice among the new": lambda now: msgspec.structs.replace(
        now, parking_lot=(*now.parking_lot, *[Parked(id="NEW", text="x")] * 2)
    ),
    "in two lists": lambda now: msgspec.structs.replace(now, questions=(Question(id="I0003", text="x"),)),
    "new in two lists": lambda now: msgspec.structs.replace(
        now, parking_lot=(*now.parking_lot, Parked(id="NEW", text="x")), questions=(Question(id="NEW", text="x"),)
    ),
    "empty": lambda now: msgspec.structs.replace(now, questions=(Question(text="x"),)),
    "with a space": lambda now: msgspec.structs.replace(now, questions=(Question(id="a b", text="x"),)),
    "too long": lambda now: msgspec.structs.replace(now, questions=(Question(id="x" * 65, text="x"),)),
}


@pytest.mark.parametrize("case", REFUSED)
def test_ids_are_refused_whatever_is_known_already(case: str) -> None:
    good, encoder = long_session(parked(200)), Encoder()
    bad = REFUSED[case](good)
    for dumps in (codec.dumps, encoder.dumps):
        with pytest.raises(ValueError, match="id"):
            dumps(bad)
    assert encoder.dumps(good) == codec.dumps(good)
    for _ in range(2):
        with pytest.raises(ValueError, match="id"):
            encoder.dumps(bad)
        assert encoder.dumps(good) == codec.dumps(good)


@pytest.mark.parametrize("count", [0, 5, 300, 6_000])
def test_the_file_written_in_pieces_is_the_one_that_tinydb_writes(count: int, tmp_path: Path) -> None:
    session, encoder = long_session(parked(count)), Encoder()
    for state in (session, set_field(session, "summary", "x" * 300_000), session):
        DurableStorage(tmp_path / "pieces.json").write_encoded(*encoder.pieces(state))
        DurableStorage(tmp_path / "tables.json").write(codec.tables(state))
        assert (tmp_path / "pieces.json").read_bytes() == (tmp_path / "tables.json").read_bytes()


def test_a_session_that_is_refused_changes_nothing_of_the_next() -> None:
    good = Session(id="S", title="x", created=datetime(2026, 1, 1, tzinfo=UTC), parking_lot=(Parked(id="A", text="a"),))
    encoder = Encoder()
    for bad in (Parked(id="B", rank=float("nan"), text="b"), Parked(text="no id"), Parked(id="C", text="\ud800")):
        with pytest.raises((ValueError, UnicodeEncodeError)):
            encoder.dumps(msgspec.structs.replace(good, parking_lot=(*good.parking_lot, bad)))
        assert encoder.dumps(good) == codec.dumps(good)
