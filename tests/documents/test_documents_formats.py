"""Formats by name, their files, and JSON."""

import json
from datetime import UTC, datetime

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from facilitator.documents.formats import FILE_FORMATS, FORMATS, LABELS, UnknownFormatError, encode, file_name, render
from facilitator.documents.page import extras
from facilitator.documents.page.extras import ExtraMissingError
from facilitator.model.moments import Moment
from facilitator.model.private import published
from facilitator.model.session import Impact, Session
from tests.documents.checkout_example import CHECKOUT
from tests.hostile import HOSTILE
from tests.strategies import sessions

EMPTY = Session(id="s", title="x", created=datetime(2026, 11, 16, 23, 30, tzinfo=UTC))


def test_every_format_is_found_by_its_name():
    assert list(FORMATS) == [
        *("markdown", "github", "gitlab", "google-sre", "html", "text", "paste", "json", "pack", "ics", "minutes")
    ]
    assert list(LABELS) == [*FORMATS, "pdf", "docx"]
    assert all(name == each.name and each.label and each.suffix.startswith(".") for name, each in FORMATS.items())


@pytest.mark.parametrize(
    ("name", "nearest"), [("markdwon", "markdown"), ("google", "google-sre"), ("JSON", "json"), ("sre", "google-sre")]
)
def test_an_unknown_format_names_the_nearest(name, nearest):
    with pytest.raises(UnknownFormatError, match=f"did you mean '{nearest}'"):
        render(EMPTY, name)


def test_an_unknown_format_like_no_other_names_them_all():
    with pytest.raises(
        UnknownFormatError,
        match=r"^no format is called 'xyzzy'; there are markdown, github, .*, minutes, pdf, docx\.$",
    ):
        file_name(EMPTY, "xyzzy")


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Checkout errors", "2026-11-16-checkout-errors.md"),
        ("Émile's café: 50% down!", "2026-11-16-emile-s-cafe-50-down.md"),
        ("../../etc/passwd", "2026-11-16-etc-passwd.md"),
        ("CON", "2026-11-16-con.md"),
        ("日本語", "2026-11-16-postmortem.md"),
        ("\x1b]52;c;x\x07\ud800", "2026-11-16-postmortem.md"),
        ("", "2026-11-16-postmortem.md"),
        ("word " * 100, "2026-11-16-word-word-word-word-word-word-word-word-word-word-word-word.md"),
    ],
)
def test_files_are_named_by_day_and_title(title, name):
    assert file_name(msgspec.structs.replace(EMPTY, title=title), "markdown") == name


def test_files_of_different_formats_do_not_overwrite_each_other():
    assert [file_name(CHECKOUT, name) for name in LABELS] == [
        "2026-11-15-checkout-errors-after-v3-2.md",
        "2026-11-15-checkout-errors-after-v3-2.github.md",
        "2026-11-15-checkout-errors-after-v3-2.gitlab.md",
        "2026-11-15-checkout-errors-after-v3-2.google-sre.md",
        "2026-11-15-checkout-errors-after-v3-2.html",
        "2026-11-15-checkout-errors-after-v3-2.txt",
        "2026-11-15-checkout-errors-after-v3-2.paste.html",
        "2026-11-15-checkout-errors-after-v3-2.json",
        "2026-11-15-checkout-errors-after-v3-2.pack.md",
        "2026-11-15-checkout-errors-after-v3-2.ics",
        "2026-11-15-checkout-errors-after-v3-2.minutes.md",
        "2026-11-15-checkout-errors-after-v3-2.pdf",
        "2026-11-15-checkout-errors-after-v3-2.docx",
    ]


def test_only_what_can_be_pasted_is_offered_for_the_clipboard():
    assert [name for name, each in FORMATS.items() if not each.pasted] == ["ics"]
    assert [name for name, each in FORMATS.items() if each.rich] == ["paste"]


def test_text_is_encoded_as_it_is_rendered():
    assert encode(CHECKOUT, "markdown") == render(CHECKOUT, "markdown").encode()
    with pytest.raises(UnknownFormatError, match="did you mean 'docx'"):
        encode(CHECKOUT, "doc")


@pytest.mark.parametrize(("name", "extra"), [("pdf", "pdf"), ("docx", "docx")])
def test_a_library_that_is_not_installed_is_said_with_what_to_do(name, extra, monkeypatch):
    monkeypatch.setattr(extras, "find_spec", lambda _name: None)
    with pytest.raises(ExtraMissingError, match=rf"pip install 'facilitator\[{extra}\]'"):
        encode(CHECKOUT, name)


def test_the_day_of_a_file_is_that_of_the_incident_in_the_zone_of_the_session():
    started = Moment(datetime(2026, 11, 15, 23, 30, tzinfo=UTC))
    assert file_name(msgspec.structs.replace(EMPTY, started=started), "markdown").startswith("2026-11-15-")
    assert file_name(msgspec.structs.replace(EMPTY, started=started, zone="Europe/Paris"), "json").startswith(
        "2026-11-16"
    )
    assert file_name(msgspec.structs.replace(EMPTY, zone="Europe/Paris"), "json").startswith("2026-11-17")


@given(st.one_of(st.sampled_from(HOSTILE), st.text(max_size=100)), st.sampled_from(list(LABELS)))
@settings(max_examples=150)
def test_file_names_are_safe_everywhere(title, format_name):
    name = file_name(msgspec.structs.replace(EMPTY, title=title), format_name)

    assert not set(name) - set("abcdefghijklmnopqrstuvwxyz0123456789-.")
    assert name.endswith((FORMATS.get(format_name) or FILE_FORMATS[format_name]).suffix)
    assert name.startswith("2026-11-16-")
    assert len(name) <= 90
    assert ".." not in name


@given(sessions())
@settings(max_examples=25)
def test_json_is_the_session_without_what_is_private(session):
    assert msgspec.json.decode(render(session, "json"), type=Session) == published(session)


def test_json_is_indented_and_in_the_order_of_the_model():
    assert render(EMPTY, "json") == ('{\n  "id": "s",\n  "title": "x",\n  "created": "2026-11-16T23:30:00Z"\n}\n')


def test_json_holds_no_number_that_json_has_not():
    session = msgspec.structs.replace(EMPTY, impact=Impact(error_budget=float("nan")))
    assert json.loads(render(session, "json"), parse_constant=pytest.fail)["impact"] == {"error_budget": None}


def test_json_holds_no_control_characters_and_no_surrogates():
    session = msgspec.structs.replace(EMPTY, title="a\x1b[31mb\x9b31mc\ud800", tags=("\x00d",))
    assert json.loads(render(session, "json"))["title"] == "abc"
    assert json.loads(render(session, "json"))["tags"] == ["d"]
