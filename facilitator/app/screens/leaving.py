"""Leaving a session without losing anything: what is half typed, and what could not be saved."""

import asyncio
import tempfile
from pathlib import Path
from typing import Any

from platformdirs import user_data_path
from textual.app import App

from facilitator.app.editor import SessionEditor
from facilitator.app.screens.ask import Answer, DecideScreen
from facilitator.model.session import Session
from facilitator.store.errors import StoreError
from facilitator.store.store import Store


async def may_leave(app: App[Any], editor: SessionEditor, typed: str) -> bool:
    """Return whether a session can be left now, after asking about a line that is not filed or not saved.

    To be called from a worker, since it waits for dialogs.
    """
    if typed:
        shown = typed if len(typed) <= 200 else f"{typed[:200]}…"
        leave = Answer("l", "leave without it")
        if await app.push_screen_wait(DecideScreen("This line is not filed yet", shown, (leave,))) is None:
            return False
    while not await editor.finish():
        answers = (Answer("r", "try again"), Answer("c", "write a rescue copy elsewhere, and leave"))
        answer = await app.push_screen_wait(DecideScreen("The last edits are not saved", editor.saving.reason, answers))
        if answer is None:
            return False
        if answer == "c":
            where = await asyncio.to_thread(rescue, editor.session)
            if where is None:
                app.notify("The rescue copy could not be written either.", severity="error", markup=False)
                return False
            app.notify(f"Rescue copy: {where}", timeout=20, markup=False)
            return True
    return True


def rescue(session: Session) -> Path | None:
    """Write a session to a store outside the usual one; return the file, or None when nothing can be written."""
    for folder in (user_data_path("facilitator") / "rescue", Path(tempfile.gettempdir()) / "facilitator-rescue"):
        try:
            return Store(folder).create(session).path
        except (StoreError, OSError):
            continue
    return None
