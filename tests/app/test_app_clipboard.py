"""The clipboard: what is said of it, and what never goes to a terminal."""

import re
from pathlib import Path
from typing import Any, cast

import pytest
from textual.app import App

from facilitator.app import clipboard


class Terminal:
    """Takes what an app would send to its terminal."""

    def __init__(self) -> None:
        self.sent: list[str] = []

    def copy_to_clipboard(self, text: str) -> None:
        self.sent.append(text)

    @property
    def app(self) -> App[Any]:
        return cast("App[Any]", self)


@pytest.fixture
def far(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSH_CONNECTION", "a b")


@pytest.mark.parametrize(
    ("size", "said", "sent"),
    [
        (10, "Sent to the terminal's clipboard. If it does not arrive", 1),
        (clipboard.USUAL + 1000, "Sent to the terminal's clipboard, but 75 kB is more than many take", 1),
        (clipboard.MOST + 1000, "Not copied: with 1,001 kB it is too long", 0),
    ],
)
async def test_what_may_not_arrive_is_said(far: None, size: int, said: str, sent: int) -> None:
    terminal = Terminal()
    assert (await clipboard.copy(terminal.app, "x" * size)).startswith(said)
    assert len(terminal.sent) == sent


async def test_rich_text_goes_to_the_desktop_by_its_program(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    program = tmp_path / "xclip"
    program.write_text(f'#!/bin/sh\necho "$@" > {tmp_path}/args\ncat > {tmp_path}/given\n')
    program.chmod(0o755)
    for name in ("SSH_CONNECTION", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DISPLAY", ":9")
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    monkeypatch.setattr("sys.platform", "linux")
    assert (await clipboard.copy_rich("<h1>ä</h1>", "Ä")).startswith("copied")
    assert (tmp_path / "given").read_text("utf-8") == "<h1>ä</h1>"
    assert "text/html" in (tmp_path / "args").read_text()
    program.write_text("#!/bin/sh\nexit 1\n")
    assert (await clipboard.copy_rich("<h1>ä</h1>", "Ä")).startswith("not copied")


async def test_a_mac_gets_plain_text_beside_the_rich_one(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    program = tmp_path / "osascript"
    program.write_text(f"#!/bin/sh\ncat > {tmp_path}/given\n")
    program.chmod(0o755)
    monkeypatch.delenv("SSH_CONNECTION", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    monkeypatch.setattr("sys.platform", "darwin")
    assert (await clipboard.copy_rich("<h1>ä</h1>", 'Ä"')).startswith("copied")
    script = (tmp_path / "given").read_text("utf-8")
    given = {
        name: bytes.fromhex(data).decode() for name, data in re.findall(r"«class \w+»:«data (\w{4})(\w+)»", script)
    }
    assert given == {"HTML": "<h1>ä</h1>", "utf8": 'Ä"'}


async def test_rich_text_is_not_sent_to_a_terminal(far: None) -> None:
    assert (await clipboard.copy_rich("<p>x</p>", "x")).startswith("not copied")
