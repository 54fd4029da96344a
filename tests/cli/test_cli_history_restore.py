"""History and restore: what was changed, and back to how it was."""

import json
import os
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import CliRunner, Result

from facilitator.cli.commands import restore
from facilitator.cli.main import main
from facilitator.model import edits
from facilitator.model.changes import diff
from facilitator.model.moments import Moment, local
from facilitator.model.session import Entry, Parked, Session
from facilitator.store.history import state
from facilitator.store.ids import new_id
from facilitator.store.steps import Recorded, Turn
from facilitator.store.store import Store

Run = Callable[..., Result]
Make = Callable[..., Session]

NOW = datetime.now(UTC).replace(hour=15, minute=0, second=0, microsecond=0) - timedelta(days=1)
ENTRY = Entry(id="01ENTRY", at=Moment(NOW.replace(hour=14, minute=22)), text="alert")


@pytest.fixture
def alice(store: Store) -> Store:
    """The same store, as alice uses it."""
    return Store(store.path, who="alice")


def save(store: Store, session: Session, at: datetime, label: str, turn: Turn = Turn.DONE) -> Session:
    """Save a session as one step that was made at some time; return it."""
    opened = store.open(session.id)
    step = Recorded(id=new_id(), at=at, label=label, turn=turn, changes=diff(opened.session, session))
    saved = store.save(opened, session, [step])
    os.utime(saved.path, (at.timestamp(), at.timestamp()))
    return saved.session


@pytest.fixture
def edited(make: Make, alice: Store) -> Sequence[Session]:
    """A session after each of its edits, which were made yesterday at 15:00, 15:10, 15:20 and 15:30."""
    session = make("Checkout errors", zone="Europe/Paris", created=NOW - timedelta(days=1))
    path = alice.open(session.id).path
    os.utime(path, ((NOW - timedelta(minutes=10)).timestamp(),) * 2)
    found = [session]
    found.append(save(alice, edits.add(found[-1], ENTRY), NOW, "add an entry"))
    text = "burn rate alert fires"
    found.append(save(alice, edits.change(found[-1], ENTRY.id, text=text), NOW + timedelta(minutes=10), "change it"))
    parked = edits.add(found[-1], Parked(id="01PARKED", text="rewrite it"))
    found.append(save(alice, parked, NOW + timedelta(minutes=20), "park a topic"))
    long = " ".join(["It was slow."] * 30)
    changed = edits.set_field(edits.remove(found[-1], "01PARKED"), "summary", long)
    found.append(save(alice, changed, NOW + timedelta(minutes=30), "park a topic", Turn.UNDONE))
    return found


def at(minutes: int, seconds: int = 0) -> str:
    return f"{NOW + timedelta(minutes=minutes, seconds=seconds):%Y-%m-%d %H:%M:%S} UTC"


