"""Plain log text: lines that begin with a time, each with what belongs to it on the lines below."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import chain, islice

import msgspec

from facilitator.intake.drafts import Draft
from facilitator.intake.errors import MissingError, Need
from facilitator.intake.reader import Options, Reader, Sample
from facilitator.intake.report import Report
from facilitator.intake.source import Member, Source
from facilitator.intake.texts.dates_by_evidence import decide
from facilitator.intake.texts.occurrences import Occurrences
from facilitator.intake.texts.record_times import Base, Found, find_at
from facilitator.intake.texts.text_lines import text_lines
from facilitator.model.moments import Precision
from facilitator.model.text import MAX_TEXT, clean, paragraphs

_LEVEL = r"(?:TRACE|DEBUG|INFO|NOTICE|WARN|WARNING|ERROR|ERR|CRITICAL|CRIT|FATAL|SEVERE|ALERT|EMERG|PANIC)"
_LEAD = re.compile(
    r"(?P<priority><\d{1,3}>(?:1 )?)?"
    r"(?:\[(?P<pod>pod/[^\]\s]{1,200})\] |(?P<service>[\w.-]{1,80}) {0,40}\| {1,3})?"
    rf"(?P<level>\[?{_LEVEL}\]?:? {{1,3}}(?:- )?)?"
    r"(?:[\[(]|(?:time|ts|timestamp|datetime|t)=\"?)?",
    re.IGNORECASE,
)
_ACCESS = re.compile(r"(?P<before>\S{1,200} \S{1,100} [^\[\]]{1,100}?) \[(?=\d)")
_AFTER = re.compile(r"[\"\])]?[ \t]*(?:[-–|:,][ \t]+)?")
_HOST = re.compile(
    rf"(?!(?i:{_LEVEL}) )(?P<host>[\w.:-]{{1,255}}) (?P<app>[\w./()@-]{{1,100}}?)(?P<pid>\[[\d-]{{1,10}}\])?: ?"
)
_SYSLOG = re.compile(r" ?(?P<host>\S{1,255}) (?P<app>\S{1,48}) \S{1,128} \S{1,32} (?:-|(?:\[[^\]]{0,2000}\])+) ?")
_CONTAINER = re.compile(r"(?:stdout|stderr) [FP] ")
_WEAK = ("clock", "epoch")
_LOOKED_AT = 500
_MOST_BELOW, _LONGEST_BELOW = 200, 20_000
_HALF_A_DAY, _ONE_DAY = timedelta(hours=12), timedelta(days=1)
_NO_DAY = "the lines begin with a time of day: on which day did the log begin?"


class _Head(msgspec.Struct, frozen=True):
    """The first line of a record: its time, its words without it, and where it comes from."""

    found: Found
    text: str
    place: str = ""


@dataclass(slots=True)
class _Open:
    """A record whose lines below may follow."""

    head: _Head
    id: str
    line: int
    local: datetime
    below: list[str] | None = None
    length: int = 0


def recognises(sample: Sample) -> int:
    """Return how likely a text is a log: by the share of its lines that begin with a time to the second."""
    if sample.json is not None:
        return 0
    lines = [line for line in sample.text.split("\n")[:_LOOKED_AT] if line.strip()]
    base = Base(date(2026, 1, 1))
    forms = _forms(lines, base)
    strong = sum(number for form, number in forms.items() if form not in _WEAK)
    if strong >= max(1, len(lines) * 0.2):
        return 62 if strong >= 0.6 * len(lines) else 45
    weak = max((forms[form] for form in _WEAK), default=0)
    return 38 if weak > 1 and weak >= 0.6 * len(lines) else 0


def read(source: Source, options: Options, report: Report) -> Iterator[Draft]:
    """Return the records of all members. Raises MissingError when only a person knows the day."""
    for member in source.members():
        yield from _read_member(source, member, options, report)


def _read_member(source: Source, member: Member, options: Options, report: Report) -> Iterator[Draft]:
    lines = text_lines(source, member, report)
    first = list(islice(lines, _LOOKED_AT))
    base, forms = _settled([line for _, line in first], options, member, report)
    ids = Occurrences("log")
    record: _Open | None = None
    last: datetime | None = None
    for number, raw in chain(first, lines):
        line = clean(raw) if "\x1b" in raw else raw
        head = _head(line, base, forms)
        if head is None:
            _below(record, number, line, member, report)
            continue
        if record is not None:
            draft = _draft(record, member, report)
            if draft is not None:
                yield draft
        local = head.found.local
        if head.found.form == "clock" and last is not None:
            while last - local > _HALF_A_DAY:
                local += _ONE_DAY
        last = local
        named = (line, local.date()) if head.found.form == "clock" else (line,)
        record = _Open(head, ids.id_of(*named), number, local)
    if record is not None:
        draft = _draft(record, member, report)
        if draft is not None:
            yield draft


def _settled(lines: list[str], options: Options, member: Member, report: Report) -> tuple[Base, frozenset[str]]:
    """Return what the times of a log are read against and the forms that are believed in it."""
    today = options.now.date()
    base = Base(today, options.day)
    forms = _forms(lines, base)
    if forms["numbers"]:
        decision = decide((line[:40] for line in lines), today, options.day)
        if decision is not None:
            base = Base(today, options.day, decision.order)
            if not decision.sure:
                report.skip(
                    member.name, "", f"days may be read in two ways, read {decision.order.value}: {decision.why}"
                )
    most = max(forms.values(), default=0)
    believed = frozenset(form for form, number in forms.items() if form not in _WEAK or number * 2 > most)
    if "clock" in believed and options.day is None:
        raise MissingError(Need.DAY, _NO_DAY)
    strong = {"iso", "month", "unix", "klog", "compact", "numbers"}
    return base, believed | (strong if not believed & set(_WEAK) else frozenset())


def _forms(lines: Iterable[str], base: Base) -> Counter[str]:
    heads = (_head(clean(line) if "\x1b" in line else line, base, None) for line in lines)
    return Counter(head.found.form for head in heads if head is not None)


def _head(line: str, base: Base, forms: frozenset[str] | None) -> _Head | None:
    """Return the time at the start of a line and what stands around it, or None when there is none that counts."""
    begin = line[:1]
    if not begin or begin in " \t":
        return None
    found = find_at(line, 0, base)
    if found is not None:
        if not _counts(found, forms):
            return None
        return _Head(found, *_words(line, found, ""))
    lead = _LEAD.match(line) if not begin.isdigit() else None
    if lead is not None and lead.end():
        found = find_at(line, lead.end(), base)
        if found is not None and _counts(found, forms):
            return _with_lead(line, found, lead)
    access = _ACCESS.match(line)
    if access is None:
        return None
    found = find_at(line, access.end(), base)
    if found is None or found.form != "month" or not _counts(found, forms):
        return None
    text, place = _words(line, found, "")
    return _Head(found, f"{access['before']} {text}", place)


def _with_lead(line: str, found: Found, lead: re.Match[str]) -> _Head:
    level = lead["level"] or ""
    if (lead["priority"] or "").endswith("1 "):
        fields = _SYSLOG.match(line, found.end)
        if fields is not None:
            places = [each for each in (fields["host"], fields["app"]) if each != "-"]
            return _Head(found, line[fields.end() :], " ".join(places))
    text, place = _words(line, found, level)
    return _Head(found, text, place or (lead["pod"] or lead["service"] or ""))


def _counts(found: Found, forms: frozenset[str] | None) -> bool:
    return found.precision is Precision.SECOND and (forms is None or found.form in forms)


def _words(line: str, found: Found, before: str) -> tuple[str, str]:
    """Return the words after a time, and the host and the program that wrote them where the line says so."""
    after = _AFTER.match(line, found.end)
    start = after.end() if after else found.end
    maybe = found.form == "month" or "]: " in line or "kernel: " in line
    host = _HOST.match(line, start) if maybe and not before else None
    if host is not None and (found.form == "month" or host["pid"] or host["app"] == "kernel"):
        return line[host.end() :], f"{host['host']} {host['app']}"
    container = _CONTAINER.match(line, start)
    return before + line[container.end() if container else start :], ""


def _below(record: _Open | None, number: int, line: str, member: Member, report: Report) -> None:
    """Add a line without a time to the record above it, within bounds."""
    if not line.strip():
        return
    if record is None:
        report.skip(member.name, f"line {number}", "no time at its start, and no record above it")
        return
    if record.below is None:
        record.below = []
    if len(record.below) >= _MOST_BELOW or record.length + len(line) > _LONGEST_BELOW:
        report.skip(member.name, f"line {number}", "too many lines without a time below a record")
    else:
        record.below.append(line)
        record.length += len(line)


def _draft(record: _Open, member: Member, report: Report) -> Draft | None:
    text = record.head.text
    if record.below:
        text = "\n".join((text, *record.below))
    text = text.strip() if text.isascii() and text.isprintable() else paragraphs(text).strip()
    if not text or len(text) > MAX_TEXT:
        reason = "longer than 100,000 characters" if text else "nothing after the time"
        report.skip(member.name, f"line {record.line}", reason)
        return None
    stamp = record.head.found.stamp()
    if record.local is not record.head.found.local:
        stamp = msgspec.structs.replace(stamp, local=record.local)
    place = record.head.place
    return Draft(id=record.id, text=text, stamp=stamp, place=clean(place), file=member.name, line=record.line)


READER = Reader("log", "log text", recognises, read)
