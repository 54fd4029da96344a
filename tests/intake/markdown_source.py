"""Documents in Markdown as they are read in the tests."""

from datetime import date
from textwrap import dedent

from facilitator.intake.markdown import Document, read_document
from facilitator.intake.report import Report

TODAY = date(2026, 11, 23)


def document(text: str, file: str = "doc.md") -> Document:
    return read_document(dedent(text), file, TODAY, Report())


def timeline(lines: str, heading: str = "## Timeline (UTC)", title: str = "# Outage of 2026-03-04") -> Document:
    return document(f"{title}\n\n{heading}\n\n{dedent(lines).strip()}\n")


def told(found: Document) -> list[tuple[str, str]]:
    return [(f"{each.stamp.local:%Y-%m-%d %H:%M}", each.text) for each in found.entries]
