"""Leaving a session without losing anything: what is half typed, and what could not be saved."""

import asyncio
import tempfile
from pathlib import Path
from typing import Any

from platformdirs import user_data_path
from textual.app import App

from facilitator.app.commands import QUIT, SAVE
from facilitator.app.editor import SaveState, SessionEditor
from facilitator.app.screens.ask import Answer, DecideScreen
from facilitator.model.session import Session
from facilitator.store.errors import StoreError
from facilitator.store.store import Store

_NO_RESCUE = "The rescue copy could not be written either."


async def may_leave(app: App[Any], editor: SessionEditor, typed: str) -> bool:
    """Return whether a session can be left now, after asking about a line that is not filed or not saved.

    To be called from a worker, since it waits for dialogs.
    """
    if typed:
        shown = typed if len(typed) <= 200 else f"{typed[:200]}…"
        leave = Answer("l", "leave without it")
        asked = DecideScreen("This line is not filed yet", shown, (leave,), opener=QUIT.id)
        if await app.push_screen_wait(asked) is None:
            return False
    while not await editor.finish() or editor.homeless:
        last = Answer("l", "leave without them") if editor.homeless else Answer("r", "try again")
        answers = (last, Answer("c", "write a rescue copy elsewhere, and leave"))
        asked = DecideScreen("The last edits are not saved", editor.saving.reason, answers, opener=QUIT.id)
        answer = await app.push_screen_wait(asked)
        if answer is None:
            return False
        if answer == "l":
            return True
        if answer == "c":
            where = await asyncio.to_thread(rescue, editor.session)
            if where is None:
                app.notify(_NO_RESCUE, severity="error", markup=False)
                return False
            app.notify(f"Rescue copy: {where}", timeout=20, markup=False)
            return True
    return True


async def save_now(app: App[Any], editor: SessionEditor) -> str:
    """Save a session and return what to say of that; while it cannot be saved, tell all of the reason and ask.

    To be called from a worker, since it waits for a dialog.
    """
    title = "Still not saved"
    while not await editor.finish() or editor.saving.reason:
        again = () if editor.saving.state is SaveState.READ_ONLY else (Answer("r", "try again"),)
        answers = (*again, Answer("c", "write a rescue copy elsewhere"))
        answer = await app.push_screen_wait(DecideScreen(title, editor.saving.reason, answers, opener=SAVE.id))
        if answer == "c":
            where = await asyncio.to_thread(rescue, editor.session)
            return f"Rescue copy: {where}" if where is not None else _NO_RESCUE
        if answer is None:
            return ""
    return f"Saved in {editor.file_name}."


def rescue(session: Session) -> Path | None:
    """Write a session to a store outside the usual one; return the file, or None when nothing can be written."""
    for folder in (user_data_path("facilitator") / "rescue", Path(tempfile.gettempdir()) / "facilitator-rescue"):
        try:
            return Store(folder).create(session).path
        except (StoreError, OSError):
            continue
    return None
