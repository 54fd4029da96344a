"""`facilitator intake --new`: published documents, and records of all kinds, become sessions of their own."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from facilitator.model.session import Severity
from facilitator.store.intakes import drafts_of
from facilitator.store.store import Store

Run = Callable[..., Result]

DOCUMENT = """\
# Orders stood still

**Date:** 2025-03-04

**Severity:** SEV2

## Summary

Orders waited for forty minutes.

## Timeline (UTC)

- 14:02 disk of the broker is full
- 14:20 - 14:35 about half of the orders fail
- 14:41 space is freed, orders flow

## Action items

| Action | Owner | Due | Ticket | Status |
|---|---|---|---|---|
| Alert on the disk | Dana Reyes | 2025-04-01 | OPS-12 | done |
| Rotate logs daily | Bo | | | |
"""
ZONELESS = "# Slow search\n\nDate: 2025-03-05\n\n## Timeline\n\n- 09:00 slow\n- 09:30:15 fast again\n"
BLANK = """\
# Postmortem

## Summary

<!-- two or three sentences -->

## Timeline

| Time | What happened |
|---|---|
| HH:MM | |

## Action items

- [ ] TODO
"""
ROWS = "time,message\n2026-11-15T14:03:00Z,checkout is slow\n2026-11-15T14:09:00Z,rolled back v411\n"
KEYS = ["file", "kind", "title", "date", "severity", "zone", "entries", "actions", "sections", "skipped"]


@pytest.fixture
def document(home: Path) -> Path:
    path = home / "orders.md"
    path.write_text(DOCUMENT, encoding="utf-8")
    return path


def told(result: Result) -> list[dict[str, Any]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def count(store: Store) -> int:
    return len(list(store.path.glob("*.json")))


def test_a_document_becomes_a_session(run: Run, store: Store, document: Path) -> None:
    result = run("intake", "--new", "orders.md")
    assert (result.exit_code, result.stderr) == (0, "")
    first, *lines = result.stdout.splitlines()
    assert lines == ["  orders.md: Orders stood still", "  3 entries, 2 actions, times in UTC"]
    session = store.open(first).session
    assert (session.title, session.severity, session.zone) == ("Orders stood still", Severity.SEV2, "UTC")
    assert session.timeline[0].at.at == datetime(2025, 3, 4, 14, 2, tzinfo=UTC)
    assert session.timeline[1].until == datetime(2025, 3, 4, 14, 35, tzinfo=UTC)
    assert [(each.text, each.owner, each.ticket) for each in session.actions] == [
        ("Alert on the disk", "Dana Reyes", "OPS-12"),
        ("Rotate logs daily", "Bo", ""),
    ]
    assert session.summary == "Orders waited for forty minutes."
    assert session.intakes == ()


def test_programs_get_a_line_for_each_file_and_nothing_is_written(run: Run, store: Store, document: Path) -> None:
    (document.parent / "search.md").write_text(ZONELESS, encoding="utf-8")
    result = run("intake", "--new", "orders.md", "search.md", "--dry-run", "--json")
    assert (result.exit_code, result.stderr) == (0, "")
    orders, search = told(result)
    assert list(orders) == list(search) == KEYS
    assert not store.path.exists()
    assert (orders["file"], orders["kind"], orders["title"]) == ("orders.md", "postmortem", "Orders stood still")
    assert (orders["date"], orders["severity"], orders["zone"]) == ("2025-03-04", 2, "UTC")
    assert orders["entries"] == [
        entry("2025-03-04T14:02:00Z", "2025-03-04T14:02", "disk of the broker is full", 13),
        entry("2025-03-04T14:20:00Z", "2025-03-04T14:20", "about half of the orders fail", 14)
        | {"until": "2025-03-04T14:35:00Z"},
        entry("2025-03-04T14:41:00Z", "2025-03-04T14:41", "space is freed, orders flow", 15),
    ]
    assert orders["actions"] == [
        {
            "description": "Alert on the disk", "owner": "Dana Reyes", "due": "2025-04-01", "ticket": "OPS-12",
            "status": "done", "line": 21,
        },
        {"description": "Rotate logs daily", "owner": "Bo", "due": None, "ticket": "", "status": "open", "line": 22},
    ]  # fmt: skip
    assert orders["sections"] == {"summary": ["Orders waited for forty minutes."]}
    assert (search["date"], search["severity"], search["zone"], search["actions"]) == ("2025-03-05", None, None, [])
    assert [(each["at"], each["local"], each["precision"]) for each in search["entries"]] == [
        (None, "2025-03-05T09:00", "minute"),
        (None, "2025-03-05T09:30:15", "second"),
    ]


def entry(at: str, local: str, text: str, line: int) -> dict[str, Any]:
    return {"at": at, "local": local, "precision": "minute", "about": False, "until": None, "text": text, "line": line}


def test_the_id_of_the_session_is_told(run: Run, store: Store, document: Path) -> None:
    (result,) = told(run("intake", "--new", "orders.md", "--json"))
    assert list(result) == [*KEYS, "id"]
    assert store.open(result["id"]).session.title == "Orders stood still"


def test_times_without_a_zone_are_in_the_one_that_is_asked_for(run: Run, store: Store, home: Path) -> None:
    (home / "search.md").write_text(ZONELESS, encoding="utf-8")
    (result,) = told(run("intake", "--new", "search.md", "--tz", "Europe/Paris", "--json"))
    session = store.open(result["id"]).session
    assert session.zone == "Europe/Paris"
    assert session.timeline[0].at.at == datetime(2025, 3, 5, 8, tzinfo=UTC)


def test_a_day_can_be_told(run: Run, home: Path) -> None:
    (home / "search.md").write_text(ZONELESS.replace("Date: 2025-03-05", "Search was slow."), encoding="utf-8")
    (result,) = told(run("intake", "--new", "search.md", "--date", "2025-03-07", "--dry-run", "--json"))
    assert [each["local"] for each in result["entries"]] == ["2025-03-07T09:00", "2025-03-07T09:30:15"]


def test_a_blank_template_yields_nothing(run: Run, store: Store, home: Path) -> None:
    (home / "template.md").write_text(BLANK, encoding="utf-8")
    for arguments in ((), ("--dry-run",)):
        (result,) = told(run("intake", "--new", "template.md", "--json", *arguments))
        assert list(result) == KEYS
        assert (result["entries"], result["actions"], result["sections"]) == ([], [], {})
        assert "nothing is filled in" in result["skipped"][-1]["reason"]
    shown = run("intake", "--new", "template.md")
    assert "  1 skipped: nothing is filled in" in shown.stdout
    assert count(store) == 0


def test_every_document_of_a_folder_becomes_a_session(run: Run, store: Store, document: Path) -> None:
    folder = document.parent / "documents"
    (folder / "2025").mkdir(parents=True)
    for name in ("2025/orders.md", "search.md"):
        (folder / name).write_text(DOCUMENT if "orders" in name else ZONELESS, encoding="utf-8")
    (folder / "graph.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    (folder / "broken.md").write_bytes(b"\x00\x01\x02" * 100)
    result = run("intake", "--new", "documents", "--json")
    assert result.exit_code == 0
    found = {each["file"]: each for each in told(result)}
    assert {name for name, each in found.items() if "id" in each} == {"2025/orders.md", "search.md"}
    assert found["graph.png"]["skipped"] == [{"file": "graph.png", "place": "", "reason": "not Markdown"}]
    assert found["broken.md"]["skipped"]
    assert count(store) == 2


def test_records_become_a_session_with_drafts(run: Run, store: Store, home: Path) -> None:
    (home / "rows.csv").write_text(ROWS, encoding="utf-8")
    (result,) = told(run("intake", "--new", "rows.csv", "--json"))
    assert (result["kind"], result["date"], result["title"]) == ("columns", "2026-11-15", "rows.csv")
    assert [(each["at"], each["text"]) for each in result["entries"]] == [
        ("2026-11-15T14:03:00Z", "checkout is slow"),
        ("2026-11-15T14:09:00Z", "rolled back v411"),
    ]
    session = store.open(result["id"]).session
    assert session.timeline == ()
    assert [each.text for each in drafts_of(store.path, session).drafts] == ["checkout is slow", "rolled back v411"]
    (result,) = told(run("intake", "--new", "rows.csv", "--take", "all", "--json"))
    assert [each.text for each in store.open(result["id"]).session.timeline] == ["checkout is slow", "rolled back v411"]


def test_a_file_that_fails_does_not_stop_the_others(run: Run, store: Store, document: Path) -> None:
    (document.parent / "empty.md").write_bytes(b"")
    files = ("nowhere.md", "orders.md", "empty.md")
    result = run("intake", "--new", *files)
    assert result.exit_code == 2
    assert "  orders.md: Orders stood still" in result.stdout.splitlines()
    assert result.stderr.splitlines() == ["facilitator: there is no nowhere.md", "facilitator: empty.md is empty"]
    as_json = run("intake", "--new", *files, "--dry-run", "--json")
    assert as_json.exit_code == 2
    lost, found, empty = told(as_json)
    assert lost == {"file": "nowhere.md", "error": "there is no nowhere.md"}
    assert found["title"] == "Orders stood still"
    assert empty == {"file": "empty.md", "error": "empty.md is empty"}
    assert count(store) == 1


def test_the_author_and_the_zone_of_the_settings_are_those_of_a_new_session(
    run: Run, store: Store, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (home / "config.toml").write_text('author = "Alice Berg"\nzone = "Europe/Paris"\n')
    monkeypatch.setenv("FACILITATOR_CONFIG", str(home / "config.toml"))
    (home / "typed.txt").write_text("2026-11-15 14:02 checkout is slow\n2026-11-15 14:20 rolled back\n")
    (result,) = told(run("intake", "--new", "typed.txt", "--take", "all", "--json"))
    session = store.open(result["id"]).session
    assert (session.authors, session.zone) == (("Alice Berg",), "Europe/Paris")
    assert session.timeline[0].at.at == datetime(2026, 11, 15, 13, 2, tzinfo=UTC)


def test_stdin_becomes_a_session(run: Run, store: Store) -> None:
    (result,) = told(run("intake", "--new", "-", "--json", stdin=DOCUMENT))
    assert store.open(result["id"]).session.title == "Orders stood still"
