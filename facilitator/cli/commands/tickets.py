"""`facilitator tickets`: actions as a tracker takes them, and the tickets noted back on the actions."""

from datetime import UTC, datetime

import click

from facilitator.cli.errors import Failure, NothingFound
from facilitator.cli.options import examples, id_argument, store_option
from facilitator.cli.output import emit, note, say
from facilitator.cli.places import find_store, open_store, store_to_write
from facilitator.cli.sources import read_document, shown
from facilitator.cli.targets import target_of, write_files
from facilitator.documents.tickets.writing import (
    FORMS,
    NothingPendingError,
    Tracker,
    WrongTrackerError,
    tickets_for,
    write,
)


@click.command(
    "tickets",
    epilog=examples(
        "facilitator tickets 01K9XQ --form jira-csv -o actions.csv",
        "facilitator tickets 01K9XQ --form jira-json --project OPS > body.json",
        "facilitator tickets 01K9XQ --form github --repository acme/shop > tickets.sh",
        "sh tickets.sh > made.txt; facilitator tickets 01K9XQ --read made.txt",
        "facilitator tickets 01K9XQ --form ics -o due.ics",
    ),
)
@id_argument
@click.option("-f", "--form", type=click.Choice(list(FORMS)), help="For which tracker, and how.")
@click.option("--project", default="", metavar="KEY", help="The key of the project, for Jira.")
@click.option("--issue-type", default="Task", show_default=True, metavar="NAME", help="The type of issue, for Jira.")
@click.option("--repository", default="", metavar="OWNER/NAME", help="The repository, for GitHub and GitLab.")
@click.option("--again", is_flag=True, help="Also for actions that have a ticket.")
@click.option("-o", "--output", metavar="FILE", type=click.Path(), help="Write to FILE, or into a folder.")
@click.option("--read", "reads", metavar="FILE", type=click.Path(), help="Note the tickets that FILE (or -) names.")
@store_option
@click.pass_context
def command(
    ctx: click.Context,
    *,
    beginning: str,
    form: str | None,
    project: str,
    issue_type: str,
    repository: str,
    again: bool,
    output: str | None,
    reads: str | None,
) -> None:
    """Write the pending actions of the session with this ID as tickets for a tracker. Nothing is sent anywhere.

    With --read, the tickets that were made are noted on their actions: from what a script printed, or from an export of
    the tracker. A ticket holds the reference of its action, by which it is known again. In the calendar (ics), every
    pending action with a due date is there, whether it has a ticket or not.
    """
    if (form is None) == (reads is None):
        raise click.UsageError("say --form to write tickets, or --read to note those that were made")
    if reads is not None:
        _read(ctx, beginning, reads)
    if form is not None:
        _write(ctx, beginning, form, Tracker(project, issue_type, repository), again=again, output=output)


def _write(ctx: click.Context, beginning: str, form: str, tracker: Tracker, *, again: bool, output: str | None) -> None:
    from facilitator.checks.credentials import warning
    from facilitator.documents.formats import named

    store = open_store(ctx)
    session = store.open(store.resolve(beginning)).session
    try:
        found = tickets_for(session, form, again=again)
        document = write(found, form, tracker, datetime.now(UTC)).encode()
    except NothingPendingError as error:
        raise NothingFound(str(error)) from error
    except WrongTrackerError as error:
        raise Failure(str(error)) from error
    if warned := warning(session):
        note(f"warning: the session {warned}; facilitator check {session.id} tells where")
    if output in (None, "-"):
        emit(document)
        return
    path = target_of(output or "", named(session, FORMS[form].suffix))
    write_files({path: document})
    note(f"{len(found)} {'ticket' if len(found) == 1 else 'tickets'} written to {path}")


def _read(ctx: click.Context, beginning: str, file: str) -> None:
    from facilitator.documents.tickets.reading import LONGEST, noted
    from facilitator.model.changes import diff
    from facilitator.model.text import one_line
    from facilitator.store.ids import new_id
    from facilitator.store.steps import Recorded

    text = read_document(file, LONGEST, "read it in parts")
    store = store_to_write(find_store(ctx))
    opened = store.open(store.resolve(beginning))
    if opened.read_only:
        raise Failure(f"{opened.path} can only be read: {opened.read_only}")
    found = noted(opened.session, text)
    for each in found.unplaced:
        note(f"no action of this session: {each}")
    for each in found.without:
        note(f"no ticket is named for {each}")
    for before, ticket in found.replaced:
        note(f"'{one_line(before.text)}' had the ticket {one_line(before.ticket)}; {ticket} takes its place")
    if not found.changed:
        known = f"; {found.known} were noted already" if found.known else ""
        raise NothingFound(f"no new ticket in {shown(file)}{known}")
    changes = diff(opened.session, found.session)
    step = Recorded(id=new_id(), at=datetime.now(UTC), label="tickets noted", changes=changes)
    store.save(opened, found.session, [step])
    for action in found.changed:
        say(f"{action.ticket}  {action.text}")
