"""The merge driver, as git calls it: in a merge, in a rebase, and with files that it must leave to the user."""

import json
import os
import shlex
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from facilitator.model import edits
from facilitator.model.session import Action, Parked, Session
from facilitator.store import codec
from tests.editing import EMPTY

Run = Callable[..., Result]

ROOT = Path(__file__).parents[2]
PROGRAM = "from facilitator.cli.main import main; main()"
DRIVER = f"{shlex.quote(sys.executable)} -c {shlex.quote(PROGRAM)} merge-driver %O %A %B --path %P"
BASE = edits.add(edits.add(EMPTY, Parked(id="P", text="deploy tool")), Action(id="A", text="add an alert"))


class Repository:
    """A git repository in a folder of its own, with the driver set up and a session on the branch main."""

    def __init__(self, folder: Path, base: Session | None = BASE) -> None:
        folder.mkdir()
        self.folder = folder
        self.file = folder / "checkout errors.json"
        self.git("init", "-q", "-b", "main")
        self.git("config", "merge.facilitator.driver", DRIVER)
        (folder / ".gitattributes").write_text("*.json merge=facilitator\n")
        if base is not None:
            self.file.write_bytes(codec.dumps(base))
        self.commit("begin")

    def git(self, *args: str, fails: bool = False) -> str:
        env = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
        env |= {"GIT_CONFIG_NOSYSTEM": "1", "GIT_EDITOR": "true", "PYTHONPATH": str(ROOT), "LC_ALL": "C"}
        for who in ("AUTHOR", "COMMITTER"):
            env |= {f"GIT_{who}_NAME": "Maren", f"GIT_{who}_EMAIL": "maren@example.com"}
        ended = subprocess.run(
            ["git", *args], cwd=self.folder, env=env, capture_output=True, text=True, timeout=60, check=False
        )
        assert (ended.returncode != 0) is fails, ended.stdout + ended.stderr
        return ended.stdout + ended.stderr

    def commit(self, message: str) -> None:
        self.git("add", "-A")
        self.git("commit", "-q", "-m", message)

    def write(self, branch: str, session: Session | bytes) -> None:
        """Put a version of the session on a new branch that begins at main's first commit."""
        first = self.git("rev-list", "--max-parents=0", "main").strip()
        self.git("checkout", "-q", "-b", branch, first)
        self.file.write_bytes(session if isinstance(session, bytes) else codec.dumps(session))
        self.commit(branch)

    @property
    def session(self) -> Session:
        return codec.loads(self.file.read_bytes())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    if shutil.which("git") is None:
        pytest.skip("git is not installed")
    return tmp_path / "repository"


def test_git_merges_two_versions_of_a_session(folder: Path):
    repository = Repository(folder)
    repository.write("mine", edits.change(BASE, "A", owner="alice"))
    repository.write("theirs", edits.set_field(edits.change(BASE, "A", ticket="ENG-1"), "title", "Search"))
    repository.git("merge", "mine", "-m", "merged")
    merged = repository.session
    assert (merged.title, merged.actions[0].owner, merged.actions[0].ticket) == ("Search", "alice", "ENG-1")
    assert merged.conflicts == ()
    assert repository.git("status", "--porcelain") == ""


def test_a_field_that_both_changed_is_kept_twice_and_named(folder: Path):
    repository = Repository(folder)
    repository.write("mine", edits.change(BASE, "P", text="rewrite the tool"))
    repository.write("theirs", edits.set_field(edits.change(BASE, "P", text="buy one"), "summary", "Slow."))
    said = repository.git("merge", "mine", "-m", "merged")
    assert "checkout errors.json: 'words' of parked topic 'rewrite the tool' was changed on both sides" in said
    merged = repository.session
    assert (merged.parking_lot[0].text, merged.conflicts[0].other) == ("rewrite the tool", "buy one")
    assert repository.git("status", "--porcelain") == ""


def test_git_rebases_edit_by_edit(folder: Path):
    repository = Repository(folder)
    repository.write("theirs", edits.change(BASE, "P", text="rewrite the tool"))
    repository.write("mine", edits.set_field(BASE, "title", "Search"))
    for number in range(3):
        added = edits.add(repository.session, Parked(id=f"P{number}", text=f"topic {number}"))
        repository.file.write_bytes(codec.dumps(added))
        repository.commit(f"edit {number}")
    repository.git("rebase", "theirs")
    merged = repository.session
    assert (merged.title, merged.conflicts) == ("Search", ())
    assert [item.text for item in merged.parking_lot] == ["rewrite the tool", "topic 0", "topic 1", "topic 2"]


def test_a_session_that_both_added_is_merged_without_a_base(folder: Path):
    repository = Repository(folder, None)
    repository.write("mine", edits.set_field(BASE, "summary", "Errors in checkout."))
    repository.write("theirs", edits.remove(edits.change(BASE, "A", text="a test"), "P"))
    repository.git("merge", "mine", "-m", "merged")
    merged = repository.session
    assert (merged.summary, merged.parking_lot) == ("Errors in checkout.", BASE.parking_lot)
    assert {merged.actions[0].text, merged.conflicts[0].other} == {"add an alert", "a test"}


