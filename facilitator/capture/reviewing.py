r"""What is typed in a review: people who are asked, or a comment.

"@alice @bob" asks both to review, "@carol #security" asks her to approve a part, for which its first letters
are enough. Anything else is a comment. A backslash keeps the first word as text: "\@alice asked for a diagram".
"""

import msgspec

from facilitator.capture.asides import owner_of
from facilitator.capture.helps import anywhere
from facilitator.capture.reading import Choice, Reading
from facilitator.capture.tokens import split
from facilitator.model.review_items import PARTS, ApprovedPart
from facilitator.model.text import MAX_TEXT, one_line


class Said(msgspec.Struct, frozen=True):
    """A comment, or a reply."""

    text: str


class Asked(msgspec.Struct, frozen=True):
    """People who are asked to review, or to approve a part."""

    names: tuple[str, ...]
    part: ApprovedPart | None = None


def read_review(line: str, answered: str = "") -> Reading[Said | Asked]:
    """Return what a line typed in a review becomes; `answered` is who said what a plain line replies to.

    Never raises. What begins with a name and holds more than names and a part is asked about.
    """
    if len(line) > MAX_TEXT:
        return Reading(question=f"That is too long: a comment holds {MAX_TEXT:,} characters")
    line = one_line(line)
    words = split(line)
    if not words or _name(words[0]) is None:
        return _said(line.removeprefix("\\") if line.startswith("\\@") else line, answered)
    names = tuple(dict.fromkeys(name for each in words if (name := _name(each)) is not None))
    rest = [each for each in words if _name(each) is None]
    if not rest:
        return Reading(Asked(names), (f"asks {_listed(names)} to review",))
    found = parts_named(rest[0].removeprefix("#")) if len(rest) == 1 and rest[0].startswith("#") else ()
    if len(found) == 1:
        return _asked(names, found[0])
    if len(rest) == 1 and rest[0].startswith("#"):
        choices = tuple(Choice(f"#{name}: {part}", Asked(names, part)) for name, part in PARTS.items())
        return Reading(question=f"Which part is {_listed(names)} asked to approve?", choices=choices)
    asked: Choice[Said | Asked] = Choice(f"ask {_listed(names)} to review", Asked(names))
    return Reading(
        question="Is that a comment, or is somebody asked?", choices=(Choice("a comment", Said(line)), asked)
    )


def parts_named(name: str) -> tuple[ApprovedPart, ...]:
    """Return the parts that a word can stand for: the one of that name, or those that begin so."""
    name = name.lower()
    if name in PARTS:
        return (PARTS[name],)
    return tuple(part for each, part in PARTS.items() if name and each.startswith(name))


def _name(word: str) -> str | None:
    """Return the name that a word is, or None for another word; signs alone name nobody."""
    name = owner_of(word)
    return name if name and name.strip("@ ") else None


def _asked(names: tuple[str, ...], part: ApprovedPart) -> Reading[Said | Asked]:
    return Reading(Asked(names, part), (f"asks {_listed(names)} to approve {part}",))


def _said(text: str, answered: str) -> Reading[Said | Asked]:
    if not text:
        return Reading()
    return Reading(Said(text), (f"a reply to {answered}" if answered else "a comment on the session",))


def _listed(names: tuple[str, ...]) -> str:
    return " and ".join(", ".join(names).rsplit(", ", 1))


def help_lines() -> tuple[tuple[str, str], ...]:
    """Return what can be typed in a review: each an example as typed, and what it becomes."""
    return (
        ("The summary says nothing of the second outage", "a comment on the session; on a comment, a reply"),
        ("@alice @bob", "asks both to review"),
        ("@carol #security", "asks her to approve the security implications; also #actions, #impact, #whole"),
        (r"\@alice asked for a diagram", "a backslash keeps a name as text"),
        *anywhere(),
    )
