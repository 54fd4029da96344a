"""`facilitator templates`: the templates there are, what is in one, and what they are given."""

import click

from facilitator.cli.options import examples
from facilitator.cli.output import emit, room, say, table


def _complete_name(_ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[str]:
    from facilitator.settings.templates import known_templates

    return [name for name in known_templates() if name.startswith(incomplete)]


@click.command(
    "templates",
    epilog=examples(
        "facilitator templates",
        "facilitator templates one-page > mine.md",
        "facilitator templates --variables",
        "facilitator export 01K9XQ --template mine.md",
    ),
)
@click.argument("name", required=False, shell_complete=_complete_name)
@click.option("--variables", is_flag=True, help="List what templates are given instead.")
def command(*, name: str | None, variables: bool) -> None:
    """List the templates that export --template takes, or print the one with this NAME, to begin your own with."""
    if variables:
        from facilitator.documents.templates.values import VARIABLES

        rows = [(each, what.replace("`", "")) for each, what in VARIABLES.items()]
        say(table(("Variable", "What it is"), rows, room()))
        return
    from facilitator.settings.templates import find_template, known_templates, read_template, templates_folder

    if name is not None:
        emit(read_template(find_template(name, templates_folder())).encode())
        return
    found = [(each.name, each.suffix, "yours" if each.own else "") for each in known_templates().values()]
    say(table(("Name", "Makes", ""), found, room()))
    say(f"\nYour own belong into {templates_folder()}")
