"""Templates in files: found by name, read, and filled in by a process that cannot take long or much."""

from pathlib import Path

import msgspec
import pytest

from facilitator.settings import template_process, templates
from facilitator.settings.templates import (
    TemplateFile,
    TemplateFileError,
    fill_in,
    find_template,
    read_template,
    template_file_name,
)
from tests.documents.checkout_example import CHECKOUT
from tests.documents.page_elements import elements, parsed

SHIPPED = ("customer-notice", "one-page", "summary-mail")


def test_three_come_with_the_program_and_ones_own_go_first(tmp_path: Path) -> None:
    assert tuple(templates.templates()) == SHIPPED
    for name in ("one-page.html.j2", "mine.txt", ".hidden.md", "notes.docx"):
        (tmp_path / name).write_text("x")
    found = templates.templates(tmp_path)
    assert sorted(found) == sorted((*SHIPPED, "mine"))
    assert (found["one-page"].suffix, found["one-page"].own) == (".html", True)
    assert not found["summary-mail"].own


@pytest.mark.parametrize("name", SHIPPED)
@pytest.mark.parametrize("empty", [False, True])
def test_each_that_comes_with_the_program_can_be_filled_in(name: str, empty: bool) -> None:
    session = msgspec.structs.replace(
        CHECKOUT, **({"summary": "", "timeline": (), "actions": (), "factors": (), "lessons": ()} if empty else {})
    )
    made = fill_in(find_template(name), session)
    assert made.endswith("\n")
    assert "{{" not in made
    assert ("Checkout errors after v3.2" in made) or name == "customer-notice"
    if name == "customer-notice":
        assert len(elements(parsed(made), "h1")) == 1


def test_a_file_is_named_by_date_title_and_template() -> None:
    assert template_file_name(CHECKOUT, find_template("one-page")) == (
        "2026-11-15-checkout-errors-after-v3-2.one-page.md"
    )


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.md", b"x\n{{ titel }}", "a.md, line 2: there is no variable 'titel'; did you mean 'title'?"),
        ("a.txt", b"x\n\xff", "a.txt, line 2: this is not UTF-8"),
        ("a.md", b"x" * 1_000_001, "a.md: it is larger than 1 MB"),
        ("a.csv", b"x", "a.csv: what a template writes is told by its name"),
    ],
)
def test_what_is_wrong_with_a_template_is_told(tmp_path: Path, name: str, content: bytes, message: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(TemplateFileError) as caught:
        fill_in(find_template(str(tmp_path / name)), CHECKOUT)
    assert str(caught.value).startswith(f"{tmp_path}/{message}")


def test_a_template_that_is_not_there_is_told_with_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(TemplateFileError, match="did you mean 'one-page'"):
        find_template("onepage")
    with pytest.raises(TemplateFileError, match="there are customer-notice"):
        find_template("zzz")
    with pytest.raises(TemplateFileError, match="No such file"):
        read_template(TemplateFile("gone", tmp_path / "gone.md"))


def test_a_template_that_goes_on_for_ever_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(templates, "_ON_THE_CLOCK", 1)
    endless = tmp_path / "endless.txt"
    loop = "{% for a in range(99999) %}"
    endless.write_text(loop * 3 + "{% endfor %}" * 3)
    with pytest.raises(TemplateFileError, match=f"takes longer than {template_process.SECONDS} seconds"):
        fill_in(find_template(str(endless)), CHECKOUT)


def test_a_template_that_takes_all_memory_is_ended(tmp_path: Path) -> None:
    greedy = tmp_path / "greedy.txt"
    greedy.write_text("{{ 'x' * 9999999999999 }}")
    with pytest.raises(TemplateFileError, match="memory"):
        fill_in(find_template(str(greedy)), CHECKOUT)
