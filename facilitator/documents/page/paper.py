"""Pictures on paper, which is never dark: in their light colours, and as PNG for files that take no SVG."""

import io
import re
from collections.abc import Sequence
from typing import NamedTuple

from facilitator.documents.page.extras import need
from facilitator.documents.page.press import need_press, printed
from facilitator.documents.pictures.svg import STYLE as COLOURS

DARK = "@media (prefers-color-scheme:dark)"
"""What the colours for a dark screen stand behind."""

_ON_PAPER = f"<style>{COLOURS.partition(DARK)[0]}.facilitator-picture .ground{{fill:none}}</style>"
_SIZE = re.compile(r' width="([\d.]+)" height="([\d.]+)"')
_SHARP = 2.0
"""How many points of a PNG a pixel of a picture is, as far as neither side gets longer than `_LONGEST`."""

_LONGEST = 3_000
_POINTS = 0.75
"""How many points of type a pixel is."""


class Raster(NamedTuple):
    """A picture as PNG, and how wide and high it is meant to be, in pixels of a page."""

    png: bytes
    width: float
    height: float


def on_paper(svg: str) -> str:
    """Return one of our pictures with its light colours alone, without a ground."""
    return svg.replace(f"<style>{COLOURS}</style>", _ON_PAPER)


def need_rasters() -> None:
    """Raise ExtraMissingError when what `rasters` takes is not installed."""
    need("pypdfium2", "docx", "a picture")
    need_press("a picture", "docx")


def rasters(svgs: Sequence[str]) -> list[Raster]:
    """Return our pictures, at least one, as PNG, as they are on paper. Raises ExtraMissingError.

    They take the way of the PDF, a sheet for each: so they have the same fonts, for all scripts of this machine.
    """
    need_rasters()
    from pypdfium2 import PdfDocument

    sizes = [_size(svg) for svg in svgs]
    sheets = "".join(
        f"@page p{number}{{size:{width}px {height}px;margin:0}}.p{number}{{page:p{number}}}"
        for number, (width, height) in enumerate(sizes)
    )
    bodies = "\n".join(f'<div class="p{number}">{on_paper(svg)}</div>' for number, svg in enumerate(svgs))
    html = f"<style>body{{margin:0}}svg{{display:block}}{sheets}</style>\n{bodies}"
    found: list[Raster] = []
    with PdfDocument(printed(html)) as document:
        for (width, height), sheet in zip(sizes, document, strict=True):
            written = io.BytesIO()
            sheet.render(scale=min(_SHARP, _LONGEST / max(width, height)) / _POINTS).to_pil().save(written, "PNG")
            found.append(Raster(written.getvalue(), width, height))
    return found


def _size(svg: str) -> tuple[float, float]:
    found = _SIZE.search(svg)
    if found is None:
        raise ValueError("this is no picture of ours: it has no size")
    return float(found[1]), float(found[2])
