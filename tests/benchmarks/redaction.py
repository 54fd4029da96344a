"""Redaction: 100 kB in time, twice as much in twice the time, and planted secrets in published postmortems."""

import os
import random
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from statistics import median

from facilitator.model.session import Participant, Session
from facilitator.redaction.detecting import found_in
from facilitator.redaction.profiles import PUBLIC, Kind
from facilitator.redaction.redacting import redacting
from tests.benchmarks.measuring import Line, compared, interleaved, timed
from tests.benchmarks.workshop import Workshop
from tests.redaction.planting import lines as planted_lines
from tests.redaction.planting import nothing, planted

ROUNDS = 9
SIZE = 100_000
DOORS = frozenset((Kind.KEY, Kind.CREDENTIAL, Kind.URL))
RECORDS = "FACILITATOR_REAL_RECORDS"
WORST = (
    "key", "password: ", "eyJ-", "://a:", "a.", "-----BEGIN PRIVATE KEY-----", "customer_1 ", "ghp_", "key=x ",
    "secret=", "-----BEGIN CERTIFICATE-----", "password was ", "token a1B2c3D4e5F6g7H8i9J0 ", "creds a:", "/hooks/a1",
    "| Password |\n|---|---|\n", "a-", "cus_", "db-", "1.1.", ":a", "order 1-", "a@a.",
)  # fmt: skip


def lines(_workshop: Workshop) -> Iterator[Line]:
    """Measure a session of 100 kB, texts made to be slow, and what is found in published postmortems."""
    for name, text in (("prose", _prose()), ("dense with secrets", _dense())):
        took = [timed(partial(redacting, _session(text), PUBLIC)) for _ in range(ROUNDS)]
        yield Line(f"redaction of 100 kB, {name}", median(took), limit=50)
    for unit in WORST:
        tasks: dict[str, Callable[[], float]] = {
            name: partial(timed, partial(redacting, _session(unit * (size // len(unit))), PUBLIC))
            for name, size in (("100 kB", SIZE), ("200 kB", 2 * SIZE))
        }
        yield compared(f"redaction, 200 kB of {unit!r}", interleaved(3, tasks), "200 kB", "100 kB", bound=2.5)
    if RECORDS in os.environ:
        yield from _found(Path(os.environ[RECORDS]) / "postmortems")


def _session(text: str) -> Session:
    people = tuple(Participant(text=name, role="engineer") for name in ("Dana Reyes", "Bo Chen", "Ana Berg", "Cy Dahl"))
    return Session(id="S", title="t", created=datetime(2026, 11, 15, tzinfo=UTC), summary=text, participants=people)


def _prose() -> str:
    if RECORDS in os.environ:
        found = sorted((Path(os.environ[RECORDS]) / "postmortems").rglob("*.md"))
        return "\n".join(path.read_text(encoding="utf-8", errors="replace") for path in found)[:SIZE]
    return ("At 14:05 Dana saw that the pool of db-1.prod.internal was full, and rolled back v3.2.\n" * 2000)[:SIZE]


def _dense() -> str:
    lot = random.Random(5)
    return "\n".join(line.text for _ in range(12) for line in planted_lines(lot) + nothing(lot))[:SIZE]


def _found(folder: Path) -> Iterator[Line]:
    """Tell recall and precision, in percent, on the half of the documents on which nothing was tuned."""
    paths = [each for each in sorted(folder.rglob("*")) if each.suffix in (".md", ".qmd", ".erb", ".html")][1::2]
    hit = count = true = false = 0
    for number, path in enumerate(paths):
        lot = random.Random(20_000 + number)
        document = path.read_text(encoding="utf-8", errors="replace").replace("\r\n", "\n")
        text, secrets = planted(lot, document, planted_lines(lot) + nothing(lot))
        found = list(found_in(text, DOORS))
        places = {place for each in found for place in range(each.start, each.end)}
        count += len(secrets)
        hit += sum(places.issuperset(range(each.start, each.end)) for each in secrets)
        right = sum(any(each.start < one.end and one.start < each.end for one in secrets) for each in found)
        true, false = true + right, false + len(found) - right
    yield Line(f"planted secrets, recall of {count} in {len(paths)} documents", 100 * hit / count, "%")
    yield Line(f"planted secrets, precision of {true + false} finds", 100 * true / (true + false), "%")
