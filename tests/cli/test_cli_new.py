"""New: a session from what is known at once."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import Result

from facilitator.model.session import ReviewKind, Session, Severity
from facilitator.store.store import Store

Run = Callable[..., Result]


def made(result: Result, store: Store) -> Session:
    assert (result.exit_code, result.stderr) == (0, "")
    return store.open(result.stdout.removesuffix("\n")).session


def test_the_id_is_printed_and_nothing_else(run: Run, store: Store) -> None:
    result = run("new", "Checkout   errors")
    session = made(result, store)
    assert result.stdout == f"{session.id}\n"
    assert session.title == "Checkout errors"
    assert session.zone == "UTC"
    assert session.created.tzinfo is UTC


def test_everything_that_is_known_can_be_said(run: Run, store: Store) -> None:
    session = made(
        run(
            *("new", "Checkout errors", "--severity", "sev2", "--kind", "near miss"),
            *("--start", "2026-11-15 14:00", "--resolved", "14:40", "--zone", "Europe/Paris"),
            *("--service", "checkout", "--service", "payments, cards", "--tag", "deploy", "--tag", "errors"),
            *("--facilitator", "Ada", "--author", "Grace", "--author", "Edsger"),
        ),
        store,
    )
    assert session.severity is Severity.SEV2
    assert session.review_kind is ReviewKind.NEAR_MISS
    assert session.started is not None
    assert session.resolved is not None
    assert session.started.at == datetime(2026, 11, 15, 13, tzinfo=UTC)
    assert session.resolved.at == datetime(2026, 11, 15, 13, 40, tzinfo=UTC)
    assert session.zone == "Europe/Paris"
    assert session.services == ("checkout", "payments, cards")
    assert session.tags == ("deploy", "errors")
    assert (session.facilitator, session.authors) == ("Ada", ("Grace", "Edsger"))


def test_the_settings_fill_in_author_and_zone(run: Run, store: Store, home: Path) -> None:
    (home / "mine.toml").write_text('author = "Ada, Countess"\nzone = "Asia/Tokyo"\n')
    env = {"FACILITATOR_CONFIG": str(home / "mine.toml")}
    session = made(run("new", "One", env=env), store)
    assert (session.authors, session.zone) == (("Ada, Countess",), "Asia/Tokyo")
    session = made(run("new", "Two", "--author", "Grace", "--zone", "UTC", env=env), store)
    assert (session.authors, session.zone) == (("Grace",), "UTC")


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("--severity", "SEV9"),
        ("--severity", ""),
        ("--start", "soonish"),
        ("--start", "2026-02-30 14:00"),
        ("--kind", "disaster"),
        ("--zone", "Europe/Pariss"),
    ],
)
def test_what_cannot_be_understood_is_asked_about_and_nothing_is_made(
    run: Run, store: Store, option: str, value: str
) -> None:
    result = run("new", "Title", option, value)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("facilitator: ")
    assert f"'{value}'" in result.stderr
    assert not store.path.exists()


def test_an_end_before_the_start_is_asked_about(run: Run, store: Store) -> None:
    result = run("new", "Title", "--resolved", "2026-11-15 13:00", "--start", "2026-11-15 14:00")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Resolved '2026-11-15 13:00'" in result.stderr
    assert not store.path.exists()


@pytest.mark.parametrize("title", ["", "   ", "\x1b[31m"])
def test_a_title_is_needed(run: Run, store: Store, title: str) -> None:
    assert run("new", title).exit_code == 2
    assert run("new").exit_code == 2
    assert not store.path.exists()


def test_a_hostile_title_is_cleaned(run: Run, store: Store) -> None:
    assert made(run("new", "\x1b[31mred\x07 [bold]x[/bold]"), store).title == "red [bold]x[/bold]"


def test_a_store_that_cannot_be_written_is_said(run: Run, store: Store) -> None:
    store.path.write_text("a file")
    result = run("new", "Title")
    assert (result.exit_code, result.stdout) == (2, "")
    assert str(store.path) in result.stderr
    assert "kept in memory" not in result.stderr
