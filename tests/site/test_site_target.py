"""The folder of a site: what may stand there, what stays, and what becomes of a run that fails."""

import os
from pathlib import Path

import pytest

from facilitator.site.errors import SiteError
from facilitator.site.target import MARKER, check, marker, put

FILES: dict[str, bytes | Path] = {
    MARKER: marker("public"),
    "index.html": b"index",
    "_static/site.css": b"css",
    "service/a.html": b"service",
    "postmortem/one.html": b"one",
    "postmortem/one/whys.svg": b"<svg/>",
}


def state(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def stamps(folder: Path) -> dict[str, tuple[int, int]]:
    return {name: ((folder / name).stat().st_ino, (folder / name).stat().st_mtime_ns) for name in state(folder)}


@pytest.fixture
def out(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    assert put(folder, FILES) == len(FILES)
    return folder


def test_a_new_site_comes_whole_and_for_everybody_to_read(out: Path) -> None:
    assert state(out) == FILES
    assert [each.name for each in out.parent.iterdir()] == ["site"]
    mask = os.umask(0)
    os.umask(mask)
    assert out.stat().st_mode & 0o777 == 0o777 & ~mask
    assert (out / "index.html").stat().st_mode & 0o777 == 0o666 & ~mask


def test_files_that_are_as_they_were_are_not_touched(out: Path) -> None:
    before = stamps(out)
    assert put(out, FILES) == 0
    assert put(out, {**FILES, "index.html": b"other"}) == 1
    touched = [name for name, stamp in stamps(out).items() if stamp != before[name]]
    assert touched == ["index.html"]
    assert state(out)["index.html"] == b"other"


def test_pages_that_are_gone_disappear_and_files_of_others_stay(out: Path) -> None:
    (out / "CNAME").write_text("example.com")
    (out / "postmortem" / "notes.txt").write_text("mine")
    (out / "postmortem" / "old").mkdir()
    (out / "postmortem" / "old" / "whys.svg").write_text("old")
    (out / "tag").mkdir()
    (out / "tag" / "old.html").write_text("old")
    kept = {name: content for name, content in FILES.items() if "one" not in name}
    assert put(out, kept) == 4
    assert state(out) == {**kept, "CNAME": b"example.com", "postmortem/notes.txt": b"mine"}
    assert not (out / "postmortem" / "one").exists()


def test_what_is_no_site_of_ours_is_refused(tmp_path: Path, out: Path) -> None:
    check(out, "public")
    check(tmp_path / "new", "public")
    (tmp_path / "empty").mkdir()
    check(tmp_path / "empty", "public")
    foreign = tmp_path / "foreign"
    foreign.mkdir()
    (foreign / "thesis.txt").write_text("x")
    file = tmp_path / "file"
    file.write_text("x")
    for path, profile, said in (
        (foreign, "public", "no site of this program"),
        (file, "public", "is no folder"),
        (tmp_path / "no" / "site", "public", "does not exist"),
        (out, "internal", "for the readers of the profile 'public', not 'internal'"),
    ):
        with pytest.raises(SiteError, match=said):
            check(path, profile)
    (out / MARKER).write_text("[" * 5000)
    with pytest.raises(SiteError, match="no site of this program"):
        check(out, "public")


def test_a_run_that_fails_before_the_end_leaves_the_old_site(tmp_path: Path, out: Path) -> None:
    gone = tmp_path / "gone"
    for name in ("index.html", "postmortem/new.html"):
        with pytest.raises(SiteError, match=r"the site in .* is as it was"):
            put(out, {**FILES, "service/a.html": b"new", name: gone})
        assert state(out) == FILES
    with pytest.raises(SiteError, match="is as it was"):
        put(tmp_path / "fresh", {**FILES, "index.html": gone})
    assert sorted(each.name for each in tmp_path.iterdir()) == ["site"]


def test_what_a_run_left_over_that_was_killed_is_cleared_away(tmp_path: Path, out: Path) -> None:
    for left in (out / ".facilitator-new-abcdefgh", tmp_path / ".facilitator-new-fresh-abcdefgh"):
        left.mkdir()
        (left / "index.html").write_text("half")
    put(out, FILES)
    put(tmp_path / "fresh", FILES)
    assert state(out) == state(tmp_path / "fresh") == FILES
    assert sorted(each.name for each in tmp_path.iterdir()) == ["fresh", "site"]


def test_no_link_leads_out_of_the_site(tmp_path: Path, out: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "precious.html").write_text("x")
    (out / "tag").symlink_to(elsewhere)
    with pytest.raises(SiteError, match="is a link and no folder"):
        put(out, {**FILES, "tag/x.html": b"x"})
    (out / "tag").unlink()
    (out / "index.html").unlink()
    (out / "index.html").symlink_to(elsewhere / "precious.html")
    put(out, FILES)
    assert not (out / "index.html").is_symlink()
    assert state(elsewhere) == {"precious.html": b"x"}


def test_a_folder_in_the_place_of_a_page_is_told(out: Path) -> None:
    (out / "postmortem" / "two.html").mkdir()
    with pytest.raises(SiteError, match=r"two\.html"):
        put(out, {**FILES, "postmortem/two.html": b"two"})
    assert state(out) == FILES
