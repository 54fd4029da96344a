"""Edits of the why tree: a node goes up or down a level, becomes several, or takes in its neighbour.

None of them loses a word, an answer or a piece of evidence.
"""

from collections.abc import Callable, Sequence

import msgspec

from facilitator.model import edits
from facilitator.model.edits import EditError
from facilitator.model.session import Session, Why


def promote(session: Session, why_id: str) -> Session:
    """Return the session with a node one level up, right after the node that it was an answer to.

    What is below it comes along. Raises EditError for an effect, which is at the top already.
    """
    why = edits.get(session, Why, why_id)
    if why.parent is None:
        raise EditError("it is an effect already, at the top of a tree")
    parent = edits.get(session, Why, why.parent)
    return _placed(session, msgspec.structs.replace(why, parent=parent.parent), after=parent.id)


def demote(session: Session, why_id: str) -> Session:
    """Return the session with a node made the last answer to the node above it on the same level.

    What is below it comes along. Raises EditError when there is none above it.
    """
    why = edits.get(session, Why, why_id)
    upper = _sibling_above(session, why)
    if upper is None:
        raise EditError("there is nothing above it on its level that it could answer")
    answers = edits.children(session, upper.id)
    return _placed(session, msgspec.structs.replace(why, parent=upper.id), after=answers[-1].id if answers else None)


def joined(session: Session, why_id: str) -> Session:
    """Return the session with a node taken into the one above it on the same level: words, answers, evidence, links.

    Raises EditError when there is none above it.
    """
    why = edits.get(session, Why, why_id)
    upper = _sibling_above(session, why)
    if upper is None:
        raise EditError("there is nothing above it on its level that it could be joined with")
    last = edits.children(session, upper.id)
    for answer in edits.children(session, why_id):
        moved = msgspec.structs.replace(answer, parent=upper.id)
        session = _placed(session, moved, after=last[-1].id if last else None)
        last = edits.children(session, upper.id)
    text = upper.text if why.text == upper.text else f"{upper.text}; {why.text}"
    evidence = (*upper.evidence, *(each for each in why.evidence if each not in upper.evidence))
    session = edits.change(session, upper.id, text=text, evidence=evidence)
    for factor in session.factors:
        if why_id in factor.whys:
            whys = tuple(dict.fromkeys(upper.id if each == why_id else each for each in factor.whys))
            session = edits.change(session, factor.id, whys=whys)
    for question in session.questions:
        if question.about == why_id:
            session = edits.change(session, question.id, about=upper.id)
    return edits.remove(session, why_id)


def split(session: Session, why_id: str, texts: Sequence[str], new_id: Callable[[], str]) -> Session:
    """Return the session with a node made several on the same level, in the order of `texts`.

    The first keeps its id and what is below it; all have its evidence. Raises EditError without any text.
    """
    why = edits.get(session, Why, why_id)
    if not texts:
        raise EditError("a why needs words")
    session = edits.change(session, why_id, text=texts[0])
    after = why_id
    for text in texts[1:]:
        made = Why(id=new_id(), text=text, parent=why.parent, evidence=why.evidence)
        session = edits.add(session, made, after=after)
        after = made.id
    return session


def above(session: Session, why_id: str) -> Why | None:
    """Return the node right above one on the same level, or None."""
    return _sibling_above(session, edits.get(session, Why, why_id))


def _sibling_above(session: Session, why: Why) -> Why | None:
    siblings = edits.children(session, why.parent)
    place = next(number for number, each in enumerate(siblings) if each.id == why.id)
    return siblings[place - 1] if place else None


def _placed(session: Session, why: Why, after: str | None) -> Session:
    """Return the session with a node on another level, right after the node `after`, and everything else as it was."""
    siblings = [each for each in edits.children(session, why.parent) if each.id != why.id]
    place = next((number for number, each in enumerate(siblings, 1) if each.id == after), len(siblings))
    below = siblings[place - 1].rank if place else None
    over = siblings[place].rank if place < len(siblings) else None
    rank = _between(below, over)
    if rank is not None:
        return edits.put(session, msgspec.structs.replace(why, rank=rank))
    for number, each in enumerate([*siblings[:place], why, *siblings[place:]], 1):
        session = edits.put(session, msgspec.structs.replace(each, rank=float(number)))
    return session


def _between(below: float | None, over: float | None) -> float | None:
    """Return a rank between two, or None where no number is left between them."""
    if below is None:
        return 1.0 if over is None else over - 1.0
    if over is None:
        return below + 1.0
    middle = (below + over) / 2
    return middle if below < middle < over else None
