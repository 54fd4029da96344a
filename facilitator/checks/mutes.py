"""Mutes: findings that were set aside with a reason, for as long as the words that they are about stand there."""

from collections.abc import Callable, Iterable
from hashlib import sha256

from facilitator.checks.finding import Category, Finding
from facilitator.model import edits
from facilitator.model.session import Mute, Session
from facilitator.model.text import one_line


def unmuted(findings: Iterable[Finding], session: Session) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """Return the findings to show, and those that are muted, each in the order in which they were given."""
    muted = {(mute.rule, mute.about, mute.words) for mute in session.mutes}
    shown: list[Finding] = []
    hidden: list[Finding] = []
    for finding in findings:
        (hidden if (finding.rule, finding.about, kept_words(finding)) in muted else shown).append(finding)
    return tuple(shown), tuple(hidden)


def mute_of(finding: Finding, session: Session) -> Mute | None:
    """Return the mute that sets a finding aside, or None."""
    words = kept_words(finding)
    return next(
        (each for each in session.mutes if (each.rule, each.about, each.words) == (finding.rule, finding.about, words)),
        None,
    )


def mute(session: Session, finding: Finding, reason: str, new_id: Callable[[], str]) -> Session:
    """Return the session with a finding muted, or with another reason for it when it is muted already.

    Raises EditError when the item that the finding is about is not there.
    """
    if finding.about and edits.find(session, finding.about) is None:
        raise edits.EditError(f"no item {finding.about!r} in this session")
    reason, known = one_line(reason), mute_of(finding, session)
    if known is not None:
        return edits.change(session, known.id, reason=reason)
    muted = Mute(id=new_id(), rule=finding.rule, about=finding.about, words=kept_words(finding), reason=reason)
    return edits.add(session, muted)


def kept_words(finding: Finding) -> str:
    """Return the words by which a mute knows its finding again: of what is sensitive, a digest that gives nothing away.

    Who redacts a text must not have to look for a second copy of it in the mutes.
    """
    if finding.category is Category.SENSITIVE:
        return f"sha256:{sha256(finding.words.encode(errors='replace')).hexdigest()[:32]}"
    return one_line(finding.words)
