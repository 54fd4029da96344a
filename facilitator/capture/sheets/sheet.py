"""A list of a session as text for an editor, and back without a loss: `written` and `read`.

Every item is one line as it would be typed in the program. What the text still says as it did changes nothing in the
session, whatever else an item holds; a changed line changes its item, which keeps its id and what a line does not say.
"""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass

import msgspec

from facilitator.capture.context import Context
from facilitator.capture.sheets.agenda import AgendaForm
from facilitator.capture.sheets.form import Case, Filed, Form, UnclearError
from facilitator.capture.sheets.guides import Section, guide
from facilitator.capture.sheets.lists import (
    ActionsForm,
    FactorsForm,
    LessonsForm,
    ParkedForm,
    PeopleForm,
    ResponseForm,
)
from facilitator.capture.sheets.matching import matched
from facilitator.capture.sheets.ranks import arranged
from facilitator.capture.sheets.rows import Heading, Problem, Row, Shown, marked, parsed
from facilitator.capture.sheets.rows import written as as_text
from facilitator.capture.sheets.spelling import misspelt
from facilitator.capture.sheets.timeline import TimelineForm
from facilitator.capture.sheets.whys import WhysForm
from facilitator.capture.whys import owner_in
from facilitator.model import edits
from facilitator.model.item import Item
from facilitator.model.session import Session, Why

__all__ = ["Outcome", "Problem", "Section", "marked", "read", "written"]

