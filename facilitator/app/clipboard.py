"""The clipboard: through the terminal, so that it works over SSH, and through the desktop where there is one."""

import asyncio
import os
from typing import Any

from textual.app import App

from facilitator.app.drawing import drawable


async def copy(app: App[Any], text: str) -> str:
    """Put cleaned text on the clipboard and return a sentence that says what is known about it.

    The terminal never answers to OSC 52, so only the desktop's clipboard counts as copied.
    """
    text = drawable(text)
    app.copy_to_clipboard(text)
    if "SSH_CONNECTION" not in os.environ and await asyncio.to_thread(_copy_to_desktop, text):
        return "Copied to the clipboard."
    return "Sent to the terminal's clipboard. If it does not arrive there, write it to a file."


def _copy_to_desktop(text: str) -> bool:
    import pyperclip

    try:
        pyperclip.copy(text)
    except (pyperclip.PyperclipException, OSError):
        return False
    return True
