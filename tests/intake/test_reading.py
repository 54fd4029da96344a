"""Reading a source: each record once, within the time that is asked for, and what only a person can tell is asked."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from facilitator.intake.drafts import Draft
from facilitator.intake.errors import MissingError, Need, SourceError
from facilitator.intake.reader import Options, Reader
from facilitator.intake.reading import Found, drafts, found
from facilitator.intake.report import Report, Skipped
from tests.intake.text_source import TextSource

NOW = datetime(2026, 11, 18, tzinfo=UTC)
ROWS = "time,message\n2026-11-15T14:03:00Z,slow\n2026-11-15T14:09:00Z,back\n2026-11-15T14:30:00Z,green\n"


def read(data: str | bytes, *, kind: str = "", **options: Any) -> tuple[list[Draft], Report]:
    """Return the drafts in some bytes, and the report."""
    report = Report()
    with found(data.encode() if isinstance(data, str) else data, report, kind=kind, name="a.csv") as source:
        return list(drafts(source, Options(NOW, **options), report)), report


def at(hour: int, minute: int) -> datetime:
    return datetime(2026, 11, 15, hour, minute, tzinfo=UTC)


def test_what_is_read_is_counted_once() -> None:
    for data, kind in ((ROWS, "columns"), ("[14:03] <ana> slow\n" * 3, "chat"), ('{"alerts": []}', "alertmanager")):
        options: dict[str, Any] = {"zone": "UTC", "day": at(0, 0).date()}
        told, report = read(data, kind=kind, **options)
        assert report.read == len(told)


def test_a_record_that_comes_twice_is_read_once() -> None:
    told = [Draft(id=id, text=id, file="a.csv", line=line) for line, id in enumerate(("x:1", "x:2", "x:1"), 1)]
    reader = Reader("x", "X", lambda _sample: 100, lambda _source, _options, _report: iter(told))
    report = Report()
    assert list(drafts(Found(TextSource("a.csv", b""), reader), Options(NOW), report)) == told[:2]
    assert (report.read, report.skipped) == (2, [Skipped("a.csv", "line 3", "it was read already")])


def test_rows_that_are_alike_are_two_records() -> None:
    told, _ = read("time,message\n" + "2026-11-15T14:03:00Z,slow\n" * 3)
    assert len({each.id for each in told}) == 3


@pytest.mark.parametrize(
    ("options", "texts"),
    [
        ({}, ["slow", "back", "green"]),
        ({"since": at(14, 9)}, ["back", "green"]),
        ({"until": at(14, 9)}, ["slow", "back"]),
        ({"since": at(14, 4), "until": at(14, 29)}, ["back"]),
        ({"since": at(15, 0)}, []),
    ],
)
def test_the_time_that_is_asked_for_has_both_its_ends(options: dict[str, Any], texts: list[str]) -> None:
    told, report = read(ROWS, **options)
    assert [each.text for each in told] == texts
    assert report.read == len(texts)
    assert sum(report.reasons.values()) == 3 - len(texts)
    assert set(report.reasons) <= {"it is outside of the time that was asked for"}


def test_the_time_that_is_asked_for_is_on_one_clock() -> None:
    local = ROWS.replace("Z,", ",")
    told, _ = read(local, zone="Europe/Paris", since=at(13, 5), until=at(13, 10))
    assert [each.text for each in told] == ["back"]


def test_a_zone_that_is_missing_is_asked_for_with_an_example() -> None:
    with pytest.raises(MissingError, match=r"a\.csv have no zone, such as 14:03 in “slow”") as caught:
        read(ROWS.replace("Z,", ","))
    assert caught.value.need is Need.ZONE
    told, _ = read(ROWS.replace("Z,", ","), zone="Europe/Paris")
    assert [each.stamp.zone for each in told if each.stamp] == ["", "", ""]


@pytest.mark.parametrize("time", ["0001-01-01T00:30:00+02:00", "9999-12-31T23:30:00-02:00"])
def test_a_time_outside_of_the_calendar_is_skipped_with_its_place(time: str) -> None:
    told, report = read(f"time,message\n{time},lost\n2026-11-15T14:09:00Z,back\n", kind="columns")
    assert [each.text for each in told] == ["back"]
    assert [each.place for each in report.skipped] == ["line 2"]


def test_the_kind_is_recognised_or_told(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(ROWS, encoding="utf-8")
    with found(path, Report()) as source:
        assert (source.reader.kind, source.source.name) == ("columns", "a.csv")
    with found(path, Report(), kind="log") as source:
        assert source.reader.kind == "log"
    with pytest.raises(SourceError, match="no kind of records is called 'lgo'"), found(path, Report(), kind="lgo"):
        pass
    with pytest.raises(SourceError, match=r"there is no b\.csv"), found(tmp_path / "b.csv", Report()):
        pass


def test_nothing_more_is_read_once_it_is_stopped() -> None:
    report = Report()
    with found(b"14:00 alert fires\n14:05 rollback\n14:10 all is well\n", report, kind="plain") as source:
        read = drafts(source, Options(now=NOW, zone="UTC", day=NOW.date()), report)
        assert next(read).text == "alert fires"
        report.stopped = True
        with pytest.raises(SourceError, match="stopped"):
            next(read)


def test_a_folder_may_hold_records_of_several_kinds(tmp_path: Path) -> None:
    (tmp_path / "alerts.csv").write_text(ROWS)
    (tmp_path / "notes.txt").write_text("14:00 UTC alert fires\n14:05 UTC rollback\n14:10 UTC all is well\n")
    (tmp_path / "photo.bin").write_bytes(bytes(range(256)))
    (tmp_path / "readme.txt").write_text("These are the records of that day.\n")
    report = Report()
    with found(tmp_path, report) as source:
        read = list(drafts(source, Options(NOW, day=at(0, 0).date(), zone="UTC"), report))
    assert {each.file for each in read} == {"alerts.csv", "notes.txt"}
    assert len(read) == report.read == 6
    assert {each.file for each in report.skipped} >= {"photo.bin", "readme.txt"}
