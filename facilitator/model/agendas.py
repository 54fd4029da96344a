"""Agendas that a meeting can be planned from. They are offered, and neither school of postmortems is forced on anybody.

In the *learning school* (Etsy, Howie) most of the meeting rebuilds the timeline, and a small group decides about
actions some days later. In the *commitment school* (PagerDuty) the document is finished before, and the meeting is
there for its actions to be agreed on.
"""

import msgspec

from facilitator.model.meeting_items import Box
from facilitator.model.phases import Phase

OPENING, CLOSING = "Opening", "Closing"
"""The names of the boxes for which there are screens and no phase."""


class Part(msgspec.Struct, frozen=True):
    """One meeting of an agenda: what it is called, and its boxes, which have no ids yet."""

    text: str
    boxes: tuple[Box, ...]


class Agenda(msgspec.Struct, frozen=True):
    """An agenda by its name, as it is written in the configuration, with what it is for, and its meetings."""

    name: str
    about: str
    meetings: tuple[Part, ...]

    @property
    def minutes(self) -> int:
        """How many minutes its meetings take together."""
        return sum(box.minutes for part in self.meetings for box in part.boxes)


def _box(text: str, minutes: int, phase: Phase | None = None) -> Box:
    return Box(text=text, minutes=minutes, phase=str(phase) if phase is not None else "")


def _one(*boxes: Box) -> tuple[Part, ...]:
    return (Part("", boxes),)


AGENDAS: tuple[Agenda, ...] = (
    Agenda(
        "timeline-first",
        "60 minutes: the timeline first, and room for factors and actions",
        _one(
            _box(OPENING, 5),
            _box("Timeline", 25, Phase.TIMELINE),
            _box("Factors", 10, Phase.FACTORS),
            _box("What helped", 5, Phase.LESSONS),
            _box("Actions", 10, Phase.ACTIONS),
            _box(CLOSING, 5),
        ),
    ),
    Agenda(
        "learning",
        "60 minutes, learning school: rebuild the timeline; a small group decides on actions about two days later",
        _one(
            _box(OPENING, 5),
            _box("Timeline walk", 38, Phase.TIMELINE),
            _box("What is missing?", 4, Phase.TIMELINE),
            _box("Learning points", 9, Phase.LESSONS),
            _box(CLOSING, 4),
        ),
    ),
    Agenda(
        "commitment",
        "45 minutes, commitment school: the document is finished before; agree on its actions",
        _one(
            _box(OPENING, 3),
            _box("How did we get here?", 17, Phase.WHYS),
            _box("Action plan", 17, Phase.ACTIONS),
            _box("Impact and the external text", 5, Phase.INCIDENT),
            _box(CLOSING, 3),
        ),
    ),
    Agenda(
        "short",
        "45 minutes: read in silence, walk through it, three actions at most",
        _one(
            _box("Silent read", 5, Phase.DOCUMENT),
            _box("Timeline walk", 15, Phase.TIMELINE),
            _box("How it showed, was understood, was fixed", 15, Phase.RESPONSE),
            _box("Actions", 10, Phase.ACTIONS),
        ),
    ),
    Agenda(
        "quick",
        "30 minutes, for small incidents",
        _one(
            _box(OPENING, 3),
            _box("Timeline", 12, Phase.TIMELINE),
            _box("Factors", 7, Phase.FACTORS),
            _box("Actions", 6, Phase.ACTIONS),
            _box(CLOSING, 2),
        ),
    ),
    Agenda(
        "two-part",
        "twice 60 minutes, for complex incidents: the timeline, then analysis and actions",
        (
            Part(
                "Timeline",
                (
                    _box(OPENING, 5),
                    _box("Timeline walk", 40, Phase.TIMELINE),
                    _box("What is missing?", 10, Phase.TIMELINE),
                    _box(CLOSING, 5),
                ),
            ),
            Part(
                "Analysis and actions",
                (
                    _box(OPENING, 5),
                    _box("Whys", 15, Phase.WHYS),
                    _box("Factors", 10, Phase.FACTORS),
                    _box("Lessons", 10, Phase.LESSONS),
                    _box("Actions", 15, Phase.ACTIONS),
                    _box(CLOSING, 5),
                ),
            ),
        ),
    ),
)
"""The agendas that everybody has, the usual one first."""
