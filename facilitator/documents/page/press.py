"""Laying out HTML on paper, by a library that draws with Pango. Nothing is loaded but fonts of this machine."""

import logging
from hashlib import sha256
from importlib import import_module

from facilitator.documents.page.extras import ExtraMissingError, need


def need_press(what: str, extra: str) -> None:
    """Raise ExtraMissingError when the library, which the `extra` has, or Pango is not there; `what` needs it."""
    need("weasyprint", extra, what)
    try:
        import_module("weasyprint")
    except OSError as error:  # it looks for Pango while it is imported
        raise ExtraMissingError(
            f"{what} needs Pango, which is not installed: apt install libpango-1.0-0 libpangoft2-1.0-0, or brew "
            "install pango"
        ) from error


def printed(html: str) -> bytes:
    """Return HTML as PDF, with tags for those who have it read to them: the same HTML and fonts, the same bytes.

    To be called when `need_press` has said that it can be done.
    """
    from weasyprint import HTML
    from weasyprint.urls import URLFetcher

    logging.getLogger("weasyprint").setLevel(logging.CRITICAL)  # it tells of style for screens that it leaves out
    page = HTML(string=html, url_fetcher=URLFetcher(allowed_protocols=()))
    return bytes(page.write_pdf(pdf_identifier=sha256(html.encode()).digest()[:16], pdf_tags=True))
