"""The timeline: one table, with a row for each day when there are several."""

from collections.abc import Iterator

from facilitator.documents.escape import inline, link
from facilitator.documents.references import References, moment_day
from facilitator.documents.tables import table
from facilitator.model.clocks import span
from facilitator.model.session import Entry, Milestone, Session


def timeline(session: Session, references: References) -> str:
    """Return the timeline as a table in reading order, with the times of the session's zone."""
    headings = (f"Time ({references.zone})", "What happened", "Milestone", "Source")
    *cells, marks = zip(*_rows(session, references), strict=True) if session.timeline else ((), ())
    return table(headings, list(zip(*cells, strict=True)), marks)


def _rows(session: Session, references: References) -> Iterator[tuple[str, str, str, str, str]]:
    shown = ""
    for entry in session.timeline:
        day = moment_day(entry.at, references.zone) if references.several_days else ""
        if day != shown:
            shown = day
            yield f"**{day}**", "", "", "", ""
        yield (
            span(entry.at, entry.until, references.zone),
            inline(entry.text),
            _milestones(entry),
            _source(entry),
            references.mark(entry.id),
        )


def _milestones(entry: Entry) -> str:
    return ", ".join(each for each in Milestone if each in entry.milestones) if entry.milestones else ""


def _source(entry: Entry) -> str:
    return ", ".join(shown for each in (entry.source, *entry.links) if (shown := link(each)))
