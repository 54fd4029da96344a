"""`facilitator merge`: an edited document comes back into its session, in one step that can be undone."""

import os
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import Result

from facilitator.model import edits
from facilitator.model.changes import inverse
from facilitator.model.meeting_items import Note
from facilitator.model.moments import Moment
from facilitator.model.session import Entry, Lesson, Milestone, Session
from facilitator.store.history import state
from facilitator.store.ids import new_id
from facilitator.store.steps import Recorded, Turn
from facilitator.store.store import Store

Run = Callable[..., Result]
Make = Callable[..., Session]
Editor = Callable[[str], None]

Document = Callable[..., str]

AT = datetime(2026, 11, 15, 14, tzinfo=UTC)


@pytest.fixture
def session(make: Make) -> Session:
    return make(
        timeline=(Entry(id="E1", rank=1.0, at=Moment(AT), text="Errors climb", milestones=(Milestone.START,)),),
        lessons=tuple(Lesson(id=f"L{n}", rank=float(n), text=f"Lesson number {n}") for n in range(1, 5)),
        notes=(Note(id="N1", text="for me alone"),),
    )


@pytest.fixture
def document(run: Run, session: Session, tmp_path: Path) -> Document:
    """Export the session to be read back, and replace words in it; return the path of the file."""
    path = tmp_path / "postmortem.md"
    assert run("export", session.id, "--round-trip", "-o", str(path)).exit_code == 0
    text = path.read_text()

    def edited(*changes: tuple[str, str]) -> str:
        now = text
        for old, new in changes:
            assert old in now
            now = now.replace(old, new)
        path.write_text(now)
        return str(path)

    return edited


def test_a_dry_run_tells_and_changes_nothing(run: Run, store: Store, session: Session, document: Document) -> None:
    file = document(("Errors climb", "Errors climb fast"), ("# Checkout errors", "# Checkout failed"))
    result = run("merge", file, "--dry-run")
    assert (result.exit_code, result.stderr) == (0, "facilitator: nothing was changed\n")
    assert result.stdout.splitlines() == [
        "title: Checkout errors -> Checkout failed",
        "entry 'Nov 15 14:00 Errors climb fast', words: Errors climb -> Errors climb fast",
    ]
    assert store.open(session.id).session == session


def test_a_status_brings_the_time_for_review_along_as_in_the_program(
    run: Run, store: Store, session: Session, document: Document
) -> None:
    merged = run("merge", document(("| Draft ", "| In review ")))
    assert merged.exit_code == 0
    assert "end of the review" in merged.stdout
    until = store.open(session.id).session.review_until
    assert until is not None
    assert timedelta(hours=47) < until - datetime.now(UTC) <= timedelta(hours=48)
    run("merge", document(("# Checkout", "# The checkout"), ("| Draft ", "| In review ")))
    assert store.open(session.id).session.review_until == until


def test_it_is_one_step_and_can_be_taken_back(run: Run, store: Store, session: Session, document: Document) -> None:
    file = document(("Errors climb", "Errors climb fast"), ("Lesson number 2", "Lesson number two"))
    assert run("merge", file).exit_code == 0
    after = store.open(session.id).session
    assert [each.text for each in after.lessons][1] == "Lesson number two"
    assert after.notes == session.notes
    step = store.history(session.id)[-1]
    assert step.label.startswith("merge the edited document ")
    assert len(step.changes) == 2
    undone = Recorded(id=new_id(), at=AT, label=step.label, turn=Turn.UNDONE, of=step.id, changes=inverse(step.changes))
    opened = store.open(session.id)
    store.save(opened, session, [undone])
    assert state(store.history(session.id)) == session
    assert run("merge", file).exit_code == 0
    assert store.open(session.id).session == after


def test_an_unedited_document_brings_nothing(run: Run, store: Store, session: Session, document: Document) -> None:
    result = run("merge", document())
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "facilitator: the document brings nothing new\n"
    assert [step.label for step in store.history(session.id)] == []


def test_a_field_that_both_changed_keeps_both(run: Run, store: Store, session: Session, document: Document) -> None:
    opened = store.open(session.id)
    store.save(opened, edits.change(session, "L1", text="The first lesson, as somebody wrote in the app"))
    result = run("merge", document(("Lesson number 1", "Lesson one")))
    assert "'text' was changed in the session too; both versions are kept, choose in the app" in result.stderr
    (conflict,) = store.open(session.id).session.conflicts
    assert (conflict.about, conflict.other) == ("L1", "Lesson one")
    assert run("merge", document(("Lesson number 1", "Lesson one"))).stderr.count("nothing new") == 1


def test_what_has_no_place_is_kept_as_a_comment(run: Run, store: Store, session: Session, document: Document) -> None:
    file = document(("| 14:00 ", "| some time "), ("## Timeline", "## Timeline\n\nThe clocks were off by a minute.\n"))
    result = run("merge", file)
    assert "kept as a comment" in result.stderr
    assert re.search(r'line \d+, under \'Timeline\': "The clocks were off by a minute\."', result.stderr)
    comments = store.open(session.id).session.comments
    assert [each.about for each in comments] == ["E1", ""]
    assert run("merge", file).exit_code == 0
    assert store.open(session.id).session.comments == comments


