"""Who approved what, and what was corrected after publication."""

from facilitator.documents.escape import block, inline
from facilitator.documents.layout import bullets, labelled, noted, stacked
from facilitator.documents.references import References
from facilitator.model.clocks import day
from facilitator.model.review_items import Approval, Version
from facilitator.model.session import Session
from facilitator.review.approvals import DigestOf, Digests, is_stale
from facilitator.review.versions import corrections as corrected


def approvals(session: Session, references: References) -> str:
    """Return the approvals, each with what was approved, by whom and when, and whether it was changed since."""
    digest_of = Digests()
    return bullets(_approval(each, session, references, digest_of) for each in session.approvals)


def corrections(session: Session, references: References) -> str:
    """Return the versions after the first, each with its number and day, why it was published, and what changed."""
    return bullets(_correction(each, references) for each in corrected(session))


def _approval(approval: Approval, session: Session, references: References, digest_of: DigestOf) -> str:
    who = noted(inline(approval.by), (inline(approval.role),))
    on = day(approval.at, references.zone, year=True)
    stale = "it was changed since" if is_stale(session, approval, digest_of) else ""
    head = noted(f"{labelled(approval.part.capitalize(), who)}, {on}", (stale,))
    return stacked((head, block(approval.text)))


def _correction(version: Version, references: References) -> str:
    by = f" by {inline(version.by)}" if version.by else ""
    return stacked(
        (
            f"**Version {version.number}**, {day(version.at, references.zone, year=True)}{by}",
            labelled("Why", block(version.text)),
            labelled("What changed", inline(version.changed)),
        )
    )
