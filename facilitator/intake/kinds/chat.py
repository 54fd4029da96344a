"""Chat as text: copied from Slack, Discord, Teams, Zoom or Mattermost, exported from WhatsApp, logged from IRC."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice

from facilitator.intake.chat.bodies import Body
from facilitator.intake.chat.clock import Clock, day_line, is_weekday
from facilitator.intake.chat.heads import FORMS, Find, Head, Role, alone, plain
from facilitator.intake.drafts import Draft
from facilitator.intake.errors import MissingError, Need, SourceError
from facilitator.intake.reader import Options, Reader, Sample
from facilitator.intake.report import Report
from facilitator.intake.source import Member, Source
from facilitator.intake.texts.occurrences import Occurrences
from facilitator.intake.texts.text_lines import text_lines
from facilitator.model.text import MAX_TEXT, one_line

_LOOKED_AT = 20_000
"""How many lines tell how a chat is written: enough for days above 12 to come up, little beside reading it all."""

_VOTING = 2_000
"""How many of them tell in which form it is."""

_ANY_ORDER, _IN_ORDER = 240, 5
"""How many minutes a message may lie before the one above it without being of the next day: where threads stand below
their first message, and where a program writes the lines as they come."""

_LONGEST_HEAD = 2_000
_HEADING = re.compile(r"(?m)^#{1,4} ")
_HTML = re.compile(r"\s*<(?:!doctype|html|head|body|div|\?xml)\b", re.IGNORECASE)
_STRONG = {"whatsapp": 90, "angle": 90, "columns": 85, "zoom": 90, "named": 60, "alone": 80}


def recognises(sample: Sample) -> int:
    """Return how likely a source is chat: by how many of its lines begin messages."""
    if len(sample.members) != 1 or sample.json is not None or _HTML.match(sample.text):
        return 0
    lines = [plain(line) for line in sample.text.splitlines()[:_VOTING]]
    form, _ = _form_of(lines)
    if not form:
        return 0
    heads = [line.head for line in _lines(enumerate(lines, 1), FORMS[form], days=True) if line.head is not None]
    share, names = len(heads) / sum(1 for line in lines if line.strip()), {head.who for head in heads}
    score = _STRONG[form]
    if form == "named" and (len(heads) < 3 or len(names) > 0.6 * len(heads) or share < 0.5):
        score = 20
    if form == "alone":
        sure = sum(head.sure for head in heads if head.role is Role.MESSAGE)
        score = score if sure else 45 if len(names - {""}) > 1 else 15
        score -= 40 if share < 0.04 else 0
    elif share < 0.2:
        score -= 40
    if len(_HEADING.findall(sample.text)) > 1:
        score -= 40  # a document that quotes a chat
    return max(0, score)


def read(source: Source, options: Options, report: Report) -> Iterator[Draft]:
    """Yield the messages in their order. Raises MissingError for the day, and SourceError when there is no message."""
    ids = Occurrences("chat", "")  # without the file: the same chat pasted again, with more of it, has the same ids
    for member in source.members():
        yield from _read_member(source, member, options, report, ids)


READER = Reader("chat", "Chat as text", recognises, read)


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of a chat: what it begins, when it begins something."""

    number: int
    text: str
    head: Head | None = None
    day: str = ""


def _read_member(source: Source, member: Member, options: Options, report: Report, ids: Occurrences) -> Iterator[Draft]:
    first = [plain(line) for _, line in islice(text_lines(source, member, Report()), _LOOKED_AT)]
    form = _form_of(first[:_VOTING])[0] or _form_of(first)[0]
    if not form:
        raise SourceError(
            f"{member.name} has no line with which a message of a chat begins, such as [14:05] <nick> text"
        )
    find = FORMS[form]
    known = list(_lines(enumerate(first, 1), find, days=True))
    heads = [line.head for line in known if line.head is not None]
    days = not all(head.day for head in heads if head.role is Role.MESSAGE)
    copied = form == "alone"
    clock = Clock(options, heads, [line.day for line in known if line.day], _ANY_ORDER if copied else _IN_ORDER)
    lines = _lines(text_lines(source, member, report), find, days=days)
    for body in _bodies(lines, clock, report, member.name, copied=copied):
        try:
            draft = _draft(body, clock, ids, member.name)
        except ValueError as error:
            report.skip(member.name, f"line {body.line}", str(error))
            continue
        if draft is None:
            report.skip(member.name, f"line {body.line}", "a message without text")
        elif _wanted(draft, options):
            if body.cut:
                report.skip(member.name, f"line {body.line}", f"only the first {MAX_TEXT:,} characters of it are read")
            yield draft


