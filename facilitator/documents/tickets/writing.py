"""Tickets in the forms that trackers take: Jira, Linear, GitHub and GitLab. Nothing is sent anywhere.

Sources of the forms: the REST API 3 of Jira Cloud (bulk create of issues, Atlassian Document Format), its CSV import,
the CSV import of GitLab (columns title, description, due_date), the CSV import of Linear, `gh issue create` and
`glab issue create`.
"""

import csv
import io
import json
import re
import shlex
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import Any

import msgspec

from facilitator.documents.escape import inline
from facilitator.documents.tickets.ticket import Ticket, tickets
from facilitator.model.session import Priority, Session

CALENDAR = "ics"
"""The form that is a calendar of what is due, and makes no tickets."""

_JIRA_PRIORITIES = {Priority.P0: "Highest", Priority.P1: "High", Priority.P2: "Medium", Priority.P3: "Low"}
_LINEAR_PRIORITIES = {Priority.P0: "Urgent", Priority.P1: "High", Priority.P2: "Medium", Priority.P3: "Low"}
_FORMULA = re.compile(r"[=+\-@\t\r]")
_JIRA_MARKUP = re.compile(r"[\\{}\[\]!*_^~]")
_PROJECT = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,49}")
_REPOSITORY = re.compile(r"(?:[A-Za-z0-9_][A-Za-z0-9_.-]{0,99}/){1,10}[A-Za-z0-9_][A-Za-z0-9_.-]{0,99}")


class Tracker(msgspec.Struct, frozen=True):
    """Where tickets go: the key of a project of Jira, and a repository such as "acme/shop"; either may be empty."""

    project: str = ""
    issue_type: str = "Task"
    repository: str = ""


class WrongTrackerError(ValueError):
    """What was said of the tracker cannot be. The message says what is wrong, and what to write."""


class NothingPendingError(ValueError):
    """There is no action for a ticket. The message says of which kind."""


class Form(msgspec.Struct, frozen=True):
    """A form for tickets: its name, what it is for people, the end of the name of its files, and how it is written.

    `needs_project` tells that it cannot be written without the key of a project.
    """

    name: str
    label: str
    suffix: str
    render: Callable[[Sequence[Ticket], Tracker, datetime], str]
    needs_project: bool = False


def tickets_for(session: Session, form: str, *, again: bool = False) -> tuple[Ticket, ...]:
    """Return the tickets of a session that go into a form: those that are to be made, with `again` those that are too.

    A calendar has every pending action that is due. Raises NothingPendingError.
    """
    if form == CALENDAR:
        found = tuple(each for each in tickets(session, again=True) if each.due is not None)
    else:
        found = tickets(session, again=again)
    if not found:
        without = "no action is pending" if again else "no pending action is without a ticket"
        raise NothingPendingError("no pending action is due" if form == CALENDAR else without)
    return found


def write(found: Sequence[Ticket], form: str, tracker: Tracker, at: datetime) -> str:
    """Return tickets in a form of FORMS, made at a moment, which is aware.

    Raises WrongTrackerError, and KeyError for a form that is not there.
    """
    if FORMS[form].needs_project and not tracker.project:
        raise WrongTrackerError("Jira needs the key of a project; add --project OPS")
    return FORMS[form].render(found, _checked(tracker), at)


def _checked(tracker: Tracker) -> Tracker:
    if tracker.project and not _PROJECT.fullmatch(tracker.project):
        raise WrongTrackerError(f"{tracker.project!r} is no key of a project; write one such as OPS")
    if tracker.repository and not _REPOSITORY.fullmatch(tracker.repository):
        raise WrongTrackerError(f"{tracker.repository!r} is no repository; write one such as acme/shop")
    return tracker


def _table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return CSV as RFC 4180 has it; a cell that a spreadsheet would take for a formula begins with an apostrophe."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(headings)
    for row in rows:
        writer.writerow([f"'{cell}" if _FORMULA.match(cell) else cell for cell in row])
    return out.getvalue()


def _plain(ticket: Ticket) -> str:
    return "\n".join(f"{label}: {text}" for label, text in ticket.lines)


def _markdown(ticket: Ticket) -> str:
    """Return the description in Markdown. No line of it begins with words of people, as a quick action would."""
    return "\n".join(f"* {label}: {_unmentioned(inline(text))}" for label, text in ticket.lines)


def _unmentioned(text: str) -> str:
    """Return Markdown in which nobody is mentioned, and so called to a ticket that was made by a script."""
    return re.sub(r"@(?=\w)", "@&#8203;", text)


