"""Links between items, read in both directions."""

from facilitator.model.edits import find, items
from facilitator.model.item import Item
from facilitator.model.session import Action, ActionStatus, Factor, Precedent, Session, Why


def linked(session: Session, item: Item) -> tuple[Item, ...]:
    """Return the items that this one is linked to, in whichever direction the link was made, in reading order."""
    ids = set(targets_of(item))
    found = [
        each
        for kind in (Why, Factor, Precedent, Action)
        for each in items(session, kind)
        if item.id in targets_of(each)
    ]
    found += [each for target in ids if (each := find(session, target)) is not None]
    order = {each.id: each for each in found}
    return tuple(sorted(order.values(), key=lambda each: (type(each).__name__, each.rank, each.id)))


def link_field(source: Item, target: Item) -> str | None:
    """Return the field by which the first item can be linked to the second, or None when it cannot."""
    pairs = {
        ("Why", "Entry"): "evidence",
        ("Factor", "Entry"): "evidence",
        ("Factor", "Why"): "whys",
        ("Action", "Factor"): "factors",
        ("Precedent", "Factor"): "factors",
    }
    return pairs.get((type(source).__name__, type(target).__name__))


def factors_without_action(session: Session) -> tuple[Factor, ...]:
    """Return the factors, other than mitigators, that no action addresses and about which nothing was decided.

    An action that won't be done addresses its factors too, when it says why: that was a decision, as is a factor
    that says why nothing is done about it.
    """
    addressed = {
        factor
        for action in session.actions
        if action.status is not ActionStatus.WONT_DO or action.note
        for factor in action.factors
    }
    return tuple(
        factor
        for factor in session.factors
        if not factor.mitigator and not factor.no_action and factor.id not in addressed
    )


def targets_of(item: Item) -> tuple[str, ...]:
    """Return the ids of what an item is linked to by fields of its own."""
    if isinstance(item, Why):
        return item.evidence
    if isinstance(item, Factor):
        return (*item.whys, *item.evidence)
    return item.factors if isinstance(item, Action | Precedent) else ()
