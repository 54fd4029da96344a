"""What a typed line, a mark or a link does to a session: pure functions from a session to the next."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

import msgspec

from facilitator.app.panels.labels import label
from facilitator.capture.fields import Field
from facilitator.model import edits
from facilitator.model.changes import PATHS, diff
from facilitator.model.item import Item
from facilitator.model.links import link_field, linked
from facilitator.model.meeting_items import Note
from facilitator.model.open_ends import in_step
from facilitator.model.outcomes import with_status
from facilitator.model.precedents import met, noted
from facilitator.model.session import (
    Action,
    ActionStatus,
    ActionType,
    BranchEnd,
    Confidence,
    Entry,
    Factor,
    Join,
    Lesson,
    LessonArea,
    LessonKind,
    Milestone,
    Parked,
    Precedent,
    Priority,
    Question,
    ResponseKind,
    ResponseNote,
    Role,
    Session,
    Why,
)
from facilitator.model.told import kind_told

NewId = Callable[[], str]


@dataclass(frozen=True, slots=True)
class Edit:
    """A session after an edit, the label of the edit for undo, and the key of the row to look at.

    `said` is what to say of what the edit brought along, such as an open question.
    """

    session: Session
    label: str
    key: str
    said: str = ""


def filed(
    session: Session, item: Item, new_id: NewId, *, factors: tuple[str, ...] = (), owner: str | None = None
) -> Edit:
    """Return the session with a newly typed item in its list.

    An action is linked to `factors`; `owner` will find out where a why ends in the unknown.
    """
    item = msgspec.structs.replace(item, id=new_id())
    if isinstance(item, Action) and factors:
        item = msgspec.structs.replace(item, factors=factors)
    after, said = in_step(session, edits.add(session, item), item.id, new_id, owner)
    return Edit(after, f"add {article(kind_told(item))}", item.id, said)


def changed(session: Session, item: Item, new_id: NewId, *, owner: str | None = None) -> Edit:
    """Return the session with an item replaced by what was typed for it; see `filed` for `owner`."""
    after, said = in_step(session, edits.put(session, item), item.id, new_id, owner)
    return Edit(after, f"change {article(kind_told(item))}", item.id, said)


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


def made_words(session: Session, item: Item, made: Item) -> str:
    """Return the sentence that says what was made from an item before; both have the same words."""
    source = f"The entry of {label(session, item)}" if isinstance(item, Entry) else "This why"
    kind = "an effect" if isinstance(made, Why) and made.parent is None else "an answer"
    target = f"{kind} among the whys" if isinstance(made, Why) else f"factor {label(session, made)}"
    return f"{source} is {target} already: “{' '.join(getattr(made, 'text', '').split())}”."


def further(item: Item | None) -> str:
    """Return what an item can be taken further to, as the name of that kind, or "" where there is nothing."""
    kinds: dict[type[Item], str] = {Entry: "effect", Why: "factor", Factor: "action", Parked: "action"}
    return kinds.get(type(item), "") if item is not None else ""


def link_targets(session: Session, item: Item, past: Collection[Precedent] = ()) -> tuple[Item, ...]:
    """Return the items that this one can be linked to, in whichever direction, in reading order.

    Earlier incidents that are not noted yet are among them, if they are given as `past`.
    """
    kinds = (Action, Precedent, Factor, Why, Entry)
    new = [each for each in past if edits.find(session, each.id) is None]
    return tuple(
        other
        for kind in kinds
        for other in (*edits.items(session, kind), *(new if kind is Precedent else ()))
        if other.id != item.id and (link_field(item, other) or link_field(other, item))
    )


def link_group(item: Item) -> str:
    """Return the heading under which items of this kind stand in a list of link targets."""
    names = {Action: "Actions", Precedent: "Seen before", Factor: "Factors", Why: "Whys", Entry: "Timeline"}
    return names.get(type(item), "")


def links_to(item: Item) -> bool:
    """Return whether items of this kind can be linked at all."""
    return isinstance(item, Entry | Why | Factor | Action)


def told(value: Any, line: str) -> str:
    """Return what somebody in the room said, of a line and what it became: nothing of it when it was put off."""
    if isinstance(value, Parked | Question | Action):
        return ""
    return str(getattr(value, "text", line))


def kept_words(value: object) -> str:
    """Return what to say of something that was filed and has no row where it was typed."""
    match value:
        case Parked(text=text):
            return f"Parked: {text}"
        case Question(text=text):
            return f"Open question: {text}"
        case Note():
            return "A private note; it is in no document."
    return ""


def question_kept(session: Session, text: str, about: str, new_id: NewId) -> Edit | None:
    """Return the session with an open question about an item, or None when it has one with these words already.

    A why is left out: an open question about one says that its branch ends in the unknown.
    """
    if any(each.text == text and not each.answer for each in session.questions):
        return None
    item = edits.find(session, about) if about else None
    kept = Question(text=text, about="" if item is None or isinstance(item, Why) else about)
    return filed(session, kept, new_id)


def difference(before: Session, after: Session, shown: Collection[str]) -> str:
    """Return which of the rows `shown` to look at when one session took the place of another; "" when none differs.

    What is there again comes first, of a tree its top; then what has other words, then what is different otherwise.
    """
    changes = [each for each in diff(before, after) if each.after is not None]
    added = {each.part.id for each in changes if each.before is None}
    places: list[tuple[int, str]] = []
    for change in changes:
        old, new = change.before, change.after
        if isinstance(old, Session) and isinstance(new, Session):
            places += [(1, path) for path in PATHS if edits.get_field(old, path) != edits.get_field(new, path)]
        elif old is None:
            places.append((0 if getattr(new, "parent", None) not in added else 2, change.part.id))
        else:
            places.append((1 if getattr(old, "text", "") != getattr(new, "text", "") else 3, change.part.id))
    return min((each for each in places if each[1] in shown), default=(0, ""), key=lambda each: each[0])[1]


def links_toggled(session: Session, item: Item, targets: tuple[str, ...], past: Collection[Precedent] = ()) -> Edit:
    """Return the session with the link between the item and each of the targets made or removed.

    Earlier incidents of `past` that are linked are noted by that, and what is linked to them was seen before.
    """
    new = {each.id: each for each in past}
    for target_id in targets:
        target = edits.find(session, target_id) or new.get(target_id)
        if target is None:
            continue
        source, other = (item, target) if link_field(item, target) else (target, item)
        if isinstance(source, Precedent):
            session = met(session, source, (other.id,))
            continue
        field = link_field(source, other)
        if field is not None:
            session = edits.toggle_link(session, source.id, field, other.id)
    return Edit(session, f"link {article(kind_told(item))}", item.id)


def precedent_noted(session: Session, past: Precedent, key: str) -> Edit:
    """Return the session with an earlier incident noted; `key` is the row to look at then."""
    return Edit(noted(session, past), f"note {article(kind_told(past))}", key)


@dataclass(frozen=True, slots=True)
class Mark:
    """A fact that an item can be given with two keys: its name, whether it is set, and the field with its new value.

    Where `asks` is not empty, it asks for the words that become the value. `group` is the heading under which it
    stands, where an item has marks of several kinds.
    """

    name: str
    on: bool
    field: str
    value: Any
    asks: str = ""
    group: str = ""


def marks(item: Item, categories: tuple[str, ...]) -> tuple[Mark, ...]:
    """Return the marks that fit an item, each with the value that choosing it gives; choosing a set one clears it."""
    if isinstance(item, Entry):
        return tuple(
            Mark(each, each in item.milestones, "milestones", _toggled(item.milestones, each)) for each in Milestone
        )
    if isinstance(item, Why):
        together = "Answers: which of them were enough"
        joins = (
            Mark("any of its answers (or)", item.join is Join.OR, "join", Join.OR, group=together),
            Mark("all of its answers together (and)", item.join is Join.AND, "join", Join.AND, group=together),
        )
        ends = _choices(item, "end", BranchEnd, "Branch", prefix="ends: ")
        return (*joins, *_choices(item, "confidence", Confidence, "Confidence"), *ends)
    if isinstance(item, Factor):
        return _factor_marks(item, categories)
    if isinstance(item, Lesson):
        kinds = (Mark(each, item.kind is each, "kind", each, group="Kind") for each in LessonKind)
        return (*kinds, *_choices(item, "area", LessonArea, "Area"))
    if isinstance(item, ResponseNote):
        return tuple(Mark(each, item.kind is each, "kind", each) for each in ResponseKind)
    if isinstance(item, Action):
        statuses = (Mark(each, item.status is each, "status", each, group="Progress") for each in ActionStatus)
        priorities = _choices(item, "priority", Priority, "Priority")
        return (*statuses, *priorities, *_choices(item, "type", ActionType, "Type"))
    return ()


def _factor_marks(item: Factor, categories: tuple[str, ...]) -> tuple[Mark, ...]:
    present = _yes_or_no(item, "present", "still present", "gone since", group="Is it still there")
    seen = _yes_or_no(item, "seen_before", "seen before", "new: not seen before", group="Was it seen before")
    asks = "" if item.no_action else "Why is nothing done about it?"
    return (
        Mark("root cause", item.root_cause, "root_cause", not item.root_cause, group="What it is"),
        Mark("mitigator", item.mitigator, "mitigator", not item.mitigator, group="What it is"),
        *(
            Mark(each, item.category == each, "category", "" if item.category == each else each, group="Category")
            for each in categories
        ),
        *_choices(item, "role", Role, "What it did"),
        *present,
        *seen,
        Mark("decided not to act on it", bool(item.no_action), "no_action", "", asks=asks, group="What is done"),
    )


def marked(session: Session, item: Item, mark: Mark, new_id: NewId, today: date) -> Edit:
    """Return the session with a mark set or cleared on an item; an action that is marked done was done `today`.

    A branch that ends in the unknown leaves a question.
    """
    if isinstance(item, Action) and mark.field == "status":
        edited = edits.put(session, with_status(item, mark.value, today))
    else:
        edited = edits.change(session, item.id, **{mark.field: mark.value})
    after, said = in_step(session, edited, item.id, new_id)
    return Edit(after, f"mark {article(kind_told(item))}", item.id, said)


def described(session: Session, item: Item) -> str:
    """Return an item as one line, for lists to choose from."""
    name = label(session, item)
    text = " ".join(getattr(item, "text", "").split())
    return f"{name}  {text}" if name else text


def article(noun: str) -> str:
    """Return a noun with its article: "an entry", "a factor"."""
    return f"{'an' if noun[:1] in 'aeiou' else 'a'} {noun}"


def _yes_or_no(item: Item, field: str, yes: str, no: str, *, group: str) -> tuple[Mark, ...]:
    now = getattr(item, field)
    names = ((yes, True), (no, False))
    return tuple(Mark(name, now is value, field, None if now is value else value, group=group) for name, value in names)


def _toggled(values: tuple[Milestone, ...], value: Milestone) -> tuple[Milestone, ...]:
    return tuple(each for each in values if each is not value) if value in values else (*values, value)


def _choices(item: Item, field: str, values: Any, group: str, *, prefix: str = "") -> tuple[Mark, ...]:
    now = getattr(item, field)
    return tuple(
        Mark(f"{prefix}{each}", now is each, field, None if now is each else each, group=group) for each in values
    )
