"""What `facilitator intake` does: reading records in for a session, and telling what came of it."""

import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from facilitator.cli.errors import Failure
from facilitator.cli.sources import STDIN
from facilitator.intake.errors import MissingError, Need, SourceError
from facilitator.intake.reader import Options, Reader
from facilitator.intake.reading import Found, found
from facilitator.intake.report import Report
from facilitator.intake.sources.bounds import LARGEST_WHOLE, MEGABYTE
from facilitator.model.session import Intake
from facilitator.settings.columns import known_columns, remember_columns

_PATIENCE = 0.7
"""After so many seconds it is told how far the reading is."""

_EVERY = 0.2
_SHOWN = 5
_ANSWERS = {
    Need.ZONE: "by --tz, such as --tz Europe/Paris",
    Need.DAY: "by --date, such as --date 2026-11-15",
    Need.COLUMNS: "by --column, such as --column time=Timestamp --column text=Message",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What the command line asks for: of which kind the files are, how they are read, and whether anything is kept."""

    kind: str
    options: Options
    columns: Path
    """Where it is kept which column holds what."""
    keep: bool = True


@dataclass(frozen=True, slots=True)
class Read:
    """What came of one file."""

    name: str
    reader: Reader
    report: Report
    intake: Intake | None = None


ReadOne = Callable[[Found, Options, Report], Intake | None]


def read_files(files: Sequence[str], asked: Asked, read_one: ReadOne) -> list[Read]:
    """Read each file by `read_one`, and return what came of it. Raises Failure at the first that cannot be read."""
    return [_read(file, asked, read_one) for file in files]


def _read(file: str, asked: Asked, read_one: ReadOne) -> Read:
    place: Path | bytes = _stdin() if file == STDIN else Path(file)
    try:
        try:
            read = _read_place(place, asked.options, asked.kind, read_one)
        except MissingError as error:
            known = known_columns(asked.columns, error.found) if error.need is Need.COLUMNS else None
            if known is None or asked.options.columns:
                raise
            read = _read_place(place, replace(asked.options, columns=known), asked.kind, read_one)
    except MissingError as error:
        message = str(error)
        say = f"{message} Say which" if message.endswith("?") else f"{message}; say which"
        there = f" There are: {', '.join(error.found)}." if error.found else ""
        raise Failure(f"{say} {_ANSWERS[error.need]}.{there}") from error
    except SourceError as error:
        raise Failure(str(error)) from error
    if asked.options.columns and asked.keep:
        remember_columns(asked.columns, asked.options.columns)
    return read


def _stdin() -> bytes:
    data = sys.stdin.buffer.read(LARGEST_WHOLE + 1)
    if len(data) > LARGEST_WHOLE:
        raise Failure(f"stdin has more than {LARGEST_WHOLE // MEGABYTE} MB; write it to a file, and name that")
    return data


def _read_place(place: Path | bytes, options: Options, kind: str, read_one: ReadOne) -> Read:
    report = Report()
    with found(place, report, kind=kind, name="" if isinstance(place, Path) else "stdin") as source:
        name = source.source.name
        with _progress(name, report):
            return Read(name, source.reader, report, read_one(source, options, report))


def told(read: Read) -> list[str]:
    """Return the report of one file as lines for people."""
    report = read.report
    lines = [f"{read.name}: {read.reader.label}", f"  {report.read:,} read"]
    return [*lines, *skipped(places(report), read.name, report.reasons)]


def skipped(found: Sequence[Mapping[str, str]], name: str, reasons: Counter[str] | None = None) -> list[str]:
    """Return what was skipped of the file `name` as lines for people: by reason, each with its first places.

    `reasons` says how often each came, where not all are listed.
    """
    lines: list[str] = []
    for reason, count in (reasons or Counter(each["reason"] for each in found)).most_common():
        lines.append(f"  {count:,} skipped: {reason}")
        with_place = [each for each in found if each["reason"] == reason and (each["place"] or each["file"] != name)]
        lines += [f"    {_place(each['file'], each['place'], name)}" for each in with_place[:_SHOWN]]
        if len(with_place) > _SHOWN:
            lines.append(f"    and {count - _SHOWN:,} more; --json lists them")
    return lines


def places(report: Report) -> list[dict[str, str]]:
    """Return what was skipped, and where, as JSON has it."""
    return [{"file": each.file, "place": each.place, "reason": each.reason} for each in report.skipped]


def plain(read: Read) -> Mapping[str, Any]:
    """Return the report of one file as JSON has it."""
    return {
        "file": read.name,
        "kind": read.reader.kind,
        "read": read.report.read,
        "skipped": places(read.report),
        "reasons": dict(read.report.reasons.most_common()),
    }


def _place(file: str, place: str, name: str) -> str:
    return ", ".join(each for each in (file if file != name else "", place) if each)


@contextmanager
def _progress(name: str, report: Report) -> Iterator[None]:
    """Tell on a terminal how far the reading is when it takes long."""
    if not sys.stderr.isatty():
        yield
        return
    from threading import Event, Thread

    done = Event()

    def tell() -> None:
        if done.wait(_PATIENCE):
            return
        while True:
            sys.stderr.write(f"\r{name}: {report.read:,} read")
            sys.stderr.flush()
            if done.wait(_EVERY):
                sys.stderr.write("\r\x1b[K")
                return

    thread = Thread(target=tell, daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()