def _form_of(lines: Iterable[str]) -> tuple[str, list[Head]]:
    """Return the way in which most messages of some lines are written, with their heads, or "" when there are none."""
    found: dict[str, list[Head]] = {form: [] for form in FORMS}
    for line in lines:
        if not line or len(line) > _LONGEST_HEAD:
            continue
        for form, find in FORMS.items():
            head = find(line)
            if head is not None:
                found[form].append(head)
    counts = Counter({form: sum(head.role is not Role.MORE for head in heads) for form, heads in found.items()})
    more = sum(head.role is Role.MORE for head in found["alone"])
    if more >= 2 and not any(counts.values()):
        counts["alone"] = more  # names stand on a line of their own, above the times
    form, count = max(counts.items(), key=lambda item: item[1])  # the first of those that are alike
    return (form, found[form]) if count else ("", [])


def _lines(numbered: Iterable[tuple[int, str]], find: Find, *, days: bool) -> Iterator[_Line]:
    """Return the lines with what they begin; `days` says whether days may stand on lines of their own.

    A time alone below a name is put together with it.
    """
    name: _Line | None = None
    known: set[str] = set()
    apart = True  # whether a new message may begin here without more ado
    for number, written in numbered:
        text = plain(written)
        head = find(text) if len(text) <= _LONGEST_HEAD else None
        day = day_line(text) if days and head is None and text.strip() else ""
        if day and not apart and is_weekday(day):
            day = ""
        line = _Line(number, text, head, day)
        if name is not None:
            if head is not None and head.role is Role.MORE and not head.text and not head.sure:
                who = _name(name.text)
                known.add(who)
                line = replace(line, head=replace(head, role=Role.MESSAGE, who=who, sure=True), number=name.number)
            else:
                yield name
            name = None
        who = _name(text) if find is alone and line.head is None and not day else ""
        if who and (apart or who in known or who == "You" or (" " in who and who.istitle())):
            name = line
        else:
            yield line
        apart = bool(day) or not text.strip()
    if name is not None:
        yield name


def _name(line: str) -> str:
    """Return the name that a line alone may be, when a time follows below it, or ""."""
    plain_line = line.strip()
    words = plain_line.removesuffix("APP").split()
    if not 1 <= len(words) <= 4 or len(plain_line) > 50 or plain_line[-1] in ".,:;!?)" or not words[0][0].isalpha():
        return ""
    return " ".join(words)


def _bodies(lines: Iterable[_Line], clock: Clock, report: Report, file: str, *, copied: bool) -> Iterator[Body]:
    """Yield the messages with all their lines. The clock is told of days only after the messages before them."""
    body: Body | None = None
    who = ""
    for line in lines:
        if line.head is None and not line.day:
            if body is not None:
                (body.add_below_a_name if copied else body.add)(line.text)
            elif line.text.strip():
                report.skip(file, f"line {line.number}", "it stands before the first message")
            continue
        if body is not None:
            yield body
            body = None
        if line.head is None:
            clock.new_day(line.day)
        elif line.head.role is Role.NOTICE:
            report.skip(file, f"line {line.number}", "a notice of the program, such as who joined and who left")
        else:
            who = who if line.head.role is Role.MORE else line.head.who
            body = Body(line.head, who, line.number)
            if line.head.text:
                body.add(line.head.text)
    if body is not None:
        yield body


def _draft(body: Body, clock: Clock, ids: Occurrences, file: str) -> Draft | None:
    stamp = clock.stamp(body.head)  # also of a message without text: midnight may lie there
    text = body.text
    if not text:
        return None
    who = one_line(body.who)
    return Draft(
        id=ids.id_of(stamp.local.isoformat(), who, text),
        text=text,
        stamp=stamp,
        who=who,
        file=file,
        line=body.line,
        replies=body.replies,
        reactions=body.reactions,
    )


def _wanted(draft: Draft, options: Options) -> bool:
    """Return whether a message lies within the time asked for. Raises MissingError when its zone is not known."""
    if draft.stamp is None or (options.since is None and options.until is None):
        return True
    if not draft.stamp.zone and not options.zone:
        raise MissingError(Need.ZONE, "The messages have no time zone, and only those of a certain time are asked for.")
    try:
        at = draft.stamp.moment(options.zone).at
    except (ValueError, OverflowError):
        return True
    return (options.since is None or at >= options.since) and (options.until is None or at <= options.until)
