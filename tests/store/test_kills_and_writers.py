"""Programs that are killed while they save, and programs that save the same session, lose nothing."""

import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from facilitator.model.edits import add
from facilitator.model.session import Parked, Session
from facilitator.store.history import state
from facilitator.store.store import Store

SAVER = Path(__file__).parent / "saver.py"
SESSION = Session(id="01ABC", title="x", created=datetime(2026, 1, 1, tzinfo=UTC))


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "store", cache=tmp_path / "cache")


def saver(task: str, store: Store, *arguments: object) -> "subprocess.Popen[str]":
    command = [sys.executable, str(SAVER), task, str(store.path), SESSION.id, *map(str, arguments)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def finished(process: "subprocess.Popen[str]") -> str:
    output, _ = process.communicate(timeout=60)
    assert process.returncode == 0
    return output


def test_a_killed_program_leaves_a_whole_file_with_every_acknowledged_save(store: Store) -> None:
    store.create(SESSION)
    found = json.loads(finished(saver("kill", store, 25, 1)))
    assert found["kills"] == 25
    assert found["acknowledged"] > 25
    assert (found["lost"], found["unreadable"]) == (0, 0)
    opened = store.open(SESSION.id)
    saved = store.save(opened, add(opened.session, Parked(id="P", text="after all this")))
    recorded = store.history(SESSION.id)
    assert (state(recorded[:-1]), state(recorded)) == (opened.session, saved.session)


def test_four_programs_add_to_one_session_and_everything_is_there(store: Store) -> None:
    store.create(SESSION)
    for process in [saver("add", store, name, 25) for name in "abcd"]:
        finished(process)
    opened = store.open(SESSION.id)
    texts = [item.text for item in opened.session.parking_lot]
    assert sorted(texts) == sorted(f"{name} {number}" for name in "abcd" for number in range(25))
    assert state(store.history(SESSION.id)) == opened.session
    assert opened.session.conflicts == ()


def test_what_another_program_saved_meanwhile_stays_beside_what_is_saved(store: Store) -> None:
    opened = store.create(SESSION)
    finished(saver("add", store, "theirs", 1))
    saved = store.save(opened, add(SESSION, Parked(id="MINE", text="mine")))
    assert {item.text for item in saved.session.parking_lot} == {"theirs 0", "mine"}
    assert store.open(SESSION.id) == saved


def test_the_store_is_imported_without_what_is_slow() -> None:
    slow = ("textual", "rich", "asyncio", "filelock", "ulid", "platformdirs", "difflib")
    script = f"import sys, facilitator.store.store; print([name for name in {slow} if name in sys.modules])"
    assert subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout == "[]\n"
