"""Publishing: what a session becomes for its readers, and its versions, whose bytes the store keeps."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

import msgspec

from facilitator.model.review_items import Consent
from facilitator.model.session import Session
from facilitator.redaction.called import with_roles_once
from facilitator.redaction.consent import digest
from facilitator.redaction.profiles import Profile
from facilitator.redaction.redacting import Redacted, redacting
from facilitator.review.approvals import carried
from facilitator.review.comments import Signed
from facilitator.review.versions import Published, Readers, latest, publish
from facilitator.store.history import state
from facilitator.store.published_files import PublishedError, load_version
from facilitator.store.steps import Recorded


def for_readers(session: Session, profile: Profile | None, patterns: Sequence[str]) -> Session:
    """Return a session as the readers of a profile get it; without one, as it is. Nobody's yes is asked for here.

    They are told of the corrections of what was published for them, and of no others.
    """
    if profile is None:
        return session
    theirs = tuple(each for each in session.versions if each.profile == profile.name)
    return as_published(session, redacting(msgspec.structs.replace(session, versions=theirs), profile, patterns))


def as_published(session: Session, now: Redacted) -> Session:
    """Return a redacted session as documents show it: approvals are stale and hold as they do in the session."""
    return carried(session, with_roles_once(now.session))


def agreed(
    recorded: Sequence[Recorded], consent: Consent, profile: Profile, patterns: Sequence[str]
) -> Redacted | None:
    """Return what somebody said yes to, made anew from what the history of a session recorded then.

    None when the history does not go back so far, and when its state does not give what the yes is to: the profile, the
    patterns or the rules were others.
    """
    for number, each in enumerate(recorded, 1):
        there = each.state is not None and consent in each.state.consents
        if there or any(change.after == consent for change in each.changes):
            session = state(recorded[:number])
            then = redacting(session, profile, patterns) if session is not None else None
            return then if then is not None and digest(then.session) == consent.digest else None
    return None


def next_version(
    store: Path,
    session: Session,
    readers: Readers,
    render: Callable[[Session], bytes],
    signed: Signed,
    *,
    new_id: Callable[[], str],
    why: str = "",
) -> Published:
    """Return what comes of publishing a session, as `review.versions` has it, told apart from the version before.

    A version whose bytes are not there any more is no hindrance: then it is not told what changed. Nothing is kept yet:
    see `keep_version`. Raises ReasonMissingError.
    """
    last = latest(session, readers)
    before: bytes | None = None
    if last is not None:
        with suppress(PublishedError):
            before = load_version(store, session.id, last)
    return publish(session, readers, render, signed=signed, new_id=new_id, before=before, why=why)
