"""Taking a picture: the app is driven on the worked examples, or a made store, with a clock that stands still."""

import shutil
import tempfile
from pathlib import Path

from textual.pilot import Pilot

from facilitator.app.application import FacilitatorApp
from facilitator.settings.settings import Settings
from facilitator.store.locate import Location
from facilitator.store.store import Store
from tests.app.driving import Time
from tests.benchmarks.library_store import fill
from tests.pictures.scenes import Scene
from tests.pictures.svg import normalised

EXAMPLES = Path(__file__).parents[2] / "sessions"
SIZE = (120, 36)
"""Columns and lines of every picture."""

SHOWN_AS = Path("~", "postmortems")
"""Where the store is said to be, whatever folder it really is in."""

_CALM = 3
_LONGEST = 200


class NeverCalmError(Exception):
    """The screen of a scene goes on changing, so no picture of it is the same twice."""


async def take(scene: Scene) -> str:
    """Return the picture of a scene as SVG. Raises NeverCalmError."""
    with tempfile.TemporaryDirectory(prefix="facilitator-pictures-") as folder:
        path = Path(folder, "sessions")
        if scene.sessions:
            fill(path, scene.sessions)
        else:
            shutil.copytree(EXAMPLES, path, ignore=shutil.ignore_patterns(".facilitator"))
        time = Time(scene.now)
        store = Store(path, cache=Path(folder, "cache"))
        app = FacilitatorApp(
            store,
            Location(SHOWN_AS, "the user's data folder"),
            Settings(theme=scene.theme),
            session_id=store.resolve(scene.session) if scene.session else None,
            now=time.now,
            seconds=time.seconds,
        )
        async with app.run_test(size=SIZE) as pilot:
            await _calm(pilot)
            await scene.play(pilot, time)
            return normalised(await _calm(pilot), scene.name)


async def _calm(pilot: Pilot[int]) -> str:
    """Return the screen once it has stopped changing: what is drawn in the background has arrived then."""
    shown, same = "", 0
    for _ in range(_LONGEST):
        await pilot.pause(0.05)
        now = pilot.app.export_screenshot(title="Facilitator", simplify=True)
        same = same + 1 if now == shown else 0
        shown = now
        if same == _CALM:
            return shown
    raise NeverCalmError(f"the screen still changes after {_LONGEST} looks")
