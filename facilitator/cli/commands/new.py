"""`facilitator new`: a session from what is known at once."""

from datetime import UTC, datetime
from typing import Any

import click

from facilitator.cli.errors import Failure
from facilitator.cli.options import examples, store_option
from facilitator.cli.places import find_store, read_settings, store_to_write
from facilitator.cli.typed import typed_into
from facilitator.model.session import Session
from facilitator.settings.wording import quoted
from facilitator.store.ids import new_id


@click.command(
    "new",
    epilog=examples(
        'facilitator new "Checkout errors after v3.2" --severity SEV2 --start "2026-11-15 14:00 CET"',
        'facilitator new "Certificate nearly expired" --kind "near miss" --service proxy --service dns',
        'id=$(facilitator new "Disk full") && facilitator open "$id"',
    ),
)
@click.argument("title")
@click.option("--severity", metavar="SEV", help="How bad it was: SEV1 (worst) to SEV4.")
@click.option(
    "--start", "started", metavar="TIME", help='When it began, as people write it: "14:22", "15 Nov 14:22 CET".'
)
@click.option("--resolved", metavar="TIME", help="When it was over.")
@click.option(
    "--service", "services", metavar="NAME", multiple=True, help="A service that was affected; may be repeated."
)
@click.option(
    "--kind",
    "review_kind",
    metavar="KIND",
    help="What is reviewed: incident, near miss, successful experiment, expected failure.",
)
@click.option("--tag", "tags", metavar="TAG", multiple=True, help="A tag; may be repeated.")
@click.option(
    "--zone", metavar="ZONE", help="The zone of the document, such as Europe/Paris; else that of the settings."
)
@click.option("--facilitator", metavar="NAME", help="Who guides the meeting.")
@click.option(
    "--author",
    "authors",
    metavar="NAME",
    multiple=True,
    help="Who writes it; may be repeated; else the one of the settings.",
)
@click.option("--open", "then_open", is_flag=True, help="Open the session in the app.")
@store_option
@click.pass_context
def command(ctx: click.Context, /, *, title: str, then_open: bool, **given: Any) -> None:
    """Start a session called TITLE and print its id, and nothing else, on stdout.

    Values are read as the app reads them; one that cannot be understood is asked about, and nothing is made.
    """
    if then_open:
        from facilitator.cli.app import need_terminal

        need_terminal()
    location = find_store(ctx)
    store = store_to_write(location)
    session = store.create(_session(title, given)).session
    click.echo(session.id)
    if then_open:
        from facilitator.cli.app import run_app

        ctx.exit(run_app(store, location, session.id))


def _session(title: str, given: dict[str, Any]) -> Session:
    """Return a session of what was given on the command line, with the settings for what was not."""
    _, settings, _ = read_settings()
    now = datetime.now(UTC)
    authors = (settings.author,) if settings.author else ()
    session = Session(id=new_id(), title="", created=now, zone=settings.zone, authors=authors)
    # Times are read in the zone of the session, and an end is read after its start.
    order = ("zone", "started", *(name for name in given if name not in ("zone", "started")))
    session = typed_into(session, {"title": title, **{name: given[name] for name in order}}, now)
    if session.started and session.resolved and session.resolved.at < session.started.at:
        raise Failure(f"Resolved {quoted(given['resolved'])}: that is before the start; name the day too")
    return session
