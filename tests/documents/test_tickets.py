"""Actions as tickets: every form is read back by a parser of it, and says what the action says."""

import csv
import io
import json
import os
import subprocess
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from facilitator.documents.tickets.reading import noted
from facilitator.documents.tickets.ticket import Ticket, tickets
from facilitator.documents.tickets.writing import (
    FORMS,
    NothingPendingError,
    Tracker,
    WrongTrackerError,
    tickets_for,
    write,
)
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


def test_however_long_the_words_are_a_tracker_and_a_shell_take_them() -> None:
    factors = tuple(Factor(id=f"01F{number}", text="& " * 50_000) for number in range(50))
    action = Action(id="01A", text="& " * 50_000, owner="x" * 9_000, factors=tuple(each.id for each in factors))
    session = Session(id="s", title="& " * 50_000, created=NOON, actions=(action,), factors=factors)
    (row,) = rows(write(tickets(session), "gitlab-csv", ACME, NOON))
    assert len(row["description"]) < 65_536
    (row,) = rows(write(tickets(session), "jira-csv", ACME, NOON))
    assert len(row["Description"]) < 32_767
    assert row["Description"].endswith("facilitator:01A")


@pytest.mark.parametrize(
    ("form", "again", "said"),
    [("jira-csv", False, "without a ticket"), ("jira-csv", True, "pending"), ("ics", True, "due")],
)
def test_without_an_action_it_is_said_which_kind_is_missing(form: str, again: bool, said: str) -> None:
    with pytest.raises(NothingPendingError, match=said):
        tickets_for(Session(id="s", title="t", created=NOON), form, again=again)


def test_a_calendar_has_what_is_due_with_a_ticket_or_without() -> None:
    noted_one = msgspec.structs.replace(SESSION, actions=(msgspec.structs.replace(ALERT, ticket="OPS-1"),))
    assert [each.action for each in tickets_for(noted_one, "ics")] == ["01A1"]


def test_jira_takes_the_payload_and_the_table() -> None:
    (issue,) = json.loads(write(tickets(SESSION), "jira-json", ACME, NOON))["issueUpdates"]
    assert issue["fields"]["project"] == {"key": "OPS"}
    assert issue["fields"]["duedate"] == "2026-12-01"
    assert issue["fields"]["priority"] == {"name": "High"}
    (row,) = rows(write(tickets(SESSION), "jira-csv", ACME, NOON))
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
        write(tickets(SESSION), form, tracker, NOON)


def hostile_tickets() -> tuple[Ticket, ...]:
    found = tuple(Action(id=f"01{number}", text=text, owner=text) for number, text in enumerate(HOSTILE))
    return tickets(Session(id="s", title=HOSTILE[0], created=NOON, actions=found))


@pytest.mark.parametrize("form", [name for name in FORMS if name.endswith("csv")])
def test_no_cell_is_a_formula_and_every_title_comes_back(form: str) -> None:
    found = hostile_tickets()
    table = rows(write(found, form, ACME, NOON))
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
    script.write_text(write(found, form, ACME, NOON), encoding="utf-8")
    subprocess.run(["bash", "-n", str(script)], timeout=60, check=True)
    env = {"PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}", "LC_ALL": "C.UTF-8"}
    ended = subprocess.run(["sh", str(script)], env=env, cwd=tmp_path, capture_output=True, timeout=60, check=True)
    calls = ended.stdout.decode().split("\1")[:-1]
    assert len(calls) == len(found)
    for call, ticket in zip(calls, found, strict=True):
        reference, _, rest = call.partition(" ")
        assert reference == ticket.reference
        assert f"--title={ticket.title}" in rest.split("\0")
        assert ticket.reference in rest  # as it is, so that it is found in the text of the ticket
    assert sorted(each.name for each in tmp_path.iterdir()) == ["gh", "glab", "tickets.sh"]


def test_no_line_of_a_description_begins_with_words_of_people() -> None:
    for row in rows(write(hostile_tickets(), "gitlab-csv", ACME, NOON)):
        assert all(line.startswith("* ") for line in row["description"].split("\n"))


