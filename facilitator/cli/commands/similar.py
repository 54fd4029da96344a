"""`facilitator similar`: past sessions that are like one, or like a text, and why."""

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click
import msgspec

from facilitator.cli.errors import Failure, NothingFound
from facilitator.cli.options import examples, json_option, store_option
from facilitator.cli.output import emit, fit, room, say, table
from facilitator.cli.places import open_store
from facilitator.cli.queries import library, refreshed
from facilitator.model.text import clean

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from facilitator.library.similar import Alike, Similar
    from facilitator.model.session import Session

HEADINGS = ("ID", "Date", "Severity", "Alike", "Actions", "Title")
MOST = 100
"""How many sessions may be asked for."""

_INDENT = "    "
_CAUSES, _WIDTH = 2, 120
_MAY_BE_ID = re.compile(r"\d[\w.-]*")


def _complete(ctx: click.Context, _param: click.Parameter, incomplete: str) -> "list[CompletionItem[str]]":
    from facilitator.cli.completing import matching_ids

    return matching_ids(ctx, incomplete)


@click.command(
    "similar",
    epilog=examples(
        "facilitator similar 01K9XQ",
        'facilitator similar "redis out of memory after a deployment"',
        "facilitator similar 01K9XQ --json | jq -r .id",
    ),
)
@click.argument("words", metavar="ID|TEXT", nargs=-1, required=True, shell_complete=_complete)
@click.option(
    "--limit", type=click.IntRange(1, MOST), default=5, metavar="N", help="How many sessions at most; 5 unless given."
)
@json_option
@store_option
@click.pass_context
def command(ctx: click.Context, *, words: Sequence[str], limit: int, as_json: bool) -> None:
    """Show past sessions that are like the one with this ID, or like a text, and why.

    What they share is weighed: rare words more than common ones, title, summary and causes more than the timeline;
    services, tags and the category of the cause too. Of each you see the root causes, and how many of its actions are
    closed. With --json every session is one line of JSON.
    """
    from facilitator.library.similar import similar

    wanted = _wanted(ctx, words)
    books = library(ctx)
    ready = refreshed(books)
    today = datetime.now(UTC).astimezone().date()
    found = similar(books, wanted, today, limit=limit, ready=ready)
    if as_json:
        emit(b"".join(msgspec.json.encode(_plain(each)) + b"\n" for each in found.sessions))
    elif found.sessions:
        for line in _lines(found, room()):
            say(line)
    if not found.sessions:
        raise NothingFound(f"no session like that in {books.folder}")


def _wanted(ctx: click.Context, words: Sequence[str]) -> "Session | str":
    """Return the session whose id the words are, else the words as a text."""
    from facilitator.store.errors import UnknownIdError

    text = clean(" ".join(words)).strip()
    if not text:
        raise Failure("say what happened, or give the ID of a session")
    if len(words) == 1 and _MAY_BE_ID.fullmatch(text):
        store = open_store(ctx)
        try:
            return store.open(store.resolve(text)).session
        except UnknownIdError:
            pass  # such as an error code, which is a text
    return text


def _plain(each: "Similar") -> dict[str, object]:
    return {"id": each.id, "score": each.score, "reasons": each.reasons}


def _lines(found: "Alike", columns: int | None) -> Iterator[str]:
    from facilitator.library.reasons import shortened

    if found.recurrence:
        yield f"{found.recurrence[0].upper()}{found.recurrence[1:]}"
    rows = [
        (each.id, each.date, each.severity or "", f"{each.score:.0%}", _closed(each), each.title)
        for each in found.sessions
    ]
    heading, *told = table(HEADINGS, rows, columns).split("\n")
    yield heading
    left = columns - len(_INDENT) if columns is not None else None
    for line, each in zip(told, found.sessions, strict=True):
        yield line
        for cause in each.causes[:_CAUSES]:
            yield _INDENT + fit(f"root cause: {shortened(cause, _WIDTH)}", left)
        for reason in each.reasons:
            yield _INDENT + fit(reason, left)


def _closed(each: "Similar") -> str:
    return f"{each.actions - each.actions_open} of {each.actions} closed" if each.actions else ""
