"""`facilitator merge`: a document that was edited, back into its session."""

import click

from facilitator.cli.options import examples, store_option
from facilitator.cli.places import find_store, store_to_write


@click.command(
    "merge",
    epilog=examples(
        "facilitator export 01K9XQ --round-trip -o postmortem.md",
        "facilitator merge postmortem.md --dry-run",
        "facilitator merge postmortem.md",
        "git show pull-42:postmortem.md | facilitator merge -",
    ),
)
@click.argument("file", metavar="FILE", type=click.Path())
@click.option(
    "--into", metavar="ID", default="", help="The session to merge into, for a document that does not say which."
)
@click.option("--new", is_flag=True, help="Make the session of the document when it is not in the store.")
@click.option("--dry-run", is_flag=True, help="Say what would change, and change nothing.")
@click.option("-y", "--yes", is_flag=True, help="Do not ask when more than a third of all items is deleted.")
@store_option
@click.pass_context
def command(ctx: click.Context, *, file: str, into: str, new: bool, dry_run: bool, yes: bool) -> None:
    """Merge the document in FILE, or on stdin (-), into the session from which it was exported with --round-trip.

    Whatever was edited in it becomes one step of the history, item by item and field by field, beside what others did
    in the session since. A field that both changed keeps both versions. What has no place in a session is told, and
    kept as a comment on it.
    """
    from facilitator.cli.merging import merge_file

    merge_file(store_to_write(find_store(ctx)), file, into, new=new, dry_run=dry_run, yes=yes)
