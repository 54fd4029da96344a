"""Markdown for GitHub and GitLab: the same to a reader, and no text of it is a reference there."""

import re
from collections.abc import Iterator

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from markdown_it import MarkdownIt

from facilitator.documents.flavours import github, gitlab
from facilitator.documents.markdown import markdown
from facilitator.model.session import Session
from tests.documents.checkout_example import CHECKOUT
from tests.documents.hostile_sessions import Twins, twins

RENDERER = MarkdownIt("commonmark").enable("table")
REFERENCES = ("@alice", "see #12", "GH-7", ":tada:", "!5", "&9", "~bug", "%v1", "^alert#3", "a@b.example", "8 % of 50")


def texts(source: str) -> Iterator[str]:
    """Yield what a reader sees of each line; a comment parts text as it does where references are looked for."""
    for leaf in RENDERER.parse(source):
        if leaf.type == "inline":
            comments = [child.content for child in leaf.children or () if child.type == "html_inline"]
            assert set(comments) <= {"<!-- -->"}
            yield "".join("\n" if each.type.endswith("break") else each.content for each in leaf.children or ())


def seen(source: str) -> list[str]:
    return [text.replace("<!-- -->", "") for text in texts(source) if text != "[[TOC]]"]


@given(twins())
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_reader_sees_the_same_in_every_flavour(pair: Twins) -> None:
    plain = seen(markdown(pair.hostile))
    assert seen(github(pair.hostile)) == plain
    assert seen(gitlab(pair.hostile)) == plain


@pytest.mark.parametrize("text", REFERENCES)
def test_text_of_people_is_no_reference(text: str) -> None:
    session = msgspec.structs.replace(CHECKOUT, summary=text)
    on_github = "\n".join(texts(github(session)))
    assert re.search(r"@\w|#\d|\bGH-\d|(?<!\d):[\w+-]+:", on_github) is None
    summary = gitlab(session).partition("## Incident summary\n\n")[2].partition("\n")[0]
    assert re.search(r"(?<!\\)(?:@\w|[#!&]\d|[~%$^]\w)|(?<!\d):[\w+-]+:", summary) is None


def test_addresses_and_diagrams_stay_as_they_are() -> None:
    source = markdown(CHECKOUT)
    targets = re.findall(r"\]\((\S+)\)", source)
    diagrams = re.findall(r"^```mermaid.*?^```$", source, re.MULTILINE | re.DOTALL)
    assert targets
    assert diagrams
    for flavour in (github(CHECKOUT), gitlab(CHECKOUT)):
        assert re.findall(r"\]\((\S+)\)", flavour) == targets
        assert all(each in flavour for each in diagrams)


def test_gitlab_has_contents_below_the_header() -> None:
    head, between, _ = gitlab(CHECKOUT).partition("\n\n[[_TOC_]]\n\n## ")
    assert between
    assert head.startswith("# Checkout errors")
    empty = Session(id="s", title="x", created=CHECKOUT.created)
    assert "TOC" not in gitlab(empty)
