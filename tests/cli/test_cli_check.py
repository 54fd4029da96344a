"""`facilitator check`: what it reads, what it says, and its exit codes."""

import json
import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import Result

from facilitator.model.moments import Moment
from facilitator.model.session import Action, Entry, Milestone, Mute, Session, Why
from facilitator.store.store import Store
from tests.hostile import HOSTILE

Run = Callable[..., Result]
Make = Callable[..., Session]

BLAME = """\
# Queue stood still

## Summary

Orders waited for forty minutes.

## Root cause

The broker had no disk left. Maria forgot to rotate the logs.

## Action items

- Be more careful with disks
"""
CALM = "# Queue stood still\n\n## Root cause\n\nThe broker had no disk left, and no alert looks at its disk.\n"


@pytest.fixture
def blame(home: Path) -> Path:
    path = home / "queue.md"
    path.write_text(BLAME, encoding="utf-8")
    return path


@pytest.fixture
def calm(home: Path) -> Path:
    path = home / "calm.md"
    path.write_text(CALM, encoding="utf-8")
    return path


def session_with_blame(make: Make) -> Session:
    at = Moment(datetime(2026, 11, 15, 14, tzinfo=UTC), "UTC")
    return make(
        "Queue stood still",
        timeline=(Entry(id="E1", rank=1.0, at=at, text="queue stops", milestones=(Milestone.START,)),),
        whys=(
            Why(id="W1", rank=1.0, text="orders waited"),
            Why(id="W2", rank=1.0, text="Maria forgot the disk", parent="W1"),
        ),
        actions=(Action(id="A1", rank=1.0, text="Be more careful with disks"),),
    )


def test_a_document_is_told_place_by_place(run: Run, blame: Path) -> None:
    result = run("check", "queue.md")
    assert (result.exit_code, result.stderr) == (1, "")
    lines = result.stdout.splitlines()
    places = [line for line in lines if not line.startswith(" ")]
    assert places[0] == "queue.md:9:30"
    assert places[-2:] == ["queue.md:13:3", f"queue.md: {lines_of_findings(result)} findings"]
    assert lines[1].startswith('  "Maria forgot')
    assert sum(line.startswith("    ask: ") for line in lines) == lines_of_findings(result)


def lines_of_findings(result: Result) -> int:
    return sum(line.startswith("    ask: ") for line in result.stdout.splitlines())


def test_a_document_without_findings_is_well(run: Run, calm: Path) -> None:
    result = run("check", "calm.md")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "calm.md: no findings\n", "")


def test_stdin_is_a_document(run: Run) -> None:
    result = run("check", "-", stdin=BLAME)
    assert result.exit_code == 1
    assert result.stdout.splitlines()[0] == "stdin:9:30"
    assert run("check", "-", stdin=CALM).exit_code == 0
    assert run("check", "-", stdin="").stdout == "stdin: no findings\n"


def test_programs_get_every_key_of_every_finding(run: Run, blame: Path, calm: Path) -> None:
    result = run("check", "queue.md", "calm.md", "--json")
    assert result.exit_code == 1
    found = json.loads(result.stdout)
    assert [(each["source"], each["kind"], each["muted"]) for each in found["checked"]] == [
        ("queue.md", "document", 0),
        ("calm.md", "document", 0),
    ]
    assert found["checked"][0]["findings"] == len(found["findings"]) > 1
    first = found["findings"][0]
    assert (first["source"], first["place"], first["category"]) == ("queue.md", "queue.md:9:30", "person_as_cause")
    assert BLAME[first["start"] : first["end"]] == first["words"]
    lines = BLAME.split("\n")
    for each in found["findings"]:
        assert list(each) == list(first)
        assert lines[each["line"] - 1][each["column"] - 1 : each["end_column"] - 1] == each["words"]
        assert (each["about"], each["field"], each["muted"]) == (None, None, None)
        assert each["why"]
        assert each["question"]


@pytest.mark.parametrize(
    ("fail_on", "code"),
    [
        (["person_as_cause"], 1),
        (["sensitive_data"], 0),
        (["sensitive_data,punitive_or_empty_remedy"], 1),
        (["sensitive_data", "person_as_cause"], 1),
        (["none"], 0),
    ],
)
def test_the_categories_that_fail_can_be_chosen(run: Run, blame: Path, fail_on: list[str], code: int) -> None:
    result = run("check", "queue.md", *(word for each in fail_on for word in ("--fail-on", each)))
    assert result.exit_code == code
    assert result.stdout == run("check", "queue.md").stdout


