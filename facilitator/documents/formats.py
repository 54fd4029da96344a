"""The formats in which a session can be published."""

import re
import unicodedata
from collections.abc import Callable, Mapping
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
    in the clipboard.
    """

    name: str
    label: str
    suffix: str
    render: Callable[[Session, Occasion], str]
    for_meetings: bool = False
    pasted: bool = True


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


FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        each.name: each
        for each in (
            Format("markdown", "Markdown", ".md", lambda session, _: markdown(session)),
            Format("google-sre", "Google SRE template", ".google-sre.md", lambda session, _: google_sre(session)),
            Format("json", "JSON", ".json", lambda session, _: session_json(session)),
            Format("pack", "Meeting pack", ".pack.md", _pack, for_meetings=True),
            Format("ics", "Invitation (.ics)", ".ics", _invitation, for_meetings=True, pasted=False),
            Format("minutes", "Minutes", ".minutes.md", _minutes, for_meetings=True),
        )
    }
)
"""All formats by name, the usual one first."""


def render(session: Session, format_name: str, occasion: Occasion = ANY) -> str:
    """Return the session as a document that ends in exactly one newline: same session and occasion, same text.

    Whatever the format, it is made from what of the session may be published. Raises UnknownFormatError for a format
    that is not in FORMATS, and NotYetError for a document about meetings for which there is no meeting yet.
    """
    return _format(format_name).render(published(session), occasion)


def file_name(session: Session, format_name: str) -> str:
    """Return a name for the file of a document, such as "2026-11-15-checkout-errors.md".

    The day is that of the incident in the session's zone, else that on which the session was made. Letters, digits,
    hyphens and dots are all it holds, so it is safe on every file system. Raises UnknownFormatError.
    """
    suffix = _format(format_name).suffix
    date = day(incident_day(session) or session.created, session.zone, year=True)
    plain = unicodedata.normalize("NFKD", one_line(session.title)).encode("ascii", "ignore").decode().lower()
    slug = re.sub("[^a-z0-9]+", "-", plain)[: _LONGEST_SLUG + 1].strip("-")[:_LONGEST_SLUG].strip("-")
    return f"{date}-{slug or 'postmortem'}{suffix}"


def _format(name: str) -> Format:
    if name in FORMATS:
        return FORMATS[name]
    nearest = get_close_matches(name.lower(), FORMATS, n=1, cutoff=0.4)
    hint = f"did you mean {nearest[0]!r}? There" if nearest else "there"
    raise UnknownFormatError(f"no format is called {name!r}; {hint} are {', '.join(FORMATS)}.")
