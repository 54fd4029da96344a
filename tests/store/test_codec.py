"""The file format gives back what was put in, and says where a file is wrong."""

import json
from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest
from hypothesis import Phase, given, settings

from facilitator.model.edits import LISTS
from facilitator.model.moments import Moment
from facilitator.model.session import Action, Entry, Impact, Session, Why
from facilitator.store import codec
from facilitator.store.errors import NewerFormatError, UnreadableError
from tests.strategies import sessions

NOON = datetime(2026, 11, 15, 12, tzinfo=UTC)


def a_session(**fields: Any) -> Session:
    return Session(id="S1", title="Checkout errors", created=NOON, **fields)


def plain(**fields: Any) -> dict[str, Any]:
    return codec.encode(a_session(**fields))


def reason(tables: Any) -> str:
    with pytest.raises(UnreadableError) as caught:
        codec.decode(tables)
    return caught.value.reason


# Shrinking a whole session takes minutes; the session that fails is telling enough.
@settings(max_examples=40, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(sessions())
def test_a_session_comes_back_as_it_was(session: Session) -> None:
    raw = codec.dumps(session)
    assert codec.loads(raw) == session
    assert codec.decode(codec.encode(session)) == session
    assert codec.dumps(codec.loads(raw)) == raw
    assert json.loads(raw) == codec.encode(session)
    assert codec.unknown_fields(raw) == ()


def test_every_list_of_a_session_is_a_table() -> None:
    assert set(codec.SessionFile.__struct_fields__) == {"format", "session", *LISTS.values()}


def test_the_file_is_readable_and_stable() -> None:
    session = a_session(
        summary="Größe → null",
        actions=(Action(id="B", rank=1.0, text="second made"), Action(id="A", rank=2.0, text="first made")),
        impact=Impact(prose=""),
    )
    assert codec.dumps(session).decode() == (
        '{\n  "format": {\n    "facilitator": {\n      "number": 1\n    }\n  },\n'
        '  "session": {\n    "S1": {\n      "id": "S1",\n      "title": "Checkout errors",\n'
        '      "created": "2026-11-15T12:00:00Z",\n      "summary": "Größe → null"\n    }\n  },\n'
        '  "actions": {\n    "A": {\n      "id": "A",\n      "rank": 2.0,\n      "text": "first made"\n    },\n'
        '    "B": {\n      "id": "B",\n      "rank": 1.0,\n      "text": "second made"\n    }\n  }\n}\n'
    )
    assert [action.id for action in codec.loads(codec.dumps(session)).actions] == ["B", "A"]


@pytest.mark.parametrize("path", ["plain tables", "bytes"])
def test_text_of_a_file_is_cleaned(path: str) -> None:
    tables = plain(summary="a\x1b]52;c;YQ==\x07b\u202e\x00", services=("\x9b31mpay",))
    tables["timeline"] = {"E": {"id": "E", "at": {"at": "2026-11-15T12:00:00Z"}, "text": "e\u0301\x1b[31m\r\nred"}}
    session = codec.decode(tables) if path == "plain tables" else codec.loads(json.dumps(tables).encode())
    assert (session.summary, session.services) == ("ab", ("pay",))
    assert session.timeline[0].text == "é\nred"


@pytest.mark.parametrize("character", ["\x7f", "\x85", "\u2028", "\u202e", "\ufeff", "\U000e0041"])
def test_unsafe_characters_written_as_they_are_go_too(character: str) -> None:
    raw = codec.dumps(a_session(summary=f"a{character}b"))
    assert codec.loads(raw).summary in ("ab", "a\nb")


def test_a_byte_order_mark_and_other_line_ends_do_no_harm() -> None:
    session = a_session(summary="two\nlines")
    raw = b"\xef\xbb\xbf" + codec.dumps(session).replace(b"\n", b"\r\n")
    assert codec.loads(raw) == session
    assert codec.unknown_fields(raw) == ()


def test_times_are_put_into_utc() -> None:
    tables = plain()
    tables["session"]["S1"]["created"] = "2026-11-15T14:00:00+02:00"
    at = {"at": "2026-11-15T14:00:00+02:00", "zone": "+02:00"}
    tables["timeline"] = {"E": {"id": "E", "at": at, "until": "2026-11-15T14:30:00+02:00", "text": "x"}}
    session = codec.decode(tables)
    assert session.created == NOON
    assert session.timeline[0].until == NOON.replace(minute=30)
    assert session.created.tzinfo is UTC


def test_a_wrong_type_is_named_with_its_place() -> None:
    tables = plain()
    tables["timeline"] = {"E7": {"id": "E7", "at": {"at": "2026-11-15T12:00:00Z"}, "text": 5}}
    assert reason(tables) == "`$.timeline.E7.text`: Expected `str`, got `int`"


def wrong(change: str) -> dict[str, Any]:
    tables = plain(whys=(Why(id="W1", text="a"), Why(id="W2", text="b", parent="W1")))
    whys, header = tables["whys"], tables["session"]["S1"]
    changes: dict[str, Any] = {
        "no session": tables["session"].clear,
        "two sessions": lambda: tables["session"].update(S2={**header, "id": "S2"}),
        "another id than its key": lambda: whys["W1"].update(id="W9"),
        "the same id in two tables": lambda: tables.update(factors={"W1": {"id": "W1", "text": "x"}}),
        "an id that is a path": lambda: whys.update({"../x": {"id": "../x", "text": "x"}}),
        "an empty id": lambda: whys.update({"": {"id": "", "text": "x"}}),
        "whys in a circle": lambda: whys["W1"].update(parent="W2"),
        "an answer to nothing": lambda: whys["W1"].update(parent="W9"),
        "a list in the header": lambda: header.update(actions=[{"id": "A", "text": "x"}]),
        "a time without zone": lambda: header.update(created="2026-11-15T12:00:00"),
        "a moment without zone": lambda: header.update(started={"at": "2026-11-15T12:00:00"}),
        "a moment before the calendar": lambda: header.update(started={"at": "0001-01-01T00:00:00+14:00"}),
        "a table that is a list": lambda: tables.update(whys=[]),
        "a document that is text": lambda: tables.update(actions={"A": "x"}),
        "an unknown severity": lambda: header.update(severity="SEV9"),
        "no format": lambda: tables.pop("format"),
        "a format that is text": lambda: tables.update(format={"facilitator": {"number": "1"}}),
        "a format of the past": lambda: tables.update(format={"facilitator": {"number": 0}}),
    }
    changes[change]()
    return tables


WRONG = {
    "no session": "expected one session, found 0",
    "two sessions": "expected one session, found 2",
    "another id than its key": "'W1': its own id is 'W9'",
    "the same id in two tables": "two items have the same id",
    "an id that is a path": "an id is not of",
    "an empty id": "an id is not of",
    "whys in a circle": "go round in a circle",
    "an answer to nothing": "`$.whys.W1.parent`: there is no why 'W9'",
    "a list in the header": "lists belong in tables",
    "a time without zone": "has no zone",
    "a moment without zone": "`$.session.S1.started`",
    "a moment before the calendar": "date value out of range",
    "a table that is a list": "`$.whys`: expected an object",
    "a document that is text": "`$.actions.A`: Expected `object`, got `str`",
    "an unknown severity": "`$.session.S1.severity`: Invalid enum value 'SEV9'",
    "no format": "no format number",
    "a format that is text": "no format number",
    "a format of the past": "there is no format 0",
}


@pytest.mark.parametrize(("change", "expected"), WRONG.items())
def test_what_is_no_session_is_refused_with_the_reason(change: str, expected: str) -> None:
    tables = wrong(change)
    assert expected in reason(tables)
    with pytest.raises(UnreadableError, match=r"x\.json cannot be read as a session") as caught:
        codec.loads(json.dumps(tables).encode(), "x.json")
    assert expected in caught.value.reason


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\x00" * 100,
        b"{",
        b"[]",
        b'"text"',
        b"\xff\xfe{}",
        b"[" * 5_000,
        b'{"a":' * 5_000,
        b"{} {}",
        b"NaN",
        b"null",
    ],
)
def test_bytes_that_are_no_json_object_are_unreadable(raw: bytes) -> None:
    with pytest.raises(UnreadableError):
        codec.loads(raw)


