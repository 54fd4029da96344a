"""Zones as documents state them: after a time, in a heading, in a sentence."""

import re
from datetime import UTC, tzinfo
from functools import lru_cache

from facilitator.capture.zones import zone_called
from facilitator.model.moments import find_zone

_WORDED = {
    "eastern": "America/New_York", "pacific": "America/Los_Angeles", "central": "America/Chicago",
    "mountain": "America/Denver", "us/pacific": "America/Los_Angeles", "uc/pacific": "America/Los_Angeles",
    "us/eastern": "America/New_York", "us/central": "America/Chicago", "us/mountain": "America/Denver",
    "denver": "America/Denver", "london": "Europe/London", "berlin": "Europe/Berlin", "paris": "Europe/Paris",
    "zurich": "Europe/Zurich", "zürich": "Europe/Zurich", "amsterdam": "Europe/Amsterdam", "tokyo": "Asia/Tokyo",
    "new york": "America/New_York", "san francisco": "America/Los_Angeles", "sydney": "Australia/Sydney",
    "singapore": "Asia/Singapore", "stockholm": "Europe/Stockholm", "madrid": "Europe/Madrid",
    "vienna": "Europe/Vienna", "zulu": "UTC",
    "cat": "+02:00", "wib": "+07:00", "ict": "+07:00", "eat": "+03:00",
    "wat": "+01:00", "trt": "+03:00", "art": "-03:00", "clt": "-04:00", "met": "+01:00", "mest": "+02:00",
    "mez": "+01:00", "mesz": "+02:00", "coordinated universal time": "UTC", "greenwich mean time": "UTC",
}  # fmt: skip
"""Names of zones that stand in documents and are no abbreviation that the capture line knows."""

_CODES = (
    "UTC", "GMT", "WET", "WEST", "CET", "CEST", "BST", "EET", "EEST", "MSK", "SAST", "IST", "PKT", "SGT", "HKT",
    "JST", "KST", "AWST", "ACST", "ACDT", "AEST", "AEDT", "NZST", "NZDT", "PST", "PDT", "MST", "MDT", "CST",
    "CDT", "EST", "EDT", "AKST", "AKDT", "HST", "AST", "ADT", "BRT", "PT", "MT", "CT", "ET", "CAT", "WIB", "ICT",
    "EAT", "WAT", "MEZ", "MESZ",
)  # fmt: skip
_OFFSET = r"(?:UTC|GMT)\s?[+\-\u2212]\s?\d{1,2}(?::?[0-5]\d)?"
_PLACE = r"[A-Z][A-Za-z]{1,20}/[A-Z][A-Za-z_]{2,30}(?:/[A-Z][A-Za-z_]{2,30})?"
_NAMED = r"(?:Eastern|Pacific|Central|Mountain|Zulu)(?: (?:Standard |Daylight )?Time)?"
_CITIES = (
    r"(?:Denver|London|Berlin|Paris|Z[uü]rich|Amsterdam|Tokyo|New York|San Francisco|Sydney|Singapore"
    r"|Stockholm|Madrid|Vienna)(?= [Tt]ime| local)(?: [Tt]ime)?"
)
_AFTER = re.compile(
    rf"\s?(?P<open>[(\[])?\s?(?P<name>{_OFFSET}|{_PLACE}|(?:{'|'.join(_CODES)})(?![\w/])|(?:utc|gmt|cet|cest"
    rf"|pst|pdt|est|edt|bst)(?!\w)"
    rf"|{_NAMED}(?!\w)|[zZ](?![\w])|[+-]\d\d:?[0-5]\d(?!\d))(?(open)\s?[)\]])"
)
_STATED = re.compile(
    rf"(?<![\w/])(?:{_OFFSET}|{_PLACE}(?![\w/])|(?:{'|'.join(_CODES)})(?![\w/])|(?:utc|gmt|cet|cest)(?!\w)"
    rf"|{_NAMED}(?!\w)|{_CITIES}|Zulu)"
)
_SENTENCE = re.compile(
    r"\b(?:all|the|these|local)?\s*(?:times|timestamps|time stamps|dates? and times?|time ?zones?|hours)\b[^.\n]{0,80}"
    r"|\btime\s*(?:is|are|in|zone|:|=|\()[^.\n]{0,40}|\btz\s*[:=][^.\n]{0,40}|\bin the \S{2,20} time ?zone",
    re.IGNORECASE,
)


@lru_cache(maxsize=512)
def rules_of(name: str) -> tzinfo | None:
    """Return the rules of a zone as it is written, or None for none that is known."""
    bare = " ".join(name.replace("\u2212", "-").split())
    bare = re.sub(r"(?i)\s?(?:standard |daylight )?time$", "", bare)
    worded = _WORDED.get(bare.casefold())
    if worded is not None:
        return find_zone(worded)
    packed = bare.replace(" ", "")
    return zone_called(packed if "/" in packed else packed.upper())


@lru_cache(maxsize=512)
def kept_name(name: str) -> str:
    """Return the name by which a stamp keeps a zone: "UTC", an offset, or a name of the zone database; "" for none."""
    rules = rules_of(name)
    if rules is None:
        return ""
    return "UTC" if rules is UTC else getattr(rules, "key", None) or str(rules)


def zone_after(text: str, at: int) -> tuple[str, int]:
    """Return the zone that is written after a time that ends at `at`, and where it ends; "" when none is."""
    found = _AFTER.match(text, at)
    if found is None or not kept_name(found["name"]):
        return "", at
    return found["name"], found.end()


def zone_in(text: str) -> str:
    """Return the zone that a heading or the head of a column names, or ""."""
    return next((found[0] for found in _STATED.finditer(text) if kept_name(found[0])), "")


def zone_said(text: str) -> str:
    """Return the zone that a sentence says all times are in, or ""."""
    if len(text) > 2000:
        text = text[:2000]
    for found in _SENTENCE.finditer(text):
        zone = zone_in(found[0])
        if zone:
            return zone
    return ""


_TIME = re.compile(
    r"\d(?::\d\d){1,2}(?:\s?[ap]\.?m\.?)?|\d\s?[ap]\.?m\.?(?!\w)|\d\d\.\d\d(?:\s?[ap]\.?m\.?)?", re.IGNORECASE
)


def zones_after_times(text: str) -> list[str]:
    """Return the zones that stand after times anywhere in a text."""
    found = []
    for each in _TIME.finditer(text):
        zone, _ = zone_after(text, each.end())
        if zone and zone[0] not in "+-":
            found.append(zone)
    return found
