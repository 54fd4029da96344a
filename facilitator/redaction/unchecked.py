"""What a redaction did not look at, or cannot know: said plainly before anybody says yes."""

import re
from collections.abc import Iterable, Iterator

import msgspec

from facilitator.checks.given_names import GIVEN_NAMES
from facilitator.redaction.profiles import Kind, Profile
from facilitator.redaction.redacting import Redacted
from facilitator.redaction.spots import spots

MOST_EXAMPLES = 8
"""How many examples are given of one thing."""

_PICTURE = re.compile(r"!\[[^\]\n]{0,200}\]|[\w./-]{1,200}\.(?:png|jpe?g|gif|svg|webp|mp4|pdf)\b", re.IGNORECASE)
_LINK = re.compile(r"https?://([^\s/?#\"'<>@]{1,250})")
_NAME = re.compile(r"(?<![\w@./-])[A-ZÀ-ÖØ-Þ][a-zß-öø-ÿ]{1,20}(?: [A-ZÀ-ÖØ-Þ][\w'’-]{1,20})?(?!\w)")
_COMPANY = re.compile(
    r"(?<!\w)(?:[A-ZÀ-ÖØ-Þ][\w'’-]{1,30} (?:& |and )?){1,4}"
    r"(?:Ltd|Limited|GmbH|Inc|LLC|LLP|AG|KG|plc|Pty|S\.A\.|B\.V\.|Srl|Oy|ApS)(?!\w)"
)
_TICKET = re.compile(r"[A-Z](?<![\w/-][A-Z])[A-Z0-9]{1,9}-\d{2,7}(?![\w-])")
"""Of two digits at least: "UTF-8" is none."""


class Unchecked(msgspec.Struct, frozen=True):
    """Something that nobody looked at: what it is, in words, how often it is there, and examples."""

    what: str
    count: int = 0
    examples: tuple[str, ...] = ()


def unchecked(result: Redacted, profile: Profile) -> tuple[Unchecked, ...]:
    """Return what was not looked at in a redacted session, and what is there that a program cannot judge."""
    session = result.session
    texts = [each.text for each in spots(session)]
    found = [
        _of("pictures and files that are named are not looked into", _all(_PICTURE, texts)),
        _of("pages that links lead to are not read", _all(_LINK, texts)),
        _of("names of services, features and regions stay", (*session.services, *session.impact.features,
                                                             *session.impact.regions)),
        _of("words that you decided to keep", (each.words for each in result.replacements if each.kept
                                               and each.kind not in (Kind.KEY, Kind.CREDENTIAL, Kind.URL))),
    ]  # fmt: skip
    if Kind.CUSTOMER in profile.replaces:
        found.append(_of("these may be names of companies", _all(_COMPANY, texts)))
    if Kind.TICKET in profile.replaces:
        found.append(_of("these may be ids of tickets", _all(_TICKET, texts)))
    if Kind.PERSON in profile.replaces:
        found.append(_of("these may be names of people whom the session does not know", _names(texts)))
    left = [str(each) for each in Kind if each not in profile.replaces and each is not Kind.OWN]
    found.append(_of(f"not looked for in the profile {profile.name}", left))
    always = (
        "passwords that are plain words in a sentence, and what only insiders recognise, are often not found",
        f"times, the zone {session.zone}, durations and numbers stay",
    )
    return (*(each for each in found if each is not None), *map(Unchecked, always))


def _all(pattern: re.Pattern[str], texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        yield from (found[pattern.groups] for found in pattern.finditer(text))


def _names(texts: Iterable[str]) -> Iterator[str]:
    for each in _all(_NAME, texts):
        if each.split()[0].casefold() in GIVEN_NAMES:
            yield each


def _of(what: str, words: Iterable[str]) -> Unchecked | None:
    found = list(words)
    examples = tuple(dict.fromkeys(found))[:MOST_EXAMPLES]
    return Unchecked(what, len(found), examples) if found else None
