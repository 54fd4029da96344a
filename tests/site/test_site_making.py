"""A whole site as Sphinx makes it: what is in its files and what is not, and that making it again changes nothing."""

import json
import re
import shutil
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote, urlsplit
from xml.etree.ElementTree import Element

import html5lib
import msgspec
import pytest
from filelock import FileLock

from facilitator.documents.page.extras import ExtraMissingError
from facilitator.model.meeting_items import Note
from facilitator.model.review_items import Comment, Withheld
from facilitator.model.session import Action, Entry, Session, Status
from facilitator.redaction.profiles import INTERNAL, PUBLIC
from facilitator.site import making
from facilitator.site.choosing import Audience
from facilitator.site.errors import SiteError
from facilitator.site.making import Order, Report, make_site
from facilitator.store.published_files import keep_version
from facilitator.store.store import Store
from tests.site.site_sessions import START, TRICKS, agreed, final, hostile, id_of, published, store_of

PUBLIC_ORDER, HOUSE_ORDER = Order(Audience(PUBLIC)), Order(Audience(INTERNAL))
PLANTED = re.compile(rb"planted[a-z]*|ghp_[A-Za-z0-9]{20,}|10\.9\.8\.7|mallory", re.IGNORECASE)
KEY = "ghp_" + "a8Kz" * 9
TRICKY = [session for number, session in enumerate(hostile()) if number % 8 == 0 or number > len(TRICKS) - 18]
REMOTE = re.compile(r"""(?:src|href|action)="(?:https?:)?//|@import|url\(|integrity=|<base""")


def leaky() -> Iterator[Session]:
    """Yield sessions with words that must be in no file of a public site; each is found by its number."""
    good = final(1, "Shown to all", summary="Visible words.")
    yield agreed(good, PUBLIC)
    yield final(
        2, "Planteddraft", status=Status.DRAFT, summary="planteddraftsummary", services=("planteddraftservice",)
    )
    yield agreed(final(3, "Plantedreview", status=Status.IN_REVIEW, tags=("plantedreviewtag",)), PUBLIC)
    yield final(4, "Plantedwithoutyes", cause="plantedcause")
    yield msgspec.structs.replace(agreed(final(5, "Before"), PUBLIC), title="Plantedvoid")
    yield agreed(
        final(
            6,
            "Redacted",
            summary=f"Mallory put {KEY} on 10.9.8.7.",
            services=("checkout", "10.9.8.7"),
            facilitator="Mallory",
            authors=("Mallory",),
            notes=(Note(id="n1", text="plantednote"),),
            comments=(Comment(id="c1", at=START, text="plantedcomment"),),
            actions=(Action(id="a1", text="plantedwithheld"), Action(id="a2", text="plain", owner="mallory")),
            withheld=(Withheld(id="h1", about="a1"),),
        ),
        PUBLIC,
    )


def files(out: Path) -> dict[str, bytes]:
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in sorted(out.rglob("*")) if path.is_file()}


