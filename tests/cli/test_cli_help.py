"""Help, version, and what a wrong command line gets."""

from collections.abc import Callable
from importlib.metadata import version

import click
import pytest
from click.testing import Result

from facilitator.cli.main import SUMMARIES, main
from facilitator.cli.output import fit, table

Run = Callable[..., Result]


def test_the_help_lists_every_command_with_what_it_does(run: Run) -> None:
    result = run("--help")
    assert result.exit_code == 0
    for name, summary in SUMMARIES.items():
        assert any(line.split() == [name, *summary.split()] for line in result.stdout.splitlines())
    assert "Exit codes: 0 ok, 1 findings or nothing found, 2 wrong usage or bad input." in result.stdout


@pytest.mark.parametrize("name", SUMMARIES)
def test_every_command_has_its_help(run: Run, name: str) -> None:
    result = run(name, "--help")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith(f"Usage: facilitator {name} ")
    assert run(name, "-h").stdout == result.stdout
    command = main.get_command(click.Context(main), name)
    assert command is not None
    assert command.help
    undocumented = [each.name for each in command.params if isinstance(each, click.Option) and not each.help]
    assert undocumented == []
    if name != "demo":
        assert f"  facilitator {name}" in result.stdout or f"(facilitator {name}" in result.stdout


@pytest.mark.parametrize(
    "name", sorted(SUMMARIES.keys() - {"demo", "merge-driver", "schema", "rules", "templates", "completion"})
)
def test_every_command_on_a_store_takes_it_after_its_name(run: Run, name: str) -> None:
    assert "--store PATH" in run(name, "--help").stdout


def test_the_version_is_that_of_the_package(run: Run) -> None:
    assert run("--version").stdout == f"facilitator {version('facilitator')}\n"


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["lst"], "No command is called 'lst'; did you mean 'list'?"),
        (["qqqq"], "No command is called 'qqqq'"),
        (["list", "--jsn"], "No such option"),
        (["list", "--status", "done"], "'done' is not one of"),
        (["show"], "Missing argument 'ID'"),
        (["export", "a", "b"], "unexpected extra argument"),
    ],
)
def test_a_wrong_command_line_is_explained(run: Run, args: list[str], message: str) -> None:
    result = run(*args)
    assert (result.exit_code, result.stdout) == (2, "")
    assert message.replace("'", "").lower() in result.stderr.replace("'", "").lower()
    assert "--help' for help." in result.stderr


def test_a_table_fits_the_terminal() -> None:
    rows = [
        ["01ABC", "", "A long title that does not fit"],
        ["01ABD", "", "日本語のタイトル"],
        ["01ABE", "", "a\x1b[2Jb"],
    ]
    assert table(("ID", "Open", "Title"), rows, 20).splitlines() == [
        "ID     Title",
        "01ABC  A long tit...",
        "01ABD  日本語のタ...",
        "01ABE  ab",
    ]
    assert "does not fit" in table(("ID", "Open", "Title"), rows, None)


@pytest.mark.parametrize("columns", [-5, 0, 5, 12])
def test_a_terminal_that_is_too_narrow_still_says_something(columns: int) -> None:
    assert fit("A long title that does not fit", columns) == "A long ti..."
