"""`facilitator witness`: a form goes out, a filled one comes back, once and in one step."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from facilitator.cli.main import main
from facilitator.intake.witness.filing import LABEL
from facilitator.model import edits
from facilitator.model.moments import Moment
from facilitator.model.session import Entry, Milestone, Participant, Session
from facilitator.store.ids import new_id
from facilitator.store.intakes import drafts_of
from facilitator.store.steps import Recorded, Turn
from facilitator.store.store import Store

Run = Callable[..., Result]
Make = Callable[..., Session]


@pytest.fixture
def session(make: Make) -> Session:
    """A session with an entry that is marked, and two people of one first name."""
    at = Moment(datetime(2026, 11, 15, 14, 5, tzinfo=UTC))
    people = ("Dana Reyes", "Bo Lind", "Bo Berg")
    return make(
        timeline=(Entry(id=new_id(), rank=1.0, at=at, text="Errors climb", milestones=(Milestone.START,)),),
        participants=tuple(Participant(id=new_id(), rank=float(n), text=name) for n, name in enumerate(people)),
    )


@pytest.fixture
def fill(run: Run, session: Session, tmp_path: Path) -> Callable[..., Path]:
    """Write the form for somebody, and fill it in."""

    def fill_one(seen: str = "", own: str = "", asked: str = "", who: str = "Dana") -> Path:
        text = run("witness", session.id, "--for", who).stdout
        text = text.replace(
            f"witness:seen {session.timeline[0].id} -->\n", f"witness:seen {session.timeline[0].id} -->\n{seen}\n"
        )
        text = text.replace("day or zone.\n", f"day or zone.\n\n{own}\n")
        path = tmp_path / f"{who.lower()}.md"
        path.write_text(text.replace("witness:asked -->\n", f"witness:asked -->\n{asked}\n"), "utf-8")
        return path

    return fill_one


def test_a_form_goes_to_stdout_or_into_a_new_file(run: Run, session: Session, tmp_path: Path) -> None:
    printed = run("witness", session.id, "--for", "dana")
    assert (printed.exit_code, printed.stderr) == (0, "")
    assert "<!-- witness:name --> Dana Reyes\n" in printed.stdout
    result = run("witness", session.id, "--for", "Dana", "-o", str(tmp_path))
    path = tmp_path / "witness-dana-reyes.md"
    assert result.stderr == (
        f"facilitator: written to {path}; read it back with: facilitator witness {session.id} --read {path}\n"
    )
    path.write_text("my words")
    again = run("witness", session.id, "-o", str(path))
    assert again.exit_code == 2
    assert "is there already, and somebody may have written in it" in again.stderr
    assert path.read_text() == "my words"
    assert run("witness", session.id, "-o", str(tmp_path / "no" / "x.md")).exit_code == 2


def test_writing_a_form_changes_nothing(run: Run, session: Session, store: Store) -> None:
    run("witness", session.id, "--for", "Kim")
    assert store.open(session.id).session == session


def test_a_name_that_several_have_is_asked_about(run: Run, session: Session) -> None:
    result = run("witness", session.id, "--for", "bo")
    assert result.exit_code == 2
    assert "'bo' may be one of several; write more of the name:\n  Bo Lind\n  Bo Berg" in result.stderr
    assert "--> Kim\n" in run("witness", session.id, "--for", "Kim").stdout


def test_a_filled_form_is_read_in_one_step_and_only_once(
    run: Run, session: Session, store: Store, fill: Callable[..., Path]
) -> None:
    path = fill("red", "14:07 saw it\n14:09 ran\n\nIt was loud.", "the pager")
    result = run("witness", session.id, "--read", str(path))
    assert result.exit_code == 0
    assert result.stdout == "dana.md: 1 new account, 2 drafts for the timeline, 2 private notes of Dana Reyes\n"
    assert "all of it is private until you take it" in result.stderr
    read = store.open(session.id).session
    assert [(each.seen, each.private) for each in read.accounts] == [("red", True)]
    assert [each.text for each in read.notes] == [
        "Dana Reyes tells: It was loud.",
        "Dana Reyes on what we should have asked: the pager",
    ]
    assert [(each.text, each.who) for each in drafts_of(store.path, read).drafts] == [
        ("saw it", "Dana Reyes"),
        ("ran", "Dana Reyes"),
    ]
    assert [each.label for each in store.history(session.id) if each.state is None] == [LABEL]
    renamed = path.rename(path.with_name("dana (1).md"))
    again = run("witness", session.id, "--read", str(renamed))
    assert (again.exit_code, again.stdout) == (0, "dana (1).md: nothing new\n")
    assert store.open(session.id).session == read


def test_an_edited_form_updates_what_was_read(
    run: Run, session: Session, store: Store, fill: Callable[..., Path]
) -> None:
    path = fill("red", "14:07 saw it")
    run("witness", session.id, "--read", str(path))
    path.write_text(
        path.read_text("utf-8").replace("red\n", "deep red\n").replace("07 saw it", "07 saw it all"), "utf-8"
    )
    assert run("witness", session.id, "--read", str(path)).stdout == (
        "dana.md: 1 changed account, 1 draft for the timeline of Dana Reyes\n"
    )
    read = store.open(session.id).session
    assert [each.seen for each in read.accounts] == ["deep red"]
    assert [each.text for each in drafts_of(store.path, read).drafts] == ["saw it all"]
    assert read.conflicts == ()


def test_what_was_changed_here_meanwhile_is_kept_beside_the_form(
    run: Run, session: Session, store: Store, fill: Callable[..., Path]
) -> None:
    path = fill("red")
    run("witness", session.id, "--read", str(path))
    opened = store.open(session.id)
    store.save(
        opened, edits.change(opened.session, opened.session.accounts[0].id, seen="The board was red", private=False)
    )
    assert run("witness", session.id, "--read", str(path)).stdout == "dana.md: nothing new\n"
    path.write_text(path.read_text("utf-8").replace("red\n", "amber\n"), "utf-8")
    result = run("witness", session.id, "--read", str(path))
    assert "1 text had been changed here meanwhile: both versions are kept" in result.stdout
    assert "1 account had been made public: private again, for what is new" in result.stdout
    read = store.open(session.id).session
    assert (read.accounts[0].seen, read.accounts[0].private) == ("The board was red", True)
    assert [each.other for each in read.conflicts] == ["amber"]


def test_a_reading_that_was_undone_can_be_made_again(
    run: Run, session: Session, store: Store, fill: Callable[..., Path]
) -> None:
    path = fill("red")
    run("witness", session.id, "--read", str(path))
    opened = store.open(session.id)
    step = store.history(session.id)[-1]
    back = Recorded(id=new_id(), at=datetime.now(UTC), label=LABEL, turn=Turn.UNDONE, of=step.id)
    store.save(opened, session, [back])
    assert "1 new account" in run("witness", session.id, "--read", str(path)).stdout


def test_a_dry_run_says_the_same_and_changes_nothing(
    run: Run, session: Session, store: Store, fill: Callable[..., Path]
) -> None:
    path = fill("red", "14:07 saw it")
    result = run("witness", session.id, "--read", str(path), "--dry-run")
    assert result.stdout == "dana.md: 1 new account, 1 draft for the timeline of Dana Reyes\n"
    assert "nothing was changed" in result.stderr
    assert store.open(session.id).session == session
    assert not (store.path / ".facilitator" / "drafts").exists()


def test_json_says_what_is_new(run: Run, session: Session, fill: Callable[..., Path]) -> None:
    result = run("witness", session.id, "--read", str(fill("red", "14:07 saw it")), "--json")
    found = json.loads(result.stdout)
    assert (found["session"], found["changed"], found["failed"]) == (session.id, True, [])
    (form,) = found["forms"]
    assert (form["file"], form["teller"], form["new_participant"]) == ("dana.md", "Dana Reyes", False)
    assert [each["entry"] for each in form["accounts"]["added"]] == [session.timeline[0].id]
    assert [(each["text"], each["line"]) for each in form["drafts"]] == [("saw it", 17)]


def test_several_forms_are_one_step_and_a_bad_one_does_not_stop_the_others(
    run: Run, session: Session, store: Store, fill: Callable[..., Path], tmp_path: Path
) -> None:
    (tmp_path / "notes.md").write_text("# Notes\n")
    files = [str(fill("red")), str(tmp_path / "notes.md"), str(fill("green", who="Bo Lind")), str(tmp_path / "gone.md")]
    result = run("witness", session.id, "--read", *files)
    assert result.exit_code == 2
    assert "notes.md is no witness form" in result.stderr
    assert "gone.md" in result.stderr
    assert [each.seen for each in store.open(session.id).session.accounts] == ["red", "green"]
    assert [each.label for each in store.history(session.id) if each.state is None] == [LABEL]


def test_a_form_of_another_session_is_refused(
    run: Run, session: Session, make: Make, store: Store, fill: Callable[..., Path]
) -> None:
    other = make("Other")
    path = fill("red")
    result = run("witness", other.id, "--read", str(path))
    assert (result.exit_code, result.stdout) == (2, "")
    assert f"dana.md is the form of another session, {session.id}; nothing of it was read" in result.stderr
    assert store.open(other.id).session == other


def test_a_form_without_a_name_is_asked_about(
    run: Run, session: Session, fill: Callable[..., Path], store: Store
) -> None:
    path = fill("red", who="")
    result = run("witness", session.id, "--read", str(path))
    assert result.exit_code == 2
    assert (
        "nobody says whose account it is; write the name into the form, or give it here with --for NAME"
        in result.stderr
    )
    named = run("witness", session.id, "--read", str(path), "--for", "Kim Lee")
    assert "  Kim Lee is new among the participants\n" in named.stdout
    assert store.open(session.id).session.participants[-1].text == "Kim Lee"


def test_a_form_is_read_from_stdin(run: Run, session: Session, fill: Callable[..., Path]) -> None:
    text = fill("red").read_text("utf-8")
    assert run("witness", session.id, "--read", "-", stdin=text).stdout == "stdin: 1 new account of Dana Reyes\n"


def test_an_untouched_form_says_nothing(run: Run, session: Session, store: Store, fill: Callable[..., Path]) -> None:
    result = run("witness", session.id, "--read", str(fill()))
    assert (result.exit_code, result.stdout) == (0, "dana.md: nothing new\n")
    assert "dana.md: nothing was written in it" in result.stderr
    assert store.open(session.id).session == session


def test_a_form_has_no_finding_of_the_checks(run: Run, session: Session, fill: Callable[..., Path]) -> None:
    assert run("check", str(fill())).exit_code == 0


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["dana.md"], "to read dana.md, add --read"),
        (["--read"], "Missing argument 'FILE'"),
        (["--dry-run"], "--dry-run and --json go with --read"),
        (["--read", "x.md", "-o", "y.md"], "--output goes with writing a form"),
    ],
)
def test_a_wrong_command_line_is_explained(run: Run, session: Session, args: list[str], message: str) -> None:
    result = run("witness", session.id, *args)
    assert result.exit_code == 2
    assert message in result.stderr


def test_ids_are_completed(session: Session, store: Store) -> None:
    env = {
        "COMP_WORDS": "facilitator witness 2026",
        "COMP_CWORD": "2",
        "_FACILITATOR_COMPLETE": "bash_complete",
        "FACILITATOR_STORE": str(store.path),
    }
    assert CliRunner().invoke(main, [], env=env).stdout.split() == [f"plain,{store.open(session.id).path.stem}"]


def test_a_folder_that_is_not_there_is_made(run: Run, session: Session, tmp_path: Path) -> None:
    assert run("witness", session.id, "--for", "Dana", "-o", f"{tmp_path}/forms/").exit_code == 0
    assert (tmp_path / "forms" / "witness-dana-reyes.md").is_file()
    (tmp_path / "file").write_text("x", "utf-8")
    refused = run("witness", session.id, "--for", "Dana", "-o", f"{tmp_path}/file/")
    assert refused.exit_code != 0
    assert "cannot be made a folder" in refused.stderr


def test_tomorrow_counts_from_the_incident(run: Run, session: Session, store: Store, fill: Callable[..., Path]) -> None:
    run("witness", session.id, "--read", str(fill(own="tomorrow 00:06 all was well")))
    (draft,) = drafts_of(store.path, store.open(session.id).session).drafts
    assert draft.stamp is not None
    assert draft.stamp.local.isoformat() == "2026-11-16T00:06:00"
