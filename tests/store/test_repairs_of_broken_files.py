"""Whatever happened to the bytes of a session, it is put together again, and nothing that is left of it is lost."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from facilitator.model.edits import LISTS, add
from facilitator.model.item import Item
from facilitator.model.meeting_items import Meeting
from facilitator.model.review_items import Comment
from facilitator.model.session import Action, Conflict, Parked, Session
from facilitator.store import codec
from facilitator.store.diagnosis import Cure
from facilitator.store.doctor import examine
from facilitator.store.opening import Opened
from facilitator.store.repairing import repair
from facilitator.store.storage import backup_of
from facilitator.store.store import Store
from tests.store.doctored import NEWEST, SESSION, all_repaired, forget, ids, whats
from tests.strategies import sessions


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


# What cannot be read


def utf_16(raw: bytes) -> bytes:
    return raw.decode().encode("utf-16")


@pytest.mark.parametrize(
    ("damage", "what"),
    [
        (lambda raw: raw[:-200], "truncated"),
        (lambda raw: raw[:0], "it is empty"),
        (lambda raw: b"\0" * len(raw), "it is empty"),
        (lambda raw: raw[:-300] + b"\0" * 300, "malformed"),
        (lambda raw: raw + raw[-90:], "trailing|malformed"),
        (lambda raw: raw[: raw.index(b'"factors"')], "truncated"),
        (lambda raw: raw.replace(b"pool exhausted", b"pool \xff\xfe exhausted"), "utf-?8|UTF-?8"),
        (lambda raw: raw.replace(b'"parking_lot": {', b'"parking_lot"  {'), "malformed"),
        (lambda raw: raw.replace(b'"id": "P1"', b'"id" "P1"'), "malformed"),
        (lambda raw: raw.replace(b'"P1": {', b'"P1"; ['), "malformed"),
        (lambda raw: raw.replace(b'"format"', b'"formal"'), "format"),
        (lambda raw: raw.replace(b'"session": {', b'"session  {'), "malformed"),
        (utf_16, "malformed|utf-?8|UTF-?8"),
        (lambda raw: raw.decode().encode("utf-16-le"), "malformed|control|utf-?8"),
        (lambda raw: raw.decode().encode("utf-16-be"), "malformed|control|utf-?8"),
        (lambda raw: raw.decode().encode("utf-32"), "malformed|control|utf-?8|UTF-?8"),
    ],
)
def test_a_broken_file_is_put_together_again(
    store: Store, path: Path, damage: Callable[[bytes], bytes], what: str
) -> None:
    broken = damage(path.read_bytes())
    path.write_bytes(broken)
    mode = path.stat().st_mode
    (finding,) = examine(store.path).findings
    assert re.search(what, finding.what), finding.what
    outcome = all_repaired(store)
    assert codec.loads(path.read_bytes()) == NEWEST
    assert path.stat().st_mode == mode
    (done,) = outcome.repairs
    assert done.aside == store.path / ".facilitator" / "aside" / f"{path.name}.1"
    assert done.aside.read_bytes() == broken
    assert codec.loads(backup_of(path).read_bytes()) == SESSION


@pytest.mark.parametrize(
    "damage", [utf_16, lambda raw: raw + raw[-90:], lambda raw: raw.replace(b'"title"', b'"titel"')]
)
def test_what_the_file_still_has_needs_nothing_else(store: Store, path: Path, damage: Callable[[bytes], bytes]) -> None:
    forget(store)
    path.write_bytes(damage(path.read_bytes()))
    all_repaired(store)
    assert codec.loads(path.read_bytes()) == NEWEST


def test_what_is_newer_in_a_broken_file_is_not_lost(store: Store, path: Path) -> None:
    raw = path.read_bytes()
    raw = raw.replace(b"alert fires", b"alert fires at last").replace(b"It broke.", b"It broke, and was mended.")
    path.write_bytes(raw[: raw.index(b'"whys"') + 60])
    all_repaired(store)
    session = codec.loads(path.read_bytes())
    assert session.timeline[1].text == "alert fires at last"
    assert session.summary == "It broke, and was mended."
    assert ids(session) == ids(NEWEST)


def test_what_is_older_in_a_broken_file_does_not_come_back(store: Store, opened: Opened) -> None:
    before = opened.path.read_bytes()
    now = msgspec.structs.replace(opened.session, summary="It broke twice.", parking_lot=())
    store.save(opened, now)
    opened.path.write_bytes(before[:-100])
    all_repaired(store)
    assert codec.loads(opened.path.read_bytes()) == now


def test_the_beginning_of_a_newer_text_is_kept_as_a_conflict(store: Store, path: Path) -> None:
    raw = path.read_bytes().replace(b"who owns the pool?", b"how large may the pool of connections be?")
    path.write_bytes(raw[: raw.index(b"connections be")])
    repair(store, examine(store.path))
    session = codec.loads(path.read_bytes())
    assert session.questions == NEWEST.questions
    assert [(each.about, each.other) for each in session.conflicts] == [("Q1", "how large may the pool of ")]


def test_an_item_that_only_the_broken_file_has_is_kept_as_far_as_it_goes(store: Store, path: Path) -> None:
    forget(store)
    raw = path.read_bytes()
    path.write_bytes(raw[: raw.index(b"add a load") + 5])
    all_repaired(store)
    session = codec.loads(path.read_bytes())
    assert session.title == SESSION.title
    assert session.actions == (Action(id="A1", rank=1.0, text="add a"),)
    assert session.factors == SESSION.factors


def test_a_repair_is_a_step_of_the_history(store: Store, path: Path) -> None:
    path.write_bytes(path.read_bytes().replace(b"alert fires", b"alert at last")[:-100])
    all_repaired(store)
    last = Store(store.path).history("S1")[-1]
    assert (last.label, [change.part.id for change in last.changes]) == ("repair", ["E2"])


def test_without_a_last_good_copy_there_is_the_history_and_the_other_way_round(store: Store, path: Path) -> None:
    path.write_bytes(b"{")
    backup_of(path).unlink()
    (finding,) = examine(store.path).findings
    assert finding.cure is Cure.NONE
    path.write_bytes(codec.dumps(NEWEST)[:250])
    all_repaired(store)
    assert codec.loads(path.read_bytes()) == NEWEST


def test_a_daily_copy_is_used_when_there_is_nothing_newer(store: Store, path: Path) -> None:
    daily = store.path / ".facilitator" / "daily" / path.stem / "2026-11-14.json"
    daily.parent.mkdir(parents=True)
    daily.write_bytes(codec.dumps(NEWEST))
    backup_of(path).unlink()
    (store.path / ".facilitator" / "history" / "S1.jsonl").unlink()
    path.write_bytes(b"")
    (finding,) = examine(store.path).findings
    assert "from a copy of an earlier day" in finding.advice
    all_repaired(store)
    assert codec.loads(path.read_bytes()) == NEWEST


def test_a_history_with_lines_missing_comes_after_the_copies(store: Store, path: Path) -> None:
    history = store.path / ".facilitator" / "history" / "S1.jsonl"
    history.write_bytes(history.read_bytes() + b"{\n")
    path.write_bytes(b"")
    outcome = repair(store, examine(store.path))
    assert codec.loads(path.read_bytes()) == SESSION
    assert whats(outcome.left) == ["1 line of 4 cannot be read"]


@pytest.mark.parametrize("text", ["", "\0" * 50, "{", "[]", '{"name": "package", "version": "1"}', "hello", "null"])
def test_what_was_never_a_session_is_only_reported(store: Store, text: str) -> None:
    store.path.mkdir()
    (store.path / "package.json").write_text(text)
    report = examine(store.path)
    assert [each.cure for each in report.findings] == [Cure.NONE]
    repair(store, report)
    assert (store.path / "package.json").read_text() == text


# Merges of git


def merged_by_git(ours: bytes, theirs: bytes, base: bytes | None = None) -> bytes:
    middle = b"||||||| merged common ancestors\n" + base if base is not None else b""
    return b"<<<<<<< HEAD\n" + ours + middle + b"=======\n" + theirs + b">>>>>>> theirs\n"


@pytest.mark.parametrize("with_base", [True, False])
def test_both_sides_of_an_unfinished_merge_are_merged(store: Store, path: Path, with_base: bool) -> None:
    line, other, base = (
        b'      "text": "%s"\n' % each for each in (b"one that is longer", b"another", b"who owns the pool?")
    )
    raw = codec.dumps(NEWEST)
    path.write_bytes(raw.replace(base, merged_by_git(line, other, base if with_base else None)))
    (finding,) = examine(store.path).findings
    assert finding.what == "it has the conflict markers of a merge that was not finished"
    outcome = repair(store, examine(store.path))
    session = codec.loads(path.read_bytes())
    assert session.questions[0].text == "one that is longer"
    assert [(each.about, each.other) for each in session.conflicts] == [("Q1", "another")]
    assert whats(outcome.left) == ["1 conflict is not settled"]


@pytest.mark.parametrize("with_base", [True, False])
def test_items_that_both_sides_added_are_there(store: Store, path: Path, with_base: bool) -> None:
    forget(store)
    ours, theirs = (
        b'    },\n    "Q%d": {\n      "id": "Q%d",\n      "text": "%d"\n    }\n' % (n, n, n) for n in (2, 3)
    )
    end = b"    }\n  }\n}\n"
    raw = codec.dumps(NEWEST).removesuffix(end)
    path.write_bytes(raw + merged_by_git(ours, theirs, b"    }\n" if with_base else None) + b"  }\n}\n")
    all_repaired(store)
    session = codec.loads(path.read_bytes())
    assert [each.text for each in session.questions] == ["2", "3", "who owns the pool?"]
    assert session.timeline == NEWEST.timeline


def test_an_item_that_one_side_removed_is_gone(store: Store, path: Path) -> None:
    raw = codec.dumps(NEWEST)
    table = raw[raw.index(b',\n  "parking_lot"') : raw.index(b',\n  "questions"')]
    marked = merged_by_git(b"\n", table + b"\n", table + b"\n")
    path.write_bytes(raw.replace(table, b"\n" + marked))
    all_repaired(store)
    assert codec.loads(path.read_bytes()) == msgspec.structs.replace(NEWEST, parking_lot=())


def test_markers_of_which_some_are_missing_lose_nothing(store: Store, path: Path) -> None:
    forget(store)
    line = b'      "text": "alert fires"\n'
    path.write_bytes(codec.dumps(NEWEST).replace(line, b"<<<<<<< HEAD\n" + line))
    all_repaired(store)
    assert codec.loads(path.read_bytes()) == NEWEST


def test_hostile_text_is_never_taken_for_structure(store: Store, path: Path) -> None:
    forget(store)
    hostile = '"}, "P9": {"id": "P9", "text": "forged"}, "x": {"'
    opened = store.open("S1")
    store.save(opened, msgspec.structs.replace(opened.session, summary=hostile))
    forget(store)
    path.write_bytes(path.read_bytes()[:-10])
    all_repaired(store)
    session = codec.loads(path.read_bytes())
    assert session.summary == hostile
    assert ids(session) == ids(NEWEST)


def test_deep_nesting_and_endless_openings_end_soon(store: Store) -> None:
    store.path.mkdir()
    for number, text in enumerate(('{"a":' * 50_000, "[" * 100_000, '"id": "' * 20_000, '{"x": {"id": [' * 20_000)):
        (store.path / f"{number}.json").write_text(text)
    assert len(examine(store.path).findings) == 4


# Whatever the damage


def damages() -> st.SearchStrategy[Callable[[bytes], bytes]]:
    places = st.integers(0, 10**6)

    def cut(place: int) -> Callable[[bytes], bytes]:
        return lambda raw: raw[: place % len(raw)]

    def zeros(place: int) -> Callable[[bytes], bytes]:
        return lambda raw: raw[: place % len(raw)] + bytes(len(raw) - place % len(raw))

    def garbled(changes: list[tuple[int, int]]) -> Callable[[bytes], bytes]:
        def change(raw: bytes) -> bytes:
            array = bytearray(raw)
            for place, value in changes:
                array[place % len(raw)] = value
            return bytes(array)

        return change

    def without(place: int, length: int) -> Callable[[bytes], bytes]:
        return lambda raw: raw[: place % len(raw)] + raw[place % len(raw) + length :]

    return st.one_of(
        st.builds(cut, places),
        st.builds(zeros, places),
        st.builds(garbled, st.lists(st.tuples(places, st.integers(0, 255)), min_size=1, max_size=5)),
        st.builds(without, places, st.integers(1, 40)),
        st.builds(lambda place: lambda raw: raw + raw[place % len(raw) :], places),
    )


def not_conflicts(session: Session) -> Iterator[Item]:
    for kind, name in LISTS.items():
        if kind is not Conflict:
            yield from getattr(session, name)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(sessions(max_items=2), damages())
def test_whatever_happens_to_a_file_every_item_of_the_last_good_copy_is_there(
    tmp_path_factory: pytest.TempPathFactory, session: Session, damage: Callable[[bytes], bytes]
) -> None:
    store = Store(tmp_path_factory.mktemp("x") / "store", cache=tmp_path_factory.mktemp("cache"))
    opened = store.create(session)
    opened = store.save(opened, add(session, Parked(id="Z" * 26, text="newest")))
    damaged = damage(opened.path.read_bytes())
    opened.path.write_bytes(damaged)
    outcome = repair(store, examine(store.path))
    now = opened.path.read_bytes()
    left = [each for each in whats(outcome.left) if "not settled" not in each]
    if now == damaged and left:
        # What looks like something that a newer version wrote is left alone.
        assert all("does not know" in each or "has the format" in each for each in left)
        return
    assert left == []
    found = codec.loads(now)
    assert found.id == session.id
    assert {item.id for item in not_conflicts(session)} <= {item.id for item in not_conflicts(found)}
    if now != damaged:
        aside = store.path / ".facilitator" / "aside"
        assert damaged in [each.read_bytes() for each in aside.iterdir()]


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(sessions(max_items=2), st.integers(0, 10**6))
def test_wherever_a_file_is_cut_off_the_session_is_as_it_was(
    tmp_path_factory: pytest.TempPathFactory, session: Session, place: int
) -> None:
    store = Store(tmp_path_factory.mktemp("x") / "store", cache=tmp_path_factory.mktemp("cache"))
    opened = store.create(session)
    opened = store.save(opened, add(session, Parked(id="Z" * 26, text="newest")))
    raw = opened.path.read_bytes()
    opened.path.write_bytes(raw[: place % (len(raw) - 3)])
    repair(store, examine(store.path))
    assert codec.loads(opened.path.read_bytes()) == opened.session


def test_a_comment_without_words_is_not_said_to_have_lost_them(tmp_path: Path) -> None:
    store = Store(tmp_path / "store", cache=tmp_path / "cache")
    comment = Comment(id="C" * 26, at=SESSION.created, by="Ana", text="", about=SESSION.timeline[0].id)
    opened = store.create(add(SESSION, comment))
    opened = store.save(opened, add(opened.session, Parked(id="Z" * 26, text="newest")))
    raw = opened.path.read_bytes()
    opened.path.write_bytes(raw[: raw.index(b'"by": "Ana"') + 4])
    repair(store, examine(store.path))
    assert codec.loads(opened.path.read_bytes()) == opened.session


def test_an_item_of_which_nothing_was_ever_said_is_kept(tmp_path: Path) -> None:
    store = Store(tmp_path / "store", cache=tmp_path / "cache")
    opened = store.create(add(SESSION, Meeting(id="M" * 26)))
    opened = store.save(opened, add(opened.session, Parked(id="Z" * 26, text="newest")))
    raw = opened.path.read_bytes()
    opened.path.write_bytes(raw[:2] + b"\0" + raw[3:])
    repair(store, examine(store.path))
    assert [each.id for each in codec.loads(opened.path.read_bytes()).meetings] == ["M" * 26]
