"""Edit: the prose of a session in an editor, and never a lost word."""

import re
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from click.testing import Result

from facilitator.cli import prose
from facilitator.cli.commands import edit
from facilitator.cli.prose import Section
from facilitator.model.edits import set_field
from facilitator.model.session import Impact, Session
from facilitator.store.store import Store

Run = Callable[..., Result]
Make = Callable[..., Session]
Editor = Callable[[str], None]


def drafts(tmp_path: Path) -> list[Path]:
    return list(tmp_path.glob("facilitator-*"))


def kept_in(result: Result) -> Path:
    found = re.search(r"What you wrote is kept in (\S+); nothing was stored", result.stderr)
    assert found is not None, result.stderr
    return Path(found[1])


def test_what_is_written_is_stored(run: Run, make: Make, store: Store, editor: Editor, tmp_path: Path) -> None:
    session = make(summary="Old summary", impact=Impact(prose="Old impact"))
    editor("text = text.replace('Old summary', 'New\\n\\n## Summary\\n<b>é</b>')")
    result = run("edit", session.id)
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "facilitator: summary changed\n")
    after = store.open(session.id).session
    assert after == set_field(session, "summary", "New\n\n## Summary\n<b>é</b>")
    assert drafts(tmp_path) == []


def test_nothing_written_is_nothing_changed(run: Run, make: Make, store: Store, editor: Editor, tmp_path: Path) -> None:
    session = make(summary="Old")
    editor("")
    result = run("edit", session.id)
    assert (result.exit_code, result.stderr) == (0, "facilitator: nothing changed\n")
    assert store.open(session.id).session == session
    assert drafts(tmp_path) == []


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("text = text.replace('field: summary', 'field: sumary')", "did you mean 'summary'?"),
        ("text = 'My words'", "is missing"),
        ("text += 'x' * 100_001", "is longer than 100,000 characters"),
        ("path.write_bytes(b'\\xff My words'); sys.exit(0)", "utf-8"),
        ("path.write_text(text + 'My words'); sys.exit(3)", "failed"),
    ],
)
def test_what_cannot_be_stored_is_kept_and_said(
    run: Run, make: Make, store: Store, editor: Editor, code: str, message: str
) -> None:
    session = make(summary="Old")
    editor(code)
    result = run("edit", session.id)
    assert result.exit_code == 2
    assert message in result.stderr
    assert "Traceback" not in result.stderr
    assert kept_in(result).stat().st_size > 0
    assert kept_in(result).stat().st_mode & 0o777 == 0o600
    assert store.open(session.id).session == session


def test_an_editor_that_fails_with_nothing_written_leaves_nothing(
    run: Run, make: Make, editor: Editor, tmp_path: Path
) -> None:
    editor("sys.exit(1)")
    result = run("edit", make().id)
    assert result.exit_code == 2
    assert "kept in" not in result.stderr
    assert drafts(tmp_path) == []


def test_an_editor_that_is_not_there_is_said(run: Run, make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EDITOR", "no-such-editor --wait")
    result = run("edit", make().id)
    assert result.exit_code == 2
    assert "no-such-editor" in result.stderr


def test_others_may_change_other_fields_meanwhile(
    run: Run, make: Make, store: Store, editor: Editor, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = make(summary="Old", trigger="Old trigger")
    editor("text = text.replace('Old\\n', 'Mine\\n')")
    meanwhile(monkeypatch, store, session, "trigger")
    assert run("edit", session.id).exit_code == 0
    after = store.open(session.id).session
    assert (after.summary, after.trigger) == ("Mine", "Theirs")


def test_a_field_that_others_changed_too_keeps_both_versions(
    run: Run, make: Make, store: Store, editor: Editor, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = make(summary="Old")
    editor("text = text.replace('Old\\n', 'Mine\\n')")
    meanwhile(monkeypatch, store, session, "summary")
    result = run("edit", session.id)
    assert result.exit_code == 0
    assert "'summary' was changed by somebody else too; both versions are kept" in result.stderr
    saved = store.open(session.id).session
    (conflict,) = saved.conflicts
    assert {saved.summary, conflict.other} == {"Mine", "Theirs"}


def test_a_session_deleted_meanwhile_comes_back_with_the_text(
    run: Run, make: Make, store: Store, editor: Editor, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = make(summary="Old")
    editor("text = text.replace('Old\\n', 'Mine\\n')")
    real = prose.read

    def read(text: str, title: str, sections: Sequence[Section]) -> dict[str, str]:
        store.delete(session.id)
        return real(text, title, sections)

    monkeypatch.setattr(edit, "read", read)
    assert run("edit", session.id).exit_code == 0
    assert store.open(session.id).session.summary == "Mine"
    assert [each.title for each in store.trash()] == [session.title]


def meanwhile(monkeypatch: pytest.MonkeyPatch, store: Store, session: Session, field: str) -> None:
    """Let somebody else save a change of one field while the editor is open."""
    real = prose.read

    def read(text: str, title: str, sections: Sequence[Section]) -> dict[str, str]:
        opened = store.open(session.id)
        store.save(opened, set_field(opened.session, field, "Theirs"))
        return real(text, title, sections)

    monkeypatch.setattr(edit, "read", read)


def test_a_session_that_can_only_be_read_is_not_edited(run: Run, make: Make, store: Store, tmp_path: Path) -> None:
    session = make()
    path = store.open(session.id).path
    path.rename(tmp_path / "elsewhere.json")
    path.symlink_to(tmp_path / "elsewhere.json")
    result = run("edit", session.id)
    assert result.exit_code == 2
    assert "can only be read: it is a symbolic link" in result.stderr
