"""Actions as tickets: every form is read back by a parser of it, and says what the action says."""

import csv
import io
import json
import os
import subprocess
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from facilitator.documents.tickets.reading import noted
from facilitator.documents.tickets.ticket import Ticket, tickets
from facilitator.documents.tickets.writing import FORMS, Tracker, WrongTrackerError, write
from facilitator.model.session import Action, ActionStatus, ActionType, Factor, Priority, Session
from facilitator.model.text import one_line
from tests.hostile import HOSTILE
from tests.strategies import actions

ACME = Tracker(project="OPS", repository="acme/shop")
NOON = datetime(2026, 11, 15, 12, tzinfo=UTC)
ALERT = Action(
    id="01A1",
    text="Alert at 75 % memory",
    owner="alice",
    due=date(2026, 12, 1),
    priority=Priority.P1,
    type=ActionType.DETECT,
    factors=("01F1",),
)
SESSION = Session(
    id="01S",
    title="Checkout errors",
    created=NOON,
    factors=(Factor(id="01F1", text="No alert on memory"),),
    actions=(
        ALERT,
        Action(id="01A2", text="Rewrite the runbook", ticket="OPS-7"),
        Action(id="01A3", text="Done already", status=ActionStatus.DONE),
        Action(id="01A4", text="Not worth it", status=ActionStatus.WONT_DO),
    ),
)


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_pending_actions_without_a_ticket_become_tickets() -> None:
    (ticket,) = tickets(SESSION)
    assert (ticket.title, ticket.owner, ticket.due, ticket.priority) == (ALERT.text, "alice", ALERT.due, Priority.P1)
    assert ("Contributing factor", "No alert on memory") in ticket.lines
    assert [each.action for each in tickets(SESSION, again=True)] == ["01A1", "01A2"]


def test_a_long_action_is_cut_in_the_title_and_whole_in_the_description() -> None:
    action = Action(id="01A", text="word " * 100)
    (ticket,) = tickets(Session(id="s", title="t", created=NOON, actions=(action,)))
    assert len(ticket.title) <= 250
    assert ticket.title.endswith("…")
    assert ("In full", one_line(action.text)) in ticket.lines


def test_jira_takes_the_payload_and_the_table() -> None:
    (issue,) = json.loads(write(tickets(SESSION), "jira-json", ACME))["issueUpdates"]
    assert issue["fields"]["project"] == {"key": "OPS"}
    assert issue["fields"]["duedate"] == "2026-12-01"
    assert issue["fields"]["priority"] == {"name": "High"}
    (row,) = rows(write(tickets(SESSION), "jira-csv", ACME))
    assert (row["Summary"], row["Due Date"], row["Priority"]) == (ALERT.text, "2026-12-01", "High")


@pytest.mark.parametrize(
    ("tracker", "form", "words"),
    [
        (Tracker(), "jira-json", "--project"),
        (Tracker(project="../x"), "jira-csv", "project"),
        (Tracker(repository="acme; rm -rf /"), "github", "repository"),
        (Tracker(repository="-x/y"), "gitlab", "repository"),
    ],
)
def test_a_tracker_that_cannot_be_is_refused(tracker: Tracker, form: str, words: str) -> None:
    with pytest.raises(WrongTrackerError, match=words):
        write(tickets(SESSION), form, tracker)


def hostile_tickets() -> tuple[Ticket, ...]:
    found = tuple(Action(id=f"01{number}", text=text, owner=text) for number, text in enumerate(HOSTILE))
    return tickets(Session(id="s", title=HOSTILE[0], created=NOON, actions=found))


@pytest.mark.parametrize("form", [name for name in FORMS if name.endswith("csv")])
def test_no_cell_is_a_formula_and_every_title_comes_back(form: str) -> None:
    found = hostile_tickets()
    table = rows(write(found, form, ACME))
    assert [next(iter(row.values())).removeprefix("'") for row in table] == [
        each.title.removeprefix("'") for each in found
    ]
    for row in table:
        assert not any(cell and cell[0] in "=+-@\t\r" for cell in row.values())


@pytest.mark.parametrize("form", ["github", "gitlab"])
def test_a_script_calls_its_command_with_just_these_words(form: str, tmp_path: Path) -> None:
    found = hostile_tickets()
    for name in ("gh", "glab"):
        fake = tmp_path / name
        fake.write_text('#!/bin/sh\nfor each in "$@"; do printf "%s\\0" "$each"; done\nprintf "\\1"\n')
        fake.chmod(0o755)
    script = tmp_path / "tickets.sh"
    script.write_text(write(found, form, ACME), encoding="utf-8")
    env = {"PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}", "LC_ALL": "C.UTF-8"}
    ended = subprocess.run(["sh", str(script)], env=env, cwd=tmp_path, capture_output=True, timeout=60, check=True)
    calls = ended.stdout.decode().split("\1")[:-1]
    assert len(calls) == len(found)
    for call, ticket in zip(calls, found, strict=True):
        reference, _, rest = call.partition(" ")
        assert reference == ticket.reference
        assert f"--title={ticket.title}" in rest.split("\0")
    assert sorted(each.name for each in tmp_path.iterdir()) == ["gh", "glab", "tickets.sh"]


def test_no_line_of_a_description_begins_with_words_of_people() -> None:
    for row in rows(write(hostile_tickets(), "gitlab-csv", ACME)):
        assert all(line.startswith("* ") for line in row["description"].split("\n"))


@given(st.lists(actions(), max_size=3, unique_by=lambda each: each.id))
@settings(max_examples=30)
def test_due_dates_are_read_back_by_a_calendar(found: list[Action]) -> None:
    session = Session(id="s", title="t", created=NOON, actions=tuple(found))
    made = tickets(session, again=True)
    events = Calendar.from_ical(write(made, "ics", ACME)).walk("VEVENT")
    assert [event.decoded("dtstart") for event in events] == [each.due for each in made if each.due]
    for event, each in zip(events, (each for each in made if each.due), strict=True):
        owner = f" ({each.owner})" if each.owner else ""
        assert str(event["summary"]).split() == f"Due: {each.title}{owner}".split()


@pytest.mark.parametrize(
    "text",
    [
        "facilitator:01A1 https://github.com/acme/shop/issues/12\n",
        "https://github.com/acme/shop/issues/12 (facilitator:01A1)",
        "Issue key,Summary,Description\r\nhttps://github.com/acme/shop/issues/12,Alert,Reference: facilitator:01A1\r\n",
    ],
)
def test_a_ticket_is_noted_on_its_action(text: str) -> None:
    found = noted(SESSION, text)
    assert [each.ticket for each in found.changed] == ["https://github.com/acme/shop/issues/12"]
    assert noted(found.session, text).changed == ()
    assert noted(found.session, text).known == 1


def test_a_table_of_jira_gives_the_key_even_where_the_reference_is_behind_line_ends() -> None:
    text = 'Summary,Issue key,Description\n"A",OPS-12,"Owner: x\nReference: facilitator:01A1"\n"B",OPS-13,nothing\n'
    assert [(each.id, each.ticket) for each in noted(SESSION, text).changed] == [("01A1", "OPS-12")]


def test_what_belongs_to_no_action_is_told_and_changes_nothing() -> None:
    found = noted(SESSION, 'facilitator:01ZZ OPS-9\nOPS-10\n\x00\xff,"\n')
    assert found.session is SESSION
    assert found.unplaced == ("facilitator:01ZZ OPS-9",)
