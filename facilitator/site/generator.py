"""Making pages with Sphinx, which writes anew what changed, and makes the search that needs no server.

A folder of work holds what Sphinx needs for the next time. What is there is private to the user and can be deleted.
"""

import contextlib
import gc
import io
import json
import logging
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import msgspec

from facilitator.documents.page.extras import need
from facilitator.site.errors import SiteError
from facilitator.site.page import Page

INDEX = "searchindex.js"
STATIC = (
    "site.css",
    "site.js",
    "doctools.js",
    "documentation_options.js",
    "sphinx_highlight.js",
    "searchtools.js",
    "language_data.js",
)
"""What the pages load, from the folder `_static`."""

_BEGIN, _END = "Search.setIndex(", ")"
_PAGES, _DOCTREES, _HTML = "pages", "doctrees", "html"
_SUFFIX, _SETTINGS = ".page", "settings.json"
_OWN_SETTINGS = "DOCUTILSCONFIG"
"""The variable that says where docutils has settings; a site must not depend on them."""
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")


class GeneratorError(SiteError):
    """Sphinx could not make the pages."""


def ready() -> None:
    """Raise ExtraMissingError when Sphinx is not installed."""
    need("sphinx", "site", "A site")


def generate(folder: Path, pages: Sequence[Page], title: str, profile: str) -> dict[str, Path]:
    """Make the pages in a folder of work, and return where each file of the site is, by its path in the site.

    What was made there before is used again where nothing changed. A run that is interrupted leaves the folder such
    that it must not be used again. Raises GeneratorError and OSError.
    """
    sources = {f"{page.name}{_SUFFIX}": msgspec.json.encode(page) for page in pages}
    sources[_SETTINGS] = msgspec.json.encode([title, profile])
    html = folder / _HTML
    if _renew(folder, sources) or not (html / INDEX).is_file():
        _run(folder, title, profile)
        _tidy(html / INDEX, {page.name for page in pages})
    names = [*(f"{page.name}.html" for page in pages), "search.html", INDEX, *(f"_static/{each}" for each in STATIC)]
    missing = [each for each in names if not (html / each).is_file()]
    if missing:
        raise GeneratorError(f"Sphinx made no {missing[0]}")
    return {each: html / each for each in names}


def _renew(folder: Path, sources: Mapping[str, bytes]) -> bool:
    """Write what changed, remove what is gone and all that was made of it, and tell whether there was anything."""
    changed = False
    pages = folder / _PAGES
    for path in pages.rglob(f"*{_SUFFIX}") if pages.is_dir() else ():
        name = path.relative_to(pages)
        if name.as_posix() not in sources:
            path.unlink()
            for made in (folder / _HTML / name.with_suffix(".html"), folder / _DOCTREES / name.with_suffix(".doctree")):
                made.unlink(missing_ok=True)  # Sphinx leaves them, and they may hold what was redacted
            changed = True
    for each, content in sources.items():
        path = pages / each
        if not path.is_file() or path.read_bytes() != content:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
            changed = True
    return changed


@contextlib.contextmanager
def _quickly() -> Iterator[None]:
    """Spare what takes a third of the time: messages but warnings, looking for garbage, settings of the user's own."""
    disabled, collecting, settings = logging.root.manager.disable, gc.isenabled(), os.environ.get(_OWN_SETTINGS)
    logging.disable(logging.INFO)
    gc.disable()
    os.environ[_OWN_SETTINGS] = ""
    try:
        yield
    finally:
        logging.disable(disabled)
        if collecting:
            gc.enable()
        if settings is None:
            del os.environ[_OWN_SETTINGS]
        else:
            os.environ[_OWN_SETTINGS] = settings


def _run(folder: Path, title: str, profile: str) -> None:
    from sphinx.application import Sphinx
    from sphinx.errors import SphinxError
    from sphinx.util.docutils import docutils_namespace, patch_docutils

    said = io.StringIO()
    try:
        with _quickly(), patch_docutils(), docutils_namespace():
            app = Sphinx(
                folder / _PAGES,
                None,
                folder / _HTML,
                folder / _DOCTREES,
                "facilitator",
                confoverrides=_settings(title, profile),
                status=None,
                warning=said,
            )
            app.build()
    except SphinxError as error:
        raise GeneratorError(str(error)) from error
    # It goes on where it cannot write a file, and only says so.
    if warnings := _COLOUR.sub("", said.getvalue()).strip():
        raise GeneratorError(warnings.splitlines()[0])


def _settings(title: str, profile: str) -> dict[str, object]:
    return {
        "extensions": ["facilitator.site.extension"],
        "root_doc": "index",
        "project": title,
        "html_title": title,
        "html_theme": "facilitator",
        "html_context": {"profile": profile},
        "html_copy_source": False,
        "html_use_index": False,
        "html_permalinks": False,
        "html_show_search_summary": False,
        "smartquotes": False,
        "pygments_style": "none",
        "language": "en",
    }


def _tidy(path: Path, names: set[str]) -> None:
    """See to it that there is no word in the index that no page has any more, which may be one that was redacted.

    `extension.Index` takes them out; this does not depend on how Sphinx keeps its index, which the next one may change.
    """
    text = path.read_text(encoding="utf-8")
    index = json.loads(text.removeprefix(_BEGIN).removesuffix(_END))
    if not names.issuperset(index["docnames"]):
        raise GeneratorError("the search index has pages that are not of this site")
    gone = False
    for table in ("terms", "titleterms"):
        kept = {word: where for word, where in index[table].items() if where != []}
        gone = gone or len(kept) < len(index[table])
        index[table] = kept
    if gone:
        path.write_text(f"{_BEGIN}{json.dumps(index, separators=(',', ':'), sort_keys=True)}{_END}", encoding="utf-8")