class TestHistory:
    def test_steps_are_listed_newest_first_with_who_what_and_the_words(self, run: Run, edited: list[Session]) -> None:
        result = run("history", edited[0].id[:20])
        assert (result.exit_code, result.stderr) == (0, "")
        heading, *lines = result.stdout.splitlines()
        assert heading == f"Checkout errors  ({edited[0].id}), times in Europe/Paris"
        steps = [line for line in lines if not line.startswith(" ")]
        assert [line.split("  ", 1)[1] for line in steps] == [
            "alice  undone: park a topic",
            "alice  park a topic",
            "alice  change it",
            "alice  add an entry",
            "begin of the history",
        ]
        assert steps[3].startswith(f"{local(NOW, 'Europe/Paris'):%Y-%m-%d %H:%M:%S}  alice")
        assert "    added parked topic: rewrite it" in lines
        assert "    deleted parked topic: rewrite it" in lines
        assert any(line.endswith("words: alert -> burn rate alert fires") for line in lines)
        assert any(line.startswith("    summary: nothing -> It was slow.") and len(line) < 100 for line in lines)

    def test_of_long_words_those_are_shown_that_changed(self, run: Run, edited: list[Session], alice: Store) -> None:
        words = edited[-1].summary.split()
        changed = " ".join([*words[:40], "never", *words[41:]])
        save(alice, edits.set_field(edited[-1], "summary", changed), datetime.now(UTC), "edit")
        assert "summary: ...slow. It was slow. It... -> ...slow. It never slow. It..." in run("history", "20").stdout

    @pytest.mark.parametrize(("item", "count"), [("01entry", 2), ("BURN  rate", 1), ("it was slow", 1), ("01PARK", 2)])
    def test_only_steps_about_an_item_are_listed(self, run: Run, edited: list[Session], item: str, count: int) -> None:
        result = run("history", edited[0].id, "--item", item, "--json")
        assert len(result.stdout.splitlines()) == count

    def test_a_limit_says_what_is_left_out(self, run: Run, edited: list[Session]) -> None:
        result = run("history", edited[0].id, "--limit", "2")
        assert len([line for line in result.stdout.splitlines() if line[:2] == "20"]) == 2
        assert result.stderr == "facilitator: and 3 older steps; show more with --limit 5\n"
        assert run("history", edited[0].id, "--limit", "0").exit_code == 2

    def test_json_has_the_whole_changes(self, run: Run, edited: list[Session]) -> None:
        found = [json.loads(line) for line in run("history", edited[0].id, "--json").stdout.splitlines()]
        newest, *_, second, first, begin = found
        assert (newest["turn"], newest["by"]) == ("undone", "alice")
        assert {each["list"] for each in newest["changes"]} == {"session", "parking_lot"}
        (change,) = second["changes"]
        assert (change["before"]["text"], change["after"]["text"]) == ("alert", "burn rate alert fires")
        assert first["changes"][0]["before"] is None
        assert first["at"] == f"{NOW:%Y-%m-%dT%H:%M:%S}Z"
        assert begin["state"]["title"] == "Checkout errors"

    def test_hostile_text_cannot_command_the_terminal(self, run: Run, make: Make, store: Store) -> None:
        session = make("Title")
        eve = Store(store.path, who="eve\x1b[2J")
        hostile = edits.add(session, Parked(id="01A", text="x\x1b]52;c;eA==\x07\u202ey\nz"))
        save(eve, hostile, NOW, "label\x1b[31m\nforged")
        result = run("history", session.id)
        assert not {"\x1b", "\x07", "\u202e"} & set(result.stdout)
        assert "eve  label forged\n    added parked topic: xy z\n" in result.stdout

    def test_a_session_that_was_never_edited_has_none(self, run: Run, make: Make) -> None:
        result = run("history", make("Title").id)
        assert (result.exit_code, result.stdout) == (1, "")
        assert "nothing is recorded yet for 'Title'" in result.stderr

    def test_an_item_that_nobody_changed_has_none(self, run: Run, edited: list[Session]) -> None:
        result = run("history", edited[0].id, "--item", "nobody wrote this")
        assert result.exit_code == 1
        assert "no step about 'nobody wrote this'" in result.stderr

    def test_an_unknown_id_is_an_error(self, run: Run) -> None:
        assert run("history", "zzz").exit_code == 2


