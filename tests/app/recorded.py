"""Records of an incident in other systems, as files, read in beforehand or by keys."""

import json
import zipfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from facilitator.app.screens.ask import LineScreen
from facilitator.app.screens.drafts import DraftsScreen
from facilitator.app.screens.session import SessionScreen
from facilitator.intake.reader import Options
from facilitator.intake.reading import found
from facilitator.intake.report import Report
from facilitator.model.session import Session
from facilitator.store.ids import new_id
from facilitator.store.intakes import read_in as read_for
from facilitator.store.intakes import with_intake
from tests.app.driving import NOW, Keys, keys, screen_text, settled, until, with_session

START = datetime(2026, 11, 15, 14, 0, tzinfo=UTC)
SESSION = Session(id="01DRAFTS", title="Checkout errors", created=START, services=("checkout",))
SAID = [
    (0, "deploybot", "Deployed checkout v3.2 to production"),
    (21, "alertmanager", "[FIRING] CheckoutErrors: 5xx above 2 % for 5m"),
    (22, "dana", "looking into it"),
    (23, "omar", "lunch was great"),
    (25, "dana", "declaring SEV2"),
    (31, "dana", "let's roll back checkout to v3.1"),
    (36, "sam", "rollback done, errors back to normal"),
    (41, "dana", "resolved, thanks everybody"),
]


def slack(folder: Path, said: list[tuple[int, str, str]] | None = None, name: str = "slack.zip") -> Path:
    """Write a Slack export with one channel."""
    said = SAID if said is None else said
    people = sorted({who for _, who, _ in said})
    messages = [
        {
            "type": "message",
            "user": f"U{people.index(who)}",
            "text": text,
            "ts": f"{int((START + timedelta(minutes=minute)).timestamp())}.{number:06}",
        }
        for number, (minute, who, text) in enumerate(said)
    ]
    users = [{"id": f"U{number}", "name": who, "real_name": who} for number, who in enumerate(people)]
    path = folder / name
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("users.json", json.dumps(users))
        archive.writestr("channels.json", json.dumps([{"id": "C1", "name": "incidents"}]))
        archive.writestr("incidents/2026-11-15.json", json.dumps(messages))
    return path


def pagerduty(folder: Path) -> Path:
    """Write the log of an incident, on a clock that goes half a minute before that of Slack."""
    path = folder / "pagerduty.json"
    entry = {
        "id": "R1",
        "type": "trigger_log_entry",
        "summary": "CheckoutErrors: 5xx above 2 % for 5m",
        "created_at": "2026-11-15T14:20:30Z",
        "service": {"summary": "checkout"},
        "incident": {"id": "P1", "summary": "CheckoutErrors"},
    }
    path.write_text(json.dumps({"log_entries": [entry]}))
    return path


def already_read(store: Path, session: Session, *paths: Path) -> Session:
    """Return the session with files read in for it, which are kept in the store."""
    store.mkdir(exist_ok=True)
    for path in paths:
        report = Report()
        with found(path, report) as source:
            intake = read_for(store, session.id, source, Options(now=NOW), report)
        session = with_intake(session, intake, new_id)
    return session


@asynccontextmanager
async def sifting(
    store: Path, *paths: Path, of: Session = SESSION, size: tuple[int, int] = (120, 36)
) -> AsyncIterator[Keys]:
    """Open a session for which files were read in, and go to its drafts."""
    app = with_session(store, already_read(store, of, *paths))
    async with app.run_test(size=size) as pilot:
        await at_drafts(pilot)
        await at_rest(pilot)
        yield pilot


async def at_drafts(pilot: Keys) -> DraftsScreen:
    """Go to the drafts, and wait until they are sifted."""
    await settled(pilot)
    await keys(pilot, "ctrl+b")
    await until(pilot, lambda: isinstance(pilot.app.screen, DraftsScreen) and pilot.app.screen.sifted is not None)
    return drafts(pilot)


def drafts(pilot: Keys) -> DraftsScreen:
    """Return the screen of the drafts, which must be in front."""
    shown = pilot.app.screen
    assert isinstance(shown, DraftsScreen), shown
    return shown


async def asked(pilot: Keys, key: str, answer: str) -> None:
    """Press a key that asks for a line, and answer."""
    await keys(pilot, key)
    await until(pilot, lambda: isinstance(pilot.app.screen, LineScreen))
    await keys(pilot, "end", "ctrl+u", *answer, "enter")


async def read_in(pilot: Keys, path: Path) -> None:
    """Read a file in, and wait until its drafts are there."""
    before = len(timeline_of(pilot).intakes)
    await asked(pilot, "ctrl+r", str(path))
    await until(pilot, lambda: isinstance(pilot.app.screen, DraftsScreen))
    await until(pilot, lambda: len(timeline_of(pilot).intakes) > before)
    await at_rest(pilot)


async def at_rest(pilot: Keys) -> None:
    """Wait until nothing is sifted or filtered any more."""
    await until(pilot, lambda: not any(each.is_running for each in pilot.app.workers if each.group in WORK))
    await pilot.pause()


WORK = ("sift", "select", "read-in")


def timeline_of(pilot: Keys) -> Session:
    """Return the session, whichever screen is in front."""
    return next(each for each in pilot.app.screen_stack if isinstance(each, SessionScreen)).session


def shows(pilot: Keys, words: str) -> bool:
    return words in screen_text(pilot)


async def mark(pilot: Keys, words: str) -> None:
    """Put the mark on the draft with these words, from the first row on."""
    await keys(pilot, "ctrl+home")
    for _ in range(100):
        draft = drafts(pilot).marked
        if draft is not None and words in draft.text:
            return
        await keys(pilot, "down")
    raise AssertionError(words)
