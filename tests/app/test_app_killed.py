"""The program is killed while somebody types into it: whatever the screen called saved is in the file."""

import random
import signal
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from facilitator.model.moments import Moment
from facilitator.model.session import Entry, Session
from facilitator.store.store import Store
from tests.app.terminal import ENTER, PROGRAM, TAB, Terminal, environment

AT_ONCE = 2
KILLS = 12
"""How often the program is killed in each of the stores in which that is done at once."""

MOST_LINES = 5
LONGEST_WAIT = 0.06
"""Seconds within which the kill falls after the last line: drawing and saving takes less."""

BEGAN = datetime(2026, 1, 1, 10, tzinfo=UTC)
SESSION = Session(
    id="01KILLED", title="Killed", created=BEGAN, timeline=(Entry(id="01FIRST", at=Moment(BEGAN), text="the first"),)
)


@dataclass
class Found:
    """What some kills left behind."""

    kills: int = 0
    typed: int = 0
    acknowledged: int = 0


def test_a_killed_program_has_lost_nothing_that_it_called_saved(tmp_path: Path) -> None:
    with ThreadPoolExecutor(AT_ONCE) as threads:
        found = list(threads.map(killed_often, (tmp_path / str(number) for number in range(AT_ONCE)), range(AT_ONCE)))
    assert sum(each.kills for each in found) == AT_ONCE * KILLS
    assert all(KILLS < each.acknowledged <= each.typed for each in found)


def test_a_program_whose_terminal_is_gone_ends(tmp_path: Path) -> None:
    env = environment(tmp_path, FACILITATOR_STORE=str(tmp_path / "store"))
    Store(tmp_path / "store", cache=tmp_path / "cache").create(SESSION)
    with Terminal([PROGRAM, "open", SESSION.id], env, cwd=tmp_path, columns=80, rows=24) as terminal:
        terminal.wait_until(shows("Incident   saved"))
        terminal.vanish()
        assert terminal.process.wait(timeout=20) == -signal.SIGTERM


def killed_often(folder: Path, seed: int) -> Found:
    chance, found = random.Random(seed), Found()
    store = Store(folder / "store", cache=folder / "cache")
    store.create(SESSION)
    in_file = texts_in(store)
    for number in range(KILLS):
        typed = [f"line {number}.{each}" for each in range(chance.randint(1, MOST_LINES))]
        screens = typed_and_killed(folder, typed, chance)
        acknowledged = [text for text in typed if any(map(calls_saved(text), screens))]
        before, in_file = in_file, texts_in(store)
        kept = in_file[len(before) :]
        assert in_file[: len(before)] == before
        assert kept == typed[: len(kept)]
        assert acknowledged == kept[: len(acknowledged)]
        found.kills += 1
        found.typed += len(typed)
        found.acknowledged += len(acknowledged)
    return found


def typed_and_killed(folder: Path, texts: list[str], chance: random.Random) -> list[str]:
    """Type a line for each text, some before the last one is saved, and kill the program; return all that it drew."""
    env = environment(folder, FACILITATOR_STORE=str(folder / "store"))
    with Terminal([PROGRAM, "open", SESSION.id], env, cwd=folder, columns=80, rows=24) as terminal:
        terminal.wait_until(shows("Incident   saved"))
        terminal.send(TAB)
        terminal.wait_until(shows("Timeline   saved"))
        for text in texts:
            terminal.send(f"+1m {text}".encode() + ENTER)
            if chance.random() < 0.5:
                terminal.wait_until(calls_saved(text))
        end = time.monotonic() + chance.uniform(0, LONGEST_WAIT)
        while (left := end - time.monotonic()) > 0:
            terminal.read(left)
        terminal.kill()
        return [frame.text for frame in terminal.frames]


def shows(text: str) -> Callable[[str], bool]:
    return lambda screen: text in screen


def calls_saved(text: str) -> Callable[[str], bool]:
    """Return a test whether a screen has the text among the entries, and says that everything is saved."""

    def test(screen: str) -> bool:
        top, _, *below = screen.split("\n")
        rule = next((place for place, line in enumerate(below) if line.startswith("───")), 0)
        return top.endswith("saved") and any(f"  {text} " in f"{line} " for line in below[:rule])

    return test


def texts_in(store: Store) -> list[str]:
    return [entry.text for entry in store.open(SESSION.id).session.timeline]
