"""Whole sessions whose every text is hostile, each with a twin of the same shape that holds plain words instead."""

from collections.abc import Callable
from typing import Any

import msgspec
from hypothesis import assume
from hypothesis import strategies as st

from facilitator.documents.escape import address
from facilitator.model.meeting_items import Meeting
from facilitator.model.review_items import Approval
from facilitator.model.session import Factor, Session, Why
from facilitator.model.text import one_line, paragraphs
from facilitator.model.whys import names_a_person, people
from tests.hostile import HOSTILE
from tests.strategies import sessions

NOT_TEXT = {
    *("id", "zone", "parent", "evidence", "whys", "factors", "rank", "about", "field"),
    *("meeting", "attendance", "new_here", "note_taker", "box", "skipped", "phase", "entry", "teller"),
    "session",
}
PROSE = {
    "prose",
    "summary",
    "trigger",
    "resolution",
    "faster",
    "runbooks",
    "command",
    "communication",
    "note",
    "answer",
    "seen",
    "meant",
    "expected",
    "options",
}

SHORT = [text for text in HOSTILE if len(text) < 600]
"""Long texts are tried where text is escaped; here they would only take time."""


class Twins(msgspec.Struct, frozen=True):
    """A hostile session, its twin, and the text that stands for each word of the twin."""

    hostile: Session
    plain: Session
    words: dict[str, str]

    def as_hostile(self, text: str) -> str:
        """Return what a text of the twin's document must be in the document of the hostile session."""
        for word, said in self.words.items():
            text = text.replace(word, said)
        return text


@st.composite
def twins(draw: st.DrawFn) -> Twins:
    """Sessions in which texts are hostile and some links lead nowhere or in a circle."""
    session = _tangled(draw, draw(sessions(max_items=2)))
    texts = st.one_of(st.sampled_from(SHORT), st.text("\\`*_[]<>|~#&-+1. \n", max_size=12), st.text(max_size=12))
    hostile = _mapped(session, lambda _name, _text: draw(texts))
    words: dict[str, str] = {}

    names: dict[str, str] = {}

    def word(said: str) -> str:
        if not said:
            return ""
        asks = "?" if said.endswith("?") else ""  # behind a question there is no colon
        name = names.setdefault(said, f"qx{len(names)}xq{asks}")  # what is the same stays the same
        words[name] = said
        return name

    def plain(name: str, text: str) -> str:
        if name in PROSE:
            return "\n".join(word(one_line(line)) for line in paragraphs(text).split("\n"))
        return text if address(text) else word(one_line(text))

    twin = _mapped(hostile, plain)
    assume(_at_a_person(hostile) == _at_a_person(twin))  # the one may name somebody whose name is within other words
    return Twins(hostile, twin, words)


def _at_a_person(session: Session) -> list[str]:
    known = people(session)
    return [why.id for why in session.whys if names_a_person(why, known)]


def _tangled(draw: st.DrawFn, session: Session) -> Session:
    ids = ["nowhere", *(why.id for why in session.whys), *(entry.id for entry in session.timeline)]
    some = st.lists(st.sampled_from(ids), max_size=2).map(tuple)

    def why(each: Why) -> Why:
        return msgspec.structs.replace(each, parent=draw(st.sampled_from([None, *ids])), evidence=draw(some))

    def factor(each: Factor) -> Factor:
        return msgspec.structs.replace(each, evidence=draw(some), whys=draw(some))

    if not draw(st.booleans()):
        return session
    return msgspec.structs.replace(
        session, whys=tuple(why(each) for each in session.whys), factors=tuple(factor(each) for each in session.factors)
    )


def _mapped(value: Any, change: Callable[[str, str], str], name: str = "") -> Any:
    """Return the value with every text of a person changed, given the name of its field."""
    if isinstance(value, tuple):
        return tuple(_mapped(each, change, name) for each in value)
    if isinstance(value, msgspec.Struct) and type(value).__name__ != "Moment":
        fields = {field: getattr(value, field) for field in value.__struct_fields__}
        return type(value)(
            **{
                field: old if _kept(value, field) else _mapped(old, change, _prose_of(value, field))
                for field, old in fields.items()
            }
        )
    return change(name, value) if type(value) is str else value


def _prose_of(holder: msgspec.Struct, field: str) -> str:
    """Return the name of a field, or "prose" for one of paragraphs with a name of those of one line."""
    return "prose" if isinstance(holder, Approval) and field == "text" else field


def _kept(holder: msgspec.Struct, field: str) -> bool:
    """Tell links and ids from the lists of items, and from the text, that bear the same names."""
    value = getattr(holder, field)
    if field == "facilitator":
        return isinstance(holder, Meeting)
    return field in NOT_TEXT and not (isinstance(value, tuple) and any(isinstance(x, msgspec.Struct) for x in value))
