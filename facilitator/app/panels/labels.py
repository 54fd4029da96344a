"""Short names by which people refer to items on the screen: "F3", "A1", "14:22"."""

from facilitator.app.rows import Line, Tone
from facilitator.model.clocks import clock
from facilitator.model.edits import find
from facilitator.model.item import Item
from facilitator.model.links import linked
from facilitator.model.session import Action, Entry, Factor, Participant, Precedent, Question, Session, Why


def label(session: Session, item: Item) -> str:
    """Return the short name of an item: its number with the letter of its list, or the time of an entry."""
    if isinstance(item, Entry):
        return clock(item.at, session.zone)
    if isinstance(item, Factor):
        alike = [each for each in session.factors if each.mitigator is item.mitigator]
        return f"{'M' if item.mitigator else 'F'}{alike.index(item) + 1}"
    if isinstance(item, Precedent):
        return str(item.day or "")
    if isinstance(item, Action):
        return f"A{session.actions.index(item) + 1}"
    return {Why: "why", Participant: "with", Question: "?"}.get(type(item), "")


def links_of(session: Session, item_id: str) -> tuple[Line, ...]:
    """Return one line for each item that this one is linked to, in whichever direction."""
    item = find(session, item_id)
    if item is None:
        return ()
    lines = []
    for other in linked(session, item):
        name = label(session, other)
        text = getattr(other, "text", "")
        words = "" if text == getattr(item, "text", None) else f"  {text}"
        lines.append(Line(f"{_relation(item, other)} {name}{words}", Tone.MUTED))
    return tuple(lines)


def _relation(item: Item, other: Item) -> str:
    names = {
        ("Why", "Entry"): "seen at",
        ("Factor", "Entry"): "seen at",
        ("Entry", "Why"): "evidence for",
        ("Entry", "Factor"): "evidence for",
        ("Factor", "Why"): "from",
        ("Why", "Factor"): "made into",
        ("Factor", "Precedent"): "seen before in",
        ("Factor", "Action"): "addressed by",
        ("Action", "Factor"): "addresses",
    }
    return names.get((type(item).__name__, type(other).__name__), "see")
