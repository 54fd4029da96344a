"""How much a text has the shape of a postmortem: by its headings, not by its words."""

import re

from facilitator.intake.markdown.document import Section
from facilitator.intake.markdown.headings import Meaning, exact_meaning, meaning_of
from facilitator.intake.markdown.inline import plain

_HEADING = re.compile(
    r" {0,3}#{1,6}\s+(?P<text>\S.{0,200}?)\s*#*\s*|<h[1-6][^>]{0,100}>(?P<html>.{1,200}?)</h[1-6]>\s*"
)
_LABEL = re.compile(r"\s{0,3}(?:[-*+]\s+)?(?:\*\*|__)(?P<text>[^*_]{2,80}?)(?:\*\*|__)\s*:?.*")
_UNDERLINE = re.compile(r"(?:=|-){3,}\s*")
_NAMED = re.compile(
    r"post-?\s?mortem|incident (?:report|review)|after[- ]action|outage|\bRCA\b|\bincident\b", re.IGNORECASE
)
_LOOKED_AT = 65_536
_WEIGHTS: dict[Section | str, int] = {
    Meaning.TIMELINE: 30,
    Meaning.ACTIONS: 15,
    Section.CAUSES: 15,
    Section.IMPACT: 12,
    Section.FACTORS: 12,
    Section.WELL: 12,
    Section.WRONG: 12,
    Section.LUCKY: 15,
    Section.LESSONS: 12,
    Section.RESOLUTION: 8,
    Section.DETECTION: 10,
    Section.TRIGGER: 8,
    Section.WHYS: 12,
    Section.SUMMARY: 5,
    Section.BACKGROUND: 2,
    Meaning.META: 3,
    Meaning.MAYBE: 5,
}


def likeness(text: str) -> int:
    """Return from 0, not at all, to 90 how much a text is built like a postmortem."""
    lines = text[:_LOOKED_AT].removeprefix("\ufeff").splitlines()
    found: set[Section | str] = set()
    for number, line in enumerate(lines):
        meaning = _meaning(line, lines[number + 1] if number + 1 < len(lines) else "")
        if meaning is not None:
            found.add(meaning)
    score = sum(_WEIGHTS.get(meaning, 0) for meaning in found)
    if not score:
        return 0
    named = _NAMED.search("\n".join(lines[:30])) is not None
    telling = found - {Section.SUMMARY, Section.BACKGROUND, Meaning.META, Meaning.MAYBE}
    if not telling or (len(telling) == 1 and Meaning.TIMELINE not in telling and not named):
        return 0
    return min(90, score + (12 if named else 0))


def _meaning(line: str, below: str) -> Section | str | None:
    if len(line) > 1000:
        return None
    heading = _HEADING.fullmatch(line)
    if heading is not None:
        return meaning_of(plain(heading["text"] or heading["html"]))
    label = _LABEL.fullmatch(line) if "**" in line or "__" in line else None
    if label is not None:
        return exact_meaning(label["text"])
    if line and _UNDERLINE.fullmatch(below):
        return exact_meaning(plain(line))
    return None
