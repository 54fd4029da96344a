"""What a document says of itself: title, day, severity, authors, services, in front matter, labels and tables."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from facilitator.intake.markdown.front_matter import FrontMatter
from facilitator.intake.markdown.headings import Meaning, normalised
from facilitator.intake.markdown.inline import plain
from facilitator.intake.markdown.lines import Kind, Line
from facilitator.intake.markdown.parts import Part
from facilitator.intake.markdown.placeholders import is_blank

_KINDS = {
    kind: frozenset(names.split("|"))
    for kind, names in {
        "title": "title|incident title|incident name|name of incident",
        "date": "date|incident date|date of incident|date of the incident|when|day|date of outage|outage date"
        "|event date|dates|incident dates|date time"
        "|date of event|date and time|incident from|incident period|incident start date|start date|occurred"
        "|occurred on|date occurred|incident day",
        "start": "start|started|start time|incident start|incident started|started at|began|impact start"
        "|incident began|outage start|time started|starttime|start of incident|from",
        "detected": "detected|time detected|detected at|first detected|detection time|time of detection",
        "resolved": "resolved|end|ended|end time|resolved at|incident end|incident ended|incident until"
        "|incident till|time resolved|resolution time|impact end|outage end|endtime|end of incident|until",
        "published": "published|publication date|post mortem date|postmortem date|date published|created"
        "|last updated|updated|retro held|review date|report date|date of report|meeting date"
        "|date of post mortem|date of postmortem",
        "severity": "severity|sev|incident severity|severity level|priority|incident priority|impact level"
        "|incident level|level|criticality|incident severity level",
        "authors": "author|authors|written by|report by|prepared by|owner|post mortem owner|postmortem owner"
        "|reporter|report author|document owner|incident owner|editor|author s|prepared by",
        "participants": "attendees|participants|responders|people involved|incident commander|incident lead"
        "|involved parties|team|involved|incident responders|commander|scribe|facilitator|on call|oncall"
        "|incident manager",
        "services": "service|services|affected services|services affected|affected systems|systems affected"
        "|impacted services|services impacted|affected service|component|components"
        "|affected components|service affected|systems|system|service s|product|products|affected products"
        "|service s affected|impacted systems",
        "zone": "timezone|time zone|tz|timezones|times in|zone",
    }.items()
}
_BY_NAME = {name: kind for kind, names in _KINDS.items() for name in names}
_LINE = re.compile(r"(?P<key>[A-Za-z][A-Za-z()/ '’_-]{1,40}?)\s*(?::|=|\s[–—-]\s)\s*(?P<value>\S.{0,400})", re.DOTALL)
_SEVERITY = re.compile(
    r"(?:sev(?:erity)?|p|priority|level|s|tier|class)?\s*[-_:#.]?\s*(?P<number>[0-5])(?![\d.:/%])", re.IGNORECASE
)
_WORDS = (
    (
        1,
        re.compile(
            r"\b(?:critical|catastrophic|blocker|emergency|severe outage|highest|complete outage)\b", re.IGNORECASE
        ),
    ),
    (2, re.compile(r"\b(?:major|high|significant|serious|severe)\b", re.IGNORECASE)),
    (3, re.compile(r"\b(?:moderate|medium|partial|degraded|normal)\b", re.IGNORECASE)),
    (4, re.compile(r"\b(?:minor|low|trivial|cosmetic|informational|negligible)\b", re.IGNORECASE)),
)
_IN_TITLE = re.compile(
    r"\b(?:sev(?:erity)?[ -]?(?P<sev>[0-4])|(?<![\w.])P(?P<p>[0-4])(?= incident\b|[\])]))\b", re.IGNORECASE
)
_HEAD = 3
"""In so many parts a line such as "Date: 2026-03-04" is about the document."""
_PEOPLE = re.compile(r"\s*(?:,|;|/|&|\band\b|\|)\s*")


@dataclass(slots=True)
class Facts:
    """What a document says of itself, by kind, as written; `lines` are the lines that say nothing else."""

    values: dict[str, list[str]] = field(default_factory=dict)
    lines: set[int] = field(default_factory=set)

    def first(self, kind: str) -> str:
        """Return the first value of a kind, or ""."""
        return next(iter(self.values.get(kind, ())), "")

    def add(self, kind: str, value: str, line: int = 0) -> None:
        """Note a value, if it is one."""
        value = plain(value)
        if value and not is_blank(value) and not re.match(r"<[^>]*>$|\{\{", value):
            self.values.setdefault(kind, []).append(value)
        if line:
            self.lines.add(line)


def facts_of(front: FrontMatter, parts: Sequence[Part]) -> Facts:
    """Return what the document says of itself."""
    facts = Facts()
    for key, values in front.fields.items():
        kind = "front " + key if key in ("date", "title") else _BY_NAME.get(normalised(key))
        for value in values if kind else ():
            facts.add(kind or "", value)
    for number, part in enumerate(parts):
        _of_heading(part, facts)
        head = (number < _HEAD or part.meaning == Meaning.META) and part.meaning not in (
            Meaning.TIMELINE,
            Meaning.ACTIONS,
        )
        for line in part.lines:
            if head and not line.quoted and line.kind in (Kind.ITEM, Kind.TEXT):
                _of_line(line, facts, strict=number > 0 and part.meaning != Meaning.META)
            elif line.kind is Kind.ROW and part.meaning != Meaning.ACTIONS:
                _of_row(line, facts)
    return facts


def _of_heading(part: Part, facts: Facts) -> None:
    """Read "## Date: July 1, 2020", and "## Severity" with its value below."""
    head, _, rest = part.heading.partition(":")
    kind = _BY_NAME.get(normalised(head)) if part.heading else None
    if kind is None:
        return
    if rest.strip():
        facts.add(kind, rest)
        return
    below = [line for line in part.lines if line.kind in (Kind.ITEM, Kind.TEXT) and not line.quoted]
    for line in below if kind in ("authors", "participants", "services") else below[:1]:
        if not (kind == "severity" and len(line.raw) > 120):
            facts.add(kind, line.raw, line.number)


def _of_line(line: Line, facts: Facts, *, strict: bool) -> None:
    found = _LINE.fullmatch(plain(line.raw)) if len(line.raw) < 600 else None
    kind = _BY_NAME.get(normalised(found["key"])) if found else None
    if found is None or kind is None or (strict and not line.first):
        return
    facts.add(kind, found["value"], line.number)


def _of_row(line: Line, facts: Facts) -> None:
    cells = [plain(cell) for cell in line.cells]
    if len(cells) not in (2, 3) or len(cells[0]) > 40:
        return
    name = normalised(cells[0].rstrip(":"))
    if line.header and name == "incident" and " " in cells[1]:
        facts.add("row title", cells[1], line.number)
        return
    kind = _BY_NAME.get(name)
    if (
        kind is not None
        and cells[1]
        and normalised(cells[1]) not in ("event", "description", "value", "time", "owner", "status", "what happened")
    ):
        facts.add(kind, cells[1], line.number)


def severity_of(facts: Facts, title: str) -> int | None:
    """Return the severity that a document states, 1 to 4, or None."""
    for value in facts.values.get("severity", ()):
        found = severity_in(value)
        if found is not None:
            return found
    named = _IN_TITLE.search(title)
    return min(max(int(named["sev"] or named["p"]), 1), 4) if named else None


def severity_in(value: str) -> int | None:
    """Return the severity that a phrase names: by its number, else by its word."""
    if len(value) > 200:
        return None
    number = _SEVERITY.match(value.strip(" *_[(")) or re.search(
        r"\b(?:sev|severity|p|level)[ -]?(?P<number>[0-5])\b", value, re.IGNORECASE
    )
    if number is not None:
        return min(max(int(number["number"]), 1), 4)
    return next((level for level, pattern in _WORDS if pattern.search(value)), None)


def names_of(values: Sequence[str]) -> tuple[str, ...]:
    """Return the names of people or services, one each."""
    return tuple(dict.fromkeys(_names(values)))


def _names(values: Sequence[str]) -> Iterator[str]:
    for value in values:
        for each in _PEOPLE.split(value[:2000]):
            name = re.sub(r"\s*<[^<>]*>|\s*\([^()]*@[^()]*\)", "", each).strip(" .*_").removeprefix("@")
            if name and len(name) <= 120 and not is_blank(name):
                yield name
