"""`facilitator trends`: causes, services, durations, actions and recurrence over many sessions."""

import os
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click
import msgspec

from facilitator.cli.errors import Failure, NothingFound
from facilitator.cli.options import examples, json_option, store_option
from facilitator.cli.output import emit, fit, note, room, say
from facilitator.cli.queries import QueryCommand, library, nothing_like, read_query, refreshed
from facilitator.library.expressions import Query
from facilitator.library.impact import Verdict
from facilitator.library.trends import By
from facilitator.model.text import one_line

if TYPE_CHECKING:
    from facilitator.library.impact import Impact, Impacts

_USUAL_WIDTH = 100
SHOWN = 20
"""How many comparisons are shown to people."""

_VERDICTS = {
    Verdict.FEWER: "fewer than before",
    Verdict.MORE: "more than before",
    Verdict.UNDECIDED: "too few incidents to tell whether anything changed",
}


@click.command(
    "trends",
    cls=QueryCommand,
    epilog=examples(
        "facilitator trends",
        "facilitator trends 'service:checkout since:24m' --by quarter",
        "facilitator trends --by cause",
        "facilitator trends since:12m --svg trends.svg",
        "facilitator trends --impact",
    ),
)
@click.argument("words", metavar="[QUERY]...", nargs=-1)
@click.option(
    "--by",
    type=click.Choice([str(each) for each in By]),
    help="How sessions are grouped; else by what the time allows.",
)
@click.option("--impact", "with_impact", is_flag=True, help="Compare incidents before and after each action was done.")
@json_option
@click.option("--svg", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help="Write a picture.")
@click.option("--ascii", "plain", is_flag=True, help="Draw with the characters of ASCII alone.")
@store_option
@click.pass_context
def command(
    ctx: click.Context, *, words: Sequence[str], by: str | None, with_impact: bool, as_json: bool, svg: Path | None,
    plain: bool,
) -> None:  # fmt: skip
    """Draw how causes, services, durations, actions and recurrence develop.

    QUERY is that of 'facilitator find'. Durations are shown as single sessions, with quartiles and median and never as
    means. With --json every group is one line of JSON.
    """
    if as_json and svg is not None:
        raise click.UsageError("--json and --svg exclude each other")
    if with_impact and (svg is not None or by is not None):
        raise click.UsageError("--impact goes with --json alone")
    query = read_query(words)
    books = library(ctx)
    ready = refreshed(books)
    from facilitator.library.briefs import briefs

    if with_impact:
        from facilitator.library.briefs import done_lines
        from facilitator.library.completed import with_days
        from facilitator.library.impact import impacts

        today = datetime.now(UTC).astimezone().date()
        done = with_days(books.folder, done_lines(books, query, ready=ready))
        _show_impacts(impacts(done, briefs(books, Query(), ready=ready), today), as_json=as_json)
        return
    from facilitator.library.trends import trends

    found = trends(briefs(books, query, ready=ready), By(by) if by is not None else None)
    if not found.groups:
        raise NothingFound(nothing_like(query, books))
    if svg is not None:
        from facilitator.library.trends_svg import picture

        _write(svg, picture(found).encode())
    elif as_json:
        emit(b"".join(msgspec.json.encode(each) + b"\n" for each in found.groups))
    else:
        from facilitator.library.trends_text import ASCII, UNICODE, drawn

        for line in drawn(
            found,
            room() or _USUAL_WIDTH,
            ASCII if plain or not _draws("".join(UNICODE.dots) + UNICODE.bar) else UNICODE,
        ):
            say(fit(line, room()))


def _draws(signs: str) -> bool:
    """Tell whether stdout takes these characters."""
    try:
        signs.encode(sys.stdout.encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def _write(path: Path, picture: bytes) -> None:
    """Write a picture to a file in one step, or to stdout for "-"."""
    if str(path) == "-":
        emit(picture)
        return
    from facilitator.settings.replace import ReplaceError, replace_files

    if path.exists() and not path.is_file():  # a pipe or a device must stay what it is
        path.write_bytes(picture)
        return
    mask = os.umask(0o077)
    os.umask(mask)
    try:
        replace_files({path.resolve(): picture}, mode=0o666 & ~mask)
    except ReplaceError as error:
        raise Failure(f"{error.filename}: {error.strerror}; {error.outcome}") from error
    note(f"written to {path}")


def _show_impacts(found: "Impacts", *, as_json: bool) -> None:
    if as_json:
        emit(b"".join(msgspec.json.encode(each) + b"\n" for each in found.compared))
    else:
        for each in found.compared[:SHOWN]:
            for line in _impact_lines(each):
                say(fit(line, room()))
        if len(found.compared) > SHOWN:
            note(f"the first {SHOWN} of {len(found.compared):,}; --json shows all")
    if found.compared and not as_json:
        for line in _caution(found):
            note(line)
    for reason, count in found.left_out.items():
        note(f"{count:,} action{'' if count == 1 else 's'} not compared: {reason}")
    if not found.compared:
        raise NothingFound("no action could be compared")


def _impact_lines(each: "Impact") -> Iterator[str]:
    """Yield an action, the counts, and what they allow to say, which is never more than the interval."""
    high = f"{each.high:.3g}" if each.high is not None else "any"
    kind = f"{', '.join(map(one_line, each.causes))} in {', '.join(map(one_line, each.services))}"
    yield f"{each.session}:A{each.place}  done {each.done}  {one_line(each.text)}"
    yield f"    {kind}"
    yield f"    before: {_told(each.before, each.before_days, each.before_rate)}"
    yield f"    after:  {_told(each.after, each.after_days, each.after_rate)}"
    ratio = f"{each.ratio:.3g} times as many" if each.ratio is not None else "none before to compare with"
    yield f"    {ratio}, with 95 % confidence from {each.low:.3g} to {high} times: {_VERDICTS[each.verdict]}"
    if each.shared > 1:
        yield f"    {each.shared:,} actions share these counts; which of them did it cannot be told"


def _told(count: int, days: int, rate: float) -> str:
    return f"{count:,} in {days:,} days, {rate:.2f} a month"


def _caution(found: "Impacts") -> Iterator[str]:
    from facilitator.library.impact import by_chance

    if len(found.compared) > 1:
        yield (
            f"{len(found.compared):,} comparisons: up to {by_chance(len(found.compared)):.1f} would stand out by chance"
        )
    yield "what else changed meanwhile is not known; the incident for which an action was taken is not counted"
