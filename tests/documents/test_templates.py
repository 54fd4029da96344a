"""Templates: what they are given is what is documented, what they print is text, and what they may do is little."""

from collections.abc import Iterator
from typing import Any

import html5lib
import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from facilitator.documents.escape import inline
from facilitator.documents.templates.harmless import harm_in_html
from facilitator.documents.templates.language import Wrong, render_template
from facilitator.documents.templates.values import VARIABLES, template_values
from facilitator.model.session import Lesson, LessonKind, Participant, ResponseKind, ResponseNote, Session
from tests.documents.checkout_example import CHECKOUT
from tests.documents.page_elements import elements, parsed
from tests.documents.reading import read
from tests.hostile import HOSTILE

EMPTY = Session(id="s", title="", created=CHECKOUT.created)
FULL = msgspec.structs.replace(
    CHECKOUT,
    tags=("a",),
    reviewers=("Grace",),
    authors=("Ann",),
    services=("checkout",),
    participants=(Participant(id="p", text="Ann", role="lead"),),
    impact=msgspec.structs.replace(CHECKOUT.impact, features=("f",), regions=("r",)),
    response_notes=tuple(ResponseNote(id=str(kind), text="x", kind=kind) for kind in ResponseKind),
    lessons=tuple(Lesson(id=str(kind), text="x", kind=kind) for kind in LessonKind),
    timeline=tuple(
        msgspec.structs.replace(each, links=("https://a.example/x", "javascript:alert(1)"))
        for each in CHECKOUT.timeline
    ),
)


def names(value: Any, name: str = "") -> Iterator[str]:
    """The names of all plain values, as the table of variables has them."""
    if isinstance(value, dict):
        for key, each in value.items():
            yield from names(each, f"{name}.{key}".lstrip("."))
    elif isinstance(value, list):
        for each in value:
            yield from names(each, f"{name}[]")
    else:
        yield name


def made(source: str, target: str = "text", session: Session = FULL) -> str:
    result = render_template(source, target, template_values(session))
    assert isinstance(result, str), result
    return result


def refused(source: str, target: str = "text") -> Wrong:
    result = render_template(source, target, template_values(FULL))
    assert isinstance(result, Wrong), result
    return result


def test_templates_are_given_what_is_documented_and_nothing_else() -> None:
    assert set(names(template_values(FULL))) == set(VARIABLES)
    assert set(names(template_values(EMPTY))) <= set(VARIABLES)


def test_values_are_those_of_the_document() -> None:
    values = template_values(CHECKOUT)
    assert values["metrics"]["mttd"] == "22 min"
    assert values["actions"][0]["owner"] == "alice"
    assert values["timeline"][0]["time"] == "14:00"
    assert [each["depth"] for each in values["whys"]][:2] == [0, 1]
    assert template_values(FULL)["timeline"][0]["links"] == ["https://a.example/x"]


@given(st.one_of(st.sampled_from([text for text in HOSTILE if len(text) < 600]), st.text(max_size=40)))
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_what_is_printed_is_text_in_markdown_and_in_html(text: str) -> None:
    session = msgspec.structs.replace(EMPTY, title=text, summary=text)
    in_markdown = made("# x {{ title }}\n\n{{ summary | paragraphs }}\n", "markdown", session)
    assert in_markdown.startswith(f"# x {inline(template_values(session)['title'])}")
    assert read(in_markdown).kinds <= {
        *("heading_open", "paragraph_open", "text", "text_special", "softbreak", "hardbreak"),
    }
    in_html = made('<p title="{{ title }}">{{ title }}</p>{{ summary | paragraphs }}', "html", session)
    body = elements(parsed(in_html), "body")[0]
    assert {each.tag.partition("}")[2] for each in body.iter()} <= {"body", "p", "br"}
    assert {name for each in body.iter() for name in each.attrib} <= {"title"}


