"""The pages of a site: the index, a page for each postmortem and each group, what recurs, what is still to be done."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from html import escape

from facilitator.site.page import Page, counted, line, link, listing, newest_first
from facilitator.site.postmortem import Group, Kind, Postmortem, Work
from facilitator.site.recurring import recurring

PLURALS: Mapping[Kind, str] = {
    Kind.SERVICE: "Services",
    Kind.CAUSE: "Causes",
    Kind.SEVERITY: "Severities",
    Kind.YEAR: "Years",
    Kind.TAG: "Tags",
}
_ONE = {
    Kind.SERVICE: "Service",
    Kind.CAUSE: "Cause",
    Kind.SEVERITY: "Severity",
    Kind.YEAR: "Year",
    Kind.TAG: "Tag",
}
_FILTER = """<form id="_filter" class="filter" hidden="hidden">
<fieldset>
<legend>Show only</legend>
<div id="_choices" class="choices"></div>
<button type="reset">Show all</button>
</fieldset>
</form>
<p id="_count" class="count" role="status"></p>
"""


def pages(found: Sequence[Postmortem], title: str, *, in_house: bool) -> Iterator[Page]:
    """Yield the pages of a site in a fixed order."""
    ordered = newest_first(found)
    groups = _groups(ordered)
    yield _index(ordered, groups, title)
    yield recurring(ordered)
    if in_house:
        yield _actions(ordered)
    lines = {each.name: line(each, "../") for each in ordered}
    for group, held in groups.items():
        above = f'<p class="above">{_ONE[group.kind]}</p>'
        text = f"{_count(held)}\n{listing(lines[each.name] for each in held)}"
        yield Page(group.page, group.words, text, above)
    for each in ordered:
        yield Page(each.page, each.title, each.body, _above(each), each.contents, searched=True)


def _groups(ordered: Sequence[Postmortem]) -> dict[Group, list[Postmortem]]:
    """Return the groups of each kind, by their key, as most postmortems write them."""
    held: dict[tuple[Kind, str], list[Postmortem]] = {}
    written: dict[tuple[Kind, str], Counter[str]] = {}
    for each in ordered:
        for group in each.groups:
            held.setdefault((group.kind, group.key), []).append(each)
            written.setdefault((group.kind, group.key), Counter())[group.words] += 1
    order = {kind: number for number, kind in enumerate(Kind)}
    found: dict[Group, list[Postmortem]] = {}
    for kind, key in sorted(held, key=lambda one: (order[one[0]], one[1])):
        words = min(written[kind, key].items(), key=lambda one: (-one[1], one[0]))[0]
        found[Group(kind, key, words)] = held[kind, key]
    return found


def _count(held: Sequence[Postmortem]) -> str:
    days = [each.day for each in held if each.day]
    years = sorted({min(days).year, max(days).year}) if days else []
    span = f", {' to '.join(map(str, years))}" if years else ""
    return f'<p class="lead">{counted(len(held), "postmortem", "postmortems")}{span}</p>'


def _index(ordered: Sequence[Postmortem], groups: Mapping[Group, Sequence[Postmortem]], title: str) -> Page:
    if not ordered:
        return Page("index", title, '<p class="lead">No postmortem has been published for these readers yet.</p>')
    lists = "\n".join(text for kind in Kind if (text := _chooser(kind, groups)))
    body = (
        f'{_count(ordered)}\n<section class="groups" aria-labelledby="_groups">\n<h2 id="_groups">Browse</h2>\n'
        f'{lists}\n</section>\n<section aria-labelledby="_all">\n<h2 id="_all">All postmortems</h2>\n'
        f"{_FILTER}{listing(map(line, ordered))}\n</section>"
    )
    return Page("index", title, body)


def _chooser(kind: Kind, groups: Mapping[Group, Sequence[Postmortem]]) -> str:
    """Return the links to the groups of a kind; years and severities in their order, others as their number says."""
    found = [(group, len(held)) for group, held in groups.items() if group.kind is kind]
    if not found:
        return ""
    if kind is Kind.YEAR:
        found.reverse()
    elif kind is not Kind.SEVERITY:
        found.sort(key=lambda one: (-one[1], one[0].key))
    links = "\n".join(
        f'<li data-name="{group.page.partition("/")[2]}">{link(group.page, group.words)} <span>{count:,}</span></li>'
        for group, count in found
    )
    return (
        f'<details data-kind="{kind}" data-label="{_ONE[kind]}"><summary>{PLURALS[kind]} '
        f"<span>{len(found):,}</span></summary>\n<ul>\n{links}\n</ul></details>"
    )


def _above(each: Postmortem) -> str:
    """Return what stands above the title of a postmortem: of what version the text is, if it is one."""
    if each.published is None:
        return ""
    day = each.published.date()
    return f'<p class="above">Version {each.version}, published <time datetime="{day}">{day}</time></p>'


def _actions(ordered: Sequence[Postmortem]) -> Page:
    rows = [(each, work) for each in ordered for work in each.work]
    rows.sort(key=lambda one: (one[1].due or date.max, one[1].priority or "P9"))
    lead = f'<p class="lead">{counted(len(rows), "action is", "actions are")} neither done nor given up.</p>'
    if not rows:
        return Page("actions", "Open actions", lead)
    heads = "".join(f'<th scope="col">{each}</th>' for each in ("Due", "Priority", "Action", "Owner", "Postmortem"))
    body = "\n".join(_action(*row) for row in rows)
    return Page(
        "actions",
        "Open actions",
        f'{lead}\n<div class="scroll" role="group" tabindex="0" aria-label="Table: open actions">\n'
        f"<table>\n<thead>\n<tr>{heads}</tr>\n</thead>\n<tbody>\n{body}\n</tbody>\n</table>\n</div>",
    )


def _action(each: Postmortem, work: Work) -> str:
    due = f'<time datetime="{work.due}">{work.due}</time>' if work.due else ""
    cells = (
        f'<td class="first">{due}</td>',
        f"<td>{escape(work.priority)}</td>",
        f'<td class="text">{escape(work.text)}</td>',
        f"<td>{escape(work.owner)}</td>",
        f"<td>{link(each.page, each.title)}</td>",
    )
    return f"<tr>{''.join(cells)}</tr>"
