"""Profiles of the user's own: tables `[profile.NAME]` in the configuration file."""

import re
from typing import Any

import msgspec

from facilitator.model.text import one_line
from facilitator.redaction.profiles import PROFILES, Kind, Naming, Profile
from facilitator.settings.wording import LONGEST, Wrong, did_you_mean, kind, quoted

MOST_PROFILES, MOST_WORDS, LONGEST_WORDS = 20, 500, 200
"""How many profiles there are, words of one, and characters of these."""

_KEYS = ("about", "replaces", "also", "not", "words", "people", "withheld")
_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def read_profiles(value: object) -> tuple[tuple[Profile, ...], list[Wrong]]:
    """Return the profiles that everybody has, as the user changed them, then the user's own, and what is wrong.

    A profile in which something is wrong stays as it was; one of the user's own is left out then, so that nothing is
    published by half a profile.
    """
    if not isinstance(value, dict):
        return tuple(PROFILES.values()), [
            ((), f"must be a table for each profile, such as [profile.public], not {kind(value)}")
        ]
    found = dict(PROFILES)
    wrong: list[Wrong] = []
    for key, table in value.items():
        name = one_line(key)
        if not _NAME.fullmatch(name) or len(name) > LONGEST:
            wrong.append(((key,), "the name of a profile is small letters, digits and hyphens"))
        elif name not in found and len(found) >= MOST_PROFILES:
            wrong.append(((key,), f"there are more than {MOST_PROFILES} profiles; this one does not count"))
        elif not isinstance(table, dict):
            wrong.append(((key,), f"must be a table, not {kind(table)}"))
        else:
            profile, problems = _profile(found.get(name, Profile(name=name)), table)
            wrong += [((key, *below), message) for below, message in problems]
            if not problems:
                found[name] = profile
    return tuple(found.values()), wrong


def _profile(profile: Profile, table: dict[str, Any]) -> tuple[Profile, list[Wrong]]:
    wrong: list[Wrong] = [
        ((key,), f"unknown key {quoted(key)}{did_you_mean(key, _KEYS) or '; the keys are ' + ', '.join(_KEYS)}")
        for key in table
        if key not in _KEYS
    ]
    changes: dict[str, Any] = {}
    if isinstance(about := table.get("about", profile.about), str):
        changes["about"] = one_line(about)
    else:
        wrong.append((("about",), f"must be text in quotes, not {kind(about)}"))
    kinds: dict[str, frozenset[Kind]] = {}
    for key in ("replaces", "also", "not"):
        kinds[key], message = _kinds(table[key]) if key in table else (frozenset(), "")
        if message:
            wrong.append(((key,), message))
    base = kinds["replaces"] if "replaces" in table else profile.replaces
    changes["replaces"] = (base | kinds["also"]) - kinds["not"]
    words, message = _words(table.get("words", list(profile.words)))
    changes["words"] = words
    if message:
        wrong.append((("words",), message))
    naming = table.get("people", profile.naming)
    if naming in tuple(Naming):
        changes["naming"] = Naming(naming)
    else:
        wrong.append((("people",), f"people are called by 'roles' or 'pseudonyms', not {quoted(str(naming))}"))
    withheld = table.get("withheld", not profile.withholds)
    if isinstance(withheld, bool):
        changes["withholds"] = not withheld
    else:
        wrong.append((("withheld",), f"must be true (they are published) or false, not {kind(withheld)}"))
    return msgspec.structs.replace(profile, **changes), wrong


def _kinds(value: object) -> tuple[frozenset[Kind], str]:
    if not isinstance(value, list):
        return frozenset(), f"must be a list of what is replaced, such as ['people', 'hosts'], not {kind(value)}"
    for each in value:
        if each not in tuple(Kind):
            advice = did_you_mean(str(each), Kind) or f"; write one of: {', '.join(Kind)}"
            return frozenset(), f"{quoted(str(each))} is nothing that can be replaced{advice}"
    return frozenset(map(Kind, value)), ""


def _words(value: object) -> tuple[tuple[str, ...], str]:
    if not isinstance(value, list) or not all(isinstance(each, str) and one_line(each) for each in value):
        return (), "must be a list of words such as ['Acme Corp']"
    if len(value) > MOST_WORDS or any(len(each) > LONGEST_WORDS for each in value):
        return (), f"has {MOST_WORDS} words at most, each of {LONGEST_WORDS} characters at most"
    return tuple(dict.fromkeys(map(one_line, value))), ""
