"""`facilitator export`: a session as a document, on stdout or in a file."""

import os
import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from facilitator.cli.errors import Failure
from facilitator.cli.options import examples, id_argument, store_option
from facilitator.cli.output import emit, note
from facilitator.cli.places import open_store, read_settings
from facilitator.cli.targets import target_of, write_files
from facilitator.documents.formats import FILE_FORMATS, FORMATS, LABELS, encode, file_name

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from facilitator.documents.occasion import Occasion
    from facilitator.documents.pictures.figures import Show
    from facilitator.model.session import Session


def _complete_format(_ctx: click.Context, _param: click.Parameter, incomplete: str) -> "list[CompletionItem[str]]":
    from click.shell_completion import CompletionItem

    return [CompletionItem(name, help=label) for name, label in LABELS.items() if name.startswith(incomplete)]


def _complete_template(_ctx: click.Context, _param: click.Parameter, incomplete: str) -> "list[CompletionItem[str]]":
    from click.shell_completion import CompletionItem

    from facilitator.settings.templates import known_templates

    names = [CompletionItem(name) for name in known_templates() if name.startswith(incomplete)]
    return names or [CompletionItem(incomplete, type="file")]


@click.command(
    "export",
    epilog=examples(
        "facilitator export 01K9XQ > postmortem.md",
        "facilitator export 01K9XQ --format google-sre -o postmortem.md",
        "facilitator export 01K9XQ -o docs/",
        "facilitator export 01K9XQ --format html -o postmortem.html",
        "facilitator export 01K9XQ --template one-page",
        "facilitator export 01K9XQ --format pack",
        "facilitator export 01K9XQ --format ics -o meeting.ics",
        "facilitator export 01K9XQ -o docs/ --pictures docs/pictures",
        "facilitator export 01K9XQ -o postmortem.md --round-trip",
        "facilitator export 01K9XQ --profile public -o postmortem.md",
    ),
)
@id_argument
@click.option(
    "-f",
    "--format",
    "format_name",
    metavar=f"[{'|'.join(LABELS)}]",
    shell_complete=_complete_format,
    help=f"How to write it down; without it, {next(iter(FORMATS))}.",
)
@click.option(
    "--template",
    metavar="NAME|FILE",
    shell_complete=_complete_template,
    help="Fill in a template of the program, of yours, or in a file; 'facilitator templates' lists them.",
)
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    type=click.Path(),
    help="Write to FILE in one step; in a folder, the file is named by date and title.",
)
@click.option(
    "--pictures",
    metavar="DIR",
    type=click.Path(file_okay=False),
    help="Write the pictures as SVG files to DIR, and show these in the Markdown in place of diagrams.",
)
@click.option("--no-diagrams", is_flag=True, help="Leave the diagrams out of the Markdown.")
@click.option(
    "--round-trip",
    "round_trip",
    is_flag=True,
    help="Add comments to the Markdown with which 'facilitator merge' reads it back after it was edited.",
)
@click.option(
    "--profile",
    metavar="NAME",
    help="Write it for readers outside, as 'facilitator redact' shows it; somebody must have said yes.",
)
@store_option
@click.pass_context
def command(
    ctx: click.Context,
    *,
    beginning: str,
    format_name: str | None,
    template: str | None,
    output: str | None,
    pictures: str | None,
    no_diagrams: bool,
    round_trip: bool,
    profile: str | None,
) -> None:
    """Write the session with this ID as a document, to stdout or to a file. Text is always UTF-8.

    Without --profile it is the copy of the house: nothing is replaced.
    """
    if template is not None and format_name is not None:
        raise click.UsageError("--template takes the place of --format")
    if (pictures is not None or no_diagrams or round_trip) and (format_name or template or "markdown") != "markdown":
        raise click.UsageError("--pictures, --no-diagrams and --round-trip go with --format markdown")
    if round_trip and profile is not None:
        raise click.UsageError("--round-trip is for those who work on the session; it does not go with --profile")
    store = open_store(ctx)
    session = store.open(store.resolve(beginning)).session
    if profile is not None:
        session = _for_readers(session, profile)
    name, make = _maker(session, format_name or "markdown", template)
    path = None if output in (None, "-") else target_of(output or "", name)
    if path is None and format_name is not None and format_name in FILE_FORMATS and sys.stdout.isatty():
        raise Failure(f"{FILE_FORMATS[format_name].label} is nothing for a terminal; add -o FILE")
    _warn(session, beginning)
    if pictures is not None:
        _export_with_pictures(session, path, Path(pictures), round_trip=round_trip)
        return
    if no_diagrams or round_trip:
        from facilitator.documents.pictures.figures import fenced, nothing

        document = _markdown(session, nothing if no_diagrams else fenced, round_trip=round_trip).encode()
    else:
        document = make()
    if path is None:
        emit(document)
        return
    write_files({path: document})
    note(f"written to {path}{_lacking(format_name)}")


