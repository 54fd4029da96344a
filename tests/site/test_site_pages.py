"""The lists of a site: by groups, what recurs, what is open, and the feed."""

from datetime import UTC, date, datetime
from typing import Any
from xml.etree import ElementTree as ET

import html5lib
import msgspec

from facilitator.documents.markdown import markdown
from facilitator.site.feed import MOST, feed
from facilitator.site.page import Page
from facilitator.site.pages import pages
from facilitator.site.postmortem import Postmortem, Work
from facilitator.site.reading import read
from tests.site.site_sessions import TRICKS, final, hostile, id_of

ATOM = "{http://www.w3.org/2005/Atom}"


def postmortem(number: int, title: str = "", **fields: Any) -> Postmortem:
    session = final(number, title, **fields)
    return read(markdown(session), session.id, session.id.lower(), {})


def site(*found: Postmortem, in_house: bool = False) -> dict[str, Page]:
    return {page.name: page for page in pages(found, "Our postmortems", in_house=in_house)}


def href(entry: ET.Element) -> str:
    return entry.findall(f"{ATOM}link")[0].attrib["href"]


def text(html: str) -> str:
    return " ".join("".join(html5lib.parse(html, namespaceHTMLElements=False).itertext()).split())


def test_the_index_lists_all_newest_first_and_leads_to_every_group() -> None:
    found = site(postmortem(1), postmortem(300), postmortem(2, services=("search",), tags=(), cause=""))
    index = found["index"]
    assert index.title == "Our postmortems"
    places = [index.body.index(f"Incident {number}<") for number in (300, 2, 1)]
    assert places == sorted(places)
    for name in ("service/checkout", "service/search", "cause/testing", "severity/sev2", "year/2026", "tag/redis"):
        assert f'<a href="{name}.html">' in index.body
        assert name in found
    assert '<li data-service="search" data-cause="testing" data-severity="sev2" data-year="2026">' in index.body
    assert "3 postmortems, 2026" in text(index.body)


def test_a_word_that_is_a_cause_and_a_tag_is_said_once() -> None:
    index = site(postmortem(1, services=("dns", "search"), cause="DNS", tags=("dns", "testing", "redis")))["index"]
    assert '<span class="about">dns, search · testing · redis</span>' in index.body
    assert 'data-tag="dns testing redis"' in index.body


def test_a_group_lists_its_postmortems_and_is_written_as_most_do() -> None:
    services = ("Check-Out", "check out", "check out")
    found = site(*(postmortem(number, services=(name,)) for number, name in enumerate(services)))
    page = found["service/check-out"]
    assert page.title == "check out"
    assert "3 postmortems" in page.body
    assert f'<a href="../postmortem/{id_of(2).lower()}.html">Incident 2</a>' in page.body


def test_only_postmortems_are_searched() -> None:
    found = site(postmortem(1), in_house=True)
    assert [name for name, page in found.items() if page.searched] == [f"postmortem/{id_of(1).lower()}"]


def test_without_postmortems_there_is_an_index_that_says_so() -> None:
    found = site()
    assert set(found) == {"index", "recurring"}
    assert "No postmortem has been published for these readers yet." in found["index"].body


def test_causes_that_recur_are_told_with_the_services_that_met_them_again() -> None:
    cause: dict[str, Any] = {"factors": (), "cause": "deployment"}
    found = site(
        postmortem(0, **cause),
        postmortem(100, **cause),
        postmortem(700, **cause),
        postmortem(5, services=("search",), **cause),
        postmortem(6, factors=(), cause="code"),
    )
    said = text(found["recurring"].body)
    assert "1 cause was met more than once" in said
    assert "deployment 4 postmortems, last on 2028-01-30" in said
    assert "checkout3once" in said
    assert "search" not in said
    assert "code" not in said
    never = site(postmortem(1, cause="code", factors=()), postmortem(2, factors=()))
    assert "No cause was met more than once." in never["recurring"].body


def test_open_actions_are_on_a_page_of_the_house_the_first_that_is_due_first() -> None:
    found = postmortem(1)
    open_work = msgspec.structs.replace(
        found,
        work=(
            Work("No date"),
            Work("Later", due=date(2026, 5, 1)),
            Work("<b>Soon</b>", "@alice", date(2026, 4, 1), "P1"),
        ),
    )
    page = site(open_work, in_house=True)["actions"]
    said = text(page.body)
    assert "3 actions are neither done nor given up." in said
    assert said.index("2026-04-01P1<b>Soon</b>@aliceIncident 1") < said.index("Later") < said.index("No date")
    assert "actions" not in site(open_work)


def test_the_feed_is_atom_with_the_last_published_first() -> None:
    older, newer = postmortem(400), postmortem(1, "Corrected <late>")
    newer = msgspec.structs.replace(newer, published=datetime(2027, 6, 1, 8, 30, 12, 345, UTC), version=2)
    told = feed([older, newer], "Ours & theirs", "public", "https://example.com/p/")
    tree = ET.fromstring(told)
    assert tree.findtext(f"{ATOM}title") == "Ours & theirs"
    assert tree.findtext(f"{ATOM}updated") == "2027-06-01T08:30:12Z"
    first, second = tree.findall(f"{ATOM}entry")
    assert first.findtext(f"{ATOM}title") == "Corrected <late>"
    assert href(first) == f"https://example.com/p/postmortem/{id_of(1).lower()}.html"
    assert second.findtext(f"{ATOM}updated") == "2027-04-05T00:00:00Z"
    assert first.findtext(f"{ATOM}id") != second.findtext(f"{ATOM}id")
    moved = ET.fromstring(feed([newer], "Other", "public", ""))
    assert moved.findtext(f"{ATOM}entry/{ATOM}id") == first.findtext(f"{ATOM}id")
    assert href(moved.findall(f"{ATOM}entry")[0]).startswith("postmortem/")


def test_the_feed_takes_any_text_and_is_not_endless() -> None:
    found = [read(markdown(each), each.id, each.id.lower(), {}) for each in hostile()]
    entries = ET.fromstring(feed(found, "T", "public", "")).findall(f"{ATOM}entry")
    assert len(entries) == MOST < len(TRICKS)
    titles = {each.title for each in found}
    assert all((each.findtext(f"{ATOM}title") or "") in titles for each in entries)
    assert not ET.fromstring(feed([], "T", "public", "")).findall(f"{ATOM}entry")
