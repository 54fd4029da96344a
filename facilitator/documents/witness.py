"""The witness form: what a participant of an incident is asked for, in a Markdown file of their own."""

import re
from collections.abc import Callable, Iterator

import msgspec

from facilitator.documents.escape import inline
from facilitator.documents.layout import stacked
from facilitator.documents.witness_names import without_names
from facilitator.intake.marks import mark
from facilitator.intake.witness.filing import key_moments
from facilitator.intake.witness.words import (
    ABOUT,
    ASKED,
    END,
    FORM,
    FREE,
    HOW,
    KIND,
    MOMENT,
    NAME,
    NAMED,
    OWN,
    OWN_WORDS,
    TITLE,
    own_hint,
)
from facilitator.model.account_questions import QUESTIONS
from facilitator.model.aliases import by_role
from facilitator.model.clocks import clock, day
from facilitator.model.metrics import incident_day
from facilitator.model.moments import find_zone, local
from facilitator.model.private import published
from facilitator.model.session import Entry, Participant, Session
from facilitator.model.text import one_line

_ID = re.compile(r"[A-Za-z0-9_-]{1,100}")
_ZONE = re.compile(r"[A-Za-z0-9_+:/-]{1,60}")


def witness_form(session: Session, form_id: str, who: Participant | None = None) -> str:
    """Return the form for a participant of a session, or for anybody, in Markdown; it ends in one newline.

    `form_id` is the id of this form. `who` need not be in the session. Nothing private of the session is in it, no
    account of others, and no name but that of `who` as far as names can be told: participants are called by their
    roles, handles and names of which records tell by "somebody".
    """
    session = published(session)
    hidden = _hiding(session, who)
    zone = session.zone if _ZONE.fullmatch(session.zone) and find_zone(session.zone) is not None else "UTC"
    at = incident_day(session)
    start = local(at, zone).replace(tzinfo=None, second=0, microsecond=0) if at is not None else None
    values = [
        form_id,
        f"session={session.id}",
        *([f"for={who.id}"] if who is not None and _ID.fullmatch(who.id) else []),
        *([f"start={start.isoformat(timespec='minutes')}"] if start is not None else []),
        f"zone={zone}",
    ]
    entries = [entry for entry in key_moments(session, who.id if who is not None else "") if _ID.fullmatch(entry.id)]
    days = {day(entry.at.at, zone, year=True) for entry in entries}
    name = inline(who.text) if who is not None else ""
    blocks = (
        mark(KIND, FORM, *values),
        f"# {TITLE} {inline(hidden(one_line(session.title)))}",
        *ABOUT,
        HOW,
        f"**{NAMED}** {mark(KIND, NAME)} {name}".rstrip(),
        _part(OWN_WORDS, OWN),
        f"{own_hint(start, zone)}\n",
        *(block for entry in entries for block in _moment(entry, zone, hidden, several_days=len(days) > 1)),
        f"{_part(FREE, ASKED)}\n",
        mark(KIND, END),
    )
    return stacked(blocks) + "\n"


def _part(heading: str, part: str, *values: str) -> str:
    return f"## {heading} {mark(KIND, part, *values)}"


def _moment(entry: Entry, zone: str, hidden: Callable[[str], str], *, several_days: bool) -> Iterator[str]:
    at = f"{day(entry.at.at, zone)}, {clock(entry.at, zone)}" if several_days else clock(entry.at, zone)
    yield _part(f"{at} {inline(hidden(one_line(entry.text)))}".rstrip(), MOMENT, entry.id)
    for field, question in QUESTIONS.items():
        yield f"**{question}** {mark(KIND, field, entry.id)}\n"  # room to write


def _hiding(session: Session, who: Participant | None) -> Callable[[str], str]:
    """Return what replaces the names of everybody but `who`: of those whom the session knows by roles."""
    known = _hiding_known(session, who)
    own = one_line(who.text) if who is not None else ""
    others = without_names(session, own)
    return lambda text: others(known(text))


def _hiding_known(session: Session, who: Participant | None) -> Callable[[str], str]:
    """Return what replaces the names of everybody whom the session knows, but for `who`, by roles."""
    if who is None:
        return by_role(session)
    own = one_line(who.text).removeprefix("@").casefold()
    names = {own, *own.split()}

    def other(name: str) -> bool:
        return one_line(name).removeprefix("@").casefold() not in names

    others = msgspec.structs.replace(
        session,
        facilitator=session.facilitator if other(session.facilitator) else "",
        authors=tuple(filter(other, session.authors)),
        reviewers=tuple(filter(other, session.reviewers)),
        participants=tuple(each for each in session.participants if each.id != who.id and other(each.text)),
        actions=tuple(each for each in session.actions if other(each.owner)),
        questions=tuple(each for each in session.questions if other(each.owner)),
    )
    return by_role(others)
