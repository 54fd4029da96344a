"""Looking into a store: list and show."""

import json
import os
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from click.testing import Result

from facilitator.cli.commands.list import distinct_length
from facilitator.model.moments import Approximation, Moment
from facilitator.model.session import (
    Action,
    ActionStatus,
    Entry,
    Milestone,
    Priority,
    ReviewKind,
    Session,
    Severity,
    Status,
)
from facilitator.store.store import Store

Run = Callable[..., Result]
Make = Callable[..., Session]

START = datetime(2026, 11, 15, 14, tzinfo=UTC)
HOSTILE = "\x1b[31mred\x1b]52;c;eA==\x07 \x9b2J [bold]x[/bold] \u202eabc"


def entry(minutes: int, milestone: Milestone, name: str) -> Entry:
    return Entry(id=name, at=Moment(START + timedelta(minutes=minutes)), text=name, milestones=(milestone,))


def rich_session(make: Make) -> Session:
    return make(
        "Checkout errors",
        severity=Severity.SEV2,
        services=("checkout", "payments"),
        facilitator="Ada",
        timeline=(
            entry(0, Milestone.START, "a"),
            entry(22, Milestone.DETECTED, "b"),
            entry(40, Milestone.RESOLVED, "c"),
        ),
        actions=(
            Action(id="d", text="Alert at 75 %", owner="alice", due=date(2026, 11, 20), ticket="ENG-1"),
            Action(id="e", text="Freeze", priority=Priority.P0, status=ActionStatus.IN_PROGRESS),
            Action(id="f", text="Gone", status=ActionStatus.DONE),
        ),
    )


def test_an_empty_store_is_said_on_stderr(run: Run, store: Store) -> None:
    result = run("list")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == f"facilitator: no sessions in {store.path}\n"


def test_the_list_is_a_table_newest_first(run: Run, make: Make) -> None:
    old = make("Older", created=datetime(2025, 1, 2, tzinfo=UTC), id="01AAAAAAAAAAAAAAAAAAAAAAAA", status=Status.FINAL)
    new = make("Newer", id="01BBBBBBBBBBBBBBBBBBBBBBBB", severity=Severity.SEV1, actions=(Action(id="x", text="do"),))
    result = run("list")
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "ID          Date        Severity  Status  Open  Title",
        f"{new.id[:10]}  2026-11-15  SEV1      draft   1     Newer",
        f"{old.id[:10]}  2025-01-02            final         Older",
    ]


def test_columns_that_are_empty_everywhere_are_left_out(run: Run, make: Make) -> None:
    make("Only")
    assert run("list").stdout.splitlines()[0].split() == ["ID", "Date", "Status", "Title"]


def test_wide_characters_keep_the_columns_aligned(run: Run, make: Make) -> None:
    make("日本語のタイトル")
    make("plain")
    assert {line.index("draft") for line in run("list").stdout.splitlines()[1:]} == {24}


@pytest.mark.parametrize(
    ("ids", "length"),
    [
        ([], 10),
        (["01ABCDEFGHJKMNPQRSTVWXYZ00"], 10),
        (["01ABCDEFGHJKMNPQRSTVWXYZ00", "01ABCDEFGHJKMNPQRSTVWXYZ01"], 26),
        (["01ABCDEFGHJK", "01ABCDEFGHJM", "02"], 12),
        (["01ABCDEFGHJK", "01ABCDEFGHJKX"], 13),
    ],
)
def test_ids_are_shown_as_long_as_needed(ids: list[str], length: int) -> None:
    assert distinct_length(ids) == length
    assert len({each[:length] for each in ids}) == len(ids)


def test_every_id_of_the_list_opens_its_session(run: Run, make: Make) -> None:
    titles = [f"Session {number}" for number in range(30)]
    for title in titles:
        make(title)
    for line in run("list").stdout.splitlines()[1:]:
        short, title = line.split(maxsplit=1)[0], line.partition("draft")[2].strip()
        assert run("show", short).stdout.startswith(f"{title}\n")


def test_json_is_one_whole_object_a_line(run: Run, make: Make) -> None:
    make("One", status=Status.IN_REVIEW)
    make('Two "quoted" \\ é')
    lines = [json.loads(line) for line in run("list", "--json").stdout.splitlines()]
    assert [each["title"] for each in lines] == ['Two "quoted" \\ é', "One"]
    assert [each["status"] for each in lines] == ["draft", "in review"]
    assert {"id", "file", "severity", "services", "actions_open", "duration"} <= lines[0].keys()


@pytest.mark.parametrize(
    ("options", "titles"),
    [
        (["--status", "in-review"], ["b"]),
        (["--severity", "sev1"], ["a", "b"]),
        (["--service", "Checkout"], ["a"]),
        (["--severity", "SEV1", "--service", "checkout"], ["a"]),
        (["--service", "check"], []),
    ],
)
def test_the_list_can_be_narrowed(run: Run, make: Make, options: list[str], titles: list[str]) -> None:
    make("a", severity=Severity.SEV1, services=("checkout",))
    make("b", severity=Severity.SEV1, status=Status.IN_REVIEW)
    make("c")
    result = run("list", "--json", *options)
    assert sorted(json.loads(line)["title"] for line in result.stdout.splitlines()) == titles
    assert result.exit_code == (0 if titles else 1)
    assert titles or "no sessions like that" in result.stderr


