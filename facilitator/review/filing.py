"""A file that a reviewer filled in becomes part of a session: comments, approvals, an answer.

Reading a file again changes nothing: the ids follow from the file, the place and the words. So what was read once and
then deleted is known, and stays deleted.
"""

from collections.abc import Collection
from functools import partial

import msgspec

from facilitator.intake.marks import derived_id
from facilitator.model import edits
from facilitator.model.review_items import ApprovedPart
from facilitator.model.session import Session
from facilitator.model.text import MAX_TEXT
from facilitator.review.approvals import approve, digest, of
from facilitator.review.comments import Signed, answer, comment, name_of
from facilitator.review.forms import Filled, Remark


class UnsignedError(ValueError):
    """Something was written in a file, and nobody says by whom."""


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """What came of a file: the session, who wrote it, and the ids of the comments that are new.

    `unplaced` are those of them whose item is gone, which are about the session now. `approved` are the parts that are
    approved by it, `stale` those of them that are not as they were read any more, and `later` those that the same
    person has approved since the file was made, so that the file says nothing new. `deleted` are the ids of what was
    read before and deleted since, and was not read again.
    """

    session: Session
    name: str
    comments: tuple[str, ...] = ()
    unplaced: tuple[str, ...] = ()
    approved: tuple[ApprovedPart, ...] = ()
    stale: tuple[ApprovedPart, ...] = ()
    later: tuple[ApprovedPart, ...] = ()
    deleted: tuple[str, ...] = ()


def with_filled(session: Session, filled: Filled, signed: Signed, gone: Collection[str] = ()) -> Outcome:
    """Return what becomes of a session by a file; the same session where nothing is new.

    `signed` says when, and whose file it is where that is not said in it; `gone` are the ids of items that were deleted
    from the session. Raises UnsignedError where nobody says.
    """
    if filled.is_empty:
        return Outcome(session=session, name=filled.name)
    name = name_of(filled.name) or name_of(signed.by)
    if not name:
        raise UnsignedError("nobody says whose comments these are")
    signed = Signed(name, signed.at)
    start = session
    remarks = {
        derived_id("R", "comment", filled.head.id, each.about, each.place, _plain(each.text)): each
        for each in filled.remarks
    }
    parts = {derived_id("R", "approval", filled.head.id, part): part for part in filled.approved}
    known = {each for each in (*remarks, *parts) if edits.find(session, each) is not None}
    later = {
        new_id: part
        for new_id, part in parts.items()
        if new_id not in known and any(each.at >= filled.head.made for each in of(session, part, name))
    }
    known.update(later)
    deleted = tuple(each for each in (*remarks, *parts) if each in gone and each not in known)
    known.update(deleted)
    unplaced: list[str] = []
    for new_id, remark in remarks.items():
        if new_id not in known:
            is_there = not remark.about or edits.find(session, remark.about) is not None
            session = _commented(session, remark, signed, new_id, is_there=is_there)
            unplaced += [] if is_there else [new_id]
    approved = {new_id: part for new_id, part in parts.items() if new_id not in known}
    for new_id, part in approved.items():
        session = approve(session, part, signed, partial(str, new_id), read=filled.approved[part])
    is_new = session is not start
    session = answer(
        session,
        name,
        signed.at,
        "" if filled.remarks or filled.approved else "no remarks",
        asked_until=None if is_new else filled.head.made,
    )
    return Outcome(
        session=session,
        name=name,
        comments=tuple(each for each in remarks if each not in known),
        unplaced=tuple(unplaced),
        approved=tuple(approved.values()),
        stale=tuple(part for part in approved.values() if filled.approved[part] != digest(session, part)),
        later=tuple(later.values()),
        deleted=deleted,
    )


def _commented(session: Session, remark: Remark, signed: Signed, new_id: str, *, is_there: bool) -> Session:
    if is_there:
        return comment(session, remark.text, signed, lambda: new_id, about=remark.about, place=remark.place)
    gone = f"on “{remark.quoted}”" if remark.quoted else "on something"
    return comment(session, f"{gone}, which is not there any more: {remark.text}"[:MAX_TEXT], signed, lambda: new_id)


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()
