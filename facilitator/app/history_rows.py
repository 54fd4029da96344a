"""The rows of a history: one for each step, newest first, with what it changed in words."""

from collections.abc import Iterable, Sequence

from facilitator.app.rows import Line, Row, Tone
from facilitator.model.changes import Change
from facilitator.model.clocks import clock, day
from facilitator.model.moments import Moment
from facilitator.model.session import Conflict, Item, Session
from facilitator.model.told import fields_changed, item_told, kind_told
from facilitator.store.steps import Recorded, Turn

_TURNS = {Turn.DONE: "", Turn.UNDONE: "undone: ", Turn.REDONE: "done again: "}
_LONGEST_NAME, _LONGEST = 60, 300
"""How much of an item is shown to name it, and of a value, in characters."""


def history_rows(recorded: Sequence[Recorded], session: Session, item_id: str = "", words: str = "") -> list[Row]:
    """Return a row for each step, newest first, keyed by its number; only those about an item, or that hold all words.

    `session` gives the zone, and the names of what steps link to.
    """
    wanted = words.casefold().split()
    rows = []
    for number in reversed(range(len(recorded))):
        step = recorded[number]
        if item_id and all(change.part.id != item_id for change in step.changes):
            continue
        row = _row(number, step, session)
        searched = _searched(row, step, session) if wanted else ""
        if all(word in searched for word in wanted):
            rows.append(row)
    return rows


def step_lines(step: Recorded, session: Session) -> tuple[Line, ...]:
    """Return what a step changed, one line for each field: how it was, and how it is since."""
    return tuple(
        Line(text, tone) for change in step.changes if not _is_conflict(change) for text, tone in _told(change, session)
    )


def _row(number: int, step: Recorded, session: Session) -> Row:
    when = f"{day(step.at, session.zone)} {clock(Moment(step.at), session.zone)}"
    about = next((_about(change, session) for change in step.changes if not _is_conflict(change)), "")
    more = sum(not _is_conflict(change) for change in step.changes) - 1
    rest = f"  and {more} more" if more > 0 else ""
    body = f"{_TURNS[step.turn]}{step.label}{': ' if about else ''}{about}{rest}"
    return Row(str(number), body, lead=when, tail=step.by, tone=Tone.BODY if step.by else Tone.MUTED)


def _searched(row: Row, step: Recorded, session: Session) -> str:
    lines = " ".join(line.text for line in step_lines(step, session))
    return f"{row.lead} {row.body} {row.tail} {lines}".casefold()


def _is_conflict(change: Change) -> bool:
    return isinstance(change.part, Conflict)


def _about(change: Change, session: Session) -> str:
    if isinstance(change.part, Item):
        return _cut(item_told(change.part, session), _LONGEST_NAME)
    return ", ".join(field.name for field in fields_changed(change, session))


def _told(change: Change, session: Session) -> Iterable[tuple[str, Tone]]:
    part = change.part
    if isinstance(part, Item) and (change.before is None or change.after is None):
        verb = "added" if change.before is None else "deleted"
        yield f"{verb} {kind_told(part)}  {_short(item_told(part, session))}", Tone.MUTED
    for field in fields_changed(change, session):
        yield f"{field.name}  {_short(field.before)}", Tone.MUTED
        yield f"{' ' * len(field.name)}  {_short(field.after)}", Tone.BODY


def _short(text: str) -> str:
    return _cut(" ".join(text.split()), _LONGEST)


def _cut(text: str, size: int) -> str:
    return text if len(text) <= size else f"{text[: size - 1].rstrip()}…"
