"""Export: the document on stdout or in a file, whole or not at all."""

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from facilitator.documents.formats import file_name, render
from facilitator.model.session import Factor, Session, Why

Run = Callable[..., Result]
Make = Callable[..., Session]


@pytest.mark.parametrize("name", ["markdown", "google-sre", "json", "pack"])
def test_a_document_goes_to_stdout(run: Run, make: Make, name: str) -> None:
    session = make("Störung — 日本", summary="Ünïcode")
    result = run("export", session.id, "--format", name)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout_bytes == render(session, name).encode()


def test_markdown_is_what_one_gets_unasked(run: Run, make: Make) -> None:
    session = make()
    assert run("export", session.id).stdout == run("export", session.id, "-f", "markdown", "-o", "-").stdout


def test_json_can_be_parsed(run: Run, make: Make) -> None:
    assert json.loads(run("export", make("A").id, "-f", "json").stdout)["title"] == "A"


def test_a_key_in_a_session_is_told_on_stderr_and_exported_all_the_same(run: Run, make: Make, tmp_path: Path) -> None:
    secret = "ghp_" + "a8Kz" * 9
    session = make("A", summary=f"the token {secret} was in the log")
    result = run("export", session.id)
    assert (result.exit_code, result.stdout) == (0, render(session, "markdown"))
    assert result.stderr == (
        "facilitator: warning: the session holds what looks like a GitHub token, in the summary; "
        f"facilitator check {session.id} tells where\n"
    )
    written = run("export", session.id, "-o", str(tmp_path / "out.md"), "--pictures", str(tmp_path / "pictures"))
    assert written.exit_code == 0
    assert "a GitHub token" in written.stderr
    assert secret not in written.stderr


def test_an_unknown_format_is_named_with_the_nearest(run: Run, make: Make) -> None:
    result = run("export", make().id, "-f", "markdwn")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("facilitator: no format is called 'markdwn'; did you mean 'markdown'?")


def test_a_file_is_written_and_said(run: Run, make: Make, tmp_path: Path) -> None:
    session, path = make("Ä"), tmp_path / "out.md"
    path.write_text("old")
    path.chmod(0o640)
    result = run("export", session.id, "-o", str(path))
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", f"facilitator: written to {path}\n")
    assert path.read_bytes() == render(session, "markdown").encode()
    assert path.stat().st_mode & 0o777 == 0o640
    assert sorted(each.name for each in tmp_path.iterdir()) == ["home", "out.md", "store"]


def test_a_new_file_can_be_read_like_any_other(run: Run, make: Make, tmp_path: Path) -> None:
    run("export", make().id, "-o", str(tmp_path / "out.md"))
    (tmp_path / "plain").touch()
    assert (tmp_path / "out.md").stat().st_mode == (tmp_path / "plain").stat().st_mode


@pytest.mark.parametrize("ending", ["", "/"])
def test_in_a_folder_the_file_gets_a_name(run: Run, make: Make, tmp_path: Path, ending: str) -> None:
    session = make("Checkout errors")
    (tmp_path / "docs").mkdir()
    result = run("export", session.id, "-f", "google-sre", "-o", f"{tmp_path}/docs{ending}")
    assert result.exit_code == 0
    assert [each.name for each in (tmp_path / "docs").iterdir()] == [file_name(session, "google-sre")]


@pytest.mark.parametrize("target", ["nowhere/out.md", "nowhere/"])
def test_a_missing_folder_is_said_and_not_made(run: Run, make: Make, tmp_path: Path, target: str) -> None:
    result = run("export", make().id, "-o", f"{tmp_path}/{target}")
    assert result.exit_code == 2
    assert f"the folder {tmp_path}/nowhere does not exist" in result.stderr
    assert not (tmp_path / "nowhere").exists()


