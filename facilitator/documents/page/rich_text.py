"""The document for pasting into editors that are no Markdown editors: Confluence, Notion, word processors, mail."""

from facilitator.documents.markdown import markdown
from facilitator.documents.page.html import bare_html
from facilitator.documents.page.read import read_page
from facilitator.documents.pictures.figures import nothing
from facilitator.model.session import Session


def rich_text(session: Session) -> str:
    """Return the document as a fragment of HTML, which is XML too: the storage format of Confluence.

    It has nothing but headings, paragraphs, lists, tables, emphasis and links. Editors drop pictures that are pasted,
    so there are none; the text has all that they show.
    """
    return bare_html(read_page(markdown(session, nothing))) + "\n"
