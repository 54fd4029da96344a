"""HTML read back by a parser as browsers have it, for the tests of pages."""

from xml.etree.ElementTree import Element

import html5lib

SVG = "{http://www.w3.org/2000/svg}"
HTML = "{http://www.w3.org/1999/xhtml}"

ELEMENTS = {
    *("html", "head", "meta", "title", "style", "body", "a", "header", "nav", "main", "section", "h1", "h2", "h3"),
    *("p", "ul", "ol", "li", "div", "dl", "dt", "dd", "table", "thead", "tbody", "tr", "th", "td"),
    *("figure", "figcaption", "em", "strong", "br"),
}
DRAWN = {"svg", "title", "desc", "style", "rect", "circle", "path", "text", "tspan", "g"}
ATTRIBUTES = {
    *("lang", "charset", "http-equiv", "content", "name", "class", "href", "id", "aria-labelledby", "aria-label"),
    *("role", "tabindex", "scope", "colspan", "start", "width", "height", "viewBox", "font-family", "fill", "stroke"),
    *("x", "y", "cx", "cy", "r", "rx", "d", "dx", "dy", "font-size", "font-weight", "text-anchor", "stroke-dasharray"),
    *("{http://www.w3.org/2000/xmlns/}xmlns", "points", "stroke-width", "transform", "opacity"),
}
"""All that a page is made of. What runs or loads is not among it."""


def parsed(html: str) -> Element:
    root: Element = html5lib.parse(html)
    return root


def elements(root: Element, name: str) -> list[Element]:
    return list(root.iter(f"{HTML}{name}"))


def text_of(element: Element) -> str:
    return "".join(element.itertext())