class TestTrash:
    def test_the_trash_is_listed_with_how_to_restore(self, run: Run, make: Make) -> None:
        first, second = make("Checkout errors"), make("Disk full")
        for each in (first, second):
            run("delete", each.id, "--yes")
        result = run("restore")
        heading, *rows = result.stdout.splitlines()
        assert heading.split("  ")[0] == "ID"
        assert {row.split()[0] for row in rows} == {first.id, second.id}
        assert all(f"{datetime.now(UTC):%Y-%m}" in row for row in rows)
        assert ["2026-11-15-disk-full", "Disk", "full"] in [row.split()[-3:] for row in rows]
        assert "facilitator restore ID" in result.stderr

    def test_an_empty_trash_is_nothing_found(self, run: Run, make: Make) -> None:
        make()
        assert run("restore").exit_code == 1

    @pytest.mark.parametrize("by", ["id", "beginning", "file", "beginning of the file"])
    def test_a_session_comes_back(self, run: Run, make: Make, by: str, store: Store) -> None:
        session, other = make("Checkout errors"), make("Disk full")
        for each in (session, other):
            run("delete", each.id, "--yes")
        typed = {"id": session.id.lower(), "file": "2026-11-15-checkout-errors.json", "beginning": session.id}
        result = run("restore", typed.get(by, "2026-11-15-ch"))
        assert (result.exit_code, result.stdout) == (0, f"{session.id}\n")
        assert (
            result.stderr == f"facilitator: 'Checkout errors' is back in {store.path}/2026-11-15-checkout-errors.json\n"
        )
        assert run("show", session.id).exit_code == 0
        assert run("show", other.id).exit_code == 2

    def test_an_ambiguous_id_lists_the_matches(self, run: Run, make: Make, store: Store) -> None:
        session = make("Checkout errors")
        raw, path = store.open(session.id).path.read_bytes(), store.open(session.id).path
        run("delete", session.id, "--yes")
        path.write_bytes(raw)
        run("delete", session.id, "--yes")
        result = run("restore", session.id)
        assert result.exit_code == 2
        assert "2 deleted sessions" in result.stderr
        assert "2026-11-15-checkout-errors-2" in result.stderr
        assert run("restore", "2026-11-15-checkout-errors-2").exit_code == 0
        assert run("restore", "2026-11-15-checkout-errors").exit_code == 2

    def test_what_is_not_deleted_and_what_is_unknown_are_told_apart(self, run: Run, make: Make) -> None:
        session = make()
        assert f"{session.id} is not deleted" in run("restore", session.id).stderr
        result = run("restore", "zzz")
        assert result.exit_code == 2
        assert "no deleted session 'zzz'" in result.stderr

    def test_deleted_sessions_are_completed_and_then_those_in_the_store(
        self, run: Run, make: Make, store: Store
    ) -> None:
        first, second = make("Checkout errors"), make("Disk full")
        run("delete", first.id, "--yes")
        for typed, found in (("", "2026-11-15-checkout-errors"), ("2026-11-15-d", "2026-11-15-disk-full")):
            env = {
                "_FACILITATOR_COMPLETE": "bash_complete",
                "COMP_WORDS": f"facilitator restore {typed}",
                "COMP_CWORD": "2",
                "FACILITATOR_STORE": str(store.path),
            }
            assert CliRunner().invoke(main, [], env=env).stdout.split() == [f"plain,{found}"]
        assert second.id


