"""`facilitator tickets`: out to a tracker, and what was made comes back."""

from datetime import date
from pathlib import Path

import msgspec
import pytest

from facilitator.model.session import Action
from facilitator.store.store import Store
from tests.cli.conftest import Make, Run

ACTIONS = (Action(id="01A1", text="Alert at 75 %", due=date(2026, 12, 1)), Action(id="01A2", text="Rewrite it"))


def test_tickets_are_written_and_noted_back_as_one_edit(run: Run, make: Make, store: Store, tmp_path: Path) -> None:
    session = make(actions=ACTIONS)
    written = run("tickets", session.id, "--form", "github", "--repository", "acme/shop")
    assert written.exit_code == 0
    assert written.output.count("gh issue create") == 2
    made = tmp_path / "made.txt"
    made.write_text("facilitator:01A1 https://github.com/acme/shop/issues/1\n")
    assert run("tickets", session.id, "--read", str(made)).exit_code == 0
    assert [each.ticket for each in store.open(session.id).session.actions] == [
        "https://github.com/acme/shop/issues/1",
        "",
    ]
    again = run("tickets", session.id, "--form", "jira-csv")
    assert "Alert" not in again.output
    assert "Rewrite it" in again.output
    assert run("tickets", session.id, "--read", str(made)).exit_code == 1
    assert "tickets noted" in run("history", session.id).output


def test_the_calendar_holds_what_is_due(run: Run, make: Make, tmp_path: Path) -> None:
    session = make(actions=ACTIONS)
    ended = run("tickets", session.id, "-f", "ics", "-o", str(tmp_path))
    assert ended.exit_code == 0
    (file,) = tmp_path.glob("*.due.ics")
    assert file.read_text().count("BEGIN:VEVENT") == 1


def test_what_is_missing_is_said(run: Run, make: Make, tmp_path: Path) -> None:
    session = make()
    assert run("tickets", session.id, "-f", "linear-csv").exit_code == 1
    assert "--form" in run("tickets", session.id).stderr
    assert run("tickets", session.id, "--read", str(tmp_path / "none")).exit_code == 2
    project = run("tickets", make(actions=ACTIONS).id, "-f", "jira-json")
    assert "--project OPS" in project.stderr
    assert project.exit_code == 2


@pytest.mark.parametrize("form", ["jira-csv", "github", "ics"])
def test_keys_are_pointed_out_before_tickets_leave(run: Run, make: Make, form: str) -> None:
    secret = make(actions=(Action(id="01A1", text=f"Rotate ghp_{'a1B2c3D4e5' * 4}"[:47], due=date(2026, 12, 1)),))
    written = run("tickets", secret.id, "--form", form)
    assert written.exit_code == 0
    assert "warning: the session holds what looks like a" in written.stderr
    assert "in action A1" in written.stderr
    assert "warning" not in run("tickets", make(actions=ACTIONS).id, "--form", form).stderr


def test_a_ticket_that_gives_way_and_one_that_is_missing_are_told(run: Run, make: Make, tmp_path: Path) -> None:
    session = make(actions=(msgspec.structs.replace(ACTIONS[0], ticket="OPS-41"), ACTIONS[1]))
    made = tmp_path / "made.txt"
    made.write_text("facilitator:01A1 OPS-42\nfacilitator:01A2 failed\n")
    result = run("tickets", session.id, "--read", str(made))
    assert "'Alert at 75 %' had the ticket OPS-41; OPS-42 takes its place" in result.stderr
    assert "no ticket is named for facilitator:01A2" in result.stderr
    assert result.stdout == "OPS-42  Alert at 75 %\n"
