"""What is decided in a preview: pure functions from a session to the next."""

from collections.abc import Callable, Sequence

from facilitator.model.review_items import Decision, Redaction, Withheld
from facilitator.model.session import Session
from facilitator.model.text import clean, one_line
from facilitator.redaction.accepted import is_about, subject_of
from facilitator.redaction.decisions import decide, is_everywhere, undecide
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
    session = undecided(session, each, profile)
    if each.decision is Decision.KEEP:
        return kept(session, each, profile, new_id, here=here)
    return worded(session, each, profile, each.final, new_id, here=here)


def is_here(session: Session, each: Replacement, profile: Profile) -> bool:
    """Tell whether what was decided about a replacement counts in its place only."""
    return any(
        not is_everywhere(noted) and is_about(noted, each)
        for noted in session.redactions
        if noted.profile in ("", profile.name) and not noted.accepted
    )


def concerned(before: Session, after: Session, found: Sequence[Replacement], near: int) -> int | None:
    """Return which replacement an edit was about that was undone or done again: the last until `near`, else the first.

    None when it was about none of them.
    """
    one, other = (*before.redactions, *before.withheld), (*after.redactions, *after.withheld)
    changed = [each for each in one if each not in other] + [each for each in other if each not in one]
    abouts = {each.about for each in changed if isinstance(each, Withheld)}
    notes = [each for each in changed if isinstance(each, Redaction)]
    places = [
        number
        for number, each in enumerate(found)
        if each.about in abouts or any(is_about(noted, each) for noted in notes)
    ]
    return max((number for number in places if number <= near), default=places[0]) if places else None


def again(each: Replacement, found: Sequence[Replacement]) -> int | None:
    """Return which of the replacements that were found anew stands where one stood before, or None."""
    where = (each.about, each.place, each.number)
    for number, other in enumerate(found):
        if (other.about, other.place, other.number) == where and other.start <= each.start < other.end:
            return number
    return None


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
