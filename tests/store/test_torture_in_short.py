"""A little of `make torture`: a save of which any call fails, and power cuts after each step of a few saves."""

from pathlib import Path

import pytest

from facilitator.store.errors import SaveError, StoreError
from facilitator.store.store import Store
from tests.torture.disk import acknowledged
from tests.torture.each_call import FAILURES, Failure, broken_save
from tests.torture.hostile import KINDS, looks
from tests.torture.power import STORE, check_store, cut_everywhere, out_of_order
from tests.torture.recorder import recorded
from tests.torture.states import ID, save_next
from tests.torture.tape import Op, SyncFile, SyncFolder
from tests.torture.traced import save_in_store

EIO_ONCE, EIO_LASTING = FAILURES[:2]
HARMLESS = {"calls", "refused"}


@pytest.fixture(scope="module")
def ops(tmp_path_factory: pytest.TempPathFactory) -> list[Op]:
    folder = tmp_path_factory.mktemp("disk")
    with recorded(folder) as tape:
        save_in_store(folder / STORE, 2, tape.acknowledge)
    return tape.ops


@pytest.mark.parametrize(
    ("kind", "failure"),
    [("plain", EIO_ONCE), ("merging", EIO_LASTING), ("first", EIO_ONCE), ("with all copies", EIO_LASTING)],
)
def test_whichever_call_of_a_save_fails_nothing_is_lost(tmp_path: Path, kind: str, failure: Failure) -> None:
    refused = 0
    for at in range(1, 200):
        found, done = broken_save(tmp_path / str(at), kind, failure, at)
        assert {name: count for name, count in found.items() if count and name not in HARMLESS} == {}, f"call {at}"
        refused += found["refused"]
        if done:
            break
    else:
        pytest.fail("a save has no end")
    assert at > 20
    assert refused > 5


def test_a_save_is_acknowledged_when_it_is_on_the_disk(ops: list[Op]) -> None:
    assert acknowledged(ops) == 2
    assert out_of_order(ops) == {"in place unsynced": 0, "acknowledged too early": 0}


def test_a_power_cut_takes_nothing_that_was_acknowledged(ops: list[Op]) -> None:
    found = cut_everywhere(ops, check_store, most=4)
    assert found["well"] == found["states"] > 30


@pytest.mark.parametrize(("sync", "what"), [(SyncFile, "unreadable"), (SyncFolder, "lost")])
def test_the_model_of_a_disk_tells_when_a_sync_is_missing(ops: list[Op], sync: type[Op], what: str) -> None:
    without = [op for op in ops if not isinstance(op, sync)]
    assert sum(out_of_order(without).values()) > 0
    assert cut_everywhere(without, check_store, most=2)[what] > 0


def test_links_in_a_store_lead_nothing_out_of_it(tmp_path: Path) -> None:
    KINDS["links that lead out"](tmp_path)
    outside = looks(tmp_path / "outside")
    store = Store(tmp_path / "store", cache=tmp_path / "cache")
    saved = save_next(store, store.open(ID))
    assert store.open(ID).session == saved.session
    with pytest.raises(StoreError, match="trash is a link"):
        store.delete(ID)
    assert store.trash() == ()
    assert looks(tmp_path / "outside") == outside


def test_a_link_in_place_of_the_lock_makes_no_file(tmp_path: Path) -> None:
    KINDS["a lock that leads out"](tmp_path)
    store = Store(tmp_path / "store", cache=tmp_path / "cache")
    with pytest.raises(SaveError):
        save_next(store, store.open(ID))
    assert looks(tmp_path / "outside") == {}
