"""The mark-up of Slack's messages, resolved: mentions, channels, dates, links, entities.

Bold, italics, code and the short names of emoji stay as they are written.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from facilitator.model.text import MAX_TEXT, paragraphs

_MARKED = re.compile(r"<([^<>\n]{1,4000})>")
_SCHEME = re.compile(r"(?:https?://|mailto:|tel:)")
_LONGEST = 4 * MAX_TEXT


@dataclass(frozen=True, slots=True)
class Names:
    """What ids are called: people, and channels."""

    people: Mapping[str, str]
    channels: Mapping[str, str]

    def resolved(self, text: str) -> str:
        """Return what a message says, as people read it, cleaned and no longer than a text may be."""
        if len(text) > _LONGEST:
            text = text[:_LONGEST]
        if "<" in text:
            text = _MARKED.sub(self._said, text)
        if "&" in text:
            text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
        if text.isascii() and text.isprintable():
            return text.strip()[:MAX_TEXT]
        return paragraphs(text).strip()[:MAX_TEXT]

    def _said(self, found: re.Match[str]) -> str:
        written, bar, label = found[1].partition("|")
        sign, rest = written[:1], written[1:]
        if sign == "@":
            return f"@{self.people.get(rest) or label or rest}"
        if sign == "#":
            return f"#{label or self.channels.get(rest) or rest}"
        if sign == "!":
            return _special(rest, label)
        if not bar:
            return _SCHEME.sub("", written, count=1) if written.startswith(("mailto:", "tel:")) else written
        plain = _SCHEME.sub("", written, count=1)
        if not label or label in (written, plain) or written.rstrip("/") == label or plain.rstrip("/") == label:
            return plain if written.startswith(("mailto:", "tel:")) else written
        return f"{label} ({plain if written.startswith(('mailto:', 'tel:')) else written})"


def escaped(text: str) -> str:
    """Return plain text as it is written within mark-up."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _special(written: str, label: str) -> str:
    """Return what "<!here>", "<!subteam^S1|@oncall>", "<!date^1700000000^{date}|Nov 14>" stand for."""
    name, *parts = written.split("^")
    if name == "date":
        return label or (_day(parts[0]) if parts else "")
    if name == "subteam":
        return label if label.startswith("@") else f"@{label or (parts[0] if parts else name)}"
    said = label or name
    return said if said.startswith("@") else f"@{said}"


def _day(seconds: str) -> str:
    try:
        return f"{datetime.fromtimestamp(int(seconds), UTC):%Y-%m-%d %H:%M:%S} UTC"
    except (ValueError, OverflowError, OSError):
        return seconds
