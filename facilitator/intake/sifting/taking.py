"""Drafts become entries of the timeline. Nothing is lost by that: what is not in the entry stays in the draft."""

import re
from collections.abc import Iterable, Sequence

import msgspec

from facilitator.intake.drafts import Draft, Stamp
from facilitator.intake.sifting.axis import kind_of, second_of
from facilitator.model.moments import Approximation, Precision
from facilitator.model.session import Entry, Milestone, Session
from facilitator.model.text import handle, one_line

LONGEST = 300
"""The longest text of an entry that is taken from a draft, in characters."""

_NAMES = {
    "slack": "Slack", "chat": "Chat", "pagerduty": "PagerDuty", "opsgenie": "Opsgenie", "alertmanager": "Alertmanager",
    "prometheus": "Prometheus", "grafana": "Grafana", "github": "GitHub", "git": "git", "git_log": "git",
    "incident_io": "incident.io", "rootly": "Rootly", "firehydrant": "FireHydrant", "datadog": "Datadog",
    "statuspage": "Statuspage", "columns": "Table", "plain": "Typed timeline", "log": "Log",
}  # fmt: skip
_CHATS = ("slack", "chat")
_FILES = (*_CHATS, "columns", "log", "plain")
_ADDRESS = re.compile(r"https?://[^\s<>|\"'\]]{1,2000}")
_SENTENCE_END = re.compile(r"[.!?…](?=\s)")
_EXACTNESS = {each: number for number, each in enumerate((Precision.SECOND, Precision.MINUTE, Precision.HOUR))}


def entry_of(
    drafts: Sequence[Draft],
    zone: str,
    *,
    new_id: str = "",
    milestones: Iterable[Milestone] = (),
) -> Entry:
    """Return drafts that tell of one thing, the fullest first, as an entry of the timeline.

    The text is that of the first draft, and the time the earliest of those that are known most exactly. `zone` is for
    times that have none of their own. Raises ValueError when no draft has a time that can be placed.
    """
    timed = [
        (draft.stamp, second)
        for draft in drafts
        if draft.stamp is not None and (second := second_of(draft.stamp, zone)) is not None
    ]
    if not timed:
        raise ValueError("there is no time that can be placed; tell when it was")
    stamp, _ = min(timed, key=lambda each: (_inexactness(each[0]), each[1]))
    try:
        # A timeline is told in seconds; what comes within one keeps the order in which it is filed.
        stamp = msgspec.structs.replace(stamp, local=stamp.local.replace(microsecond=0))
        at, until = stamp.moment(zone), stamp.end(zone)
    except OverflowError as error:
        raise ValueError("the calendar ends before that time") from error
    return Entry(
        id=new_id,
        at=at,
        text=line_of(drafts[0].text),
        until=until if until is not None and until > at.at else None,
        milestones=tuple(each for each in Milestone if each in set(milestones)),
        source=told_by(drafts),
        links=tuple(links_of(drafts)),
        origins=tuple(dict.fromkeys(draft.id for draft in drafts)),
    )


def line_of(text: str) -> str:
    """Return the line that an entry says: the whole text where it is short, else its first line or sentences."""
    line = one_line(text[: 4 * LONGEST])
    if len(line) <= LONGEST and len(text) <= 4 * LONGEST:
        return line
    line = next((short for each in text[: 4 * LONGEST].split("\n") if (short := one_line(each))), "")
    if len(line) <= LONGEST:
        return line
    ends = [found.end() for found in _SENTENCE_END.finditer(line, 0, LONGEST)]
    if ends:
        return line[: ends[-1]]
    return line[: LONGEST - 1].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"


def told_by(drafts: Iterable[Draft]) -> str:
    """Return where drafts come from, as an entry says it: "Slack #incidents, @dana; PagerDuty checkout"."""
    told: dict[str, list[str]] = {}
    for draft in drafts:
        kind = kind_of(draft.id)
        name = _NAMES.get(kind) or kind.replace("_", " ").replace("-", " ").capitalize()
        place = draft.place
        if kind in _CHATS and place and not place.startswith(("#", "@")):
            place = f"#{place}"
        elif not place:
            place = draft.file if kind in _FILES else ""
        who = draft.who
        if kind in _CHATS and who:
            who = handle(who.removeprefix("@"))
        people = told.setdefault(one_line(f"{name} {place}"), [])
        if who and who != draft.place and one_line(who) not in people:
            people.append(one_line(who))
    return "; ".join(", ".join((place, *people)) for place, people in told.items())


def links_of(drafts: Sequence[Draft]) -> Iterable[str]:
    """Return the addresses of evidence: those of the records, then those in their words; every one once."""
    own = [draft.link for draft in drafts if draft.link.startswith(("http://", "https://"))]
    named = [each.rstrip(".,;:!?)") for draft in drafts for each in _ADDRESS.findall(draft.text)]
    return dict.fromkeys((*own, *named))


def taken_origins(session: Session) -> frozenset[str]:
    """Return the ids of the drafts from which entries of a session were taken."""
    return frozenset(origin for entry in session.timeline for origin in entry.origins)


def _inexactness(stamp: Stamp) -> tuple[bool, int]:
    return stamp.approximation is not Approximation.EXACT, _EXACTNESS.get(stamp.precision, len(_EXACTNESS))