def _jira_csv(tickets: Sequence[Ticket], tracker: Tracker, _at: datetime) -> str:
    headings = ["Summary", "Description", "Issue Type", "Priority", "Due Date", "Labels"]
    headings += ["Project Key"] if tracker.project else []
    most = max((len(each.labels) for each in tickets), default=1)
    headings[5:6] = ["Labels"] * most
    rows = []
    for each in tickets:
        described = _JIRA_MARKUP.sub(r"\\\g<0>", _plain(each))
        labels = [*each.labels, *[""] * (most - len(each.labels))]
        due = each.due.isoformat() if each.due else ""
        priority = _JIRA_PRIORITIES[each.priority] if each.priority else ""
        project = [tracker.project] if tracker.project else []
        rows.append([each.title, described, tracker.issue_type, priority, due, *labels, *project])
    return _table(headings, rows)


def _jira_json(tickets: Sequence[Ticket], tracker: Tracker, _at: datetime) -> str:
    issues = [{"fields": _jira_fields(each, tracker)} for each in tickets]
    return json.dumps({"issueUpdates": issues}, indent=2, ensure_ascii=False) + "\n"


def _jira_fields(ticket: Ticket, tracker: Tracker) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "project": {"key": tracker.project},
        "issuetype": {"name": tracker.issue_type},
        "summary": ticket.title,
        "description": {
            "type": "doc",
            "version": 1,
            "content": [
                {"type": "paragraph", "content": [{"type": "text", "text": f"{label}: {text}"}]}
                for label, text in ticket.lines
            ],
        },
        "labels": list(ticket.labels),
    }
    if ticket.due:
        fields["duedate"] = ticket.due.isoformat()
    if ticket.priority:
        fields["priority"] = {"name": _JIRA_PRIORITIES[ticket.priority]}
    return fields


def _linear_csv(tickets: Sequence[Ticket], _tracker: Tracker, _at: datetime) -> str:
    headings = ("Title", "Description", "Priority", "Due Date", "Labels")
    rows = (
        (
            each.title,
            _markdown(each),
            _LINEAR_PRIORITIES[each.priority] if each.priority else "",
            each.due.isoformat() if each.due else "",
            ", ".join(each.labels),
        )
        for each in tickets
    )
    return _table(headings, rows)


def _gitlab_csv(tickets: Sequence[Ticket], _tracker: Tracker, _at: datetime) -> str:
    rows = ((each.title, _markdown(each), each.due.isoformat() if each.due else "") for each in tickets)
    return _table(("title", "description", "due_date"), rows)


def _github_csv(tickets: Sequence[Ticket], _tracker: Tracker, _at: datetime) -> str:
    rows = ((each.title, _markdown(each), ",".join(each.labels)) for each in tickets)
    return _table(("title", "body", "labels"), rows)


def _github(tickets: Sequence[Ticket], tracker: Tracker, _at: datetime) -> str:
    return _script(tickets, tracker, ["gh", "issue", "create"], "--body")


def _gitlab(tickets: Sequence[Ticket], tracker: Tracker, _at: datetime) -> str:
    return _script(tickets, tracker, ["glab", "issue", "create", "--yes"], "--description")


def _script(tickets: Sequence[Ticket], tracker: Tracker, command: Sequence[str], body: str) -> str:
    """Return a script that makes each ticket, and prints the reference of its action and the address of the ticket."""
    lines = ["#!/bin/sh", "# Prints what `facilitator tickets --read` takes.", "set -e"]
    for each in tickets:
        words = [*command, f"--title={each.title}", f"{body}={_markdown(each)}"]
        words += [f"--repo={tracker.repository}"] if tracker.repository else []
        lines += [f"printf '%s ' {shlex.quote(each.reference)}", shlex.join(words)]
    return "\n".join(lines) + "\n"


def _due_dates(tickets: Sequence[Ticket], _tracker: Tracker, at: datetime) -> str:
    from facilitator.documents.tickets.due_dates import due_dates

    return due_dates(tickets, at)


FORMS: Mapping[str, Form] = MappingProxyType(
    {
        each.name: each
        for each in (
            Form("jira-csv", "Jira, CSV", ".jira.csv", _jira_csv),
            Form("jira-json", "Jira, body of a REST call", ".jira.json", _jira_json, needs_project=True),
            Form("linear-csv", "Linear, CSV", ".linear.csv", _linear_csv),
            Form("github", "GitHub, commands", ".github.sh", _github),
            Form("github-csv", "GitHub, CSV", ".github.csv", _github_csv),
            Form("gitlab", "GitLab, commands", ".gitlab.sh", _gitlab),
            Form("gitlab-csv", "GitLab, CSV", ".gitlab.csv", _gitlab_csv),
            Form(CALENDAR, "Due dates, for a calendar", ".due.ics", _due_dates),
        )
    }
)
"""All forms by name."""
