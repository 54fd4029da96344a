"""Exporting: a document to the clipboard or to a file."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from textual.screen import Screen

from facilitator.app import clipboard
from facilitator.app.commands import EXPORT
from facilitator.app.screens.ask import Answer, DecideScreen, LineScreen
from facilitator.app.screens.path import is_there, path_of
from facilitator.app.screens.pick import Option, PickScreen
from facilitator.app.screens.session_typing import SessionTyping
from facilitator.app.surroundings import Surroundings
from facilitator.checks.credentials import warning
from facilitator.documents.formats import FORMATS, LABELS, encode, file_name, named, render
from facilitator.documents.markdown import markdown
from facilitator.documents.occasion import NotYetError, Occasion
from facilitator.documents.page.extras import ExtraMissingError
from facilitator.documents.pictures.figures import files, linked
from facilitator.documents.tickets import writing as tickets
from facilitator.model.private import published
from facilitator.model.session import Session
from facilitator.redaction.profiles import Profile
from facilitator.settings.replace import ReplaceError, replace_files
from facilitator.settings.templates import (
    TemplateFileError,
    fill_in,
    find_template,
    known_templates,
    template_file_name,
    templates_folder,
)
from facilitator.store.publishing import for_readers

_COPY, _WRITE, _WITH_PICTURES = "copy", "write", "write-with-pictures"
_COPY_TEMPLATE, _WRITE_TEMPLATE = "copy-template", "write-template"
_TICKETS, _READERS = "tickets", "readers"
_PLAIN = "text"
_LONGEST_PATH = 80


async def export(screen: SessionTyping, given: Surroundings, profile: Profile | None = None) -> None:
    """Ask for a format and a place, export the session there, and say so in the message line.

    With a `profile`, to which somebody has said yes, it is exported for its readers. To be called from a worker: it
    waits for dialogs.
    """
    app = screen.app
    screen.say("Looking for what must not leave …")
    session = await asyncio.to_thread(for_readers, screen.session, profile, given.sensitive)
    warned = await asyncio.to_thread(warning, session)
    screen.say("")
    title = f"Export for the profile {profile.name}" if profile is not None else "Export"
    title = f"{title}: there are secrets in it" if warned else title
    options = await asyncio.to_thread(_options)
    if profile is None:
        forms = [each for each in tickets.FORMS.values() if not each.needs_project]
        options += [Option(f"{_TICKETS} {each.name}", f"Write actions as tickets: {each.label}") for each in forms]
        options.append(Option(_READERS, "For readers outside: redacted, in a profile"))
    chosen = await app.push_screen_wait(PickScreen(title, options, opener=EXPORT.id))
    if chosen == (_READERS,):
        from facilitator.app.screens.readers import ask_readers

        readers = await ask_readers(screen, given, EXPORT.id, in_house=False)
        if readers is not None:
            await export(screen, given, readers.profile)
        return
    if not chosen:
        return
    verb, _, name = chosen[0].partition(" ")
    try:
        made = await asyncio.to_thread(_made, session, verb, name, given)
    except (NotYetError, ExtraMissingError, TemplateFileError, tickets.NothingPendingError) as error:
        screen.say(f"Not exported: {error}{'' if str(error).endswith('?') else '.'}")
        return
    if verb in (_COPY, _COPY_TEMPLATE):
        label = FORMATS[name].label if verb == _COPY else name
        if verb == _COPY and FORMATS[name].rich:
            plain = await asyncio.to_thread(render, session, _PLAIN, occasion_of(given))
            done = await clipboard.copy_rich(made.content.decode(), plain)
        else:
            done = await clipboard.copy(app, made.content.decode())
        said = f"{label}: {done}"
        screen.say(f"Mind: it {warned}. {said}" if warned else said)
        return

    def write(path: Path) -> int:
        if verb == _WITH_PICTURES:
            return _write_with_pictures(path, session)
        replace_files({path: made.content}, mode=0o644)
        return 0

    await write_somewhere(screen, made.name, write, f"Mind: it {warned}. Findings has all." if warned else "")


def occasion_of(given: Surroundings) -> Occasion:
    """Return the moment and the ground rules, for documents about meetings."""
    return Occasion(given.now(), given.ground_rules)


async def write_somewhere(
    screen: SessionTyping, name: str, write: Callable[[Path], int], note: str = ""
) -> Path | None:
    """Ask for a file and write it in a thread, again until that succeeds; say where, and return it, or None.

    `write` gives the number of pictures that it wrote too, and raises OSError. To be called from a worker.
    """
    suggestion = str(Path.cwd() / name)
    while (path := await ask_path(screen, name, suggestion, note)) is not None:
        try:
            count = await asyncio.to_thread(write, path)
        except OSError as error:
            outcome = error.outcome if isinstance(error, ReplaceError) else "nothing was written"
            where = _end(str(error.filename or path), _LONGEST_PATH)
            suggestion, note = str(path), f"Not written: {error.strerror or error}: {where}; {outcome}."
        else:
            screen.say(written(path, count, screen.size.width - 2 * _MARGIN))
            return path
    return None


class Made(NamedTuple):
    """A document: the name of a file for it, and what is in it."""

    name: str
    content: bytes


def _options() -> list[Option]:
    """Return what can be done: copy text, write a file, and both with templates."""
    return [
        *(Option(f"{_COPY} {name}", f"Copy {each.label}") for name, each in FORMATS.items() if each.pasted),
        *(Option(f"{_WRITE} {name}", f"Write {label} to a file") for name, label in LABELS.items()),
        Option(f"{_WITH_PICTURES} markdown", "Write Markdown and a folder of pictures"),
        *(Option(f"{_COPY_TEMPLATE} {name}", f"Copy template {name}") for name in known_templates()),
        *(Option(f"{_WRITE_TEMPLATE} {name}", f"Write template {name} to a file") for name in known_templates()),
    ]


def _made(session: Session, verb: str, name: str, given: Surroundings) -> Made:
    """Return the document that was chosen.

    Raises NotYetError, ExtraMissingError, TemplateFileError and NothingPendingError.
    """
    if verb == _TICKETS:
        text = tickets.write(tickets.tickets_for(session, name), name, tickets.Tracker(), given.now())
        return Made(named(session, tickets.FORMS[name].suffix), text.encode())
    if verb in (_COPY_TEMPLATE, _WRITE_TEMPLATE):
        template = find_template(name, templates_folder())
        return Made(template_file_name(session, template), fill_in(template, session).encode())
    content = b"" if verb == _WITH_PICTURES else encode(session, name, occasion_of(given))
    return Made(file_name(session, name), content)


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
        path = path_of(typed).absolute()
        if is_there(path) and path.is_dir():
            path /= name
        if not is_there(path):
            return path
        answer = Answer("r", "replace it")
        decide = DecideScreen("This file is there already", str(path), (answer,), opener=opener)
        if await screen.app.push_screen_wait(decide):
            return path
        suggestion = str(path)
