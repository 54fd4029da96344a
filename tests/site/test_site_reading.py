"""A page says what its document says, and no text of it becomes more than text."""

from datetime import date

import html5lib
import pytest

from facilitator.documents.markdown import markdown
from facilitator.documents.page.html_page import placed
from facilitator.documents.pictures.figures import FIGURES
from facilitator.model.session import Session
from facilitator.site.postmortem import Kind
from facilitator.site.reading import read
from tests.site.site_sessions import final, hostile

TAGS = {
    *("html", "head", "body", "div", "section", "h2", "h3", "p", "a", "strong", "em", "br", "ul", "ol", "li"),
    *("dl", "dt", "dd", "table", "thead", "tbody", "tr", "th", "td", "figure", "figcaption", "img"),
}
ATTRIBUTES = {
    *("class", "href", "id", "aria-labelledby", "aria-label", "role", "tabindex", "scope", "colspan", "start"),
    *("src", "alt", "width", "height", "loading"),
}
XHTML = "{http://www.w3.org/1999/xhtml}"


def test_title_facts_and_sections_are_those_of_the_document() -> None:
    session = final(
        1,
        "Checkout errors after v3.2",
        services=("checkout", "payments"),
        tags=("deployment", "api-contract"),
        factors=(),
    )
    found = read(markdown(session), "ID", "name", {})
    assert found.title == "Checkout errors after v3.2"
    assert found.day == date(2026, 3, 2)
    assert {kind: [each.words for each in found.of(kind)] for kind in Kind} == {
        Kind.SERVICE: ["checkout", "payments"],
        Kind.CAUSE: ["configuration"],
        Kind.SEVERITY: ["SEV2"],
        Kind.YEAR: ["2026"],
        Kind.TAG: ["deployment", "api-contract"],
    }
    assert ("timeline", "Timeline") in found.contents
    assert '<dd><a href="../severity/sev2.html">SEV2</a></dd>' in found.body
    assert "<dt>Status</dt>" not in found.body


def test_the_categories_of_root_causes_are_causes_too() -> None:
    found = read(markdown(final(1)), "ID", "name", {})
    assert [each.words for each in found.of(Kind.CAUSE)] == ["configuration", "testing"]


def test_the_summary_is_its_first_paragraph_and_short() -> None:
    found = read(markdown(final(1, summary="First *part*.\n\nSecond.")), "ID", "name", {})
    assert found.summary == "First *part*."
    long = read(markdown(final(1, summary="word " * 500)), "ID", "name", {})
    assert len(long.summary) < 410
    assert long.summary.endswith("word …")


def test_figures_have_their_place_and_diagrams_in_the_text_are_left_out() -> None:
    session = final(1)
    figures = {name: figure.svg(session) for name, figure in FIGURES.items() if figure.when(session)}
    found = read(markdown(session, placed), "ID", "name", figures)
    assert '<img src="name/timeline.svg" alt="The timeline at a glance;' in found.body
    plain = read(markdown(session), "ID", "name", {})
    assert "flowchart" not in plain.body
    assert not plain.figures
    assert "Nothing checked it" in plain.body


def test_a_document_that_is_none_of_ours_is_shown_all_the_same() -> None:
    found = read("Only *words*\n\n<script>alert(1)</script>\n", "ID", "name", {})
    assert (found.title, found.day, found.groups) == ("Untitled postmortem", None, ())
    assert "Only <em>words</em>" in found.body
    assert "&lt;script&gt;" in found.body


@pytest.mark.parametrize("session", hostile(), ids=lambda session: session.id[-4:])
def test_no_text_becomes_markup(session: Session) -> None:
    found = read(markdown(session, placed), session.id, "name", dict.fromkeys(FIGURES, "<svg/>"))
    tree = html5lib.parse(f"<!DOCTYPE html><title>x</title>{found.body}", treebuilder="etree")
    for element in tree.iter():
        name = str(element.tag).removeprefix(XHTML)
        assert name in TAGS | {"title"}
        assert set(element.attrib) <= ATTRIBUTES
        address = element.attrib.get("href", "")
        assert address.startswith(("../", "https://", "http://", "mailto:")) or not address
    assert found.title == session.title or (not session.title and found.title == "Untitled postmortem")
