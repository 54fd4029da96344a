"""The items of a session that are about its review and publication."""

from collections.abc import Mapping
from datetime import UTC, datetime
from enum import StrEnum

import msgspec

from facilitator.model.item import Item, in_utc


class ApprovedPart(StrEnum):
    """What of a session somebody approves, besides all of it."""

    ACTIONS = "priorities of actions"
    IMPACT = "customer impact"
    SECURITY = "security implications"
    WHOLE = "the whole document"

    @property
    def word(self) -> str:
        """The word by which what is typed, the configuration, commands and files call it."""
        return self.name.lower()


PARTS: Mapping[str, ApprovedPart] = {each.word: each for each in ApprovedPart}
"""The parts that are approved, by their words."""


class Decision(StrEnum):
    """What a person decided about words that would be replaced."""

    REPLACE = "replace"
    KEEP = "keep"


class Dated(Item, frozen=True, kw_only=True, omit_defaults=True):
    """Something that somebody did at a moment, which is aware and in UTC."""

    at: datetime
    by: str = ""

    def __post_init__(self) -> None:
        if self.at.tzinfo is not UTC:
            msgspec.structs.force_setattr(self, "at", in_utc(self.at))


class ReviewRequest(Dated, frozen=True, kw_only=True, omit_defaults=True):
    """Somebody, called `text`, was asked by `by` to review a session; it is not published.

    `part` is what they are asked to approve, or None for comments alone. `answered` tells that they are done, `said`
    what they answered in their own words, such as "no remarks".
    """

    text: str
    part: ApprovedPart | None = None
    answered: datetime | None = None
    said: str = ""

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.answered is not None and self.answered.tzinfo is not UTC:
            msgspec.structs.force_setattr(self, "answered", in_utc(self.answered))


class Comment(Dated, frozen=True, kw_only=True, omit_defaults=True):
    """What a reader said; it is not published.

    `about` is the id of the item that it is about, or empty for the session; `place` the name of a field, such as
    "summary", or empty. `reply_to` is the id of the comment that it answers. One that answers none is `resolved` when
    nothing more has to come of it.
    """

    text: str
    about: str = ""
    place: str = ""
    reply_to: str = ""
    resolved: bool = False


class Approval(Dated, frozen=True, kw_only=True, omit_defaults=True):
    """Somebody approved a part of a session. `role` is in which role, `text` what they added.

    `digest` is that of what was approved, as `review.approvals` makes it: when the part changes, the approval is stale.
    """

    part: ApprovedPart
    digest: str
    role: str = ""
    text: str = ""


class Version(Dated, frozen=True, kw_only=True, omit_defaults=True):
    """A document that was published: the `number`th version, counted from 1, with the reason for it in `text`.

    `changed` tells what is not as in the version before. `profile` is for whom it was published, and `digest` the
    SHA-256, in hexadecimal, of its bytes in the `format`; the store keeps these bytes.
    """

    number: int
    text: str = ""
    changed: str = ""
    profile: str = ""
    format: str = "markdown"
    digest: str = ""


class Withheld(Item, frozen=True, kw_only=True, omit_defaults=True):
    """The item with the id `about` is left out of what is published, but for readers in the house. Not published."""

    about: str
    text: str = ""


class Redaction(Item, frozen=True, kw_only=True, omit_defaults=True):
    """What a person decided about `words` that a redaction would replace; it is not published.

    It counts wherever the words stand when `about` and `place` are empty, else in the field `place` alone, of that item
    or of the session itself. `profile` is for whom, or empty for all. `replacement` are other words than those that the
    program proposes, or empty. Words that the program did not find are replaced as well.

    One that is `accepted` decides nothing: it notes that somebody looked at the words and agreed to the `replacement`
    that the program proposes. In the place of a key or a password it has a digest.
    """

    words: str
    profile: str = ""
    about: str = ""
    place: str = ""
    decision: Decision = Decision.REPLACE
    replacement: str = ""
    accepted: bool = False


class Pseudonym(Item, frozen=True, kw_only=True, omit_defaults=True):
    """What stands for a person, customer or host in everything that is published; it is not published itself."""

    words: str
    text: str


class Consent(Dated, frozen=True, kw_only=True, omit_defaults=True):
    """Somebody's yes to publishing a session for the readers of a profile; it is not published.

    `digest` is that of the redacted session: when that changes, the yes is void.
    """

    profile: str
    digest: str