def test_a_comment_mutes_with_a_reason(run: Run, home: Path) -> None:
    found = json.loads(run("check", "-", "--json", stdin="Maria forgot to rotate the logs.\n").stdout)["findings"]
    comments = "".join(f"<!-- facilitator: mute {each['rule']}: we quote the customer -->\n" for each in found)
    text = f"{comments}\nMaria forgot to rotate the logs.\n"
    result = run("check", "-", stdin=text)
    assert (result.exit_code, result.stdout) == (0, f"stdin: no findings, {len(found)} muted\n")
    shown = run("check", "-", "--muted", stdin=text)
    assert shown.exit_code == 0
    assert "    muted: we quote the customer" in shown.stdout.splitlines()
    told = json.loads(run("check", "-", "--muted", "--json", stdin=text).stdout)
    assert [each["muted"] for each in told["findings"]] == ["we quote the customer"] * len(found)
    assert told["checked"][0]["findings"] == 0


def test_a_comment_that_mutes_nothing_is_named_with_its_line(run: Run) -> None:
    text = "# A\n\n<!-- facilitator: mute action.vague, action.vagu: fine -->\n\nAll is well.\n"
    result = run("check", "-", stdin=text)
    assert (result.exit_code, result.stdout) == (0, "stdin: no findings\n")
    assert result.stderr == "facilitator: stdin:3: no rule is called 'action.vagu'; did you mean 'action.vague'?\n"


def test_secrets_are_found_in_code_and_not_repeated(run: Run) -> None:
    secret = "AKIA" + "IOSFODNN7QWERTYU"
    text = f"```\nexport AWS_ACCESS_KEY_ID={secret}\n```\n"
    for arguments in ((), ("--json",)):
        result = run("check", "-", *arguments, stdin=text)
        assert result.exit_code == 1
        assert "sensitive" in result.stdout
        assert secret not in result.stdout


def test_secrets_in_a_session_are_nowhere_in_the_output(run: Run, make: Make) -> None:
    secret = "ghp_" + "a8Kz" * 9
    session = make(actions=(Action(id="A1", rank=1.0, text=f"Be more careful with the token {secret} and {secret}"),))
    for arguments in ((), ("--json",), ("--muted",)):
        result = run("check", session.id, *arguments)
        assert "sensitive.key" in result.stdout
        assert "more careful" in result.stdout
        assert secret[:12] not in result.stdout


