"""Exporting: a document to the clipboard or to a file."""

import asyncio
from pathlib import Path
from typing import Any

from textual.screen import Screen

from facilitator.app import clipboard
from facilitator.app.commands import EXPORT
from facilitator.app.screens.ask import Answer, DecideScreen, LineScreen
from facilitator.app.screens.pick import Option, PickScreen
from facilitator.app.screens.session_frame import SessionFrame
from facilitator.checks.credentials import warning
from facilitator.documents.formats import FORMATS, file_name, render
from facilitator.documents.markdown import markdown
from facilitator.documents.occasion import NotYetError, Occasion
from facilitator.documents.pictures.figures import files, linked
from facilitator.model.private import published
from facilitator.model.session import Session
from facilitator.settings.replace import ReplaceError, replace_file, replace_files

_WITH_PICTURES = "write-with-pictures"


async def export(screen: SessionFrame, session: Session, occasion: Occasion) -> None:
    """Ask for a format and a place, export the session there, and say so in the message line.

    `occasion` holds the moment and the ground rules, for documents about meetings. To be called from a worker: it waits
    for dialogs.
    """
    app = screen.app
    options = [Option(f"copy {name}", f"Copy {each.label}") for name, each in FORMATS.items() if each.pasted]
    options += [Option(f"write {name}", f"Write {each.label} to a file") for name, each in FORMATS.items()]
    options.append(Option(f"{_WITH_PICTURES} markdown", "Write Markdown and a folder of pictures"))
    warned = await asyncio.to_thread(warning, session)
    title = "Export: there are secrets in it" if warned else "Export"
    chosen = await app.push_screen_wait(PickScreen(title, options, opener=EXPORT.id))
    if not chosen:
        return
    verb, _, name = chosen[0].partition(" ")
    try:
        text = await asyncio.to_thread(render, session, name, occasion) if verb != _WITH_PICTURES else ""
    except NotYetError as error:
        screen.say(f"Not exported: {error}.")
        return
    if verb == "copy":
        said = f"{FORMATS[name].label}: {await clipboard.copy(app, text)}"
        screen.say(f"Mind: it {warned}. {said}" if warned else said)
        return
    suggestion, note = (
        str(Path.cwd() / file_name(session, name)),
        f"Mind: it {warned}. Findings has all." if warned else "",
    )
    while (path := await ask_path(screen, file_name(session, name), suggestion, note)) is not None:
        try:
            if verb == _WITH_PICTURES:
                count = await asyncio.to_thread(_write_with_pictures, path, session)
            else:
                count = 0
                await asyncio.to_thread(replace_file, path, text.encode(), mode=0o644)
        except OSError as error:
            outcome = error.outcome if isinstance(error, ReplaceError) else "nothing was written"
            where = error.filename or path
            suggestion, note = str(path), f"Not written: {error.strerror or error}: {where}; {outcome}."
        else:
            screen.say(written(path, count, screen.size.width - 2 * _MARGIN))
            return


_MARGIN = 3
"""What the message line leaves free at each side, in cells."""


def written(path: Path, pictures: int, room: int) -> str:
    """Return what was written and where, in at most `room` cells where that can be done.

    The end of the name and of the folder are what tells them from others, so both are cut at the beginning.
    """
    count = f" and {pictures} picture{'s' if pictures != 1 else ''}" if pictures else ""
    said = f"Written: {{}}{count}, in {{}}"
    folder = str(path.parent)
    room -= len(said) - 4
    name = _end(path.name, max(12, room * 2 // 3, room - len(folder)))
    return said.format(name, _end(folder, max(12, room - len(name))))


def _end(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"…{text[1 - longest :]}"


def _write_with_pictures(path: Path, session: Session) -> int:
    """Write the document, and its pictures to a folder that is named for it; return how many. Raises OSError."""
    session = published(session)
    folder = path.with_name(f"{path.stem}-pictures")
    folder.mkdir(exist_ok=True)
    pictures = {folder / name: svg.encode() for name, svg in files(session).items()}
    replace_files({**pictures, path: markdown(session, linked(folder.name)).encode()}, mode=0o644)
    return len(pictures)


async def ask_path(
    screen: Screen[Any], name: str, suggestion: str, note: str, *, opener: str = EXPORT.id
) -> Path | None:
    """Ask for a file to write, with a note about the last try; ask again before one that is there is replaced.

    In a folder the file is called `name`. To be called from a worker.
    """
    while True:
        asked = LineScreen("Write to", value=suggestion, note=note, opener=opener)
        typed = await screen.app.push_screen_wait(asked)
        if typed is None:
            return None
        path = Path(typed.strip()).expanduser()
        if path.is_dir():
            path /= name
        if not path.exists():
            return path
        answer = Answer("r", "replace it")
        decide = DecideScreen("This file is there already", str(path), (answer,), opener=opener)
        if await screen.app.push_screen_wait(decide):
            return path
        suggestion = str(path)
