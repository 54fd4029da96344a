"""No text of a session becomes structure in a document, and none is lost."""

import json
from itertools import product

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings

from facilitator.documents.escape import address
from facilitator.documents.formats import FORMATS, render
from facilitator.documents.markdown import markdown
from facilitator.documents.occasion import NotYetError
from facilitator.documents.pictures.figures import nothing
from facilitator.model.edits import find
from facilitator.model.private import published
from facilitator.model.session import Session
from facilitator.model.text import clean
from tests.documents.hostile_sessions import Twins, twins
from tests.documents.reading import INLINE, RENDERERS, STRUCTURE, read

LIMITS = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
FLAVOURS = ("github", "gitlab")
MARKDOWN = [name for name, each in FORMATS.items() if each.suffix.endswith(".md") and name not in FLAVOURS]


def words(session: Session, format_name: str) -> str:
    """Return a document without its diagrams, whose labels are not Markdown; they have tests of their own."""
    return markdown(session, nothing) if format_name == "markdown" else written(session, format_name)


def written(session: Session, format_name: str) -> str:
    """Return a document, or nothing when it is about meetings that there are not yet."""
    try:
        return render(session, format_name)
    except NotYetError:
        return ""


@given(twins())
@settings(LIMITS, max_examples=40)
def test_hostile_text_changes_nothing_but_the_text(pair: Twins):
    for format_name, renderer in product(MARKDOWN, RENDERERS):
        page = read(words(pair.hostile, format_name), renderer)
        plain = read(words(pair.plain, format_name), renderer)

        assert page.skeleton == plain.skeleton
        assert page.texts == [pair.as_hostile(text) for text in plain.texts]
        assert page.kinds <= STRUCTURE | INLINE | {"thead_open", "tbody_open"}


@given(twins())
@LIMITS
def test_diagrams_are_blocks_of_code_that_no_text_can_end(pair: Twins):
    for renderer in RENDERERS:
        shown, plain = (read(markdown(each), renderer) for each in (pair.hostile, pair.plain))
        without = read(markdown(pair.hostile, nothing), renderer)

        assert [each for each in shown.skeleton if each != "fence code"] == without.skeleton
        assert shown.skeleton.count("fence code") == plain.skeleton.count("fence code")


@given(twins())
@LIMITS
def test_links_lead_only_where_the_session_says(pair: Twins):
    session = pair.hostile
    given_addresses = [
        *(each for entry in session.timeline for each in (entry.source, *entry.links)),
        *(action.ticket for action in session.actions),
    ]
    allowed = {RENDERERS["commonmark"].normalizeLink(url) for each in given_addresses if (url := address(each))}

    for format_name in MARKDOWN:
        assert set(read(written(session, format_name)).links) <= allowed


@given(twins())
@LIMITS
def test_documents_are_clean_text_that_ends_in_one_newline(pair: Twins):
    for format_name in (*MARKDOWN, *FLAVOURS, "html", "text", "paste", "json"):
        document = written(pair.hostile, format_name)
        assert document == written(pair.hostile, format_name)
        if not document:
            continue

        assert document.endswith("\n")
        assert not document.endswith("\n\n")
        assert clean(document) == document


@given(twins())
@LIMITS
def test_every_text_of_the_analysis_is_in_the_document(pair: Twins):
    shown = "\n".join(read(render(pair.plain, "markdown")).texts)
    session = pair.plain

    texts = [
        *(each.text for each in session.participants),
        *(each.text for each in session.timeline),
        *(each.text for each in session.response_notes),
        *(each.text for each in session.whys),
        *(each.text for each in session.factors),
        *(each.text for each in session.lessons),
        *(each.text for each in session.actions),
        *(each.text for each in session.questions),
        *(each.seen for each in published(session).accounts if find(session, each.entry) is not None),
    ]
    texts = [line for text in texts for line in text.split("\n")]
    assert [text for text in texts if text not in shown] == []
    assert render(session, "markdown") == render(msgspec.structs.replace(session, parking_lot=()), "markdown")


@given(twins())
@LIMITS
def test_json_is_valid_and_keeps_every_item(pair: Twins):
    session = pair.hostile
    read_back = json.loads(render(session, "json"), parse_constant=pytest.fail)

    assert [entry["id"] for entry in read_back.get("timeline", [])] == [entry.id for entry in session.timeline]
    assert read_back["title"] == clean(session.title)
