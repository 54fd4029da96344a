"""What `git log` prints: commits with their messages, or one commit a line with its time.

A line is read as --format='%H%x09%cI%x09%an%x09%s' makes it, with a tab, a bar, a semicolon or a comma between; what
--oneline prints has no times.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from facilitator.intake.drafts import Draft, Signal, Stamp, origin
from facilitator.intake.payloads.written_times import stamp_of
from facilitator.intake.reader import Options, Reader, Sample
from facilitator.intake.report import Report
from facilitator.intake.source import Member, Source
from facilitator.intake.texts.record_times import Base, of_cell
from facilitator.intake.texts.text_lines import text_lines
from facilitator.model.text import MAX_TEXT, clean, one_line, paragraphs

_SHA = r"(?P<sha>[0-9a-f]{40}(?:[0-9a-f]{24})?|[0-9a-f]{7,39})"
_GRAPH = re.compile(r"[ |*\\/_.-]{0,100}\*[ |*\\/_.-]{0,100}(?=commit [0-9a-f]{7}|[0-9a-f]{7,64}\b)")
_DRAWN = re.compile(r"[ |*\\/_.-]*")
_COMMIT = re.compile(rf"commit {_SHA}(?: \((?P<refs>[^)]*)\))?$")
_HEADER = re.compile(
    r"(?P<name>Author|AuthorDate|Commit|CommitDate|Date|Merge|Reflog|Reflog message|Signed|gpg): {0,8}(?P<value>.*)"
)
_RAW_PERSON = re.compile(r"(?P<name>author|committer) (?P<who>.*) (?P<time>\d{9,11} [+-]\d{4})$")
_REFERENCE = re.compile(r"\((?P<text>.*), (?P<time>\d{4}-\d\d-\d\d)\)$")
_LINE = re.compile(rf"{_SHA}(?P<between> ?[\t|;,] ?|\x1f| )(?P<rest>\S.*)")
_ADDRESS = re.compile(r" ?<[^<>]*>$")
_INNER_TIME = re.compile(
    r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?: ?(?:Z|[+-]\d\d:?\d\d))?(?= |$)|\d{4}-\d\d-\d\d(?= |$)|\d{10}(?= |$)"
)
_RAW = re.compile(r"(\d{9,11}) ([+-]\d{4})")
_MOST_LINES = 2000
_ANY = Base(date(2026, 1, 1))
_NO_TIME = "no time: print the log with --format='%H%x09%cI%x09%an%x09%s'"


@dataclass(frozen=True, slots=True)
class _Reading:
    """The member that is read, the report, and the commits that it had."""

    file: str
    report: Report
    seen: set[str] = field(default_factory=set)

    def skip(self, line: int, reason: str) -> None:
        self.report.skip(self.file, f"line {line}", reason)


@dataclass(slots=True)
class _Commit:
    """A commit of which the lines are being read."""

    sha: str
    line: int
    headers: dict[str, str] = field(default_factory=dict)
    message: list[str] = field(default_factory=list)
    is_over: bool = False


def recognises(sample: Sample) -> int:
    """Return how likely a text is what git printed."""
    if sample.json is not None:
        return 0
    lines = [line for line in sample.text.removeprefix("\ufeff").split("\n")[:300] if line.strip()]
    if not lines:
        return 0
    bare = [_without_graph(line.rstrip("\r"), _graph(lines[0])) for line in lines]
    if any(_COMMIT.match(line) for line in bare[:5]) and any(
        _HEADER.match(line) or _RAW_PERSON.match(line) for line in bare[:9]
    ):
        return 95
    ones = [found for line in bare[:-1] or bare if (found := _LINE.match(line)) and _is_hash(found["sha"])]
    return (80 if any(_fields(each) for each in ones) else 60) if len(ones) >= 0.8 * len(bare[:-1] or bare) else 0


def read(source: Source, options: Options, report: Report) -> Iterator[Draft]:
    """Return a draft for each commit that has a time."""
    base = Base(options.now.date(), options.day)
    for member in source.members():
        yield from _read_member(source, member, base, report)


def _read_member(source: Source, member: Member, base: Base, report: Report) -> Iterator[Draft]:
    commit: _Commit | None = None
    reading = _Reading(member.name, report)
    width = 0
    for number, raw in text_lines(source, member, report):
        drawn = clean(raw).rstrip()
        line = _without_graph(drawn, width)
        begun = _COMMIT.match(line)
        if begun is not None:
            yield from _draft(commit, reading)
            commit, width = _Commit(begun["sha"], number), _graph(drawn)
        elif commit is not None:
            _take(commit, line, number, reading)
        elif line.strip():
            yield from _one(line, number, base, reading)
    yield from _draft(commit, reading)


def _take(commit: _Commit, line: str, number: int, reading: _Reading) -> None:
    """Read a line of a commit: a header, a line of its message, or what --stat and --patch add."""
    header = None if commit.message else _HEADER.match(line)
    person = None if commit.message else _RAW_PERSON.match(line)
    if header is not None:
        commit.headers.setdefault(header["name"], header["value"])
    elif person is not None:
        names = ("Author", "AuthorDate") if person["name"] == "author" else ("Commit", "CommitDate")
        commit.headers.update(zip(names, (person["who"], person["time"]), strict=True))
    elif commit.is_over:
        return
    elif line.startswith("    "):
        if len(commit.message) < _MOST_LINES:
            commit.message.append(line[4:])
        else:
            reading.skip(number, "a message of more than 2,000 lines")
            commit.is_over = True
    elif line:
        commit.is_over = bool(commit.message)
    elif commit.message:
        commit.message.append("")


def _draft(commit: _Commit | None, reading: _Reading) -> Iterator[Draft]:
    if commit is None:
        return
    headers = commit.headers
    written = headers.get("CommitDate") or headers.get("Date") or headers.get("AuthorDate") or ""
    who = one_line(_ADDRESS.sub("", headers.get("Author", "")))
    draft = Draft(
        id=origin("git", commit.sha),
        text=paragraphs("\n".join(commit.message)),
        stamp=_time(written),
        who=who,
        file=reading.file,
        line=commit.line,
        signal=Signal.CHANGED if "Merge" in headers else None,
        key=commit.sha,
    )
    yield from _checked(draft, written, reading)


def _one(line: str, number: int, base: Base, reading: _Reading) -> Iterator[Draft]:
    """Read a commit that is one line."""
    found = _LINE.match(line)
    if found is None:
        reading.skip(number, "not a commit")
        return
    written, who, text = _fields(found) or ("", "", one_line(found["rest"]))
    sha = found["sha"]
    stamp = _time(written, base)
    draft = Draft(
        id=origin("git", sha), text=text, stamp=stamp, who=one_line(who), file=reading.file, line=number, key=sha
    )
    yield from _checked(draft, written, reading)


def _checked(draft: Draft, written: str, reading: _Reading) -> Iterator[Draft]:
    """Yield a draft that has a time and words and is not there yet."""
    reason = ""
    if draft.stamp is None:
        reason = f"a time that cannot be read: {one_line(written)[:80]}" if written else _NO_TIME
    elif not draft.text or len(draft.text) > MAX_TEXT:
        reason = "longer than 100,000 characters" if draft.text else "no message"
    elif draft.key in reading.seen:
        reason = "the same commit again"
    if reason:
        reading.skip(draft.line, reason)
        return
    reading.seen.add(draft.key)
    yield draft


def _fields(found: re.Match[str]) -> tuple[str, str, str] | None:
    """Return the time, the author and the subject of a commit in one line, in whichever order they stand; else None."""
    between, rest = found["between"].strip(" ") or " ", found["rest"]
    reference = _REFERENCE.fullmatch(rest)
    if reference is not None:
        return reference["time"], "", one_line(reference["text"])
    if between == " ":
        time = _INNER_TIME.match(rest)
        return (time[0], "", one_line(rest[time.end() :])) if time else None
    # The subject is last and may have the separator in it, so at most three fields are cut off before it.
    for number in (1, 2, 3):
        cells = [cell.strip() for cell in rest.split(between, number)]
        for place, cell in enumerate(cells[:-1]):
            if _time(cell) is not None:
                others = [each for at, each in enumerate(cells[:-1]) if at != place]
                last = cells[-1]
                if number == 1 and not others and between in last and len(last.split(between, 1)[0]) < 60:
                    who, _, last = last.partition(between)
                    others = [who.strip()]
                return cell, _ADDRESS.sub("", others[0]) if others else "", one_line(last)
    cells = rest.rsplit(between, 1)
    if len(cells) == 2 and _time(cells[1].strip()) is not None:
        return cells[1].strip(), "", one_line(cells[0])
    return None


def _time(written: str, base: Base | None = None) -> Stamp | None:
    raw = _RAW.fullmatch(written)
    if raw is not None:
        return stamp_of(raw[1])
    if base is None:
        stamp = stamp_of(written)
        if stamp is not None:
            return stamp
    if not written[:1].isalnum() or len(written) > 60:
        return None
    found = of_cell(written, base or _ANY)
    return found.stamp() if found is not None and found.form not in ("clock", "numbers") else None


def _is_header(line: str) -> bool:
    return _HEADER.match(line) is not None or _RAW_PERSON.match(line) is not None


def _is_hash(word: str) -> bool:
    """Return whether a word is a hash and no number or word in passing: "1234567", "defaced"."""
    return len(word) >= 40 or (not word.isdecimal() and (len(word) >= 10 or not word.isalpha()))


def _graph(line: str) -> int:
    """Return how wide that is which --graph draws before a commit."""
    found = _GRAPH.match(line) if line[:1] in ("*", "|", " ") else None
    return found.end() if found else 0


def _without_graph(line: str, width: int) -> str:
    """Return a line without what --graph draws before it, as wide as before the first line of the commit."""
    width = _graph(line) or width
    return line[width:] if width and _DRAWN.fullmatch(line[:width]) else line


READER = Reader("git_log", "git log", recognises, read)
