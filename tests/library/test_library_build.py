"""An index is built of many files by two processes, and whatever happens meanwhile it holds what the files say."""

import sys
from io import BytesIO
from pathlib import Path
from threading import Barrier, Thread

import pytest

from facilitator.library import batches, reading
from facilitator.library.search import Library
from tests.library.asking import a_session, asked, write

MANY = 23


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "store"
    for number in range(MANY):
        write(path, a_session(number, title=f"Trouble {number}", tags=("even",) if number % 2 == 0 else ()))
    write(path, a_session(3, title="Trouble 3"), "S3 (copy).json")
    (path / "broken.json").write_bytes(b'{"format"')
    return path


@pytest.fixture
def many(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a few files count as many."""
    monkeypatch.setattr(batches, "_SIZE", 4)
    monkeypatch.setattr(batches, "_WORTH_A_PROCESS", MANY)


def found(folder: Path, line: str = "trouble", cache: str = "cache") -> list[tuple[str, str, float]]:
    """Return what the index says, which must be there."""
    library = Library(folder, cache=folder.parent / cache)
    assert library.refresh()
    answer = library.find(asked(line))
    library.close()
    assert answer.indexed
    return [(each.id, each.file, each.score) for each in answer.hits]


def test_two_processes_build_what_one_builds(folder: Path, monkeypatch: pytest.MonkeyPatch, many: None) -> None:
    with monkeypatch.context() as here:
        here.setattr(batches, "_read", lambda *_: pytest.fail("this process reads"))
        together = found(folder)
    monkeypatch.setattr(batches, "_WORTH_A_PROCESS", 1_000)
    assert together == found(folder, cache="other")
    assert len(together) == MANY
    assert {each for each, _, _ in found(folder, "tag:even")} == {f"S{number}" for number in range(0, MANY, 2)}


@pytest.mark.parametrize("program", ["/no/such/program", "/bin/false", "/bin/cat"])
def test_without_another_process_this_one_reads(
    folder: Path, monkeypatch: pytest.MonkeyPatch, many: None, program: str
) -> None:
    monkeypatch.setattr(sys, "executable", program)
    assert len(found(folder)) == MANY


def test_where_the_other_process_ends_this_one_goes_on(
    folder: Path, monkeypatch: pytest.MonkeyPatch, many: None
) -> None:
    received = batches._received
    answers = iter((True, False))

    def cut(stream, kind):
        return received(stream, kind) if next(answers) else received(BytesIO(), kind)

    monkeypatch.setattr(batches, "_received", cut)
    assert len(found(folder)) == MANY


def test_files_that_vanish_break_and_change_while_they_are_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read = reading.read

    def late(store: Path, name: str) -> reading.Read | None:
        if name == "S0.json":
            (store / "S1.json").unlink(missing_ok=True)
            (store / "S2.json").write_bytes(b"[")
            write(store, a_session(4, title="Another"))
        return read(store, name)

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(batches, "read", late)
        first = {each for each, _, _ in found(folder)}
    expected = {f"S{number}" for number in range(MANY)} - {"S1", "S2", "S4"}
    assert first == expected
    assert {each for each, _, _ in found(folder)} == expected
    write(folder, a_session(2, title="Trouble again"))
    assert {each for each, _, _ in found(folder)} == expected | {"S2"}


def test_a_build_that_is_stopped_leaves_nothing(folder: Path, many: None) -> None:
    def stop(done: int, _of: int) -> None:
        if done > 8:
            raise KeyboardInterrupt

    library = Library(folder, cache=folder.parent / "cache")
    with pytest.raises(KeyboardInterrupt):
        library.refresh(told=stop)
    assert [path.suffix for path in (folder.parent / "cache" / "library").iterdir() if path.suffix] == []
    assert len(found(folder)) == MANY


def test_two_programs_that_build_at_once_agree(folder: Path) -> None:
    together = Barrier(2)
    told: list[bool] = []

    def build() -> None:
        library = Library(folder, cache=folder.parent / "cache")
        together.wait()
        told.append(library.reindex())
        answer = library.find(asked("trouble"), ready=told[-1])
        told.append(len(answer.hits) == MANY)
        library.close()

    threads = [Thread(target=build) for _ in range(2)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert told.count(True) >= 3  # one has built; the other did too, or read the files
    assert len(found(folder)) == MANY
