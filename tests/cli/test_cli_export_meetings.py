"""Export of what is about meetings: the pack, the invitation, the minutes."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import Result

from facilitator.documents.formats import file_name
from facilitator.model.meeting_items import Note
from facilitator.model.session import Session
from tests.documents.checkout_example import CHECKOUT
from tests.documents.meeting_example import HELD, PLANNED

Run = Callable[..., Result]
Make = Callable[..., Session]
NOTES = (Note(id="n1", text="kept to myself"),)


def test_what_is_about_meetings_has_the_ground_rules_of_the_configuration(run: Run, make: Make, tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text('ground_rules = ["Phones away."]')
    env = {"FACILITATOR_CONFIG": str(tmp_path / "config.toml")}
    session = make(meetings=PLANNED.meetings, boxes=PLANNED.boxes)
    assert "- Phones away.\n" in run("export", session.id, "--format", "pack", env=env).stdout
    assert "- Phones away." in run("export", session.id, "--format", "ics", env=env).stdout


def test_an_invitation_is_written_as_calendars_want_it(run: Run, make: Make, tmp_path: Path) -> None:
    session = make(meetings=PLANNED.meetings, boxes=PLANNED.boxes)
    result = run("export", session.id, "-f", "ics", "-o", str(tmp_path))
    assert result.exit_code == 0
    written = (tmp_path / file_name(session, "ics")).read_bytes()
    assert written.count(b"BEGIN:VEVENT\r\n") == 2
    assert b"\n" not in written.replace(b"\r\n", b"")


def test_the_pack_knows_what_day_it_is(run: Run, make: Make) -> None:
    session = make(severity="SEV1", started=CHECKOUT.timeline[0].at, resolved=CHECKOUT.timeline[-1].at)
    late = datetime.now(UTC) > CHECKOUT.timeline[-1].at.at + timedelta(hours=72)
    assert ("has passed" in run("export", session.id, "-f", "pack").stdout) is late


def test_minutes_of_a_meeting_that_was_held(run: Run, make: Make) -> None:
    session = make(
        meetings=HELD.meetings, boxes=HELD.boxes, switches=HELD.switches, participants=HELD.participants, notes=NOTES
    )
    result = run("export", session.id, "-f", "minutes")
    assert (result.exit_code, result.stderr) == (0, "")
    assert "| Timeline walk " in result.stdout
    assert "kept to myself" not in result.stdout


@pytest.mark.parametrize("name", ["ics", "minutes"])
def test_without_a_meeting_it_says_what_to_do(run: Run, make: Make, tmp_path: Path, name: str) -> None:
    result = run("export", make().id, "--format", name, "-o", str(tmp_path / "out"))
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(
        "facilitator: no meeting has be" if name == "minutes" else "facilitator: no meeting has both"
    )
    assert not (tmp_path / "out").exists()


def test_pictures_do_not_go_with_what_is_about_meetings(run: Run, make: Make) -> None:
    result = run("export", make().id, "--format", "pack", "--no-diagrams")
    assert result.exit_code == 2
    assert "go with --format markdown" in result.stderr
