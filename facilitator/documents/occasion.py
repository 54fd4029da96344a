"""The occasion of a document: what it is made with besides the session."""

from datetime import datetime

import msgspec

from facilitator.model.ground_rules import GROUND_RULES


class Occasion(msgspec.Struct, frozen=True):
    """The moment at which a document is made, aware, or None when it does not matter, and the ground rules."""

    now: datetime | None = None
    ground_rules: tuple[str, ...] = GROUND_RULES


class NotYetError(ValueError):
    """What a document is about has not come about yet. The message says what is missing and what to do."""


ANY = Occasion()
"""At no moment in particular, with the ground rules that everybody has."""
