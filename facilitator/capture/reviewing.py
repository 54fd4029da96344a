r"""What is typed in a review: people who are asked, or a comment.

"@alice @bob" asks both to review, "@carol #security" asks her to approve a part, for which its first letters
are enough. The words of a name may follow it, "@Sana Malik", as long as they can be nothing else: each begins with a
capital. Anything else is a comment. A backslash keeps the first word as text: "\@alice asked for a diagram".
"""

from collections.abc import Sequence

import msgspec

from facilitator.capture.asides import owner_of
from facilitator.capture.helps import anywhere
from facilitator.capture.reading import Choice, Reading
from facilitator.capture.tokens import split
from facilitator.model.review_items import PARTS, ApprovedPart
from facilitator.model.text import MAX_TEXT, one_line

_MOST_WORDS = 4
"""How many words a name may have that is not quoted."""
_PARTICLES = frozenset(
    ("al", "bin", "da", "de", "del", "della", "den", "der", "di", "dos", "du", "el", "la",
     "le", "ten", "ter", "van", "von", "y", "zu")
)  # fmt: skip


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
    names, rest = _people(words)
    if not rest:
        return Reading(Asked(names), (f"asks {_listed(names)} to review",))
    found = parts_named(rest[0].removeprefix("#")) if len(rest) == 1 and rest[0].startswith("#") else ()
    if len(found) == 1:
        return _asked(names, found[0])
    if len(rest) == 1 and rest[0].startswith("#"):
        choices = tuple(Choice(f"#{name}: {part}", Asked(names, part)) for name, part in PARTS.items())
        return Reading(question=f"Which part is {_listed(names)} asked to approve?", choices=choices)
    whole = (line[1:],) if len(names) == 1 and len(words) < _MOST_WORDS and all(map(_is_word, words[1:])) else names
    asked: list[Choice[Said | Asked]] = [
        Choice(f"ask {_listed(each)} to review", Asked(each)) for each in dict.fromkeys((names, whole))
    ]
    return Reading(
        question="Is that a comment, or is somebody asked?", choices=(Choice("a comment", Said(line)), *asked)
    )


def parts_named(name: str) -> tuple[ApprovedPart, ...]:
    """Return the parts that a word can stand for: the one of that name, or those that begin so."""
    name = name.lower()
    if name in PARTS:
        return (PARTS[name],)
    return tuple(part for each, part in PARTS.items() if name and each.startswith(name))


def _people(words: Sequence[str]) -> tuple[tuple[str, ...], list[str]]:
    """Return the names in a line, with the words that can only be a part of the name before them, and the other words.

    Where a word is no name and no part of one, no name goes on behind it.
    """
    groups: list[list[str]] = []
    rest: list[str] = []
    for word in words:
        if _name(word) is not None:
            groups.append([word])
        elif rest or word.startswith("#"):
            rest.append(word)
        else:
            groups[-1].append(word)
    names: list[str] = []
    for first, *others in groups:
        is_whole = not others or (len(others) < _MOST_WORDS and _is_of_a_name(first, others))
        names.append(" ".join((_name(first) or "", *others)) if is_whole else _name(first) or "")
        rest = rest if is_whole else [*others, *rest]
    return tuple(dict.fromkeys(names)), rest


def _is_of_a_name(first: str, others: Sequence[str]) -> bool:
    """Tell whether words can only be a part of a name: "Malik", "van Dyk", behind a first name with a capital."""
    in_capitals = first[1:2].isupper() and others[-1][:1].isupper()
    return in_capitals and all(_is_word(each) and (each[0].isupper() or each in _PARTICLES) for each in others)


def _is_word(word: str) -> bool:
    """Tell whether a word is letters alone, but for what names have within: O'Neill, Berg-Olsen."""
    return word.replace("-", "").replace("'", "").replace("’", "").isalpha()


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
        ("@Sana Malik", "asks her; a blank in a name needs no quotes where each word of it has a capital"),
        ("@carol #security", "asks her to approve the security implications; also #actions, #impact, #whole"),
        (r"\@alice asked for a diagram", "a backslash keeps a name as text"),
        *anywhere(),
    )
