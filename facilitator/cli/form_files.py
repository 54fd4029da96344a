"""Files that were filled in, read as text whatever program saved them."""

import sys
from pathlib import Path

from facilitator.cli.errors import Failure
from facilitator.cli.sources import STDIN, shown
from facilitator.intake.errors import SourceError
from facilitator.intake.marks import LONGEST_FORM
from facilitator.intake.report import Report
from facilitator.intake.sources.decoding import decoded
from facilitator.intake.sources.opening import opened as opened_source


def form_text(file: str, what: str, report: Report) -> str:
    """Return the text of a file, or of stdin; what is odd about it is reported. Raises Failure when it cannot be read.

    `what` is what it should be, such as "witness form".
    """
    try:
        place = sys.stdin.buffer.read(4 * LONGEST_FORM + 1) if file == STDIN else Path(file)
        with opened_source(place, report, shown(file) if file == STDIN else "") as source:
            members = list(source.members())
            if len(members) != 1:
                raise Failure(f"{shown(file)} is no {what}, but a folder or an archive; name the files in it")
            with source.open(members[0]) as stream:
                data = stream.read(4 * LONGEST_FORM + 1)
            text = decoded(data, lambda why: report.skip(shown(file), "", why))
    except SourceError as error:
        raise Failure(str(error)) from error
    if len(text) > LONGEST_FORM:
        raise Failure(f"{shown(file)} is longer than {LONGEST_FORM:,} characters; read the part with the form")
    return text
