"""`facilitator export`: a session as a document, on stdout or in a file."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from facilitator.cli.errors import Failure
from facilitator.cli.options import examples, id_argument, store_option
from facilitator.cli.output import emit, note
from facilitator.cli.places import open_store
from facilitator.documents.formats import FORMATS, file_name, render

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from facilitator.documents.pictures.figures import Show
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
    if pictures is not None or no_diagrams:
        from facilitator.documents.markdown import markdown
        from facilitator.documents.pictures.figures import nothing

        document = markdown(session, _pictures(session, Path(pictures), path) if pictures is not None else nothing)
    else:
        document = render(session, format_name)
    if path is None:
        emit(document.encode())
        return
    _write(path, document.encode())
    note(f"written to {path}")


def _pictures(session: "Session", folder: Path, document: Path | None) -> "Show":
    """Write the pictures to a folder, made when it is missing; return how the document shows them."""
    from facilitator.documents.pictures.figures import files, linked

    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Failure(f"{folder}: {error.strerror or error}; nothing was written") from error
    for name, svg in files(session).items():
        _write(folder / name, svg.encode())
    beside = document.parent if document is not None else Path.cwd()
    return linked(Path(os.path.relpath(folder, beside)).as_posix())


def _target(output: str, name: str) -> Path:
    """Return the file to write to: `output` itself, or `name` in it when it is a folder."""
    path = Path(output)
    if path.is_dir():
        return path / name
    folder = path if output.endswith(("/", os.sep)) else path.parent
    if not folder.is_dir():
        raise Failure(f"{path}: the folder {folder} does not exist; make it first, or choose another file")
    return path


def _write(path: Path, document: bytes) -> None:
    from facilitator.settings.replace import replace_file

    if path.exists() and not path.is_file():  # a pipe or a device must stay what it is
        path.write_bytes(document)
        return
    mask = os.umask(0o077)
    os.umask(mask)
    try:
        replace_file(path.resolve(), document, mode=0o666 & ~mask)
    except OSError as error:
        raise Failure(f"{path}: {error.strerror or error}; nothing was written") from error
