"""Postmortems that people published as Markdown: recognised by their structure, and read into one value."""

from facilitator.intake.markdown.document import Document, DocumentAction, DocumentEntry, Section
from facilitator.intake.markdown.reading import read_document

__all__ = ["Document", "DocumentAction", "DocumentEntry", "Section", "read_document"]