def test_there_is_no_way_round_escaping() -> None:
    session = msgspec.structs.replace(EMPTY, title="<b>*x*")
    assert made("{{ title | upper }} {{ title ~ '<i>' }} {{ [title, title] | join('<br>') }}", "html", session) == (
        "&lt;B&gt;*X* &lt;b&gt;*x*&lt;i&gt; &lt;b&gt;*x*&lt;br&gt;&lt;b&gt;*x*\n"
    )
    assert made("{{ (title | paragraphs) ~ '' }}", "html", session) == "&lt;p&gt;&amp;lt;b&amp;gt;*x*&lt;/p&gt;\n"
    for filtered in ("safe", "escape", "e", "forceescape", "tojson", "xmlattr", "attr('x')", "format"):
        assert "No filter named" in refused(f"{{{{ title | {filtered} }}}}").reason


@pytest.mark.parametrize(
    ("source", "line", "reason"),
    [
        ("a\n{{ titel }}", 2, "there is no variable 'titel'; did you mean 'title'?"),
        ("{{ zzz }}", 1, "there is no variable 'zzz'; facilitator templates --variables lists them"),
        ("\n\n{{ actions[0].ownr }}", 3, "there is no 'ownr' here; did you mean 'owner'?"),
        ("{% for a in actions %}\n{{ a.x.y }}\n{% endfor %}", 2, "there is no 'x' here; there are name, text"),
        ("x\n{% for %}", 2, "Expected"),
        ("{% if title %}", 1, "Unexpected end of template"),
        ("\n{{ 1 / 0 }}", 2, "division by zero"),
        ("{{ actions }}", 1, "this is a list"),
        ("{{ title.__class__.__mro__ }}", 1, "there is no '__class__' here"),
        ("{{ title.format() }}", 1, "templates call nothing here"),
        ("{{ range(1000000) }}", 1, "Range too big"),
        ("{{ 2 ** 9 }}", 1, "there are no powers"),
        ("{{ cycler.__init__.__globals__ }}", 1, "there is no variable 'cycler'"),
        ("{{ self._TemplateReference__context }}", 1, "there is no '_TemplateReference__context' here"),
        ("{% include '/etc/passwd' %}", 1, "there are no other files"),
        ("{% extends 'x' %}", 1, "there are no other files"),
        ("{% import 'x' as x %}", 1, "there are no other files"),
        ("{% macro x() %}{% endmacro %}", 1, "there are no macros"),
        ("{% set x %}{{ title }}{% endset %}", 1, "there are no blocks of set"),
        ("{% filter upper %}{% endfilter %}", 1, "there are no filter blocks"),
        ("{% block x %}{% endblock %}", 1, "there are no blocks"),
        (f"{'{% for x in [1] %}' * 30}{'{% endfor %}' * 30}", 0, "its blocks or its brackets are nested too deeply"),
        (f"{{{{ {'(' * 5000}1{')' * 5000} }}}}", 0, "its blocks or its brackets are nested too deeply"),
        ("\n{{ title | truncate(-5) }}", 2, "expected length >= 3, got -5"),
        ("{{ '%s' % title.__init__ }}", 1, "there is no '__init__' here"),
        ("{{ [title] | map(attribute='__class__') | join }}", 1, "there is no '__class__' here"),
        ("{% for x in [1] %}{{ loop.cycle.__self__ }}{% endfor %}", 1, "there is no '__self__' here"),
        ("{% for x in actions async %}{% endfor %}", 1, "expected token"),
        ("{% autoescape false %}{% endautoescape %}", 0, "there are no autoescape blocks"),
        ("{% for x in actions recursive %}{{ loop(x) }}{% endfor %}", 1, "there are no recursive loops"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(source: str, line: int, reason: str) -> None:
    wrong = refused(source)
    assert wrong.reason.startswith(reason)
    assert wrong.line == line


@pytest.mark.parametrize(
    ("source", "target", "harm"),
    [
        ('<a href="{{ x }}">y</a>', "html", "a link to 'javascript:alert(1)'"),
        ("<a href={{ y }}>y</a>", "html", "the attribute onclick"),
        ("<script>{{ x }}</script>", "html", "the element <script>"),
        ("<svg onload=x>", "html", "the attribute onload"),
        ("<meta http-equiv=refresh content='0;url=x'>", "html", "the element <meta"),
        ('<noscript><p title="</noscript><img src=x onerror=alert(1)>">', "html", "a '<' within the element <p>"),
        ("<!--><img src=x onerror=alert(1)>-->", "html", "a '<' within a comment"),
        ("<![CDATA[><img src=x onerror=alert(1)>]]>", "html", "'<![CDATA["),
        ("<svg><style><img src=x onerror=alert(1)></style>", "html", "a '<' within the element <style>"),
        ('<svg><a><set attributeName="href" to="{{ w }}"/>', "html", "the element <set>"),
        (
            'a\n\n<p title="\n\n[y](https://a.example " onmouseover=alert(1) ")',
            "markdown",
            "a '<' within the element <p>",
        ),
        ("[y]({{ w }})", "markdown", "a link to 'javascript:alert(1)'"),
        ('<b title="{{ z }}">y</b>', "markdown", "the attribute onmouseover"),
    ],
)
def test_what_would_run_is_refused_however_the_template_was_written(source: str, target: str, harm: str) -> None:
    values = {
        "w": "javascript:alert(1)",
        "x": "java\tscript:alert(1)",
        "y": "z onclick=alert(1)",
        "z": '" onmouseover="alert(1)',
    }
    wrong = render_template(source, target, values)
    assert isinstance(wrong, Wrong)
    assert wrong.reason.startswith(harm)


PIECES = st.sampled_from(
    ["<", ">", "--", "!", '"', "'", " ", "<!--", "-->", "--!>", "<![CDATA[", "]]>", "<?", "<p ", '<p title="',
     "<title>", "</title>", "<style>", "</style>", "<svg>", "<math>", "<noscript>", "</noscript>",
     "<textarea>", "</textarea>", "<xmp>", "</xmp>", "<template>", "<img src=x onerror=a>", "<script>",
     "onerror=a", "<a/"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=9).map("".join), st.booleans())
@settings(max_examples=200, deadline=None)
def test_what_a_browser_would_run_is_seen_where_it_hides(text: str, scripting: bool) -> None:
    parser = html5lib.HTMLParser(tree=html5lib.getTreeBuilder("etree"))
    found = [each for each in parser.parse(text, scripting=scripting).iter() if isinstance(each.tag, str)]
    runs = [
        each for each in found if each.tag.endswith("}script") or any(str(name)[:2] == "on" for name in each.attrib)
    ]
    assert harm_in_html(text) or not runs


def test_links_and_paragraphs_are_written_as_the_target_has_them() -> None:
    source = "{{ actions[0].ticket | link }}"
    url = CHECKOUT.actions[0].ticket
    assert made(source, "markdown") == f"[ENG-1234]({url})\n"
    assert made(source, "html") == f'<a href="{url}">ENG-1234</a>\n'
    assert made(source, "text") == f"{url}\n"
    session = msgspec.structs.replace(EMPTY, title="javascript:alert(1)", summary="a\nb\n\n# c")
    assert made("{{ title | link }}", "html", session) == "javascript:alert(1)\n"
    assert made("{{ summary | paragraphs }}", "html", session) == "<p>a<br />b</p>\n<p># c</p>\n"
    assert made("{{ summary | paragraphs }}", "markdown", session) == "a\\\nb\n\n\\# c\n"


def test_loops_conditions_and_filters_work() -> None:
    assert made("{% for a in actions %}{{ loop.index }}{{ ', ' if not loop.last }}{% endfor %}") == "1, 2, 3, 4, 5\n"
    assert made("{{ actions | map(attribute='owner') | select | unique | sort | join(' ') }}") == (
        "alice bob charlie dana\n"
    )
    assert made("{% for p, found in actions | groupby('priority') %}{{ p }}:{{ found | length }} {% endfor %}")
    assert made("{{ nothing | default('-') }}{% if nothing is defined %}x{% endif %}") == "-\n"
    assert made("{% for x in range(2) %}{{ loop.cycle('a', 'b') }}{% endfor %}") == "ab\n"