def made(store: Store, out: Path, order: Order = PUBLIC_ORDER, cache: Path | None = None) -> Report:
    return make_site(store, out, order, cache=cache or out.parent / "cache")


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site for the house with hostile sessions; all tricks go through what makes pages in other tests."""
    folder = tmp_path_factory.mktemp("house")
    made(store_of(folder / "store", *TRICKY, *(final(number) for number in range(3))), folder / "site", HOUSE_ORDER)
    return folder / "site"


@pytest.fixture(scope="module")
def pages(house: Path) -> dict[str, Element]:
    """The pages of that site, as a browser reads them."""
    return {path.relative_to(house).as_posix(): parsed(path) for path in house.rglob("*.html")}


def parsed(path: Path) -> Element:
    parser = html5lib.HTMLParser(tree=html5lib.getTreeBuilder("etree"), strict=False, namespaceHTMLElements=False)
    tree: Element = parser.parse(path.read_text(encoding="utf-8"))
    assert not parser.errors, (path, parser.errors[:3])
    return tree


def test_nothing_that_was_not_published_for_these_readers_is_in_any_file(tmp_path: Path) -> None:
    store = store_of(tmp_path / "store", *leaky())
    report = made(store, tmp_path / "site")
    assert [each.title for each in report.shown] == ["Redacted", "Shown to all"]
    assert sorted((each.title, each.reason) for each in report.left_out) == [
        ("Planteddraft", "it is a draft"),
        ("Plantedreview", "it is in review"),
        ("Plantedvoid", "the yes to the profile public is void: the session was changed since"),
        ("Plantedwithoutyes", "nobody has said yes to the profile public"),
    ]
    found = files(tmp_path / "site")
    assert b"Visible words." in found[f"postmortem/{id_of(1).lower()}.html"]
    for name, content in found.items():
        assert not PLANTED.search(content), name
        assert str(tmp_path).encode() not in content, name
    assert "actions.html" not in found
    assert not {each for each in found if id_of(2).lower() in each or "planted" in each}


def test_what_is_taken_back_is_gone_from_every_file_and_the_rest_is_as_if_made_anew(tmp_path: Path) -> None:
    store = store_of(tmp_path / "store", *(agreed(final(number), PUBLIC) for number in (1, 2)))
    opened = store.create(agreed(final(3, "Plantedtitle", summary="Plantedword.", tags=("plantedtag",)), PUBLIC))
    edited = store.open(id_of(2))
    made(store, tmp_path / "site")
    assert any(PLANTED.search(content) for content in files(tmp_path / "site").values())
    store.save(opened, msgspec.structs.replace(opened.session, status=Status.IN_REVIEW))
    store.save(edited, agreed(msgspec.structs.replace(edited.session, summary="New words", consents=()), PUBLIC))
    assert made(store, tmp_path / "site").changed
    found = files(tmp_path / "site")
    for folder in (tmp_path / "site", tmp_path / "cache"):
        kept = files(folder)
        assert kept
        assert not [name for name, content in kept.items() if PLANTED.search(content) or "planted" in name]
    made(store, tmp_path / "anew", cache=tmp_path / "other cache")
    assert files(tmp_path / "anew") == found
    assert made(store, tmp_path / "site").changed == 0


def test_the_version_that_was_published_is_shown_until_there_is_another(tmp_path: Path) -> None:
    store = store_of(tmp_path / "store")
    first, version, content = published(agreed(final(1, "As published"), PUBLIC), Audience(PUBLIC))
    opened = store.create(first)
    keep_version(store.path, first.id, version, ".md", content)
    store.save(opened, msgspec.structs.replace(first, title="Plantedtitle", tags=("plantedtag",)))
    report = made(store, tmp_path / "site")
    assert [(each.title, each.outdated) for each in report.shown] == [("As published", True)]
    assert not [name for name, content in files(tmp_path / "site").items() if PLANTED.search(content)]
    shutil.rmtree(store.path / "published")
    report = made(store, tmp_path / "second")
    assert [each.reason for each in report.left_out] == [
        "the text of version 1, as it was published, is not in the store"
    ]
    keep_version(store.path, first.id, version, ".md", content)
    assert len(made(store, tmp_path / "second").shown) == 1


def test_every_page_is_sound_and_every_link_leads_somewhere(house: Path, pages: dict[str, Element]) -> None:
    ids = {name: {each.attrib["id"] for each in tree.iter() if "id" in each.attrib} for name, tree in pages.items()}
    for name, tree in pages.items():
        everything = [each.attrib["id"] for each in tree.iter() if "id" in each.attrib]
        assert len(everything) == len(ids[name]), f"{name}: ids that are met twice"
        assert len(tree.findall(".//h1")) == 1
        assert tree.attrib["lang"] == "en"
        assert (tree.findtext(".//title") or "").strip()
        levels = [int(str(each.tag)[1]) for each in tree.iter() if re.fullmatch(r"h\d", str(each.tag))]
        assert all(after <= before + 1 for before, after in pairwise(levels)), f"{name}: {levels}"
        for element in tree.iter():
            assert not [each for each in element.attrib if each.startswith("on") or each == "style"]
            if element.tag == "img":
                assert element.attrib["alt"]
            if element.tag == "script":
                assert not (element.text or "").strip()
            for attribute in ("href", "src", "action"):
                if element.attrib.get(attribute):
                    leads(house, ids, name, element.attrib[attribute], loaded=attribute == "src")


def leads(out: Path, ids: dict[str, set[str]], page: str, address: str, *, loaded: bool) -> None:
    parts = urlsplit(address)
    if parts.scheme:
        assert parts.scheme in ("http", "https", "mailto")
        assert not loaded
        return
    target = (out / page).parent / unquote(parts.path) if parts.path else out / page
    assert target.resolve().is_relative_to(out.resolve()), address
    assert target.is_file(), f"{page}: {address}"
    if parts.fragment:
        assert parts.fragment in ids[target.resolve().relative_to(out.resolve()).as_posix()]


def test_nothing_is_loaded_from_elsewhere(house: Path, pages: dict[str, Element]) -> None:
    for path in house.rglob("*"):
        if path.suffix in (".css", ".svg"):
            assert not REMOTE.search(path.read_text(encoding="utf-8")), path
    for page in pages.values():
        for element in page.iter():
            loads = element.attrib.get("src") or (element.attrib.get("href") if element.tag == "link" else None)
            assert loads is None or not (urlsplit(loads).scheme or loads.startswith("//"))


def test_titles_are_shown_as_they_are_and_names_of_files_are_safe(house: Path, pages: dict[str, Element]) -> None:
    for session in TRICKY:
        tree = pages[f"postmortem/{session.id.lower()}.html"]
        assert "".join(tree.findall(".//h1")[0].itertext()) == (session.title or "Untitled postmortem")
    for path in house.rglob("*"):
        assert re.fullmatch(r"[a-z0-9_][a-z0-9_-]*(?:\.(?:html|svg|css|js|xml|json))?", path.name), path


def test_the_index_of_the_search_has_the_words_of_postmortems_alone(house: Path) -> None:
    text = (house / "searchindex.js").read_text(encoding="utf-8")
    index = json.loads(text.removeprefix("Search.setIndex(").removesuffix(")"))
    found = index["terms"]["rollout"]
    assert {index["docnames"][each].partition("/")[0] for each in found} == {"postmortem"}
    assert "Incident 2" in index["alltitles"]
    assert "brows" not in index["terms"]  # the frame of a page is not a part of it
    cells = index["terms"]["resolv"]
    assert len([cells] if isinstance(cells, int) else cells) >= 3  # the word that ends a cell is a word


def test_a_run_that_was_cut_off_leaves_nothing_to_the_next(tmp_path: Path) -> None:
    store = store_of(tmp_path / "store", final(1), final(2))
    made(store, tmp_path / "site", HOUSE_ORDER)
    whole = files(tmp_path / "site")
    (work,) = (tmp_path / "cache" / "sites").iterdir()
    (work / "unfinished").touch()
    for path in work.rglob("searchindex.js"):
        path.write_text("Search.setIndex({")
    (work / "site" / "html" / "postmortem" / f"{id_of(1).lower()}.html").write_text("half")
    made(store, tmp_path / "site", HOUSE_ORDER)
    assert files(tmp_path / "site") == whole
    (work / "prepared.msgpack").write_bytes(b"\xc1")
    assert made(store, tmp_path / "site", HOUSE_ORDER).changed == 0
    assert work.stat().st_mode & 0o077 == 0


def test_one_run_at_a_time(tmp_path: Path) -> None:
    store = store_of(tmp_path / "store", final(1))
    made(store, tmp_path / "site", HOUSE_ORDER)
    before = files(tmp_path / "site")
    (work,) = (tmp_path / "cache" / "sites").iterdir()
    with FileLock(work / "lock"), pytest.raises(SiteError, match="another program is making this site"):
        made(store, tmp_path / "site", HOUSE_ORDER)
    assert files(tmp_path / "site") == before


def test_several_processes_read_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = store_of(tmp_path / "store", *(final(number) for number in range(4)))
    made(store, tmp_path / "site", HOUSE_ORDER)
    monkeypatch.setattr(making, "_MANY", 2)
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    told: list[tuple[int, int]] = []
    cache = tmp_path / "other"
    make_site(store, tmp_path / "several", HOUSE_ORDER, cache=cache, told=lambda done, of: told.append((done, of)))
    assert files(tmp_path / "several") == files(tmp_path / "site")
    assert told == [(number, 4) for number in range(1, 5)]


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    store = store_of(tmp_path / "store", final(1))
    (store.path / "broken.json").write_text("{")
    report = made(store, tmp_path / "site", HOUSE_ORDER)
    assert [(each.id, bool(each.reason)) for each in report.left_out] == [("broken.json", True)]


@pytest.mark.parametrize("place", ["", "site", "published/site", "../link/site"])
def test_no_site_is_made_in_a_store(tmp_path: Path, place: str) -> None:
    store = store_of(tmp_path / "store", final(1))
    (tmp_path / "link").symlink_to(store.path)
    with pytest.raises(SiteError, match="is in the store"):
        made(store, store.path / place)
    assert not (store.path / "site").exists()


def test_no_store_and_no_sphinx_make_no_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(SiteError, match="does not exist; choose another store"):
        made(Store(tmp_path / "none", cache=tmp_path / "c"), tmp_path / "site")
    monkeypatch.setitem(sys.modules, "sphinx", None)
    with pytest.raises(ExtraMissingError, match=r"pip install 'facilitator\[site\]'"):
        made(store_of(tmp_path / "store", final(1)), tmp_path / "site")
    assert not (tmp_path / "site").exists()


def test_entries_of_thousands_are_no_trouble(tmp_path: Path) -> None:
    entries = tuple(
        Entry(id=f"e{number}", at=final(0).timeline[0].at, text=f"Entry <{number}>") for number in range(1_000)
    )
    store = store_of(tmp_path / "store", final(1, timeline=entries))
    made(store, tmp_path / "site", HOUSE_ORDER)
    page = (tmp_path / "site" / "postmortem" / f"{id_of(1).lower()}.html").read_text(encoding="utf-8")
    assert page.count("Entry &lt;") == 1_000
