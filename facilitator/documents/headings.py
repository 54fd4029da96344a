"""What a heading, a label or the head of a table says of the text below it: which part of a postmortem that is."""

import re
from collections.abc import Iterable

from facilitator.checks.rules import Context

LONGEST = 10
"""Of a longer heading, in words, nothing is concluded: it is a sentence, and may hold any of the names."""

_ASIDE = re.compile(r"\([^()]{0,200}\)|\[[^\[\]]{0,200}\]")
_NUMBER = re.compile(r"^\W*(?:\d+(?:\.\d+)*[.)]?\s+)?")
_WHEN = re.compile(r"^\W*(?:~|ca\.?|about)?\s*(?:\d{1,4}[:./-]\d|\d{1,2}\s?(?:am|pm)\b|day \d)", re.IGNORECASE)
_TIMES = re.compile(r"^(?:date|time|when|timestamp|date and time|at|hour)s?\b", re.IGNORECASE)

_NAMES = {
    Context.TIMELINE: (
        r"time ?lines?",
        r"chronolog\w*",
        r"(?:sequence|log|order) of events",
        r"(?:key|main) events",
        r"(?:event|incident) log",
    ),
    Context.WHY_ANSWER: (r"(?:five|5) why'?s", r"why tree", r"whys"),
    Context.FACTOR: (
        r"contribut\w+(?: \w+)? (?:factors?|causes?|conditions?)",
        r"(?:contributing|aggravating|mitigating) \w+",
        r"factors?|contributors|mitigators?",
        r"what made (?:it|this) possible",
    ),
    Context.ROOT_CAUSE: (
        r"(?:root[- ])?causes?",
        r"triggers?",
        r"why did (?:it|this) happen",
        r"what caused (?:it|this)",
    ),
    Context.LESSON: (
        r"lessons?|learnings?|take-?aways?",
        r"what (?:went|did|worked|could) .*",
        r"went (?:well|wrong|badly)",
        r"(?:got|were) lucky",
    ),
    Context.ACTION: (
        r"actions?|follow[- ]?ups?|next steps|to-?dos?|future work",
        r"remediations?|preventions?|improvements?|recommendations?",
        r"(?:corrective|prevent\w+) \w+",
        r"do better",
    ),
    Context.RESPONSE: (
        r"responses?|resolutions?|recovery|detections?|mitigations?|identified|escalations?",
        r"communications?|investigations?|diagnos[ie]s|incident command",
    ),
    Context.SUMMARY: (
        r"summary|overview|impact|background|context|introduction|description|what happened|conclusions?",
        r"status|stats|attendees|participants|authors?|severity|appendix|glossary|references|links",
    ),
}
_PARTS = tuple((context, re.compile(rf"\b(?:{'|'.join(names)})\b", re.IGNORECASE)) for context, names in _NAMES.items())


def part(heading: str) -> Context | None:
    """Return what the text below a heading is, or None when the heading does not say."""
    said = _NUMBER.sub("", _ASIDE.sub(" ", heading)).strip()
    if len(said.split()) > LONGEST:
        return None
    found = [
        (match.start(), place, context)
        for place, (context, names) in enumerate(_PARTS)
        if (match := names.search(said))
    ]
    if any(context is Context.TIMELINE for *_, context in found):
        return Context.TIMELINE  # "Timeline of the recovery" and "Recovery timeline"
    return min(found)[2] if found else None


def tells_when(heading: str) -> bool:
    """Return whether a heading is a day or a time of day: a step of the part that it stands in."""
    return bool(_WHEN.match(heading))


def part_of_table(heads: Iterable[str]) -> Context | None:
    """Return what the rows of a table are, or None when its heads do not say."""
    said = [head.strip() for head in heads]
    if said and _TIMES.match(said[0]):
        return Context.TIMELINE
    return Context.ACTION if any(part(head) is Context.ACTION for head in said) else None
