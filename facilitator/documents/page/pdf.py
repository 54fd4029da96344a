"""The document as PDF: the page of HTML on paper, with bookmarks, and with tags for those who have it read to them."""

import logging
from hashlib import sha256

from facilitator.documents.page.extras import ExtraMissingError, need
from facilitator.documents.page.html_page import html_page
from facilitator.model.session import Session

_NO_PANGO = (
    "PDF needs Pango, which is not installed: apt install libpango-1.0-0 libpangoft2-1.0-0, or brew install pango; "
    "or print the HTML from a browser"
)


def pdf(session: Session) -> bytes:
    """Return the document of a session as PDF. Nothing is loaded for it but fonts of this machine.

    Raises ExtraMissingError when the library, or Pango which it draws with, is not there.
    """
    need("weasyprint", "pdf", "PDF")
    try:
        from weasyprint import HTML
        from weasyprint.urls import URLFetcher
    except OSError as error:  # it looks for Pango while it is imported
        raise ExtraMissingError(_NO_PANGO) from error
    logging.getLogger("weasyprint").setLevel(logging.CRITICAL)  # it tells of style for screens that it leaves out
    page = html_page(session, paper=True)
    identifier = sha256(page.encode()).digest()[:16]
    nothing = URLFetcher(allowed_protocols=())
    written = HTML(string=page, url_fetcher=nothing).write_pdf(pdf_identifier=identifier, pdf_tags=True)
    return bytes(written)
