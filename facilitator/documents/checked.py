"""What the checks find in a Markdown document, and where it stands there."""

import re
from collections.abc import Iterator, Sequence
from itertools import chain

import msgspec

from facilitator.checks.finding import Finding
from facilitator.checks.language import People, findings
from facilitator.checks.rules import Context, Rules
from facilitator.checks.sensitive import sensitive
from facilitator.documents.passages import Document, Lines, Mute, Passage, read

_ATTENDED = re.compile(r"attend|participants|present|authors?\b|responders|reviewers|facilitator", re.IGNORECASE)
_LABEL = re.compile(r"\s*(?:attendees|participants|authors?|responders|reviewers|facilitator)\s*:", re.IGNORECASE)
_NAME = re.compile(r"@[\w.-]+|[A-ZÀ-ÖØ-Þ][\w'’.-]*(?: (?:de|der|den|van|von|da|di|[A-ZÀ-ÖØ-Þ][\w'’.-]*)){0,4}")


class Placed(msgspec.Struct, frozen=True, kw_only=True):
    """A finding in a document: its `start` and `end` are those in the text of the document.

    Lines and columns count from 1, columns in characters; the end is behind the last character. `context` is the part
    of the postmortem that it is in. `muted` is the reason for which it is muted, or empty.
    """

    finding: Finding
    context: Context
    line: int
    column: int
    end_line: int
    end_column: int
    muted: str = ""


def check_document(text: str, rules: Rules, patterns: Sequence[str] = ()) -> tuple[Placed, ...]:
    """Return what the rules of language find in the passages of a Markdown document, and what in it is sensitive.

    Sensitive data are looked for everywhere, in code and targets of links too. They come in the order of the document.
    """
    document = read(text)
    people = people_of(document)
    lines = Lines(document.text)
    found = chain(_language(document, rules, people), _sensitive(document, patterns))
    placed = [_placed(each, context, lines, document.mutes) for each, context in found]
    return tuple(sorted(placed, key=lambda each: (each.finding.start, each.finding.end, each.finding.rule)))


def people_of(document: Document) -> People:
    """Return the people whom a document names as its authors, or as those who took part."""
    names: set[str] = set()
    for passage in document.passages:
        label = _LABEL.match(passage.text)
        if label is not None or _ATTENDED.match(passage.below.strip()):
            said = re.split(r"[,;/&\n()]|\band\b", passage.text[label.end() if label else 0 :])
            names.update(name.casefold() for each in said if _NAME.fullmatch(name := each.strip(" *.")))
    return People(names=frozenset(names))


def _language(document: Document, rules: Rules, people: People) -> Iterator[tuple[Finding, Context]]:
    for passage in document.passages:
        for each in findings(passage.text, passage.context, rules, people):
            if each.start == each.end or not passage.is_code(each.start, each.end):
                yield _in_document(each, passage), passage.context


def _in_document(finding: Finding, passage: Passage) -> Finding:
    start, end = passage.span(finding.start, finding.end)
    return msgspec.structs.replace(finding, start=start, end=end)


def _sensitive(document: Document, patterns: Sequence[str]) -> Iterator[tuple[Finding, Context]]:
    for each in sensitive(document.text, patterns):
        yield each, Context.SUMMARY


def _placed(finding: Finding, context: Context, lines: Lines, mutes: Sequence[Mute]) -> Placed:
    line, column = lines.place(finding.start)
    end_line, end_column = lines.place(max(finding.start, finding.end))
    reasons = (each.reason for each in mutes if each.rule == finding.rule and each.first < line <= each.end)
    return Placed(
        finding=finding,
        context=context,
        line=line,
        column=column,
        end_line=end_line,
        end_column=end_column,
        muted=next(reasons, ""),
    )
