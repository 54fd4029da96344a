"""User text in Markdown shows exactly as it is, wherever it stands."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from facilitator.documents.escape import address, block, broken, inline, link
from facilitator.model.text import one_line, paragraphs
from tests.documents.reading import INLINE, STRUCTURE, read
from tests.hostile import HOSTILE

MARKS = "\\`*_[]()<>|~#&;$!{}%+-.:=/\"'@^? \t\n1ax\u00e9\u65e5\u200d"
TEXTS = st.one_of(st.sampled_from(HOSTILE), st.text(MARKS, max_size=20), st.text(max_size=20))

PLACES = {
    "paragraph": "{}",
    "heading": "## {}",
    "item": "- {}",
    "numbered item": "1. **Why?** {}",
    "cell": "| head |\n| --- |\n| {} |",
    "label": "**Label:** {}",
    "remark": "before *({})*",
    "second line": "before\\\n{}",
    "nested item": "1. a\n   - {}\n     1. b",
}


@pytest.mark.parametrize("renderer", ["commonmark", "gfm"])
@pytest.mark.parametrize("place", PLACES)
@given(text=TEXTS)
@settings(max_examples=60)
def test_inline_text_shows_as_it_is(place, renderer, text):
    text = one_line(text)
    if not text:
        return
    plain = read(PLACES[place].format("word"), renderer)
    page = read(PLACES[place].format(inline(text)), renderer)

    assert page.skeleton == plain.skeleton
    assert page.texts == [shown.replace("word", text) for shown in plain.texts]
    assert page.kinds == plain.kinds


@pytest.mark.parametrize("text", HOSTILE)
def test_every_hostile_text_shows_as_it_is_in_a_paragraph_and_a_cell(text):
    shown = one_line(text)
    assert read(inline(text)).texts == ([shown] if shown else [])
    assert read(f"| head |\n| --- |\n| {inline(text)} |").texts == ["head", shown]


@pytest.mark.parametrize(
    "text",
    [
        "v3.2 deployed: error rate 8% (3x SLO), 5 * 3 = 15",
        "~14:30 the on-call, @alice, looks at user_id in snake_case_name",
        "see https://example.com/a_b/c-d?x=1&y=2#top, costs $5; a < b, a -> b & c",
        "#inc-checkout: 100% of eu-west-1 (it was -5 degrees!)",
        "+5% and -3%, 3.5 h, C:\\temp, {x}, 50/50 = half?",
    ],
)
def test_ordinary_text_needs_no_backslash(text):
    assert inline(text) == text


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("a | b", r"a \| b"),
        ("# x #", r"\# x \#"),
        ("1. x", r"1\. x"),
        ("<b>", "&lt;b>"),
        ("&lt;", "&amp;lt;"),
        ("_x_", r"\_x\_"),
        ("US$5 is $6", r"US\$5 is $6"),
        ("{{x}}", r"{\{x}}"),
        ("a\\", r"a\\"),
        ("x\ny", "x y"),
        ("\x1b[31mred", "red"),
    ],
)
def test_structure_is_escaped(text, escaped):
    assert inline(text) == escaped


@given(TEXTS)
@settings(max_examples=150)
@example("https://example.com/*x*")
@example("www.example.com/__init__.py")
@example("see https://example.com/x\nnext")
@example("https://example.com/\\")
def test_a_renderer_that_finds_addresses_shows_the_same_text(text):
    finder = MarkdownIt("gfm-like")
    leaves = [token for token in finder.parse(block(text)) if token.type == "inline"]
    shown = ["".join(child.content or "\n" * (child.tag == "br") for child in leaf.children or ()) for leaf in leaves]
    kinds = {child.type for leaf in leaves for child in leaf.children or ()}

    assert [line.strip() for each in shown for line in each.split("\n")] == [
        line for raw in paragraphs(text).split("\n") if (line := one_line(raw))
    ]
    assert kinds <= {"text", "hardbreak", "link_open", "link_close"}


@pytest.mark.parametrize("renderer", ["commonmark", "gfm"])
@given(st.lists(TEXTS, max_size=4).map("\n".join))
@settings(max_examples=150)
def test_a_block_keeps_paragraphs_and_lines(renderer, text):
    page = read(block(text), renderer)
    expected: list[list[str]] = [[]]
    for line in paragraphs(text).split("\n"):
        if shown := one_line(line):
            expected[-1].append(shown)
        else:
            expected.append([])

    assert page.texts == ["\n".join(lines) for lines in expected if lines]
    assert set(page.skeleton) <= {"paragraph_open p", "inline ", "paragraph_close p"}
    assert page.kinds <= {"paragraph_open", "text", "hardbreak"}


def test_lines_are_broken_without_touching_an_address_at_their_end():
    assert broken(["a", "b https://example.com", "c"]) == "a\\\nb https://example.com \\\nc"


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JAVASCRIPT:alert(1)",
        " javascript:alert(1)",
        "java\tscript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "vbscript:x",
        "//example.com",
        "example.com",
        "https://",
        "https:///x",
        "https:example.com",
        "https://a b",
        "x https://example.com",
        "mailto:",
        "",
    ],
)
def test_only_web_and_mail_addresses_make_links(url):
    assert address(url) is None
    assert read(link(url)).links == []


@pytest.mark.parametrize(
    ("url", "target"),
    [
        ("https://example.com/a?b=1&c=2#d", "https://example.com/a?b=1&c=2#d"),
        ("HTTP://example.com", "HTTP://example.com"),
        ("mailto:a@example.com", "mailto:a@example.com"),
        ("https://example.com/(x)|<y>`z`", "https://example.com/%28x%29%7C%3Cy%3E%60z%60"),
        ("https://example.com/100%/%41", "https://example.com/100%25/%41"),
        ("https://example.com/\u65e5", "https://example.com/%E6%97%A5"),
        ("https://example.com/\x1b[31mx\u202e", "https://example.com/x"),
        ("https://example.com/\"'\\", "https://example.com/%22%27%5C"),
    ],
)
def test_addresses_are_encoded(url, target):
    assert address(url) == target


@given(st.text(MARKS, max_size=30).map(lambda text: f"https://example.com/{text}"))
@settings(max_examples=150)
def test_a_link_leads_where_its_address_says(url):
    page = read(f"| head |\n| --- |\n| {link(url)} |")
    target = address(url)

    assert page.skeleton.count("td_open td") == 1
    assert page.kinds <= STRUCTURE | INLINE | {"thead_open", "tbody_open"}
    assert [each.replace("%5B", "[").replace("%5D", "]") for each in page.links] == ([target] if target else [])


@pytest.mark.parametrize(
    ("url", "label"),
    [
        ("https://tickets.example.com/browse/ENG-1234", "ENG-1234"),
        ("https://www.example.com/", "example.com"),
        ("https://example.com/a/b", "example.com/a/b"),
        ("https://good.example@evil.example/x", "evil.example/x"),
        ("https://example.com/a-long-folder/another-long-folder/graph", "example.com/…/graph"),
        ("https://example.com/" + "x" * 60, "example.com/…"),
        ("mailto:a@example.com", "a@example.com"),
        ("https://[::1", "https://[::1"),
        ("not an address", "not an address"),
    ],
)
def test_a_link_is_labelled_by_its_host_or_ticket(url, label):
    assert read(link(url)).texts == [label]
