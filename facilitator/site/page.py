"""A page of a site as a value, and the pieces that pages are put together from; words of people are escaped here."""

from collections.abc import Iterable
from html import escape

import msgspec

from facilitator.site.postmortem import Kind, Postmortem

UNDATED = "no date"


class Page(msgspec.Struct, frozen=True):
    """A page: its name with the folder ("service/checkout"), its title, and what stands below that as HTML.

    `before` stands above the title, and `beside` are the sections that the page leads to, each an anchor and a heading.
    The search finds those that are `searched`, of which the words of `body` count.
    """

    name: str
    title: str
    body: str
    before: str = ""
    beside: tuple[tuple[str, str], ...] = ()
    searched: bool = False


def link(page: str, words: str, root: str = "") -> str:
    """Return a link to a page; `root` leads from the page on which it stands to the folder of the site."""
    return f'<a href="{root}{page}.html">{escape(words)}</a>'


def counted(count: int, one: str, many: str) -> str:
    """Return a number with what is counted: "1 postmortem", "1,000 postmortems"."""
    return f"{count:,} {one if count == 1 else many}"


def newest_first(found: Iterable[Postmortem]) -> list[Postmortem]:
    """Return postmortems by the day of their incident, the newest first, those without one last."""
    return sorted(found, key=lambda each: (each.day is None, -(each.day.toordinal() if each.day else 0), each.name))


def listing(lines: Iterable[str]) -> str:
    """Return postmortems as a list, of the lines that `line` made."""
    return f'<ul class="postmortems" id="_postmortems">\n{"".join(lines)}</ul>'


def line(each: Postmortem, root: str = "") -> str:
    """Return a postmortem in a list. What a filter asks for stands there as data: the names of its groups.

    A word that is a service or a cause, and a tag too, is shown once.
    """
    data = "".join(
        f' data-{kind}="{" ".join(group.page.partition("/")[2] for group in each.of(kind))}"'
        for kind in Kind
        if each.of(kind)
    )
    day = f'<time datetime="{each.day}">{each.day}</time>' if each.day else f"<span>{UNDATED}</span>"
    severity = "".join(f'<span class="severity">{escape(group.words)}</span>' for group in each.of(Kind.SEVERITY))
    said: list[str] = []
    seen: set[str] = set()
    for kind in (Kind.SERVICE, Kind.CAUSE, Kind.TAG):
        if names := [group.words for group in each.of(kind) if group.key not in seen]:
            said.append(", ".join(names))
        seen |= {group.key for group in each.of(kind)}
    about = f'\n<span class="about">{escape(" · ".join(said))}</span>' if said else ""
    return f"<li{data}>{day}\n{severity}\n{link(each.page, each.title, root)}{about}</li>\n"
