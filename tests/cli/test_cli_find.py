"""`facilitator find` and `reindex`."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from click.testing import Result

from facilitator.model.moments import Moment
from facilitator.model.session import Action, Entry, Session, Severity
from facilitator.store.store import Store

Run = Callable[..., Result]
Make = Callable[..., Session]

START = datetime(2026, 11, 15, 14, tzinfo=UTC)


@pytest.fixture
def made(make: Make) -> Session:
    make("Disk full", services=("logs",))
    return make(
        "Checkout errors",
        severity=Severity.SEV2,
        services=("checkout",),
        timeline=(Entry(id="E1", at=Moment(START), text="Redis \x1b[31mtimeouts on every node"),),
        actions=(Action(id="A1", text="Limit the memory", owner="alice"),),
    )


def test_people_see_a_table_with_the_places(run: Run, made: Session) -> None:
    result = run("find", "redis", "owner:@alice")
    assert (result.exit_code, result.stderr) == (0, "")
    heading, row, entry, action = result.stdout.splitlines()
    assert heading.split() == ["ID", "Date", "Severity", "Title"]
    assert row.split(maxsplit=3) == [made.id, "2026-11-15", "SEV2", "Checkout errors"]
    assert entry == "    entry: Redis timeouts on every node"
    assert action == "    action: Limit the memory"


def test_programs_get_one_object_a_line(run: Run, made: Session) -> None:
    (line,) = run("find", "redis", "--json").stdout.splitlines()
    found: dict[str, Any] = json.loads(line)
    assert list(found) == ["id", "title", "date", "severity", "score", "snippets"]
    assert found["score"] > 0
    assert found["snippets"] == [
        {"kind": "entry", "item": "E1", "text": "Redis timeouts on every node", "marks": [[0, 5]]}
    ]


def test_ids_alone_for_pipes(run: Run, made: Session) -> None:
    assert run("find", "service:checkout", "--ids").stdout == f"{made.id}\n"
    assert run("find", "--ids", "disk OR checkout").stdout.count("\n") == 2


def test_a_dash_in_front_of_a_word_is_no_option(run: Run, made: Session) -> None:
    assert run("find", "--ids", "-disk").stdout == f"{made.id}\n"
    assert run("find", "-checkout", "--ids").stdout != f"{made.id}\n"
    assert run("find", "--", "-disk", "limit:1").exit_code == 0
    assert "No such option" in run("find", "--jsn").stderr


def test_nothing_found_is_said(run: Run, made: Session) -> None:
    result = run("find", "nowhere")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "no session like that" in result.stderr


def test_what_is_wrong_is_pointed_at(run: Run, made: Session) -> None:
    result = run("find", "redis servce:x")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.splitlines() == [
        "facilitator: no field is called 'servce'; did you mean 'service'?",
        "  redis servce:x",
        "        ^",
    ]
    assert run("find", "(" * 10_000).exit_code == 2
    assert run("find", "--json", "--ids").exit_code == 2


def test_people_see_the_first_twenty(run: Run, make: Make) -> None:
    for number in range(22):
        make(f"Number {number}")
    result = run("find", "number")
    assert "the first 20 of 22" in result.stderr
    assert len(run("find", "number", "--ids").stdout.splitlines()) == 22
    assert len(run("find", "number limit:3").stdout.splitlines()) == 4


def test_what_was_saved_since_is_found(run: Run, make: Make, made: Session) -> None:
    run("find", "redis")
    again = make("Redis again")
    assert run("find", "redis", "--ids").stdout.split()[0] == again.id


def test_reindex_says_how_many(run: Run, made: Session) -> None:
    assert run("reindex").stdout == "2 sessions indexed\n"


def test_what_is_in_no_answer_and_what_no_session_has_is_said(run: Run, make: Make, store: Store) -> None:
    make(cause="deployment")
    (store.path / "2026-11-16-broken.json").write_text("{}")
    found = run("find", "cause:deplyoment")
    assert found.exit_code == 1
    assert "no session has the cause 'deplyoment'; did you mean 'deployment'?" in found.stderr
    assert "1 file that cannot be read is left out" in found.stderr
    assert "1 file" in run("reindex").stderr
