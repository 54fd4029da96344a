"""Reading a source from beginning to end: which kind it is, then its drafts, as they come."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from facilitator.intake.drafts import Draft, Stamp
from facilitator.intake.errors import MissingError, Need, SourceError, UnknownKindError
from facilitator.intake.kinds.registry import reader, recognised
from facilitator.intake.reader import Options, Reader
from facilitator.intake.report import Report
from facilitator.intake.source import MemberSource, Source
from facilitator.intake.sources.opening import opened, sample

_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Found:
    """A source that is open, and the reader for it."""

    source: Source
    reader: Reader


@contextmanager
def found(place: Path | bytes, report: Report, *, kind: str = "", name: str = "") -> Iterator[Found]:
    """Give a source with its reader while the context lasts: that of `kind`, or the one that recognises it.

    What lies in one folder or archive may be of several kinds. Raises SourceError when it cannot be opened, or nobody
    knows what it is.
    """
    with opened(place, report, name) as source:
        yield Found(source, reader(kind) if kind else _recognised(source))


def drafts(of: Found, options: Options, report: Report) -> Iterator[Draft]:
    """Yield the drafts of a source as they come, each id once, within the time that was asked for.

    Raises MissingError where only a person can say what is meant, and SourceError.
    """
    seen: set[str] = set()
    for draft in of.reader.read(of.source, options, report):
        if report.stopped:
            raise SourceError("reading was stopped")
        if draft.id in seen:
            report.skip(draft.file or of.source.name, _line(draft), "it was read already")
            continue
        seen.add(draft.id)
        if draft.stamp is not None and not _is_wanted(draft, draft.stamp, options, of, report):
            continue
        report.read += 1
        yield draft


def _recognised(source: Source) -> Reader:
    several = len(list(islice(source.members(), 2))) > 1
    if not several:
        return recognised(sample(source))
    try:
        whole = recognised(sample(source))
    except SourceError:
        return SEVERAL
    return whole if whole.kind in WHOLES else SEVERAL


def _read_several(source: Source, options: Options, report: Report) -> Iterator[Draft]:
    """Read each member of a folder or an archive as what it is; one that nobody knows is reported."""
    for member in source.members():
        alone = MemberSource(source, member)
        try:
            yield from recognised(sample(alone)).read(alone, options, report)
        except UnknownKindError:
            report.skip(member.name, "", "not of a kind that is known")
        except SourceError as error:
            report.skip(member.name, "", str(error))


WHOLES = ("slack", "postmortem")
"""The kinds of which a whole folder or archive is, and not each file by itself."""

SEVERAL = Reader("several", "Several files", lambda _sample: 0, _read_several)
"""Reads what lies together, each file as what it is."""


def _is_wanted(draft: Draft, stamp: Stamp, options: Options, of: Found, report: Report) -> bool:
    """Tell whether a draft has a time that is possible, and is within what was asked for."""
    if not stamp.zone and not options.zone:
        words = draft.text[:_SHOWN]
        raise MissingError(
            Need.ZONE, f"the times in {of.source.name} have no zone, such as {stamp.local:%H:%M} in “{words}”"
        )
    try:
        at = stamp.moment(options.zone).at
        stamp.end(options.zone)
    except (ValueError, OverflowError):
        report.skip(draft.file or of.source.name, _line(draft), "its time is not in the calendar")
        return False
    after = options.since is None or at >= options.since
    if after and (options.until is None or at <= options.until):
        return True
    report.skip(draft.file or of.source.name, "", "it is outside of the time that was asked for")
    return False


def _line(draft: Draft) -> str:
    return f"line {draft.line}" if draft.line else ""
