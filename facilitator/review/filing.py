"""A file that a reviewer filled in becomes part of a session: comments, approvals, an answer.

Reading a file again changes nothing: the ids follow from the file, the place and the words.
"""

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
    person has approved since the file was made, so that the file says nothing new.
    """

    session: Session
    name: str
    comments: tuple[str, ...] = ()
    unplaced: tuple[str, ...] = ()
    approved: tuple[ApprovedPart, ...] = ()
    stale: tuple[ApprovedPart, ...] = ()
    later: tuple[ApprovedPart, ...] = ()


def with_filled(session: Session, filled: Filled, signed: Signed) -> Outcome:
    """Return what becomes of a session by a file; the same session where nothing is new.

    `signed` says when, and whose file it is where that is not said in it. Raises UnsignedError where nobody says.
    """
    if filled.is_empty:
        return Outcome(session=session, name=filled.name)
    name = name_of(filled.name) or name_of(signed.by)
    if not name:
        raise UnsignedError("nobody says whose comments these are")
    signed = Signed(name, signed.at)
    start = session
    added: list[str] = []
    unplaced: list[str] = []
    for remark in filled.remarks:
        new_id = derived_id("R", "comment", filled.head.id, remark.about, remark.place, _plain(remark.text))
        if edits.find(session, new_id) is not None:
            continue
        is_there = not remark.about or edits.find(session, remark.about) is not None
        session = _commented(session, remark, signed, new_id, is_there=is_there)
        added.append(new_id)
        if not is_there:
            unplaced.append(new_id)
    approved: list[ApprovedPart] = []
    later: list[ApprovedPart] = []
    for part, read in filled.approved.items():
        new_id = derived_id("R", "approval", filled.head.id, part)
        given = of(session, part, name)
        if any(each.id == new_id for each in given):
            continue
        if any(each.at >= filled.head.made for each in given):
            later.append(part)
            continue
        session = approve(session, part, signed, partial(str, new_id), read=read)
        approved.append(part)
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
        comments=tuple(added),
        unplaced=tuple(unplaced),
        approved=tuple(approved),
        stale=tuple(part for part in approved if filled.approved[part] != digest(session, part)),
        later=tuple(later),
    )


def _commented(session: Session, remark: Remark, signed: Signed, new_id: str, *, is_there: bool) -> Session:
    if is_there:
        return comment(session, remark.text, signed, lambda: new_id, about=remark.about, place=remark.place)
    gone = f"on “{remark.quoted}”" if remark.quoted else "on something"
    return comment(session, f"{gone}, which is not there any more: {remark.text}"[:MAX_TEXT], signed, lambda: new_id)


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()
