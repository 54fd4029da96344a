"""The moments that the pictures show: each a screen of the app, reached by keys on the worked examples."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from textual import events
from textual.pilot import Pilot

from facilitator.app.application import FacilitatorApp
from facilitator.app.screens.redaction import RedactionScreen
from facilitator.app.themes import DARK, LIGHT
from facilitator.app.trends.chart_view import ChartView
from facilitator.app.widgets.clock_face import ClockFace
from facilitator.app.widgets.row_list import RowList
from facilitator.model.phases import Phase
from tests.app.driving import Time, screen, screen_text, until
from tests.app.recorded import at_drafts, mark, read_in, slack

Play = Callable[[Pilot[int], Time], Awaitable[None]]

GITLAB = "2017-01-31-gitlab"
CHECKOUT = "2026-11-15-checkout"
MEMORY = "2026-10-13-database"
CERTIFICATE = "2026-11-18-wildcard"
_GITLAB_MEETING = datetime(2017, 2, 3, 10, 20, tzinfo=UTC)
_MEMORY_MEETING = datetime(2026, 10, 15, 13, 40, tzinfo=UTC)
_LAST_MEETING = datetime(2026, 11, 20, 10, 20, tzinfo=UTC)
_MANY = 300
_BELOW = 2
"""How many rows are to be seen below the marked one."""


@dataclass(frozen=True, slots=True)
class Scene:
    """One picture: the name of its file, the session that is open in it, and the way there by keys.

    The session is named by the beginning of its file name; "" is home. `now` is what the clock says. `sessions` is how
    many synthetic sessions the store has; 0 means the worked examples.
    """

    name: str
    session: str
    play: Play
    now: datetime = _GITLAB_MEETING
    theme: str = DARK.name
    sessions: int = 0


async def _home(pilot: Pilot[int], _time: Time) -> None:
    await until(pilot, lambda: "^l open" in screen_text(pilot))
    await pilot.press("down", "down")


async def _query(pilot: Pilot[int], _time: Time) -> None:
    app = pilot.app
    assert isinstance(app, FacilitatorApp)
    await until(pilot, lambda: app.surroundings.library.ready)
    await _type(pilot, "failover OR backup")


async def _trends(pilot: Pilot[int], _time: Time) -> None:
    await pilot.press("shift+tab")
    await until(pilot, lambda: bool(pilot.app.screen.query(ChartView)) and "compared" in screen_text(pilot))
    await pilot.press("down", "down")


async def _timeline(pilot: Pilot[int], _time: Time) -> None:
    await _go(pilot, "2")
    await _mark(pilot, "Status message: emergency")
    await pilot.press("ctrl+o")
    await _type(pilot, "~23:45 somebody asks in chat where backups are kept source:chat")


async def _whys(pilot: Pilot[int], _time: Time) -> None:
    await _go(pilot, "4")
    await _mark(pilot, "19 hours of growth raised no page")
    await _type(pilot, "slow growth looks like a normal day on every dashboard #likely")


async def _factors(pilot: Pilot[int], _time: Time) -> None:
    await _go(pilot, "5")
    await _mark(pilot, "Prompts and host names")
    await pilot.press("ctrl+o")
    await _type(pilot, "nobody had measured how long a full restore takes #test")


async def _actions(pilot: Pilot[int], _time: Time) -> None:
    await _go(pilot, "7")
    await _mark(pilot, "Run every release candidate")
    await _type(pilot, "Page when replication lags 60 s behind @lea fri P1 DB-881 #detect")


async def _document(pilot: Pilot[int], _time: Time) -> None:
    await _go(pilot, "8")
    await pilot.press("pagedown")


async def _timeline_light(pilot: Pilot[int], _time: Time) -> None:
    await _go(pilot, "2")
    await _mark(pilot, "SEV2 declared")
    await pilot.press("ctrl+o", "ctrl+o")
    await _type(pilot, "14:28 dashboards show that only the new pods fail source:grafana")


async def _fishbone(pilot: Pilot[int], _time: Time) -> None:
    await _go(pilot, "5")
    await pilot.press("f7")


async def _paths(pilot: Pilot[int], _time: Time) -> None:
    await _go(pilot, "4")
    await pilot.press("f7")


async def _opening(pilot: Pilot[int], _time: Time) -> None:
    await _meeting(pilot)
    await _type(pilot, "Mette, platform team")


async def _shared(pilot: Pilot[int], time: Time) -> None:
    await _meeting(pilot)
    await pilot.press("f8", "enter")
    await until(pilot, lambda: screen(pilot).place is Phase.TIMELINE)
    time.go_on(23)
    pilot.app.screen.query_one(ClockFace).tick()
    await pilot.press("f2")
    await _mark(pilot, "SEV1 declared")
    await _type(pilot, "+2m somebody asks whether the replicas are safe")


async def _closing(pilot: Pilot[int], time: Time) -> None:
    await _meeting(pilot)
    for minutes in (5, 26, 12, 4, 9):
        time.go_on(minutes)
        await pilot.press("f8", "enter")
        await pilot.pause()
    time.go_on(1)
    pilot.app.screen.query_one(ClockFace).tick()
    await pilot.press("down")


async def _guide(pilot: Pilot[int], _time: Time) -> None:
    await pilot.press("ctrl+f")
    await pilot.pause()
    while screen(pilot).guiding and screen(pilot).place is not Phase.FACTORS:
        await pilot.press("ctrl+o")
        await pilot.pause()


async def _findings(pilot: Pilot[int], _time: Time) -> None:
    await until(pilot, lambda: screen(pilot).reviewer.latest.session is screen(pilot).session)
    await _go(pilot, "f")
    await _mark(pilot, "This factor has no action")


async def _review(pilot: Pilot[int], _time: Time) -> None:
    await until(pilot, lambda: screen(pilot).reviewer.latest.session is screen(pilot).session)
    await _go(pilot, "2")
    await _mark(pilot, "Token replaced")
    await _type(pilot, "how long does this take by hand?")
    await pilot.press("ctrl+x")
    await until(pilot, lambda: "Who are you?" in screen_text(pilot))
    await _type(pilot, "Dana")
    await pilot.press("enter")
    await until(pilot, lambda: len(screen(pilot).session.comments) == 1)
    await _go(pilot, "r")
    await _type(pilot, "@alice @bob #security")
    await pilot.press("enter")
    await until(pilot, lambda: bool(screen(pilot).session.review_requests))
    await pilot.press("ctrl+t")
    await until(pilot, lambda: screen(pilot).session.review_until is not None)
    await until(pilot, lambda: screen(pilot).reviewer.latest.session is screen(pilot).session)
    await _mark(pilot, "how long does this")
    await _type(pilot, "25 minutes, with the runbook at hand")


async def _redaction(pilot: Pilot[int], _time: Time) -> None:
    await pilot.press("f11")
    await until(pilot, lambda: isinstance(pilot.app.screen, RedactionScreen) and pilot.app.screen.preview is not None)
    await pilot.press("enter", "ctrl+k")
    await until(pilot, lambda: "Noor stays" in screen_text(pilot))
    await pilot.press("enter")
    await pilot.pause()


async def _drafts(pilot: Pilot[int], _time: Time) -> None:
    with TemporaryDirectory() as folder:
        await at_drafts(pilot)
        await read_in(pilot, slack(Path(folder)))
    await mark(pilot, "roll back")


async def _meeting(pilot: Pilot[int]) -> None:
    """Choose the first agenda, note who is here, and begin."""
    await pilot.press("f8", "enter", *"123", "enter", "f8", "enter")
    await pilot.pause()


SCENES = (
    Scene("home", "", _home, now=_LAST_MEETING),
    Scene("home-query", "", _query, now=_LAST_MEETING),
    Scene("trends", "", _trends, now=_LAST_MEETING, sessions=_MANY),
    Scene("timeline", GITLAB, _timeline),
    Scene("whys", MEMORY, _whys, now=_MEMORY_MEETING),
    Scene("factors", GITLAB, _factors),
    Scene("fishbone", GITLAB, _fishbone),
    Scene("paths", MEMORY, _paths, now=_MEMORY_MEETING),
    Scene("actions", MEMORY, _actions, now=_MEMORY_MEETING),
    Scene("document", CHECKOUT, _document, now=_LAST_MEETING),
    Scene("opening", MEMORY, _opening, now=_MEMORY_MEETING),
    Scene("shared", MEMORY, _shared, now=_MEMORY_MEETING),
    Scene("closing", MEMORY, _closing, now=_MEMORY_MEETING),
    Scene("findings", CERTIFICATE, _findings, now=_LAST_MEETING),
    Scene("drafts", CHECKOUT, _drafts, now=_LAST_MEETING),
    Scene("review", CERTIFICATE, _review, now=_LAST_MEETING),
    Scene("redaction", GITLAB, _redaction),
    Scene("guide", CERTIFICATE, _guide, now=_LAST_MEETING),
    Scene("timeline-light", CHECKOUT, _timeline_light, now=_LAST_MEETING, theme=LIGHT.name),
)
"""All pictures of the documentation."""


async def _go(pilot: Pilot[int], number: str) -> None:
    await pilot.press("ctrl+g", number, "enter")
    await pilot.pause()


async def _type(pilot: Pilot[int], line: str) -> None:
    pilot.app.post_message(events.Paste(line))
    await pilot.pause()


async def _mark(pilot: Pilot[int], beginning: str) -> None:
    """Put the mark on the row whose words begin so, with some of the rows around it on the screen."""
    rows = pilot.app.screen.query_one(RowList)
    place = next(place for place, row in enumerate(rows.rows) if row.body.startswith(beginning))
    for each in (0, min(place + _BELOW, len(rows.rows) - 1), place):
        rows.move_to(each)
        await pilot.pause()
