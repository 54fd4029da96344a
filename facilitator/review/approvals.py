"""Approvals: somebody says yes to a part of a session, as it is then."""

import re
from collections.abc import Callable
from enum import StrEnum
from hashlib import sha256
from typing import Any

import msgspec

from facilitator.model import edits
from facilitator.model.private import published
from facilitator.model.review_items import Approval, ApprovedPart
from facilitator.model.session import ActionStatus, Session, Status
from facilitator.model.text import clean, paragraphs
from facilitator.review.comments import Signed, name_of, same_name

ROLES: dict[ApprovedPart, str] = {
    ApprovedPart.ACTIONS: "engineering manager",
    ApprovedPart.IMPACT: "product",
    ApprovedPart.SECURITY: "security",
    ApprovedPart.WHOLE: "reviewer",
}
"""Who approves a part, as a rule. Source: "Postmortems: learning from failure", stakeholder approval."""


DigestOf = Callable[[Session, ApprovedPart], str]
"""What gives the digest of a part: `digest`, or `Digests` where many are asked for."""

_ESCAPED = re.compile(r"\\[bfru]")


class Standing(StrEnum):
    """How the approval of a part stands."""

    NONE = "none"
    GIVEN = "given"
    STALE = "stale"


def digest(session: Session, part: ApprovedPart) -> str:
    """Return a digest of what an approval of this part is about, as it is now.

    The progress of actions is no part of it, and neither is the review itself, nor what no document shows.
    """
    return sha256(_encoded(_CONTENT[part](published(session)))).hexdigest()[:32]


class Digests:
    """Gives digests as `digest` does; what was made for a session is kept until another one is asked about."""

    def __init__(self) -> None:
        self._session: Session | None = None
        self._made: dict[Callable[[Session], Any], str] = {}

    def __call__(self, session: Session, part: ApprovedPart) -> str:
        """Return the digest of a part."""
        if session is not self._session:
            self._session, self._made = session, {}
        content = _CONTENT[part]
        if content not in self._made:
            self._made[content] = digest(session, part)
        return self._made[content]


def _encoded(content: Any) -> bytes:
    """Return content as JSON with its text cleaned: JSON has no lone surrogates.

    Nearly all text is clean, and a look at the whole tells so at a small part of the cost of cleaning each.
    """
    try:
        made = msgspec.json.encode(content, order="sorted")
        text = made.decode()
        if _ESCAPED.search(text) is None and clean(text) == text:
            return made
    except UnicodeEncodeError:
        pass
    return msgspec.json.encode(_cleaned(msgspec.to_builtins(content)), order="sorted")


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dict):
        return {key: _cleaned(each) for key, each in value.items()}
    return [_cleaned(each) for each in value] if isinstance(value, list | tuple) else value


def approve(
    session: Session,
    part: ApprovedPart,
    signed: Signed,
    new_id: Callable[[], str],
    *,
    role: str = "",
    text: str = "",
    read: str = "",
) -> Session:
    """Return the session with an approval of a part by somebody, in place of an earlier one of theirs.

    Without a `role`, it is the one that the session knows of them, else that of whoever approves this part as a rule.
    `read` is the digest of what they had before them, when that was not the session as it is. What they were asked for
    is answered by it. Raises ValueError without a name.
    """
    by, now = name_of(signed.by), signed.at
    if not by:
        raise ValueError("an approval needs a name: whose is it?")
    for earlier in of(session, part, by):
        session = edits.remove(session, earlier.id)
    approval = Approval(
        id=new_id(),
        at=now,
        by=by,
        part=part,
        digest=read or digest(session, part),
        role=name_of(role) or role_of(session, by) or ROLES[part],
        text=paragraphs(text).strip(),
    )
    for request in session.review_requests:
        is_answered = part is ApprovedPart.WHOLE or request.part in (part, None)
        if same_name(request.text, by) and is_answered and request.answered is None:
            session = edits.change(session, request.id, answered=now, said=request.said or f"approved {part}")
    return edits.add(session, approval)


def role_of(session: Session, name: str) -> str:
    """Return the role that somebody has by what the session says of its participants, or nothing."""
    named = (each.role for each in session.participants if each.role and same_name(each.text, name))
    return name_of(next(named, "facilitator" if same_name(session.facilitator, name) else ""))


def of(session: Session, part: ApprovedPart, by: str) -> tuple[Approval, ...]:
    """Return the approvals of a part by somebody: one, or those of two terminals."""
    return tuple(each for each in session.approvals if each.part is part and same_name(each.by, by))


def is_stale(session: Session, approval: Approval, digest_of: DigestOf = digest) -> bool:
    """Tell whether what was approved is not as it was any more."""
    return approval.digest != digest_of(session, approval.part)


def standing(session: Session, part: ApprovedPart, digest_of: DigestOf = digest) -> Standing:
    """Return how the approval of a part stands: given when any approval of it, or of the whole, still holds."""
    given = [each for each in session.approvals if each.part in (part, ApprovedPart.WHOLE)]
    if not given:
        return Standing.NONE
    return Standing.STALE if all(is_stale(session, each, digest_of) for each in given) else Standing.GIVEN


def carried(session: Session, other: Session) -> Session:
    """Return another form of a session, such as a redacted one, in which the same approvals are stale and hold."""
    if not other.approvals:
        return other
    before, after = Digests(), Digests()
    holding = {each.id for each in session.approvals if not is_stale(session, each, before)}
    approvals = tuple(
        msgspec.structs.replace(each, digest=after(other, each.part) if each.id in holding else "")
        for each in other.approvals
    )
    return msgspec.structs.replace(other, approvals=approvals)


def _actions(session: Session) -> Any:
    return [
        (each.text, each.owner, each.due, each.priority, each.type, each.note if _is_off(each.status) else None)
        for each in session.actions
    ]


def _impact(session: Session) -> Any:
    return session.impact, session.severity, session.services, session.started, session.resolved, session.summary


def _whole(session: Session) -> Any:
    """Everything that documents show, but what is about the review itself and the progress of actions."""
    return _without_ranks(
        msgspec.structs.replace(
            session,
            status=Status.DRAFT,
            review_until=None,
            reviewers=(),
            approvals=(),
            versions=(),
            conflicts=(),
            meetings=(),
            boxes=(),
            switches=(),
            parking_lot=(),
            actions=tuple(
                msgspec.structs.replace(
                    each,
                    status=each.status if _is_off(each.status) else ActionStatus.OPEN,
                    ticket="",
                    done=None,
                    effect="",
                )
                for each in session.actions
            ),
        )
    )


def _is_off(status: ActionStatus) -> bool:
    return status is ActionStatus.WONT_DO


def _without_ranks(session: Session) -> Any:
    """Return what a session holds; the order of items tells what ranks tell, which change when others move."""
    plain = msgspec.to_builtins(session)
    for value in plain.values():
        for item in value if isinstance(value, list) else ():
            if isinstance(item, dict):
                item.pop("rank", None)
    return plain


_CONTENT: dict[ApprovedPart, Callable[[Session], Any]] = {
    ApprovedPart.ACTIONS: _actions,
    ApprovedPart.IMPACT: _impact,
    ApprovedPart.SECURITY: _whole,
    ApprovedPart.WHOLE: _whole,
}
