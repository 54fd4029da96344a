"""`facilitator publish`: versions, corrections, and what was published again byte for byte."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from facilitator.model import edits
from facilitator.model.moments import Moment
from facilitator.model.session import Entry, Session, Status
from facilitator.store.ids import new_id
from facilitator.store.published_files import FOLDER
from facilitator.store.store import Store

Run = Callable[..., Result]
Make = Callable[..., Session]


@pytest.fixture
def session(make: Make) -> Session:
    from datetime import UTC, datetime

    at = Moment(datetime(2026, 11, 15, 14, 22, tzinfo=UTC))
    return make(
        summary="Dana Reyes saw errors.",
        authors=("Dana Reyes",),
        timeline=(Entry(id=new_id(), rank=1.0, at=at, text="The alert fires"),),
    )


@pytest.fixture
def publish(run: Run, session: Session) -> Run:
    return lambda *args: run("publish", session.id, *args)


@pytest.fixture
def change(store: Store, session: Session) -> Callable[[str], None]:
    """Change the summary."""

    def change_one(summary: str) -> None:
        opened = store.open(session.id)
        store.save(opened, edits.set_field(opened.session, "summary", summary))

    return change_one


def test_what_is_lacking_is_told_and_nothing_is_published(publish: Run, session: Session, store: Store) -> None:
    result = publish("--by", "Alice")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "nothing was published; --anyway does it all the same:\n" in result.stderr
    assert "  a severity in Incident: write it" in result.stderr
    assert "  an approval of customer impact: ask somebody to approve it\n" in result.stderr
    assert store.open(session.id).session == session


def test_publishing_makes_it_final_and_keeps_the_bytes(
    publish: Run, run: Run, session: Session, store: Store, tmp_path: Path
) -> None:
    path = tmp_path / "postmortem.md"
    result = publish("--by", "@Alice", "--anyway", "-o", str(path))
    assert result.exit_code == 0
    assert "published as version 1; " in result.stderr
    found = store.open(session.id).session
    assert found.status is Status.FINAL
    assert [(each.number, each.by, each.profile, each.format) for each in found.versions] == [
        (1, "Alice", "", "markdown")
    ]
    (kept,) = (store.path / FOLDER / session.id).iterdir()
    assert kept.read_bytes() == path.read_bytes()
    again = publish("--by", "Alice", "--anyway")
    assert again.stdout_bytes == path.read_bytes()
    assert "this is version 1: nothing was changed since" in again.stderr
    assert store.open(session.id).session == found
    assert run("export", session.id).stdout_bytes == path.read_bytes()


def test_a_correction_says_why_and_what_and_the_first_version_stays(
    publish: Run, run: Run, session: Session, store: Store, change: Callable[[str], None]
) -> None:
    first = publish("--by", "Alice", "--anyway").stdout_bytes
    change("Dana Reyes saw errors for 41 minutes.")
    refused = publish("--by", "Alice", "--anyway")
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert "(Incident summary: 1 line changed); add --why REASON" in refused.stderr
    second = publish("--by", "Bob", "--anyway", "--why", "The clock of the host was wrong.")
    assert "published as version 2 (Incident summary: 1 line changed)" in second.stderr
    assert "## Corrections\n\n- **Version 2**, " in second.stdout
    assert " by Bob\n\n  **Why:** The clock of the host was wrong.\n\n  **What changed:** Incident" in second.stdout
    assert publish("--again", "1").stdout_bytes == first
    assert publish("--again", "2").stdout_bytes == second.stdout_bytes
    assert run("export", session.id).stdout_bytes == second.stdout_bytes
    assert "version 2, " in run("review", session.id).stdout
    change("Dana Reyes saw errors.")
    third = publish("--by", "Bob", "--anyway", "--why", "Back.")
    assert third.stdout.count("**Version") == 2
    assert len(store.open(session.id).session.versions) == 3


def test_what_is_not_there_or_not_as_it_was_is_told(
    publish: Run, session: Session, store: Store, change: Callable[[str], None]
) -> None:
    assert "there is no version 1; nothing of it was published yet" in publish("--again", "1").stderr
    publish("--by", "Alice", "--anyway")
    assert "there is no version 4; the last one is 1" in publish("--again", "4").stderr
    (kept,) = (store.path / FOLDER / session.id).iterdir()
    kept.write_text("another text", "utf-8")
    changed = publish("--again", "1")
    assert (changed.exit_code, changed.stdout) == (2, "")
    assert "it was changed since" in changed.stderr
    kept.unlink()
    assert "is not in" in publish("--again", "1").stderr
    change("Other words.")
    result = publish("--by", "Alice", "--anyway", "--why", "words")
    assert result.exit_code == 0
    assert "it is not told what was changed" in result.stderr


def test_a_profile_needs_a_yes_and_has_versions_of_its_own(publish: Run, run: Run, session: Session) -> None:
    publish("--by", "Alice", "--anyway")
    refused = publish("--by", "Alice", "--anyway", "--profile", "public")
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert "nobody has said yes to publishing this session in the profile 'public'" in refused.stderr
    run("redact", session.id, "--profile", "public", "--consent", "--by", "Alice")
    result = publish("--by", "Alice", "--anyway", "--profile", "public")
    assert "published as version 2; " in result.stderr
    assert "Dana" not in result.stdout
    assert "nothing was changed since" in publish("--by", "Alice", "--anyway", "--profile", "public").stderr
    assert run("export", session.id, "--profile", "public").stdout_bytes == result.stdout_bytes
    assert "no profile is called 'pulbic'; did you mean 'public'?" in publish("--by", "A", "--profile", "pulbic").stderr


def test_approvals_hold_in_what_readers_outside_get(publish: Run, run: Run, session: Session) -> None:
    run("approve", session.id, "--part", "whole", "--by", "Dana Reyes")
    run("redact", session.id, "--profile", "public", "--consent", "--by", "Alice")
    result = publish("--by", "Alice", "--anyway", "--profile", "public")
    assert "## Approvals\n\n- **The whole document:** " in result.stdout
    assert "it was changed since" not in result.stdout


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (("--anyway",), "who publishes it? Add --by NAME"),
        (("--by", "A", "-f", "markdwon"), "no format is called 'markdwon'"),
        (("--by", "A", "-o", "no/such/file.md"), "does not exist; make it first"),
        (("--again", "1", "--why", "x"), "--again goes with --output alone"),
    ],
)
def test_what_cannot_be_done_is_said_first(
    publish: Run, session: Session, store: Store, args: tuple[str, ...], message: str
) -> None:
    result = publish(*args)
    assert result.exit_code == 2
    assert message in result.stderr
    assert store.open(session.id).session == session
    assert not (store.path / FOLDER).exists()


def test_a_key_in_what_is_published_as_it_is_is_told(publish: Run, change: Callable[[str], None]) -> None:
    change("The key AKIAQ3EGTYUIOPLK7JHG was in the log.")
    assert "1 finding of sensitive data" in publish("--by", "A").stderr
    assert "of sensitive data" not in publish("--by", "A", "--profile", "internal").stderr
    assert "warning: the session holds what looks like" in publish("--by", "A", "--anyway").stderr


def test_what_cannot_be_written_is_not_published(publish: Run, session: Session, store: Store, tmp_path: Path) -> None:
    result = publish("--by", "A", "--anyway", "-o", str(tmp_path / f"{'x' * 300}.md"))
    assert result.exit_code == 2
    assert "File name too long" in result.stderr
    assert store.open(session.id).session == session
    assert "published as version 1" in publish("--by", "A", "--anyway").stderr
