"""The file of Word: its styles, its lists, its tables, its figures."""

import io

import msgspec
import pytest
from docx import Document

from facilitator.documents.formats import encode
from facilitator.documents.page import press
from facilitator.documents.page.word import why_no_figures
from facilitator.documents.pictures.figures import FIGURES
from facilitator.model.session import Why
from tests.documents.checkout_example import CHECKOUT


def test_headings_lists_and_tables_are_those_of_word() -> None:
    document = Document(io.BytesIO(encode(CHECKOUT, "docx")))
    styles = {each.style.name for each in document.paragraphs if each.style}
    assert {"Heading 1", "Heading 2", "Heading 3", "List Bullet", "List Number"} <= styles
    assert document.core_properties.title == CHECKOUT.title
    timeline = next(each for each in document.tables if each.cell(0, 0).text == "Time (UTC)")
    assert [cell.text for cell in timeline.rows[1].cells][:2] == ["14:00", "v3.2 deployed to production"]
    assert len(timeline.rows) == len(CHECKOUT.timeline) + 1
    links = [each.address for paragraph in timeline.cell(1, 3).paragraphs for each in paragraph.hyperlinks]
    assert links == ["https://deploys.example.com/checkout/v3.2"]


def test_each_list_begins_anew() -> None:
    chain = tuple(
        Why(id=f"second {depth}", text=f"because {depth}", parent=f"second {depth - 1}" if depth else None)
        for depth in range(3)
    )
    session = msgspec.structs.replace(CHECKOUT, whys=(*CHECKOUT.whys, *chain))
    document = Document(io.BytesIO(encode(session, "docx")))
    numbers = {
        each.text.split("\n")[0]: number.val
        for each in document.paragraphs
        if (properties := each.paragraph_format.element.pPr) is not None
        and properties.numPr is not None
        and (number := properties.numPr.numId) is not None
    }
    assert numbers["Why? because 1"] == numbers["Why? because 2"]
    assert len(set(numbers.values())) == 2
    begun = document.part.numbering_part.element.xpath("//w:startOverride")
    assert [each.val for each in begun] == [1, 1]


def test_every_figure_stands_above_its_name_and_fits_the_page() -> None:
    if why := why_no_figures():
        pytest.skip(why)  # Pango is no Python package, and a machine may lack it
    document = Document(io.BytesIO(encode(CHECKOUT, "docx")))
    section = document.sections[0]
    room = (section.page_width or 0) - (section.left_margin or 0) - (section.right_margin or 0)
    assert len(document.inline_shapes) == len(FIGURES)
    assert all(0 < each.width <= room for each in document.inline_shapes)
    captions = [each.text for each in document.paragraphs if each.style and each.style.name == "Caption"]
    assert sorted(captions) == sorted(each.label for each in FIGURES.values())
    described = [str(each.get("descr")) for each in document.element.xpath("//wp:docPr")]
    assert any("22 min without an entry" in each for each in described)
    assert len([each for each in described if len(each) > 40]) == len(FIGURES)


def test_without_pango_there_are_no_figures_and_it_is_told_why(monkeypatch: pytest.MonkeyPatch) -> None:
    def lacking(_name: str) -> None:
        raise OSError("cannot load library 'libpango-1.0-0'")

    monkeypatch.setattr(press, "import_module", lacking)
    assert "apt install libpango" in why_no_figures()
    document = Document(io.BytesIO(encode(CHECKOUT, "docx")))
    assert len(document.inline_shapes) == 0
    assert not [each for each in document.paragraphs if each.style and each.style.name == "Caption"]
    assert len(document.tables) > 2