def newer() -> bytes:
    tables = codec.encode(edits.set_field(BASE, "title", "Search"))
    tables["format"]["facilitator"]["number"] = codec.FORMAT + 1
    return json.dumps(tables).encode()


def with_an_unknown_field() -> bytes:
    tables = codec.encode(edits.set_field(BASE, "title", "Search"))
    tables["actions"]["A"]["mood"] = "good"
    return json.dumps(tables).encode()


REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "broken": (lambda: b'{"format": {', "cannot be read as a session"),
    "markers": (lambda: b"<<<<<<< ours\n" + codec.dumps(BASE), "cannot be read as a session"),
    "newer": (newer, "update facilitator"),
    "unknown": (with_an_unknown_field, "would drop: actions.A.mood"),
    "another": (lambda: codec.dumps(Session(id="T", title="Search", created=BASE.created)), "two sessions"),
}


@pytest.mark.parametrize("name", REFUSED)
@pytest.mark.parametrize("side", ["ours", "theirs"])
def test_what_cannot_be_merged_is_left_to_the_user(folder: Path, name: str, side: str):
    make, reason = REFUSED[name]
    good = edits.set_field(BASE, "summary", "Errors.")
    repository = Repository(folder)
    repository.write("theirs", make() if side == "theirs" else good)
    repository.write("ours", make() if side == "ours" else good)
    ours = repository.file.read_bytes()
    said = repository.git("merge", "theirs", "-m", "merged", fails=True)
    assert reason in said
    assert "CONFLICT" in said
    assert repository.file.read_bytes() == ours
    repository.git("merge", "--abort")


def files(folder: Path, *versions: Session | bytes) -> list[str]:
    paths = [folder / f"{name}.tmp" for name in ("base", "ours", "theirs")]
    for path, version in zip(paths, versions, strict=True):
        path.write_bytes(version if isinstance(version, bytes) else codec.dumps(version))
    return [str(path) for path in paths]


def test_the_file_keeps_its_mode_and_only_ours_is_written(run: Run, tmp_path: Path):
    mine, theirs = edits.set_field(BASE, "title", "Search"), edits.set_field(BASE, "summary", "Slow.")
    paths = [Path(path) for path in files(tmp_path, BASE, mine, theirs)]
    paths[1].chmod(0o640)
    result = run("merge-driver", *map(str, paths))
    assert (result.exit_code, result.output) == (0, "")
    assert stat.S_IMODE(paths[1].stat().st_mode) == 0o640
    assert codec.loads(paths[1].read_bytes()) == edits.set_field(mine, "summary", "Slow.")
    assert [path.read_bytes() for path in (paths[0], paths[2])] == [codec.dumps(BASE), codec.dumps(theirs)]


def test_a_version_that_the_other_one_adds_nothing_to_is_left_as_it_is_written(run: Run, tmp_path: Path):
    raw = json.dumps(codec.encode(edits.set_field(BASE, "title", "Search"))).encode()
    paths = files(tmp_path, BASE, raw, BASE)
    assert run("merge-driver", *paths).exit_code == 0
    assert Path(paths[1]).read_bytes() == raw


@pytest.mark.parametrize("missing", [0, 1, 2])
def test_a_missing_base_is_none_and_a_missing_version_is_said(run: Run, tmp_path: Path, missing: int):
    paths = files(tmp_path, BASE, edits.set_field(BASE, "title", "Search"), edits.set_field(BASE, "cause", "code"))
    Path(paths[missing]).unlink()
    result = run("merge-driver", *paths, "--path", "checkout.json")
    assert result.exit_code == (1 if missing else 0)
    if missing:
        assert f"checkout.json ({('', 'ours', 'theirs')[missing]}) cannot be read: No such file" in result.output
    else:
        merged = codec.loads(Path(paths[1]).read_bytes())
        assert (merged.cause, {merged.title, *(each.other for each in merged.conflicts)}) == (
            "code",
            {"Search", BASE.title},
        )


@pytest.mark.parametrize(
    ("base", "reason"),
    [(b"{", "cannot be read as a session"), (codec.dumps(Session(id="T", title="x", created=BASE.created)), "another")],
)
def test_a_base_that_makes_no_sense_is_said(run: Run, tmp_path: Path, base: bytes, reason: str):
    mine, theirs = edits.set_field(BASE, "title", "Search"), edits.set_field(BASE, "summary", "Slow.")
    paths = files(tmp_path, base, mine, theirs)
    result = run("merge-driver", *paths)
    assert (result.exit_code, reason in result.output) == (1, True)
    assert Path(paths[1]).read_bytes() == codec.dumps(mine)


def test_a_conflict_that_was_there_before_is_not_named_again(run: Run, tmp_path: Path):
    mine: Any = edits.change(BASE, "P", text="rewrite the tool")
    paths = files(tmp_path, BASE, mine, edits.change(BASE, "P", text="buy one"))
    assert run("merge-driver", *paths).output.count("was changed on both sides") == 1
    Path(paths[2]).write_bytes(codec.dumps(edits.change(BASE, "P", text="buy one")))
    assert run("merge-driver", *paths).output == ""
