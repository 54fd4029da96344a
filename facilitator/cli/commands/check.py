"""`facilitator check`: what an experienced facilitator would ask about, in sessions and in Markdown."""

import json
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import click

from facilitator.checks.finding import Category
from facilitator.cli.errors import BAD_INPUT, NOTHING_FOUND, Failure, explain
from facilitator.cli.options import examples, json_option, store_option
from facilitator.cli.output import emit, note, say
from facilitator.cli.sources import STDIN, is_document

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from facilitator.cli.reports import Report

NONE = "none"
"""What `--fail-on` takes to let no finding fail."""


def _complete(ctx: click.Context, _param: click.Parameter, incomplete: str) -> "list[CompletionItem[str]]":
    from click.shell_completion import CompletionItem

    from facilitator.cli.completing import matching_ids

    found = matching_ids(ctx, incomplete)
    return found or [CompletionItem(incomplete, type="file")]


def _categories(ctx: click.Context, param: click.Parameter, written: Sequence[str]) -> tuple[Category, ...]:
    """Return the categories that `--fail-on` names, all of them when it is not there. Raises BadParameter."""
    from facilitator.settings.wording import did_you_mean, quoted

    names = [name for each in written for name in each.replace(" ", ",").split(",") if name]
    for name in names:
        if name != NONE and name not in tuple(Category):
            advice = did_you_mean(name, [*Category, NONE]) or f"; write one of: {', '.join([*Category, NONE])}"
            raise click.BadParameter(f"no category is called {quoted(name)}{advice}", ctx, param)
    if NONE in names and len(names) > 1:
        raise click.BadParameter(f"'{NONE}' stands alone", ctx, param)
    return tuple(Category(name) for name in names if name != NONE) if written else tuple(Category)


@click.command(
    "check",
    epilog=examples(
        "facilitator check 01K9XQ",
        "facilitator check postmortems/*.md",
        "facilitator check - < postmortem.md",
        "facilitator check postmortem.md --fail-on sensitive_data --json",
        "facilitator check --jsonl sentences.jsonl",
    ),
)
@click.argument("sources", metavar="ID|FILE.md|-...", nargs=-1, shell_complete=_complete)
@json_option
@click.option("--muted", is_flag=True, help="Show the findings that are muted, too.")
@click.option(
    "--fail-on",
    metavar="CATEGORY",
    multiple=True,
    callback=_categories,
    help="End with 1 only when there is a finding of this category; several with commas; 'none' for never.",
)
@click.option(
    "--jsonl",
    metavar="FILE|-",
    type=click.Path(),
    help="Read lines of JSON with id, text and context, and write the blame language in each as a line of JSON.",
)
@store_option
@click.pass_context
def command(
    ctx: click.Context,
    *,
    sources: tuple[str, ...],
    as_json: bool,
    muted: bool,
    fail_on: tuple[Category, ...],
    jsonl: str | None,
) -> None:
    """Point out what an experienced facilitator would ask about, in a session, a Markdown file, or stdin (-).

    Blame language, gaps and contradictions in the timeline, vague actions, sensitive data, what the analysis lacks.
    Every finding comes with a question to ask instead. Ends with 1 when there are findings, and with 2 when something
    could not be read. Nothing is written.
    """
    if jsonl is not None:
        if sources or as_json or muted:
            raise click.UsageError("--jsonl stands alone: it reads and writes lines of JSON")
        ctx.exit(_answer_lines(jsonl))
    if not sources:
        raise click.UsageError("Missing argument 'ID|FILE.md|-': name a session or a document to check")
    if sources.count(STDIN) > 1:
        raise click.UsageError("stdin (-) can be read only once")
    reports, failed = _reports(ctx, sources)
    _show(reports, as_json=as_json, muted=muted)
    from facilitator.cli.reports import fails

    ctx.exit(BAD_INPUT if failed else NOTHING_FOUND if fails(reports, fail_on) else 0)


def _reports(ctx: click.Context, sources: Sequence[str]) -> "tuple[list[Report], bool]":
    """Check each source; one that cannot be read is told on stderr, and the others are checked all the same."""
    from facilitator.cli.checking import checker

    rules = checker()
    reports: list[Report] = []
    for source in dict.fromkeys(sources):
        try:
            reports.append(rules.document(source) if is_document(source) else rules.session(ctx, source))
        except Exception as error:
            message = error.message if isinstance(error, Failure) else explain(error)
            if message is None or len(sources) == 1:
                raise
            Failure(message).show()
    return reports, len(reports) < len(dict.fromkeys(sources))


def _show(reports: "Sequence[Report]", *, as_json: bool, muted: bool) -> None:
    from facilitator.cli.reports import plain, told

    if as_json:
        emit(json.dumps(plain(reports, muted=muted), indent=2, ensure_ascii=False).encode("utf-8", "replace") + b"\n")
        return
    for report in reports:
        for line in told(report, muted=muted):
            say(line)


def _answer_lines(source: str) -> int:
    """Answer each line of a file or of stdin as it comes; return the exit code."""
    from facilitator.cli.checking import checker
    from facilitator.cli.sentence_lines import BadLine, answers

    rules = checker().rules
    code = 0
    with ExitStack() as stack:
        file = sys.stdin.buffer if source == STDIN else stack.enter_context(Path(source).open("rb"))
        for answer in answers(file, rules):
            if isinstance(answer, BadLine):
                note(f"line {answer.number}: {answer.reason}")
                code = BAD_INPUT
            else:
                emit(answer)
    return code
