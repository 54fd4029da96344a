"""The yes of a person to publishing a session for the readers of a profile; it is void when the text changes."""

from collections.abc import Callable, Sequence
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from typing import NamedTuple

import msgspec

from facilitator.model.edits import add
from facilitator.model.review_items import Consent, Pseudonym
from facilitator.model.session import Session, Status
from facilitator.redaction.profiles import Profile
from facilitator.redaction.redacting import Redacted, redacting


class Yes(StrEnum):
    """Whether somebody said yes to what would be published now."""

    GIVEN = "given"
    VOID = "void"
    NONE = "none"


class ConsentState(NamedTuple):
    """Whether there is a yes, and the last one that was given for these readers, or None."""

    yes: Yes
    last: Consent | None = None


def digest(session: Session) -> str:
    """Return what a yes to a redacted session is a yes to, as the SHA-256 of its text in hexadecimal.

    The status, the end of the review and the versions that were published are not a part of it: publishing changes
    these, and the yes to the next correction would be void before it was asked for.
    """
    return sha256(msgspec.json.encode(compared(session))).hexdigest()


def compared(session: Session) -> Session:
    """Return of a redacted session what a yes is a yes to; see `digest`."""
    return msgspec.structs.replace(session, status=Status.DRAFT, review_until=None, versions=())


def consent_of(session: Session, profile: Profile, patterns: Sequence[str] = ()) -> ConsentState:
    """Return whether somebody said yes to what the readers of a profile would get of a session now."""
    given = [each for each in session.consents if each.profile == profile.name]
    if not given:
        return ConsentState(Yes.NONE)
    return state_of(session, profile, redacting(session, profile, patterns))


def state_of(session: Session, profile: Profile, now: Redacted) -> ConsentState:
    """Return whether somebody said yes to what was redacted; see `consent_of`."""
    given = sorted((each for each in session.consents if each.profile == profile.name), key=lambda each: each.at)
    if not given:
        return ConsentState(Yes.NONE)
    return ConsentState(Yes.GIVEN if given[-1].digest == digest(now.session) else Yes.VOID, given[-1])


def with_consent(
    session: Session,
    profile: Profile,
    patterns: Sequence[str] = (),
    *,
    by: str,
    at: datetime,
    new_id: Callable[[], str],
) -> Session:
    """Return the session with somebody's yes to what the readers of a profile would get of it now.

    The names that were given to people, customers and hosts are kept with it, so that they stay the same from now on.
    `at` is aware.
    """
    now = redacting(session, profile, patterns)
    for words, text in now.pseudonyms.items():
        session = add(session, Pseudonym(id=new_id(), words=words, text=text))
    return add(session, Consent(id=new_id(), at=at, by=by, profile=profile.name, digest=digest(now.session)))
