"""The document that can be read back."""

from facilitator.documents.layout import stacked
from facilitator.documents.markdown import markdown
from facilitator.documents.pictures.figures import Show, fenced
from facilitator.documents.roundtrip.carried import carried
from facilitator.documents.roundtrip.marks import mark
from facilitator.model.private import published
from facilitator.model.session import Session


def round_trip(session: Session, show: Show = fenced) -> str:
    """Return the document of `markdown`, with comments from which `reading.read` makes the same session again.

    A comment with its id follows each item, and one at the end carries what the text does not show. Nothing that is
    private is in either. `show` says how figures are shown.
    """
    session = published(session)
    return stacked((markdown(session, show, mark).rstrip("\n"), carried(session))) + "\n"
