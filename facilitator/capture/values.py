"""What is typed into one field of a form: a word of a list, yes or no, a number, a day, a moment, a zone."""

import re
from collections.abc import Iterable
from datetime import date
from difflib import get_close_matches
from enum import StrEnum
from functools import lru_cache
from zoneinfo import available_timezones

from facilitator.capture.context import Context
from facilitator.capture.dates import Toward, find_day, named
from facilitator.capture.instants import Frame, zone_name
from facilitator.capture.people import typed_names
from facilitator.capture.reading import Choice, Reading
from facilitator.capture.when import read_when
from facilitator.capture.written import written
from facilitator.capture.zones import zone_called
from facilitator.model.clocks import stamp
from facilitator.model.moments import Moment, find_zone
from facilitator.model.session import CATEGORIES, DetectionSource, Session

_COUNT = re.compile(
    r"(\d{1,15}(?:\.\d{1,6})?|\d{1,3}(?:[,' _]\d{3}){1,5}|\d{1,3}(?:\.\d{3}){2,5}) ?([km]|mio|million)?", re.IGNORECASE
)
_PERCENT = re.compile(r"(\d{1,9}(?:[.,]\d{1,9})?) ?(?:%|percent)?", re.IGNORECASE)
_NOTICED: dict[DetectionSource, frozenset[str]] = {
    DetectionSource.ALERT: frozenset({
        "alert", "alerts", "alerting", "alerted", "alarm", "alarms", "page", "pages", "paged", "pager", "pagerduty",
        "opsgenie", "alertmanager", "prometheus", "monitor", "monitors", "monitoring", "dashboard", "dashboards",
    }),
    DetectionSource.CUSTOMER: frozenset({
        "customer", "customers", "user", "users", "client", "clients", "support", "ticket", "tickets", "complaint",
        "complaints", "complained",
    }),
    DetectionSource.PERSON: frozenset({
        "engineer", "engineers", "colleague", "colleagues", "person", "people", "somebody", "someone", "anybody",
        "lead", "manager", "operator", "developer", "developers", "oncall", "noticed",
    }),
}  # fmt: skip
"""Words that tell who or what noticed first."""
_SIZES = {"k": 1_000, "m": 1_000_000, "mio": 1_000_000, "million": 1_000_000}


def read_member(line: str, kind: type[StrEnum]) -> Reading[object]:
    """Return the member of `kind` that is meant: by its name, a word of it, a beginning, or the number in it."""
    typed, members = line.casefold(), list(kind)
    for match in (_same, _begins, _numbered):
        found = [member for member in members if match(member.casefold(), typed)]
        if found:
            return _one_of(found, line)
    question = f"{_short(line)} is none of: {', '.join(members)}."
    return Reading(question=question, choices=_members(members))


def read_source(line: str) -> Reading[object]:
    """Return who or what noticed first; for a sentence, what its words suggest is proposed."""
    words = set(re.findall(r"[^\W_]+", line.casefold()))
    suggested = [source for source, telling in _NOTICED.items() if words & telling]
    if len(suggested) == 1 and len(line.split()) == 1:
        return Reading(suggested[0], (str(suggested[0]),))
    reading = read_member(line, DetectionSource)
    if reading.value is not None:
        return reading
    question = "Was it an alert, a customer or a person?"
    if len(suggested) == 1:
        question = f"Was it {'an' if suggested[0] is DetectionSource.ALERT else 'a'} {suggested[0]}?"
    others = [source for source in DetectionSource if source not in suggested]
    return Reading(question=question, choices=_members([*suggested, *others]))


def read_yes_no(line: str) -> Reading[object]:
    """Return True for "yes", "y", "true", and False for "no", "n", "false"."""
    word = line.casefold()
    for value, words in ((True, ("yes", "true", "1")), (False, ("no", "false", "0"))):
        if any(each.startswith(word) for each in words):
            return Reading(value, ("yes" if value else "no",))
    return Reading(question="Type yes or no", choices=(Choice("yes", True), Choice("no", False)))


def read_count(line: str) -> Reading[object]:
    """Return a number of users: "12000", "12,000", "12k", "1.2m"."""
    found = _COUNT.fullmatch(line)
    if found is None:
        return Reading(question="Type a number such as 12,000 or 12k")
    digits, size = found[1], _SIZES.get((found[2] or "").lower(), 1)
    if digits.count(".") != 1:
        return _counted(int(re.sub(r"\D", "", digits)) * size)
    whole, _, part = digits.partition(".")
    if len(part) == 3 and size == 1:  # "12.000": a thousand in some places, three decimals in others
        options = [int(whole + part), *([int(whole)] if part == "000" else [])]
        choices = tuple(Choice(f"{number:,}", number) for number in options)
        return Reading(question=f"Which number is {line}?", choices=choices)
    number, rest = divmod(int(whole + part) * size, 10 ** len(part))
    if rest:
        return Reading(question="That is no whole number. Type a number such as 12,000 or 12k")
    return _counted(number)


def read_percent(line: str) -> Reading[object]:
    """Return a percentage: "23", "23 %", "23.5%"; more than 100 is possible."""
    found = _PERCENT.fullmatch(line)
    if found is None:
        return Reading(question="Type a percentage such as 23 %")
    percent = float(found[1].replace(",", "."))
    return Reading(percent, (f"{percent:g} %",))


