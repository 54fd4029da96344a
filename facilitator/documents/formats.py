"""The formats in which a session can be published."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from difflib import get_close_matches
from types import MappingProxyType

import msgspec

from facilitator.documents.google_sre import google_sre
from facilitator.documents.markdown import markdown
from facilitator.documents.occasion import ANY, Occasion
from facilitator.documents.session_json import session_json
from facilitator.model.clocks import day
from facilitator.model.metrics import incident_day
from facilitator.model.private import published
from facilitator.model.session import Session
from facilitator.model.text import one_line

_LONGEST_SLUG = 60


class Format(msgspec.Struct, frozen=True):
    """One way to write a session down. `suffix` ends the name of its files; `render` is pure.

    `for_meetings` tells that the occasion matters: the moment, and the ground rules. `pasted` tells that it is of use
    in the clipboard, and `rich` that it belongs there as HTML, for editors that take that.
    """

    name: str
    label: str
    suffix: str
    render: Callable[[Session, Occasion], str]
    for_meetings: bool = False
    pasted: bool = True
    rich: bool = False


class FileFormat(msgspec.Struct, frozen=True):
    """One way to write a session to a file that holds no text."""

    name: str
    label: str
    suffix: str
    encode: Callable[[Session], bytes]


class UnknownFormatError(ValueError):
    """A format that does not exist. The message names the nearest one that does, and all of them."""


def _pack(session: Session, occasion: Occasion) -> str:
    from facilitator.documents.pack import pack

    return pack(session, occasion)


def _minutes(session: Session, occasion: Occasion) -> str:
    from facilitator.documents.minutes import minutes

    return minutes(session, occasion)


def _invitation(session: Session, occasion: Occasion) -> str:
    from facilitator.documents.invitation import invitation

    return invitation(session, occasion)


def _github(session: Session, _occasion: Occasion) -> str:
    from facilitator.documents.flavours import github

    return github(session)


def _gitlab(session: Session, _occasion: Occasion) -> str:
    from facilitator.documents.flavours import gitlab

    return gitlab(session)


def _html(session: Session, _occasion: Occasion) -> str:
    from facilitator.documents.page.html_page import html_page

    return html_page(session)


def _plain_text(session: Session, _occasion: Occasion) -> str:
    from facilitator.documents.page.plain_text import plain_text

    return plain_text(session)


def _rich_text(session: Session, _occasion: Occasion) -> str:
    from facilitator.documents.page.rich_text import rich_text

    return rich_text(session)


def _pdf(session: Session) -> bytes:
    from facilitator.documents.page.pdf import pdf

    return pdf(session)


def _word(session: Session) -> bytes:
    from facilitator.documents.page.word import word

    return word(session)


FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        each.name: each
        for each in (
            Format("markdown", "Markdown", ".md", lambda session, _: markdown(session)),
            Format("github", "Markdown for GitHub", ".github.md", _github),
            Format("gitlab", "Markdown for GitLab", ".gitlab.md", _gitlab),
            Format("google-sre", "Google SRE template", ".google-sre.md", lambda session, _: google_sre(session)),
            Format("html", "HTML page", ".html", _html),
            Format("text", "Plain text for mail", ".txt", _plain_text),
            Format("paste", "Rich text for Confluence, Notion, Docs", ".paste.html", _rich_text, rich=True),
            Format("json", "JSON", ".json", lambda session, _: session_json(session)),
            Format("pack", "Meeting pack", ".pack.md", _pack, for_meetings=True),
            Format("ics", "Invitation (.ics)", ".ics", _invitation, for_meetings=True, pasted=False),
            Format("minutes", "Minutes", ".minutes.md", _minutes, for_meetings=True),
        )
    }
)
"""All formats of text by name, the usual one first."""

FILE_FORMATS: Mapping[str, FileFormat] = MappingProxyType(
    {
        each.name: each
        for each in (FileFormat("pdf", "PDF", ".pdf", _pdf), FileFormat("docx", "Word (.docx)", ".docx", _word))
    }
)
"""All formats that are no text by name. Each needs a library that is installed when it is asked for."""

LABELS: Mapping[str, str] = MappingProxyType(
    {
        **{name: each.label for name, each in FORMATS.items()},
        **{name: each.label for name, each in FILE_FORMATS.items()},
    }
)
"""What people call each format, by name: those of text, then the others."""


def render(session: Session, format_name: str, occasion: Occasion = ANY) -> str:
    """Return the session as a document that ends in exactly one newline: same session and occasion, same text.

    Whatever the format, it is made from what of the session may be published. Raises UnknownFormatError for a format
    that is not in FORMATS, and NotYetError for a document about meetings for which there is no meeting yet.
    """
    if format_name not in FORMATS:
        raise _unknown(format_name, FORMATS)
    return FORMATS[format_name].render(published(session), occasion)


def encode(session: Session, format_name: str, occasion: Occasion = ANY) -> bytes:
    """Return the session as the bytes of a file, in any format: text in UTF-8.

    Raises what `render` raises, and ExtraMissingError where the library for a format is not installed.
    """
    if format_name in FILE_FORMATS:
        return FILE_FORMATS[format_name].encode(published(session))
    if format_name not in FORMATS:
        raise _unknown(format_name, LABELS)
    return render(session, format_name, occasion).encode()


def file_name(session: Session, format_name: str) -> str:
    """Return a name for the file of a document, such as "2026-11-15-checkout-errors.md".

    The day is that of the incident in the session's zone, else that on which the session was made. Letters, digits,
    hyphens and dots are all it holds, so it is safe on every file system. Raises UnknownFormatError.
    """
    found = FORMATS.get(format_name) or FILE_FORMATS.get(format_name)
    if found is None:
        raise _unknown(format_name, LABELS)
    return named(session, found.suffix)


def named(session: Session, suffix: str) -> str:
    """Return a name for a file of a session that ends with `suffix`, as `file_name` has it."""
    date = day(incident_day(session) or session.created, session.zone, year=True)
    plain = unicodedata.normalize("NFKD", one_line(session.title)).encode("ascii", "ignore").decode().lower()
    slug = re.sub("[^a-z0-9]+", "-", plain)[: _LONGEST_SLUG + 1].strip("-")[:_LONGEST_SLUG].strip("-")
    return f"{date}-{slug or 'postmortem'}{suffix}"


def _unknown(name: str, names: Iterable[str]) -> UnknownFormatError:
    known = list(names)
    asked = name.lower()
    nearest = [each for each in known if asked and asked in each] or get_close_matches(asked, known, n=1, cutoff=0.4)
    hint = f"did you mean {nearest[0]!r}? There" if nearest else "there"
    return UnknownFormatError(f"no format is called {name!r}; {hint} are {', '.join(known)}.")
