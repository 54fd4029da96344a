"""`facilitator doctor`: what it says, what it asks, and its exit codes."""

import json
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import Result

from facilitator.cli.commands import doctor
from facilitator.model.session import Parked, Session
from facilitator.store import codec
from facilitator.store.store import Store

Run = Callable[..., Result]
Make = Callable[..., Session]
PARKED = (Parked(id="P1", rank=1.0, text="first"), Parked(id="P2", rank=2.0, text="second"))


@pytest.fixture
def path(store: Store, make: Make) -> Path:
    """The file of a session that was cut off."""
    session = make(parking_lot=PARKED)
    path = store.open(session.id).path
    raw = path.read_bytes()
    path.write_bytes(raw[: raw.index(b"second")])
    return path


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """A terminal on which somebody answers."""
    monkeypatch.setattr(doctor, "sys", SimpleNamespace(stdin=SimpleNamespace(isatty=lambda: True)))


def files(folder: Path) -> dict[Path, bytes]:
    return {each: each.read_bytes() for each in folder.rglob("*") if each.is_file()}


def test_a_healthy_store_is_said_to_be_well(run: Run, store: Store, make: Make) -> None:
    make()
    for arguments in ((), ("--repair",), ("--repair", "--yes")):
        result = run("doctor", *arguments)
        assert (result.exit_code, result.stdout) == (0, f"nothing is wrong: 1 session in {store.path}\n")


def test_a_store_that_is_not_there_is_well_and_not_made(run: Run, store: Store) -> None:
    result = run("doctor", "--repair", "--yes")
    assert (result.exit_code, result.stdout) == (0, f"nothing is wrong: 0 sessions in {store.path}\n")
    assert not store.path.exists()


def test_findings_are_grouped_by_file_and_nothing_is_written(run: Run, store: Store, path: Path, home: Path) -> None:
    (store.path / "folder.json").mkdir()
    before = files(store.path) | files(home)
    result = run("doctor")
    assert result.exit_code == 1
    assert result.stdout.splitlines() == [
        "2026-11-15-checkout-errors.json",
        "  it cannot be read: Input data was truncated; it can be put together again, with 2 items from the file",
        "folder.json",
        "  it is a folder; give it another name, or move it out of the store",
        f"2 findings: 0 sessions in {store.path}; 1 can be repaired with: facilitator doctor --repair",
    ]
    assert files(store.path) | files(home) == before


def test_a_repair_says_what_it_did_and_where_the_file_is_kept(run: Run, store: Store, path: Path) -> None:
    broken = path.read_bytes()
    result = run("doctor", "--repair", "--yes")
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "2026-11-15-checkout-errors.json",
        "  repaired: it cannot be read: Input data was truncated",
        "  as it was: .facilitator/aside/2026-11-15-checkout-errors.json.1",
        f"1 finding repaired, nothing is wrong any more: 1 session in {store.path}",
    ]
    assert (store.path / ".facilitator" / "aside" / f"{path.name}.1").read_bytes() == broken
    assert [each.text for each in codec.loads(path.read_bytes()).parking_lot] == ["first", "(the text is lost)"]


def test_what_is_left_after_a_repair_counts(run: Run, store: Store, path: Path) -> None:
    (store.path / "folder.json").mkdir()
    result = run("doctor", "--repair", "--yes")
    assert result.exit_code == 1
    assert result.stdout.splitlines()[-1] == f"1 finding repaired, 1 finding left: 1 session in {store.path}"


def test_without_a_terminal_nobody_can_be_asked(run: Run, path: Path) -> None:
    broken = path.read_bytes()
    result = run("doctor", "--repair", stdin="y\n")
    assert result.exit_code == 2
    assert "add --yes" in result.stderr
    assert path.read_bytes() == broken


@pytest.mark.usefixtures("asked")
@pytest.mark.parametrize(("answer", "code", "repaired"), [("y\n", 0, True), ("n\n", 1, False), ("", 130, False)])
def test_on_a_terminal_one_is_asked(run: Run, path: Path, answer: str, code: int, repaired: bool) -> None:
    broken = path.read_bytes()
    result = run("doctor", "--repair", stdin=answer)
    assert result.exit_code == code
    assert "it can be put together again" in result.stdout
    assert "Repair 1 finding?" in result.stderr
    assert (path.read_bytes() != broken) is repaired


def test_a_repair_that_fails_is_said(run: Run, store: Store, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("facilitator.store.repairing.replace_file", refused)
    result = run("doctor", "--repair", "--yes")
    assert result.exit_code == 1
    assert "  not repaired: it cannot be read: Input data was truncated" in result.stdout.splitlines()
    assert f"  {path}: No space left on device" in result.stdout.splitlines()


def test_programs_get_json(run: Run, store: Store, path: Path) -> None:
    found = json.loads(run("doctor", "--json").stdout)
    assert (found["store"], found["sessions"], found["repairs"]) == (str(store.path), 0, [])
    assert found["findings"] == [
        {
            "file": path.name,
            "what": "it cannot be read: Input data was truncated",
            "advice": "it can be put together again, with 2 items from the file",
            "repairable": True,
        }
    ]
    done = json.loads(run("doctor", "--json", "--repair", "--yes").stdout)
    assert (done["sessions"], done["findings"]) == (1, [])
    assert done["repairs"] == [
        {
            "file": path.name,
            "what": ["it cannot be read: Input data was truncated"],
            "repaired": True,
            "failure": "",
            "aside": str(store.path / ".facilitator" / "aside" / f"{path.name}.1"),
        }
    ]


def test_hostile_text_never_commands_the_terminal(run: Run, store: Store, make: Make) -> None:
    session = make()
    raw = store.open(session.id).path.read_bytes()
    (store.path / "\x1b[2Jbad\x9b.json").write_text("{")
    (store.path / "\udcff.json").write_text("{")
    (store.path / "newer.json").write_bytes(raw.replace(b'"title"', b'"\\u001b[2J\\u009b": 1, "title"'))
    (store.path / ".\x1b[2J.json.0123456789ab.tmp").write_text("{")
    for arguments in ((), ("--json",), ("--repair", "--yes")):
        result = run("doctor", *arguments)
        assert result.exit_code == 1
        shown = (result.stdout + result.stderr).replace("\n", "")
        assert not [character for character in shown if not character.isprintable()]


def test_a_store_that_is_a_file_is_said(run: Run, store: Store) -> None:
    store.path.write_text("hello")
    result = run("doctor")
    assert result.exit_code == 2
    assert "is a file, not a folder" in result.stderr
