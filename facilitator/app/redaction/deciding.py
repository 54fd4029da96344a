"""What is decided in a preview: pure functions from a session to the next."""

from collections.abc import Callable

from facilitator.model.review_items import Decision, Redaction
from facilitator.model.session import Session
from facilitator.model.text import clean, one_line
from facilitator.redaction.accepted import subject_of
from facilitator.redaction.decisions import decide, undecide
from facilitator.redaction.profiles import Profile
from facilitator.redaction.redacting import Replacement

NewId = Callable[[], str]


def undecided(session: Session, each: Replacement, profile: Profile) -> Session:
    """Return the session without any decision that counts for a replacement in its place."""
    for words in {each.words, subject_of(each)}:
        for name in ("", profile.name):
            session = undecide(session, Redaction(words=words, profile=name))
            session = undecide(session, Redaction(words=words, profile=name, about=each.about, place=each.place))
    return session


def kept(session: Session, each: Replacement, profile: Profile, new_id: NewId, *, here: bool) -> Session:
    """Return the session in which the words of a replacement stay: everywhere, or `here` alone."""
    return _decided(session, each, profile, new_id, here=here, decision=Decision.KEEP)


def worded(session: Session, each: Replacement, profile: Profile, words: str, new_id: NewId, *, here: bool) -> Session:
    """Return the session in which other words stand for those of a replacement: everywhere, or `here` alone."""
    return _decided(session, each, profile, new_id, here=here, replacement=one_line(words))


def added(session: Session, line: str, profile: Profile, new_id: NewId) -> Session:
    """Return the session in which words are replaced too: "Acme Corp", or "Acme Corp = a large customer"."""
    words, _, other = line.rpartition(" = ") if " = " in line else (line, "", "")
    return decide(
        session,
        Redaction(words=clean(words).strip(), profile=profile.name, replacement=one_line(other)),
        new_id,
    )


def turned(session: Session, each: Replacement, profile: Profile, new_id: NewId, *, here: bool) -> Session:
    """Return the session in which what was decided about a replacement counts everywhere, or `here` alone."""
    if each.decision is Decision.KEEP:
        return kept(session, each, profile, new_id, here=here)
    return worded(session, each, profile, each.final, new_id, here=here)


def _decided(
    session: Session,
    each: Replacement,
    profile: Profile,
    new_id: NewId,
    *,
    here: bool,
    decision: Decision = Decision.REPLACE,
    replacement: str = "",
) -> Session:
    words, about, place = (each.words, each.about, each.place) if here else (subject_of(each), "", "")
    made = Redaction(
        words=words, profile=profile.name, about=about, place=place, decision=decision, replacement=replacement
    )
    return decide(session if here else undecided(session, each, profile), made, new_id)
