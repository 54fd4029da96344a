"""No text becomes structure in HTML, in what is pasted, in Word, in PDF or in a mail, and none is lost."""

import io
import re
from xml.etree.ElementTree import fromstring

import msgspec
import pytest
from docx import Document
from hypothesis import HealthCheck, given, settings
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject

from facilitator.documents.escape import address
from facilitator.documents.formats import encode, render
from facilitator.documents.page.extras import ExtraMissingError
from facilitator.model.session import Session
from tests.documents.checkout_example import CHECKOUT
from tests.documents.hostile_sessions import SHORT, Twins, twins
from tests.documents.page_elements import ATTRIBUTES, DRAWN, ELEMENTS, HTML, SVG, elements, parsed, text_of

LIMITS = settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
LINES = ("p", "li", "h1", "h2", "h3", "dt", "dd", "td", "th")
BARE = {"h1", "h2", "h3", "p", "ul", "ol", "li", "table", "tbody", "tr", "th", "td", "strong", "em", "a", "br", "all"}


def bare(text: str) -> str:
    return "".join(text.split())


def targets(session: Session) -> set[str]:
    """The addresses that a session gives, without what stands for a character in them."""
    given_addresses = [
        *(each for entry in session.timeline for each in (entry.source, *entry.links)),
        *(action.ticket for action in session.actions),
    ]
    return {known(url) for each in given_addresses if (url := address(each))}


def known(url: str) -> str:
    return re.sub(r"%[0-9A-F]{2}|[^A-Za-z0-9]", "", url).lower()


@given(twins())
@LIMITS
def test_a_page_has_the_same_elements_whatever_people_wrote(pair: Twins) -> None:
    hostile, plain = (parsed(render(each, "html")) for each in (pair.hostile, pair.plain))
    for each in hostile.iter():
        name = each.tag.removeprefix(HTML).removeprefix(SVG)
        assert name in (DRAWN if each.tag.startswith(SVG) else ELEMENTS)
        assert set(each.attrib) <= ATTRIBUTES
    assert all(
        url.startswith("#") or known(url) in targets(pair.hostile)
        for each in elements(hostile, "a")
        if (url := str(each.get("href")))
    )
    shown, expected = ([text_of(line) for name in LINES for line in elements(root, name)] for root in (hostile, plain))
    assert [bare(line) for line in shown] == [bare(pair.as_hostile(line)) for line in expected]


@given(twins())
@LIMITS
def test_what_is_pasted_is_xml_of_few_elements(pair: Twins) -> None:
    hostile, plain = (fromstring(f"<all>{render(each, 'paste')}</all>") for each in (pair.hostile, pair.plain))
    assert {each.tag for each in hostile.iter()} <= BARE
    assert {name for each in hostile.iter() for name in each.attrib} <= {"href", "start"}
    assert [each.tag for each in hostile.iter()] == [each.tag for each in plain.iter()]
    assert bare(text_of(hostile)) == bare(pair.as_hostile(text_of(plain)))


@given(twins())
@LIMITS
def test_a_mail_has_all_words_and_none_of_people_at_the_left_edge(pair: Twins) -> None:
    hostile, plain = (render(each, "text") for each in (pair.hostile, pair.plain))
    assert all(bare(word) in bare(hostile) for name, word in pair.words.items() if name in plain)
    edge = [line for line in plain.split("\n")[1:] if line[:1].strip()]
    assert not [line for line in edge if "xq" in line and not line.startswith("As told at")]


@given(twins())
@settings(LIMITS, max_examples=2)
def test_word_has_the_same_paragraphs_whatever_people_wrote(pair: Twins) -> None:
    hostile, plain = (Document(io.BytesIO(encode(each, "docx"))) for each in (pair.hostile, pair.plain))
    styles = [[each.style.name if each.style else "" for each in document.paragraphs] for document in (hostile, plain)]
    assert styles[0] == styles[1]
    texts = [[bare(each.text) for each in document.paragraphs] for document in (hostile, plain)]
    assert texts[0] == [bare(pair.as_hostile(text)) for text in texts[1]]
    outside = [each.target_ref for each in hostile.part.rels.values() if each.is_external]
    assert {known(each) for each in outside} <= targets(pair.hostile)


def test_a_pdf_has_the_text_and_only_links_that_lead_to_the_web() -> None:
    entry = CHECKOUT.timeline[0]
    texts = [each for each in SHORT if len(each) < 80 and any(sign in each for sign in "<:")]
    session = Session(
        id="s",
        title="<script>alert(1)</script>",
        created=CHECKOUT.created,
        summary=CHECKOUT.summary,
        timeline=tuple(
            msgspec.structs.replace(entry, id=f"e{number}", text=text, source=text) for number, text in enumerate(texts)
        ),
    )
    try:
        document = encode(session, "pdf")
    except ExtraMissingError as error:
        pytest.skip(str(error))  # Pango is no Python package, and a machine may lack it
    reader = PdfReader(io.BytesIO(document))
    text = bare("".join(each.extract_text() for each in reader.pages).replace("\0", ""))
    assert "<script>alert(1)</script>" in text
    assert bare("javascript:alert(1)") in text
    assert bare(CHECKOUT.summary)[:60] in text
    for sheet in reader.pages:
        for each in sheet.get("/Annots") or ArrayObject():
            annotation = each.get_object()
            assert isinstance(annotation, DictionaryObject)
            action = annotation.get("/A")
            assert action is None or (action["/S"] == "/URI" and re.match(r"https?:|mailto:", action["/URI"]))
    raw = str(reader.trailer["/Root"])
    assert not [name for name in ("/JavaScript", "/OpenAction", "/EmbeddedFiles", "/Launch") if name in raw]
    assert reader.metadata is not None
    assert reader.metadata.title == "<script>alert(1)</script>"


def test_files_are_the_same_bytes_every_time() -> None:
    assert encode(CHECKOUT, "docx") == encode(CHECKOUT, "docx")
