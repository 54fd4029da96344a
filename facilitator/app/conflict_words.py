"""What is said of a conflict: what it is about, and both versions with their differences marked."""

from difflib import SequenceMatcher

from textual.content import Content

from facilitator.app.drawing import content
from facilitator.model.conflicts import versions
from facilitator.model.edits import find
from facilitator.model.session import Conflict, Session
from facilitator.model.told import field_told, item_told, kind_told, value_told

_GONE = "Nothing in this session belongs to it any more."


def title(session: Session, conflict: Conflict) -> str:
    """Return what a conflict is about: the field, and the item that has it."""
    item = find(session, conflict.about) if conflict.about else None
    name = field_told(conflict.field)
    return f"Two versions of the {name} of this {kind_told(item)}" if item is not None else f"Two versions: {name}"


def both(session: Session, conflict: Conflict) -> Content:
    """Return both versions, the words in which they differ in bold."""
    found = versions(session, conflict)
    if found is None:
        return content(_GONE)
    shown, other = value_told(found.shown, session), value_told(found.other, session)
    first, second = _marked(shown, other)
    parts = [content("\nshown now\n", "$secondary"), first, content("\n\nthe other\n", "$secondary"), second]
    item = find(session, conflict.about) if conflict.about else None
    if item is not None and conflict.field != "text":
        parts.insert(0, content(f"{item_told(item, session)}\n", "$secondary"))
    return Content("").join(parts)


def _marked(first: str, second: str) -> tuple[Content, Content]:
    """Return two texts, the words that only one of them has in bold."""
    ours, others = first.split(" "), second.split(" ")
    left: list[Content] = []
    right: list[Content] = []
    for tag, start, end, other_start, other_end in SequenceMatcher(None, ours, others, autojunk=False).get_opcodes():
        style = "" if tag == "equal" else "bold $accent"
        left += [content(word, style) for word in ours[start:end]]
        right += [content(word, style) for word in others[other_start:other_end]]
    return Content(" ").join(left), Content(" ").join(right)
