"""The document as a file of Word (.docx), in the styles that Word has for headings, lists and tables."""

import io
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from html import unescape
from typing import TYPE_CHECKING, NamedTuple

from facilitator.documents.markdown import UNTITLED
from facilitator.documents.page.blocks import Block, Facts, Heading, Line, Listing, Paragraph, Picture, Table, Words
from facilitator.documents.page.extras import ExtraMissingError, need
from facilitator.documents.page.html import WIDE, is_day
from facilitator.documents.page.html_page import page
from facilitator.documents.page.paper import Raster, need_rasters, rasters
from facilitator.documents.pictures.figures import FIGURES
from facilitator.model.session import Session
from facilitator.model.text import one_line

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph as WordParagraph

_DEEPEST = 3
"""Word has styles for so many lists within each other."""

_PACKED = (1980, 1, 1, 0, 0, 0)
_LONGEST = 255
_SMALL = 8
_TITLE = re.compile("<title[^>]*>([^<]*)</title>")
_DESCRIPTION = re.compile("<desc[^>]*>([^<]*)</desc>")
_PIXELS = 96
"""How many pixels of a page an inch is."""

_ROOM = (6.0, 8.0)
"""How wide and high a figure may be, in inches; a page has this room, and the caption its line."""


def word(session: Session) -> bytes:
    """Return the document of a session as .docx: the same session, libraries and fonts, the same bytes.

    Raises ExtraMissingError when the library is not installed. Where only what draws figures is missing, see
    `why_no_figures`, they are left out; the text has all that they show.
    """
    need("docx", "docx", "Word")
    from docx import Document

    document = Document()
    properties = document.core_properties
    properties.title = one_line(session.title)[:_LONGEST] or UNTITLED
    properties.author = ", ".join(map(one_line, session.authors))[:_LONGEST]
    properties.comments, properties.language = "", "en"
    properties.created = properties.modified = session.created
    blocks = page(session)
    _Writer(document, _figures(session, [each.name for each in blocks if isinstance(each, Picture)])).blocks(blocks)
    return _packed(document)


def why_no_figures() -> str:
    """Return what is missing for the figures of a document of Word and how to get it, or nothing when it is there."""
    try:
        need_rasters()
    except ExtraMissingError as error:
        return str(error)
    return ""


class _Figure(NamedTuple):
    """A figure as it stands in the document: the picture, its caption, and what it shows for those who do not see."""

    raster: Raster
    label: str
    description: str


def _figures(session: Session, names: Sequence[str]) -> dict[str, _Figure]:
    """Return the figures with these names, or none when they cannot be drawn here."""
    svgs = {name: FIGURES[name].svg(session) for name in names}
    if not svgs or why_no_figures():
        return {}
    return {
        name: _Figure(raster, FIGURES[name].label, _described(svgs[name]))
        for name, raster in zip(svgs, rasters(list(svgs.values())), strict=True)
    }


def _described(svg: str) -> str:
    """Return what a picture says about itself: its title and its description."""
    said = (_TITLE.search(svg), _DESCRIPTION.search(svg))
    return ": ".join(unescape(each[1]) for each in said if each and each[1])


def _packed(document: "Document") -> bytes:
    """Return the file with one fixed time for each of its parts, not that of the clock."""
    written, packed = io.BytesIO(), io.BytesIO()
    document.save(written)
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(packed, "w") as target:
        for name in source.namelist():
            target.writestr(zipfile.ZipInfo(name, _PACKED), source.read(name), zipfile.ZIP_DEFLATED)
    return packed.getvalue()