def test_a_reason_holds_no_control_characters_and_is_short() -> None:
    tables = plain()
    tables["session"]["S1"]["severity"] = "\x1b[31m" + "x" * 10_000
    said = reason(tables)
    assert "\x1b" not in said
    assert len(said) <= 500


def test_a_newer_format_is_recognised_whatever_else_it_holds() -> None:
    tables = plain() | {"format": {"facilitator": {"number": 7}}, "session": {"S1": {"renamed": True}}}
    with pytest.raises(NewerFormatError, match="format 7") as caught:
        codec.decode(tables)
    assert caught.value.number == 7
    with pytest.raises(NewerFormatError, match="format 7"):
        codec.loads(json.dumps(tables).encode())


def test_older_formats_are_brought_up_to_date_step_by_step() -> None:
    steps = (lambda found: found | {"a": 2}, lambda found: found | {"b": found["a"] + 1})
    assert codec.migrated({}, 1, steps) == {"a": 2, "b": 3}
    assert codec.migrated({"a": 5}, 2, steps) == {"a": 5, "b": 6}
    assert len(codec.MIGRATIONS) == codec.FORMAT - 1


def test_fields_that_this_version_would_drop_are_named() -> None:
    tables = plain(actions=(Action(id="A", text="x"),))
    tables["actions"]["A"]["colour"] = {"deep": [1]}
    tables["session"]["S1"]["mood"] = "good"
    tables["_default"] = {"1": {}}
    raw = json.dumps(tables).encode()
    assert codec.loads(raw) == codec.decode(plain(actions=(Action(id="A", text="x"),)))
    assert codec.unknown_fields(raw) == ("_default", "actions.A.colour", "session.S1.mood")


