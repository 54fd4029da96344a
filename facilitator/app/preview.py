"""The preview of a session beside the list: what happened, how long it took, and what is still to do."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.content import Content

from facilitator.app.drawing import content
from facilitator.library.expressions import Query
from facilitator.model.metrics import Measured, Metric, measure, told
from facilitator.model.phases import Phase, lacks
from facilitator.model.session import ActionStatus, Session

if TYPE_CHECKING:
    from facilitator.library.snippets import Snippet

_LONGEST = 600
_MOST_PLACES = 3
_SHOWN = ("title", "service", "tag")
"""What is there to be seen anyway, and needs no mention as a place where words were found."""


def preview(session: Session, query: Query | None = None) -> Content:
    """Return what the home screen shows of a session; where a query meets it comes first, with the words marked."""
    lines = [content(session.title, "bold")]
    facts = [str(each) for each in (session.severity, session.status, ", ".join(session.services)) if each]
    lines += [content("  ".join(facts), "$secondary"), Content("")]
    places = _places(session, query) if query is not None else ()
    for found in places:
        lines += [content(found.kind, "$secondary"), _marked(found.text, found.marks), Content("")]
    if session.summary and all(found.kind != "summary" for found in places):
        text = session.summary if len(session.summary) <= _LONGEST else f"{session.summary[:_LONGEST]}…"
        lines += [content(text), Content("")]
    measured = ((metric, measure(session, metric)) for metric in Metric)
    lines += [
        Content.assemble((f"{metric:<10}", "$secondary"), content(told(each)))
        for metric, each in measured
        if isinstance(each, Measured)
    ]
    pending = [each for each in session.actions if each.status in (ActionStatus.OPEN, ActionStatus.IN_PROGRESS)]
    if session.actions:
        lines += [Content(""), content(f"{len(pending)} of {len(session.actions)} actions open", "$secondary")]
        lines += [content(f"○ {each.text}") for each in pending[:5]]
    missing = [str(phase) for phase in Phase if phase is not Phase.DOCUMENT and lacks(session, phase)]
    if missing:
        lines += [Content(""), content("Still lacking in", "$secondary"), content(", ".join(missing))]
    return Content("\n").join(lines)


def _places(session: Session, query: Query) -> "list[Snippet]":
    """Return where a query meets a session."""
    # Imported where it is used: home is there before it.
    from facilitator.library.snippets import snippets

    found = snippets(query, session, _MOST_PLACES + len(_SHOWN))
    return [each for each in found if each.kind not in _SHOWN][:_MOST_PLACES]


def _marked(text: str, marks: Sequence[tuple[int, int]]) -> Content:
    """Return a text with some places of it marked. Each is made drawable by itself, which may change its length."""
    pieces, at = [], 0
    for start, end in marks:
        pieces += [content(text[at:start]), content(text[start:end], "bold $accent")]
        at = end
    return Content("").join([*pieces, content(text[at:])])
