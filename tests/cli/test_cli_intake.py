"""`facilitator intake`: records become drafts, and entries where that is asked for; what is said of it."""

import io
import json
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from facilitator.model.changes import apply, inverse
from facilitator.model.moments import Moment
from facilitator.model.session import Entry, Milestone, Session
from facilitator.store.intakes import drafts_of
from facilitator.store.store import Store
from tests.hostile import HOSTILE

Run = Callable[..., Result]
Make = Callable[..., Session]

INCIDENT = {
    "id": "PINC1", "incident_number": 7, "title": "Checkout is slow", "status": "resolved",
    "service": {"id": "S1", "summary": "checkout"},
    "created_at": "2026-11-15T14:02:11Z", "resolved_at": "2026-11-15T14:40:00Z",
    "html_url": "https://acme.pagerduty.example/incidents/PINC1",
}  # fmt: skip
CHAT = "Ana Lima  [2:05 PM]\nthe error rate rises\n\nben  [2:08 PM]\nrolled back v411\n"
TABLE = "When,Notes,Remarks\n2026-11-15 14:03,checkout is slow again,seen by ana\n2026-11-15 14:09,back,seen by ben\n"
ROWS = "time,message\n2026-11-15T14:03:00Z,checkout is slow\n2026-11-15T14:09:00Z,rolled back v411\n"


def message(text: str, minute: int, user: str = "U1") -> dict[str, Any]:
    at = datetime(2026, 11, 15, 14, minute, tzinfo=UTC).timestamp()
    return {"type": "message", "user": user, "text": text, "ts": f"{at:.0f}.000200"}


def slack(*messages: Any, more: dict[str, Any] | None = None) -> bytes:
    held = io.BytesIO()
    files = {
        "users.json": [{"id": "U1", "name": "ana", "profile": {"real_name": "Ana Lima"}}],
        "channels.json": [{"id": "C1", "name": "incidents"}, {"id": "C2", "name": "general"}],
        "incidents/2026-11-15.json": list(messages),
        "general/2026-11-15.json": [message("lunch is ready", 1)],
    } | (more or {})
    with zipfile.ZipFile(held, "w") as archive:
        for name, value in files.items():
            archive.writestr(name, value if isinstance(value, bytes) else json.dumps(value))
    return held.getvalue()


@pytest.fixture
def pagerduty(home: Path) -> Path:
    path = home / "pagerduty.json"
    path.write_text(json.dumps({"incident": INCIDENT}), encoding="utf-8")
    return path


@pytest.fixture
def rows(home: Path) -> Path:
    path = home / "rows.csv"
    path.write_text(ROWS, encoding="utf-8")
    return path


def session_in(store: Store, session: Session) -> Session:
    return store.open(session.id).session


def texts(store: Store, session: Session) -> list[str]:
    """Return what the drafts of a session say, in the order in which they were read."""
    return [each.text for each in drafts_of(store.path, session_in(store, session)).drafts]


def steps(store: Store, session: Session) -> int:
    return len(store.history(session.id))


def test_records_become_drafts_beside_the_session(run: Run, make: Make, store: Store, pagerduty: Path) -> None:
    session = make()
    result = run("intake", session.id[:20], "pagerduty.json")
    assert result.exit_code == 0
    assert result.stdout.splitlines() == ["pagerduty.json: PagerDuty", "  2 read"]
    assert "ctrl+b" in result.stderr
    after = session_in(store, session)
    (intake,) = after.intakes
    assert (intake.text, intake.kind, intake.count, intake.zone) == ("pagerduty.json", "pagerduty", 2, "")
    assert after.timeline == ()
    assert texts(store, session) == ["Checkout is slow", "Checkout is slow (resolved)"]


def test_an_intake_of_several_files_is_one_edit_that_can_be_taken_back(
    run: Run, make: Make, store: Store, pagerduty: Path, rows: Path
) -> None:
    session = make()
    result = run("intake", session.id, "pagerduty.json", "rows.csv", "--take", "all")
    assert result.stdout.splitlines()[-1] == "4 taken as entries of the timeline"
    assert len(session_in(store, session).intakes) == 2
    shown = run("history", session.id).stdout
    assert (shown.count("added entry"), shown.count("added records that were read in")) == (4, 2)
    (edit,) = [step for step in store.history(session.id) if step.state is None]
    assert apply(session_in(store, session), inverse(edit.changes)) == session


