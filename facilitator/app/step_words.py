"""What an edit did, in one line: "added entry '14:22 Alert fires'"."""

from collections.abc import Iterable
from itertools import takewhile

from facilitator.checks.checklist import QUESTIONS
from facilitator.model.changes import Change
from facilitator.model.edits import find
from facilitator.model.history import History
from facilitator.model.item import Item
from facilitator.model.links import targets_of
from facilitator.model.session import Conflict, Mute, Session
from facilitator.model.told import NOTHING, fields_changed, item_named, kind_told
from facilitator.store.steps import ELSEWHERE, MERGED, STATE

_PAST = {
    "add": "added",
    "answer": "answered",
    "ask": "asked",
    "change": "changed",
    "delete": "deleted",
    "edit": "edited",
    "go": "went",
    "join": "joined",
    "keep": "kept",
    "leave": "left",
    "link": "linked",
    "make": "made",
    "mark": "marked",
    "move": "moved",
    "mute": "muted",
    "note": "noted",
    "open": "opened",
    "publish": "published",
    "replace": "replaced",
    "resolve": "resolved",
    "say": "said",
    "send": "sent",
    "set": "set",
    "show": "showed",
    "settle": "settled",
    "split": "split",
    "take": "took",
}
"""The verbs with which labels of edits begin."""

_WHOLE = ("go", "keep", "leave", "publish", "replace", "say", "send", "take")
"""The verbs with which labels begin that say all there is to say."""

_NO_EDITS = {
    STATE.label: "how the session was when this record begins",
    ELSEWHERE.label: "changed outside the program",
    MERGED.label: "merged with what was saved elsewhere",
}

_LONGEST_NAME, _LONGEST_DELETED = 40, 34
"""How much of an item is shown to name it, in characters: with the words around it, it fits 80 cells."""


def step_words(label: str, changes: Iterable[Change], session: Session, longest: int = _LONGEST_NAME) -> str:
    """Return what an edit with this label did, with the name of what it was about, cut to `longest` characters.

    `session` gives the zone of times, and the names of what the changes refer to.
    """
    if label in _NO_EDITS:
        return _NO_EDITS[label]
    verb, _, rest = label.partition(" ")
    past = _PAST.get(verb, verb)
    rest = rest.removeprefix("an ").removeprefix("a ")
    plain = f"{past} {rest}".rstrip()
    told = [change for change in changes if not isinstance(change.part, Conflict)]
    if verb in _WHOLE or not told:
        return plain
    change = min(told, key=lambda each: _distance(each, verb, rest, told))
    if not isinstance(change.part, Item):
        return _field_words(past, rest, change, session, longest)
    item = _linked(change, change.part, rest, session) if verb == "link" else change.part
    name = f"'{shortened(_named(item, session), longest)}'"
    kind = kind_told(item)
    if verb == "link":
        return f"{past} {kind} {name}"
    if rest.startswith(kind):
        return f"{past} {kind} {name}{rest.removeprefix(kind)}"
    return f"{plain}{'' if rest else f' {kind}'} {name}"


def _linked(change: Change, part: Item, kind: str, session: Session) -> Item:
    """Return the item of a kind that an edit linked: the changed `part`, or what that points to now and did not before.

    A link is kept at one of its ends, wherever it was made. Where neither is of that kind, it is what was changed.
    """
    ends = [set(targets_of(each)) for each in (change.before, change.after) if isinstance(each, Item)]
    turned = set.symmetric_difference(*ends) if len(ends) > 1 else set[str]()
    found = (find(session, each) for each in sorted(turned))
    others = (each for each in found if each is not None and kind_told(each) == kind)
    return part if kind_told(part) == kind else next(others, part)


def _named(item: Item, session: Session) -> str:
    """Return an item in one line; of an answer to the checklist the question, of a mute its words or its rule."""
    if not isinstance(item, Mute):
        return item_named(item, session)
    words = "" if item.words.startswith("sha256:") else item.words
    return QUESTIONS.get(item.rule) or words or item.rule


def shortened(text: str, longest: int) -> str:
    """Return a text as one line of at most so many characters."""
    text = " ".join(text.split())
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"


def _distance(change: Change, verb: str, rest: str, among: list[Change]) -> tuple[bool, bool, bool]:
    """Return how far a change is from what its edit was about: the wrong kind, a by-product, or not its words."""
    part = change.part
    if not isinstance(part, Item):
        return (verb != "set", False, False)
    if verb == "delete":
        gone = {each.part.id for each in among if each.after is None}
        by_product = change.after is not None or getattr(part, "parent", None) in gone
    else:
        by_product = change.after is None or (verb in ("add", "make") and change.before is not None)
    same_words = change.before is not None and getattr(change.before, "text", "") == getattr(part, "text", "")
    return (not rest.startswith(kind_told(part)), by_product, same_words)


def _field_words(past: str, rest: str, change: Change, session: Session, longest: int) -> str:
    """Return what was done to fields of the session itself."""
    fields = fields_changed(change, session)
    if past != "set" or len(fields) != 1:
        return f"{past} {rest or ', '.join(each.name for each in fields)}".rstrip()
    after = fields[0].after
    return f"emptied {rest}" if after == NOTHING else f"set {rest} to '{shortened(after, longest)}'"


def deleted_words(history: History) -> str:
    """Return what to say of what was deleted just now, and that it was not the only one."""
    steps = list(takewhile(lambda step: step.label.startswith("delete "), reversed(history.past)))
    if not steps:
        return "Nothing was deleted."
    last = steps[0]
    words = step_words(last.label, last.changes, history.session, _LONGEST_DELETED).removeprefix("deleted ")
    if len(steps) == 1:
        return f"Deleted {words}. Undo brings it back."
    # What matters stands first: a narrow screen cuts the name.
    return f"{len(steps)} deleted, undo brings back one by one. Last: {words}"
