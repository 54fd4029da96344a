"""Advice before a meeting: whether and when to hold it, and who had better not lead it."""

import re
from datetime import datetime, timedelta
from enum import StrEnum

import msgspec

from facilitator.model.edits import find
from facilitator.model.meeting_items import Meeting
from facilitator.model.metrics import window
from facilitator.model.session import Participant, Session, Severity

EARLIEST, LATEST = timedelta(hours=24), timedelta(hours=72)
"""How long after the incident a postmortem is best held: people have rested and still remember, and the data is there.
Source: "Postmortems: learning from failure", which recommends 24 to 72 hours."""

_RESPONDED = re.compile(
    r"\b(?:incident[ -](?:command|lead|leader|manager)|commander|on[ -]?call|ic)\b",
    re.IGNORECASE,
)


class Form(StrEnum):
    """What kind of postmortem an incident asks for."""

    MEETING = "meeting"
    MEETING_IF = "meeting if novel or recurring"
    WRITE_UP = "write-up"
    UNKNOWN = "unknown"


class Advised(msgspec.Struct, frozen=True):
    """What is advised: the form and the reason for it, and between which moments, in UTC, to hold it, if that is known.

    `late` is true when the last of these has passed: better late than never.
    """

    form: Form
    reason: str
    earliest: datetime | None = None
    latest: datetime | None = None
    late: bool = False


def advise(session: Session, now: datetime) -> Advised:
    """Return whether, and between which moments, to hold a postmortem; `now` is aware.

    A SEV1 or SEV2 always gets a meeting, a SEV3 when it is novel or recurs, and for a SEV4 a write-up will do. Whether
    it is novel or recurs is read from the factors, which say whether they were seen before. Source of both, form and
    time: "Postmortems: learning from failure".
    """
    form, reason = _form(session)
    start, end = window(session)
    after = end or start
    if form is Form.WRITE_UP or after is None:
        return Advised(form, reason)
    try:
        earliest, latest = after.at + EARLIEST, after.at + LATEST
    except OverflowError:
        return Advised(form, reason)
    return Advised(form, reason, earliest, latest, late=now > latest)


def responded(participant: Participant) -> bool:
    """Tell whether the role of a participant says that they were incident commander or on call."""
    return _RESPONDED.search(participant.role) is not None


def facilitator_who_responded(session: Session, meeting: Meeting | None = None) -> Participant | None:
    """Return the facilitator when their role says that they were incident commander or on call, else None.

    The facilitator is that of the meeting, else the participant whom the session names. Source: "Postmortems: learning
    from failure" wants a neutral party, neither the incident commander nor on call; so does Etsy's Debriefing
    Facilitation Guide, somebody who was not in the incident.
    """
    found = find(session, meeting.facilitator) if meeting is not None and meeting.facilitator else None
    if found is None and session.facilitator:
        name = session.facilitator.casefold().strip()
        found = next((each for each in session.participants if each.text.casefold().strip() == name), None)
    return found if isinstance(found, Participant) and responded(found) else None


def _form(session: Session) -> tuple[Form, str]:
    match session.severity:
        case Severity.SEV1 | Severity.SEV2:
            return Form.MEETING, f"a {session.severity} always gets a postmortem"
        case Severity.SEV3:
            return _of_sev3(session)
        case Severity.SEV4:
            return Form.WRITE_UP, "for a SEV4 a write-up will do; no meeting is needed"
    return Form.UNKNOWN, "the severity is not known"


def _of_sev3(session: Session) -> tuple[Form, str]:
    known = [factor.seen_before for factor in session.factors if factor.seen_before is not None]
    if any(known):
        return Form.MEETING, "a SEV3 gets a postmortem when it recurs: a factor was seen before"
    if known and len(known) == len(session.factors):
        return Form.MEETING, "a SEV3 gets a postmortem when it is novel: no factor was seen before"
    return Form.MEETING_IF, "a SEV3 gets a postmortem when it is novel or recurs; was anything of it seen before?"
