"""`facilitator similar`."""

import json
from collections.abc import Callable

import pytest
from click.testing import Result

from facilitator.model.session import Action, ActionStatus, Factor, Session, Severity

Run = Callable[..., Result]
Make = Callable[..., Session]


@pytest.fixture
def made(make: Make) -> tuple[Session, Session]:
    for title in ("Disk full", "Mail is late", "Search is slow", "Clock drift"):
        make(title)
    values = {"services": ("checkout",), "cause": "infrastructure"}
    factor = Factor(id="F1", text="The cache had no limit \x1b[31mon memory", root_cause=True)
    action = Action(id="A1", text="Limit it", status=ActionStatus.DONE)
    past = make("Redis out of memory", severity=Severity.SEV2, factors=(factor,), actions=(action,), **values)
    return past, make("Redis evicts sessions", summary="no limit on memory", **values)


def test_people_see_causes_reasons_and_recurrence(run: Run, made: tuple[Session, Session]) -> None:
    past, new = made
    result = run("similar", new.id)
    assert (result.exit_code, result.stderr) == (0, "")
    recurs, heading, row, *told = result.stdout.splitlines()
    assert recurs == "The second like this in a day"
    assert heading.split() == ["ID", "Date", "Severity", "Alike", "Actions", "Title"]
    assert row.startswith(f"{past.id}  ")
    assert "1 of 1 closed" in row
    assert told[0] == "    root cause: The cache had no limit on memory"
    assert told[1] == "    same service: checkout"
    assert "    its action is closed" in told


def test_programs_get_one_object_a_line(run: Run, made: tuple[Session, Session]) -> None:
    past, new = made
    (line,) = run("similar", new.id, "--json").stdout.splitlines()
    found = json.loads(line)
    assert list(found) == ["id", "score", "reasons"]
    assert found["id"] == past.id
    assert 0 < found["score"] < 1
    assert "same cause category: infrastructure" in found["reasons"]


def test_a_text_may_be_several_words(run: Run, made: tuple[Session, Session]) -> None:
    for words in (["redis memory"], ["redis", "memory"]):
        found = [json.loads(line)["id"] for line in run("similar", *words, "--json").stdout.splitlines()]
        assert found[0] in {each.id for each in made}
        assert len(found) == 2
    assert len(run("similar", "redis memory", "--limit", "1", "--json").stdout.splitlines()) == 1


def test_nothing_similar_and_nothing_asked(run: Run, made: tuple[Session, Session]) -> None:
    result = run("similar", "503")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "no session like that" in result.stderr
    assert run("similar", " ").exit_code == 2
    assert run("similar").exit_code == 2
    assert run("similar", "redis", "--limit", "0").exit_code == 2
