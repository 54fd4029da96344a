"""`facilitator approve`: somebody says yes to a part of a session, as it is now."""

from datetime import UTC, datetime

import click

from facilitator.cli.errors import Failure
from facilitator.cli.options import examples, id_argument, store_option
from facilitator.cli.output import note
from facilitator.cli.places import find_store, read_settings, store_to_write

PARTS = ("actions", "impact", "security", "whole")


@click.command(
    "approve",
    epilog=examples(
        "facilitator approve 01K9XQ --part actions --by @alice",
        "facilitator approve 01K9XQ --part security --by Bob --role 'security lead' --text 'the key was changed'",
    ),
)
@id_argument
@click.option("--part", type=click.Choice(PARTS), required=True, help="What is approved.")
@click.option("--by", metavar="NAME", default="", help="Who approves it; else the author of the configuration.")
@click.option(
    "--role",
    metavar="ROLE",
    default="",
    help="In which role; else what the session says, or who approves it as a rule.",
)
@click.option("--text", metavar="TEXT", default="", help="What they add, for every reader of the document.")
@store_option
@click.pass_context
def command(ctx: click.Context, *, beginning: str, part: str, by: str, role: str, text: str) -> None:
    """Note that somebody approves a part of the session with this ID, as it is now.

    actions are the priorities of the actions, impact is that on customers, security the implications for it, whole is
    the whole document. When that part is changed later, the approval is stale. Approving once more takes the place of
    an earlier approval by the same person.
    """
    from facilitator.cli.review_edits import save
    from facilitator.model.review_items import PARTS as BY_WORD
    from facilitator.review.approvals import approve
    from facilitator.review.comments import Signed, name_of
    from facilitator.store.ids import new_id

    name = name_of(by or read_settings()[1].author)
    if not name:
        raise Failure("an approval needs a name: add --by NAME, or set an author in the configuration")
    store = store_to_write(find_store(ctx))
    opened = store.open(store.resolve(beginning))
    signed = Signed(name, datetime.now(UTC))
    session = approve(opened.session, BY_WORD[part], signed, new_id, role=role, text=text)
    save(store, opened, [("approval", session)])
    note(f"{name} approves the {BY_WORD[part]}")
