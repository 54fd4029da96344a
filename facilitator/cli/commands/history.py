"""`facilitator history`: what was changed in a session, when and by whom."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import click
import msgspec

from facilitator.cli.errors import NothingFound
from facilitator.cli.options import examples, id_argument, json_option, store_option
from facilitator.cli.output import emit, note, say
from facilitator.cli.places import open_store
from facilitator.model.changes import Change
from facilitator.model.clocks import clock, day
from facilitator.model.edits import LISTS
from facilitator.model.item import Item
from facilitator.model.moments import Moment, Precision, find_zone
from facilitator.model.session import Conflict, Session
from facilitator.model.text import one_line
from facilitator.model.told import fields_changed, item_told, kind_told
from facilitator.store.steps import Recorded, Turn

TURNS = {Turn.DONE: "", Turn.UNDONE: "undone: ", Turn.REDONE: "done again: "}
LONGEST = 60
"""How many characters of each side of a change are shown."""

_NEAR = 2


@click.command(
    "history",
    epilog=examples(
        "facilitator history 01K9XQ",
        'facilitator history 01K9XQ --item "burn rate"',
        "facilitator history 01K9XQ --limit 1 --json | jq .by",
    ),
)
@id_argument
@click.option("--item", metavar="TEXT|ID", default="", help="Only changes of what has this id, or these words in it.")
@click.option("--limit", metavar="N", type=click.IntRange(min=1), default=50, help="How many steps at most; else 50.")
@json_option
@store_option
@click.pass_context
def command(ctx: click.Context, *, beginning: str, item: str, limit: int, as_json: bool) -> None:
    """List what was changed in the session with this ID, the newest first.

    Times are in the zone of the session. With --json every step is one line of JSON, with each item as it was before
    and as it is after.
    """
    store = open_store(ctx)
    session = store.open(store.resolve(beginning)).session
    found = [(step, about(step, item, session)) for step in reversed(store.history(session.id))]
    if not found:
        raise NothingFound(f"nothing is recorded yet for '{one_line(session.title)}': a history begins with an edit")
    wanted = [(step, changes) for step, changes in found if changes or not item]
    if not wanted:
        raise NothingFound(f"no step about {item!r} is recorded for '{one_line(session.title)}'")
    shown = wanted[:limit]
    if as_json:
        emit(b"".join(msgspec.json.encode(_plain(step, changes)) + b"\n" for step, changes in shown))
    else:
        zone = session.zone if find_zone(session.zone) else "UTC"
        say(f"{one_line(session.title)}  ({session.id}), times in {zone}")
        for step, changes in shown:
            say(_told(step, changes, session))
    if len(wanted) > limit:
        note(f"and {len(wanted) - limit} older steps; show more with --limit {len(wanted)}")


def when(at: datetime, zone: str) -> str:
    """Return a moment to the second, on the clock of `zone`: "2026-11-21 14:00:12"."""
    return f"{day(at, zone, year=True)} {clock(Moment(at, precision=Precision.SECOND), zone)}"


def about(step: Recorded, wanted: str, session: Session) -> tuple[Change, ...]:
    """Return the changes of a step that are about an item with this beginning of an id, or that hold these words."""
    if not wanted:
        return step.changes
    sought = one_line(wanted).casefold()
    return tuple(
        change
        for change in step.changes
        if (isinstance(change.part, Item) and change.part.id.casefold().startswith(sought))
        or sought in _searched(change, session)
    )


def _searched(change: Change, session: Session) -> str:
    sides = [item_told(side, session) for side in (change.before, change.after) if isinstance(side, Item)]
    fields = [f"{each.name} {each.before} {each.after}" for each in fields_changed(change, session)]
    return one_line(" ".join([*sides, *fields])).casefold()


def _told(step: Recorded, changes: Sequence[Change], session: Session) -> str:
    by = f"  {step.by}" if step.by else ""
    lines = [f"{when(step.at, session.zone)}{by}  {TURNS[step.turn]}{step.label}"]
    for change in changes:
        lines += [f"    {line}" for line in change_told(change, session)]
    return "\n".join(lines)


def change_told(change: Change, session: Session) -> list[str]:
    """Return a change in words: a line for an item that was added or deleted, else one for each field."""
    part = change.part
    if isinstance(part, Item) and (change.before is None or change.after is None):
        verb = "added" if change.before is None else "deleted"
        return [f"{verb} {kind_told(part)}: {_short(_named(part, session))}"]
    of = f"{kind_told(part)} '{_short(_named(part, session))}', " if isinstance(part, Item) else ""
    lines = []
    for field in fields_changed(change, session):
        before, after = _apart(field.before, field.after)
        lines.append(f"{of}{field.name}: {before} -> {after}")
    return lines or [f"{of.removesuffix(', ')} moved" if of else "the session itself"]


def _named(item: Item, session: Session) -> str:
    if isinstance(item, Conflict):
        return f"two versions of '{item.field}'"
    return item_told(item, session)


def _apart(before: str, after: str) -> tuple[str, str]:
    """Return two texts without the many words that they begin and end with alike."""
    old, new = one_line(before).split(), one_line(after).split()
    shorter = min(len(old), len(new))
    begin = next((number for number in range(shorter) if old[number] != new[number]), shorter)
    end = next((n for n in range(shorter - begin) if old[-1 - n] != new[-1 - n]), shorter - begin)
    begin, end = max(0, begin - _NEAR), max(0, end - _NEAR)
    if sum(map(len, old)) <= LONGEST and sum(map(len, new)) <= LONGEST:
        begin = end = 0
    return _between(old, begin, end), _between(new, begin, end)


def _between(words: Sequence[str], begin: int, end: int) -> str:
    text = " ".join(words[begin : len(words) - end])
    return f"{'...' if begin else ''}{_short(text)}{'...' if end and len(text) <= LONGEST else ''}"


def _short(text: str) -> str:
    text = one_line(text)
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 3].rstrip()}..."


def _plain(step: Recorded, changes: Sequence[Change]) -> dict[str, Any]:
    found: dict[str, Any] = {
        "id": step.id,
        "at": step.at,
        "by": step.by,
        "label": step.label,
        "turn": step.turn,
        "of": step.of,
        "changes": [
            {
                "list": LISTS[type(change.part)] if isinstance(change.part, Item) else "session",
                "before": change.before,
                "after": change.after,
            }
            for change in changes
        ],
    }
    return found | ({"state": step.state} if step.state is not None else {})
