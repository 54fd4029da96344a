"""What a draft names that another one may name too: numbers of incidents, changes, addresses; and what it tells of."""

import re
from typing import NamedTuple

from facilitator.checks.words import words_of
from facilitator.intake.drafts import Draft, Signal
from facilitator.intake.sifting.wordings import LONGEST_READ, words_in

_ADDRESS = re.compile(r"https?://([^\s<>|\"')\]?#]{4,300})")
_NUMBERED = re.compile(r"(?<![\w/-])(?:#(\d{2,9})|([A-Z]{2,10}-\d{2,7}))(?!\w)")
_CALLED = re.compile(r"(?<![^\W_])(?:[A-Z][a-z0-9]{1,30}){2,10}(?![^\W_])")
_HYPHENATED = re.compile(r"(?<![\w./-])[a-z]{2,30}(?:-[a-z0-9]{1,30}){2,8}(?![\w/-])")
_CHANGE = re.compile(r"(?<![0-9a-z])(?=[0-9a-f]{0,39}[0-9])(?=[0-9a-f]{0,39}[a-f])([0-9a-f]{7,40})(?![0-9a-z])")
_DIGIT = re.compile(r"\d")
_SHORT = 7
"""How many characters of the name of a change are told apart, as people shorten it."""

_TELLING = {
    Signal.FIRES: "fires", Signal.ACKNOWLEDGED: "taken", Signal.ESCALATED: "escalated", Signal.ENDS: "ends",
    Signal.DECLARED: "declared", Signal.MITIGATED: "mitigated", Signal.CHANGED: "changed",
    Signal.CHANGE_FAILED: "failed",
}  # fmt: skip
_SAID = {
    **dict.fromkeys(("firing", "fired", "fires", "triggered", "alerting", "alert", "alarm", "problem"), "fires"),
    **dict.fromkeys(("acknowledged", "acked", "ack", "acking"), "taken"),
    **dict.fromkeys(("resolved", "recovered", "recovery", "closed", "cleared"), "ends"),
    **dict.fromkeys(("escalated", "escalating"), "escalated"),
    **dict.fromkeys(("declared", "declaring"), "declared"),
    **dict.fromkeys(("mitigated",), "mitigated"),
    **dict.fromkeys(("deployed", "deploying", "deployment", "deploy", "released", "release", "shipped"), "changed"),
}
_EARLY = 8
"""Within how many words from the beginning it is said what a message tells of."""

_SMALL = words_of("""
a an and are as at be been by critical error for from has have in info is it its of on or our prod production severity
that the this to warning was we were with you status state id incident alert alarm monitor success successful succeeded
""")


class Told(NamedTuple):
    """What a draft names, what it tells of ("fires", or nothing), the words that carry its meaning, and its numbers."""

    names: frozenset[str]
    about: str
    words: frozenset[str]
    numbers: frozenset[str]


def alerts_named(text: str) -> frozenset[str]:
    """Return the names in a text that are written as those of alerts are: CheckoutErrorRateHigh, disk-almost-full."""
    return frozenset((*_CALLED.findall(text[:LONGEST_READ]), *_HYPHENATED.findall(text[:LONGEST_READ])))


def told(draft: Draft) -> Told:
    """Return what a draft names and tells."""
    text = draft.text[:LONGEST_READ]
    names = set(alerts_named(text) if draft.signal is Signal.FIRES else _CALLED.findall(text))
    plain = text
    if "://" in text or draft.link:
        found = _ADDRESS.findall(f"{text} {draft.link[:300]}")
        names.update(f"https://{each.rstrip('/.,;:').lower()}" for each in found)
        plain = _ADDRESS.sub(" ", text)
    if _DIGIT.search(text) or draft.key:
        names.update(each[:_SHORT] for each in _CHANGE.findall(f"{text} {draft.key[:200]}".lower()))
        names.update((number and f"#{number}") or name for number, name in _NUMBERED.findall(plain))
        plain = _NUMBERED.sub(" ", plain)
    said = words_in(plain)
    if draft.signal is None:
        about = next((_SAID[word] for word in said[:_EARLY] if word in _SAID), "")
    else:
        about = _TELLING.get(draft.signal, "")
    meaning = frozenset(word for word in said if word not in _SMALL and word not in _SAID)
    return Told(frozenset(names), about, meaning, frozenset(filter(_DIGIT.search, meaning)))
