"""Comments on a session and its items: said, answered, resolved."""

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

import msgspec

from facilitator.model import edits
from facilitator.model.review_items import ApprovedPart, Comment, ReviewRequest
from facilitator.model.session import Session
from facilitator.model.text import MAX_TEXT, one_line, paragraphs

LONGEST_NAME = 100
"""The longest name that is kept, in characters."""


class Signed(NamedTuple):
    """Who does something, and when; the moment is aware and in UTC."""

    by: str
    at: datetime


def name_of(name: str) -> str:
    """Return a name as it is kept: on one line, without the sign of a handle, and not longer than a name is."""
    return one_line(name).removeprefix("@").strip()[:LONGEST_NAME].rstrip()


def same_name(one: str, other: str) -> bool:
    """Tell whether two names are one person's, whatever their case."""
    return name_of(one).casefold() == name_of(other).casefold()


class Thread(msgspec.Struct, frozen=True):
    """A comment, and the replies to it in their order."""

    comment: Comment
    replies: tuple[Comment, ...]


def threads(session: Session) -> tuple[Thread, ...]:
    """Return the comments by thread, the oldest first; a reply to what is gone is a thread of its own."""
    replies: dict[str, list[Comment]] = {}
    roots: list[Comment] = []
    known = {each.id: each for each in session.comments}
    for each in sorted(session.comments, key=lambda each: (each.at, each.rank, each.id)):
        root = _root(each, known)
        if root is each:
            roots.append(each)
        else:
            replies.setdefault(root.id, []).append(each)
    return tuple(Thread(each, tuple(replies.get(each.id, ()))) for each in roots)


def open_comments(session: Session) -> tuple[Comment, ...]:
    """Return the comments, without replies, that are not resolved."""
    return tuple(thread.comment for thread in threads(session) if not thread.comment.resolved)


def comment(
    session: Session, text: str, signed: Signed, new_id: Callable[[], str], *, about: str = "", place: str = ""
) -> Session:
    """Return the session with a comment on it, on one of its fields, or on the item with the id `about`.

    Raises EditError when that item is not there, and ValueError for a comment without words, or with too many.
    """
    words = _words(text)
    if about and edits.find(session, about) is None:
        raise edits.EditError(f"no item {about!r} in this session")
    return edits.add(
        session, Comment(id=new_id(), at=signed.at, by=name_of(signed.by), text=words, about=about, place=place)
    )


def reply(session: Session, comment_id: str, text: str, signed: Signed, new_id: Callable[[], str]) -> Session:
    """Return the session with an answer to a comment, which is open again. Raises as `comment`."""
    words, known = _words(text), {each.id: each for each in session.comments}
    root = _root(edits.get(session, Comment, comment_id), known)
    answer = Comment(
        id=new_id(),
        at=signed.at,
        by=name_of(signed.by),
        text=words,
        about=root.about,
        place=root.place,
        reply_to=root.id,
    )
    if root.resolved:
        session = edits.change(session, root.id, resolved=False)
    return edits.add(session, answer)


def resolve(session: Session, comment_id: str, *, resolved: bool = True) -> Session:
    """Return the session with the thread of a comment resolved, or open again. Raises EditError when it is gone."""
    known = {each.id: each for each in session.comments}
    root = _root(edits.get(session, Comment, comment_id), known)
    return session if root.resolved is resolved else edits.change(session, root.id, resolved=resolved)


def ask(
    session: Session, who: str, signed: Signed, new_id: Callable[[], str], *, part: ApprovedPart | None = None
) -> Session:
    """Return the session with somebody asked to review it, or to approve a part; the same when that waits already.

    Raises ValueError without a name.
    """
    who = name_of(who)
    if not who:
        raise ValueError("whom to ask needs a name")
    for each in session.review_requests:
        if same_name(each.text, who) and each.part is part and each.answered is None:
            return session
    return edits.add(session, ReviewRequest(id=new_id(), at=signed.at, by=name_of(signed.by), text=who, part=part))


def answer(
    session: Session, who: str, now: datetime, said: str = "", *, asked_until: datetime | None = None
) -> Session:
    """Return the session in which somebody has answered what they were asked, but approvals; the same without one.

    With `asked_until`, only what they were asked until then.
    """
    for each in session.review_requests:
        is_meant = asked_until is None or each.at <= asked_until
        if is_meant and same_name(each.text, who) and each.part is None and each.answered is None:
            session = edits.change(session, each.id, answered=now, said=one_line(said))
    return session


def _words(text: str) -> str:
    words = paragraphs(text).strip()
    if not words:
        raise ValueError("a comment needs words")
    if len(words) > MAX_TEXT:
        raise ValueError(f"that is too long: a comment holds {MAX_TEXT:,} characters")
    return words


def _root(of: Comment, known: dict[str, Comment]) -> Comment:
    """Return the comment with which the thread of another one begins, or itself.

    Replies do not answer replies, whatever a file says; where they answer each other in a ring, the oldest begins.
    """
    way = [of]
    while (answered := known.get(way[-1].reply_to)) is not None:
        if answered in way:
            return min(way[way.index(answered) :], key=lambda each: each.id)
        way.append(answered)
    return way[-1]
