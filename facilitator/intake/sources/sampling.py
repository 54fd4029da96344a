"""What a source is recognised by: its name, its members, the beginning of the first that tells something."""

import json
from collections.abc import Sequence
from itertools import islice
from pathlib import PurePosixPath
from typing import Any

import msgspec

from facilitator.intake.errors import SourceError
from facilitator.intake.reader import Sample
from facilitator.intake.source import Member, Source
from facilitator.intake.sources.decoding import decoded

MOST_NAMES = 2000
"""How many members a sample names, those that lie least deep first."""

_START = 65_536
_SMALL = 4_000_000
_TRIED = 20
_SUFFIXES = (".json", ".jsonl", ".ndjson", ".md", ".markdown", ".csv", ".tsv", ".log", ".txt", "")
_FOREIGN = frozenset(
    (".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".ico", ".pdf", ".mp4", ".mov", ".mp3", ".exe", ".so", ".pyc")
)
_ABOUT = frozenset(("readme", "license", "licence", "copying", "notice", "changelog", "index"))


def sample(source: Source) -> Sample:
    """Return the sample of a source. A member that is no text is passed over for the next."""
    members = sorted(islice(source.members(), 500_000), key=lambda each: each.name.count("/"))
    names = tuple(each.name for each in members[:MOST_NAMES])
    for member in _telling(members):
        try:
            with source.open(member) as stream:
                start = stream.read(_START)
            text = decoded(start)
        except SourceError:
            continue
        if text.strip():
            return Sample(source.name, names, text, _json(source, member, start, text))
    return Sample(source.name, names, "")


def _telling(members: Sequence[Member]) -> list[Member]:
    """Return the members that most likely tell what the source is, the best first."""
    if len(members) == 1:
        return list(members)

    def rank(member: Member) -> tuple[int, int, int, str]:
        path = PurePosixPath(member.name)
        suffix = path.suffix.lower()
        known = _SUFFIXES.index(suffix) if suffix in _SUFFIXES else len(_SUFFIXES)
        return path.stem.lower() in _ABOUT, known, member.name.count("/"), member.name

    texts = [each for each in members if PurePosixPath(each.name).suffix.lower() not in _FOREIGN]
    return sorted(texts, key=rank)[:_TRIED]


def _json(source: Source, member: Member, start: bytes, text: str) -> Any:
    """Return the JSON of a member: all of it when it is small, else the first object in its beginning, else None."""
    text = text.lstrip()
    if text[:1] not in ("{", "["):
        return None
    whole = start
    if len(start) == _START and 0 < member.size <= _SMALL:
        try:
            whole = source.read(member)
        except SourceError:
            whole = start
    try:
        return msgspec.json.decode(whole)
    except (ValueError, RecursionError):  # what msgspec raises of JSON and of UTF-8 that are broken
        return first_object(text)


def first_object(text: str) -> Any:
    """Return the object with which JSON lines or a list in JSON begin, or None."""
    at = len(text) - len(text.lstrip())
    if text[at : at + 1] == "[":
        at += 1
        at += len(text[at:]) - len(text[at:].lstrip())
    if text[at : at + 1] != "{":
        return None
    try:
        return json.JSONDecoder().raw_decode(text, at)[0]
    except (ValueError, RecursionError):
        return None