class _Writer:
    """Writes blocks to the end of a document of Word."""

    def __init__(self, document: "Document", figures: Mapping[str, _Figure]) -> None:
        self._document = document
        self._figures = figures

    def blocks(self, blocks: Iterable[Block], depth: int = 0) -> None:
        """Write blocks that stand in so many lists, one within another."""
        for block in blocks:
            match block:
                case Heading(level, line):
                    self._fill(self._document.add_heading(level=level), line)
                case Paragraph(line):
                    self._fill(self._document.add_paragraph(style=_style("List Continue", depth)), line)
                case Listing():
                    self._listing(block, depth + 1)
                case Facts(rows):
                    self._table(rows)
                case Table(heads, rows):
                    self._table((heads, *rows), headed=True)
                case Picture(name) if name in self._figures:
                    self._figure(self._figures[name])

    def _listing(self, listing: Listing, depth: int) -> None:
        style = _style("List Number" if listing.first else "List Bullet", depth)
        number = self._numbering(listing.first) if listing.first else 0
        for item in listing.items:
            paragraph = self._document.add_paragraph(style=style)
            if number:
                paragraph.paragraph_format.element.get_or_add_pPr().get_or_add_numPr().get_or_add_numId().val = number
            rest: Sequence[Block] = item
            if item and isinstance(item[0], Paragraph):
                self._fill(paragraph, item[0].line)
                rest = item[1:]
            self.blocks(rest, depth)

    def _numbering(self, first: int) -> int:
        """Return the number of a new numbering, so that a list does not go on where the one before it ended."""
        style = self._document.styles["List Number"].element
        numberings = self._document.part.numbering_part.element
        known = numberings.num_having_numId(style.pPr.numPr.numId.val)
        new = numberings.add_num(known.abstractNumId.val)
        new.add_lvlOverride(ilvl=0).add_startOverride(first)
        return int(new.numId)

    def _table(self, rows: Sequence[Sequence[Line]], *, headed: bool = False) -> None:
        from docx.oxml import OxmlElement
        from docx.table import _Row

        columns = len(rows[0])
        table = self._document.add_table(len(rows), columns, style="Table Grid")
        size = _SMALL if columns >= WIDE else 0
        elements = self._document.element.body.tbl_lst[-1].tr_lst
        for number, (row, element) in enumerate(zip(rows, elements, strict=True)):
            first = headed and number == 0
            if first:
                element.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
            cells = _Row(element, table).cells
            if is_day(row):
                cells[0].merge(cells[-1])
            for place, (line, cell) in enumerate(zip(row, cells, strict=True)):
                bold = first or (not headed and place == 0)
                if line:
                    self._fill(cell.paragraphs[0], line, bold=bold, size=size)
        self._document.add_paragraph()

    def _figure(self, figure: _Figure) -> None:
        from docx.shared import Inches

        size = (figure.raster.width / _PIXELS, figure.raster.height / _PIXELS)
        part = min(1.0, *(room / side for room, side in zip(_ROOM, size, strict=True)))
        paragraph = self._document.add_paragraph()
        paragraph.paragraph_format.keep_with_next = True
        run = paragraph.add_run()
        run.add_picture(io.BytesIO(figure.raster.png), Inches(size[0] * part), Inches(size[1] * part))
        for properties in run.element.xpath(".//wp:docPr"):
            properties.set("descr", figure.description)
        self._document.add_paragraph(figure.label, style="Caption")

    def _fill(self, paragraph: "WordParagraph", line: Line, *, bold: bool = False, size: int = 0) -> None:
        for words in line:
            self._write(paragraph, words._replace(strong=True) if bold else words, size)

    def _write(self, paragraph: "WordParagraph", words: Words, size: int) -> None:
        from docx.shared import Pt, RGBColor

        run = paragraph.add_run(words.text)
        run.bold = words.strong or None
        run.italic = words.emphasis or None
        if size:
            run.font.size = Pt(size)
        if words.link:
            run.font.underline = True
            run.font.color.rgb = RGBColor(0x1F, 0x6F, 0x8B)
            self._link(paragraph, words.link)

    def _link(self, paragraph: "WordParagraph", address: str) -> None:
        """Make the last words of a paragraph lead to an address."""
        from docx.opc.constants import RELATIONSHIP_TYPE
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn

        link = OxmlElement("w:hyperlink")
        link.set(qn("r:id"), self._document.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
        element = paragraph.paragraph_format.element
        link.append(element.r_lst[-1])
        element.append(link)


def _style(kind: str, depth: int) -> str | None:
    if not depth:
        return None
    return kind if depth == 1 else f"{kind} {min(depth, _DEEPEST)}"
