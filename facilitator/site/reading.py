"""Reading a published document as a page of a site: everything that the site says of it comes from its text.

So the lists of a site, its feed and its search can say no more than the document that somebody agreed to publish.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from html import escape

from facilitator.documents.markdown import UNTITLED
from facilitator.documents.page.blocks import Block, Facts, Heading, Line, Listing, Paragraph, Table, plain
from facilitator.documents.page.html import line_html, page_html
from facilitator.documents.page.read import read_page
from facilitator.documents.page.sections import anchors, headed, parted, section_html
from facilitator.documents.pictures.figures import FIGURES
from facilitator.model.text import one_line
from facilitator.site.postmortem import Group, Kind, Postmortem, groups_of

_LISTED = {
    "Severity": Kind.SEVERITY,
    "Services": Kind.SERVICE,
    "Root cause category": Kind.CAUSE,
    "Tags": Kind.TAG,
}
_NOT_SHOWN = ("Status",)
_DIAGRAM = re.compile(r"^```mermaid\n.*?^```\n", re.MULTILINE | re.DOTALL)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_NAMED = re.compile(r"\((F\d+)\)$")
_SIZE = re.compile(r'width="([\d.]+)" height="([\d.]+)"')
_LONGEST_SUMMARY = 400


def read(document: str, session_id: str, name: str, figures: Mapping[str, str]) -> Postmortem:
    """Return the postmortem of a document in Markdown.

    `figures` are SVG by the name of their place in the document. Diagrams in the text are left out: whatever they
    say is in the text too.
    """
    top, *sections = parted(read_page(_DIAGRAM.sub("", document)), 2)
    facts = _facts(top)
    causes = groups_of(Kind.CAUSE, [*_names(facts, "Root cause category"), *_root_causes(sections)])
    others = (groups_of(kind, _names(facts, label)) for label, kind in _LISTED.items() if kind is not Kind.CAUSE)
    day = _day(facts)
    year = groups_of(Kind.YEAR, [f"{day.year:04}"] if day else [])
    anchored = list(zip(anchors(sections), sections, strict=True))

    def picture(figure: str) -> str:
        return _picture(figure, name, figures[figure]) if figure in figures else ""

    # What stands between title and facts, if somebody's version has it, is shown as well.
    rest = page_html((each for each in top if not isinstance(each, (Facts, Heading))), "", picture)
    shown = [section_html(anchor, blocks, picture) for anchor, blocks in anchored]
    return Postmortem(
        id=session_id,
        name=name,
        title=one_line(headed(top)) or UNTITLED,
        day=day,
        groups=tuple(group for found in (causes, *others, year) for group in found),
        summary=_summary(sections),
        body="\n".join(each for each in (_facts_html(facts), rest, *shown) if each),
        contents=tuple((anchor, headed(blocks)) for anchor, blocks in anchored),
        figures={each: svg for each, svg in figures.items() if each in FIGURES},
    )


def _facts(top: Sequence[Block]) -> dict[str, Line]:
    rows = next((each.rows for each in top if isinstance(each, Facts)), ())
    return {plain(row[0]): row[1] for row in rows}


def _names(facts: Mapping[str, Line], label: str) -> list[str]:
    """Return the names that are listed in the header."""
    return [name for each in plain(facts.get(label, ())).split(", ") if (name := one_line(each))]


def _day(facts: Mapping[str, Line]) -> date | None:
    """Return the day of the incident, else that of its postmortem."""
    for label in ("When", "Postmortem held"):
        for found in _DAY.findall(plain(facts.get(label, ()))):
            try:
                return date.fromisoformat(found)
            except ValueError:
                continue
    return None


def _root_causes(sections: Sequence[Sequence[Block]]) -> list[str]:
    """Return the categories of the factors that the document calls root causes."""
    categories: dict[str, str] = {}
    named: list[str] = []
    for part in (part for blocks in sections for part in parted(blocks, 3)):
        if headed(part) in ("Root cause", "Root causes"):
            said = (one_line(plain(line)) for line in _lines(part[1:]))
            named += [found[1] for each in said if (found := _NAMED.search(each))]
        for table in part:
            if isinstance(table, Table):
                heads = [plain(each) for each in table.heads]
                if heads[:2] == ["#", "Contributing factor"] and "Category" in heads:
                    place = heads.index("Category")
                    categories |= {plain(row[0]): one_line(plain(row[place])) for row in table.rows}
    return [categories[name] for name in named if categories.get(name)]


def _lines(blocks: Sequence[Block]) -> Iterator[Line]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block.line
        elif isinstance(block, Listing):
            yield from (line for item in block.items for line in _lines(item))


def _summary(sections: Sequence[Sequence[Block]]) -> str:
    """Return the first paragraph of the summary, cut where it is long."""
    for blocks in sections:
        if headed(blocks) == "Incident summary":
            text = one_line(plain(next(_lines(blocks[1:]), ())))
            return text if len(text) <= _LONGEST_SUMMARY else f"{text[:_LONGEST_SUMMARY].rpartition(' ')[0]} …"
    return ""


def _facts_html(facts: Mapping[str, Line]) -> str:
    rows = "\n".join(
        f"<div><dt>{escape(label)}</dt>\n<dd>{_fact(label, line)}</dd></div>"
        for label, line in facts.items()
        if label not in _NOT_SHOWN
    )
    return f'<dl class="facts">\n{rows}\n</dl>' if rows else ""


def _fact(label: str, line: Line) -> str:
    kind = _LISTED.get(label)
    if kind is None:
        return line_html(line)
    found: tuple[Group, ...] = groups_of(kind, [name for name in map(one_line, plain(line).split(", ")) if name])
    return ", ".join(f'<a href="../{each.page}.html">{escape(each.words)}</a>' for each in found)


def _picture(figure: str, name: str, svg: str) -> str:
    label = escape(FIGURES[figure].label)
    size = _SIZE.search(svg)
    measured = f' width="{size[1]}" height="{size[2]}"' if size else ""
    return (
        f'<figure>\n<div class="scroll" role="group" tabindex="0" aria-label="Picture: {label}">\n'
        f'<img src="{name}/{figure}.svg" alt="{label}; the text around it says the same"{measured} loading="lazy" />\n'
        f"</div>\n<figcaption>{label}</figcaption>\n</figure>"
    )
