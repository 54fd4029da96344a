"""The commands as processes: what they load, how they end, in which locale they print."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from facilitator.cli.errors import NOTHING_FOUND
from facilitator.cli.main import SUMMARIES
from facilitator.documents.roundtrip.writing import round_trip
from facilitator.model.session import Session
from facilitator.store.store import Store

Make = Callable[..., Session]

PROGRAM = "from facilitator.cli.main import main; main()"
LOADED = f"""
import atexit, json, os, sys
atexit.register(lambda: open(os.environ["LOADED"], "w").write(json.dumps(sorted(sys.modules))))
{PROGRAM}
"""
NEVER = {"textual", "rich", "asyncio"}


def process(
    *args: str, code: str = PROGRAM, env: dict[str, str] | None = None, cwd: Path | None = None
) -> "subprocess.CompletedProcess[bytes]":
    return subprocess.run(
        [sys.executable, "-c", code, *args],
        env={**os.environ, **(env or {})},
        cwd=cwd,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=60,
        check=False,
    )


EXAMPLE = str(Path(__file__).parents[2] / "sessions" / "2026-11-15-checkout-errors-after-v3-2.json")
RECORDS = str(Path(__file__).parents[1] / "documents" / "approved" / "checkout.md")

COMMANDS: dict[str, Sequence[str]] = {
    "new": ("new", "Title", "--severity", "SEV2"),
    "list": ("list",),
    "find": ("find", "Checkout"),
    "similar": ("similar", "ID"),
    "actions": ("actions",),
    "trends": ("trends",),
    "remember": ("remember",),
    "show": ("show", "ID"),
    "edit": ("edit", "ID"),
    "export": ("export", "ID"),
    "templates": ("templates",),
    "tickets": ("tickets", "ID", "-f", "github"),
    "redact": ("redact", "ID", "--profile", "public"),
    "merge": ("merge", "DOCUMENT"),
    "site": ("site", "OUT", "--profile", "internal"),
    "review": ("review", "ID"),
    "approve": ("approve", "ID", "--part", "whole", "--by", "Ana"),
    "publish": ("publish", "ID", "--by", "Ana", "--anyway"),
    "check": ("check", "ID"),
    "witness": ("witness", "ID", "--for", "Ana"),
    "intake": ("intake", "ID", RECORDS),
    "rules": ("rules",),
    "delete": ("delete", "ID", "--yes"),
    "merge-driver": ("merge-driver", EXAMPLE, EXAMPLE, EXAMPLE),
    "history": ("history", "ID"),
    "restore": ("restore",),
    "doctor": ("doctor",),
    "reindex": ("reindex",),
    "schema": ("schema",),
    "where": ("where",),
    "completion": ("completion", "fish"),
}

ALL_FOR_NOTHING = ("history", "restore", "similar", "actions", "remember", "tickets")
"""The commands that find nothing in a store with one new session."""


@pytest.mark.parametrize(
    "args",
    [
        *COMMANDS.values(),
        (),
        ("--version",),
        ("--help",),
        ("export", "ID", "-f", "google-sre"),
        ("export", "ID", "-f", "html"),
    ],
)
def test_no_command_loads_the_terminal(make: Make, store: Store, tmp_path: Path, args: Sequence[str]) -> None:
    session_id = make().id
    record = tmp_path / "loaded.json"
    document = tmp_path / "document.md"
    document.write_text(round_trip(make()), encoding="utf-8")
    places = {"ID": session_id, "DOCUMENT": str(document), "OUT": str(tmp_path / "out")}
    args = [places.get(each, each) for each in args]
    env = {"LOADED": str(record), "FACILITATOR_STORE": str(store.path), "EDITOR": "true"}
    ended = process(*args, code=LOADED, env=env)
    expected = 2 if not args else NOTHING_FOUND if args[0] in ALL_FOR_NOTHING else 0
    assert ended.returncode == expected, ended.stderr
    assert NEVER.isdisjoint(json.loads(record.read_text()))


def test_a_filter_is_answered_by_the_index_alone(make: Make, store: Store, tmp_path: Path) -> None:
    make(services=("checkout",))
    record = tmp_path / "loaded.json"
    env = {"LOADED": str(record), "FACILITATOR_STORE": str(store.path)}
    os.utime(store.path, (1_700_000_000, 1_700_000_000))  # what changed just now might change again unnoticed
    for reads in (True, False):
        assert process("find", "service:checkout", code=LOADED, env=env).returncode == 0
        loaded = set(json.loads(record.read_text()))
        assert ("tinydb" in loaded) is reads
    assert {"facilitator.store.codec", "facilitator.library.files", "zoneinfo"}.isdisjoint(loaded)


def test_help_loads_no_command_and_no_store(tmp_path: Path) -> None:
    record = tmp_path / "loaded.json"
    process("--help", code=LOADED, env={"LOADED": str(record)})
    loaded = set(json.loads(record.read_text()))
    assert not [
        name for name in loaded if name.startswith(("facilitator.cli.commands.", "facilitator.store.", "tinydb"))
    ]


def test_every_command_but_the_two_that_open_the_app_is_checked_above() -> None:
    assert COMMANDS.keys() == SUMMARIES.keys() - {"open", "demo"}


LOCALES = (
    {"LC_ALL": "POSIX"},
    {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
    {"PYTHONIOENCODING": "latin-1"},
    {"PYTHONIOENCODING": "ascii:strict"},
)


@pytest.mark.parametrize("locale", LOCALES)
def test_documents_and_json_are_utf_8_in_every_locale(make: Make, store: Store, locale: dict[str, str]) -> None:
    session_id = make("Störung 日本", summary="naïve — 日本").id
    env = {**locale, "FACILITATOR_STORE": str(store.path)}
    assert "naïve — 日本" in process("export", session_id, env=env).stdout.decode()
    assert json.loads(process("list", "--json", env=env).stdout.decode())["title"] == "Störung 日本"
    assert json.loads(process("show", session_id, "--json", env=env).stdout.decode())["title"] == "Störung 日本"


@pytest.mark.parametrize("locale", LOCALES)
def test_what_a_locale_cannot_show_is_no_error(make: Make, store: Store, locale: dict[str, str]) -> None:
    session_id = make("Störung 日本").id
    for args in (("list",), ("show", session_id), ("show", "日本"), ("where",)):
        ended = process(*args, env={**locale, "FACILITATOR_STORE": str(store.path)})
        assert b"Traceback" not in ended.stderr
        assert ended.returncode == (2 if "日本" in args else 0)


@pytest.mark.parametrize("args", [("list",), ("list", "--json"), ("schema",), ("--help",)])
def test_a_reader_that_goes_away_ends_the_command_quietly(make: Make, store: Store, args: Sequence[str]) -> None:
    make()
    reading, writing = os.pipe()
    os.close(reading)
    ended = subprocess.run(
        [sys.executable, "-c", PROGRAM, *args],
        env={**os.environ, "FACILITATOR_STORE": str(store.path)},
        stdout=writing,
        stderr=subprocess.PIPE,
        timeout=60,
        check=False,
    )
    os.close(writing)
    assert ended.stderr == b""
    assert ended.returncode in (1, 141)


def test_no_working_folder_is_said(tmp_path: Path) -> None:
    code = f"import os, shutil; os.mkdir('gone'); os.chdir('gone'); os.rmdir('../gone')\n{PROGRAM}"
    ended = process("list", code=code, cwd=tmp_path)
    assert ended.returncode == 2
    assert b"Traceback" not in ended.stderr


def test_an_interrupted_editor_leaves_no_traceback(make: Make, store: Store, tmp_path: Path) -> None:
    session_id = make().id
    script = tmp_path / "editor.sh"
    script.write_text("#!/bin/sh\nkill -INT $PPID\n")
    script.chmod(0o755)
    # Where the tests run in the background of a shell, the interrupt is ignored and a child inherits that.
    code = f"import signal; signal.signal(signal.SIGINT, signal.default_int_handler); {PROGRAM}"
    environment = {"FACILITATOR_STORE": str(store.path), "EDITOR": str(script)}
    ended = process("edit", session_id, code=code, env=environment)
    assert ended.returncode == 130
    assert b"Traceback" not in ended.stderr