def _maker(session: "Session", format_name: str, template: str | None) -> tuple[str, Callable[[], bytes]]:
    """Return the name of the file for a document, and what makes the document."""
    if template is not None:
        from facilitator.settings.templates import fill_in, find_template, template_file_name, templates_folder

        found = find_template(template, templates_folder())
        return template_file_name(session, found), lambda: fill_in(found, session).encode()
    return file_name(session, format_name), lambda: encode(session, format_name, _occasion(format_name))


def _lacking(format_name: str | None) -> str:
    """Return what a document in a format lacks, as what makes it is not installed, to be told after its place."""
    if format_name != "docx":
        return ""
    from facilitator.documents.page.word import why_no_figures

    why = why_no_figures()
    return f", without pictures: {why}" if why else ""


def _for_readers(session: "Session", profile: str) -> "Session":
    """Return the session as the readers of a profile get it. Raises Failure when nobody has said yes to that."""
    from facilitator.cli.checking import settings_told
    from facilitator.cli.redactions import for_readers

    return for_readers(session, profile, settings_told())


def _warn(session: "Session", beginning: str) -> None:
    """Say on stderr that there are keys or passwords in a session; it is exported all the same."""
    from facilitator.checks.credentials import warning

    if warned := warning(session):
        note(f"warning: the session {warned}; facilitator check {beginning} tells where")


def _occasion(format_name: str) -> "Occasion":
    """Return this moment and the ground rules of the settings, which are read for what is about meetings alone."""
    from facilitator.documents.occasion import ANY, Occasion

    if format_name not in FORMATS or not FORMATS[format_name].for_meetings:
        return ANY
    return Occasion(datetime.now(UTC), read_settings()[1].ground_rules)


def _markdown(session: "Session", show: "Show", *, round_trip: bool) -> str:
    """Return the Markdown with figures shown in one way, perhaps with what it takes to read it back."""
    if round_trip:
        from facilitator.documents.roundtrip.writing import round_trip as written

        return written(session, show)
    from facilitator.documents.markdown import markdown
    from facilitator.model.private import published

    return markdown(published(session), show)


def _export_with_pictures(session: "Session", path: Path | None, folder: Path, *, round_trip: bool) -> None:
    """Write the pictures to a folder, made when it is missing, and the document to a file or to stdout."""
    from facilitator.documents.pictures.figures import files, linked
    from facilitator.model.private import published

    session = published(session)
    beside = path.parent if path is not None else Path.cwd()
    show = linked(Path(os.path.relpath(folder, beside)).as_posix())
    document = _markdown(session, show, round_trip=round_trip).encode()
    pictures = {folder / name: svg.encode() for name, svg in files(session).items()}
    there = [each for each in pictures if each.exists()]
    made = _make(folder)
    try:
        write_files({**pictures, path: document} if path is not None else pictures)
    except Failure:
        for each in made:
            with suppress(OSError):  # pictures that were written keep their folder
                each.rmdir()
        raise
    if path is None:
        emit(document)
    said = f"{len(pictures)} picture{'' if len(pictures) == 1 else 's'} in {folder}"
    replaced = f" ({len(there)} replaced)" if there else ""
    note(f"written to {path}, with {said}{replaced}" if path is not None else f"written: {said}{replaced}")


def _make(folder: Path) -> list[Path]:
    """Make a folder and those above it; return the ones that were missing, the innermost first."""
    missing = [each for each in (folder, *folder.parents) if not each.exists()]
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Failure(f"{folder}: {error.strerror or error}; nothing was written") from error
    return missing
