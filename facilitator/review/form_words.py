"""The words and the marks of a file for reviewers, for those who write it and for those who read it."""

from collections.abc import Mapping
from datetime import datetime
from urllib.parse import quote, unquote

import msgspec

from facilitator.intake.marks import Mark
from facilitator.model.item import in_utc
from facilitator.model.review_items import PARTS, ApprovedPart
from facilitator.model.text import one_line
from facilitator.review.comments import LONGEST_NAME

KIND = "review"
"""How the marks of the file begin."""
FORM, NAME, PLACE, APPROVE, DONE, NUMBERS, END = "form", "name", "place", "approve", "done", "numbers", "end"
"""The parts of the file, as its marks call them."""

PLACES: Mapping[str, str] = {
    "Incident summary": "summary",
    "Impact": "impact",
    "Timeline": "timeline",
    "Root cause analysis": "factors",
    "Detection": "detection",
    "Response": "response",
    "Lessons learned": "lessons",
    "Action items": "actions",
    "Open questions": "questions",
}
"""The sections of the document on which comments are asked for, and the fields of the session that they are about."""

ASKED = "**You are asked to review this postmortem.** What is missing, unclear or wrong, and what would you ask?"
HOW = (
    "Write below the lines that ask for your comments, or right below what you mean, or begin with its number, such as "
    "[3]. Each item of a list is a comment of its own. Leave the remarks in pointed brackets where "
    "they are, and send the file back."
)
NAMED = "Your name:"
APPROVAL = "Your approval"
BOXES = "Put an x into the box of what you approve as it stands here."
APPROVES = "I approve the"
NOTHING = "I have read it; there is nothing to add"
ELSE = "Anything else:"


class Head(msgspec.Struct, frozen=True, kw_only=True):
    """What a file for a reviewer says of itself.

    `session` is the id of its session, `name` whom it was made for, `made` when, aware and in UTC. `until` is the end
    of the review, `parts` is what the reviewer is asked to approve. `profile` is for whom it was redacted, empty for
    the copy of the house. `text` is a digest of the words of the whole file.
    """

    id: str
    session: str
    made: datetime
    name: str = ""
    until: datetime | None = None
    parts: tuple[ApprovedPart, ...] = ()
    profile: str = ""
    text: str = ""


def head_values(head: Head) -> tuple[str, ...]:
    """Return what the first mark of a file holds."""
    name = one_line(head.name)
    while len(quote(name, safe="")) > LONGEST_NAME:
        name = name[:-1]
    parts = "+".join(part.word for part in head.parts)
    values = {
        "of": head.session,
        "made": head.made.isoformat(),
        "for": quote(name, safe=""),
        "until": head.until.isoformat() if head.until is not None else "",
        "parts": parts,
        "profile": quote(head.profile, safe=""),
        "text": head.text,
    }
    return head.id, *(f"{key}={value}" for key, value in values.items() if value)


def head_of(mark: Mark) -> Head | None:
    """Return what the first mark of a file says, or None for a mark that does not."""
    values = mark.values
    made = _moment(values.get("made", ""))
    if mark.part != FORM or not mark.names or not values.get("of") or made is None:
        return None
    return Head(
        id=mark.names[0],
        session=values["of"],
        made=made,
        name=one_line(unquote(values.get("for", ""))),
        until=_moment(values.get("until", "")),
        parts=tuple(PARTS[each] for each in values.get("parts", "").split("+") if each in PARTS),
        profile=unquote(values.get("profile", "")),
        text=values.get("text", ""),
    )


def _moment(written: str) -> datetime | None:
    try:
        return in_utc(datetime.fromisoformat(written))
    except ValueError:
        return None
