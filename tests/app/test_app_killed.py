"""The program is killed while somebody types into it: whatever the screen called saved is in the file."""

import random
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from facilitator.model.moments import Moment
from facilitator.model.session import Entry, Session
from facilitator.store.store import Store
from tests.app.terminal import ENTER, PROGRAM, TAB, Frame, Terminal, environment

AT_ONCE = 2
KILLS = 26
"""How often the program is killed in each of the stores in which that is done at once."""

MOST_LINES = 5
LONGEST_WAIT = 0.06
"""Seconds after the last line within which the kill falls: drawing and saving a line takes less."""

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


def killed_often(folder: Path, seed: int) -> Found:
    chance, found = random.Random(seed), Found()
    store = Store(folder / "store", cache=folder / "cache")
    store.create(SESSION)
    in_file = texts_in(store)
    for number in range(KILLS):
        typed = [f"line {number}.{each}" for each in range(chance.randint(1, MOST_LINES))]
        frames = typed_and_killed(folder, typed, chance.choice((0, 0, LONGEST_WAIT)) * chance.random())
        acknowledged = [text for text in typed if any(calls_saved(frame, text) for frame in frames)]
        before, in_file = in_file, texts_in(store)
        kept = in_file[len(before) :]
        assert in_file[: len(before)] == before
        assert kept == typed[: len(kept)]
        assert acknowledged == kept[: len(acknowledged)]
        found.kills += 1
        found.typed += len(typed)
        found.acknowledged += len(acknowledged)
    return found


def typed_and_killed(folder: Path, texts: list[str], wait: float) -> list[Frame]:
    """Type a line for each text, kill the program right after the last or a while later; return all that it drew."""
    env = environment(folder, FACILITATOR_STORE=str(folder / "store"))
    with Terminal([PROGRAM, "open", SESSION.id], env, cwd=folder, columns=80, rows=24) as terminal:
        terminal.wait_until(shows("Incident   saved"))
        terminal.send(TAB)
        terminal.wait_until(shows("Timeline   saved"))
        for text in texts:
            terminal.send(f"+1m {text}".encode())
            terminal.wait_until(shows(f"› +1m {text}"))
            terminal.send(ENTER)
        end = time.monotonic() + wait
        while (left := end - time.monotonic()) > 0:
            terminal.read(left)
        terminal.kill()
        return terminal.frames


def shows(text: str) -> Callable[[str], bool]:
    return lambda screen: text in screen


def calls_saved(frame: Frame, text: str) -> bool:
    """Tell whether a frame has the text among the entries, and says that everything is saved."""
    top, _, *below = frame.text.split("\n")
    rule = next((place for place, line in enumerate(below) if line.startswith("───")), 0)
    return top.endswith("saved") and any(f"  {text} " in f"{line} " for line in below[:rule])


def texts_in(store: Store) -> list[str]:
    return [entry.text for entry in store.open(SESSION.id).session.timeline]