def read_date(line: str, today: date) -> Reading[object]:
    """Return a day: "2026-11-18", "Nov 18", "today"."""
    days = find_day(line, 0, near=today, today=today, toward=Toward.NEAREST)
    if days is None or days.end != len(line):
        return Reading(question="Type a day such as 2026-11-18, Nov 18 or today")
    if days.wrong or len(days.options) > 1:
        question = f"{days.wrong[:1].upper()}{days.wrong[1:]}" or "Which day is meant?"
        return Reading(question=question, choices=tuple(Choice(named(each, today), each) for each in days.options))
    return Reading(days.options[0], (named(days.options[0], today),))


def read_moment(line: str, context: Context, *, resolved: bool) -> Reading[object]:
    """Return the moment at which the incident started, or was resolved when `resolved` is true.

    A time without a day is on the day on which it started, else today. What is resolved long before it started is
    proposed to be on the next day.
    """
    started = context.session.started if resolved else None
    frame = Frame(
        zone=context.session.zone,
        today=context.today,
        near=started,
        base=started,
        base_name="the start",
        above=started,
        above_name="the start",
        start=started,
    )
    reading = read_when(line, frame)
    when = reading.value
    if when is None:
        alone = [choice for choice in reading.choices if choice.value.end == len(line) and choice.value.until is None]
        choices = tuple(Choice(choice.label, choice.value.moment) for choice in alone)
        return Reading(question=reading.question, choices=choices)
    if when.end < len(line) or when.until is not None:
        return Reading(question="Type one moment and nothing else, such as 2026-11-15 14:00 UTC")
    return Reading(when.moment, reading.understood)


def read_zone(line: str) -> Reading[object]:
    """Return the name of a zone; for a name that there is not, the nearest ones are proposed."""
    name = zone_name(line) if zone_called(line) else line
    if find_zone(name) is not None:
        return Reading(name)
    wanted = line.casefold().replace(" ", "_")
    known = _zones()
    if wanted in known:
        return Reading(known[wanted], (known[wanted],))
    abbreviated = zone_called(line.upper())
    near = [getattr(abbreviated, "key", None) or str(abbreviated)] if abbreviated else []
    near += [zone for each, zone in known.items() if each.rpartition("/")[2] == wanted]
    near += [known[each] for each in get_close_matches(wanted, known, n=3)]
    question = f"There is no zone {line}. Type UTC, an offset such as +02:00, or a name such as Europe/Paris"
    return Reading(question=question, choices=_choices(dict.fromkeys(near)))


def read_cause(line: str) -> Reading[object]:
    """Return a root cause category: one that everybody has, by its beginning, or one's own."""
    word = line.casefold()
    found = [each for each in CATEGORIES if each == word] or [each for each in CATEGORIES if each.startswith(word)]
    if len(found) > 1:
        return Reading(question=f"{line} may be {' or '.join(found)}", choices=_choices([*found, line]))
    return Reading(found[0], (found[0],)) if found else Reading(line, ("a category of your own",))


def typed_value(value: object, session: Session) -> str:
    """Return a value as it is typed into its field."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case float():
            return repr(value).removesuffix(".0")
        case Moment():
            return written(value, None, Frame(zone=session.zone, today=date.min), usual_day=None)
        case tuple():
            return typed_names(value)
        case date():
            return value.isoformat()
    return str(value)


def shown_value(value: object, session: Session) -> str:
    """Return a value for reading."""
    match value:
        case int() if not isinstance(value, bool):
            return f"{value:,}"
        case float():
            return f"{value:g}"
        case Moment():
            return stamp(value, zone_name(session.zone))
        case tuple():
            return ", ".join(value)
    return typed_value(value, session)


def _same(member: str, typed: str) -> bool:
    return member.replace(" ", "") == typed.replace(" ", "")


def _begins(member: str, typed: str) -> bool:
    return member.startswith(typed) or any(word.startswith(typed) for word in member.split())


def _numbered(member: str, typed: str) -> bool:
    """Return whether "2" or "s2" is typed for "sev2"."""
    return member[-1].isdecimal() and typed.lstrip("sev- ") == member[-1]


def _one_of(members: list[StrEnum], line: str) -> Reading[object]:
    if len(members) == 1:
        return Reading(members[0], (str(members[0]),))
    question = f"{_short(line)} may be {' or '.join(members)}. Which is it?"
    return Reading(question=question, choices=_members(members))


def _members(members: Iterable[StrEnum]) -> tuple[Choice[object], ...]:
    return tuple(Choice(str(member), member) for member in members)


def _short(line: str) -> str:
    """Return what was typed, cut where a sentence about it would become too long to read."""
    return line if len(line) <= 40 else f"{line[:39].rstrip()}…"


def _choices(names: Iterable[str]) -> tuple[Choice[object], ...]:
    return tuple(Choice(name, name) for name in names)


def _counted(number: int) -> Reading[object]:
    return Reading(number, (f"{number:,}",))


@lru_cache(maxsize=1)
def _zones() -> dict[str, str]:
    """Return the names of the zone database by their lower-case form."""
    return {name.casefold(): name for name in sorted(available_timezones())}
