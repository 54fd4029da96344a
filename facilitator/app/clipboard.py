"""The clipboard: through the terminal, so that it works over SSH, and through the desktop where there is one."""

import asyncio
import os
import shutil
import sys
from contextlib import suppress
from typing import Any

from textual.app import App

from facilitator.app.drawing import drawable

USUAL = 74_000
"""How many bytes most terminals take at once through OSC 52, which knows no answer."""

MOST = 1_000_000
"""How many bytes are sent to a terminal at most; what is longer is dropped by multiplexers, or is slow for minutes."""

_SECONDS = 5


async def copy(app: App[Any], text: str, *, rich: bool = False) -> str:
    """Put cleaned text on the clipboard and return a sentence that says what is known about it.

    What is `rich` is HTML, which editors take as headings and tables. Only the clipboard of a desktop can have that, so
    a terminal is sent nothing. It never answers to OSC 52, so only the desktop's clipboard counts as copied.
    """
    text = drawable(text)
    at_home = "SSH_CONNECTION" not in os.environ
    if rich:
        if at_home and await _copy_rich(text):
            return "copied to the clipboard; paste it into the editor."
        return "not copied: this needs a desktop with wl-copy or xclip. Or write it, and copy from a browser."
    size = len(text.encode())
    if size <= MOST:
        app.copy_to_clipboard(text)
    if at_home and await asyncio.to_thread(_copy_to_desktop, text):
        return "Copied to the clipboard."
    if size > MOST:
        return f"Not copied: with {size // 1000:,} kB it is too long for a terminal's clipboard. Write it to a file."
    if size > USUAL:
        return (
            f"Sent to the terminal's clipboard, but {size // 1000:,} kB is more than many take; or write it to a file."
        )
    return "Sent to the terminal's clipboard. If it does not arrive there, write it to a file."


def _copy_to_desktop(text: str) -> bool:
    import pyperclip

    try:
        pyperclip.copy(text)
    except (pyperclip.PyperclipException, OSError):
        return False
    return True


async def _copy_rich(html: str) -> bool:
    """Put HTML on the clipboard of the desktop, by the program that does so there; return whether it did."""
    command, given = _rich_command(html)
    if not command:
        return False
    quiet = asyncio.subprocess.DEVNULL
    try:
        started = await asyncio.create_subprocess_exec(
            *command, stdin=asyncio.subprocess.PIPE, stdout=quiet, stderr=quiet
        )
    except OSError:
        return False
    try:
        await asyncio.wait_for(started.communicate(given.encode()), _SECONDS)
    except (OSError, TimeoutError):
        with suppress(ProcessLookupError):
            started.kill()
        return False
    return started.returncode == 0


def _rich_command(html: str) -> tuple[list[str], str]:
    """Return the program that takes HTML here, and what it reads; no program where there is none."""
    if sys.platform == "darwin" and (script := shutil.which("osascript")):
        return [script, "-"], f"set the clipboard to {chr(171)}data HTML{html.encode().hex()}{chr(187)}"
    if "WAYLAND_DISPLAY" in os.environ and (wayland := shutil.which("wl-copy")):
        return [wayland, "--type", "text/html"], html
    if "DISPLAY" in os.environ and (xclip := shutil.which("xclip")):
        return [xclip, "-selection", "clipboard", "-t", "text/html"], html
    return [], ""
