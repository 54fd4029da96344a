"""The way from a draft to a final document: what each step requires, and what a session still lacks for it."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta

import msgspec

from facilitator.checks.finding import Category, Finding
from facilitator.checks.mutes import unmuted
from facilitator.model.phases import Phase, actions_without, wanted
from facilitator.model.review_items import ApprovedPart, ReviewRequest
from facilitator.model.session import ActionStatus, Session, Status
from facilitator.review.approvals import DigestOf, Digests, Standing, is_stale, standing
from facilitator.review.comments import open_comments, same_name
from facilitator.review.rules import LANGUAGE, Requirements, ReviewRules


class Lacking(msgspec.Struct, frozen=True):
    """Something that a step requires and that is not there: what, and what can be done.

    `about` holds the ids of the items that it is about, if it is about any; `key` is that of what a phase wants, or
    the part that nobody has approved.
    """

    what: str
    advice: str
    about: tuple[str, ...] = ()
    key: str = ""


SECTIONS: frozenset[str] = frozenset(
    each.key
    for phase in Phase
    if phase is not Phase.DOCUMENT
    for each in wanted(Session(id="", title="", created=datetime(1970, 1, 1, tzinfo=UTC)), phase)
)
"""What can be required of sections."""


def lacking(
    session: Session,
    step: Status,
    rules: ReviewRules,
    findings: Sequence[Finding],
    now: datetime,
    *,
    digest_of: DigestOf | None = None,
) -> tuple[Lacking, ...]:
    """Return what a session lacks to become what `step` says, in the order in which one would see to it.

    `findings` are those of `session_checks.check`; `now` is aware; `digest_of` has perhaps the digests of the session
    already. It is advice: nothing keeps a team from going on.
    """
    required = rules.of(step)
    return (
        *_sections(session, required.sections),
        *_owners(session, required),
        *_findings(session, required.findings, findings),
        *_comments(session, required),
        *_answers(session, required, now),
        *_approvals(session, required.approvals, digest_of or Digests()),
    )


def not_redacted(findings: Sequence[Finding]) -> Sequence[Finding]:
    """Return what still counts of findings where a session is redacted before it is published.

    Somebody says yes to what its readers get, so what is sensitive in the session itself is nothing that it lacks.
    """
    return [each for each in findings if each.category is not Category.SENSITIVE]


def begun(session: Session, now: datetime, hours: int) -> Session:
    """Return the session in review, for so many hours from `now`, which is aware and in UTC.

    In a new round everybody is asked anew, but for approvals that still hold; more time alone is no new round.
    """
    if session.status is not Status.IN_REVIEW:
        session = _asked_anew(session, now)
    return msgspec.structs.replace(session, status=Status.IN_REVIEW, review_until=now + timedelta(hours=hours))


def _asked_anew(session: Session, now: datetime) -> Session:
    digest_of = Digests()
    holding = [each for each in session.approvals if not is_stale(session, each, digest_of)]
    requests: list[ReviewRequest] = []
    for each in session.review_requests:
        parts = (each.part, ApprovedPart.WHOLE) if each.part is not None else ()
        holds = any(one.part in parts and same_name(one.by, each.text) for one in holding)
        is_over = each.answered is not None and not holds
        requests.append(msgspec.structs.replace(each, at=now, answered=None, said="") if is_over else each)
    return msgspec.structs.replace(session, review_requests=tuple(requests))


def with_status(session: Session, status: Status, now: datetime, hours: int) -> Session:
    """Return the session with a status, whose time for review begins or ends with it; see `begun` for `now`."""
    if status is session.status and (status is not Status.IN_REVIEW or session.review_until is not None):
        return session
    if status is Status.IN_REVIEW:
        return begun(session, now, hours)
    return drafted(session) if status is Status.DRAFT else msgspec.structs.replace(session, status=status)


def with_time(before: Session, after: Session, now: datetime, hours: int) -> Session:
    """Return a session whose status was changed, with the time for review that begins or ends with that."""
    if after.status is before.status:
        return after
    return with_status(msgspec.structs.replace(after, status=before.status), after.status, now, hours)


def drafted(session: Session) -> Session:
    """Return the session as a draft again, without a time for review."""
    return msgspec.structs.replace(session, status=Status.DRAFT, review_until=None)


def left(session: Session, now: datetime) -> timedelta | None:
    """Return how much time is left for review, below zero when it is over; None when the session is not in review."""
    if session.status is not Status.IN_REVIEW or session.review_until is None:
        return None
    return session.review_until - now


def waiting_for(session: Session) -> tuple[str, ...]:
    """Return who was asked to review and has not answered, each once, in the order in which they were asked."""
    return tuple(dict.fromkeys(each.text for each in session.review_requests if each.answered is None))


def _sections(session: Session, keys: Sequence[str]) -> Iterator[Lacking]:
    for phase in Phase:
        for each in wanted(session, phase) if phase is not Phase.DOCUMENT else ():
            if each.key in keys and not each.there:
                yield Lacking(f"{each.name} in {phase}", "write it, or say there why it is not known", key=each.key)


def _owners(session: Session, required: Requirements) -> Iterator[Lacking]:
    if not required.owners:
        return
    for field, name in (("owner", "an owner"), ("due", "a due date")):
        without = tuple(each.id for each in actions_without(session, field) if each.status is not ActionStatus.DONE)
        if without:
            yield Lacking(
                f"{name} for {_count(len(without), 'action')}", "an action that nobody owns is not done", without
            )


def _findings(session: Session, categories: Sequence[Category], findings: Iterable[Finding]) -> Iterator[Lacking]:
    shown, _ = unmuted(findings, session)
    for kind, name in ((LANGUAGE, "about language"), ((Category.SENSITIVE,), "of sensitive data")):
        wanted_ones = [each for each in shown if each.category in kind and each.category in categories]
        if wanted_ones:
            yield _found(wanted_ones, name)
    others = [
        each for each in shown if each.category in categories and each.category not in (*LANGUAGE, Category.SENSITIVE)
    ]
    if others:
        yield _found(others, "of other kinds")


def _found(findings: Sequence[Finding], name: str) -> Lacking:
    about = tuple(dict.fromkeys(each.about for each in findings if each.about))
    return Lacking(f"{_count(len(findings), 'finding')} {name}", "resolve each, or mute it with a reason", about)


def _comments(session: Session, required: Requirements) -> Iterator[Lacking]:
    unresolved = open_comments(session) if required.comments else ()
    if unresolved:
        about = tuple(each.id for each in unresolved)
        yield Lacking(f"{_count(len(unresolved), 'comment')} not resolved", "answer each, and mark it resolved", about)


def _answers(session: Session, required: Requirements, now: datetime) -> Iterator[Lacking]:
    waiting = waiting_for(session)
    if required.answers and waiting:
        yield Lacking(f"an answer of {', '.join(waiting)}", "remind them, or take back that they were asked")
    if required.window and (waiting or not session.review_requests):
        time = left(session, now)
        if session.status is Status.DRAFT or (session.review_until is None and not session.versions):
            yield Lacking("a time for review", "send it round first")
        elif time is not None and time > timedelta(0):
            hours = -(-time // timedelta(hours=1))
            yield Lacking(
                f"the end of the review, in {_count(hours, 'hour')}", "wait, or see that everybody has answered"
            )


def _approvals(session: Session, parts: Sequence[ApprovedPart], digest_of: DigestOf) -> Iterator[Lacking]:
    for part in parts:
        found = standing(session, part, digest_of)
        if found is Standing.STALE:
            yield Lacking(f"the approval of {part} is stale", "that part was changed since; ask once more", key=part)
        elif found is Standing.NONE:
            yield Lacking(f"an approval of {part}", "ask somebody to approve it", key=part)


def _count(number: int, name: str) -> str:
    return f"{number} {name}{'' if number == 1 else 's'}"