def test_the_same_file_twice_changes_nothing(run: Run, make: Make, store: Store, pagerduty: Path) -> None:
    session = make()
    run("intake", session.id, "pagerduty.json", "--take", "all")
    before, recorded = session_in(store, session), steps(store, session)
    for take in ("none", "proposals", "all"):
        result = run("intake", session.id, "pagerduty.json", "--take", take)
        assert result.exit_code == 0
        assert result.stdout.splitlines()[-1] == "nothing new: it was read in before"
        assert result.stderr == ""
    assert session_in(store, session) == before
    assert steps(store, session) == recorded


def test_a_file_that_has_grown_adds_what_is_new(run: Run, make: Make, store: Store, rows: Path) -> None:
    session = make()
    run("intake", session.id, "rows.csv", "--take", "all")
    rows.write_text(ROWS + "2026-11-15T14:30:00Z,all green\n", encoding="utf-8")
    result = run("intake", session.id, "rows.csv", "--take", "all")
    assert result.stdout.splitlines()[1:] == ["  3 read", "1 of them new", "1 taken as entry of the timeline"]
    assert [each.text for each in session_in(store, session).timeline] == [
        "checkout is slow",
        "rolled back v411",
        "all green",
    ]
    assert texts(store, session) == ["checkout is slow", "rolled back v411", "all green"]


def test_an_older_file_is_no_longer_new_but_can_still_be_taken(run: Run, make: Make, store: Store, rows: Path) -> None:
    session = make()
    run("intake", session.id, "rows.csv")
    rows.write_text(ROWS + "2026-11-15T14:30:00Z,all green\n", encoding="utf-8")
    run("intake", session.id, "rows.csv")
    rows.write_text(ROWS, encoding="utf-8")
    result = run("intake", session.id, "rows.csv", "--take", "all")
    assert result.stdout.splitlines()[2:] == [
        "nothing new: it was read in before",
        "2 taken as entries of the timeline",
    ]


def test_what_is_proposed_is_taken_with_its_milestones(run: Run, make: Make, store: Store, home: Path) -> None:
    (home / "slack.zip").write_bytes(
        slack(message("error rate at 12 % on checkout, declaring an incident", 4), message("hello", 5))
    )
    session = make()
    result = run("intake", session.id, "slack.zip", "--take", "proposals")
    assert result.stdout.splitlines()[-1] == "1 taken as entry of the timeline"
    (entry,) = session_in(store, session).timeline
    assert entry.text.startswith("error rate at 12 %")
    assert Milestone.DECLARED in entry.milestones
    assert entry.source == "Slack #incidents, @Ana Lima"
    (origin,) = entry.origins
    assert origin.startswith("slack:C1/")


def test_what_another_source_told_before_is_not_proposed_again(
    run: Run, make: Make, store: Store, home: Path, pagerduty: Path
) -> None:
    said = message("Triggered: Checkout is slow https://acme.pagerduty.example/incidents/PINC1", 2)
    (home / "slack.zip").write_bytes(slack(said))
    session = make()
    run("intake", session.id, "pagerduty.json", "--take", "all")
    result = run("intake", session.id, "slack.zip", "--take", "proposals", "--channel", "#incidents")
    assert result.stdout.splitlines()[1:] == ["  1 read"]
    assert len(session_in(store, session).timeline) == 2


def test_two_sources_that_tell_the_same_become_one_entry(
    run: Run, make: Make, store: Store, home: Path, pagerduty: Path
) -> None:
    said = message("Triggered: Checkout is slow https://acme.pagerduty.example/incidents/PINC1", 2)
    (home / "slack.zip").write_bytes(slack(said))
    session = make()
    run("intake", session.id, "slack.zip", "pagerduty.json", "--take", "proposals", "--channel", "incidents")
    first, _ = session_in(store, session).timeline
    assert len(first.origins) == 2
    assert first.source == "PagerDuty checkout; Slack #incidents, @Ana Lima"


