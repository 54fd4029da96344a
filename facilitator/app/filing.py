"""What a typed line, a mark or a link does to a session: pure functions from a session to the next."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import msgspec

from facilitator.app.panels.labels import label
from facilitator.capture.fields import Field
from facilitator.model import edits
from facilitator.model.links import link_field, linked
from facilitator.model.session import (
    Action,
    ActionStatus,
    ActionType,
    BranchEnd,
    Confidence,
    Entry,
    Factor,
    Item,
    Join,
    Lesson,
    LessonArea,
    LessonKind,
    Milestone,
    Parked,
    Priority,
    Question,
    ResponseKind,
    ResponseNote,
    Role,
    Session,
    Why,
)
from facilitator.model.told import kind_told
from facilitator.model.whys import question as asked

NewId = Callable[[], str]


@dataclass(frozen=True, slots=True)
class Edit:
    """A session after an edit, the label of the edit for undo, and the key of the row to look at."""

    session: Session
    label: str
    key: str


def filed(session: Session, item: Item, new_id: NewId, *, factors: tuple[str, ...] = ()) -> Edit:
    """Return the session with a newly typed item in its list; an action is linked to `factors`."""
    item = msgspec.structs.replace(item, id=new_id())
    if isinstance(item, Action) and factors:
        item = msgspec.structs.replace(item, factors=factors)
    session = with_question(edits.add(session, item), item.id, new_id)
    return Edit(session, f"add {article(kind_told(item))}", item.id)


def changed(session: Session, item: Item, new_id: NewId) -> Edit:
    """Return the session with an item replaced by what was typed for it."""
    session = with_question(edits.put(session, item), item.id, new_id)
    return Edit(session, f"change {article(kind_told(item))}", item.id)


def removed(session: Session, item: Item, key: str) -> Edit:
    """Return the session without an item; `key` is the row to look at then."""
    below = len(edits.descendants(session, item.id)) if isinstance(item, Why) else 0
    label = f"delete {article(kind_told(item))}{f' and {below} below it' if below else ''}"
    return Edit(edits.remove(session, item.id), label, key)


def field_set(session: Session, field: Field, value: Any) -> Edit:
    """Return the session with one field set."""
    return Edit(edits.set_field(session, field.path, value), f"set {field.label.lower()}", field.path)


def taken_further(session: Session, item: Item, new_id: NewId) -> Edit | None:
    """Return the session with the next thing made from an item, or None where that needs words of its own.

    An entry becomes an effect to ask about, a why becomes a factor, a parked topic becomes an action.
    """
    made: Item
    if isinstance(item, Entry):
        made = Why(id=new_id(), text=item.text, evidence=(item.id,))
    elif isinstance(item, Why):
        made = Factor(id=new_id(), text=item.text, whys=(item.id,), evidence=item.evidence)
    elif isinstance(item, Parked):
        made = Action(id=new_id(), text=item.text)
        session = edits.remove(session, item.id)
    else:
        return None
    return Edit(edits.add(session, made), f"make {article(kind_told(made))}", item.id)


def made_already(session: Session, item: Item) -> Item | None:
    """Return what was made from an item before, so that pressing the key twice makes nothing twice."""
    kinds: tuple[type[Item], ...] = (Why,) if isinstance(item, Entry) else (Factor,) if isinstance(item, Why) else ()
    words = getattr(item, "text", "")
    made = (each for each in linked(session, item) if isinstance(each, kinds) and getattr(each, "text", "") == words)
    return next(made, None)


def further(item: Item | None) -> str:
    """Return what an item can be taken further to, as the name of that kind, or "" where there is nothing."""
    kinds: dict[type[Item], str] = {Entry: "effect", Why: "factor", Factor: "action", Parked: "action"}
    return kinds.get(type(item), "") if item is not None else ""


def link_targets(session: Session, item: Item) -> tuple[Item, ...]:
    """Return the items that this one can be linked to, in whichever direction, in reading order."""
    kinds = (Action, Factor, Why, Entry)
    return tuple(
        other
        for kind in kinds
        for other in edits.items(session, kind)
        if other.id != item.id and (link_field(item, other) or link_field(other, item))
    )


def links_to(item: Item) -> bool:
    """Return whether items of this kind can be linked at all."""
    return isinstance(item, Entry | Why | Factor | Action)


def told(value: Any, line: str) -> str:
    """Return what somebody in the room said, of a line and what it became: nothing of it when it was put off."""
    if isinstance(value, Parked | Question | Action):
        return ""
    return str(getattr(value, "text", line))


def question_kept(session: Session, text: str, about: str, new_id: NewId) -> Edit | None:
    """Return the session with an open question about an item, or None when it has one with these words already.

    A why is left out: an open question about one says that its branch ends in the unknown.
    """
    if any(each.text == text and not each.answer for each in session.questions):
        return None
    item = edits.find(session, about) if about else None
    kept = Question(text=text, about="" if item is None or isinstance(item, Why) else about)
    return filed(session, kept, new_id)


def first_difference(before: Session, after: Session) -> str:
    """Return the key of the first row that an edit changed or added, or "" when it only took something away."""
    for name in edits.LISTS.values():
        old = {item.id: item for item in getattr(before, name)}
        for item in getattr(after, name):
            if old.get(item.id) is not item and old.get(item.id) != item:
                return str(item.id)
    return ""


def links_toggled(session: Session, item: Item, targets: tuple[str, ...]) -> Edit:
    """Return the session with the link between the item and each of the targets made or removed."""
    for target_id in targets:
        target = edits.find(session, target_id)
        if target is None:
            continue
        source, other = (item, target) if link_field(item, target) else (target, item)
        field = link_field(source, other)
        if field is not None:
            session = edits.toggle_link(session, source.id, field, other.id)
    return Edit(session, f"link {article(kind_told(item))}", item.id)


@dataclass(frozen=True, slots=True)
class Mark:
    """A fact that an item can be given with two keys: its name, whether it is set, and the field with its new value.

    Where `asks` is not empty, it asks for the words that become the value.
    """

    name: str
    on: bool
    field: str
    value: Any
    asks: str = ""


def marks(item: Item, categories: tuple[str, ...]) -> tuple[Mark, ...]:
    """Return the marks that fit an item, each with the value that choosing it gives; choosing a set one clears it."""
    if isinstance(item, Entry):
        return tuple(
            Mark(each, each in item.milestones, "milestones", _toggled(item.milestones, each)) for each in Milestone
        )
    if isinstance(item, Why):
        joins = (
            Mark("any of its answers (or)", item.join is Join.OR, "join", Join.OR),
            Mark("all of its answers together (and)", item.join is Join.AND, "join", Join.AND),
        )
        return (*joins, *_choices(item, "confidence", Confidence), *_choices(item, "end", BranchEnd, "ends: "))
    if isinstance(item, Factor):
        return (
            Mark("root cause", item.root_cause, "root_cause", not item.root_cause),
            Mark("mitigator", item.mitigator, "mitigator", not item.mitigator),
            *(
                Mark(each, item.category == each, "category", "" if item.category == each else each)
                for each in categories
            ),
            *_choices(item, "role", Role),
            *_yes_or_no(item, "present", "still present", "gone since"),
            *_yes_or_no(item, "seen_before", "seen before", "new: not seen before"),
            Mark(
                "decided not to act on it",
                bool(item.no_action),
                "no_action",
                "",
                asks="" if item.no_action else "Why is nothing done about it?",
            ),
        )
    if isinstance(item, Lesson):
        kinds = (Mark(each, item.kind is each, "kind", each) for each in LessonKind)
        return (*kinds, *_choices(item, "area", LessonArea))
    if isinstance(item, ResponseNote):
        return tuple(Mark(each, item.kind is each, "kind", each) for each in ResponseKind)
    if isinstance(item, Action):
        statuses = (Mark(each, item.status is each, "status", each) for each in ActionStatus)
        return (*statuses, *_choices(item, "priority", Priority), *_choices(item, "type", ActionType))
    return ()


def marked(session: Session, item: Item, mark: Mark, new_id: NewId) -> Edit:
    """Return the session with a mark set or cleared on an item. A branch that ends in the unknown leaves a question."""
    session = edits.change(session, item.id, **{mark.field: mark.value})
    return Edit(with_question(session, item.id, new_id), f"mark {article(kind_told(item))}", item.id)


def with_question(session: Session, why_id: str, new_id: NewId) -> Session:
    """Return the session with an open question about a why whose branch ends in the unknown, unless there is one."""
    why = edits.find(session, why_id)
    if not isinstance(why, Why) or why.end is not BranchEnd.UNKNOWN:
        return session
    if any(question.about == why_id for question in session.questions):
        return session
    return edits.add(session, Question(id=new_id(), text=asked(why), about=why_id))


def described(session: Session, item: Item) -> str:
    """Return an item as one line, for lists to choose from."""
    name = label(session, item)
    text = " ".join(getattr(item, "text", "").split())
    return f"{name}  {text}" if name else text


def article(noun: str) -> str:
    """Return a noun with its article: "an entry", "a factor"."""
    return f"{'an' if noun[:1] in 'aeiou' else 'a'} {noun}"


def _yes_or_no(item: Item, field: str, yes: str, no: str) -> tuple[Mark, ...]:
    now = getattr(item, field)
    names = ((yes, True), (no, False))
    return tuple(Mark(name, now is value, field, None if now is value else value) for name, value in names)


def _toggled(values: tuple[Milestone, ...], value: Milestone) -> tuple[Milestone, ...]:
    return tuple(each for each in values if each is not value) if value in values else (*values, value)


def _choices(item: Item, field: str, values: Any, prefix: str = "") -> tuple[Mark, ...]:
    now = getattr(item, field)
    return tuple(Mark(f"{prefix}{each}", now is each, field, None if now is each else each) for each in values)
