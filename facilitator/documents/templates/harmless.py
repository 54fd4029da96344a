"""What must not come out of a template, however it was written: scripts, and links that run something."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser

_LINKS = {"href", "src", "action", "formaction", "data", "poster", "cite", "background", "xlink:href", "ping"}
_SCHEMES = {"http", "https", "mailto", "tel", "cid"}
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_BLANKS = re.compile(r"[\x00-\x20\x7f]+")
_PICTURE = re.compile(r"data:image/(?:png|jpe?g|gif|webp);", re.IGNORECASE)
_RUNS = {"script", "iframe", "object", "embed", "applet", "base", "frame", "frameset", "portal", "animate", "set"}
_ODD = re.compile(r"<(?:!(?!--|doctype\b)|\?).{0,20}", re.IGNORECASE)
_LONGEST = 60


def harm_in_html(text: str) -> str:
    """Return what in HTML would run or hide something, such as "the element <script>", or nothing.

    Where browsers disagree about what is an element, such as a "<" within a comment, that itself is the harm.
    """
    if odd := _ODD.search(text):
        return f"{odd[0]!r}"
    found = _Elements()
    found.feed(text)
    found.close()
    if found.cdata_elem is not None:  # what has no end may have one for others
        found.harm.append(f"the element <{found.cdata_elem}> without its end")
    return next(iter(found.harm), "")


def harm_in_markdown(text: str) -> str:
    """Return what in Markdown, and in the HTML within it, would run something, or nothing."""
    from markdown_it import MarkdownIt

    markdown = MarkdownIt("commonmark").enable("table")
    vars(markdown).update(validateLink=bool)  # else it hides links that others show
    return harm_in_html(str(markdown.render(text)))


class _Elements(HTMLParser):
    """Notes the elements and attributes that run something, and what may hide some."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.harm: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Look at an element that begins."""
        self.harm += _harms(tag, {name: value or "" for name, value in attrs})
        if "<" in (self.get_starttag_text() or "")[1:]:
            self.harm.append(f"a '<' within the element <{tag[:_LONGEST]}>")

    def handle_comment(self, data: str) -> None:
        """Look at a comment, which may end earlier for others than it does here."""
        if "<" in data:
            self.harm.append("a '<' within a comment (those of templates are {# #})")

    def handle_data(self, data: str) -> None:
        """Look at what stands within a style."""
        if self.cdata_elem is not None and "<" in data:
            self.harm.append(f"a '<' within the element <{self.cdata_elem}>")


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
