"""A postmortem that was published as Markdown: the entries of its timeline."""

import re
from collections.abc import Iterator
from functools import partial

from facilitator.intake.drafts import Draft
from facilitator.intake.errors import MissingError, Need
from facilitator.intake.markdown import DocumentEntry, read_document
from facilitator.intake.markdown.shape import likeness
from facilitator.intake.reader import Options, Reader, Sample
from facilitator.intake.report import Report
from facilitator.intake.source import Source
from facilitator.intake.sources.decoding import decoded
from facilitator.intake.texts.occurrences import Occurrences
from facilitator.model.text import one_line

KIND = "postmortem"
_NAMES = re.compile(r"\.(?:md|markdown|mdx|qmd|rmd|mkd|mdown|erb)$", re.IGNORECASE)
_PAGES = re.compile(r"\.html?$", re.IGNORECASE)
_LONGEST_PLACE = 200


def recognises(sample: Sample) -> int:
    """Return how much a source has the shape of a postmortem in Markdown."""
    if sample.json is not None:
        return 0
    likely = likeness(sample.text)
    if _NAMES.search(sample.name):
        return min(95, likely + 25) if likely else 0
    return likely if likely >= (50 if _PAGES.search(sample.name) else 40) else likely // 2


def read(source: Source, options: Options, report: Report) -> Iterator[Draft]:
    """Return a draft for each entry. Raises MissingError when no day can be told for any of the times."""
    for member in source.members():
        if member.name != source.name and not (_NAMES.search(member.name) or _PAGES.search(member.name)):
            report.skip(member.name, "", "not Markdown")
            continue
        text = decoded(source.read(member), partial(report.skip, member.name, ""))
        document = read_document(text, member.name, options.now.date(), report, day=options.day)
        if document.dayless and not document.entries:
            raise MissingError(
                Need.DAY, f"the times in {member.name} have no day: on which day did the incident begin?"
            )
        ids = Occurrences(KIND, member.name)
        place = one_line(document.title)[:_LONGEST_PLACE]
        for entry in document.entries:
            yield _draft(entry, ids, member.name, place)


def _draft(entry: DocumentEntry, ids: Occurrences, file: str, place: str) -> Draft:
    return Draft(
        id=ids.id_of(entry.written, entry.stamp.local.isoformat(), entry.text),
        text=entry.text,
        stamp=entry.stamp,
        place=place,
        link=entry.links[0] if entry.links else "",
        file=file,
        line=entry.line,
    )


READER = Reader(KIND, "a postmortem in Markdown", recognises, read)
