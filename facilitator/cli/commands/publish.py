"""`facilitator publish`: a session becomes a published document, or a correction of one; each version is kept."""

from typing import TYPE_CHECKING, Any

import click

from facilitator.cli.errors import NOTHING_FOUND, Failure
from facilitator.cli.options import examples, id_argument, store_option
from facilitator.cli.output import emit, note
from facilitator.cli.places import find_store, store_to_write

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from facilitator.model.session import Session
    from facilitator.review.versions import Published
    from facilitator.settings.settings import Settings


def _complete_format(_ctx: click.Context, _param: click.Parameter, incomplete: str) -> "list[CompletionItem[str]]":
    from click.shell_completion import CompletionItem

    from facilitator.documents.formats import LABELS

    return [CompletionItem(name, help=label) for name, label in LABELS.items() if name.startswith(incomplete)]


def _complete_profile(_ctx: click.Context, _param: click.Parameter, incomplete: str) -> "list[CompletionItem[str]]":
    from click.shell_completion import CompletionItem

    from facilitator.cli.places import read_settings

    profiles = read_settings()[1].profile
    return [CompletionItem(each.name, help=each.about) for each in profiles if each.name.startswith(incomplete)]


@click.command(
    "publish",
    epilog=examples(
        "facilitator publish 01K9XQ --by Alice -o postmortem.md",
        "facilitator publish 01K9XQ --profile company --by Alice -o docs/",
        "facilitator publish 01K9XQ --by Alice --why 'the alert fired at 14:21' -o postmortem.md",
        "facilitator publish 01K9XQ --again 1 > first.md",
    ),
)
@id_argument
@click.option(
    "--profile",
    metavar="NAME",
    default="",
    shell_complete=_complete_profile,
    help="For whom, as 'facilitator redact' has it; somebody must have said yes. Without: as it is.",
)
@click.option(
    "-f",
    "--format",
    "format_name",
    default="markdown",
    show_default=True,
    metavar="NAME",
    shell_complete=_complete_format,
    help="How to write it down, as 'facilitator export' does.",
)
@click.option("--by", metavar="NAME", default="", help="Who publishes it; else the author of the configuration.")
@click.option("--why", metavar="REASON", default="", help="Why it is published once more; a correction needs it.")
@click.option("--anyway", is_flag=True, help="Publish it although something is lacking.")
@click.option("--again", type=click.IntRange(min=1), metavar="N", help="Write version N, byte for byte as it was.")
@click.option("-o", "--output", metavar="FILE", type=click.Path(), help="Write to FILE in one step, or into a folder.")
@store_option
@click.pass_context
def command(ctx: click.Context, /, *, beginning: str, **given: Any) -> None:
    """Publish the session with this ID: it is final, and the document goes to stdout or to a file.

    Says first what it lacks for that, and ends with 1 when something does. Each version is kept, byte for byte. Once it
    is published, another version is a correction: it needs a reason, and tells what was changed.
    """
    if given["again"] is not None and (given["why"] or given["profile"] or given["anyway"] or given["by"]):
        raise click.UsageError("--again goes with --output alone")
    from facilitator.cli.publishing import again, published, suffix_of
    from facilitator.cli.targets import target_of
    from facilitator.documents.formats import file_name
    from facilitator.review.comments import name_of
    from facilitator.review.versions import Readers

    store = store_to_write(find_store(ctx))
    opened = store.open(store.resolve(beginning))
    session = opened.session
    if given["again"] is not None:
        version, content = again(store, session, given["again"])
        _write(content, given["output"], file_name(session, version.format))
        return
    from facilitator.cli.checking import settings_told

    settings = settings_told()
    by = name_of(given["by"] or settings.author)
    if not by:
        raise Failure("who publishes it? Add --by NAME, or set an author in the configuration")
    suffix_of(session, given["format_name"])
    if given["output"] not in (None, "-"):
        target_of(given["output"], "")
    if given["profile"]:
        from facilitator.cli.redactions import profile_called

        profile_called(given["profile"], settings)
    if not given["anyway"] and not _is_ready(session, settings, is_redacted=bool(given["profile"])):
        ctx.exit(NOTHING_FOUND)
    _warn(session, given["profile"])
    readers = Readers(given["profile"], given["format_name"])

    def write(content: bytes) -> None:
        _write(content, given["output"], file_name(session, readers.format))

    found = published(store, opened, readers, settings, write, by=by, why=given["why"])
    _tell(found, session.id)
    if given["profile"]:
        from facilitator.cli.redactions import note_published

        note_published(session, given["profile"], settings)


def _tell(found: "Published", session_id: str) -> None:
    version = found.version
    if not found.is_new:
        note(f"this is version {version.number}: nothing was changed since")
        return
    changed = f" ({version.changed})" if version.changed else ""
    note(
        f"published as version {version.number}{changed}; facilitator publish {session_id} --again {version.number} "
        "writes it again"
    )
    if version.profile and version.text:
        note("readers have your reason as you wrote it, but for what 'facilitator redact' finds in it: read it again")


def _is_ready(session: "Session", settings: "Settings", *, is_redacted: bool) -> bool:
    """Tell whether nothing is lacking for publication, and say on stderr what is."""
    from facilitator.cli.reviews import stands, told_lacking
    from facilitator.model.session import Status

    found = stands(session, settings, Status.FINAL, is_redacted=is_redacted)
    if found.lacking:
        note("this is lacking, and nothing was published; --anyway does it all the same:")
        for line in told_lacking(found.lacking, session):
            click.echo(line, err=True)
    return not found.lacking


def _warn(session: "Session", profile: str) -> None:
    """Say on stderr that there are keys or passwords in a session that is published as it is."""
    from facilitator.checks.credentials import warning

    if not profile and (warned := warning(session)):
        note(f"warning: the session {warned}; facilitator check {session.id} tells where")


def _write(content: bytes, output: str | None, name: str) -> None:
    from facilitator.cli.targets import target_of, write_files

    if output in (None, "-"):
        emit(content)
        return
    path = target_of(output or "", name)
    write_files({path: content})
    note(f"written to {path}")
