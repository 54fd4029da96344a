"""The file of Word: its styles, its lists, its tables."""

import io

from docx import Document

from facilitator.documents.formats import encode
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
    document = Document(io.BytesIO(encode(CHECKOUT, "docx")))
    numbers = [
        number.val
        for each in document.paragraphs
        if (properties := each.paragraph_format.element.pPr) is not None
        and properties.numPr is not None
        and (number := properties.numPr.numId) is not None
    ]
    assert len(set(numbers)) >= 1
    assert numbers == sorted(numbers)
