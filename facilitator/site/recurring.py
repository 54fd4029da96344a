"""The page of what recurs: causes that several postmortems have, and services that met one cause again."""

from collections.abc import Sequence
from html import escape
from itertools import pairwise
from typing import NamedTuple

from facilitator.library.trends import AGAIN_WITHIN
from facilitator.site.page import UNDATED, Page, counted, link
from facilitator.site.postmortem import Group, Kind, Postmortem

PAGE, TITLE = "recurring", "Recurring causes"


class _Cause(NamedTuple):
    """A cause with the postmortems that have it, the newest first, and those of each service."""

    group: Group
    held: list[Postmortem]
    services: dict[str, tuple[Group, list[Postmortem]]]


def recurring(ordered: Sequence[Postmortem]) -> Page:
    """Return the page; the postmortems are given newest first."""
    found = [each for each in _causes(ordered) if len(each.held) > 1]
    if not found:
        return Page(PAGE, TITLE, '<p class="lead">No cause was met more than once.</p>')
    lead = (
        f'<p class="lead">{counted(len(found), "cause was", "causes were")} met more than once. '
        f"A service met one again when both are the same within {AGAIN_WITHIN.days} days.</p>"
    )
    return Page(PAGE, TITLE, "\n".join((lead, *map(_section, found))))


def _causes(ordered: Sequence[Postmortem]) -> list[_Cause]:
    """Return the causes, those that most postmortems have first."""
    found: dict[str, _Cause] = {}
    for each in ordered:
        for cause in each.of(Kind.CAUSE):
            held = found.setdefault(cause.key, _Cause(cause, [], {}))
            held.held.append(each)
            for service in each.of(Kind.SERVICE):
                held.services.setdefault(service.key, (service, []))[1].append(each)
    return sorted(found.values(), key=lambda each: (-len(each.held), each.group.key))


def _section(cause: _Cause) -> str:
    anchor = f"cause-{cause.group.page.partition('/')[2]}"
    heading = f'<h2 id="{anchor}">{link(cause.group.page, cause.group.words)}</h2>'
    days = [each.day for each in cause.held if each.day]
    span = f", last on {max(days)}" if days else ""
    said = f"<p>{counted(len(cause.held), 'postmortem', 'postmortems')}{span}</p>"
    met = sorted(
        ((service, held, _again(held)) for service, held in cause.services.values() if len(held) > 1),
        key=lambda one: (-len(one[1]), one[0].key),
    )
    rows = "\n".join(_row(service, held, again) for service, held, again in met)
    table = (
        f'<div class="scroll" role="group" tabindex="0" aria-label="Table: {escape(cause.group.words)}">\n<table>\n'
        '<thead>\n<tr><th scope="col">Service</th><th scope="col">Postmortems</th><th scope="col">Met again</th>'
        f'<th scope="col">Which</th></tr>\n</thead>\n<tbody>\n{rows}\n</tbody>\n</table>\n</div>'
        if rows
        else "<p>No service met it more than once.</p>"
    )
    return f'<section aria-labelledby="{anchor}">\n{heading}\n{said}\n{table}\n</section>'


def _again(held: Sequence[Postmortem]) -> int:
    """Return how many came within the time after the one before."""
    days = sorted(each.day for each in held if each.day)
    return sum(after - before <= AGAIN_WITHIN for before, after in pairwise(days))


def _row(service: Group, held: Sequence[Postmortem], again: int) -> str:
    named = "\n".join(f"<li>{each.day or UNDATED} {link(each.page, each.title)}</li>" for each in held)
    times = {0: "no", 1: "once", 2: "twice"}.get(again, f"{again:,} times")
    of = f'<span class="away"> of {escape(service.words)}</span>'
    which = f"<details><summary>{len(held):,}{of}</summary>\n<ul>\n{named}\n</ul></details>"
    return (
        f'<tr><th scope="row">{link(service.page, service.words)}</th><td class="first">{len(held):,}</td>'
        f'<td>{times}</td><td class="text">{which}</td></tr>'
    )
