"""What Sphinx is told of our pages: how their files are read, how words are indexed, and which theme they have.

The file of a page is JSON. Its title is a title for Sphinx, and the rest is HTML as it is: it is made of words that are
escaped, and nothing in it is read as markup of any kind.
"""

import re
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from functools import lru_cache
from html import escape
from pathlib import Path
from typing import Any

import msgspec
from docutils import nodes
from docutils.parsers import Parser
from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.search import IndexBuilder
from sphinx.search.en import SearchEnglish

from facilitator.site.page import Page

SUFFIX, KIND, THEME = ".page", "page", "facilitator"

_CELL_ENDS = re.compile(r"(</(?:td|th|dt|dd|li|p|h\d|time|summary|a)>)(?=<)")


class PageParser(Parser):
    """Reads the file of a page."""

    supported = (KIND,)

    def parse(self, inputstring: str, document: nodes.document) -> None:
        """Fill a document with the page."""
        page = msgspec.json.decode(inputstring, type=Page)
        # No list of contents leads to it, and not every page is searched.
        document += nodes.docinfo("", *map(_field, ("orphan",) if page.searched else ("orphan", "nosearch")))
        if page.before:
            document += _html(page.before, "no-search")
        section = nodes.section(ids=["_title"])
        section += nodes.title(text=page.title)
        if page.beside:
            section += _html(_contents(page.beside), "no-search")
        section += _html(page.body)
        document += section


class Words(SearchEnglish):
    """The words of English. Those of a page are looked at once each, and stemmed once for all pages.

    Else that takes more than half of the time of a build.
    """

    def __init__(self, options: dict[str, str]) -> None:
        super().__init__(options)
        self._stemmed = lru_cache(maxsize=1 << 17)(super().stem)

    def split(self, text: str) -> list[str]:
        """Return the words of a text, each as what it is found by."""
        words = dict.fromkeys(super().split(text.lower()))
        return list(dict.fromkeys(self._stemmed(word) for word in words if self.word_filter(word)))

    def stem(self, word: str) -> str:
        """Return what a word is found by; `split` has done that."""
        return word


class Index(IndexBuilder):
    """The index of the search, from which words go with the last page that has them.

    Sphinx leaves them, and they may be what was redacted. It also takes five times as long to take out one page.
    """

    def prune(self, docnames: Iterable[str]) -> None:
        """Take out all pages but these."""
        gone = self._titles.keys() - set(docnames)
        if not gone:
            return
        for table in (self._titles, self._filenames, self._all_titles, self._index_entries):
            for name in gone:
                table.pop(name, None)
        for words in (self._mapping, self._title_mapping):
            for word in [word for word, pages in words.items() if pages & gone]:
                words[word] -= gone
                if not words[word]:
                    del words[word]


class SiteBuilder(StandaloneHTMLBuilder):
    """Makes the pages. There are no lists of contents to be drawn, and titles are words and nothing else."""

    name = "facilitator"

    def load_indexer(self, docnames: AbstractSet[str]) -> None:
        """Read the index that was made the last time, without these pages."""
        self.indexer = Index(self.env, "en", {}, "")
        super().load_indexer(docnames)

    def render_partial(self, node: nodes.Node | None) -> dict[str, str]:
        """Return the words of a node, where Sphinx asks for a title."""
        return {"fragment": "", "title": escape(node.astext()) if node is not None else ""}


def setup(app: Sphinx) -> dict[str, Any]:
    """Register all of it."""
    app.add_source_suffix(SUFFIX, KIND)
    app.add_source_parser(PageParser)
    app.add_search_language(Words)
    app.add_builder(SiteBuilder)
    app.add_html_theme(THEME, str(Path(__file__).parent / "theme"))
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def _field(name: str) -> nodes.field:
    return nodes.field("", nodes.field_name(text=name), nodes.field_body())


def _html(text: str, *classes: str) -> nodes.raw:
    # The index takes tags away and leaves nothing in their place: the words of two cells would become one.
    return nodes.raw("", _CELL_ENDS.sub(r"\1\n", text), format="html", classes=list(classes))


def _contents(beside: tuple[tuple[str, str], ...]) -> str:
    links = "\n".join(f'<li><a href="#{anchor}">{escape(heading)}</a></li>' for anchor, heading in beside)
    return f'<nav class="contents" aria-label="Contents">\n<ul>\n{links}\n</ul>\n</nav>'
