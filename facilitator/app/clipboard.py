"""The clipboard: through the terminal, so that it works over SSH, and through the desktop where there is one."""

import asyncio
import os
import shutil
import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from textual.app import App

from facilitator.app.drawing import drawable

USUAL = 74_000
"""How many bytes most terminals take at once through OSC 52, which knows no answer."""

MOST = 1_000_000
"""How many bytes are sent to a terminal at most; what is longer is dropped by multiplexers, or is slow for minutes."""

_SECONDS = 5


async def copy(app: App[Any], text: str) -> str:
    """Put cleaned text on the clipboard and return a sentence that says what is known about it.

    A terminal never answers to OSC 52, so only the desktop's clipboard counts as copied.
    """
    text = drawable(text)
    at_home = _is_at_home()
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


async def copy_rich(html: str, plain: str) -> str:
    """Put HTML on the clipboard, which editors take as headings and tables, and return a sentence about it.

    Only the clipboard of a desktop can have that, so a terminal is sent nothing. `plain` is the same for what takes no
    HTML. Only macOS gets it: wl-copy and xclip offer what they are given in one form alone.
    """
    command, given = _rich_command(drawable(html), drawable(plain))
    if command and _is_at_home() and await _given_to(command, given):
        return "copied to the clipboard; paste it into the editor."
    return "not copied: this needs a desktop with wl-copy or xclip. Or write it, and copy from a browser."


def _is_at_home() -> bool:
    return "SSH_CONNECTION" not in os.environ


def _copy_to_desktop(text: str) -> bool:
    import pyperclip

    try:
        pyperclip.copy(text)
    except (pyperclip.PyperclipException, OSError):
        return False
    return True


async def _given_to(command: Sequence[str], given: str) -> bool:
    """Run a program that reads what it is given; return whether it succeeded."""
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


def _rich_command(html: str, plain: str) -> tuple[list[str], str]:
    """Return the program that takes HTML here, and what it reads; no program where there is none."""
    if sys.platform == "darwin" and (script := shutil.which("osascript")):
        # As hexadecimal digits, so that nothing of a text is read as a script.
        forms = (("HTML", html), ("utf8", plain))
        data = {name: f"«data {name}{text.encode().hex()}»" for name, text in forms}
        both = ", ".join(f"«class {name}»:{each}" for name, each in data.items())
        set_both, set_one = f"set the clipboard to {{{both}}}", f"set the clipboard to {data['HTML']}"
        return [script, "-"], f"try\n{set_both}\non error\n{set_one}\nend try\n"
    if "WAYLAND_DISPLAY" in os.environ and (wayland := shutil.which("wl-copy")):
        return [wayland, "--type", "text/html"], html
    if "DISPLAY" in os.environ and (xclip := shutil.which("xclip")):
        return [xclip, "-selection", "clipboard", "-t", "text/html"], html
    return [], ""
