"""`facilitator actions`: the register of actions over all sessions, and changes to them."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import click
import msgspec

from facilitator.cli.commands.list import distinct_length
from facilitator.cli.errors import Failure, NothingFound
from facilitator.cli.options import examples, json_option, store_option
from facilitator.cli.output import emit, note, room, say, table
from facilitator.cli.places import find_store, store_to_write
from facilitator.cli.queries import QueryCommand, library, read_query, refreshed
from facilitator.library.tallies import Asked, By, Register, Sort, Tallies, Tally, View, is_overdue
from facilitator.model.text import handle

if TYPE_CHECKING:
    from facilitator.library.action_edits import Change
    from facilitator.library.ledger import Line

SHOWN = 20
"""How many actions are shown to people when no limit is given."""

HEADINGS = ("Action", "Due", "Owner", "Priority", "Type", "Status", "Age", "Text")
GROUP_HEADINGS = ("Pending", "Overdue", "Due soon", "Done", "Won't do", "Completed", "Name")
_CHANGES = {
    "done": "Mark this action done today; may be repeated, as the other three.",
    "wont_do": "Decide against this action, with --because.",
    "reassign": "Give this action to somebody, with --to.",
    "reschedule": "Move when this action is due, with --to.",
    "effect": "Note whether this action worked, with --because.",
}
_VIEWS = {"overdue": View.OVERDUE, "closed": View.ALL, "follow_up": View.FOLLOW_UP}


def _change_options(function: Any) -> Any:
    for name, told in reversed(_CHANGES.items()):
        option = click.option(f"--{name.replace('_', '-')}", name, metavar="ACTION", multiple=True, help=told)
        function = option(function)
    return function


@click.command(
    "actions",
    cls=QueryCommand,
    epilog=examples(
        "facilitator actions",
        "facilitator actions --overdue 'service:checkout'",
        "facilitator actions --owner @alice --due-within 7",
        "facilitator actions --by owner",
        "facilitator actions --done 01K9XQ:A3",
        "facilitator actions --wont-do 01K9XQ:A3 --because 'the service is retired'",
        "facilitator actions --reassign 01K9XQ:A3 --to @bob",
        "facilitator actions --follow-up",
    ),
)
@click.argument("words", metavar="[QUERY]...", nargs=-1)
@click.option("--owner", metavar="NAME", help="Only actions of this owner; 'nobody' for those without one.")
@click.option("--overdue", is_flag=True, help="Only those that were due before today.")
@click.option(
    "--due-within", "days", type=click.IntRange(0, 100_000), metavar="DAYS", help="Only those due within so many days."
)
@click.option("--closed", is_flag=True, help="Also those that are done or given up.")
@click.option("--follow-up", is_flag=True, help="Those that were done a while ago, and nobody noted whether it helped.")
@click.option(
    "--weeks", type=click.IntRange(0, 5_000), default=4, show_default=True, help="How long a while is for --follow-up."
)
@click.option(
    "--sort", type=click.Choice([str(each) for each in Sort]), default="due", show_default=True, help="The order."
)
@click.option("--by", type=click.Choice([str(each) for each in By]), help="Count instead, by this.")
@click.option("--limit", type=click.IntRange(1, 1_000_000), metavar="N", help="At most so many actions.")
@json_option
@click.option("--ids", is_flag=True, help="Print what names each action alone, one a line.")
@_change_options
@click.option("--because", metavar="TEXT", help="The reason for --wont-do, or what --effect notes.")
@click.option("--to", metavar="WHOM", help="Who gets it with --reassign, or the date for --reschedule.")
@store_option
@click.pass_context
def command(ctx: click.Context, /, *, words: Sequence[str], **given: Any) -> None:
    """List the actions of all sessions, or of those that QUERY asks for, what is due first.

    QUERY is that of 'facilitator find'. An ACTION is SESSION:A3, as the list shows it: the beginning of the id of its
    session, and its number there or the beginning of its own id. With --json every action is one line of JSON.
    """
    changes = {name: given[name] for name in _CHANGES if given[name]}
    if changes:
        _change(ctx, changes, given)
        return
    if given["because"] is not None or given["to"] is not None:
        raise click.UsageError("--because and --to belong to a change, such as --wont-do or --reassign")
    if given["as_json"] and given["ids"]:
        raise click.UsageError("--json and --ids exclude each other")
    chosen = [view for name, view in _VIEWS.items() if given[name]] + [View.DUE_SOON] * (given["days"] is not None)
    if len(chosen) > 1:
        raise click.UsageError("--overdue, --due-within, --closed and --follow-up exclude each other")
    _list(ctx, words, given, chosen[0] if chosen else View.PENDING)


def _list(ctx: click.Context, words: Sequence[str], given: dict[str, Any], view: View) -> None:
    from facilitator.library.register import register, session_ids, tallies

    today = _today()
    people = not given["as_json"] and not given["ids"]
    owner = given["owner"]
    asked = Asked(
        query=read_query(words),
        view=view,
        owner="" if owner is not None and owner.casefold() == "nobody" else owner,
        weeks=given["weeks"],
        sort=Sort(given["sort"]),
        limit=given["limit"] or (SHOWN if people else None),
    )
    if given["days"] is not None:
        asked = msgspec.structs.replace(asked, soon=given["days"])
    books = library(ctx)
    ready = refreshed(books)
    if given["by"] is not None:
        _show_groups(tallies(books, asked, By(given["by"]), today, ready=ready), By(given["by"]), given)
        return
    found = register(books, asked, today, ready=ready)
    if given["ids"]:
        emit("".join(f"{each.reference}\n" for each in found.lines).encode())
    elif given["as_json"]:
        emit(b"".join(msgspec.json.encode(_plain(each, today)) + b"\n" for each in found.lines))
    elif found.lines:
        length = distinct_length(session_ids(books, ready=ready))
        say(table(HEADINGS, _rows(found, today, length), room()))
        if found.listed > len(found.lines):
            note(f"the first {len(found.lines):,} of {found.listed:,}; --limit shows more")
    if people:
        note(_summary(found.tally, asked))
    if not found.lines:
        raise NothingFound(f"no actions like that in {books.folder}")


def _change(ctx: click.Context, changes: dict[str, tuple[str, ...]], given: dict[str, Any]) -> None:
    """Make the one change that was asked for, to each action it was asked for."""
    from facilitator.cli.action_edits import change_named
    from facilitator.library.action_edits import RefusedError

    if len(changes) > 1:
        raise click.UsageError("one change at a time: --done, --wont-do, --reassign, --reschedule or --effect")
    ((what, references),) = changes.items()
    needed = {"wont_do": "because", "effect": "because", "reassign": "to", "reschedule": "to"}.get(what)
    for name in ("because", "to"):
        if name != needed and given[name] is not None:
            raise click.UsageError(f"--{name} has nothing to say to --{what.replace('_', '-')}")
    if needed is not None and not (given[needed] or "").strip():
        raise click.UsageError(f"--{what.replace('_', '-')} needs --{needed}")
    try:
        change = _wanted(what, given, _today())
    except RefusedError as error:
        raise Failure(f"--{what.replace('_', '-')}: {error}") from error
    store = store_to_write(find_store(ctx))
    for reference in references:
        change_named(store, reference, change)


def _wanted(what: str, given: dict[str, Any], today: date) -> "Change":
    """Return the change that was asked for. Raises RefusedError."""
    from facilitator.library import action_edits as edits

    match what:
        case "done":
            return edits.done(today)
        case "wont_do":
            return edits.given_up(given["because"], today)
        case "reassign":
            return edits.reassigned(given["to"])
        case "reschedule":
            return edits.due_on(given["to"], today)
    return edits.worked(given["because"])


def _rows(found: Register, today: date, length: int) -> list[tuple[str, ...]]:
    return [
        (
            f"{each.session[:length]}:A{each.action.place}",
            _due(each, today),
            handle(each.action.owner),
            each.action.priority or "",
            each.action.type or "",
            each.action.status,
            f"{max(0, (today - each.action.born).days)} d",
            f"{each.action.text}  [{each.title}]",
        )
        for each in found.lines
    ]


def _due(line: "Line", today: date) -> str:
    if line.action.due is None:
        return ""
    return f"{line.action.due.isoformat()}{' overdue' if is_overdue(line, today) else ''}"


def _summary(tally: Tally, asked: Asked) -> str:
    """Return how things stand in one line."""
    rate = f" ({tally.completion:.0%})" if tally.completion is not None else ""
    given_up = f", {tally.wont_do:,} given up" if tally.wont_do else ""
    return (
        f"{tally.pending:,} pending, {tally.overdue:,} overdue, {tally.soon:,} due within {asked.soon} days; "
        f"{tally.done:,} of {tally.done + tally.pending:,} done{rate}{given_up}"
    )


def _show_groups(found: Tallies, by: By, given: dict[str, Any]) -> None:
    if given["ids"]:
        raise click.UsageError("--by and --ids exclude each other")
    if not found:
        raise NothingFound("no actions like that")
    if given["as_json"]:
        emit(b"".join(msgspec.json.encode(_plain_group(by, *each)) + b"\n" for each in found.items()))
        return
    rows = [
        (
            *(f"{count:,}" for count in (each.pending, each.overdue, each.soon, each.done, each.wont_do)),
            f"{each.completion:.0%}" if each.completion is not None and by is not By.AGE else "",
            (handle(name) if by is By.OWNER else name) or "(none)",
        )
        for name, each in list(found.items())[: given["limit"]]
    ]
    say(table(GROUP_HEADINGS, rows, room()))


def _plain_group(by: By, name: str, tally: Tally) -> dict[str, object]:
    rate = tally.completion if by is not By.AGE else None
    return {str(by): name, **msgspec.structs.asdict(tally), "completion": round(rate, 4) if rate is not None else None}


def _plain(line: "Line", today: date) -> dict[str, object]:
    action = line.action
    return {
        "id": line.reference,
        "session": line.session,
        "title": line.title,
        "date": line.date,
        "services": line.services,
        "number": action.place,
        "text": action.text,
        "owner": action.owner,
        "due": action.due,
        "overdue": is_overdue(line, today),
        "age": max(0, (today - action.born).days),
        "ticket": action.ticket,
        "priority": action.priority,
        "type": action.type,
        "status": action.status,
        "done": action.done,
        "effect": action.effect,
        "note": action.note,
    }


def _today() -> date:
    return datetime.now(UTC).astimezone().date()
