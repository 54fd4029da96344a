"""The site from the shell: what is made, what is left out and why, and what is refused."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import Result

from facilitator.model.session import Session, Status
from facilitator.store.store import Store

Run = Callable[..., Result]
Make = Callable[..., Session]


def test_a_site_is_made_and_what_is_left_out_is_named(run: Run, make: Make, tmp_path: Path) -> None:
    shown = make("Checkout errors", status=Status.FINAL, services=("checkout",))
    for number in range(25):
        make(f"Draft {number}", created=datetime(2026, 1, number + 1, tzinfo=UTC))
    out = tmp_path / "site"
    result = run("site", str(out), "--profile", "internal", "--title", "Ours", "--url", "https://example.com/p")
    assert (result.exit_code, result.stdout.count("\n")) == (0, 1)
    assert f"1 postmortem for the readers of internal in {out / 'index.html'}; " in result.stdout
    assert result.stderr.count("left out: 'Draft ") == 20
    assert "): it is a draft\n" in result.stderr
    assert "facilitator: and 5 more like these; --all names them\n" in result.stderr
    assert f"https://example.com/p/postmortem/{shown.id.lower()}.html" in (out / "feed.xml").read_text()
    assert "<h1>Ours</h1>" in (out / "index.html").read_text()
    again = run(
        "site", str(out), "--profile", "internal", "--title", "Ours", "--url", "https://example.com/p/", "--all"
    )
    assert again.stdout.endswith("; nothing had changed\n")
    assert again.stderr.count("left out: 'Draft ") == 25
    other = run("site", str(out), "--profile", "public")
    assert (other.exit_code, "for the readers of the profile 'internal', not 'public'" in other.stderr) == (2, True)


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("--profile", "pubic"), "did you mean 'public'?"),
        (("--profile", "public", "--url", "javascript:alert(1)"), "--url must be the address of the site"),
        ((), "Missing option '--profile'"),
        (("--profile", "public", "--store", "/nowhere"), "/nowhere does not exist; choose another store with --store"),
    ],
)
def test_what_cannot_be_made_is_said(run: Run, tmp_path: Path, args: tuple[str, ...], said: str) -> None:
    result = run("site", str(tmp_path / "site"), *args)
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr
    assert not (tmp_path / "site").exists()


def test_a_folder_of_somebody_else_is_left_alone(run: Run, store: Store, make: Make, home: Path) -> None:
    make("Checkout errors", status=Status.FINAL)
    (home / "thesis.txt").write_text("precious")
    result = run("site", str(home), "--profile", "internal")
    assert (result.exit_code, "is not empty, and no site of this program" in result.stderr) == (2, True)
    assert run("site", str(store.path), "--profile", "internal").exit_code == 2
    assert (home / "thesis.txt").read_text() == "precious"