def test_broken_and_newer_files_stand_beside_the_good_ones(run: Run, make: Make, store: Store) -> None:
    make("Good")
    (store.path / "broken.json").write_text("{")
    (store.path / "newer.json").write_text('{"format": {"facilitator": {"number": 99}}, "session": {}}')
    result = run("list")
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert "Good" in lines[1]
    assert [line.split()[0] for line in lines[2:]] == ["unreadable", "unreadable"]
    assert "broken.json: " in lines[2]
    assert "update facilitator" in lines[3]
    as_json = run("list", "--json")
    assert [json.loads(line)["title"] for line in as_json.stdout.splitlines()] == ["Good"]
    assert "broken.json cannot be read" in as_json.stderr


def test_only_broken_files_are_still_listed(run: Run, store: Store) -> None:
    store.path.mkdir()
    (store.path / "broken.json").write_text("{")
    result = run("list")
    assert result.exit_code == 1
    assert "broken.json" in result.stdout


@pytest.mark.parametrize("command", [["list"], ["list", "--json"], ["show", "01"], ["show", "01", "--json"]])
def test_hostile_text_never_commands_the_terminal(run: Run, store: Store, make: Make, command: list[str]) -> None:
    session = make("PLACEHOLDER", services=("PLACEHOLDER",), facilitator="PLACEHOLDER", id="01AAAAAAAAAAAAAAAAAAAAAAAA")
    path = store.open(session.id).path
    path.write_text(path.read_text().replace('"PLACEHOLDER"', json.dumps(HOSTILE)))
    (store.path / "\x1b[2Jbad\x9b.json").write_text("\x1b[31m{")
    result = run(*command)
    assert "[bold]x[/bold]" in result.stdout
    shown = (result.stdout + result.stderr).replace("\n", "")
    assert not [character for character in shown if not character.isprintable()]


def test_the_overview_says_what_is_there_and_what_is_not(run: Run, make: Make) -> None:
    session = rich_session(make)
    result = run("show", session.id.lower())
    assert result.exit_code == 0
    text = result.stdout
    assert text.startswith("Checkout errors\n\n")
    for line in (
        f"ID           {session.id}",
        "Status       SEV2, draft",
        "When         2026-11-15 14:00 to 14:40 UTC",
        "Services     checkout, payments",
        "  MTTD      22 min",
        "  MTTA      - (no entry is marked acknowledged)",
        "  Duration  40 min",
        "  P0  Freeze  [in progress]",
        "  -   Alert at 75 %  [@alice, due 2026-11-20, ENG-1]",
    ):
        assert line in text.splitlines()
    assert "lacks a summary, the impact, an author" in text
    assert "Gone" not in text
    assert text.index("Freeze") < text.index("Alert")


def test_an_overview_of_nearly_nothing(run: Run, make: Make) -> None:
    session = make("Bare", review_kind=ReviewKind.NEAR_MISS, started=Moment(START, approximation=Approximation.ABOUT))
    text = run("show", session.id).stdout
    assert "Status  draft, review of: near miss" in text
    assert "When    2026-11-15 ~14:00 UTC" in text
    assert "Open actions" not in text


def test_show_as_json_is_the_session_with_metrics_and_gaps(run: Run, make: Make) -> None:
    session = rich_session(make)
    found = json.loads(run("show", session.id, "--json").stdout)
    assert found["title"] == "Checkout errors"
    assert len(found["timeline"]) == 3
    assert found["metrics"]["MTTD"] == {"seconds": 1320.0, "about": False}
    assert found["metrics"]["MTTA"] == {"seconds": None, "absent": "no entry is marked acknowledged"}
    assert found["lacks"]["Incident"] == ["a summary", "the impact", "an author"]


def test_an_ambiguous_id_names_the_candidates(run: Run, make: Make) -> None:
    make("First", id="01AAAAAAAAAAAAAAAAAAAAAAAA")
    make("Second", id="01AAAAAAAAAAAAAAAAAAAAAAAB")
    result = run("show", "01AA")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("facilitator: 2 sessions begin with '01AA'")
    assert "First" in result.stderr
    assert "Second" in result.stderr
    assert run("show", "01AAAAAAAAAAAAAAAAAAAAAAAA").exit_code == 0


def test_an_unknown_id_is_said(run: Run, make: Make) -> None:
    make("Checkout errors")
    result = run("show", "zzz")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("facilitator: no session 'zzz'")


def test_a_store_that_is_a_file_is_said(run: Run, store: Store) -> None:
    store.path.write_text("hello")
    result = run("list")
    assert result.exit_code == 2
    assert "is a file, not a folder" in result.stderr


def test_a_store_without_permission_is_said(run: Run, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    store.path.mkdir()

    def refused(path: object) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    with monkeypatch.context() as patch:
        patch.setattr(os, "scandir", refused)
        result = run("list")
    assert result.exit_code == 2
    assert "Permission denied" in result.stderr
