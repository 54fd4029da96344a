"""The drafts of an intake are kept beside the session, whole or not at all."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from facilitator.intake.drafts import Draft, Signal, Stamp
from facilitator.model.session import Session
from facilitator.store.draft_files import DraftsError, keep, load
from facilitator.store.store import Store

SESSION = "01K9XQ4ZJ3E8Y8Q6M2S1"
DRAFT = Draft(
    id="slack:C1/1700000000.000200",
    text="error rate at 12 %",
    stamp=Stamp(datetime.fromisoformat("2026-11-15T14:22"), "UTC"),
    who="Dana",
    place="#incidents",
    signal=Signal.NOTE,
)


@pytest.fixture
def store(tmp_path: Path) -> Path:
    store = Store(tmp_path / "store", cache=tmp_path / "cache")
    store.create(Session(id=SESSION, title="Errors", created=datetime(2026, 11, 15, tzinfo=UTC)))
    return store.path


def files(store: Path) -> list[Path]:
    return [path for path in store.rglob("*") if path.is_file() and "drafts" in path.parts]


def drafts() -> st.SearchStrategy[Draft]:
    return st.builds(
        Draft,
        id=st.text(alphabet=st.characters(codec="utf-8"), min_size=1, max_size=8),
        text=st.text(alphabet=st.characters(codec="utf-8"), max_size=30),
        stamp=st.none() | st.builds(Stamp, st.datetimes(), st.sampled_from(("", "UTC", "Europe/Paris"))),
        line=st.integers(0, 2**40),
        signal=st.none() | st.sampled_from(Signal),
        replies=st.integers(0, 10**6),
    )


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(drafts(), max_size=8))
def test_what_is_kept_is_there_again_in_its_order(store: Path, some: list[Draft]) -> None:
    kept = keep(store, SESSION, some)
    assert kept.count == len(some)
    assert load(store, SESSION, kept.digest) == some


def test_the_same_drafts_are_kept_once(store: Path) -> None:
    first = keep(store, SESSION, [DRAFT] * 2_000)
    assert keep(store, SESSION, iter([DRAFT] * 2_000)) == first
    assert len(files(store)) == 1


def test_nobody_else_may_read_them(store: Path) -> None:
    keep(store, SESSION, [DRAFT])
    assert files(store)[0].stat().st_mode & 0o077 == 0


def test_what_stops_the_reading_leaves_nothing_behind(store: Path) -> None:
    def stops() -> Iterator[Draft]:
        yield from [DRAFT] * 1_000
        raise ValueError("the archive ends here")

    with pytest.raises(ValueError, match="ends here"):
        keep(store, SESSION, stops())
    assert files(store) == []


def test_a_line_that_was_damaged_is_left_out(store: Path) -> None:
    kept = keep(store, SESSION, [DRAFT] * 3)
    path = files(store)[0]
    lines = path.read_bytes().split(b"\n")
    path.write_bytes(b"\n".join([lines[0], lines[1][:20], lines[2], b""]))
    assert load(store, SESSION, kept.digest) == [DRAFT] * 2


def test_drafts_of_another_computer_are_missed_with_what_to_do(store: Path) -> None:
    with pytest.raises(DraftsError, match="Read the file once more"):
        load(store, SESSION, "0" * 32)


@pytest.mark.parametrize("digest", ["", "../../../etc/passwd", "0" * 31, "Z" * 32])
def test_a_name_leads_nowhere_else(store: Path, digest: str) -> None:
    with pytest.raises(DraftsError, match="no name of drafts"):
        load(store, SESSION, digest)


def test_a_link_in_the_place_of_the_folder_is_not_followed(store: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (store / ".facilitator").mkdir(exist_ok=True)
    (store / ".facilitator" / "drafts").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(DraftsError, match="were not kept"):
        keep(store, SESSION, [DRAFT])
    assert list((tmp_path / "elsewhere").iterdir()) == []