_FORMS: Mapping[Section, type[Form]] = {
    Section.TIMELINE: TimelineForm,
    Section.WHYS: WhysForm,
    Section.FACTORS: FactorsForm,
    Section.LESSONS: LessonsForm,
    Section.RESPONSE: ResponseForm,
    Section.ACTIONS: ActionsForm,
    Section.PARKED: ParkedForm,
    Section.PEOPLE: PeopleForm,
    Section.AGENDA: AgendaForm,
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an edited sheet comes to.

    With `problems` nothing was taken over: `session` is as it was. `shown` is how many items the sheet had; the other
    numbers are how many items were added, changed, only moved, and deleted. `whys` are the ids of the whys that are new
    or not as they were, each with who will find out, as its line says.
    """

    session: Session
    problems: tuple[Problem, ...] = ()
    shown: int = 0
    added: int = 0
    changed: int = 0
    moved: int = 0
    deleted: int = 0
    whys: tuple[tuple[str, str], ...] = ()


def written(section: Section, context: Context) -> str:
    """Return a section of the context's session as text: comments that explain it, then an item a line."""
    parts = _FORMS[section](context, str).parts()
    return as_text(guide(section, context.session), parts)


def read(text: str, section: Section, context: Context, new_id: Callable[[], str]) -> Outcome:
    """Return what the edited text of a section makes of the context's session, which is the one that was written.

    Never raises, whatever was typed: a line that cannot be read is a problem. `new_id` makes the ids of new items.
    """
    form = _FORMS[section](context, new_id)
    shown = [part for part in form.parts() if isinstance(part, Shown)]
    rows, wrong = _placed(form, text)
    filed, unread = _filed(form, rows, _before(form, shown, rows))
    problems = [*wrong, *unread, *form.problems(filed), *form.missing()]
    if problems:
        return Outcome(context.session, tuple(sorted(problems, key=lambda each: each.number)), len(shown))
    own = [each for each in filed if isinstance(each.item, form.kinds)]
    asides = [each.item for each in filed if not isinstance(each.item, form.kinds)]
    return _outcome(form, context.session, shown, own, asides)


def _placed(form: Form, text: str) -> tuple[list[Row], list[Problem]]:
    """Return the lines of a sheet with their places, without those below a heading that cannot be read."""
    rows: list[Row] = []
    problems: list[Problem] = []
    place: str | None = ""
    for part in parsed(text):
        if isinstance(part, Problem):
            problems.append(part)
        elif isinstance(part, Heading):
            if not form.headed:
                continue
            try:
                place = form.place(part)
            except UnclearError as error:
                place = None
                problems.append(Problem(part.number, f"## {part.text}", str(error)))
        elif place is not None:
            rows.append(Row(part.text, place, part.indent, part.number))
    return rows, problems


def _before(form: Form, shown: Sequence[Shown], rows: Sequence[Row]) -> list[Shown | None]:
    """Return for each line the item that it was."""
    found: list[Shown | None] = [None] * len(rows)
    old: dict[str, list[Shown]] = {}
    for part in shown:
        old.setdefault(form.kind(part.text), []).append(part)
    new: dict[str, list[int]] = {}
    for at, row in enumerate(rows):
        new.setdefault(form.kind(row.text), []).append(at)
    for kind, places in new.items():
        was = old.get(kind, [])
        keys = [(rows[at].place, rows[at].text) for at in places]
        for at, index in zip(places, matched([(part.place, part.text) for part in was], keys), strict=True):
            found[at] = was[index] if index is not None else None
    return found


def _filed(form: Form, rows: Sequence[Row], before: Sequence[Shown | None]) -> tuple[list[Filed], list[Problem]]:
    """Return what the lines become, and those of which it is not clear."""
    filed: list[Filed] = []
    problems: list[Problem] = []
    above: Filed | None = None
    for row, was in zip(rows, before, strict=True):
        if was is not None and (was.text, was.place) == (row.text, row.place):
            above = Filed(row, was.item, was.item)
            filed.append(above)
            continue
        reading = form.read(Case(row, was, above))
        if reading.value is None:
            message = reading.question or "There is nothing on this line. Remove it"
            proposed = "; ".join(choice.label for choice in reading.choices)
            problems.append(Problem(row.number, row.text, f"{message} ({proposed})" if proposed else message))
            continue
        old = was.item if was is not None else None
        doubt = misspelt(row.text, was.text if was is not None else "", form.names())
        if doubt and isinstance(reading.value, form.kinds):
            problems.append(Problem(row.number, row.text, doubt))
            continue
        item = msgspec.structs.replace(reading.value, id=old.id if old is not None else form.new_id())
        filed.append(Filed(row, old if old is not None and item == old else item, old))
        above = filed[-1] if isinstance(item, form.kinds) else above
    return filed, problems


def _outcome(
    form: Form, session: Session, shown: Sequence[Shown], filed: Sequence[Filed], asides: Sequence[Item]
) -> Outcome:
    old = {part.item.id: part.item for part in shown}
    items, moved = _in_order(form, filed, old)
    gone = old.keys() - items.keys()
    was = session
    session = form.opened(session)
    for kind in form.kinds:
        session = _with_items(session, kind, items)
    session = edits.without(session, gone) if gone else session
    for aside in asides:
        session = edits.add(session, aside)
    changed = {each.item.id for each in filed if each.old is not None and each.item is not each.old}
    renamed = sum(1 for each in was.meetings if edits.find(session, each.id) != each) if form.headed else 0
    return Outcome(
        session,
        shown=len(shown),
        added=len(items.keys() - old.keys()) + len(asides),
        changed=len(changed) + renamed,
        moved=len(moved - changed),
        deleted=len(gone),
        whys=tuple(
            (each.item.id, owner_in(each.row.text, form.context, each.old if isinstance(each.old, Why) else None))
            for each in filed
            if isinstance(each.item, Why) and items[each.item.id] is not each.old
        ),
    )


def _in_order(form: Form, filed: Sequence[Filed], old: Mapping[str, Item]) -> tuple[dict[str, Item], set[str]]:
    """Return the items with ranks in the order of their lines, by id, and the ids of those that have another place."""
    groups: dict[Hashable, list[Item]] = {}
    moved: set[str] = set()
    for each, (item, group) in zip(filed, form.grouped(filed), strict=True):
        groups.setdefault(group, []).append(item)
        if item is not each.item and each.old is not None:
            moved.add(item.id)
    items: dict[str, Item] = {}
    for group_items in groups.values():
        placed, passed = arranged(group_items, old.keys())
        items.update({item.id: item for item in placed})
        moved |= passed
    return items, moved


def _with_items(session: Session, kind: type[Item], items: Mapping[str, Item]) -> Session:
    """Return the session with these items of one kind in its list; the same value when it has them already."""
    present = edits.items(session, kind)
    kept = [items.get(item.id, item) for item in present]
    known = {item.id for item in present}
    new = [item for item in items.values() if isinstance(item, kind) and item.id not in known]
    if not new and all(first is second for first, second in zip(kept, present, strict=True)):
        return session
    return msgspec.structs.replace(session, **{edits.LISTS[kind]: edits.ordered((*kept, *new))})