def test_programs_get_the_report_and_the_new_entries(run: Run, make: Make, store: Store, home: Path) -> None:
    (home / "rows.csv").write_text(ROWS + "not a time,lost\n", encoding="utf-8")
    session = make()
    result = run("intake", session.id, "rows.csv", "--take", "all", "--json")
    assert result.stderr == ""
    told = json.loads(result.stdout)
    assert told == {
        "files": [
            {
                "file": "rows.csv",
                "kind": "columns",
                "read": 2,
                "skipped": [
                    {"file": "rows.csv", "place": "line 4", "reason": "a time that cannot be read: not a time"}
                ],
                "reasons": {"a time that cannot be read: not a time": 1},
            }
        ],
        "new": 2,
        "moved": 0,
        "entries": [each.id for each in session_in(store, session).timeline],
    }


def test_what_is_skipped_is_told_with_its_place(run: Run, make: Make, home: Path) -> None:
    (home / "rows.csv").write_text(ROWS + ",lost\n" * 7, encoding="utf-8")
    lines = run("intake", make().id, "rows.csv").stdout.splitlines()
    assert lines[1:5] == ["  2 read", "  7 skipped: no time", "    line 4", "    line 5"]
    assert lines[-1] == "    and 2 more; --json lists them"


def test_a_dry_run_changes_nothing(run: Run, make: Make, store: Store, home: Path, rows: Path) -> None:
    session = make()
    (home / "notes.csv").write_text(TABLE, encoding="utf-8")
    before = files(store.path) | files(home)
    result = run("intake", session.id, "rows.csv", "--dry-run", "--take", "all")
    assert (result.exit_code, result.stderr) == (0, "facilitator: nothing was changed\n")
    assert result.stdout.splitlines()[:2] == ["rows.csv: CSV, JSON lines or another table", "  2 read"]
    told = json.loads(run("intake", session.id, "rows.csv", "--dry-run", "--json").stdout)
    assert set(told) == {"files", "new", "moved", "first", "last", "proposed"}
    run("intake", session.id, "notes.csv", "--dry-run", "--tz", "UTC", "--column", "text=Remarks")
    after = files(store.path) | files(home)
    assert {path: raw for path, raw in after.items() if ".cache" not in path.parts} == before


def files(folder: Path) -> dict[Path, bytes]:
    return {each: each.read_bytes() for each in folder.rglob("*") if each.is_file() and ".cache" not in each.parts}


def test_the_day_and_the_zone_are_asked_for(run: Run, make: Make, store: Store, home: Path) -> None:
    (home / "chat.txt").write_text(CHAT, encoding="utf-8")
    session = make()
    no_day = run("intake", session.id, "chat.txt")
    assert (no_day.exit_code, no_day.stdout) == (2, "")
    assert no_day.stderr.endswith("? Say which by --date, such as --date 2026-11-15.\n")
    no_zone = run("intake", session.id, "chat.txt", "--date", "15 Nov 2026")
    assert no_zone.exit_code == 2
    assert "chat.txt have no zone, such as 14:05 in" in no_zone.stderr
    assert "say which by --tz, such as --tz Europe/Paris" in no_zone.stderr
    assert session_in(store, session) == session
    told = run("intake", session.id, "chat.txt", "--date", "2026-11-15", "--tz", "CET", "--take", "all")
    assert told.exit_code == 0
    first = session_in(store, session).timeline[0]
    assert first.at.at == datetime(2026, 11, 15, 13, 5, tzinfo=UTC)
    assert session_in(store, session).intakes[0].zone


def test_a_part_of_the_time_can_be_read(run: Run, make: Make, store: Store, rows: Path) -> None:
    session = make(started=Moment(datetime(2026, 11, 15, 14, tzinfo=UTC)))
    result = run("intake", session.id, "rows.csv", "--since", "14:05", "--until", "14:30")
    assert result.stdout.splitlines()[1:] == ["  1 read", "  1 skipped: it is outside of the time that was asked for"]
    assert texts(store, session) == ["rolled back v411"]


@pytest.mark.parametrize(
    ("arguments", "read"),
    [
        (["--since", "15 Nov 2026 15:05 CET"], 1),
        (["--since", "15:05", "--tz", "+01:00", "--date", "2026-11-15"], 1),
        (["--until", "2026-11-15"], 2),
        (["--until", "2026-11-14"], 0),
        (["--since", "2026-11-15", "--until", "2026-11-15"], 2),
        (["--since", "2026-11-16"], 0),
        (["--until", "14:05", "--date", "2026-11-15"], 1),
    ],
)
def test_bounds_are_read_as_times_are_typed(run: Run, make: Make, rows: Path, arguments: list[str], read: int) -> None:
    told = json.loads(run("intake", make().id, "rows.csv", "--json", *arguments).stdout)
    assert told["files"][0]["read"] == read


