"""Decisions about words that match nothing of a session as it is now: they take effect when the words come up."""

from facilitator.model.private import published
from facilitator.model.review_items import Decision, Redaction
from facilitator.model.session import Session
from facilitator.redaction.accepted import is_about
from facilitator.redaction.decisions import counts_in, everywhere
from facilitator.redaction.profiles import Profile
from facilitator.redaction.redacting import Redacted
from facilitator.redaction.spots import spots
from facilitator.redaction.told import words_shown


def idle(session: Session, profile: Profile, result: Redacted) -> tuple[Redaction, ...]:
    """Return the decisions for the readers of a profile that match nothing in a session now, as they were made.

    `result` is what is replaced in the session for these readers. That words stay matches what would be replaced.
    """
    made = [each for each in session.redactions if each.profile in ("", profile.name) and not each.accepted]
    decided = [each for each in result.replacements if each.decision is not None]
    unmatched = [each for each in made if not any(is_about(each, other) for other in decided)]
    if not unmatched:
        return ()
    texts = [each for each in spots(published(session)) if each.text]

    def is_there(decision: Redaction) -> bool:
        pattern = everywhere((decision.words,))
        return pattern is not None and any(
            pattern.search(each.text) for each in texts if counts_in(decision, each.about, each.place)
        )

    return tuple(each for each in unmatched if each.decision is Decision.KEEP or not is_there(each))


def idle_told(decision: Redaction) -> str:
    """Return in words what was decided about words that are nowhere, without keys."""
    words = words_shown(decision.words)
    if decision.decision is Decision.KEEP:
        return f"{words} stays"
    return f"{words} -> {decision.replacement or '[removed]'}"
