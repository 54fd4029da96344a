"""Witness forms: the lines with times in the accounts in own words. The rest of a form is read by its command."""

from collections.abc import Iterator

from facilitator.intake.drafts import Draft
from facilitator.intake.errors import SourceError
from facilitator.intake.marks import LONGEST_FORM
from facilitator.intake.reader import Options, Reader, Sample
from facilitator.intake.report import Report
from facilitator.intake.source import Source
from facilitator.intake.sources.decoding import decoded
from facilitator.intake.witness.forms import forms_in, is_form
from facilitator.intake.witness.lines import KIND, drafts_in


def recognises(sample: Sample) -> int:
    """Return 100 for a text with the mark of a form, else 0."""
    return 100 if is_form(sample.text) else 0


def read(source: Source, options: Options, report: Report) -> Iterator[Draft]:
    """Return a draft for each line with a time in the forms of a source, told by whoever is named in the form."""
    for member in source.members():
        with source.open(member) as stream:
            data = stream.read(4 * LONGEST_FORM)
        notes: list[str] = []
        try:
            forms = forms_in(decoded(data, notes.append))
        except SourceError as error:
            report.skip(member.name, "", str(error))
            continue
        for why in notes:
            report.skip(member.name, "", why)
        if not forms:
            report.skip(member.name, "", "it is no witness form: its marks are missing")
        for form in forms:
            yield from drafts_in(form, form.name, options.now.date(), member.name, report)


READER = Reader(KIND, "a witness form", recognises, read)
