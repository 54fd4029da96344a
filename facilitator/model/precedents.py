"""Earlier incidents that a session is like: noted, and linked to the factors that were met in them."""

from collections.abc import Collection
from hashlib import sha256

from facilitator.model import edits
from facilitator.model.session import Factor, Precedent, Session


def precedent_id(session_id: str) -> str:
    """Return the id of the earlier incident of this session: two people who note it at once note one."""
    return f"P{sha256(session_id.encode()).hexdigest()[:25]}"


def noted(session: Session, earlier: Precedent) -> Session:
    """Return the session with an earlier incident noted; the same value when it is noted already."""
    return session if edits.find(session, earlier.id) is not None else edits.add(session, earlier)


def met(session: Session, earlier: Precedent, factors: Collection[str]) -> Session:
    """Return the session with an earlier incident linked to those of these factors to which it is not linked yet.

    A factor that was met there was seen before. From those to which it is linked already, the link is taken away; what
    is said of the factor stays, since somebody may have known it without the link.
    """
    session = noted(session, earlier)
    linked = edits.get(session, Precedent, earlier.id).factors
    for factor in factors:
        session = edits.toggle_link(session, earlier.id, "factors", factor)
        if factor not in linked:
            session = edits.change(session, factor, seen_before=True)
    return session


def met_in(session: Session, factor: Factor) -> tuple[Precedent, ...]:
    """Return the earlier incidents in which a factor was met, the newest first, those without a day last."""
    found = [each for each in session.precedents if factor.id in each.factors]
    return tuple(sorted(found, key=lambda each: (each.day is not None, each.day, each.id), reverse=True))
