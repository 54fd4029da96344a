"""Replacements that somebody has looked at and agreed to: noted in the session, and nothing that is published."""

from collections.abc import Callable

from facilitator.model.edits import add
from facilitator.model.review_items import Redaction
from facilitator.model.session import Session
from facilitator.redaction.decisions import counts_in, fingerprint, undecide
from facilitator.redaction.profiles import Profile
from facilitator.redaction.redacting import Replacement
from facilitator.redaction.told import SECRET


class Accepted:
    """What somebody has agreed to for the readers of a profile."""

    def __init__(self, session: Session, profile: Profile) -> None:
        self._noted = {
            (each.words.casefold(), each.replacement)
            for each in session.redactions
            if each.accepted and each.profile in ("", profile.name)
        }

    def __contains__(self, each: Replacement) -> bool:
        """Tell whether a replacement was agreed to as it is now; not when other words stand for these since."""
        return bool(self._noted) and (_noted(each).casefold(), each.final) in self._noted

    def looked_at(self, each: Replacement) -> bool:
        """Tell whether somebody has agreed to a replacement, or decided about it."""
        return each.decision is not None or each in self


def accept(session: Session, each: Replacement, profile: Profile, new_id: Callable[[], str]) -> Session:
    """Return the session in which it is noted that somebody agreed to a replacement, wherever its words stand.

    Of keys and passwords a digest is kept instead of the words, so that they are gone when they are taken out.
    """
    noted = Redaction(id=new_id(), words=_noted(each), profile=profile.name, replacement=each.final, accepted=True)
    return add(undecide(session, noted), noted)


def subject_of(each: Replacement) -> str:
    """Return the words for which a decision about a replacement counts everywhere."""
    return each.subject or each.words


def is_about(noted: Redaction, each: Replacement) -> bool:
    """Tell whether what is noted in a session, a decision or that somebody agreed, is about a replacement."""
    known_by = (each.words.casefold(), each.subject.casefold(), fingerprint(each.words))
    return noted.words.casefold() in known_by and counts_in(noted, each.about, each.place)


def _noted(each: Replacement) -> str:
    return fingerprint(each.words) if each.kind in SECRET else subject_of(each)
