"""The open questions of branches that end in the unknown: they come and go with the whys that they are about."""

from collections.abc import Callable

import msgspec

from facilitator.model import edits
from facilitator.model.session import BranchEnd, Question, Session, Why
from facilitator.model.text import handle
from facilitator.model.whys import Wording, open_question
from facilitator.model.whys import question as asked


def in_step(
    before: Session, session: Session, why_id: str, new_id: Callable[[], str], owner: str | None = None
) -> tuple[Session, str]:
    """Return the session after an edit of one why with its open question in step, and what to say of that.

    `before` is the session before the edit. `owner` is who will find out, "" for nobody; None leaves who it is.
    """
    why, old = edits.find(session, why_id), edits.find(before, why_id)
    if not isinstance(why, Why):
        return session, ""
    old = old if isinstance(old, Why) else None
    answers = ""
    if old is None or old.parent != why.parent:
        session, answers = _answered(session, why)
    said = ""
    if why.end is BranchEnd.UNKNOWN:
        session, said = _asked(session, why, old, new_id, owner)
    elif old is not None and old.end is BranchEnd.UNKNOWN:
        session, said = _taken_back(session, old)
    return session, " ".join(each for each in (answers, said) if each)


def _asked(
    session: Session, why: Why, old: Why | None, new_id: Callable[[], str], owner: str | None
) -> tuple[Session, str]:
    """Leave one open question about a why that ends in the unknown, whatever was asked about it before."""
    found = _about(session, why)
    again = old is None or old.end is not BranchEnd.UNKNOWN
    if found is None and not again and not owner:
        return session, ""  # somebody has deleted the question
    if found is None:
        question = Question(id=new_id(), text=asked(why), about=why.id, owner=owner or "")
        return edits.add(session, question), _filed("Open question filed", question)
    generated = old is not None and found.text in _wordings(old)
    question = msgspec.structs.replace(
        found,
        about=why.id,
        text=asked(why) if generated and old is not None and old.text != why.text else found.text,
        owner=found.owner if owner is None or (again and not owner) else owner,
        answer="" if again else found.answer,
    )
    if question != found:
        session = edits.put(session, question)
    if again:
        return session, _filed("It is an open question again" if found.answer else "Open question kept", question)
    return session, _filed("Open question", question) if question.owner != found.owner else ""


def _taken_back(session: Session, old: Why) -> tuple[Session, str]:
    """Take the open question away of a branch that no longer ends in the unknown; one in people's own words stays."""
    question = open_question(session, old.id)
    if question is None:
        return session, ""
    if question.text in _wordings(old):
        return edits.remove(session, question.id), "No longer unknown: its open question is taken back."
    return session, f"No longer unknown; this stays an open question: {question.text}"


def _answered(session: Session, answer: Why) -> tuple[Session, str]:
    """Take it as known what a why says of the one that it answers, and as the answer to the question about that."""
    parent = edits.find(session, answer.parent) if answer.parent is not None else None
    if not isinstance(parent, Why) or parent.end is not BranchEnd.UNKNOWN:
        return session, ""
    session = edits.change(session, parent.id, end=None)
    question = open_question(session, parent.id)
    if question is None:
        return session, "The branch no longer ends in the unknown."
    return edits.change(session, question.id, answer=answer.text), f"Open question answered: {question.text}"


def _about(session: Session, why: Why) -> Question | None:
    """Return the question about a why, open or answered, or an open one in its words that is about nothing."""
    asking = open_question(session, why.id)
    if asking is not None:
        return asking
    about = [each for each in session.questions if each.about == why.id]
    alike = [each for each in session.questions if not each.about and not each.answer and each.text in _wordings(why)]
    return next(iter((*about[::-1], *alike)), None)


def _wordings(why: Why) -> tuple[str, ...]:
    return tuple(asked(why, wording) for wording in Wording)


def _filed(what: str, question: Question) -> str:
    owner = f"owner {handle(question.owner)}" if question.owner else "no owner yet"
    return f"{what}, {owner}: {question.text}"
