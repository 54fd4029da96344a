"""Edit with a section: a list in an editor, what is said of it, and never a lost line."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from click.testing import Result

from facilitator.capture.sheets.sheet import Section
from facilitator.cli import drafts, sheets
from facilitator.model import edits
from facilitator.model.moments import Moment
from facilitator.model.session import (
    Action,
    BranchEnd,
    Entry,
    Factor,
    Lesson,
    Milestone,
    Question,
    ResponseNote,
    Session,
    Why,
)
from facilitator.store.store import Store

Run = Callable[..., Result]
Make = Callable[..., Session]
Editor = Callable[[str], None]

NOON = datetime(2026, 11, 15, 12, tzinfo=UTC)


def timeline(*texts: str) -> tuple[Entry, ...]:
    return tuple(
        Entry(id=f"E{number}", rank=1.0, at=Moment(NOON + timedelta(minutes=number)), text=text)
        for number, text in enumerate(texts)
    )


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drafts, "sys", SimpleNamespace(stdin=SimpleNamespace(isatty=lambda: True)))


def left_over(tmp_path: Path) -> list[Path]:
    return list(tmp_path.glob("facilitator-*"))


def test_lines_become_entries(run: Run, make: Make, store: Store, editor: Editor, tmp_path: Path) -> None:
    session = make(timeline=timeline("deployed", "alert", "rollback", "quiet"))
    editor("text = text.replace('12:01 alert', '12:01 the alert fires #detected').replace('12:03 quiet\\n', '')")
    result = run("edit", session.id, "--section", "timeline")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "facilitator: timeline: 1 changed, 1 deleted\n"
    after = store.open(session.id).session
    assert [each.text for each in after.timeline] == ["deployed", "the alert fires", "rollback"]
    assert edits.get(after, Entry, "E1").milestones == (Milestone.DETECTED,)
    assert left_over(tmp_path) == []


@pytest.mark.parametrize("section", Section)
def test_an_editor_that_only_saves_changes_nothing(
    run: Run, make: Make, store: Store, editor: Editor, section: Section
) -> None:
    session = make(
        timeline=timeline("a\nb", "## c"),
        whys=(Why(id="W", text="<!-- x", rank=1.0),),
        factors=(Factor(id="F", text="", rank=1.0, whys=("W",)),),
        lessons=(Lesson(id="L", text="é", rank=1.0),),
        response_notes=(ResponseNote(id="R", text="\\", rank=1.0),),
        actions=(Action(id="A", text="due:x", rank=1.0, factors=("F",)),),
    )
    raw = store.open(session.id).path.read_bytes()
    editor("text = '\\ufeff' + text.replace('\\n', '\\r\\n')")
    result = run("edit", session.id, "--section", str(section))
    assert (result.exit_code, result.stderr) == (0, "facilitator: nothing changed\n")
    assert store.open(session.id).path.read_bytes() == raw


def test_what_cannot_be_read_is_said_with_its_line_and_kept(run: Run, make: Make, store: Store, editor: Editor) -> None:
    session = make(timeline=timeline("deployed"))
    editor("text += 'nobody knows when\\n12:05 rollback\\n12:06 alert #detcted\\n'")
    result = run("edit", session.id, "--section", "timeline")
    assert result.exit_code == 2
    found = re.search(r"kept in (\S+); nothing was stored", result.stderr)
    assert found is not None
    lines = Path(found[1]).read_text("utf-8").split("\n")
    first = lines.index("nobody knows when") + 1
    assert f"line {first}: 'nobody knows when': When was it? Begin with a time such as 14:22" in result.stderr
    assert f"line {first + 2}: '12:06 alert #detcted': #detcted is nothing that is read here" in result.stderr
    assert store.open(session.id).session == session


def test_on_a_terminal_the_editor_opens_again_with_the_problems_marked(
    run: Run, make: Make, store: Store, editor: Editor, terminal: None, tmp_path: Path
) -> None:
    session = make(timeline=timeline("deployed"))
    editor(
        "seen = path.with_name('seen.md')\n"
        "text = text.replace('no time', '12:05 rollback') if '!!' in text else text + 'no time\\n'\n"
        "seen.write_text(path.read_text('utf-8'), 'utf-8')"
    )
    result = run("edit", session.id, "--section", "timeline", stdin="y\n")
    assert result.exit_code == 0, result.stderr
    assert "Edit it again?" in result.stderr
    assert "timeline: 1 added" in result.stderr
    assert [each.text for each in store.open(session.id).session.timeline] == ["deployed", "rollback"]
    seen = (tmp_path / "seen.md").read_text("utf-8")
    assert "<!-- !! When was it? Begin with a time such as 14:22 -->\nno time\n" in seen
    assert left_over(tmp_path) == []


def test_deleting_more_than_a_third_needs_a_yes(run: Run, make: Make, store: Store, editor: Editor) -> None:
    session = make(timeline=timeline("one", "two", "three", "four"))
    editor("text = text.replace('12:00 one\\n', '').replace('12:01 two\\n', '')")
    result = run("edit", session.id, "--section", "timeline")
    assert result.exit_code == 2
    assert "2 of 4 lines are gone" in result.stderr
    assert "add --yes" in result.stderr
    assert store.open(session.id).session == session
    result = run("edit", session.id, "--section", "timeline", "--yes")
    assert result.stderr == "facilitator: timeline: 2 deleted\n"
    assert [each.text for each in store.open(session.id).session.timeline] == ["three", "four"]


@pytest.mark.parametrize(("answers", "left"), [("y\n", 0), ("n\nn\n", 2)])
def test_on_a_terminal_it_is_asked(
    run: Run, make: Make, store: Store, editor: Editor, terminal: None, answers: str, left: int
) -> None:
    session = make(timeline=timeline("one", "two"))
    editor("text = ''")
    result = run("edit", session.id, "--section", "timeline", stdin=answers)
    assert "2 of 2 lines are gone" in result.stderr
    assert len(store.open(session.id).session.timeline) == left
    assert result.exit_code == (2 if left else 0)


def test_others_may_save_meanwhile(
    run: Run, make: Make, store: Store, editor: Editor, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = make(timeline=timeline("one", "two", "three"))
    editor("text = text.replace('12:00 one', '12:00 mine')")
    real = sheets.read

    def read(*args: Any, **kwargs: Any) -> Any:
        opened = store.open(session.id)
        changed = edits.change(opened.session, "E1", text="theirs")
        store.save(opened, edits.add(changed, Entry(id="E9", at=Moment(NOON + timedelta(hours=1)), text="new")))
        return real(*args, **kwargs)

    monkeypatch.setattr(sheets, "read", read)
    assert run("edit", session.id, "--section", "timeline").exit_code == 0
    after = store.open(session.id).session
    assert [each.text for each in after.timeline] == ["mine", "theirs", "three", "new"]
    assert after.conflicts == ()


def test_a_line_that_others_changed_too_keeps_both(
    run: Run, make: Make, store: Store, editor: Editor, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = make(timeline=timeline("one", "two"))
    editor("text = text.replace('12:00 one', '12:00 mine')")
    real = sheets.read

    def read(*args: Any, **kwargs: Any) -> Any:
        opened = store.open(session.id)
        store.save(opened, edits.change(opened.session, "E0", text="theirs"))
        return real(*args, **kwargs)

    monkeypatch.setattr(sheets, "read", read)
    result = run("edit", session.id, "--section", "timeline")
    assert "both versions are kept" in result.stderr
    after = store.open(session.id).session
    assert {edits.get(after, Entry, "E0").text, after.conflicts[0].other} == {"mine", "theirs"}


def test_a_branch_that_ends_in_the_unknown_leaves_an_open_question(
    run: Run, make: Make, store: Store, editor: Editor
) -> None:
    session = make(whys=(Why(id="W", rank=1.0, text="the image was deleted"),))
    editor("text = text.replace('was deleted\\n', 'was deleted #unknown @bob\\n')")
    assert run("edit", session.id, "--section", "whys").exit_code == 0
    after = store.open(session.id).session
    assert after.whys[0].end is BranchEnd.UNKNOWN
    (question,) = after.questions
    assert isinstance(question, Question)
    assert (question.about, question.owner) == ("W", "bob")


def test_own_categories_are_known(
    run: Run, make: Make, store: Store, editor: Editor, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = home / "config.toml"
    config.write_text('categories = ["vendor"]\n')
    monkeypatch.setenv("FACILITATOR_CONFIG", str(config))
    session = make()
    editor("text += 'one supplier only #vendor\\n'")
    assert run("edit", session.id, "--section", "factors").exit_code == 0
    assert store.open(session.id).session.factors[0].category == "vendor"


def test_an_unknown_section_is_wrong_usage(run: Run, make: Make) -> None:
    result = run("edit", make().id, "--section", "timelines")
    assert result.exit_code == 2
    assert "'timeline'" in result.stderr
