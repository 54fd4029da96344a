"""`facilitator delete`: a session into the trash of its store."""

import sys

import click

from facilitator.cli.errors import Failure
from facilitator.cli.options import examples, id_argument, store_option
from facilitator.cli.output import note
from facilitator.cli.places import open_store
from facilitator.model.text import one_line


@click.command(
    "delete",
    epilog=examples(
        "facilitator delete 01K9XQ",
        "facilitator delete 01K9XQ --yes          in scripts",
    ),
)
@id_argument
@click.option("-y", "--yes", is_flag=True, help="Do not ask.")
@store_option
@click.pass_context
def command(ctx: click.Context, *, beginning: str, yes: bool) -> None:
    """Move the session with this ID to the trash of its store.

    The file is kept there, and 'facilitator restore' brings it back. On a terminal you are asked first.
    """
    store = open_store(ctx)
    session_id = store.resolve(beginning)
    if not yes:
        if not sys.stdin.isatty():
            raise Failure("nothing was deleted: without a terminal nobody can be asked; add --yes")
        title = one_line(store.open(session_id).session.title)
        if not click.confirm(f"Move '{title}' ({session_id}) to the trash?", err=True):
            note("nothing was deleted")
            ctx.exit(1)
    trashed = store.delete(session_id)
    note(f"moved to {trashed.path}; to get it back: facilitator restore {session_id}")
