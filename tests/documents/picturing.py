"""What the tests of pictures look at: SVG read by a parser of XML, and sessions made of whys."""

from datetime import UTC, datetime
from itertools import combinations
from xml.etree import ElementTree as ET

import msgspec

from facilitator.documents.pictures.measure import text_width
from facilitator.model.session import Action, Factor, Join, Session, Why

SVG = "{http://www.w3.org/2000/svg}"
ELEMENTS = {"svg", "title", "desc", "style", "rect", "circle", "path", "g", "text", "tspan"}
ATTRIBUTES = {
    "class", "width", "height", "viewBox", "role", "aria-labelledby", "id", "font-family", "font-size", "font-weight",
    "text-anchor", "x", "y", "dy", "cx", "cy", "r", "rx", "d", "stroke-dasharray",
}  # fmt: skip
"""All that a picture is made of: nothing that acts, and nothing that is loaded from elsewhere."""

CARDS = {"card", "effect", "single", "more"}


class Card(msgspec.Struct, frozen=True):
    """A box with the text in it, and whether all of the text lies within."""

    kind: str
    left: float
    top: float
    right: float
    bottom: float


class Picture:
    """An SVG that is checked while it is read."""

    def __init__(self, source: str) -> None:
        self.root = ET.fromstring(source)
        tags = {each.tag.removeprefix(SVG) for each in self.root.iter()}
        assert tags <= ELEMENTS
        assert {name for each in self.root.iter() for name in each.attrib} <= ATTRIBUTES
        self.width, self.height = (float(self.root.attrib[name]) for name in ("width", "height"))
        self.style = "".join(each.text or "" for each in self.root.iter(f"{SVG}style"))
        self.cards = [
            Card(
                each.attrib["class"], left, top, left + float(each.attrib["width"]), top + float(each.attrib["height"])
            )
            for each in self.root.iter(f"{SVG}rect")
            if each.attrib["class"] in CARDS
            for left, top in [(float(each.attrib["x"]), float(each.attrib["y"]))]
        ]
        self.texts = [" ".join(_lines(each)) for each in self.root.iter(f"{SVG}text")]
        self.titles = [each.text or "" for group in self.root.iter(f"{SVG}g") for each in group.findall(f"{SVG}title")]

    def check_room(self) -> None:
        """Raise AssertionError when boxes meet, or when a box or a line of text is cut by the edge."""
        for card in self.cards:
            assert 0 < card.left < card.right < self.width
            assert 0 < card.top < card.bottom < self.height
        for one, other in combinations(self.cards, 2):
            assert one.right < other.left or other.right < one.left or one.bottom < other.top or other.bottom < one.top
        for each in self.root.iter(f"{SVG}text"):
            self._check_text(each)

    def _check_text(self, text: ET.Element) -> None:
        x, y, size = (float(text.attrib[name]) for name in ("x", "y", "font-size"))
        lines = _lines(text)
        longest = max(text_width(line, size, bold="font-weight" in text.attrib) for line in lines)
        left = x - longest / 2 if "text-anchor" in text.attrib else x
        bottom = y + sum(float(each.attrib["dy"]) for each in text if "dy" in each.attrib)
        right, top = left + longest, y - size
        assert left >= 0
        assert right <= self.width
        assert bottom <= self.height
        around = [
            card
            for card in self.cards
            if card.left <= x <= card.right
            and card.top - 1 <= y <= card.bottom
            and text.attrib["class"] in ("ink", "muted")
        ]
        for card in around:
            assert card.left <= left
            assert right <= card.right
            assert card.top <= top
            assert bottom <= card.bottom


def _lines(text: ET.Element) -> list[str]:
    return [text.text or "", *(each.text or "" for each in text)]


def session_of(
    *whys: Why, title: str = "Title", factors: tuple[Factor, ...] = (), actions: tuple[Action, ...] = ()
) -> Session:
    """A session of these whys."""
    created = datetime(2026, 11, 15, tzinfo=UTC)
    return Session(id="s", title=title, created=created, whys=whys, factors=factors, actions=actions)


def why(name: str, parent: str | None = None, join: Join = Join.OR, text: str = "") -> Why:
    """A why with a text of its own."""
    return Why(id=name, text=text or f"text {name}", parent=parent, join=join)


def chain(length: int) -> list[Why]:
    """An effect with answers, each to the one before."""
    return [why(f"n{number}", f"n{number - 1}" if number else None) for number in range(length)]


def comb(length: int) -> list[Why]:
    """A tree of `length` pairs: a leaf, and an answer that goes on."""
    whys = [why("n0", join=Join.AND)]
    for number in range(length):
        join = Join.OR if number % 2 else Join.AND
        whys += [why(f"leaf{number}", f"n{number}"), why(f"n{number + 1}", f"n{number}", join)]
    return whys


def saying(text: str) -> Session:
    """A session of every shape in which everything says the same text."""
    whys = [
        why("a", None, Join.AND, text), why("b", "a", Join.OR, text), why("c", "a", Join.OR, text),
        why("d", "c", Join.OR, text), why("e", "c", Join.OR, text), why("f", None, Join.OR, text),
        why("g", "f", Join.OR, text),
    ]  # fmt: skip
    factors = (Factor(id="x", text=text, category=text, whys=("b", "d")), Factor(id="y", text=text, whys=("g",)))
    return session_of(*whys, title=text, factors=factors, actions=(Action(id="z", text=text, factors=("x",)),))
