"""What `facilitator check` tells of findings: text for people, grouped by place, and JSON for programs."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

import msgspec

from facilitator.checks.finding import Category, Finding
from facilitator.checks.sensitive import hiding, hushed
from facilitator.model.text import clean, one_line

LONGEST = 100
"""How many characters of the words that a finding is about are shown to people."""


class Where(msgspec.Struct, frozen=True, kw_only=True):
    """Where a finding stands, for programs. A document has lines and columns, a session items and fields."""

    about: str | None = None
    field: str | None = None
    line: int | None = None
    column: int | None = None
    end_line: int | None = None
    end_column: int | None = None


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """A finding with its place in words, and the reason for which it is muted, or nothing."""

    finding: Finding
    place: str
    where: Where
    muted: str | None = None


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """What was found in one source: `source` as it was named, `kind` "session" or "document"; `name` is for people."""

    source: str
    kind: str
    name: str
    found: tuple[Told, ...]

    @property
    def open(self) -> tuple[Told, ...]:
        """The findings that are not muted."""
        return tuple(each for each in self.found if each.muted is None)


def told(report: Report, *, muted: bool) -> Iterator[str]:
    """Yield the lines for people about one source, with the findings that are muted, or only their number."""
    hidden = hiding(each.finding for each in report.found)
    shown = [_hushed(each, hidden) for each in report.found if muted or each.muted is None]
    for place, group in groupby(shown, key=lambda each: each.place):
        yield one_line(place)
        words = ""
        for each in group:
            if (now := one_line(each.finding.words)) != words:
                words = now
                yield f'  "{words if len(words) <= LONGEST else words[: LONGEST - 3].rstrip() + "..."}"'
            yield from _finding(each)
    yield _sum(report)


def plain(reports: Sequence[Report], *, muted: bool) -> dict[str, Any]:
    """Return what was found as JSON has it. Every key is always there."""
    return {
        "checked": [
            {
                "source": clean(report.source),
                "kind": report.kind,
                "name": one_line(report.name),
                "findings": len(report.open),
                "muted": len(report.found) - len(report.open),
            }
            for report in reports
        ],
        "findings": [
            _plain(report, _hushed(each, hidden))
            for report in reports
            for hidden in (hiding(each.finding for each in report.found),)
            for each in report.found
            if muted or each.muted is None
        ],
    }


def fails(reports: Sequence[Report], categories: Sequence[Category]) -> bool:
    """Return whether there is a finding of one of these categories that is not muted."""
    return any(each.finding.category in categories for report in reports for each in report.open)


def _hushed(each: Told, hidden: Mapping[str, str]) -> Told:
    """Return a finding as it can be shown: its output may end up in a log that many can read."""
    return msgspec.structs.replace(each, finding=hushed(each.finding, hidden))


def _finding(each: Told) -> Iterator[str]:
    finding = each.finding
    yield f"    {one_line(finding.why)} ({finding.rule})"
    yield f"    ask: {one_line(finding.question)}"
    for line in clean(finding.rewrite).splitlines():
        yield f"    write: {one_line(line)}"
    if each.muted is not None:
        yield f"    muted{': ' + one_line(each.muted) if each.muted else ''}"


def _sum(report: Report) -> str:
    number, muted = len(report.open), len(report.found) - len(report.open)
    counted = f"{number:,} finding{'' if number == 1 else 's'}" if number else "no findings"
    return f"{one_line(report.name)}: {counted}{f', {muted:,} muted' if muted else ''}"


def _plain(report: Report, each: Told) -> dict[str, Any]:
    finding = each.finding
    return {
        "source": clean(report.source),
        "place": one_line(each.place),
        **msgspec.structs.asdict(each.where),
        "start": finding.start,
        "end": finding.end,
        "rule": finding.rule,
        "category": str(finding.category),
        "words": clean(finding.words),
        "why": one_line(finding.why),
        "question": one_line(finding.question),
        "rewrite": clean(finding.rewrite),
        "muted": None if each.muted is None else one_line(each.muted),
    }
