"""Templates and formats in the shell: what is listed, what is written, what is refused."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from facilitator.model.session import Session

Run = Callable[..., Result]
Make = Callable[..., Session]


def test_templates_are_listed_with_where_ones_own_belong(run: Run) -> None:
    listed = run("templates").stdout
    assert [line.split()[:2] for line in listed.split("\n")[1:4]] == [
        ["customer-notice", ".html"],
        ["one-page", ".md"],
        ["summary-mail", ".txt"],
    ]
    assert "templates" in listed.rstrip().rpartition("\n")[2]


def test_a_template_is_printed_and_filled_in_from_a_file(run: Run, make: Make, tmp_path: Path) -> None:
    source = run("templates", "one-page").stdout
    assert source.startswith("# {{ title }}\n")
    mine = tmp_path / "mine.md"
    mine.write_text(source)
    session = make("A *b*")
    result = run("export", session.id, "--template", str(mine), "-o", f"{tmp_path}/")
    assert result.exit_code == 0
    (written,) = tmp_path.glob("*.mine.md")
    assert written.read_text().startswith("# A \\*b\\*\n")
    assert written.read_text() == run("export", session.id, "--template", "one-page").stdout


def test_variables_are_listed(run: Run) -> None:
    assert "actions[].owner" in run("templates", "--variables").stdout


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (("--template", "onepage"), "did you mean 'one-page'?"),
        (("--template", "one-page", "--format", "html"), "--template takes the place of --format"),
        (("--template", "one-page", "--no-diagrams"), "go with --format markdown"),
        (("--format", "htm"), "did you mean 'html'?"),
    ],
)
def test_what_does_not_go_is_said(run: Run, make: Make, args: tuple[str, ...], message: str) -> None:
    result = run("export", make().id, *args)
    assert (result.exit_code, result.stdout) == (2, "")
    assert message in result.stderr


def test_a_file_of_word_is_written_as_bytes(run: Run, make: Make, tmp_path: Path) -> None:
    result = run("export", make().id, "--format", "docx", "-o", str(tmp_path / "out.docx"))
    assert result.exit_code == 0
    assert (tmp_path / "out.docx").read_bytes()[:2] == b"PK"
