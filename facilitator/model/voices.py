"""Voices: who was heard in a meeting, and how often, so that the quietest can be asked first.

They are kept nowhere: not in the session, which others may read, and so in no document either.
"""

from collections import Counter
from collections.abc import Iterable

import msgspec

_LATELY = 8
"""How many of the last times that anybody was heard tell whether one voice carries the conversation."""

_ENOUGH = 6
"""How many of them there must be before that can be told."""


class Voices(msgspec.Struct, frozen=True):
    """The ids of the participants who were heard, each time, in order."""

    heard: tuple[str, ...] = ()


def hear(voices: Voices, participant_id: str) -> Voices:
    """Return the voices with a participant heard once more."""
    return Voices((*voices.heard, participant_id))


def times_heard(voices: Voices, participant_id: str) -> int:
    """Return how often a participant was heard."""
    return voices.heard.count(participant_id)


def quietest_first(voices: Voices, attendance: Iterable[str]) -> tuple[str, ...]:
    """Return those who are there: who was heard least first, and of these who was heard longest ago."""
    count = Counter(voices.heard)
    last = {each: number for number, each in enumerate(voices.heard)}
    return tuple(sorted(attendance, key=lambda each: (count[each], last.get(each, -1))))


def one_voice(voices: Voices) -> bool:
    """Tell whether one person had more than half of the last times that anybody was heard, of late and not all along.

    That cannot be told before anybody was heard a few times.
    """
    lately = voices.heard[-_LATELY:]
    return len(lately) >= _ENOUGH and 2 * max(Counter(lately).values()) > len(lately)
