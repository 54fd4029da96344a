"""`facilitator show`: what a session holds and what it still lacks."""

import json

import click

from facilitator.cli.options import examples, id_argument, json_option, store_option
from facilitator.cli.output import emit, say
from facilitator.cli.overview import overview, plain
from facilitator.cli.places import open_store


@click.command(
    "show",
    epilog=examples(
        "facilitator show 01K9XQ",
        "facilitator show 01K9XQ --json | jq .metrics.MTTD.seconds",
    ),
)
@id_argument
@json_option
@store_option
@click.pass_context
def command(ctx: click.Context, *, beginning: str, as_json: bool) -> None:
    """Show the session with this ID: its header, its metrics, what each phase lacks, the open actions.

    With --json the whole session is printed as one object, with "metrics" (in seconds) and "lacks".
    """
    store = open_store(ctx)
    opened = store.open(store.resolve(beginning))
    if as_json:
        emit(json.dumps(plain(opened.session), indent=2, ensure_ascii=False).encode() + b"\n")
    else:
        say(overview(opened.session, str(opened.path)))
