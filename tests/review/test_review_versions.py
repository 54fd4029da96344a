"""Versions: what was published, and what is not as it was."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from facilitator.model.session import Session, Status
from facilitator.review.comments import Signed
from facilitator.review.versions import (
    Published,
    Readers,
    ReasonMissingError,
    changes,
    corrections,
    digest,
    latest,
    numbered,
    publish,
)
from tests.review.review_example import ALICE, NOW, example, ids

HOUSE, COMPANY = Readers("", "markdown"), Readers("company", "markdown")
NEW_ID = ids()


def render(session: Session) -> bytes:
    """Return a document with the corrections, as the real ones have them."""
    told = "".join(f"{each.number}: {each.text} ({each.changed})\n" for each in corrections(session))
    return (
        f"# {session.title}\n\n{session.status}\n\n## Summary\n\n{session.summary}\n\n## Corrections\n\n{told}".encode()
    )


def published(session: Session, before: bytes | None, why: str = "", readers: Readers = HOUSE) -> Published:
    return publish(session, readers, render, ALICE, NEW_ID, before=before, why=why)


def test_the_first_version_needs_no_reason_and_makes_the_session_final() -> None:
    first = published(example(), None)
    assert first.is_new
    assert first.session.status is Status.FINAL
    assert first.session.versions == (first.version,)
    assert (first.version.number, first.version.by, first.version.changed) == (1, "Alice", "")
    assert first.version.digest == digest(first.content)


def test_publishing_what_is_published_changes_nothing() -> None:
    first = published(example(), None)
    again = published(first.session, first.content)
    assert not again.is_new
    assert (again.session, again.content, again.version) == (first.session, first.content, first.version)
    assert published(replace(first.session, status=Status.IN_REVIEW), None).session == first.session


def test_a_correction_says_why_and_what_and_is_the_same_when_written_again() -> None:
    first = published(example(), None)
    changed = replace(first.session, summary="Checkout failed for 41 minutes.")
    with pytest.raises(
        ReasonMissingError, match=r"of version 1 needs a reason: why is it published\? \(Summary: 1 line changed\)"
    ):
        published(changed, first.content)
    second = published(changed, first.content, " The clock\n of the host was wrong. ")
    assert second.version.number == 2
    assert second.version.changed == "Summary: 1 line changed"
    assert b"2: The clock\n of the host was wrong. (Summary: 1 line changed)" in second.content
    assert render(second.session) == second.content
    assert not published(second.session, second.content).is_new
    third = published(replace(second.session, summary="Other"), second.content, "again")
    assert third.version.changed == "Summary: 1 line changed"
    assert [each.number for each in corrections(third.session)] == [2, 3]


def test_what_changed_is_not_told_when_the_bytes_are_gone() -> None:
    first = published(example(), None)
    second = published(replace(first.session, summary="Other"), None, "why")
    assert (second.version.number, second.version.changed) == (2, "")


def test_each_group_of_readers_has_versions_of_its_own() -> None:
    first = published(example(), None)
    company = published(first.session, None, readers=COMPANY)
    assert (company.version.number, company.version.profile) == (2, "company")
    assert corrections(company.session) == ()
    second = published(replace(company.session, summary="Other"), first.content, "a secret reason")
    assert not published(replace(second.session, summary=example().summary), None, readers=COMPANY).is_new
    third = published(second.session, company.content, "for you", readers=COMPANY)
    assert b"a secret reason" not in third.content
    assert latest(third.session, COMPANY) == third.version
    assert latest(example(), HOUSE) is None


def test_two_terminals_may_have_given_one_number() -> None:
    one = published(example(), None).session
    other = publish(replace(one, versions=(), summary="x"), HOUSE, render, Signed("Bo", NOW), NEW_ID)
    both = replace(one, versions=(*other.session.versions, *one.versions))
    assert [each.by for each in numbered(both, 1)] == ["Alice", "Bo"]
    assert numbered(both, 2) == ()


DOCUMENT = "# Checkout\n\nstatus\n\n## Timeline\n\none\ntwo\n\n## Actions\n\nthree\n"


@pytest.mark.parametrize(
    ("after", "told"),
    [
        (DOCUMENT, ""),
        (DOCUMENT.replace("\n\n", "\n\n\n").replace("one", "one "), ""),
        (DOCUMENT.replace("two", "two\ntwo and a half"), "Timeline: 1 line added"),
        (DOCUMENT.replace("one\n", "").replace("three", "four"), "Timeline: 1 line removed; Actions: 1 line changed"),
        (DOCUMENT.replace("one\ntwo", "1\n2\n3"), "Timeline: 2 lines changed, 1 added"),
        (DOCUMENT.replace("status", "other"), "beginning: 1 line changed"),
        (DOCUMENT.replace("status", "| a   |\n| --- |").replace("a  ", "a"), "beginning: 1 line changed, 1 added"),
        (DOCUMENT + "\n## Lessons\n\nnew\n", "Lessons: 2 lines added"),
    ],
)
def test_changes_are_told_by_section(after: str, told: str) -> None:
    assert changes(DOCUMENT.encode(), after.encode()) == told


HTML = (
    '<header>\n<h1>Checkout</h1>\n</header>\n<h2 id="x">What &amp; why</h2>\n<p>one</p>\n<h2>Actions</h2>\n<p>two</p>\n'
)
TEXT = "Checkout\n========\n\n  Status  draft\n\nWhat & why\n----------\n\n  one\n  ---\n\nActions\n-------\n\n  two\n"


@pytest.mark.parametrize("document", [HTML, TEXT], ids=["html", "text"])
def test_sections_are_known_in_html_and_in_plain_text(document: str) -> None:
    after = document.replace("one", "other").replace("two", "three")
    assert changes(document.encode(), after.encode()) == "What & why: 1 line changed; Actions: 1 line changed"


def test_without_sections_the_lines_are_told_alone() -> None:
    assert changes(b"one\ntwo\n", b"one\nthree\n") == "1 line changed"


def test_of_json_the_key_is_told() -> None:
    before = '{\n  "title": "x",\n  "parking_lot": [\n    {\n      "text": "a"\n    }\n  ]\n}'
    after = before.replace('"x"', '"y"').replace('"a"', '"b"')
    assert changes(before.encode(), after.encode()) == "title: 1 line changed; parking lot: 1 line changed"


def test_what_is_no_text_has_no_lines() -> None:
    assert changes(b"%PDF\xff", b"%PDF\xfe") == ""


@settings(max_examples=60)
@given(st.lists(st.text("ab \n#", max_size=12), max_size=5), st.lists(st.text("ab \n#", max_size=12), max_size=5))
def test_nothing_is_told_just_when_no_line_is_another(one: list[str], other: list[str]) -> None:
    before, after = "\n".join(one), "\n".join(other)
    lines = [[" ".join(each.split()) for each in text.split("\n") if each.strip()] for text in (before, after)]
    assert (changes(before.encode(), after.encode()) == "") == (lines[0] == lines[1])
