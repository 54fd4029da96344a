"""A site of 1,000 postmortems: made the first time, with one changed, with nothing changed; as a whole process."""

from collections.abc import Iterator
from functools import partial
from itertools import count
from pathlib import Path

import msgspec

from facilitator.model.session import Session, Status
from facilitator.redaction.consent import with_consent
from facilitator.redaction.profiles import PUBLIC
from facilitator.store import codec
from tests.app.terminal import PROGRAM
from tests.benchmarks.library_store import Maker
from tests.benchmarks.measuring import Line, timed
from tests.benchmarks.workshop import Workshop

SIZE = 1_000
SEED = 7


def lines(workshop: Workshop) -> Iterator[Line]:
    """Measure the profile for everybody, in which most is replaced."""
    folder, out = workshop.folder / "postmortems", workshop.folder / "site"
    folder.mkdir()
    maker = Maker(SEED)
    for number in range(SIZE):
        _write(folder / f"{number}.json", maker.session())
    make = partial(workshop.run, [PROGRAM, "site", str(out), "--profile", "public"], folder)
    yield Line(f"a site of {SIZE:,}, the first time", timed(make) / 1000, "s", limit=20)
    yield Line(f"a site of {SIZE:,}, nothing changed", timed(make) / 1000, "s", limit=2)
    path = folder / f"{SIZE // 2}.json"
    session = codec.loads(path.read_bytes(), path)
    _write(path, msgspec.structs.replace(session, summary="Zebra.", consents=(), pseudonyms=()))
    yield Line(f"a site of {SIZE:,}, one changed", timed(make) / 1000, "s", limit=2)
    if not any("Zebra." in each.read_text(encoding="utf-8") for each in out.glob("postmortem/*.html")):
        raise AssertionError("the change is not on the site")


def _write(path: Path, session: Session) -> None:
    """Write a session to which somebody said yes; it is published for everybody."""
    final = msgspec.structs.replace(session, status=Status.FINAL)
    numbers = count(1)
    agreed = with_consent(final, PUBLIC, by="Alice", at=session.created, new_id=lambda: f"yes{next(numbers)}")
    path.write_bytes(codec.dumps(agreed))
