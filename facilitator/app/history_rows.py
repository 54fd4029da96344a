"""The rows of a history: one for each step, newest first under its day, with what it changed in words."""

from collections.abc import Iterable, Sequence

from facilitator.app.rows import Line, Row, Tone, heading
from facilitator.app.step_words import shortened, step_words
from facilitator.model.changes import Change
from facilitator.model.clocks import clock, day
from facilitator.model.item import Item
from facilitator.model.moments import Moment, Precision
from facilitator.model.session import Conflict, Session
from facilitator.model.told import fields_changed, item_told, kind_told
from facilitator.store.steps import STATE, Recorded, Turn

_TURNS = {Turn.DONE: "", Turn.UNDONE: "undone: ", Turn.REDONE: "done again: "}
_LONGEST_NAME, _LONGEST = 60, 300
"""How much of an item is shown to name it, and of a value, in characters."""


def history_rows(recorded: Sequence[Recorded], session: Session, item_id: str = "", words: str = "") -> list[Row]:
    """Return a row for each step, newest first, keyed by its number; only those about an item, or that hold all words.

    The steps of a day stand below its date, and who made them is said where it changes. `session` gives the zone, and
    the names of what steps link to.
    """
    wanted = words.casefold().split()
    rows: list[Row] = []
    date = by = ""
    for number in reversed(range(len(recorded))):
        step = recorded[number]
        if item_id and all(change.part.id != item_id for change in step.changes):
            continue
        searched = _searched(step, session) if wanted else ""
        if not all(word in searched for word in wanted):
            continue
        if (today := day(step.at, session.zone, year=True)) != date:
            rows.append(heading(today, first=not rows))
            date, by = today, ""
        rows.append(_row(number, step, session, "" if step.by == by else step.by))
        by = step.by
    return rows


def step_lines(step: Recorded, session: Session) -> tuple[Line, ...]:
    """Return what a step changed, one line for each field: how it was, and how it is since.

    What the row of the step says already is left out.
    """
    if step.state is not None:
        return (Line("What was done before is not recorded. Going back to here undoes all that is listed above."),)
    changes = _told_changes(step)
    if len(changes) == 1 and _is_said(changes[0], session):
        return ()
    return tuple(Line(text, tone) for change in changes for text, tone in _told(change, session))


def _row(number: int, step: Recorded, session: Session, by: str) -> Row:
    more = len(_told_changes(step)) - 1
    rest = f"  and {more} more" if more > 0 else ""
    tone = Tone.MUTED if not step.by or step.label == STATE.label else Tone.BODY
    return Row(str(number), f"{_words(step, session)}{rest}", lead=_time(step, session), tail=by, tone=tone)


def _words(step: Recorded, session: Session) -> str:
    return f"{_TURNS[step.turn]}{step_words(step.label, step.changes, session, _LONGEST_NAME)}"


def _time(step: Recorded, session: Session) -> str:
    return clock(Moment(step.at, precision=Precision.SECOND), session.zone)


def _searched(step: Recorded, session: Session) -> str:
    dates = f"{day(step.at, session.zone, year=True)} {day(step.at, session.zone)} {_time(step, session)}"
    lines = " ".join(text for change in _told_changes(step) for text, _ in _told(change, session))
    return f"{dates} {step.by} {step.label} {_words(step, session)} {lines}".casefold()


def _told_changes(step: Recorded) -> list[Change]:
    return [change for change in step.changes if not isinstance(change.part, Conflict)]


def _is_said(change: Change, session: Session) -> bool:
    """Return whether the row of a step says all of a change: something short was added or deleted."""
    part = change.part
    if not isinstance(part, Item) or (change.before is not None and change.after is not None):
        return False
    return len(item_told(part, session)) <= _LONGEST_NAME


def _told(change: Change, session: Session) -> Iterable[tuple[str, Tone]]:
    part = change.part
    if isinstance(part, Item) and (change.before is None or change.after is None):
        verb = "added" if change.before is None else "deleted"
        yield f"{verb} {kind_told(part)}  {_short(item_told(part, session))}", Tone.MUTED
    for field in fields_changed(change, session):
        yield f"{field.name}  {_short(field.before)}", Tone.MUTED
        yield f"{' ' * len(field.name)}  {_short(field.after)}", Tone.BODY


def _short(text: str) -> str:
    return shortened(text, _LONGEST)
