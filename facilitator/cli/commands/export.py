"""`facilitator export`: a session as a document, on stdout or in a file."""

import os
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from facilitator.cli.errors import Failure
from facilitator.cli.options import examples, id_argument, store_option
from facilitator.cli.output import emit, note
from facilitator.cli.places import open_store, read_settings
from facilitator.documents.formats import FORMATS, file_name, render

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from facilitator.documents.occasion import Occasion
    from facilitator.model.session import Session


def _complete_format(_ctx: click.Context, _param: click.Parameter, incomplete: str) -> "list[CompletionItem[str]]":
    from click.shell_completion import CompletionItem

    return [CompletionItem(each.name, help=each.label) for each in FORMATS.values() if each.name.startswith(incomplete)]


@click.command(
    "export",
    epilog=examples(
        "facilitator export 01K9XQ > postmortem.md",
        "facilitator export 01K9XQ --format google-sre -o postmortem.md",
        "facilitator export 01K9XQ -o docs/",
        "facilitator export 01K9XQ --format pack",
        "facilitator export 01K9XQ --format ics -o meeting.ics",
        "facilitator export 01K9XQ -o docs/ --pictures docs/pictures",
    ),
)
@id_argument
@click.option(
    "-f",
    "--format",
    "format_name",
    default=next(iter(FORMATS)),
    show_default=True,
    metavar=f"[{'|'.join(FORMATS)}]",
    shell_complete=_complete_format,
    help="How to write it down.",
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
@store_option
@click.pass_context
def command(
    ctx: click.Context,
    *,
    beginning: str,
    format_name: str,
    output: str | None,
    pictures: str | None,
    no_diagrams: bool,
) -> None:
    """Write the session with this ID as a document, to stdout or to a file. It is always UTF-8."""
    if (pictures is not None or no_diagrams) and format_name != "markdown":
        raise click.UsageError("--pictures and --no-diagrams go with --format markdown")
    store = open_store(ctx)
    session = store.open(store.resolve(beginning)).session
    path = None if output in (None, "-") else _target(output or "", file_name(session, format_name))
    _warn(session, beginning)
    if pictures is not None:
        _export_with_pictures(session, path, Path(pictures))
        return
    if no_diagrams:
        from facilitator.documents.markdown import markdown
        from facilitator.documents.pictures.figures import nothing
        from facilitator.model.private import published

        document = markdown(published(session), nothing)
    else:
        document = render(session, format_name, _occasion(format_name))
    if path is None:
        emit(document.encode())
        return
    _write({path: document.encode()})
    note(f"written to {path}")


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


def _export_with_pictures(session: "Session", path: Path | None, folder: Path) -> None:
    """Write the pictures to a folder, made when it is missing, and the document to a file or to stdout."""
    from facilitator.documents.markdown import markdown
    from facilitator.documents.pictures.figures import files, linked
    from facilitator.model.private import published

    session = published(session)
    beside = path.parent if path is not None else Path.cwd()
    document = markdown(session, linked(Path(os.path.relpath(folder, beside)).as_posix())).encode()
    pictures = {folder / name: svg.encode() for name, svg in files(session).items()}
    there = [each for each in pictures if each.exists()]
    made = _make(folder)
    try:
        _write({**pictures, path: document} if path is not None else pictures)
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


def _target(output: str, name: str) -> Path:
    """Return the file to write to: `output` itself, or `name` in it when it is a folder."""
    path = Path(output)
    if path.is_dir():
        return path / name
    folder = path if output.endswith(("/", os.sep)) else path.parent
    if not folder.is_dir():
        raise Failure(f"{path}: the folder {folder} does not exist; make it first, or choose another file")
    return path


def _write(contents: dict[Path, bytes]) -> None:
    """Write files: none of them, unless it fails in the last moment; the message says which were written."""
    from facilitator.settings.replace import ReplaceError, replace_files

    streams = {path: each for path, each in contents.items() if path.exists() and not (path.is_file() or path.is_dir())}
    files = {path.resolve(): each for path, each in contents.items() if path not in streams}
    mask = os.umask(0o077)
    os.umask(mask)
    try:
        replace_files(files, mode=0o666 & ~mask)
    except ReplaceError as error:
        raise Failure(f"{error.filename}: {error.strerror}; {error.outcome}") from error
    for path, each in streams.items():  # a pipe or a device must stay what it is
        path.write_bytes(each)
