"""Programs that have one session open see each other, and nothing that anybody leaves in the folder does harm."""

import errno
import json
import os
import shutil
import signal
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from facilitator.model.text import one_line
from facilitator.store.presence import GONE_AFTER, MAX_NAME, STALE_AFTER, Person, Presence
from facilitator.store.store import Store
from tests.hostile import HOSTILE

ID = "01M7HT1AR0RXV1WP4PKXZDTJC1"
SECOND = 1_000_000_000
NAME = "0123456789abcdef.json"
RECORD: dict[str, Any] = {"who": "Mallory", "host": "elsewhere", "pid": 1, "since": "2026-11-15T14:00:00Z"}


@pytest.fixture
def store(tmp_path: Path) -> Path:
    store = tmp_path / "store"
    store.mkdir(0o700)
    return store


@pytest.fixture
def alice(store: Path) -> Presence:
    alice = Presence(store, ID, who="Alice", host="here")
    alice.enter()
    return alice


@pytest.fixture
def folder(store: Path, alice: Presence) -> Path:
    """The folder of the session, in which there is the file of Alice."""
    return store / ".facilitator" / "open" / ID


@pytest.fixture
def mine(folder: Path) -> Path:
    """The file of Alice."""
    return next(folder.iterdir())


def names(presence: Presence) -> list[str]:
    return [person.who for person in presence.others()]


def entered(store: Path, who: str, host: str = "elsewhere", pid: int | None = None) -> Presence:
    presence = Presence(store, ID, who=who, host=host, pid=pid)
    presence.enter()
    return presence


def leave_file(path: Path, content: object = RECORD) -> Path:
    path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
    return path


def record(**changes: object) -> dict[str, Any]:
    return RECORD | changes


def set_apart(path: Path, mine: Path, seconds: float) -> None:
    """Let a file have been touched so long before (or after) that of Alice."""
    moment = mine.stat().st_mtime_ns + int(seconds * SECOND)
    os.utime(path, ns=(moment, moment))


def test_two_programs_see_each_other_and_not_themselves(store: Path, alice: Presence) -> None:
    before = datetime.now(UTC)
    bob = entered(store, "Bob", "there")
    alice.beat()
    seen = alice.others()
    assert [(person.who, person.host) for person in seen] == [("Bob", "there")]
    assert before <= seen[0].since <= datetime.now(UTC)
    assert seen[0].since.tzinfo is UTC
    assert [(person.who, person.host) for person in bob.others()] == [("Alice", "here")]


def test_programs_of_one_person_on_one_computer_are_several_and_all_are_sorted(store: Path, alice: Presence) -> None:
    for who in ("carol", "Bob", "Alice", "Alice"):
        entered(store, who, "here")
    seen = alice.others()
    assert [person.who for person in seen] == ["Alice", "Alice", "Bob", "carol"]
    assert seen[0].since <= seen[1].since


def test_the_host_and_process_of_this_program_are_found(store: Path, alice: Presence) -> None:
    presence = Presence(store, ID, who="Bob")
    presence.enter()
    [bob] = alice.others()
    assert bob.host == one_line(os.uname().nodename)[:MAX_NAME]


def test_sessions_are_apart(store: Path, alice: Presence) -> None:
    other = Presence(store, "another", who="Bob")
    other.enter()
    assert alice.others() == other.others() == ()


def test_who_has_not_entered_is_not_seen_sees_nobody_and_writes_nothing(store: Path) -> None:
    presence = Presence(store, ID, who="Alice")
    presence.beat()
    presence.leave()
    assert presence.others() == ()
    assert list(store.iterdir()) == []


def test_who_left_is_gone_at_once_and_a_late_beat_changes_nothing(store: Path, alice: Presence, folder: Path) -> None:
    bob = entered(store, "Bob")
    bob.leave()
    bob.beat()
    assert alice.others() == bob.others() == ()
    assert len(list(folder.iterdir())) == 1
    bob.leave()
    bob.enter()
    assert (names(alice), names(bob)) == (["Bob"], ["Alice"])


def test_the_last_one_takes_the_folder_away(store: Path, alice: Presence, folder: Path) -> None:
    bob = entered(store, "Bob")
    alice.leave()
    assert folder.is_dir()
    bob.leave()
    assert not folder.exists()