class TestGoingBack:
    @pytest.mark.parametrize(("when", "number"), [(at(-5), 0), (at(0), 1), (at(5), 1), (at(10), 2), (at(25), 3)])
    def test_a_session_is_brought_to_the_state_that_it_had(
        self, run: Run, edited: list[Session], store: Store, when: str, number: int
    ) -> None:
        result = run("restore", edited[0].id, "--at", when, "--yes")
        assert (result.exit_code, result.stdout) == (0, f"{edited[0].id}\n")
        assert store.open(edited[0].id).session == edited[number]
        recorded = store.history(edited[0].id)
        assert len(recorded) == 6
        assert recorded[-1].label.startswith("go back to ")
        assert state(recorded[:-1]) == edited[-1]

    def test_what_was_brought_back_can_be_taken_back(self, run: Run, edited: list[Session], store: Store) -> None:
        run("restore", edited[0].id, "--at", at(10), "--yes")
        run("restore", edited[0].id, "--at", at(35), "--yes")
        assert store.open(edited[0].id).session == edited[-1]

    def test_it_is_said_how_much_is_changed(self, run: Run, edited: list[Session]) -> None:
        result = run("restore", edited[0].id, "--at", at(0), "--yes")
        assert result.stderr.endswith(": 1 item changed, fields of the session changed\n")
        assert "1 item added" in run("restore", edited[0].id, "--at", at(25), "--yes").stderr

    def test_a_time_is_read_in_the_zone_of_the_session(self, run: Run, edited: list[Session], store: Store) -> None:
        there = local(NOW + timedelta(minutes=12), "Europe/Paris")
        assert run("restore", edited[0].id, "--at", f"{there:%Y-%m-%d %H:%M}", "--yes").exit_code == 0
        assert store.open(edited[0].id).session == edited[2]

    def test_yesterday_is_counted_from_today(
        self, run: Run, edited: list[Session], store: Store, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(restore, "datetime", SimpleNamespace(now=lambda _: NOW + timedelta(days=1)))
        assert run("restore", edited[0].id, "--at", "yesterday 15:25 UTC", "--yes").exit_code == 0
        assert store.open(edited[0].id).session == edited[3]

    def test_what_is_so_already_changes_nothing(self, run: Run, edited: list[Session], store: Store) -> None:
        result = run("restore", edited[0].id, "--at", at(40), "--yes")
        assert (result.exit_code, result.stdout) == (0, "")
        assert "nothing changed" in result.stderr
        assert len(store.history(edited[0].id)) == 5

    def test_what_another_program_wrote_since_is_not_taken_for_the_state_before(
        self, run: Run, edited: list[Session], store: Store
    ) -> None:
        path = store.open(edited[0].id).path
        path.write_bytes(path.read_bytes().replace(b"Checkout errors", b"Checkout failures"))
        assert run("restore", edited[0].id, "--at", at(40), "--yes").exit_code == 0
        assert store.open(edited[0].id).session == edited[-1]
        assert run("restore", edited[0].id, "--at", at(10), "--yes").exit_code == 0
        assert "Checkout failures" in [each.title for each in map(state, prefixes(store, edited[0].id)) if each]

    @pytest.mark.parametrize(
        ("when", "message"),
        [
            ("2001-01-01 10:00", "does not reach back to 2001-01-01 10:00 Europe/Paris: it begins at 20"),
            (at(3 * 24 * 60), "is in the future"),
            ("yesterday", "At what time"),
            ("2026-01-01", "at what time of day"),
            ("soon", "When was it?"),
            ("", "When was it?"),
        ],
    )
    def test_a_time_that_cannot_be_used_is_explained(
        self, run: Run, edited: list[Session], store: Store, when: str, message: str
    ) -> None:
        result = run("restore", edited[0].id, "--at", when, "--yes")
        assert (result.exit_code, result.stdout) == (2, "")
        assert message in result.stderr
        assert store.open(edited[0].id).session == edited[-1]

    def test_a_session_without_a_history_cannot_go_back(self, run: Run, make: Make) -> None:
        result = run("restore", make("Title").id, "--at", "yesterday 10:00", "--yes")
        assert result.exit_code == 2
        assert "nothing is recorded for 'Title'" in result.stderr

    def test_a_deleted_session_is_to_be_brought_back_first(self, run: Run, edited: list[Session]) -> None:
        run("delete", edited[0].id, "--yes")
        assert "bring it back first" in run("restore", edited[0].id, "--at", at(0), "--yes").stderr
        assert run("restore", "--at", at(0)).exit_code == 2
        assert run("restore", "zzz", "--at", at(0)).exit_code == 2

    def test_a_session_that_can_only_be_read_stays_as_it_is(
        self, run: Run, edited: list[Session], store: Store, tmp_path: Path
    ) -> None:
        path = store.open(edited[0].id).path
        path.symlink_to(path.rename(tmp_path / "elsewhere.json"))
        assert "can only be read" in run("restore", edited[0].id, "--at", at(0), "--yes").stderr

    def test_without_a_terminal_nobody_can_be_asked(self, run: Run, edited: list[Session]) -> None:
        result = run("restore", edited[0].id, "--at", at(0))
        assert result.exit_code == 2
        assert "add --yes" in result.stderr

    @pytest.mark.parametrize(("answer", "code", "number"), [("y\n", 0, 1), ("n\n", 1, 4), ("", 130, 4)])
    def test_on_a_terminal_one_is_asked(
        self,
        run: Run,
        edited: list[Session],
        store: Store,
        monkeypatch: pytest.MonkeyPatch,
        answer: str,
        code: int,
        number: int,
    ) -> None:
        monkeypatch.setattr(restore, "sys", SimpleNamespace(stdin=SimpleNamespace(isatty=lambda: True)))
        result = run("restore", edited[0].id, "--at", at(5), stdin=answer)
        assert result.exit_code == code
        assert "Bring 'Checkout errors'" in result.stderr
        assert store.open(edited[0].id).session == edited[number]


def prefixes(store: Store, session_id: str) -> list[tuple[Recorded, ...]]:
    recorded = store.history(session_id)
    return [recorded[: number + 1] for number in range(len(recorded))]
