"""The line with which a message begins, as the programs write it: when, who, and perhaps the text already."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum

from facilitator.model.text import clean


class Role(Enum):
    """What a line begins: a message, another one of the same person, or a notice of the program itself."""

    MESSAGE = "message"
    MORE = "more"
    NOTICE = "notice"


@dataclass(frozen=True, slots=True)
class Head:
    """What the first line of a message says. `day` and `zone` are as written, and empty where they are not.

    `sure` is false for a line that could as well be a sentence that ends with a time.
    """

    hour: int
    minute: int
    second: int | None
    half: str
    day: str = ""
    zone: str = ""
    who: str = ""
    text: str = ""
    role: Role = Role.MESSAGE
    sure: bool = True


Find = Callable[[str], Head | None]
"""Returns the head that a line is, or None."""

_MONTHS = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.?"
_WORDS = r"[Tt]oday|[Yy]esterday|(?:(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?)"
DAY = (
    r"(?P<day>\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.](?:\d{4}|\d{2})|\d{1,2}(?:[- ]|\. )"
    rf"{_MONTHS}[-, ]{{1,2}}(?:\d{{4}}|\d{{2}})|(?:(?:{_WORDS}),? )?{_MONTHS} \d{{1,2}}(?:st|nd|rd|th)?(?:,? \d{{4}})?"
    rf"|\d{{1,2}}/\d{{1,2}}(?= )|{_WORDS})"
)
TIME = (
    r"(?P<hour>[01]?\d|2[0-3])[:.](?P<minute>[0-5]\d)(?:[:.](?P<second>[0-5]\d)(?:[.,]\d{1,9})?)?(?!\d)"
    r"(?: ?(?P<half>[AaPp])\.?[Mm]\b\.?)?"
)
_ZONE = r"(?: ?(?P<zone>Z|UTC|GMT|CES?T|[ECMP][SD]?T|BST|IST|[+-]\d\d:?\d\d)(?![\w:]))?"
_DAY_TIME = rf"(?:{DAY}(?:,? (?:at |klo )?|T|, ?))?{TIME}{_ZONE}"
_NOT_A_LEVEL = r"(?!(?:TRACE|DEBUG|INFO|NOTICE|WARN(?:ING)?|ERR(?:OR)?|CRIT(?:ICAL)?|FATAL|PANIC)\b)"
_NAME = r"[^\W_][^:\[\]<>|{}\"=/\t]{0,39}"
_SIGNS = "@+%&~!"

_WHATSAPP = (
    re.compile(rf"\[{DAY}(?:, ?| ){TIME}\] (?:~ ?)?(?:(?P<who>[^:]{{1,80}}):(?: |$))?(?P<text>.*)"),
    re.compile(rf"{DAY},? (?:klo )?{TIME} [-–] (?:(?P<who>[^:]{{1,80}}):(?: |$))?(?P<text>.*)"),
)
_ANGLE = re.compile(rf"\[?{_DAY_TIME}\]?[ \t]*<[ {_SIGNS}]?(?P<who>[^<>\n]{{1,60}})>[ \t]?(?P<text>.*)")
_ACTION = re.compile(rf"\[?{_DAY_TIME}\]?[ \t]+\*[ \t]+(?P<who>\S+) (?P<text>.*)")
_NOTICE = re.compile(rf"\[?{_DAY_TIME}\]?[ \t]+(?:-!-|-->|<--|\*\*\*|--|=-=|-[\w.:!@]+-)(?=\s|$)(?P<text>.*)")
_COLUMNS = (
    re.compile(rf"(?:{DAY}[ \t])?{TIME}\t(?P<who>[^\t]{{0,40}})\t(?P<text>.*)"),
    re.compile(rf"{TIME}[ \t]+(?P<who>\S{{1,40}})[ \t]+[|│][ \t](?P<text>.*)"),
)
_ZOOM = re.compile(rf"{_DAY_TIME}\s+[Ff]rom[ \t](?P<who>[^:]{{1,200}}):(?P<text>.*)")
_TO = re.compile(r"\s[tT]o\s")
_RUNS = re.compile(r"\s{3,}|\t+")
_NAMED = (
    re.compile(rf"[\[(]?{_DAY_TIME}[\])]?(?: ?[-–—] ?|[ \t]+)?{_NOT_A_LEVEL}(?P<who>{_NAME}):(?:[ \t]+|$)(?P<text>.*)"),
    re.compile(rf"(?P<who>{_NAME}?) ?[\[(]{_DAY_TIME}[\])]:(?: |$)(?P<text>.*)"),
)
_APP = r"(?:\s*\b(?P<app>APP|BOT|Bot))?"
_SLACK = re.compile(
    rf"(?P<who>(?![\s\-*#>|]).{{1,60}}?){_APP}(?P<space>\s*\[|\s+)(?:{DAY}(?:,? (?:at )?))?{TIME}(?P<close>\]?)\s*"
)
_DISCORD = re.compile(rf"(?P<who>[^\s\-*#>|].{{0,59}}?)(?:\s(?:APP|BOT))? ?[—–] ?(?:{DAY}(?:,? (?:at )?))?{TIME}\s*")
_TEAMS = re.compile(rf"\[(?:{DAY},? )?{TIME}\] ?(?P<who>{_NAME}):?\s*")
_BARE = re.compile(rf"\s*\[?(?:{DAY}(?:,? (?:at )?))?{TIME}\]?(?P<text> {{2,}}\S.*)?\s*")
_BRACKETED = re.compile(rf"\[{TIME}\](?P<text> ?\S.*)?")
_BEFORE_TIMES = frozenset(
    ("at", "by", "until", "till", "since", "from", "before", "after", "around", "about", "to", "and", "or", "of", "on",
     "in", "the", "is", "was")
)  # fmt: skip
_LONGEST_ALONE = 160
_NO_NAMES = frozenset(("-->", "<--", "--", "", "-!-", "***", "=!="))
_BLANKS = str.maketrans({"\u202f": " ", "\u00a0": " ", "\u2009": " "})


def plain(line: str) -> str:
    """Return a line cleaned, its odd blanks as spaces."""
    return line if line.isascii() and line.isprintable() else clean(line).translate(_BLANKS)


def whatsapp(line: str) -> Head | None:
    """As WhatsApp exports write: "[15/11/2026, 14:05:12] Name: text", "11/15/26, 2:05 PM - Name: text"."""
    for pattern in _WHATSAPP:
        found = pattern.fullmatch(line)
        if found:
            return _head(found, Role.MESSAGE if found["who"] else Role.NOTICE)
    return None


def angle(line: str) -> Head | None:
    """As programs for IRC write: "[14:05] <nick> text", "14:05:01 < nick> text", "14:05 * nick waves"."""
    found = _ANGLE.fullmatch(line) or _ACTION.fullmatch(line)
    if found:
        return _head(found)
    notice = _NOTICE.fullmatch(line)
    return _head(notice, Role.NOTICE) if notice else None


def columns(line: str) -> Head | None:
    r"""As WeeChat writes: "2026-11-15 14:05:01\tnick\ttext", "14:05:01 nick | text"."""
    for pattern in _COLUMNS:
        found = pattern.fullmatch(line)
        if found is None:
            continue
        if found["who"].strip() == "*":
            who, _, text = found["text"].partition(" ")
            return _head(found, who=who, text=text)
        return _head(found, Role.NOTICE if found["who"].strip() in _NO_NAMES else Role.MESSAGE)
    return None


def zoom(line: str) -> Head | None:
    """As Zoom writes: "14:05:12 From Alice Smith to Everyone: text"."""
    found = _ZOOM.fullmatch(line)
    return _head(found, who=_TO.split(found["who"], 1)[0], text=found["text"].lstrip()) if found else None


def named(line: str) -> Head | None:
    """As many programs write: "14:05 nick: text", "[15/11/2026 14:05] Name: text", "Name (14:05): text"."""
    for pattern in _NAMED:
        found = pattern.fullmatch(line)
        if found and len(found["who"].split()) <= 5:
            return _head(found)
    return None


def alone(line: str) -> Head | None:
    """As Slack and others are copied, the text below: "Name  [2:05 PM]", "Name — 14:05", "[14:05] Name", "[2:06]"."""
    short = len(line) <= _LONGEST_ALONE
    line = _RUNS.sub("  ", line) if short else line
    found = (_TEAMS.fullmatch(line) or _DISCORD.fullmatch(line)) if short else None
    if found and len(found["who"].split()) <= 6:
        return _head(found)
    found = _BARE.fullmatch(line) or _BRACKETED.fullmatch(line)
    if found:
        return _head(found, Role.MORE, text=(found["text"] or "").strip(), sure=line.lstrip().startswith("["))
    found = _SLACK.fullmatch(line) if short else None
    if found is None or bool(found["close"]) != found["space"].endswith("["):
        return None
    words = found["who"].split()
    told = bool(found["close"] or found["app"] or found["half"]) or len(found["space"]) > 1
    if not words or len(words) > 6 or words[-1].lower().strip(",") in _BEFORE_TIMES:
        return None
    if not told and (len(words) > 4 or not all(each[0].isupper() or not each[0].isalpha() for each in words)):
        return None
    return _head(found, sure=bool(found["close"] or found["app"]) or len(found["space"]) > 1)


FORMS: Mapping[str, Find] = {
    "whatsapp": whatsapp,
    "angle": angle,
    "columns": columns,
    "zoom": zoom,
    "named": named,
    "alone": alone,
}
"""The ways in which messages are written, those first that are the hardest to mistake."""


def _head(
    found: re.Match[str],
    role: Role = Role.MESSAGE,
    *,
    who: str | None = None,
    text: str | None = None,
    sure: bool = True,
) -> Head:
    part = found.groupdict()
    return Head(
        int(part["hour"]),
        int(part["minute"]),
        int(part["second"]) if part["second"] else None,
        (part["half"] or "").lower(),
        part.get("day") or "",
        part.get("zone") or "",
        _person(part.get("who") or "" if who is None else who),
        (part.get("text") or "") if text is None else text,
        role,
        sure,
    )


_AFTER_NAMES = re.compile(r"(?:\s*:[\w+'-]{2,40}:|\s+(?:APP|BOT|Bot)|(?<=[a-z])APP)+$")


def _person(written: str) -> str:
    """Return a name without the signs of operators, the emoji of a status, and "APP"."""
    return _AFTER_NAMES.sub("", " ".join(written.split()).lstrip(f" {_SIGNS}*")).strip()
