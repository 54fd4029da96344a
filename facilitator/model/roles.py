"""What somebody is called by their role: "the incident commander", "the person on call"."""

import re
from itertools import pairwise

from facilitator.model.alias_words import CLAUSE_WORDS, ROLE_ATTRIBUTES, ROLE_HEADS, ROLE_WORDS
from facilitator.model.text import one_line

_LONGEST_ROLE = 40
"""How long a role is that is called by its own words."""

_MOST_WORDS = 5
"""How many words such a role has."""

_DETAILS = re.compile(r"[,;:(/\[]")
_ARTICLE = re.compile(r"\A(?:the|an?|our) (?=.)", re.IGNORECASE)
_PREPOSITIONS = frozenset(("on", "in", "at", "from", "for", "with", "of", "to", "off"))
_ARTICLES = frozenset(("the", "a", "an"))
_NUMBER = re.compile(r" \d+\Z")
_READS_WELL = re.compile(r"[^\W_][\w '’&.-]*")


def parted(role: str) -> tuple[str, str]:
    """Return a role without an article, and its details: of "the facilitator (data team)" it is these two."""
    said, *details = _DETAILS.split(one_line(role), maxsplit=1)
    return _ARTICLE.sub("", one_line(said)), "".join(details).strip(" )]")


def called_by(role: str) -> str:
    """Return what somebody in a role can be called, as it reads after "the"; nothing when it does not.

    "Incident commander, payments" is "incident commander", and "on call" is "person on call".
    """
    role, _ = parted(role)
    if len(role) > _LONGEST_ROLE or not _READS_WELL.fullmatch(role) or not _is_role(role):
        return ""
    if role[1:].islower() and not role[0].islower():
        role = role[0].lower() + role[1:]
    return f"person {role}" if role.split()[0].casefold() in _PREPOSITIONS else role


def _is_role(text: str) -> bool:
    """Tell whether a text is what somebody is called by, and no sentence, task or name: "head of support", "on call".

    What is not known as a role is none, in whatever language: somebody is rather called "person 1" than by a name.
    """
    words = _NUMBER.sub("", text).split()
    small = [word.casefold() for word in words]
    if len(words) > _MOST_WORDS or not CLAUSE_WORDS.isdisjoint(small) or small == ["person"]:
        return False
    # A full stop ends a sentence, whose it is would tell a name, and an article within begins a second thing.
    if any(word.endswith((".", "'s", "’s")) for word in small):
        return False
    if any(word in _ARTICLES and before not in _PREPOSITIONS for before, word in pairwise(["", *small])):
        return False
    place = next((place for place, word in enumerate(small) if word in _PREPOSITIONS), len(small))
    if place == len(small) - 1:
        return False
    return not place or small[place - 1] in ROLE_HEADS


def is_called_by_role(plain: str) -> bool:
    """Tell whether a name in small letters is no name of somebody, but says what they do: "on-call engineer"."""
    words = _NUMBER.sub("", plain.removeprefix("the ")).split()
    return len(words) > 1 and words[-1] in ROLE_WORDS and ROLE_ATTRIBUTES.issuperset(words[:-1])