def test_own_patterns_of_what_is_sensitive_count(run: Run, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (home / "config.toml").write_text('sensitive = ["CUST-[0-9]+"]\n')
    monkeypatch.setenv("FACILITATOR_CONFIG", str(home / "config.toml"))
    result = run("check", "-", stdin="Only CUST-77 was affected.\n")
    assert (result.exit_code, result.stdout.splitlines()[:2]) == (1, ["stdin:1:6", '  "CUST-77"'])


def test_a_session_is_checked_by_its_id(run: Run, make: Make) -> None:
    session = session_with_blame(make)
    result = run("check", session.id[:20])
    assert result.exit_code == 1
    places = [line for line in result.stdout.splitlines() if not line.startswith(" ")]
    assert "why 'Maria forgot the disk'" in places
    assert "action 'Be more careful with disks'" in places
    assert places[-1].startswith("Queue stood still: ")
    found = json.loads(run("check", session.id, "--json").stdout)
    assert found["checked"][0]["source"] == session.id
    assert found["checked"][0]["kind"] == "session"
    (slip,) = [each for each in found["findings"] if each["category"] == "person_as_cause"]
    assert (slip["about"], slip["field"], slip["line"]) == ("W2", "text", None)
    assert "Maria forgot the disk"[slip["start"] : slip["end"]] == slip["words"]


def test_what_is_muted_in_a_session_needs_asking_for(run: Run, make: Make, store: Store) -> None:
    session = session_with_blame(make)
    found = json.loads(run("check", session.id, "--json").stdout)["findings"]
    mutes = tuple(
        Mute(id=f"M{n}", rank=float(n), rule=each["rule"], about=each["about"], words=each["words"], reason="agreed")
        for n, each in enumerate(found)
    )
    other = make("Muted", timeline=session.timeline, whys=session.whys, actions=session.actions, mutes=mutes)
    result = run("check", other.id)
    assert (result.exit_code, result.stdout) == (0, f"Muted: no findings, {len(found)} muted\n")
    shown = run("check", other.id, "--muted").stdout.splitlines()
    assert shown.count("    muted: agreed") == len(found)


def test_nothing_is_written(run: Run, make: Make, store: Store, home: Path, blame: Path) -> None:
    session = session_with_blame(make)
    before = files(store.path) | files(home)
    run("check", session.id, "queue.md")
    after = files(store.path) | files(home)
    assert {path: raw for path, raw in after.items() if ".cache" not in path.parts} == before


def files(folder: Path) -> dict[Path, bytes]:
    return {each: each.read_bytes() for each in folder.rglob("*") if each.is_file()}


def test_what_cannot_be_read_is_said_and_the_rest_is_checked(run: Run, home: Path, calm: Path) -> None:
    (home / "latin.md").write_bytes(b"one\ntwo\nthr\xe9e\n")
    (home / "binary.md").write_bytes(b"\x89PNG\r\n\x00\x01")
    (home / "folder.md").mkdir()
    (home / "large.md").write_bytes(b"a " * 600_000)
    names = ["latin.md", "binary.md", "folder.md", "large.md", "missing.md", "calm.md"]
    result = run("check", *names)
    assert result.exit_code == 2
    assert result.stdout == "calm.md: no findings\n"
    assert result.stderr.splitlines() == [
        "facilitator: latin.md is not UTF-8 text (line 3); save it as UTF-8",
        "facilitator: binary.md is binary, not Markdown",
        "facilitator: folder.md is a folder; name the files in it, such as folder.md/*.md",
        "facilitator: large.md is larger than 1,000,000 bytes; check it in parts",
        "facilitator: missing.md: No such file or directory",
    ]
    for name in names[:-1]:
        alone = run("check", name, "--json")
        assert (alone.exit_code, alone.stdout) == (2, "")


@pytest.mark.parametrize(
    ("args", "message"),
    [
        ([], "Missing argument 'ID|FILE.md|-'"),
        (["-", "-"], "stdin (-) can be read only once"),
        (["-", "--fail-on", "judgment"], "no category is called 'judgment'; did you mean 'judgement'?"),
        (["-", "--fail-on", "none,judgement"], "'none' stands alone"),
        (["-", "--jsonl", "x"], "--jsonl stands alone"),
        (["--json", "--jsonl", "x"], "--jsonl stands alone"),
    ],
)
def test_a_wrong_command_line_is_explained(run: Run, args: list[str], message: str) -> None:
    result = run("check", *args, stdin="")
    assert (result.exit_code, result.stdout) == (2, "")
    assert message in " ".join(result.stderr.split())


def test_an_unknown_id_is_said(run: Run, make: Make) -> None:
    make()
    result = run("check", "nobody")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "nobody" in result.stderr


@pytest.mark.parametrize("option", [None, "--json", "--muted"])
def test_hostile_text_never_commands_the_terminal(run: Run, home: Path, option: str | None) -> None:
    names = [f"hostile-{number}.md" for number in range(len(HOSTILE))]
    for name, text in zip(names, HOSTILE, strict=True):
        words = f"# {text}\n\n{text} Maria forgot to drain {text} it.\n\n{text}"
        (home / name).write_bytes(words.encode("utf-8", "replace"))
    result = run("check", *names, *([option] if option else ()))
    refused = {name for line in result.stderr.splitlines() if "is binary" in line for name in names if name in line}
    assert result.exit_code == (2 if refused else 1)
    assert len(result.stderr.splitlines()) == len(refused)
    assert all(name in result.stdout for name in names if name not in refused)
    shown = (result.stdout + result.stderr).replace("\n", "")
    assert not [each for each in shown if each < " " or "\x7f" <= each < "\xa0" or each in "\u202e\u2066\ufeff"]


def test_hostile_names_of_files_are_only_shown(run: Run, home: Path) -> None:
    for name in ("\x1b[2Jbad\x9b.md", "a\nb.md", "\u202egpj.md", os.fsdecode(b"\xff.md")):
        (home / name).write_text(BLAME)
        for arguments in ((), ("--json",)):
            result = run("check", name, *arguments)
            assert result.exit_code == 1
            shown = result.stdout.replace("\n", "")
            assert not [each for each in shown if each < " " or "\x7f" <= each < "\xa0" or each == "\u202e"]
            assert not arguments or json.loads(result.stdout)["findings"]
