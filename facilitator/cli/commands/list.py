"""`facilitator list`: the sessions of a store."""

from bisect import bisect_left
from collections.abc import Sequence

import click
import msgspec

from facilitator.cli.errors import NothingFound
from facilitator.cli.options import examples, json_option, store_option
from facilitator.cli.output import emit, note, room, table
from facilitator.cli.places import open_store
from facilitator.model.session import Severity, Status
from facilitator.store.summaries import Broken, Summary

HEADINGS = ("ID", "Date", "Severity", "Status", "Open", "Title")
SHORTEST_ID = 10
STATUSES = {each.replace(" ", "-"): each for each in Status}


@click.command(
    "list",
    epilog=examples(
        "facilitator list",
        "facilitator list --severity SEV1 --service checkout",
        "facilitator list --json --status draft | jq -r .id",
    ),
)
@json_option
@click.option("--status", type=click.Choice(list(STATUSES), case_sensitive=False), help="Only sessions of this status.")
@click.option(
    "--severity",
    type=click.Choice([str(each) for each in Severity], case_sensitive=False),
    metavar=f"[{'|'.join(Severity)}]",
    help="Only sessions of this severity.",
)
@click.option("--service", metavar="NAME", help="Only sessions about this service.")
@store_option
@click.pass_context
def command(
    ctx: click.Context, *, as_json: bool, status: str | None, severity: str | None, service: str | None
) -> None:
    """List the sessions of the store, newest first.

    An ID is shown as far as it is needed to tell the sessions apart. "Open" counts the open actions. Files that cannot
    be read come last, each with the reason. With --json every session is one line of JSON, in full.
    """
    store = open_store(ctx)
    found = store.summaries()
    sessions = [each for each in found if isinstance(each, Summary)]
    broken = [each for each in found if isinstance(each, Broken)]
    wanted = [each for each in sessions if _matches(each, status, severity, service)]
    if as_json:
        emit(b"".join(msgspec.json.encode(msgspec.structs.asdict(each)) + b"\n" for each in wanted))
        for each in broken:
            note(f"{each.file} cannot be read: {each.reason}")
    elif wanted or broken:
        length = distinct_length([each.id for each in sessions])
        click.echo(table(HEADINGS, [*(_row(each, length) for each in wanted), *map(_broken_row, broken)], room()))
    if not wanted:
        filtered = "no sessions like that" if sessions else "no sessions"
        raise NothingFound(f"{filtered} in {store.path}")


def distinct_length(ids: Sequence[str]) -> int:
    """Return how many characters of the ids tell them all apart, at least `SHORTEST_ID`."""
    lengths = range(SHORTEST_ID, max([SHORTEST_ID, *map(len, ids)]))
    # What tells them apart at one length does so at every longer one.
    return SHORTEST_ID + bisect_left(lengths, True, key=lambda length: len({each[:length] for each in ids}) == len(ids))


def _matches(summary: Summary, status: str | None, severity: str | None, service: str | None) -> bool:
    return (
        (status is None or summary.status == STATUSES[status])
        and (severity is None or summary.severity == severity)
        and (service is None or service.casefold() in (each.casefold() for each in summary.services))
    )


def _row(summary: Summary, length: int) -> Sequence[str]:
    return (
        summary.id[:length],
        (summary.day or summary.created).date().isoformat(),
        summary.severity or "",
        summary.status,
        str(summary.actions_open or ""),
        summary.title,
    )


def _broken_row(broken: Broken) -> Sequence[str]:
    return ("unreadable", "", "", "", "", f"{broken.file}: {broken.reason}")
