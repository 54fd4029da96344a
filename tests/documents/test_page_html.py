"""The page of HTML: approved as a whole, and what everybody needs to read it."""

import itertools
from base64 import b64encode
from hashlib import sha256
from pathlib import Path

import msgspec
import pytest

from facilitator.documents.formats import FORMATS, render
from facilitator.documents.page.blocks import Picture
from facilitator.documents.page.html_page import html_page, page
from facilitator.documents.pictures.figures import files
from facilitator.model.session import Entry, Session, Why
from tests.documents.checkout_example import CHECKOUT
from tests.documents.page_elements import SVG, elements, parsed, text_of

APPROVED = Path(__file__).parent / "approved"
EMPTY = Session(id="s", title="", created=CHECKOUT.created)


@pytest.mark.parametrize("name", ["html", "text", "paste"])
def test_the_checkout_incident_is_the_approved_document(name: str) -> None:
    assert render(CHECKOUT, name) == (APPROVED / f"checkout{FORMATS[name].suffix}").read_text("utf-8")


def test_a_page_has_landmarks_a_language_and_a_way_past_the_contents() -> None:
    root = parsed(html_page(CHECKOUT))
    assert root.get("lang") == "en"
    for landmark in ("header", "nav", "main", "title", "h1"):
        assert len(elements(root, landmark)) == 1
    first = elements(root, "body")[0][0]
    assert (first.get("class"), first.get("href")) == ("skip", "#content")
    assert elements(root, "main")[0].get("id") == "content"


def test_headings_descend_by_one_and_name_their_sections() -> None:
    root = parsed(html_page(CHECKOUT))
    levels = [int(each.tag[-1]) for each in elements(root, "body")[0].iter() if each.tag[-2:] in ("h1", "h2", "h3")]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))
    ids = [each.get("id") for each in root.iter() if each.get("id")]
    assert len(ids) == len(set(ids))
    named = [each.get("aria-labelledby") for each in elements(root, "section") if each.get("aria-labelledby")]
    linked = [str(each.get("href")).removeprefix("#") for each in elements(elements(root, "nav")[0], "a")]
    assert named == linked
    assert set(linked) <= set(ids)


def test_tables_say_what_their_cells_are_and_can_be_reached_by_keyboard() -> None:
    root = parsed(html_page(CHECKOUT))
    tables = elements(root, "table")
    assert tables
    for table in tables:
        assert all(head.get("scope") for head in elements(table, "th"))
        assert elements(table, "thead")
    scrolled = [each for each in elements(root, "div") if "scroll" in str(each.get("class"))]
    assert all(each.get("tabindex") == "0" and each.get("aria-label") for each in scrolled)


def test_every_figure_is_in_the_page_and_has_a_name() -> None:
    root = parsed(html_page(CHECKOUT))
    pictures = list(root.iter(f"{SVG}svg"))
    assert len(pictures) == len([each for each in page(CHECKOUT) if isinstance(each, Picture)]) == 4
    ids = {each.get("id") for each in root.iter()}
    assert all(set(str(each.get("aria-labelledby")).split()) <= ids for each in pictures)
    assert next(text_of(each) for each in elements(root, "figcaption")) == "The timeline at a glance"


def test_answers_to_what_is_gone_leave_no_empty_figure() -> None:
    lost = msgspec.structs.replace(EMPTY, whys=(Why(id="w", text="nobody knew", parent="gone"),))
    assert not [each for each in page(lost) if isinstance(each, Picture)]
    assert files(lost) == {}


@pytest.mark.parametrize("paper", [False, True])
def test_a_browser_may_show_the_page_in_its_style_and_nothing_else(paper: bool) -> None:
    root = parsed(html_page(CHECKOUT, paper=paper))
    (style,) = elements(root, "style")
    digest = b64encode(sha256((style.text or "").encode()).digest()).decode()
    (policy,) = [str(each.get("content")) for each in elements(root, "meta") if each.get("http-equiv")]
    assert policy.split("; ")[:2] == ["default-src 'none'", f"style-src 'sha256-{digest}'"]
    assert "url(" not in (style.text or "")
    assert "@import" not in (style.text or "")


def test_what_is_empty_is_a_page_too() -> None:
    root = parsed(html_page(EMPTY))
    assert text_of(elements(root, "h1")[0]) == "Untitled postmortem"
    assert elements(root, "nav") == []


def test_the_day_of_entries_is_a_heading_of_their_rows() -> None:
    later = msgspec.structs.replace(CHECKOUT.timeline[-1].at, at=CHECKOUT.timeline[-1].at.at.replace(day=17))
    session = msgspec.structs.replace(
        CHECKOUT, timeline=(*CHECKOUT.timeline, Entry(id="late", at=later, text="a look back"))
    )
    root = parsed(html_page(session))
    days = [each for each in elements(root, "th") if each.get("scope") == "colgroup"]
    assert [text_of(each) for each in days] == ["2026-11-15", "2026-11-17"]
