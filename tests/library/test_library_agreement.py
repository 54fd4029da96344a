"""The index and a look at every session give the same answers, whatever the store and the query."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from facilitator.library import naive
from facilitator.library.expressions import All, Not, Order, Query, Some, Sort
from facilitator.library.search import Library
from facilitator.model.session import Session
from tests.library.asking import asked, queries, sessions, stores, write
from tests.strategies import sessions as any_sessions

SLOW = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@contextmanager
def library_of(held: tuple[Session, ...]) -> Iterator[Library]:
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "store").mkdir()
        for session in held:
            write(Path(folder) / "store", session)
        library = Library(Path(folder) / "store", cache=Path(folder) / "cache")
        assert library.refresh()
        yield library
        library.close()


def agree(library: Library, held: tuple[Session, ...], text: str, **crowd: int) -> None:
    """Assert that the index gives what the naive scan gives, in an order that is as right."""
    query = asked(text)
    records = [naive.record(session) for session in held]
    expected = naive.evaluate(query, records, **crowd)
    index = library._index
    assert index is not None
    found = index.find(query, **crowd)
    assert sorted(each.id for each in found) == sorted(record.session.id for record, _ in expected), text
    assert library.count(query) == len(expected)
    by_id = {record.session.id: (record, score) for record, score in expected}
    for each, (record, score) in zip(found, expected, strict=True):
        mine, mine_score = by_id[each.id]
        if plain(query):
            assert abs(each.score - mine_score) < 1e-6, text
            assert abs(mine_score - score) < 1e-6, text
        if query.sorted_by.by is not Sort.RELEVANCE:
            assert key(query, mine) == key(query, record), text


def plain(query: Query) -> bool:
    """Tell whether all of the words count: the index may leave out those of a branch that does not hold."""
    return not any(isinstance(part, Not | Some | All) for part in query.parts)


def key(query: Query, record: naive.Record) -> object:
    order: Order = query.sorted_by
    return (naive.rank(order, record) if order.by is not Sort.DATE else 0, record.when)


@SLOW
@given(stores(), st.lists(queries(), min_size=1, max_size=6))
def test_the_index_agrees_with_a_look_at_every_session(held: tuple[Session, ...], texts: list[str]) -> None:
    with library_of(held) as library:
        for text in texts:
            agree(library, held, text)


@SLOW
@given(stores(), st.lists(queries(), min_size=1, max_size=3), st.integers(0, 3))
def test_they_agree_where_there_is_a_crowd(held: tuple[Session, ...], texts: list[str], crowd: int) -> None:
    with library_of(held) as library:
        for text in texts:
            agree(library, held, text, crowd=crowd)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(any_sessions(), max_size=3, unique_by=lambda each: each.id), st.data())
def test_they_agree_on_any_text_there_may_be(held: list[Session], data: st.DataObject) -> None:
    with library_of(tuple(held)) as library:
        for session in held:
            for text in (session.title, *session.services, session.facilitator):
                words = text.replace('"', " ")
                for line in (f'"{words}"', f'service:"{words}"', f'facilitator:"{words}"'):
                    try:
                        asked(line)
                    except ValueError:
                        continue
                    agree(library, tuple(held), line)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    stores(4),
    st.lists(
        st.tuples(st.integers(0, 5), st.sampled_from(("save", "remove", "break", "copy")), sessions()), max_size=6
    ),
    st.lists(queries(), min_size=1, max_size=3),
)
def test_they_agree_after_changes(
    held: tuple[Session, ...], changes: list[tuple[int, str, Session]], texts: list[str]
) -> None:
    now = {session.id: session for session in held}
    with library_of(held) as library:
        for number, what, other in changes:
            changed = Session(
                **{**{name: getattr(other, name) for name in other.__struct_fields__}, "id": f"S{number}"}
            )
            path = library.folder / f"{changed.id}.json"
            if what == "save":
                write(library.folder, changed)
                now[changed.id] = changed
            elif what == "copy" and changed.id in now:
                write(library.folder, now[changed.id], f"{changed.id}-copy-of-it.json")
            elif what == "remove":
                path.unlink(missing_ok=True)
                path.with_name(f"{changed.id}-copy-of-it.json").unlink(missing_ok=True)
                now.pop(changed.id, None)
            elif what == "break":
                path.write_bytes(b'{"format"')
                path.with_name(f"{changed.id}-copy-of-it.json").unlink(missing_ok=True)
                now.pop(changed.id, None)
            assert library.refresh(thorough=True)
        for text in texts:
            agree(library, tuple(now.values()), text)
