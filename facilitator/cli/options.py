"""Options and arguments that several commands take."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

FunctionT = TypeVar("FunctionT", bound=Callable[..., Any])


def _remember_store(ctx: click.Context, _param: click.Parameter, chosen: Path | None) -> None:
    if chosen is not None:
        ctx.obj = chosen


def store_option(function: FunctionT) -> FunctionT:
    """Add `--store PATH`, which may stand before the command and after it; the one nearest to the end counts."""
    return click.option(
        "--store",
        type=click.Path(path_type=Path),
        metavar="PATH",
        expose_value=False,
        callback=_remember_store,
        help="The folder of sessions to use; 'facilitator where' says which it is without this.",
    )(function)


def _complete_id(ctx: click.Context, _param: click.Parameter, incomplete: str) -> "list[CompletionItem[str]]":
    from facilitator.cli.completing import matching_ids

    return matching_ids(ctx, incomplete)


def id_argument(function: FunctionT) -> FunctionT:
    """Add the argument ID, given to the function as `beginning`."""
    return click.argument("beginning", metavar="ID", shell_complete=_complete_id)(function)


def json_option(function: FunctionT) -> FunctionT:
    """Add `--json`, given to the function as `as_json`."""
    return click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")(function)


def examples(*lines: str) -> str:
    """Return the end of a command's help: examples, each on a line of its own."""
    return "\n".join(("\b", "Examples:" if len(lines) > 1 else "Example:", *(f"  {line}" for line in lines)))