def test_entering_twice_is_entering_once(store: Path, alice: Presence, folder: Path) -> None:
    bob = entered(store, "Bob")
    seen = alice.others()
    bob.enter()
    assert alice.others() == seen
    shutil.rmtree(folder)
    alice.beat()
    bob.beat()
    assert alice.others() == seen


@pytest.fixture
def killable(store: Path) -> Iterator["subprocess.Popen[str]"]:
    script = (
        "import sys; from pathlib import Path; from facilitator.store.presence import Presence; "
        "Presence(Path(sys.argv[1]), sys.argv[2], who='Bob', host='here').enter(); print('in', flush=True); "
        "sys.stdin.read()"
    )
    command = [sys.executable, "-c", script, str(store), ID]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        yield process
        process.kill()


def test_a_killed_program_on_the_same_computer_is_gone_at_once(
    alice: Presence, folder: Path, killable: "subprocess.Popen[str]"
) -> None:
    assert killable.stdout is not None
    assert killable.stdout.readline() == "in\n"
    assert names(alice) == ["Bob"]
    killable.send_signal(signal.SIGKILL)
    killable.wait()
    assert alice.others() == ()
    assert len(list(folder.iterdir())) == 2


def test_a_process_is_only_looked_for_on_its_own_computer(store: Path, alice: Presence, mine: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", ""]) as dead:
        pid = dead.pid
    entered(store, "Bob", "elsewhere", pid)
    entered(store, "Carol", "here", pid)
    # Another computer, or a container, of the same name.
    dave = json.loads(mine.read_bytes()) | {"who": "Dave", "pid": pid}
    leave_file(mine.with_name(NAME), dave | {"machine": "another"})
    assert names(alice) == ["Bob", "Dave"]
    leave_file(mine.with_name(NAME), dave)
    assert names(alice) == ["Bob"]


def test_a_process_of_somebody_else_runs(store: Path, alice: Presence, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "kill", refuse)
    entered(store, "Bob", "here")
    assert names(alice) == ["Bob"]


@pytest.mark.parametrize("sign", [-1, 1])
def test_a_program_elsewhere_is_gone_when_it_was_not_heard_of_for_long(alice: Presence, mine: Path, sign: int) -> None:
    """Or when its file stems from before the clock was set back."""
    theirs = leave_file(mine.with_name(NAME))
    set_apart(theirs, mine, sign * (GONE_AFTER - 1))
    assert names(alice) == ["Mallory"]
    set_apart(theirs, mine, sign * (GONE_AFTER + 1))
    assert names(alice) == []
    assert theirs.exists()


@pytest.mark.parametrize("sign", [-1, 1])
@pytest.mark.parametrize("content", [RECORD, b"garbage", b""])
def test_a_stale_file_is_removed_by_whoever_sees_it(alice: Presence, mine: Path, content: object, sign: int) -> None:
    stale = leave_file(mine.with_name(NAME), content)
    not_ours = leave_file(mine.with_name("notes.json"), content)
    set_apart(stale, mine, sign * (STALE_AFTER - 1))
    set_apart(not_ours, mine, sign * (STALE_AFTER + 1))
    assert alice.others() == ()
    assert stale.exists()
    set_apart(stale, mine, sign * (STALE_AFTER + 1))
    assert alice.others() == ()
    assert not stale.exists()
    assert not_ours.exists()


def test_a_program_that_was_silent_or_whose_file_was_removed_is_back_with_its_next_beat(
    store: Path, alice: Presence, mine: Path
) -> None:
    bob = entered(store, "Bob")
    [before] = alice.others()
    theirs = next(each for each in mine.parent.iterdir() if each != mine)
    for seconds in (GONE_AFTER + 1, STALE_AFTER + 1):
        set_apart(theirs, mine, -seconds)
        assert alice.others() == ()
        bob.beat()
        assert alice.others() == (before,)


def test_only_the_clock_of_the_file_system_counts(
    store: Path, alice: Presence, mine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A server whose clock is wrong by days, and is then set."""
    real = os.utime
    clock = [mine.stat().st_mtime_ns - 3 * 86_400 * SECOND]
    monkeypatch.setattr(os, "utime", lambda path, **_: real(path, ns=(clock[0], clock[0])))
    bob = entered(store, "Bob")
    for jump in (0, 5 * 86_400, -9 * 86_400, 3_600):
        clock[0] += jump * SECOND
        alice.beat()
        bob.beat()
        alice.beat()
        assert (names(alice), names(bob)) == (["Bob"], ["Alice"])


def link_to_record(path: Path) -> None:
    path.symlink_to(leave_file(path.parent.parent / "outside"))


@pytest.mark.parametrize(
    "make",
    [
        *(
            lambda path, content=content: leave_file(path, content)
            for content in (
                b"",
                b"\x00" * 100,
                b"\xff\xfe",
                b"[" * 4000,
                b'{"a":' * 800,
                b'{"who": "\\ud800", "host": "x", "pid": 1, "since": "2026-11-15T14:00:00Z"}',
                b"null",
                [RECORD],
                record(who=None),
                record(host=5),
                {"who": "Mallory"},
                record(since="2026-11-15T14:00:00"),
                record(since="0001-01-01T00:00:00+23:00"),
                record(since="yesterday"),
                *(record(pid=pid) for pid in (0, -1, 2**31, 2**70, 1.5, "1")),
            )
        ),
        Path.mkdir,
        os.mkfifo,
        link_to_record,
        lambda path: path.symlink_to(path),
        lambda path: path.symlink_to("/dev/zero"),
        lambda path: leave_file(path, record(more="x" * 5000)),
        lambda path: os.truncate(leave_file(path), 1 << 40),
    ],
)
def test_what_is_no_record_is_passed_over(
    store: Path, alice: Presence, folder: Path, make: Callable[[Path], Any]
) -> None:
    entered(store, "Bob")
    make(folder / NAME)
    assert names(alice) == ["Bob"]
    alice.beat()
    assert names(alice) == ["Bob"]
    assert os.path.lexists(folder / NAME)


def test_a_pipe_is_not_read(alice: Presence, folder: Path) -> None:
    os.mkfifo(folder / NAME)
    pipe = os.open(folder / NAME, os.O_RDWR)
    os.write(pipe, json.dumps(RECORD).encode())
    assert alice.others() == ()
    os.close(pipe)


@pytest.mark.parametrize("name", ["x.json", NAME.upper(), f".{NAME}", f"{NAME}.tmp", f"{NAME}\n", "0123456789abcdef"])
def test_files_with_other_names_are_not_read(alice: Presence, folder: Path, name: str) -> None:
    leave_file(folder / name)
    assert alice.others() == ()


def test_a_folder_full_of_files_is_not_read_to_its_end(alice: Presence, folder: Path) -> None:
    content = leave_file(folder / "content")
    for number in range(1000):
        os.link(content, folder / f"{number:016x}.json")
    assert 0 < len(alice.others()) <= 500


@pytest.mark.parametrize("text", HOSTILE)
def test_names_are_one_clean_line_of_bounded_length(store: Path, alice: Presence, folder: Path, text: str) -> None:
    entered(store, text, text)
    [person] = alice.others()
    expected = one_line(text)[:MAX_NAME].rstrip()
    assert person == Person(expected, expected, person.since)


def test_names_in_a_file_are_cleaned_too(alice: Presence, folder: Path) -> None:
    leave_file(folder / NAME, record(who="\x1b[31mMal\nlory\u202e", host="h" * 2000))
    [person] = alice.others()
    assert (person.who, person.host) == ("Mal lory", "h" * MAX_NAME)


@pytest.mark.parametrize("session_id", ["", ".", "..", "../x", "a/b", "a\\b", "a\0", "a\n", "ä", "a b", "x" * 65])
def test_an_id_that_could_lead_out_of_the_folder_is_refused(store: Path, session_id: str) -> None:
    with pytest.raises(ValueError, match="no id"):
        Presence(store, session_id, who="Alice")


def file_for_store(store: Path) -> None:
    store.rmdir()
    store.touch()


def file_for_folder(store: Path) -> None:
    (store / ".facilitator").touch()


def file_for_open(store: Path) -> None:
    (store / ".facilitator").mkdir()
    (store / ".facilitator" / "open").touch()


def link_for_session(store: Path) -> None:
    (store / ".facilitator" / "open").mkdir(parents=True)
    (store / ".facilitator" / "open" / ID).symlink_to(store)


@pytest.mark.parametrize("spoil", [Path.rmdir, file_for_store, file_for_folder, file_for_open, link_for_session])
def test_where_nothing_can_be_written_nobody_is_shown_and_nothing_raised(
    store: Path, spoil: Callable[[Path], None]
) -> None:
    spoil(store)
    before = sorted(store.parent.rglob("*"))
    presence = Presence(store, ID, who="Alice")
    presence.enter()
    presence.beat()
    assert presence.others() == ()
    assert sorted(store.parent.rglob("*")) == before
    presence.leave()
    assert sorted(store.parent.rglob("*")) == before


@pytest.mark.parametrize("refused", ["open", "mkdir", "utime", "scandir", "unlink"])
def test_a_file_system_that_becomes_read_only_shows_nobody(
    store: Path, alice: Presence, monkeypatch: pytest.MonkeyPatch, refused: str
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.EROFS, "Read-only file system")

    with monkeypatch.context() as patched:
        patched.setattr(os, refused, refuse)
        bob = entered(store, "Bob")
        bob.beat()
        alice.beat()
        for presence in (alice, bob):
            assert isinstance(presence.others(), tuple)
        if refused in {"utime", "scandir"}:
            assert alice.others() == ()
        if refused == "open":
            assert bob.others() == ()
        bob.leave()
    bob.enter()
    alice.beat()
    assert (names(alice), names(bob)) == (["Bob"], ["Alice"])


def test_a_full_disk_leaves_no_half_file(
    store: Path, alice: Presence, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.fdopen

    def full(descriptor: int, *arguments: Any) -> Any:
        with Path(os.devnull).open("rb") as reader:
            os.dup2(reader.fileno(), descriptor)
        return real(descriptor, *arguments)

    with monkeypatch.context() as patched:
        # What is opened for reading refuses what is written to it.
        patched.setattr(os, "fdopen", full)
        bob = entered(store, "Bob")
        assert bob.others() == ()
        assert len(list(folder.iterdir())) == 1
    bob.beat()
    assert (names(alice), names(bob)) == (["Bob"], ["Alice"])


@pytest.mark.parametrize("part", ["", ".facilitator", ".facilitator/open", f".facilitator/open/{ID}"])
def test_a_folder_that_is_removed_and_made_again_does_no_harm(store: Path, alice: Presence, part: str) -> None:
    bob = entered(store, "Bob")
    before = alice.others()
    shutil.rmtree(store / part)
    assert alice.others() == ()
    if part == "":
        alice.beat()
        assert alice.others() == ()
        assert not store.exists()
        store.mkdir()
    alice.beat()
    bob.beat()
    assert alice.others() == before
    assert names(bob) == ["Alice"]


@pytest.mark.parametrize(("shared", "file_mode"), [(0o700, 0o600), (0o770, 0o640), (0o755, 0o644)])
def test_the_files_are_as_private_as_the_store(store: Path, shared: int, file_mode: int) -> None:
    store.chmod(shared)
    entered(store, "Alice")
    folder = store / ".facilitator" / "open" / ID
    assert {stat.S_IMODE(each.stat().st_mode) for each in (folder, folder.parent, folder.parent.parent)} == {shared}
    assert {stat.S_IMODE(each.stat().st_mode) for each in folder.iterdir()} == {file_mode}


def test_a_link_in_the_place_of_the_own_file_is_not_followed(alice: Presence, mine: Path, tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.touch()
    os.utime(victim, ns=(1, 1))
    mine.unlink()
    mine.symlink_to(victim)
    alice.beat()
    assert victim.stat().st_mtime_ns == 1


def test_the_folder_of_the_store_stays_as_it_is(store: Path, alice: Presence) -> None:
    """Whoever watches it for new sessions is not woken."""
    os.utime(store, ns=(1, 1))
    bob = entered(store, "Bob")
    bob.beat()
    bob.leave()
    assert Store(store).stamp() == 1


def test_nothing_is_synced(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("fsync", "sync", "fdatasync"):
        monkeypatch.setattr(os, name, lambda *_: pytest.fail("something was synced"), raising=False)
    alice, bob = entered(store, "Alice"), entered(store, "Bob")
    alice.beat()
    assert names(alice) == ["Bob"]
    bob.leave()


def test_looking_keeps_nothing_open(store: Path, alice: Presence, folder: Path) -> None:
    entered(store, "Bob")
    (folder / NAME).mkdir()
    before = len([*Path("/dev/fd").iterdir()])
    for _ in range(5):
        alice.beat()
        alice.others()
    assert len([*Path("/dev/fd").iterdir()]) == before


def test_it_is_imported_without_what_is_slow() -> None:
    slow = ("textual", "rich", "asyncio", "socket", "subprocess", "filelock", "platformdirs")
    script = f"import sys, facilitator.store.presence; print([name for name in {slow} if name in sys.modules])"
    assert subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout == "[]\n"