def test_channels_can_be_chosen(run: Run, make: Make, store: Store, home: Path) -> None:
    (home / "slack.zip").write_bytes(slack(message("error rate at 12 %", 4)))
    session = make()
    wrong = run("intake", session.id, "slack.zip", "--channel", "incident")
    assert wrong.exit_code == 2
    assert "slack.zip has no channel called incident; it has general, incidents" in wrong.stderr
    run("intake", session.id, "slack.zip", "--channel", "#incidents")
    assert texts(store, session) == ["error rate at 12 %"]
    run("intake", session.id, "slack.zip", "--channel", "general", "--channel", "incidents")
    assert sorted(texts(store, session)) == ["error rate at 12 %", "lunch is ready"]


def test_columns_are_told_once(run: Run, make: Make, store: Store, home: Path) -> None:
    odd = "A,B,C\n2026-11-15T14:03:00Z,12,7\n2026-11-15T14:09:00Z,13,8\n"
    (home / "odd.csv").write_text(odd, encoding="utf-8")
    session = make()
    asked = run("intake", session.id, "odd.csv", "--kind", "columns")
    assert asked.exit_code == 2
    assert "say which by --column, such as --column time=Timestamp" in asked.stderr
    assert asked.stderr.endswith("There are: A, B, C.\n")
    told = run("intake", session.id, "odd.csv", "--kind", "columns", "--column", "text=b", "--column", "time=A")
    assert (told.exit_code, texts(store, session)) == (0, ["12", "13"])
    (home / "odd.csv").write_text(odd + "2026-11-15T14:10:00Z,14,9\n", encoding="utf-8")
    again = run("intake", session.id, "odd.csv", "--kind", "columns")
    assert (again.exit_code, texts(store, session)) == (0, ["12", "13", "14"])
    other = run("intake", session.id, "odd.csv", "--kind", "columns", "--column", "text=C", "--column", "time=A")
    assert (other.exit_code, texts(store, session)[-3:]) == (0, ["7", "8", "9"])


def test_the_kind_can_be_told(run: Run, make: Make, home: Path) -> None:
    (home / "x.txt").write_text("2026-11-15T14:02:00Z checkout is slow\n", encoding="utf-8")
    for kind in ("plain", "log"):
        told = json.loads(run("intake", make().id, "x.txt", "--kind", kind, "--json").stdout)
        assert (told["files"][0]["kind"], told["files"][0]["read"]) == (kind, 1)


def test_stdin_is_read(run: Run, make: Make, store: Store) -> None:
    session = make()
    result = run("intake", session.id, "-", "--date", "2026-11-15", "--tz", "UTC", stdin=CHAT)
    assert result.stdout.splitlines() == ["stdin: Chat as text", "  2 read"]
    assert session_in(store, session).intakes[0].text == "stdin"
    assert run("intake", session.id, "-", stdin="").stderr == "facilitator: stdin is empty\n"


def test_a_folder_is_read(run: Run, make: Make, store: Store, home: Path, rows: Path, pagerduty: Path) -> None:
    (home / "alerts").mkdir()
    for number in range(2):
        incident = INCIDENT | {"id": f"P{number}", "title": f"Alert {number}"}
        (home / "alerts" / f"{number}.json").write_text(json.dumps({"incident": incident}), encoding="utf-8")
    session = make()
    result = run("intake", session.id, "alerts")
    assert result.stdout.splitlines() == ["alerts: Several files", "  4 read"]
    assert len(texts(store, session)) == 4