def test_unknown_fields_inside_fields_are_found_too() -> None:
    moment = {"at": "2026-11-15T14:22:00Z", "weather": "rain"}
    tables = {
        "format": {"facilitator": {"number": 1}},
        "session": {"S1": {"id": "S1", "impact": {"prose": "x", "karma": 1}, "started": moment, "resolved": None}},
        "timeline": {"E1": {"id": "E1", "at": moment}},
    }
    assert codec.unknown_fields(json.dumps(tables).encode()) == (
        "session.S1.impact.karma",
        "session.S1.started.weather",
        "timeline.E1.at.weather",
    )


@pytest.mark.parametrize(
    "session",
    [
        a_session(actions=(Action(text="no id"),)),
        a_session(actions=(Action(id="A", text="x"), Action(id="A", text="y"))),
        a_session(actions=(Action(id="A", rank=float("nan"), text="x"),)),
        a_session(impact=Impact(error_budget=float("inf"))),
        a_session(summary="\ud800"),
        msgspec.structs.replace(a_session(), id="../../etc/passwd"),
    ],
    ids=["no id", "same id", "nan", "infinity", "surrogate", "path"],
)
def test_what_could_not_be_read_again_is_not_written(session: Session) -> None:
    with pytest.raises((ValueError, UnicodeEncodeError)):
        codec.dumps(session)


def test_entries_come_back_in_the_order_of_time() -> None:
    early, late = (Entry(id=each, at=Moment(NOON.replace(hour=hour)), text="x") for each, hour in (("B", 1), ("A", 2)))
    assert codec.loads(codec.dumps(a_session(timeline=(early, late)))).timeline == (early, late)
