"""What must not come out of a template, however it was written: scripts, and links that run something."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser

_LINKS = {"href", "src", "action", "formaction", "data", "poster", "cite", "background", "xlink:href", "ping"}
_SCHEMES = {"http", "https", "mailto", "tel", "cid"}
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_BLANKS = re.compile(r"[\x00-\x20\x7f]+")
_PICTURE = re.compile(r"data:image/(?:png|jpe?g|gif|webp);", re.IGNORECASE)
_RUNS = {"script", "iframe", "object", "embed", "applet", "base", "frame", "frameset", "portal"}
_LONGEST = 60


def harm_in_html(text: str) -> str:
    """Return what in HTML would run or hide something, such as "the element <script>", or nothing."""
    found = _Elements()
    found.feed(text)
    found.close()
    return next(iter(found.harm), "")


def harm_in_markdown(text: str) -> str:
    """Return what in Markdown, and in the HTML within it, would run something, or nothing."""
    from markdown_it import MarkdownIt

    markdown = MarkdownIt("commonmark").enable("table")
    vars(markdown).update(validateLink=bool)  # else it hides links that others show
    for token in markdown.parse(text):
        for each in (token, *(token.children or ())):
            target = str(each.attrs.get("href") or each.attrs.get("src") or "")
            harm = _harm_of_link(target) if target else ""
            if each.type in ("html_block", "html_inline"):
                harm = harm_in_html(each.content)
            if harm:
                return harm
    return ""


class _Elements(HTMLParser):
    """Notes the elements and attributes that run something."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.harm: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Look at an element that begins."""
        self.harm += _harms(tag, {name: value or "" for name, value in attrs})


def _harms(tag: str, attributes: dict[str, str]) -> Iterator[str]:
    if tag in _RUNS:
        yield f"the element <{tag}>"
    if tag == "meta" and attributes.get("http-equiv", "").strip().lower() == "refresh":
        yield "the element <meta http-equiv=refresh>"
    for name, value in attributes.items():
        if name.startswith("on") or name == "srcdoc":
            yield f"the attribute {name} of <{tag[:_LONGEST]}>"
        elif name in _LINKS and (harm := _harm_of_link(value)):
            yield harm


def _harm_of_link(target: str) -> str:
    bare = _BLANKS.sub("", target)
    scheme = _SCHEME.match(bare)
    if scheme is None or scheme[1].lower() in _SCHEMES or _PICTURE.match(bare):
        return ""
    return f"a link to {bare[:_LONGEST]!r}"
