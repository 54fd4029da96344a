"""`facilitator remember`: an old lesson with the morning coffee."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click
import msgspec

from facilitator.cli.errors import NothingFound
from facilitator.cli.options import examples, json_option, store_option
from facilitator.cli.output import emit, say
from facilitator.cli.queries import library, refreshed
from facilitator.model.session import LessonKind
from facilitator.model.text import handle, one_line

if TYPE_CHECKING:
    from facilitator.library.remembering import Remembered

_KINDS = {
    LessonKind.WELL: "What went well",
    LessonKind.WRONG: "What went wrong",
    LessonKind.LUCKY: "Where we got lucky",
}
_MOST_ACTIONS = 10


@click.command("remember", epilog=examples("facilitator remember", "facilitator remember --json | jq -r .lesson"))
@json_option
@store_option
@click.pass_context
def command(ctx: click.Context, *, as_json: bool) -> None:
    """Show an old lesson, with its session and what is still open of it.

    On the day of an incident of an earlier year it is one of its lessons, else one that chance picks. It is the
    same all day long.
    """
    from facilitator.library.remembering import remember

    books = library(ctx)
    ready = refreshed(books)
    found = remember(books, datetime.now(UTC).astimezone().date(), ready=ready)
    if found is None:
        raise NothingFound(f"no old lesson in {books.folder}")
    if as_json:
        emit(msgspec.json.encode(_plain(found)) + b"\n")
        return
    say(one_line(found.lesson.text))
    say(f"    {_KINDS[found.lesson.kind]}, {_when(found)}: {one_line(found.session.title)} ({found.session.id})")
    for each in found.pending[:_MOST_ACTIONS]:
        due = f", due {each.action.due}" if each.action.due is not None else ""
        owner = f" {handle(one_line(each.action.owner))}" if each.action.owner else ""
        say(f"    still open: A{each.action.place} {one_line(each.action.text)}{owner}{due}")
    if len(found.pending) > _MOST_ACTIONS:
        say(f"    and {len(found.pending) - _MOST_ACTIONS:,} more")


def _when(found: "Remembered") -> str:
    if found.years is None:
        return found.date.isoformat()
    return f"{found.years} year{'' if found.years == 1 else 's'} ago today"


def _plain(found: "Remembered") -> dict[str, object]:
    session = found.session
    return {
        "id": session.id,
        "title": session.title,
        "date": found.date,
        "severity": session.severity,
        "services": session.services,
        "lesson": found.lesson.text,
        "kind": found.lesson.kind,
        "years": found.years,
        "actions": [
            {"id": each.reference, "text": each.action.text, "owner": each.action.owner, "due": each.action.due}
            for each in found.pending
        ],
    }
