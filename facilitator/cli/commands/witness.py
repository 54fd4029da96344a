"""`facilitator witness`: the form for a participant, and filled ones read back."""

from shlex import quote
from typing import TYPE_CHECKING

import click

from facilitator.cli.errors import BAD_INPUT, Failure
from facilitator.cli.handed_out import hand_out, slug
from facilitator.cli.options import examples, id_argument, json_option, store_option
from facilitator.cli.output import emit, note
from facilitator.cli.places import find_store, open_store, store_to_write
from facilitator.model.text import one_line

if TYPE_CHECKING:
    from facilitator.model.session import Participant, Session


@click.command(
    "witness",
    epilog=examples(
        'facilitator witness 01K9XQ --for "Dana Reyes" -o dana.md',
        "facilitator witness 01K9XQ --read dana.md bo.md",
        "facilitator witness 01K9XQ --read dana.md --dry-run",
        "facilitator witness 01K9XQ --read - < mail.txt",
    ),
)
@id_argument
@click.argument("files", metavar="[FILE]...", nargs=-1, type=click.Path())
@click.option(
    "--for",
    "name",
    metavar="NAME",
    default="",
    help="Whom the form is for; with --read, whose account it is where a form does not say.",
)
@click.option(
    "-o",
    "--output",
    metavar="FILE|-",
    type=click.Path(),
    help="Write the form to FILE, which must not be there yet; in a folder (DIR/ is made) with the name of the person.",
)
@click.option("--read", "reads", is_flag=True, help="Read the filled forms in FILEs, or stdin (-), into the session.")
@click.option("--dry-run", is_flag=True, help="With --read, say what would be read, and change nothing.")
@json_option
@store_option
@click.pass_context
def command(
    ctx: click.Context,
    *,
    beginning: str,
    files: tuple[str, ...],
    name: str,
    output: str | None,
    reads: bool,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Write a form in which a participant gives their account of the session with this ID, in Markdown.

    With --read, filled forms become part of the session: answers as private accounts, lines with times as drafts for
    the timeline, everything else as private notes. Nothing of it is in any document before you take it. Reading a form
    again changes nothing, and reading an edited one takes what is new. Ends with 2 when one of the files cannot be
    read; the others are read all the same.
    """
    if not reads:
        if files:
            raise click.UsageError(f"to read {one_line(files[0])}, add --read")
        if dry_run or as_json:
            raise click.UsageError("--dry-run and --json go with --read")
        _write(ctx, beginning, name, output)
        return
    if output is not None:
        raise click.UsageError("--output goes with writing a form, not with --read")
    if not files:
        raise click.UsageError("Missing argument 'FILE': name the filled forms to read")
    from facilitator.cli.witnesses import read_forms

    store = store_to_write(find_store(ctx))
    opened = store.open(store.resolve(beginning))
    whole = read_forms(store, opened, files, name, dry_run=dry_run, as_json=as_json)
    ctx.exit(0 if whole else BAD_INPUT)


def _write(ctx: click.Context, beginning: str, name: str, output: str | None) -> None:
    from facilitator.documents.witness import witness_form
    from facilitator.store.ids import new_id

    store = open_store(ctx)
    session = store.open(store.resolve(beginning)).session
    who = called(session, name)
    form = witness_form(session, new_id(), who).encode()
    if output in (None, "-"):
        emit(form)
        return
    name = f"witness-{slug(who.text if who is not None else '') or session.id}.md"
    path = hand_out(output or "", name, form)
    note(f"written to {path}; read it back with: facilitator witness {session.id} --read {quote(str(path))}")


def called(session: "Session", name: str) -> "Participant | None":
    """Return the participant with a name, or a part of it that only one has; somebody new for another name.

    None for no name. Raises Failure for a part of several names.
    """
    from facilitator.model.session import Participant

    name = one_line(name).removeprefix("@")
    if not name:
        return None
    plain = name.casefold()
    people = [(each, one_line(each.text).casefold()) for each in session.participants]
    found = [each for each, known in people if known == plain]
    found = found or [each for each, known in people if plain in known.split()]
    if len(found) > 1:
        names = "".join(f"\n  {one_line(each.text)}" for each in found)
        raise Failure(f"{name!r} may be one of several; write more of the name:{names}")
    return found[0] if found else Participant(text=name)
