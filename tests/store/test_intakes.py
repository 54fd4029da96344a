"""What was read in for a session: kept beside it, found again on a right clock, each record once."""

import shutil
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import msgspec
import pytest

from facilitator.intake.drafts import Draft, Stamp
from facilitator.intake.errors import MissingError
from facilitator.intake.reader import Options
from facilitator.intake.reading import found
from facilitator.intake.report import Report
from facilitator.model.moments import Precision
from facilitator.model.session import Intake, Session
from facilitator.store.draft_files import keep
from facilitator.store.intakes import Drafts, drafts_of, read_in, with_intake
from facilitator.store.store import Store

NOW = datetime(2026, 11, 18, tzinfo=UTC)
NOON = datetime.fromisoformat("2026-11-15T12:00")
SESSION = Session(id="01K9XQ4ZJ3E8Y8Q6M2S1", title="Errors", created=NOW)


@pytest.fixture
def store(tmp_path: Path) -> Path:
    store = Store(tmp_path / "store", cache=tmp_path / "cache")
    store.create(SESSION)
    return store.path


def draft(id: str, text: str = "slow", zone: str = "", minute: int = 0) -> Draft:
    return Draft(id=id, text=text, stamp=Stamp(NOON + timedelta(minutes=minute), zone, Precision.MINUTE))


def read(store: Path, drafts: Sequence[Draft], hour: int = 0, **fields: object) -> Intake:
    """Return an intake of which the drafts are kept; later ones have a later hour."""
    kept = keep(store, SESSION.id, drafts)
    intake = Intake(
        id=f"I{hour}",
        text="a.txt",
        kind="plain",
        read=NOW + timedelta(hours=hour),
        digest=kept.digest,
        count=kept.count,
    )
    return msgspec.structs.replace(intake, **fields)


def of(store: Path, *intakes: Intake) -> Drafts:
    return drafts_of(store, msgspec.structs.replace(SESSION, intakes=intakes))


def stamps(drafts: Drafts) -> list[Stamp]:
    return [each.stamp for each in drafts.drafts if each.stamp is not None]


def test_the_zone_that_was_told_goes_to_those_without_one(store: Path) -> None:
    own, none, timeless = draft("a:1", zone="UTC"), draft("a:2"), Draft(id="a:3", text="x")
    found = of(store, read(store, [own, none, timeless], zone="Europe/Paris"))
    assert found.drafts == (own, draft("a:2", zone="Europe/Paris"), timeless)
    assert set(found.intakes) == {"a:1", "a:2", "a:3"}


@pytest.mark.parametrize(("ahead", "shown"), [(90, "11:58:30"), (-60, "12:01:00"), (0, "12:00:00")])
def test_the_clock_of_a_source_is_corrected(store: Path, ahead: int, shown: str) -> None:
    found = of(store, read(store, [draft("a:1", zone="UTC"), draft("a:2")], zone="UTC", ahead=ahead))
    assert [f"{stamp.local:%H:%M:%S}" for stamp in stamps(found)] == [shown, shown]


def test_a_correction_past_the_end_of_the_calendar_leaves_the_time(store: Path) -> None:
    first = Draft(id="a:1", text="x", stamp=Stamp(datetime.fromisoformat("0001-01-01T00:00"), "UTC"))
    assert of(store, read(store, [first], ahead=60)).drafts == (first,)


def test_what_was_read_later_wins(store: Path) -> None:
    early = read(store, [draft("a:1", "as it was"), draft("a:2", "only there")], hour=1)
    late = read(store, [draft("a:1", "edited"), draft("a:3", "new")], hour=2, zone="UTC")
    for order in ((early, late), (late, early)):
        found = of(store, *order)
        assert {each.id: each.text for each in found.drafts} == {"a:1": "edited", "a:2": "only there", "a:3": "new"}
        assert {id: intake.id for id, intake in found.intakes.items()} == {"a:1": "I2", "a:2": "I1", "a:3": "I2"}


def test_drafts_that_are_on_another_computer_are_told(store: Path) -> None:
    here, there = read(store, [draft("a:1")], hour=1), read(store, [draft("b:1")], hour=2)
    (path,) = store.rglob(f"{there.digest}.jsonl")
    path.unlink()
    found = of(store, here, there)
    assert [each.id for each in found.drafts] == ["a:1"]
    ((intake, why),) = found.missing
    assert intake == there
    assert "Read the file once more" in why
    shutil.rmtree(path.parent)
    assert (of(store, here, there).drafts, len(of(store, here, there).missing)) == ((), 2)


def test_a_session_without_intakes_has_no_drafts(store: Path) -> None:
    assert of(store) == Drafts((), {})


def test_a_source_is_read_in_and_added_once(store: Path) -> None:
    ids = (f"N{number}" for number in count())
    data = b"time,message\n2026-11-15T14:03:00,slow\n2026-11-15T14:09:00,back\n"

    def one(zone: str) -> Intake:
        with found(data, Report(), name="rows.csv") as source:
            return read_in(store, SESSION.id, source, Options(NOW, zone=zone), Report())

    intake = one("UTC")
    assert (intake.text, intake.kind, intake.read, intake.count, intake.zone) == ("rows.csv", "columns", NOW, 2, "UTC")
    session = with_intake(SESSION, intake, lambda: next(ids))
    assert [(each.id, each.digest) for each in session.intakes] == [("N0", intake.digest)]
    assert with_intake(session, one("UTC"), lambda: next(ids)) is session
    elsewhere = with_intake(session, one("Europe/Paris"), lambda: next(ids))
    assert [each.zone for each in elsewhere.intakes] == ["UTC", "Europe/Paris"]
    assert with_intake(SESSION, msgspec.structs.replace(intake, count=0), lambda: next(ids)) is SESSION


def test_what_must_be_asked_leaves_nothing_behind(store: Path) -> None:
    data = b"time,message\n2026-11-15T14:03:00Z,slow\n2026-11-15T14:09:00,back\n"
    with pytest.raises(MissingError), found(data, Report(), name="rows.csv") as source:
        read_in(store, SESSION.id, source, Options(NOW), Report())
    assert [path for path in store.rglob("*") if path.is_file() and "drafts" in path.parts] == []
