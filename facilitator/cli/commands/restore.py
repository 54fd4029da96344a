"""`facilitator restore`: a session back from the trash, or back to the state that it had at some time."""

import sys
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import click

from facilitator.cli.errors import Failure, NothingFound
from facilitator.cli.options import examples, store_option
from facilitator.cli.output import note, room, table
from facilitator.cli.places import find_store, open_store, store_to_write
from facilitator.model.changes import Change, diff
from facilitator.model.clocks import clock, day
from facilitator.model.item import Item
from facilitator.model.moments import Moment, Precision, find_zone, local
from facilitator.model.session import Session
from facilitator.model.text import one_line
from facilitator.store.errors import UnknownIdError
from facilitator.store.naming import SUFFIX
from facilitator.store.opening import Opened
from facilitator.store.steps import Recorded
from facilitator.store.store import Store, Trashed

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

HEADINGS = ("ID", "Deleted (UTC)", "File", "Title")


def _complete(ctx: click.Context, _param: click.Parameter, incomplete: str) -> "list[CompletionItem[str]]":
    from click.shell_completion import CompletionItem

    from facilitator.cli.completing import matching_ids

    beginning = incomplete.casefold()
    trashed = open_store(ctx).trash()
    for named in (_stem, _id):
        found = [CompletionItem(named(each), help=one_line(each.title)) for each in trashed]
        found = [each for each in found if each.value.casefold().startswith(beginning)]
        if found:
            return found
    return matching_ids(ctx, incomplete)


@click.command(
    "restore",
    epilog=examples(
        "facilitator restore                      what is in the trash",
        "facilitator restore 01K9XQ",
        'facilitator restore 01K9XQ --at "2026-11-21 14:00"',
        'facilitator restore 01K9XQ --at "yesterday 14:00" --yes',
    ),
)
@click.argument("beginning", metavar="[ID]", default="", shell_complete=_complete)
@click.option("--at", "at", metavar="WHEN", help="Bring the session to the state that it had at this time.")
@click.option("-y", "--yes", is_flag=True, help="Do not ask.")
@store_option
@click.pass_context
def command(ctx: click.Context, *, beginning: str, at: str | None, yes: bool) -> None:
    """Bring the deleted session with this ID back from the trash; without ID, list what is in the trash.

    With --at, bring a session that is not deleted to the state that it had at a time, in its own zone unless another
    one is named. That is one more step of its history, so nothing is lost, and it can be undone. On a terminal you are
    asked first.
    """
    if at is not None:
        if not beginning:
            raise click.UsageError("--at needs the ID of a session.", ctx)
        _go_back(ctx, beginning, at, yes=yes)
    elif beginning:
        store = open_store(ctx)
        trashed = _one(store, beginning)
        path = store.restore(trashed)
        note(f"'{one_line(trashed.title)}' is back in {path}")
        click.echo(trashed.id)
    else:
        _list(open_store(ctx))


def _list(store: Store) -> None:
    found = store.trash()
    if not found:
        raise NothingFound(f"the trash of {store.path} is empty")
    click.echo(table(HEADINGS, [_row(each) for each in found], room()))
    note("bring one back with 'facilitator restore ID'; the name of its file will do too")


def _row(trashed: Trashed) -> Sequence[str]:
    return (trashed.id, _deleted(trashed), _stem(trashed), trashed.title)


def _deleted(trashed: Trashed) -> str:
    try:
        # A file keeps the time of its contents when it is moved, but not that of its name.
        at = datetime.fromtimestamp(trashed.path.lstat().st_ctime, UTC)
    except (OSError, OverflowError, ValueError):
        return ""
    return f"{at:%Y-%m-%d %H:%M}"


def _id(trashed: Trashed) -> str:
    return trashed.id


def _stem(trashed: Trashed) -> str:
    return trashed.path.name.removesuffix(SUFFIX)


def _matching(store: Store, beginning: str) -> list[Trashed]:
    """Return the deleted sessions whose id or file name is this, else those whose id or file name begins so."""
    wanted = beginning.strip().casefold()
    named = [(each, (each.id.casefold(), _stem(each).casefold(), each.path.name.casefold())) for each in store.trash()]
    whole = [each for each, names in named if wanted in names]
    return whole or [each for each, names in named if wanted and any(name.startswith(wanted) for name in names)]


def _one(store: Store, beginning: str) -> Trashed:
    matches = _matching(store, beginning)
    if len(matches) == 1:
        return matches[0]
    if matches:
        lines = "\n".join(f"  {each.id}  {_stem(each)}  {_deleted(each)}  {one_line(each.title)}" for each in matches)
        raise Failure(f"{len(matches)} deleted sessions begin with {beginning!r}; type more of the file name:\n{lines}")
    try:
        there = store.resolve(beginning)
    except UnknownIdError as error:
        raise Failure(f"no deleted session {beginning!r}; 'facilitator restore' lists the trash") from error
    raise Failure(f"{there} is not deleted; to bring it to an earlier state, say to which one with --at")


