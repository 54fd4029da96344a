"""What commands that take a query line have in common: how it is put together, read and told where it is wrong."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from facilitator.cli.errors import Failure
from facilitator.cli.output import note
from facilitator.cli.places import find_store
from facilitator.library.query import QueryError, parse
from facilitator.library.search import Library

if TYPE_CHECKING:
    from facilitator.library.build import Progress
    from facilitator.library.expressions import Query

_AROUND = 50
_MANY = 2_000


class QueryCommand(click.Command):
    """A command whose words are a query, in which `-word` is no option."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the options, wherever they stand, and take everything else for words of the query."""
        options, words = [], []
        known = {name for each in self.get_params(ctx) for name in each.opts}
        takes_value = {name for each in self.get_params(ctx) if _takes_value(each) for name in each.opts}
        rest = list(args)
        while rest:
            word = rest.pop(0)
            if word == "--":
                words += rest
                break
            if word.startswith("--") and word.partition("=")[0] not in known:
                options.append(word)  # click says that there is no such option
            elif word.partition("=")[0] in known:
                options.append(word)
                if word in takes_value and rest:
                    options.append(rest.pop(0))
            else:
                words.append(word)
        return super().parse_args(ctx, [*options, "--", *words])


def read_query(words: Sequence[str]) -> "Query":
    """Return the query that the words of a command line make. Raises Failure, which shows where it is wrong."""
    text = " ".join(words)
    try:
        return parse(text, datetime.now(UTC).astimezone().date())
    except QueryError as error:
        raise Failure(f"{error}{_shown(text, error.column)}") from error


def library(ctx: click.Context) -> Library:
    """Return the library of the store that a command works on."""
    return Library(find_store(ctx).path)


def refreshed(books: Library) -> bool:
    """Bring the index up to date, and tell whether it can answer; say on stderr what of the store is in no answer."""
    ready = books.refresh(told=tell_progress())
    tell_unreadable(books)
    return ready


def tell_unreadable(books: Library) -> None:
    """Say on stderr how many files of the store cannot be read, if any."""
    if count := books.unreadable():
        files = "1 file that cannot be read is" if count == 1 else f"{count:,} files that cannot be read are"
        note(f"{files} left out; 'facilitator doctor' tells which")


def nothing_like(query: "Query", books: Library) -> str:
    """Return what to say when a query finds nothing: values that no session has may be slips of the keyboard."""
    from facilitator.library.unknown import unknown_values

    told = "".join(f"; {each}" for each in unknown_values(query, books.values))
    return f"no session like that in {books.folder}{told}"


def tell_progress() -> "Progress":
    """Return what says on stderr that an index is built, once, if it takes a while."""
    told = False

    def tell(_done: int, of: int) -> None:
        nonlocal told
        if of >= _MANY and not told:
            told = True
            note(f"indexing {of:,} sessions ...")

    return tell


def _takes_value(param: click.Parameter) -> bool:
    return isinstance(param, click.Option) and not param.is_flag


def _shown(text: str, column: int) -> str:
    """Return the part of a query around a column, in a line below which a sign points at it."""
    start = max(0, column - _AROUND)
    part = "".join(each if each.isprintable() else " " for each in text[start : column + _AROUND])
    return f"\n  {part}\n  {' ' * (column - start)}^"
