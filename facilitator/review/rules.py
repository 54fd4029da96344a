"""What a team requires before a session is sent round and before it is published."""

import msgspec

from facilitator.checks.finding import Category
from facilitator.model.review_items import ApprovedPart
from facilitator.model.session import Status

LANGUAGE = (
    Category.PERSON,
    Category.JUDGEMENT,
    Category.COUNTERFACTUAL,
    Category.HINDSIGHT,
    Category.REMEDY,
    Category.STOPS,
)
"""The categories of blame language."""


class Requirements(msgspec.Struct, frozen=True, kw_only=True):
    """What must hold before a session takes a step.

    `sections` are keys of what phases want (see `phases.wanted`); `findings` the categories of which none may be left
    that is neither resolved nor muted. `owners` asks that actions have an owner and a date, `comments` that all are
    resolved, `answers` that everybody who was asked has answered, and `window` that the time for review is over, or
    everybody has answered.
    """

    sections: tuple[str, ...] = ()
    findings: tuple[Category, ...] = ()
    owners: bool = False
    comments: bool = False
    answers: bool = False
    window: bool = False
    approvals: tuple[ApprovedPart, ...] = ()


class ReviewRules(msgspec.Struct, frozen=True, kw_only=True):
    """How a team reviews: how many hours a draft circulates, and what is required to send it round and to publish it.

    Source of the hours and of the approvals: "Postmortems: learning from failure", review and approval.
    """

    hours: int = 48
    in_review: Requirements = Requirements(sections=("summary", "entries", "factors"))
    final: Requirements = Requirements(
        sections=("severity", "services", "summary", "impact.prose", "entries", "factors", "actions"),
        findings=(*LANGUAGE, Category.SENSITIVE),
        owners=True,
        comments=True,
        window=True,
        approvals=(ApprovedPart.ACTIONS, ApprovedPart.IMPACT, ApprovedPart.SECURITY),
    )

    def of(self, step: Status) -> Requirements:
        """Return what is required to become what `step` says; nothing to become a draft again."""
        return {Status.IN_REVIEW: self.in_review, Status.FINAL: self.final}.get(step, Requirements())
