"""`facilitator schema`: the JSON Schema of session files."""

import json

import click

from facilitator.cli.options import examples
from facilitator.cli.output import emit


@click.command(
    "schema",
    epilog=examples(
        "facilitator schema > session.schema.json",
    ),
)
def command() -> None:
    """Print the JSON Schema of session files, for editors and other programs."""
    from facilitator.store.schema import json_schema

    emit(json.dumps(json_schema(), indent=2, ensure_ascii=False).encode() + b"\n")