def _go_back(ctx: click.Context, beginning: str, typed: str, *, yes: bool) -> None:
    store = store_to_write(find_store(ctx))
    opened = store.open(_in_store(store, beginning))
    if opened.read_only:
        raise Failure(f"{opened.path} can only be read: {opened.read_only}")
    now = datetime.now(UTC)
    moment = _read(typed, opened.session, now)
    to = _named(moment, opened.session.zone)
    then = _as_it_was(store, opened, moment)
    changes = diff(opened.session, then)
    title = one_line(opened.session.title)
    if not changes:
        note(f"nothing changed: '{title}' is as it was at {to}")
        return
    if not yes:
        if not sys.stdin.isatty():
            raise Failure("nothing was changed: without a terminal nobody can be asked; add --yes")
        asked = f"Bring '{title}' ({opened.session.id}) to its state of {to} ({counted(changes)})?"
        if not click.confirm(asked, err=True):
            note("nothing was changed")
            ctx.exit(1)
    from facilitator.store.ids import new_id

    store.save(opened, then, [Recorded(id=new_id(), at=now, label=f"go back to {to}", changes=changes)])
    note(f"'{title}' is as it was at {to}: {counted(changes)}")
    click.echo(opened.session.id)


def _in_store(store: Store, beginning: str) -> str:
    try:
        return store.resolve(beginning)
    except UnknownIdError as error:
        if not _matching(store, beginning):
            raise
        raise Failure(f"{beginning!r} is deleted; bring it back first: facilitator restore {beginning}") from error


def _read(typed: str, session: Session, now: datetime) -> Moment:
    """Return the moment that was typed, read in the zone of the session. Raises Failure."""
    from facilitator.capture.context import Context
    from facilitator.capture.values import read_moment

    context = Context(session=session, today=local(now, session.zone).date())
    reading = read_moment(one_line(typed), context, resolved=False)
    if not isinstance(reading.value, Moment):
        question = reading.question or "nothing was typed"
        raise Failure("\n".join([f"--at {typed!r}: {question}", *(f"  {each.label}" for each in reading.choices)]))
    if reading.value.precision in (Precision.DAY, Precision.HOUR):
        raise Failure(f"--at {typed!r}: at what time of day? Type it too, such as '{day(now, 'UTC', year=True)} 14:00'")
    if reading.value.at > now:
        raise Failure(f"--at {typed!r}: {_named(reading.value, session.zone)} is in the future")
    return reading.value


def _named(moment: Moment, zone: str) -> str:
    """Return a moment with its day and year, on the clock of `zone`: "2026-11-21 14:00 UTC"."""
    return f"{day(moment.at, zone, year=True)} {clock(moment, zone)} {zone if find_zone(zone) else 'UTC'}"


def _as_it_was(store: Store, opened: Opened, moment: Moment) -> Session:
    """Return the session as it was at a moment; at a second, with all that was done in it. Raises Failure."""
    from facilitator.store.history import state

    until = moment.at
    if moment.precision is Precision.SECOND and not until.microsecond:
        until += timedelta(seconds=1, microseconds=-1)
    recorded = store.history(opened.session.id)
    if opened.revision.modified <= until.timestamp() * 1e9 and all(step.at <= until for step in recorded):
        return opened.session
    last = max((number for number, step in enumerate(recorded) if step.at <= until), default=None)
    then = state(recorded[: last + 1]) if last is not None else None
    if then is None:
        title, zone = one_line(opened.session.title), opened.session.zone
        whole = next((number for number, step in enumerate(recorded) if step.state is not None), None)
        if whole is None:
            raise Failure(f"nothing is recorded for '{title}': its history begins with the next edit")
        begin = _named(Moment(recorded[whole].at, precision=Precision.SECOND), zone)
        raise Failure(f"the history of '{title}' does not reach back to {_named(moment, zone)}: it begins at {begin}")
    return then


def counted(changes: Sequence[Change]) -> str:
    """Return how much is changed: "2 items added, 1 changed, 3 removed, 4 fields of the session"."""
    items = [change for change in changes if isinstance(change.part, Item)]
    added = sum(change.before is None for change in items)
    removed = sum(change.after is None for change in items)
    numbers = ((added, "added"), (len(items) - added - removed, "changed"), (removed, "removed"))
    said = [f"{number} {verb}" for number, verb in numbers if number]
    if said:
        first, _, rest = said[0].partition(" ")
        said[0] = f"{first} {'item' if first == '1' else 'items'} {rest}"
    return ", ".join([*said, *(["fields of the session changed"] if len(items) < len(changes) else [])])