@given(st.lists(actions(), max_size=3, unique_by=lambda each: each.id))
@settings(max_examples=30)
def test_due_dates_are_read_back_by_a_calendar(found: list[Action]) -> None:
    session = Session(id="s", title="t", created=NOON, actions=tuple(found))
    made = tickets(session, again=True)
    at = datetime(2026, 11, 20, 1, 30, 5, 678, tzinfo=timezone(timedelta(hours=2)))
    events = Calendar.from_ical(write(made, "ics", ACME, at)).walk("VEVENT")
    assert {event["dtstamp"].to_ical() for event in events} <= {b"20261119T233005Z"}
    assert [event.decoded("dtstart") for event in events] == [each.due for each in made if each.due]
    for event, each in zip(events, (each for each in made if each.due), strict=True):
        owner = f" ({each.owner})" if each.owner else ""
        assert str(event["summary"]).split() == f"Due: {each.title}{owner}".split()


def test_no_words_of_people_are_a_line_of_the_calendar() -> None:
    words = [*HOSTILE, "a\r\nBEGIN:VALARM\r\nACTION:DISPLAY", "é" * 200]
    found = tuple(Action(id=f"01{at}", text=text, owner=text, due=date(2026, 12, 1)) for at, text in enumerate(words))
    made = tickets(Session(id="s", title=words[-2], created=NOON, actions=found))
    calendar = write(made, "ics", ACME, NOON)
    parsed = Calendar.from_ical(calendar)
    assert [each.name for each in parsed.walk()] == ["VCALENDAR", *["VEVENT"] * len(made)]
    assert all(len(line.encode()) <= 75 for line in calendar.split("\r\n"))
    assert not [sign for sign in calendar.replace("\r\n", "") if ord(sign) < 32 or ord(sign) == 127]


@pytest.mark.parametrize(
    "text",
    [
        "facilitator:01A1 https://github.com/acme/shop/issues/12\n",
        "https://github.com/acme/shop/issues/12 (facilitator:01A1)",
        "Issue key,Summary,Description\r\nhttps://github.com/acme/shop/issues/12,Alert,Reference: facilitator:01A1\r\n",
        '\ufeffSummary;URL;Text\r\n"A; b";https://github.com/acme/shop/issues/12;"x\r\nfacilitator:01A1"\r\n',
        json.dumps(
            [
                {"url": "https://github.com/acme/shop/issues/11", "body": "nothing"},
                {"url": "https://github.com/acme/shop/issues/12", "body": "x\nfacilitator:01A1"},
            ]
        ),
        json.dumps(
            {
                "issues": [
                    {
                        "id": "7",
                        "key": "https://github.com/acme/shop/issues/12",
                        "fields": {"description": {"content": [{"text": "Reference: facilitator:01A1"}]}},
                    }
                ]
            }
        ),
    ],
    ids=["script", "before", "table", "semicolons", "json", "nested"],
)
def test_a_ticket_is_noted_on_its_action(text: str) -> None:
    found = noted(SESSION, text)
    assert [each.ticket for each in found.changed] == ["https://github.com/acme/shop/issues/12"]
    assert noted(found.session, text).changed == ()
    assert noted(found.session, text).known == 1


def test_a_table_of_jira_gives_the_key_even_where_the_reference_is_behind_line_ends() -> None:
    text = 'Summary,Issue key,Description\n"A",OPS-12,"Owner: x\nReference: facilitator:01A1"\n"B",OPS-13,nothing\n'
    assert [(each.id, each.ticket) for each in noted(SESSION, text).changed] == [("01A1", "OPS-12")]


def test_what_could_be_the_ticket_of_two_is_noted_on_none() -> None:
    assert noted(SESSION, "https://x.example/1 facilitator:01A1, https://x.example/2 facilitator:01A2").changed == ()


def test_what_belongs_to_no_action_is_told_and_changes_nothing() -> None:
    found = noted(SESSION, 'facilitator:01ZZ OPS-9\nOPS-10\n\x00\xff,"\n')
    assert found.session is SESSION
    assert found.unplaced == ("facilitator:01ZZ OPS-9",)