def test_a_full_disk_leaves_the_old_file(run: Run, make: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    session, path = make(), tmp_path / "out.md"
    path.write_text("old")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    result = run("export", session.id, "-o", str(path))
    assert (result.exit_code, result.stderr) == (
        2,
        f"facilitator: {path}: No space left on device; nothing was written\n",
    )
    assert path.read_text() == "old"


def test_a_device_stays_a_device(run: Run, make: Make) -> None:
    assert run("export", make().id, "-o", os.devnull).exit_code == 0
    assert Path(os.devnull).is_char_device()


def test_a_link_stays_a_link(run: Run, make: Make, tmp_path: Path) -> None:
    (tmp_path / "real.md").write_text("old")
    (tmp_path / "link.md").symlink_to(tmp_path / "real.md")
    run("export", make().id, "-o", str(tmp_path / "link.md"))
    assert (tmp_path / "link.md").is_symlink()
    assert (tmp_path / "real.md").read_text().startswith("# ")


def _drawn(make: Make) -> Session:
    """A session with answers and factors, so that there are three pictures."""
    whys = (Why(id="top", text="down"), Why(id="a", parent="top", text="a crash"))
    return make("Down", whys=whys, factors=(Factor(id="f", text="a crash", whys=("a",)),))


PICTURES = ["fault-tree.svg", "fishbone.svg", "whys.svg"]


def test_pictures_are_written_counted_and_shown(run: Run, make: Make, tmp_path: Path) -> None:
    session, path, folder = _drawn(make), tmp_path / "out.md", tmp_path / "deep" / "pictures"
    result = run("export", session.id, "-o", str(path), "--pictures", str(folder))
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == f"facilitator: written to {path}, with 3 pictures in {folder}\n"
    assert sorted(each.name for each in folder.iterdir()) == PICTURES
    assert all(f"](deep/pictures/{name})" in path.read_text() for name in PICTURES)


def test_pictures_that_were_there_are_told(run: Run, make: Make, tmp_path: Path) -> None:
    session, folder = _drawn(make), tmp_path / "pictures"
    folder.mkdir()
    (folder / "whys.svg").write_text("old")
    (folder / "other.svg").write_text("mine")
    result = run("export", session.id, "--pictures", str(folder))
    assert result.stderr == f"facilitator: written: 3 pictures in {folder} (1 replaced)\n"
    assert result.stdout.startswith("# Down")
    assert (folder / "whys.svg").read_text().startswith("<svg")
    assert (folder / "other.svg").read_text() == "mine"


def test_when_one_file_cannot_be_written_none_is(
    run: Run, make: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session, path, folder = _drawn(make), tmp_path / "out.md", tmp_path / "deep" / "pictures"
    synced, calls = os.fsync, []

    def full(descriptor: int) -> None:
        calls.append(descriptor)
        if len(calls) == 3:
            raise OSError(28, "No space left on device")
        synced(descriptor)

    monkeypatch.setattr(os, "fsync", full)
    result = run("export", session.id, "-o", str(path), "--pictures", str(folder))
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.endswith(": No space left on device; nothing was written\n")
    assert sorted(each.name for each in tmp_path.iterdir()) == ["home", "store"]


def test_a_folder_where_a_picture_belongs_is_said(run: Run, make: Make, tmp_path: Path) -> None:
    session, path, folder = _drawn(make), tmp_path / "out.md", tmp_path / "pictures"
    (folder / "fishbone.svg").mkdir(parents=True)
    result = run("export", session.id, "-o", str(path), "--pictures", str(folder))
    assert result.exit_code == 2
    assert result.stderr == f"facilitator: {folder}/fishbone.svg: Is a directory; nothing was written\n"
    assert [each.name for each in folder.iterdir()] == ["fishbone.svg"]
    assert not path.exists()


def test_what_was_written_is_named_when_it_fails_in_the_last_moment(
    run: Run, make: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session, path, folder = _drawn(make), tmp_path / "out.md", tmp_path / "pictures"
    moved = Path.replace

    def refused(source: Path, target: Path) -> Path:
        if target == path:
            raise OSError(1, "Operation not permitted")
        return moved(source, target)

    monkeypatch.setattr(Path, "replace", refused)
    result = run("export", session.id, "-o", str(path), "--pictures", str(folder))
    named = ", ".join(f"{folder}/{name}" for name in ("whys.svg", "fishbone.svg", "fault-tree.svg"))
    outcome = f"written: {named}; not written: {path}"
    assert result.stderr == f"facilitator: {path}: Operation not permitted; {outcome}\n"
    assert sorted(each.name for each in folder.iterdir()) == PICTURES
    assert sorted(each.name for each in tmp_path.iterdir()) == ["home", "pictures", "store"]
