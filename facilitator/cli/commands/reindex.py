"""`facilitator reindex`: build the index of the store anew."""

import click

from facilitator.cli.errors import Failure
from facilitator.cli.options import examples, store_option
from facilitator.cli.output import say
from facilitator.cli.queries import library, tell_progress, tell_unreadable
from facilitator.library.expressions import Query


@click.command("reindex", epilog=examples("facilitator reindex"))
@store_option
@click.pass_context
def command(ctx: click.Context) -> None:
    """Build the index by which sessions are found anew.

    It is kept up to date by itself. This helps when files were changed in place by a program that keeps their time, or
    when you do not trust what is found.
    """
    books = library(ctx)
    if not books.reindex(tell_progress()):
        raise Failure(
            f"the index of {books.folder} cannot be written, or another program builds it; all is found without"
        )
    tell_unreadable(books)
    count = books.count(Query())
    say(f"{count:,} session{'' if count == 1 else 's'} indexed")
