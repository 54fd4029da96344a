"""Which entries of a written timeline mark a milestone: only those whose words say so and leave no doubt."""

import re
from collections.abc import Sequence

from facilitator.intake.markdown.document import DocumentEntry
from facilitator.model.moments import Precision
from facilitator.model.session import Milestone

_LOOKED_AT = 160
_THING = r"(?:the |this |an? |our )?(?:incident|outage|issue|problem|event|disruption|downtime|impact)"
_DOUBT = re.compile(
    r"\b(?:not|isn'?t|wasn'?t|never|partial(?:ly)?|temporar(?:y|ily)|appear(?:s|ed)?|seem(?:s|ed)?|assum\w+"
    r"|thought|think|believed?|prematurely|expected|hop\w+"
    r"|trying|tried|attempt\w*|if|until|should|would|could|again|some|start(?:ed|s)? to)\b", re.IGNORECASE,
)  # fmt: skip
_FIRST: dict[Milestone, re.Pattern[str]] = {
    Milestone.START: re.compile(
        rf"^(?:start of )?{_THING} (?:starts?|started|begins?|began)\b|^(?:start|beginning) of {_THING}\b"
        rf"|^(?:incident|outage|impact) start\b", re.IGNORECASE
    ),
    Milestone.DETECTED: re.compile(
        rf"^(?:first )?detected\b|^{_THING} (?:is |was |has been )?(?:first )?(?:detected|noticed|discovered"
        rf"|identified)\b|^detection\b|^(?:first )?(?:alerts?|pagers?|alarms?|page)\b"
        r".{0,60}\b(?:fires?|fired|triggers?|triggered|received|went off|goes off|sounds?|raised)\b|\b(?:got"
        r"|received|receives?|gets?)\b.{0,25}\b(?:first|automatic|automated)\b.{0,12}\b(?:alert|page|alarm)\b"
        r"|\bfirst (?:alert|page|alarm|report)\b", re.IGNORECASE,
    ),
    Milestone.ACKNOWLEDGED: re.compile(r"^(?:alert |page |incident )?(?:is |was )?(?:acknowledged?|acked"
    r"|acks)\b|\backnowledge[sd]? the (?:alert|page|alarm|incident)\b|\bon-?call acknowledge[sd]\b", re.IGNORECASE),
    Milestone.DECLARED: re.compile(
        rf"\b{_THING} (?:is |was |has been |being )?(?:formally |officially )?(?:declared|announced"
        rf"|opened)\b(?! (?:as )?(?:resolved|over|mitigated|closed))|\bdeclare[sd]? (?:an? "
        rf"|the )?(?:\w+ )?(?:incident|sev|outage|p[0-4])"
        r"|^declared\b(?! (?:as )?(?:resolved|over))", re.IGNORECASE,
    ),
}  # fmt: skip
_LAST: dict[Milestone, re.Pattern[str]] = {
    Milestone.MITIGATED: re.compile(
        rf"^(?:fully )?mitigated\b|\b{_THING} (?:is |was |has been |declared )?mitigated\b|^repaired\b"
        rf"|\brollback (?:is |was )?(?:completed?|finished|done)\b|\bmitigation (?:is |was )?(?:in place"
        rf"|completed?)\b", re.IGNORECASE
    ),
    Milestone.RESOLVED: re.compile(
        rf"^(?:fully )?resolved\b|\b{_THING} (?:is |was |has been |now |fully )*(?:declared |marked "
        rf"|communicated |considered )?(?:as )?(?:fully )?(?:resolved|closed|over)\b"
        rf"|\b(?:declare|resolve|close|communicate|mark)[sd]? {_THING}(?: as)?(?: resolved| closed"
        rf"| over)?\s*\.?$|^(?:end of|all[ -]clear)\b|\b(?:declared|communicated"
        rf"|marked)\b.{{0,20}}\bas resolved\b", re.IGNORECASE
    ),
}  # fmt: skip

LABELS: tuple[tuple[re.Pattern[str], Milestone], ...] = (
    (re.compile(r"\bdetect|\bidentified|\bnoticed|\bdiscovered", re.IGNORECASE), Milestone.DETECTED),
    (re.compile(r"\backnowledg", re.IGNORECASE), Milestone.ACKNOWLEDGED),
    (re.compile(r"\bdeclared|\bopened", re.IGNORECASE), Milestone.DECLARED),
    (re.compile(r"\brepaired|\bmitigat|\brecovered|\brestored", re.IGNORECASE), Milestone.MITIGATED),
    (re.compile(r"\bresolved|\bend(?:ed)?\b|\bclosed", re.IGNORECASE), Milestone.RESOLVED),
    (re.compile(r"\bstart|\bbegan|\bbegin", re.IGNORECASE), Milestone.START),
)
"""What a time that a document states by name marks, by a word of its name; the first that fits."""


def labelled(label: str) -> Milestone | None:
    """Return the milestone that a name such as "First detected" means, or None."""
    return next((milestone for pattern, milestone in LABELS if pattern.search(label)), None)


def milestones_of(entries: Sequence[DocumentEntry]) -> dict[Milestone, int]:
    """Return the place of the entry that marks each milestone: the first that says so, of what ends it the last.

    A milestone that would stand in the wrong order is left out.
    """
    found: dict[Milestone, int] = {}
    for place, entry in enumerate(entries):
        text = entry.text[:_LOOKED_AT].split("\n")[0]
        if entry.stamp.precision is Precision.DAY or _DOUBT.search(text):
            continue
        for milestone, pattern in _FIRST.items():
            if milestone not in found and pattern.search(text):
                found[milestone] = place
        for milestone, pattern in _LAST.items():
            if pattern.search(text):
                found[milestone] = place
    begun = found.get(Milestone.DETECTED, found.get(Milestone.DECLARED))
    wrong = [
        milestone
        for milestone in (Milestone.MITIGATED, Milestone.RESOLVED)
        if milestone in found and begun is not None and found[milestone] < begun
    ]
    return {milestone: place for milestone, place in found.items() if milestone not in wrong}
