"""Completion of ids in the shell."""

import click
from click.shell_completion import CompletionItem

from facilitator.cli.places import open_store
from facilitator.model.text import one_line
from facilitator.store.summaries import Summary


def matching_ids(ctx: click.Context, incomplete: str) -> list[CompletionItem[str]]:
    """Return what names a session and begins with `incomplete`, with the titles as help.

    File names are offered before ids, because people can read them.
    """
    beginning = incomplete.casefold()
    sessions = [each for each in open_store(ctx).summaries() if isinstance(each, Summary)]
    for named in (_stem, _id):
        found = [CompletionItem(named(each), help=one_line(each.title)) for each in sessions]
        found = [each for each in found if each.value.casefold().startswith(beginning)]
        if found:
            return found
    return []


def _stem(summary: Summary) -> str:
    return summary.file.removesuffix(".json")


def _id(summary: Summary) -> str:
    return summary.id
