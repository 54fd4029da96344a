"""Exporting: a document to the clipboard or to a file."""

import asyncio
from pathlib import Path

from textual.screen import Screen

from facilitator.app import clipboard
from facilitator.app.screens.ask import Answer, DecideScreen, LineScreen
from facilitator.app.screens.pick import Option, PickScreen
from facilitator.documents.formats import FORMATS, file_name, render
from facilitator.documents.markdown import markdown
from facilitator.documents.pictures.figures import files, linked
from facilitator.model.session import Session
from facilitator.settings.replace import replace_file

_WITH_PICTURES = "write-with-pictures"


async def export(screen: Screen[None], session: Session) -> None:
    """Ask for a format and a place, and export the session there. To be called from a worker: it waits for dialogs."""
    app = screen.app
    options = [Option(f"copy {name}", f"Copy {each.label}") for name, each in FORMATS.items()]
    options += [Option(f"write {name}", f"Write {each.label} to a file") for name, each in FORMATS.items()]
    options.append(Option(f"{_WITH_PICTURES} markdown", "Write Markdown and a folder of pictures"))
    chosen = await app.push_screen_wait(PickScreen("Export", options))
    if not chosen:
        return
    verb, _, name = chosen[0].partition(" ")
    text = await asyncio.to_thread(render, session, name) if verb != _WITH_PICTURES else ""
    if verb == "copy":
        app.notify(await clipboard.copy(app, text), markup=False)
        return
    path = await _path(screen, session, name)
    if path is None:
        return
    try:
        if verb == _WITH_PICTURES:
            await asyncio.to_thread(_write_with_pictures, path, session)
        else:
            await asyncio.to_thread(replace_file, path, text.encode(), mode=0o644)
    except OSError as error:
        reason = f"{error.strerror or error}: {path}. Nothing was written."
        app.notify(reason, title="Not exported", severity="error", timeout=15, markup=False)
        return
    app.notify(f"Written to {path}", timeout=8, markup=False)


def _write_with_pictures(path: Path, session: Session) -> None:
    """Write the document, and its pictures to a folder that is named for it. Raises OSError."""
    folder = path.with_name(f"{path.stem}-pictures")
    folder.mkdir(exist_ok=True)
    for name, svg in files(session).items():
        replace_file(folder / name, svg.encode(), mode=0o644)
    replace_file(path, markdown(session, linked(folder.name)).encode(), mode=0o644)


async def _path(screen: Screen[None], session: Session, name: str) -> Path | None:
    """Ask for the file; ask again before one that is there is replaced."""
    suggestion = str(Path.cwd() / file_name(session, name))
    while True:
        typed = await screen.app.push_screen_wait(LineScreen("Write to", value=suggestion))
        if typed is None:
            return None
        path = Path(typed.strip()).expanduser()
        if path.is_dir():
            path /= file_name(session, name)
        if not path.exists():
            return path
        replace = Answer("r", "replace it")
        if await screen.app.push_screen_wait(DecideScreen("This file is there already", str(path), (replace,))):
            return path
        suggestion = str(path)
