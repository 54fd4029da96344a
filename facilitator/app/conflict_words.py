"""What is said of a conflict: what it is about, and both versions with their differences marked."""

from collections.abc import Collection, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from textual.content import Content

from facilitator.app.drawing import content
from facilitator.model.changes import Part
from facilitator.model.conflicts import versions
from facilitator.model.edits import find
from facilitator.model.session import Conflict, Session
from facilitator.model.told import field_told, item_told, kind_told, value_told
from facilitator.store.steps import MERGED, Recorded

_GONE = "Nothing in this session belongs to it any more."


class Writers(NamedTuple):
    """Who wrote the two versions of a field, in words; empty where that is not known."""

    shown: str
    other: str


NOBODY = Writers("", "")


def writers(
    session: Session, conflict: Conflict, recorded: Sequence[Recorded], here: Collection[str], name: str
) -> Writers:
    """Return who wrote the two versions of a conflict, as the history of the session tells it.

    `here` are the ids of the edits that were made in this terminal, and `name` is the name of who sits there.
    """
    found = versions(session, conflict)
    if found is None:
        return NOBODY

    def named(step: Recorded | None) -> str:
        if step is None:
            return ""
        if step.id in here:
            return "you, here"
        return "you, in another terminal or earlier" if step.by == name else step.by

    shown, other = (
        next((each for each in reversed(recorded) if _wrote(each, conflict, value)), None)
        for value in (found.shown, found.other)
    )
    # Whoever came second may have written what was never shown: then only their conflict is recorded.
    second = next((each for each in reversed(recorded) if _found(each, conflict)), None)
    if second not in (shown, other) and (shown is None) is not (other is None):
        shown, other = shown or second, other or second
    return Writers(named(shown), named(other))


def _found(step: Recorded, conflict: Conflict) -> bool:
    """Return whether a step is the one in which a conflict came up."""
    return step.label != MERGED.label and any(
        change.before is None and change.part.id == conflict.id for change in step.changes
    )


def _wrote(step: Recorded, conflict: Conflict, value: object) -> bool:
    """Return whether a step gave the field of a conflict this value."""
    if step.label == MERGED.label:
        return False
    for change in step.changes:
        before, after = change.before, change.after
        if isinstance(after, Session) is bool(conflict.about) or after is None:
            continue
        if conflict.about and after.id != conflict.about:
            continue
        now = _field(after, conflict.field)
        was = _field(before, conflict.field) if before is not None else None
        among = isinstance(now, tuple) and isinstance(value, tuple) and {*value} <= {*now}
        if now != was and (now == value or among):
            return True
    return False


def _field(part: Part, path: str) -> object:
    value: object = part
    for name in path.split("."):
        value = getattr(value, name, None)
    return value


def title(session: Session, conflict: Conflict) -> str:
    """Return what a conflict is about: the field, and the item that has it."""
    item = find(session, conflict.about) if conflict.about else None
    name = field_told(conflict.field)
    return f"Two versions of the {name} of this {kind_told(item)}" if item is not None else f"Two versions: {name}"


def both(session: Session, conflict: Conflict, writers: Writers = NOBODY) -> Content:
    """Return both versions with who wrote them, the words in which they differ in bold."""
    found = versions(session, conflict)
    if found is None:
        return content(_GONE)
    shown, other = value_told(found.shown, session), value_told(found.other, session)
    first, second = _marked(shown, other)
    heads = [f"{head}, by {by}" if by else head for head, by in zip(("shown now", "the other"), writers, strict=True)]
    parts = [content(f"\n{heads[0]}\n", "$secondary"), first, content(f"\n\n{heads[1]}\n", "$secondary"), second]
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
