"""A secret in any text of any list that is published is gone from the session and from every format."""

import io
import zipfile
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from enum import Enum
from types import MappingProxyType
from typing import Any, get_args, get_origin

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from facilitator.documents.formats import FORMATS, encode, render
from facilitator.documents.occasion import NotYetError
from facilitator.documents.page.extras import ExtraMissingError
from facilitator.model.edits import LINK_FIELDS, LISTS
from facilitator.model.item import Item
from facilitator.model.moments import Moment
from facilitator.model.private import NEVER_PUBLISHED, published
from facilitator.model.session import Conflict, Session
from facilitator.redaction.profiles import PROFILES, PUBLIC
from facilitator.redaction.redacting import redacted, redacting
from tests.strategies import sessions

NOON = datetime(2026, 11, 15, 12, tzinfo=UTC)
KEY = "ghp_" + "16C7e42F292c6912E7710c838347Ae178B4a"
LINKS = frozenset(
    ("id", "parent", "about", "entry", "teller", "meeting", "box", "session", "facilitator", "note_taker", "skipped")
)
GIVEN_BY_PROGRAM = frozenset(("phase", "profile", "format", "digest", "zone"))
PUBLISHED = tuple(kind for kind, name in LISTS.items() if name not in NEVER_PUBLISHED and kind is not Conflict)
SAMPLES = MappingProxyType({str: "x", int: 1, float: 0.0, bool: False, datetime: NOON, date: date(2026, 11, 15)})


def text_fields(kind: type[msgspec.Struct]) -> Iterator[tuple[str, bool]]:
    """Yield the fields that hold what people wrote, and whether each holds several texts."""
    links = {*LINKS, *LINK_FIELDS.get(kind, ())} if issubclass(kind, Item) else {"id"}
    for field in msgspec.structs.fields(kind):
        several = get_origin(field.type) is tuple and get_args(field.type)[0] is str
        if (field.type is str or several) and field.name not in links | GIVEN_BY_PROGRAM:
            yield field.name, several


def sample(of: Any) -> object:
    if of is Moment:
        return Moment(NOON)
    return next(iter(of)) if issubclass(of, Enum) else SAMPLES[of]


def planted(kind: type[Item], number: int) -> Item:
    """Return an item of this kind with the key in every one of its texts."""
    texts = {
        name: (f"a {KEY}", f"b {KEY} c") if several else f"with {KEY} in it" for name, several in text_fields(kind)
    }
    needed: dict[str, Any] = {
        each.name: sample(each.type)
        for each in msgspec.structs.fields(kind)
        if each.required and each.name not in texts and each.name != "id"
    }
    return kind(**{**needed, **texts, "id": f"I{number}"})


def whole_session() -> Session:
    own: dict[str, Any] = {
        name: (f"a {KEY}",) if several else f"with {KEY} in it" for name, several in text_fields(Session)
    }
    lists: dict[str, Any] = {LISTS[kind]: (planted(kind, number),) for number, kind in enumerate(PUBLISHED)}
    session = Session(**{"id": "S", "created": NOON, **own, **lists})
    parts = {
        part: msgspec.structs.replace(
            getattr(session, part),
            **{
                name: (f"a {KEY}",) if several else f"with {KEY} in it"
                for name, several in text_fields(type(getattr(session, part)))
            },
        )
        for part in ("impact", "detection", "response")
    }
    return msgspec.structs.replace(session, **parts)


def rendered(session: Session) -> dict[str, str]:
    found: dict[str, str] = {}
    for name in FORMATS:
        try:
            found[name] = render(session, name)
        except NotYetError:
            continue
    return found


@pytest.mark.parametrize("name", PROFILES)
def test_no_text_of_any_list_keeps_a_key(name: str):
    session = whole_session()
    before = msgspec.json.encode(published(session)).decode()
    assert before.count(KEY) > 3 * len(PUBLISHED)
    shown = redacted(session, PROFILES[name])
    assert KEY not in msgspec.json.encode(shown).decode()
    documents = rendered(shown)
    assert len(documents) > 6
    assert not [name for name, document in documents.items() if KEY in document or KEY[4:] in document]


def in_word(document: bytes) -> str:
    """All that is in a file of Word but the points of its pictures."""
    with zipfile.ZipFile(io.BytesIO(document)) as parts:
        return "".join(parts.read(name).decode() for name in parts.namelist() if name.endswith((".xml", ".rels")))


def in_pdf(document: bytes) -> str:
    """All text of a PDF, where its links lead, and what it says about itself; a line may end anywhere."""
    reader = PdfReader(io.BytesIO(document))
    texts = [page.extract_text() for page in reader.pages]
    links = [str(each.get_object()) for page in reader.pages for each in page.get("/Annots") or ()]
    return "".join("".join((*texts, *links, str(reader.metadata), str(reader.outline))).split())


@pytest.mark.parametrize(("name", "read"), [("docx", in_word), ("pdf", in_pdf)])
def test_no_file_of_a_redacted_session_keeps_a_key(name: str, read: Callable[[bytes], str]):
    session = whole_session()
    try:
        before = read(encode(session, name))
    except ExtraMissingError as error:
        pytest.skip(str(error))  # Pango is no Python package, and a machine may lack it
    assert before.count(KEY) > len(PUBLISHED)
    after = read(encode(redacted(session, PUBLIC), name))
    assert len(after) > 1000
    assert KEY[4:] not in after


@pytest.mark.parametrize("kind", PUBLISHED, ids=lambda kind: kind.__name__)
def test_the_preview_names_every_text_of_a_list(kind: type[Item]):
    item = planted(kind, 0)
    session = msgspec.structs.replace(Session(id="S", title="t", created=NOON), **{LISTS[kind]: (item,)})
    seen = {each.place for each in redacting(session, PUBLIC).replacements if each.about == item.id}
    assert {name for name, _ in text_fields(kind)} <= seen
    assert KEY not in msgspec.json.encode(redacted(session, PUBLIC)).decode()


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(sessions(max_items=2), st.data())
def test_a_key_in_any_text_of_any_session_is_gone_from_every_format(session: Session, data: st.DataObject):
    items = [item for kind in PUBLISHED for item in getattr(session, LISTS[kind]) if [*text_fields(type(item))]]
    if items:
        item = data.draw(st.sampled_from(items))
        name, several = data.draw(st.sampled_from([*text_fields(type(item))]))
        text = data.draw(st.sampled_from(("{}", "({})", "a{{}} {}", "é {},", "{}\n"))).replace("{}", f" {KEY}")
        other = msgspec.structs.replace(item, **{name: (text,) if several else text})
        where = LISTS[type(item)]
        session = msgspec.structs.replace(
            session, **{where: tuple(other if each is item else each for each in getattr(session, where))}
        )
    assert not [name for name, document in rendered(redacted(session, PUBLIC)).items() if KEY in document]


def test_links_to_other_sessions_and_items_stay():
    session = whole_session()
    shown = redacted(session, PUBLIC)
    assert [each.session for each in shown.precedents] == [each.session for each in session.precedents]
    assert [each.id for each in shown.versions] == [each.id for each in session.versions]
