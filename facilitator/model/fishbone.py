"""The fishbone (Ishikawa) diagram: one effect, and the factors that made it possible on a rib for each category."""

import msgspec

from facilitator.model.edits import children
from facilitator.model.session import CATEGORIES, Role, Session

OTHER = "other"
"""The rib of the factors that have no category."""


class Bone(msgspec.Struct, frozen=True, kw_only=True):
    """One factor on its rib. `name` is what documents and screens call it ("F3"), `factor` its id."""

    factor: str
    name: str
    text: str
    root_cause: bool = False
    role: Role | None = None


class Rib(msgspec.Struct, frozen=True):
    """The factors of one category, in the order of the session; there is at least one."""

    category: str
    bones: tuple[Bone, ...]


class Fishbone(msgspec.Struct, frozen=True):
    """The effect at the head, and the ribs in the order in which they are read. Texts are as the session has them."""

    effect: str
    ribs: tuple[Rib, ...]


def fishbone(session: Session) -> Fishbone:
    """Return the fishbone of a session.

    The effect is the first one of the why tree, else the title. The ribs stand in the order of CATEGORIES, then the
    session's own categories as they come, then the factors without one. Mitigators are not on it: they made nothing
    possible.
    """
    by_category: dict[str, Rib] = {}
    number = 0
    for factor in session.factors:
        if factor.mitigator:
            continue
        number += 1
        bone = Bone(
            factor=factor.id,
            name=f"F{number}",
            text=factor.text,
            root_cause=factor.root_cause,
            role=factor.role,
        )
        category = " ".join(factor.category.split()) or OTHER
        known = by_category.get(category.casefold(), Rib(category, ()))
        by_category[category.casefold()] = Rib(known.category, (*known.bones, bone))
    return Fishbone(_effect(session), tuple(by_category[each] for each in sorted(by_category, key=_place)))


def _effect(session: Session) -> str:
    return next((why.text for why in children(session, None) if why.text.strip()), session.title)


def _place(category: str) -> int:
    """Return the place of a category among the ribs; sorting keeps own ones, which have the same, in their order."""
    if category in CATEGORIES:
        return CATEGORIES.index(category)
    return len(CATEGORIES) + (category == OTHER)
