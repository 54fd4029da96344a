"""What `facilitator review` shows: where a review stands, for people and for programs."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import click
import msgspec

from facilitator.checks.finding import Finding
from facilitator.cli.output import say, table
from facilitator.model.clocks import clock, day
from facilitator.model.edits import find
from facilitator.model.moments import Moment
from facilitator.model.review_items import Approval, ApprovedPart, Comment
from facilitator.model.session import Session, Status
from facilitator.model.text import handle, one_line
from facilitator.model.told import field_told, item_named, kind_told
from facilitator.review.approvals import is_stale, standing
from facilitator.review.comments import Thread, threads
from facilitator.review.steps import Lacking, lacking, left, not_redacted
from facilitator.review.versions import corrections

if TYPE_CHECKING:
    from facilitator.settings.settings import Settings

NEXT = {Status.DRAFT: Status.IN_REVIEW, Status.IN_REVIEW: Status.FINAL}
"""The step that comes after each."""

_LONGEST = 60


class Stands(msgspec.Struct, frozen=True):
    """Where a review stands: the session, now, the next step if there is one, and what it lacks."""

    session: Session
    now: datetime
    step: Status | None
    lacking: tuple[Lacking, ...]


def stands(session: Session, settings: "Settings", step: Status | None = None, *, is_redacted: bool = False) -> Stands:
    """Return where a session stands on its way to a step, the next one unless given.

    `is_redacted` tells that it is published for the readers of a profile; see `not_redacted`.
    """
    now = datetime.now(UTC)
    step = step or NEXT.get(session.status)
    if step is None:
        return Stands(session, now, None, ())
    findings = _findings(session, settings, now) if settings.review.of(step).findings else ()
    if is_redacted:
        findings = not_redacted(findings)
    return Stands(session, now, step, lacking(session, step, settings.review, findings, now))


def _findings(session: Session, settings: "Settings", now: datetime) -> Sequence[Finding]:
    from facilitator.checks.session_checks import check
    from facilitator.cli.checking import checker_of

    checker = checker_of(settings)
    found = check(session, now, checker.rules, checker.patterns)
    return [each for each in found if each.rule not in checker.silent]


def told_lacking(found: Sequence[Lacking], session: Session) -> Iterator[str]:
    """Yield what is lacking and what can be done about each, in words."""
    for each in found:
        yield f"  {each.what}: {each.advice}"
        for about in each.about[:5]:
            yield f"    {about_told(session, about, '')}"
        if len(each.about) > 5:
            yield f"    and {len(each.about) - 5} more"


def show(found: Stands) -> None:
    """Print where a review stands, for people."""
    session = found.session
    say(f"{one_line(session.title) or 'untitled'}  {session.id}")
    say(_step(found))
    requests = [
        (
            f"  {handle(one_line(each.text))}",
            each.part or "comments",
            f"answered {_day(each.answered, session)}{f': {one_line(each.said)}' if each.said else ''}"
            if each.answered
            else f"waiting since {_day(each.at, session)}",
        )
        for each in session.review_requests
    ]
    _listed("asked:", table(("", "", ""), requests, None).split("\n")[1:] if requests else ())
    begun = threads(session)
    unresolved = sum(not each.comment.resolved for each in begun)
    heading = f"comments: {unresolved} open, {len(begun) - unresolved} resolved"
    _listed(heading, [line for number, each in enumerate(begun, 1) for line in _thread(number, each, session)])
    _listed("approvals:", list(_approvals(session)))
    _listed(
        "published:",
        [
            f"  version {each.number}, {_day(each.at, session)}, {each.profile or 'as it is'}, {each.format}"
            f"{f': {one_line(each.text)}' if each.text else ''}"
            for each in sorted(session.versions, key=lambda each: (each.number, each.at))
        ],
    )
    if found.lacking:
        _listed(f"lacking to be {found.step}:", list(told_lacking(found.lacking, session)))
    elif found.step is not None:
        how = "--begin sends it round" if found.step is Status.IN_REVIEW else f"facilitator publish {session.id}"
        say(f"nothing is lacking to be {found.step}: {how}")


def plain(found: Stands) -> dict[str, Any]:
    """Return where a review stands, for programs."""
    session = found.session
    time = left(session, found.now)
    return {
        "id": session.id,
        "title": session.title,
        "status": session.status,
        "until": session.review_until,
        "seconds_left": round(time.total_seconds()) if time is not None else None,
        "asked": [
            {
                "who": each.text,
                "part": each.part.word if each.part is not None else None,
                "by": each.by,
                "at": each.at,
                "answered": each.answered,
                "said": each.said,
            }
            for each in session.review_requests
        ],
        "comments": [
            _plain_comment(each.comment)
            | {"resolved": each.comment.resolved, "replies": [_plain_comment(reply) for reply in each.replies]}
            for each in threads(session)
        ],
        "approvals": {
            part.word: {
                "standing": standing(session, part),
                "given": [
                    {"by": each.by, "role": each.role, "at": each.at, "stale": is_stale(session, each)}
                    for each in session.approvals
                    if each.part is part
                ],
            }
            for part in ApprovedPart
        },
        "versions": [
            msgspec.structs.asdict(each) | {"correction": each in corrections(session)} for each in session.versions
        ],
        "next": found.step,
        "lacking": [msgspec.structs.asdict(each) for each in found.lacking],
    }


def _step(found: Stands) -> str:
    session, time = found.session, left(found.session, found.now)
    if time is None or session.review_until is None:
        return f"{session.status}"
    until = f"until {_day(session.review_until, session)}, {clock(Moment(session.review_until), session.zone)}"
    if time <= timedelta(0):
        return f"in review {until} {session.zone}: the time is over"
    return f"in review {until} {session.zone}: {_hours(time)} left"


def _hours(time: timedelta) -> str:
    hours = int(time.total_seconds() // 3600)
    if hours:
        return f"{hours} hour{'' if hours == 1 else 's'}"
    minutes = max(1, int(time.total_seconds() // 60))
    return f"{minutes} minute{'' if minutes == 1 else 's'}"


def _thread(number: int, thread: Thread, session: Session) -> Iterator[str]:
    comment = thread.comment
    done = " (resolved)" if comment.resolved else ""
    yield f"  C{number} {_by(comment, session)}, on {about_told(session, comment.about, comment.place)}{done}"
    yield from _words(comment, 5)
    for each in thread.replies:
        yield f"     {_by(each, session)} answers"
        yield from _words(each, 7)


def _words(comment: Comment, indent: int) -> Iterator[str]:
    for line in comment.text.split("\n"):
        if line.strip():
            yield click.wrap_text(
                line, 100, initial_indent=" " * indent, subsequent_indent=" " * indent, preserve_paragraphs=False
            )


def _approvals(session: Session) -> Iterator[str]:
    for part in ApprovedPart:
        given = [each for each in session.approvals if each.part is part]
        if given or part is not ApprovedPart.WHOLE:
            yield f"  {part}: {'; '.join(_approval(each, session) for each in given) or standing(session, part)}"


def _approval(approval: Approval, session: Session) -> str:
    stale = "; stale, it was changed since" if is_stale(session, approval) else ""
    role = f" ({one_line(approval.role)})" if approval.role else ""
    said = f", “{one_line(approval.text)}”" if approval.text else ""
    return f"{one_line(approval.by)}{role}, {_day(approval.at, session)}{said}{stale}"


def _by(comment: Comment, session: Session) -> str:
    return f"{one_line(comment.by) or 'somebody'}, {_day(comment.at, session)}"


def about_told(session: Session, about: str, place: str) -> str:
    """Return what a comment is about in words: the item with an id, else a place in the document, else the session."""
    item = find(session, about) if about else None
    if isinstance(item, Comment):
        number = next((n for n, each in enumerate(threads(session), 1) if each.comment.id == item.id), 0)
        return f"C{number} of {one_line(item.by) or 'somebody'}"
    if item is not None:
        named = one_line(item_named(item, session))
        return f"{kind_told(item)} '{named if len(named) <= _LONGEST else named[: _LONGEST - 3].rstrip() + '...'}'"
    return field_told(place) if place else "the session"


def _plain_comment(comment: Comment) -> dict[str, Any]:
    return {
        "id": comment.id,
        "by": comment.by,
        "at": comment.at,
        "text": comment.text,
        "about": comment.about,
        "place": comment.place,
    }


def _day(at: datetime, session: Session) -> str:
    return day(at, session.zone)


def _listed(heading: str, lines: Sequence[str]) -> None:
    if lines:
        say(heading)
        for line in lines:
            say(line)
