"""Names of session files, readable by people: the day of the incident and the title."""

import os
import re
import unicodedata
from pathlib import Path

from facilitator.model.metrics import incident_day
from facilitator.model.moments import local
from facilitator.model.session import Session

SUFFIX = ".json"
"""The end of the name of every session file."""

LONGEST_SLUG = 60
"""The most characters of a title that a name takes."""


def stem(session: Session) -> str:
    """Return the name for the file of a session, without its end: "2026-11-15-checkout-errors".

    The day is that of the incident on the clock of the session's zone, or of the session's making. Nothing but
    a to z, 0 to 9 and "-" is in it, so that it is a name on every system and never leads elsewhere.
    """
    day = local(incident_day(session) or session.created, session.zone).date()
    return f"{day.isoformat()}-{slug(session.title) or 'session'}"


def slug(title: str) -> str:
    """Return a title in a to z, 0 to 9 and "-", cut between words; empty when no letter of it has such a form."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower().replace("'", "")
    words = re.sub("[^a-z0-9]+", "-", plain).strip("-")
    if len(words) <= LONGEST_SLUG:
        return words
    cut = words[: LONGEST_SLUG + 1]
    return (cut[: cut.rfind("-")] if "-" in cut else cut[:LONGEST_SLUG]).strip("-")


def free_path(folder: Path, name: str) -> Path:
    """Return a path in `folder` for a file of this stem that is not taken: `name`, or with "-2", "-3" and so on."""
    path, number = folder / f"{name}{SUFFIX}", 1
    while os.path.lexists(path):
        number += 1
        path = folder / f"{name}-{number}{SUFFIX}"
    return path