def test_a_damaged_zip_gives_what_is_left(run: Run, make: Make, store: Store, home: Path) -> None:
    whole = slack(message("error rate at 12 %", 4), more={"incidents/2026-11-16.json": b"[{]"})
    (home / "slack.zip").write_bytes(whole)
    session = make()
    result = run("intake", session.id, "slack.zip")
    assert result.exit_code == 0
    assert "incidents/2026-11-16.json" in result.stdout
    assert sorted(texts(store, session)) == ["error rate at 12 %", "lunch is ready"]
    (home / "cut.zip").write_bytes(whole[: len(whole) * 3 // 4])
    cut = run("intake", make().id, "cut.zip")
    assert "cut.zip" in cut.stdout + cut.stderr
    assert cut.exit_code == (0 if cut.stdout else 2)


BAD: dict[str, tuple[bytes, str]] = {
    "empty.json": (b"", "empty.json is empty"),
    "page.html": (
        b"<!DOCTYPE html><html><body><p>Sign in</p></body></html>",
        "page.html is not of a kind that is known",
    ),
    "binary.dat": (bytes(range(256)) * 40, "binary.dat"),
    "no.zip": (b"PK\x03\x04" + b"\0" * 40, "no.zip"),
    "seven.7z": (b"7z\xbc\xaf\x27\x1c" + b"\0" * 40, "seven.7z is a 7-Zip archive; unpack it first"),
    "spec.json": (b'{"openapi": "3.0.0", "paths": {}}', "spec.json is not of a kind that is known"),
    "words.txt": (b"nothing here has a time\n" * 5, "words.txt is not of a kind that is known"),
}


@pytest.mark.parametrize("name", BAD)
def test_what_cannot_be_read_is_said_and_nothing_is_changed(
    run: Run, make: Make, store: Store, home: Path, rows: Path, name: str
) -> None:
    data, message = BAD[name]
    (home / name).write_bytes(data)
    session = make()
    result = run("intake", session.id, "rows.csv", name)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("facilitator: ")
    assert message in result.stderr
    assert session_in(store, session) == session


def test_a_file_that_fails_in_the_middle_leaves_nothing_half_done(
    run: Run, make: Make, store: Store, rows: Path, pagerduty: Path
) -> None:
    session = make()
    result = run("intake", session.id, "rows.csv", "nowhere.json", "pagerduty.json", "--take", "all")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == "facilitator: there is no nowhere.json\n"
    assert session_in(store, session) == session
    after = run("intake", session.id, "rows.csv", "pagerduty.json", "--take", "all")
    assert after.stdout.splitlines()[-1] == "4 taken as entries of the timeline"


@pytest.mark.parametrize(
    ("args", "message"),
    [
        ([], "Missing argument '[ID] FILE...'"),
        (["x"], "Missing argument 'FILE': name the session and then what to read; or use --new"),
        (["x", "-", "-"], "stdin (-) can be read only once"),
        (["x", "y", "--tz", "Mars/Base"], "no time zone is called 'Mars/Base'; write one such as Europe/Paris"),
        (["x", "y", "--date", "soon"], "'soon' is no day; write it as 2026-11-15"),
        (["x", "y", "--column", "Notes"], "write what it holds and its name: --column time=Timestamp"),
        (["x", "y", "--column", "tme=Notes"], "a column cannot hold 'tme'; did you mean 'time'?"),
        (["x", "y", "--column", "q=Notes"], "write one of: time, date, text"),
        (["x", "y", "--take", "some"], "'some' is not one of"),
        (["nobody", "rows.csv"], "nobody"),
        (["ID", "rows.csv", "--since", "whenever"], "--since 'whenever': When was it?"),
        (["ID", "rows.csv", "--until", "25:99"], "--until '25:99'"),
        (["ID", "rows.csv", "--since", "16:00", "--until", "15:00"], "--since 16:00 is after --until 15:00"),
        (["ID", "rows.csv", "--kind", "pagerdutty"], "Did you mean pagerduty?"),
        (["ID", "rows.csv", "--column", "text=Bar"], "there is no column 'Bar' for text"),
    ],
)
def test_a_wrong_command_line_is_explained(run: Run, make: Make, rows: Path, args: list[str], message: str) -> None:
    session = make()
    result = run("intake", *(session.id if each == "ID" else each for each in args), stdin="")
    assert (result.exit_code, result.stdout) == (2, "")
    assert message in " ".join(result.stderr.split())


def test_drafts_of_one_session_are_none_of_another(run: Run, make: Make, store: Store, rows: Path) -> None:
    one, other = make("One"), make("Other")
    run("intake", one.id, "rows.csv")
    assert texts(store, other) == []
    run("intake", other.id, "rows.csv")
    assert texts(store, other) == texts(store, one)


def test_what_the_timeline_has_stays(run: Run, make: Make, store: Store, rows: Path) -> None:
    entry = Entry(id="E1", at=Moment(datetime(2026, 11, 15, 14, 5, tzinfo=UTC)), text="typed by hand")
    session = make(timeline=(entry,))
    run("intake", session.id, "rows.csv", "--take", "all")
    timeline = session_in(store, session).timeline
    assert [each.text for each in timeline] == ["checkout is slow", "typed by hand", "rolled back v411"]
    assert entry in timeline


def test_hostile_text_never_commands_the_terminal(run: Run, make: Make, store: Store, home: Path) -> None:
    lines = [message(text.encode("utf-8", "replace").decode(), number % 60) for number, text in enumerate(HOSTILE)]
    (home / "slack.zip").write_bytes(slack(*lines, more={"incidents/\x1b[2J2026-11-17.json": b"x"}))
    session = make()
    for arguments in (("--dry-run",), ("--json",), ("--take", "all", "--json"), ("--take", "all")):
        result = run("intake", session.id, "slack.zip", *arguments)
        assert result.exit_code == 0
        assert shown_safely(result.stdout + result.stderr)


def shown_safely(text: str) -> bool:
    shown = text.replace("\n", "")
    return not [each for each in shown if each < " " or "\x7f" <= each < "\xa0" or each in "\u202e\u2066\ufeff"]


def test_hostile_names_of_files_are_only_shown(run: Run, make: Make, home: Path) -> None:
    session = make()
    for name in ("\x1b[2Jbad\x9b.csv", "a\nb.csv", "\u202egpj.csv"):
        (home / name).write_text(ROWS, encoding="utf-8")
        for arguments in ((), ("--json",)):
            for command in (
                ("intake", session.id, name),
                ("intake", session.id, f"{name}x"),
                ("intake", "--new", name),
            ):
                result = run(*command, *arguments)
                assert shown_safely(result.stdout + result.stderr), command


def test_a_dry_run_tells_from_when_to_when_and_how_many_are_proposed(run: Run, make: Make, rows: Path) -> None:
    session = make(zone="Europe/Paris")
    told = run("intake", session.id, "rows.csv", "--dry-run").stdout
    assert "from 2026-11-15 15:03 to 2026-11-15 15:09 (Europe/Paris); 0 would be proposed" in told
    plain = json.loads(run("intake", session.id, "rows.csv", "--dry-run", "--json").stdout)
    assert (plain["new"], plain["moved"], plain["proposed"]) == (2, 0, 0)
    assert (plain["first"], plain["last"]) == ("2026-11-15T15:03:00+01:00", "2026-11-15T15:09:00+01:00")


def test_a_dry_run_counts_what_would_be_taken(run: Run, make: Make, pagerduty: Path) -> None:
    session = make()
    told = json.loads(run("intake", session.id, "pagerduty.json", "--dry-run", "--json").stdout)
    taken = json.loads(run("intake", session.id, "pagerduty.json", "--take", "proposals", "--json").stdout)
    assert told["proposed"] == len(taken["entries"]) > 0


def test_another_zone_is_another_time(run: Run, make: Make, home: Path) -> None:
    session = make()
    (home / "rows.csv").write_text(ROWS.replace("Z,", ","), encoding="utf-8")
    run("intake", session.id, "rows.csv", "--tz", "UTC")
    for more in (("--dry-run",), ()):
        told = run("intake", session.id, "rows.csv", "--tz", "Europe/Paris", *more).stdout
        assert told.splitlines()[-1] == "2 with another time"


def test_a_copy_under_another_name_is_nothing_new(run: Run, make: Make, home: Path, rows: Path) -> None:
    session = make()
    run("intake", session.id, "rows.csv")
    (home / "copy.csv").write_text(f"{ROWS}2026-11-15T14:20:00Z,all is well\n", encoding="utf-8")
    assert run("intake", session.id, "copy.csv").stdout.splitlines()[-1] == "1 of them new"


def test_the_help_lists_the_kinds(run: Run) -> None:
    from facilitator.intake.kinds.registry import KINDS

    listed = " ".join(run("intake", "--help").stdout.split()).partition("for --kind: ")[2]
    assert set(KINDS) <= set(listed.rstrip(".").split(", "))
