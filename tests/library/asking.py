"""Sessions and queries for the tests of the library: few words and values, so that queries are met."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
from hypothesis import strategies as st

from facilitator.library.expressions import Query
from facilitator.library.fields import FIELDS
from facilitator.library.query import parse
from facilitator.model.meeting_items import Note
from facilitator.model.moments import Moment
from facilitator.model.session import (
    Action,
    ActionStatus,
    Entry,
    Factor,
    Impact,
    Milestone,
    ReviewKind,
    Session,
    Severity,
    Status,
    Why,
)
from facilitator.store import codec

TODAY = date(2026, 11, 15)
NOON = datetime(2026, 11, 15, 12, tzinfo=UTC)
TERMS = ("redis", "Cache", "memory", "café", "日本", "out", "of", "v3.2", "x", "naïve-bayes", "ﬁle", "OR", "re")
NAMES = ("checkout", "Check-In", "search", "日本", "support desk", "@alice", "checkout api")


def a_session(number: int = 1, **fields: Any) -> Session:
    """Return a session of its own."""
    return Session(id=f"S{number}", title=fields.pop("title", f"Number {number}"), created=NOON, **fields)


def write(folder: Path, session: Session, name: str = "") -> Path:
    """Put a session into a file of a store, in one step, and return the file."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / (name or f"{session.id}.json")
    temporary = folder / ".new.tmp"
    temporary.write_bytes(codec.dumps(session))
    temporary.replace(path)
    return path


def asked(text: str) -> Query:
    """Return what a query line means on the day of the tests."""
    return parse(text, TODAY)


def _texts() -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(TERMS), min_size=1, max_size=4).map(" ".join)


def _some(values: tuple[str, ...]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(values), max_size=2, unique=True).map(tuple)


@st.composite
def sessions(draw: st.DrawFn, number: int = 0) -> Session:
    """Sessions with what queries ask for, within a year of the day of the tests."""
    start = NOON - timedelta(hours=draw(st.integers(0, 24 * 400)))
    ends = [start + timedelta(minutes=each) for each in sorted(draw(st.lists(st.integers(0, 200), max_size=3)))]
    marks = (Milestone.DETECTED, Milestone.ACKNOWLEDGED, Milestone.RESOLVED)
    timeline = (
        Entry(id="E0", at=Moment(start), text=draw(_texts()), milestones=(Milestone.START,)),
        *(
            Entry(id=f"E{place + 1}", at=Moment(at), text=draw(_texts()), milestones=(marks[place],))
            for place, at in enumerate(ends)
        ),
    )
    return Session(
        id=f"S{number}",
        title=draw(_texts()),
        created=NOON - timedelta(days=draw(st.integers(0, 100))),
        review_kind=draw(st.sampled_from(ReviewKind)),
        status=draw(st.sampled_from(Status)),
        severity=draw(st.one_of(st.none(), st.sampled_from(Severity))),
        services=draw(_some(NAMES)),
        tags=draw(_some(NAMES)),
        cause=draw(st.sampled_from(("", "deployment", "code", "Check-In"))),
        zone=draw(st.sampled_from(("UTC", "Asia/Tokyo"))),
        facilitator=draw(st.sampled_from(("", *NAMES))),
        summary=draw(_texts()),
        impact=Impact(
            prose=draw(_texts()),
            users=draw(st.one_of(st.none(), st.integers(0, 3000))),
            error_budget=draw(st.one_of(st.none(), st.sampled_from((0.0, 20.0, 20.5)))),
        ),
        timeline=timeline if draw(st.booleans()) else (),
        whys=tuple(Why(id=f"W{place}", text=text) for place, text in enumerate(draw(st.lists(_texts(), max_size=2)))),
        factors=(Factor(id="F", text=draw(_texts()), category="code", root_cause=draw(st.booleans())),),
        actions=tuple(
            Action(
                id=f"A{place}",
                text=draw(_texts()),
                owner=draw(st.sampled_from(("", "alice", "Bob"))),
                status=draw(st.sampled_from(ActionStatus)),
                due=draw(st.one_of(st.none(), st.dates(date(2026, 10, 1), date(2026, 12, 1)))),
            )
            for place in range(draw(st.integers(0, 2)))
        ),
        notes=(Note(id="N", text="private secret"),),
    )


@st.composite
def stores(draw: st.DrawFn, most: int = 5) -> tuple[Session, ...]:
    """The sessions of a store."""
    return tuple(draw(sessions(number)) for number in range(draw(st.integers(0, most))))


_VALUES = {
    "severity": ("1", "SEV2", "1..2", ">=3", "<2", "..3", "1,4"),
    "service": ("checkout", "check*", '"support desk"', "日本", "checkout,search"),
    "cause": ("deployment", "code", "check-in", "dep", "co*"),
    "status": ("final", "draft", "review"),
    "kind": ("near-miss", "incident", "experiment"),
    "mttr": (">1h", "..30m", "10m..2h", "<=90m", ">0s"),
    "mttd": (">30m", "<1h"),
    "mtta": (">1m",),
    "duration": ("1h..", "<2h"),
    "budget": (">20%", ">=20", "20%", "<1"),
    "users": (">1k", "..500"),
    "since": ("3m", "2026-06", "90d"),
    "until": ("2026-06", "1m"),
    "date": ("2026", "2026-01..2026-06", ">2026-06", "<=2026-03-10", "2026-05-01"),
    "tag": ("checkout", "日*"),
    "owner": ("@alice", "bob", "al*"),
    "facilitator": ("checkout", "@alice"),
    "has": ("pending", "mttr", "timeline", "overdue", "budget", "severity", "cause"),
    "pending": (">60d", "<7d", "10d..50d", "<=1m", "30d"),
}
assert _VALUES.keys() == FIELDS.keys() - {"sort", "limit"}


def _terms() -> st.SearchStrategy[str]:
    fields = st.sampled_from([f"{name}:{value}" for name, values in _VALUES.items() for value in values])
    words = st.sampled_from(
        (*TERMS[:-2], "re*", "cach*", '"out of"', '"of memory"', '"out o"', "日本*", "2", "cafe", "secret")
    )
    return st.one_of(fields, words, words)


def queries() -> st.SearchStrategy[str]:
    """Query lines that can be read, of words, fields, OR, - and brackets."""
    joined = st.recursive(
        _terms(),
        lambda inner: st.one_of(
            st.lists(inner, min_size=2, max_size=3).map(" ".join),
            st.lists(inner.map(lambda each: f"({each})"), min_size=2, max_size=3).map(" OR ".join),
            inner.map(lambda each: f"-({each})"),
        ),
        max_leaves=5,
    )
    orders = ("", "", "sort:date", "sort:date-asc", "sort:severity", "sort:mttr", "sort:mttr-asc", "sort:pending")
    return st.tuples(joined, st.sampled_from(orders)).map(lambda parts: " ".join(parts).strip())


def changed(session: Session, **fields: Any) -> Session:
    """Return a session with other fields."""
    return msgspec.structs.replace(session, **fields)
