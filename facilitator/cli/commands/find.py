"""`facilitator find`: the sessions that a query asks for, and where in them."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import click
import msgspec

from facilitator.cli.errors import NothingFound
from facilitator.cli.options import examples, json_option, store_option
from facilitator.cli.output import emit, fit, note, room, say, table
from facilitator.cli.queries import QueryCommand, library, nothing_like, read_query, refreshed
from facilitator.model.text import one_line

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from facilitator.library.search import Hit

HEADINGS = ("ID", "Date", "Severity", "Title")
SHOWN = 20
"""How many sessions are shown to people when the query has no limit."""

_INDENT = "    "


def _complete(ctx: click.Context, _param: click.Parameter, incomplete: str) -> "list[CompletionItem[str]]":
    from click.shell_completion import CompletionItem

    from facilitator.library.completing import complete

    found = complete(incomplete, len(incomplete), library(ctx).values)
    return [CompletionItem(incomplete[: found.start] + each.text, help=each.meaning) for each in found.options]


@click.command(
    "find",
    cls=QueryCommand,
    epilog=examples(
        "facilitator find redis timeout",
        "facilitator find 'cause:deployment'",
        "facilitator find 'service:checkout since:12m'",
        "facilitator find 'mttr:>2h sort:mttr'",
        "facilitator find 'pending:>60d'",
        "facilitator find 'tag:redis -status:draft' --ids",
    ),
)
@click.argument("words", metavar="QUERY...", nargs=-1, shell_complete=_complete)
@json_option
@click.option("--ids", is_flag=True, help="Print the ids alone, one a line.")
@store_option
@click.pass_context
def command(ctx: click.Context, *, words: Sequence[str], as_json: bool, ids: bool) -> None:
    """Find sessions by words in them, and by service, cause, dates, durations, actions.

    All must hold: words, "phrases" and field:value; -word must not be there, OR joins two. The fields are severity,
    service, cause, status, kind, mttr, mttd, mtta, duration, budget, users, since, until, date, tag, owner,
    facilitator, has, pending, sort and limit. With --json every session is one line of JSON.
    """
    if as_json and ids:
        raise click.UsageError("--json and --ids exclude each other")
    query = read_query(words)
    books = library(ctx)
    ready = refreshed(books)
    people = not as_json and not ids
    limit = SHOWN if people and query.limit is None else None
    hits = books.find(query, limit, places=not ids, ready=ready).hits
    if ids:
        emit("".join(f"{each.id}\n" for each in hits).encode())
    elif as_json:
        emit(b"".join(msgspec.json.encode(_plain(each)) + b"\n" for each in hits))
    elif hits:
        for line in _lines(hits, room()):
            say(line)
        if limit is not None and len(hits) == limit:
            note(f"the first {limit} of {books.count(query, ready=ready):,}; limit:N shows more")
    if not hits:
        raise NothingFound(nothing_like(query, books))


def _plain(hit: "Hit") -> dict[str, object]:
    return {
        "id": hit.id,
        "title": hit.title,
        "date": hit.date,
        "severity": hit.severity,
        "score": round(hit.score, 6),
        "snippets": hit.snippets,
    }


def _lines(hits: "Sequence[Hit]", columns: int | None) -> Iterator[str]:
    rows = [(each.id, each.date, each.severity or "", each.title) for each in hits]
    heading, *told = table(HEADINGS, rows, columns).split("\n")
    yield heading
    for line, hit in zip(told, hits, strict=True):
        yield line
        for snippet in hit.snippets:
            if snippet.kind != "title":
                left = columns - len(_INDENT) if columns is not None else None
                yield _INDENT + fit(f"{snippet.kind}: {one_line(snippet.text)}", left)