def test_comments_are_by_the_author_of_the_configuration(
    run: Run, store: Store, session: Session, document: Document, tmp_path: Path
) -> None:
    config = tmp_path / "config.toml"
    config.write_text('author = "Marta Kowalczyk"\n')
    file = document(("## Timeline", "## Timeline\n\nThe clocks were off by a minute.\n"))
    assert run("merge", file, env={"FACILITATOR_CONFIG": str(config)}).exit_code == 0
    assert [each.by for each in store.open(session.id).session.comments] == ["Marta Kowalczyk"]


def test_much_that_is_deleted_is_asked_about(run: Run, store: Store, session: Session, document: Document) -> None:
    lines = [f"- Lesson number {n} <!-- L{n} -->\n" for n in range(1, 5)]
    file = document(*((each, "") for each in lines[:3]))
    result = run("merge", file)
    assert result.exit_code == 2
    assert "3 of 5 items are not in the document any more; if that is meant, add --yes" in result.stderr
    assert store.open(session.id).session == session
    assert run("merge", file, "--yes").exit_code == 0
    assert [each.id for each in store.open(session.id).session.lessons] == ["L4"]


def test_a_document_of_the_usual_kind_is_told_what_to_do(run: Run, session: Session, tmp_path: Path) -> None:
    path = tmp_path / "usual.md"
    run("export", session.id, "-o", str(path))
    result = run("merge", str(path))
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Export with --round-trip" in result.stderr
    assert "facilitator intake --new" in result.stderr


def test_a_damaged_comment_is_made_up_for_by_the_history(
    run: Run, store: Store, session: Session, document: Document
) -> None:
    opened = store.open(session.id)
    opened = store.save(opened, edits.change(session, "L2", text="Second"))
    store.save(opened, edits.change(opened.session, "L3", text="Third"))
    file = document(("Errors climb", "Errors climb fast"), ("\n{\n", "\n{\nAAAA"))
    assert run("merge", file).exit_code == 0
    after = store.open(session.id).session
    assert after.timeline[0].text == "Errors climb fast"
    assert [each.text for each in after.lessons[:3]] == ["Lesson number 1", "Second", "Third"]
    assert after.conflicts == ()


def test_a_document_whose_comment_is_gone_is_merged_where_one_says(
    run: Run, store: Store, session: Session, document: Document
) -> None:
    path = Path(document(("Errors climb", "Errors climb fast"), ("- Lesson number 4 <!-- L4 -->\n", "")))
    path.write_text(path.read_text().split("<!-- round-trip")[0])
    assert "--into ID" in run("merge", str(path)).stderr
    result = run("merge", str(path), "--into", session.id)
    assert result.exit_code == 0
    after = store.open(session.id).session
    assert "fast" in after.timeline[0].text + "".join(str(each.other) for each in after.conflicts)
    assert len(after.lessons) == 4
    assert run("merge", document(), "--into", "nobody").exit_code == 2


def test_a_document_of_no_session_here(run: Run, store: Store, session: Session, document: Document) -> None:
    file = document(("Errors climb", "Errors climb fast"))
    store.delete(session.id)
    assert "with --new it is made from the document" in run("merge", file).stderr
    result = run("merge", file, "--new")
    assert result.stdout.endswith(f"{session.id}\n")
    made = store.open(session.id).session
    assert made.timeline[0].text == "Errors climb fast"
    assert made.notes == ()


def test_of_another_session_or_unreadable(
    run: Run, session: Session, make: Make, document: Document, tmp_path: Path
) -> None:
    other = make("Another")
    assert "is of session" in run("merge", document(), "--into", other.id).stderr
    (tmp_path / "x.md").write_bytes(b"\x00\xff" * 100)
    assert run("merge", str(tmp_path / "x.md")).exit_code == 2
    assert "No such file" in run("merge", str(tmp_path / "none.md")).stderr


def test_round_trip_goes_with_markdown_alone(run: Run, session: Session) -> None:
    assert "go with --format markdown" in run("export", session.id, "--round-trip", "--format", "json").stderr
    assert "does not go with --profile" in run("export", session.id, "--round-trip", "--profile", "public").stderr


def test_from_stdin(run: Run, store: Store, session: Session, document: Document) -> None:
    text = Path(document(("Errors climb", "Errors climb fast"))).read_text()
    assert run("merge", "-", stdin=text).exit_code == 0
    assert store.open(session.id).session.timeline[0].text == "Errors climb fast"


def test_the_document_in_the_editor(run: Run, store: Store, session: Session, editor: Editor, tmp_path: Path) -> None:
    editor(
        "text = text.replace('Errors climb', 'Errors climb fast').replace('## Timeline', '## Timeline\\n\\nOf note')"
    )
    result = run("edit", session.id, "--section", "document")
    assert result.exit_code == 0
    assert "document: 1 item added, 1 changed" in result.stderr
    assert '"Of note" has no place in the session; kept as a comment' in result.stderr
    assert store.open(session.id).session.timeline[0].text == "Errors climb fast"
    editor("text = 'nothing of it'")
    result = run("edit", session.id, "--section", "document")
    assert result.exit_code == 2
    assert "What you wrote is kept in" in result.stderr
    (kept,) = tmp_path.glob("facilitator-*.md")
    assert kept.read_text() == "nothing of it"
    editor("pass")
    assert "nothing changed" in run("edit", session.id, "--section", "document").stderr
    assert os.environ["EDITOR"]
