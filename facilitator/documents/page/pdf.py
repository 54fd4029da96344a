"""The document as PDF: the page of HTML on paper, with bookmarks, and with tags for those who have it read to them."""

from facilitator.documents.page.html_page import html_page
from facilitator.documents.page.press import need_press, printed
from facilitator.model.session import Session


def pdf(session: Session) -> bytes:
    """Return the document of a session as PDF. Raises ExtraMissingError when what makes it is not installed."""
    need_press("PDF", "pdf")
    return printed(html_page(session, paper=True))
