"""Intake: an export of Slack of 100,000 messages, and a chat as plain text."""

import json
import random
import tracemalloc
import zipfile
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from facilitator.intake.kinds import chat, slack
from facilitator.intake.reader import Options, Reader
from facilitator.intake.report import Report
from facilitator.intake.sources.opening import opened
from tests.benchmarks import made
from tests.benchmarks.measuring import Line, compared, interleaved, timed
from tests.benchmarks.workshop import Workshop

MESSAGES, DAYS, PEOPLE = 100_000, 50, 200
JSON = "json.loads and zip reading"
_FIRST = datetime(2026, 9, 1, 8, tzinfo=UTC)
_SECONDS_A_MESSAGE = 20
_OPTIONS = Options(now=datetime(2026, 11, 23, tzinfo=UTC), zone="UTC", day=date(2026, 11, 15))
_WORDS = (
    "the", "error", "rate", "of", "checkout", "is", "at", "14", "%", "since", "the", "deploy,", "looking", "dashboard",
    "now", "and", "logs", "primary", "database", "while", "somebody", "rolls", "back", "to", "v3.1;", "replication",
    "lag", "grows,", "customers", "see", "timeouts,", "paging", "on-call", "payments,", "retries", "fill", "queue,",
    "cache", "cold", "again,", "canary", "looks", "fine",
)  # fmt: skip


def lines(workshop: Workshop) -> Iterator[Line]:
    """Measure reading with its memory; the drafts are counted and let go, as a panel of drafts would file them."""
    path = workshop.folder / "export.zip"
    _write_export(path)
    tasks: dict[str, Callable[[], float]] = {
        JSON: partial(timed, partial(_plainly, path)),
        "slack": partial(timed, partial(_read, slack.READER, path)),
    }
    yield compared(f"Slack export, {MESSAGES:,} messages", interleaved(7, tasks), "slack", JSON, bound=2)
    with zipfile.ZipFile(path) as archive:
        largest = max(info.file_size for info in archive.infolist()) / (1 << 20)
    peak = _peak(slack.READER, path)
    yield Line("the same, memory", peak, "MiB", "its largest day file", largest, peak / largest, bound=6)
    text = workshop.folder / "chat.txt"
    _write_chat(text)
    tasks = {
        "read and split": partial(timed, lambda: text.read_text().splitlines()),
        "chat": partial(timed, partial(_read, chat.READER, text)),
    }
    times = interleaved(3, tasks)
    yield compared(f"IRC log, {MESSAGES:,} lines", times, "chat", "read and split")


def _read(reader: Reader, path: Path) -> None:
    report = Report()
    with opened(path, report) as source:
        count = sum(1 for _ in reader.read(source, _OPTIONS, report))
    if count != MESSAGES:
        raise AssertionError(f"{count:,} of {MESSAGES:,} messages were read: {report.reasons}")


def _plainly(path: Path) -> None:
    """Read the same bytes as JSON and do nothing with them."""
    with zipfile.ZipFile(path) as archive:
        for info in archive.infolist():
            json.loads(archive.read(info))


def _peak(reader: Reader, path: Path) -> float:
    """Return the most memory that reading takes above what was there before, in MiB."""
    tracemalloc.start()
    try:
        _read(reader, path)
        return tracemalloc.get_traced_memory()[1] / (1 << 20)
    finally:
        tracemalloc.stop()


def _write_export(path: Path) -> None:
    """Write an export of one busy channel, about 400 bytes a message, as Slack writes them: indented."""
    chance = random.Random(made.SEED)
    users = [_user(number) for number in range(PEOPLE)]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("users.json", json.dumps(users, indent=4))
        archive.writestr("channels.json", json.dumps([{"id": "C0INCIDENT", "name": "incident-2211", "members": []}]))
        threads: list[str] = []
        for day in range(DAYS):
            began = _FIRST + timedelta(days=day)
            posted = [_message(chance, began, number, threads) for number in range(MESSAGES // DAYS)]
            archive.writestr(f"incident-2211/{began.date()}.json", json.dumps(posted))


def _user(number: int) -> dict[str, Any]:
    profile = {"display_name": f"user{number}" if number % 3 else "", "real_name": f"User Number {number}"}
    return {"id": f"U{number:08}", "name": f"u{number}", "deleted": False, "tz": "Europe/Berlin", "profile": profile}


def _message(chance: random.Random, began: datetime, number: int, threads: list[str]) -> dict[str, Any]:
    at = int(began.timestamp()) + number * _SECONDS_A_MESSAGE
    stamp = f"{at}.{chance.randrange(1_000_000):06}"
    user = f"U{chance.randrange(PEOPLE):08}"
    text = " ".join(chance.choices(_WORDS, k=chance.randint(6, 26)))
    match chance.randrange(8):
        case 0:
            text += f" <@U{chance.randrange(PEOPLE):08}>"
        case 1:
            text += f" <https://grafana.example.org/d/{number}?a=1&amp;b=2|the graph>"
        case 2:
            text += " – naïve ’quotes’ and 😀"
    message: dict[str, Any] = {
        "client_msg_id": f"{chance.getrandbits(128):032x}",
        "type": "message",
        "text": text,
        "user": user,
        "ts": stamp,
        "team": "T0EXAMPLE",
    }
    if chance.random() < 0.3 and threads:
        message |= {"thread_ts": chance.choice(threads[-20:]), "parent_user_id": user}
    elif chance.random() < 0.1:
        message |= {"thread_ts": stamp, "reply_count": 3, "reply_users": [user], "latest_reply": stamp}
        threads.append(stamp)
    if chance.random() < 0.15:
        message["reactions"] = [{"name": "eyes", "users": [user, "U00000001"], "count": 2}]
    if chance.random() < 0.3:
        said = [{"type": "text", "text": text}]
        section = {"type": "rich_text_section", "elements": said}
        message["blocks"] = [{"type": "rich_text", "block_id": "b1", "elements": [section]}]
    return message


def _write_chat(path: Path) -> None:
    chance = random.Random(made.SEED)
    with path.open("w") as file:
        for number in range(MESSAGES):
            hour, rest = divmod(number * 86_400 // MESSAGES, 3600)
            words = " ".join(chance.choices(_WORDS, k=12))
            file.write(f"[{hour:02}:{rest // 60:02}:{rest % 60:02}] <user{chance.randrange(PEOPLE)}> {words}\n")


if __name__ == "__main__":
    import tempfile

    with tempfile.TemporaryDirectory(prefix="benchmarks-") as folder:
        for line in lines(Workshop(Path(folder))):
            print(line.shown, flush=True)
