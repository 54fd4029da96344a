"""`facilitator open`: the app on one session."""

import click

from facilitator.cli.options import examples, id_argument, store_option


@click.command(
    "open",
    epilog=examples(
        "facilitator open 01K9XQ",
    ),
)
@id_argument
@store_option
@click.pass_context
def command(ctx: click.Context, *, beginning: str) -> None:
    """Open the session with this ID in the app."""
    from facilitator.cli.app import start

    ctx.exit(start(ctx, beginning))
