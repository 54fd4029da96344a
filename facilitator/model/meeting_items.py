"""The items of a session that are about its meetings: who was there, the agenda and its clock, what was told."""

from datetime import UTC, date, datetime
from enum import StrEnum

import msgspec

from facilitator.model.item import Item, in_utc


class SwitchKind(StrEnum):
    """What a switch does to the clock of a meeting."""

    RUN = "run"
    PAUSE = "pause"
    EXTEND = "extend"
    END = "end"


class Account(Item, frozen=True, kw_only=True, omit_defaults=True):
    """What one person tells of an entry: what they saw, took it to mean, expected next, and which options there were.

    `entry` is the id of the entry, of which there may be several accounts; `teller` that of a participant, or empty. A
    `private` one is not published.
    """

    entry: str = ""
    teller: str = ""
    seen: str = ""
    meant: str = ""
    expected: str = ""
    options: str = ""
    private: bool = False


class Meeting(Item, frozen=True, kw_only=True, omit_defaults=True):
    """One meeting about the incident; `text` is what it is called.

    `held` is when it begins, aware and in UTC. The others are ids of participants: who is there, who is new to
    postmortems, which is not published, who leads it, and who takes the notes.
    """

    text: str = ""
    held: datetime | None = None
    attendance: tuple[str, ...] = ()
    new_here: tuple[str, ...] = ()
    facilitator: str = ""
    note_taker: str = ""
    next_meeting: date | None = None

    def __post_init__(self) -> None:
        if self.held is not None and self.held.tzinfo is not UTC:
            msgspec.structs.force_setattr(self, "held", in_utc(self.held))


class Box(Item, frozen=True, kw_only=True, omit_defaults=True):
    """A time box of the agenda of a meeting. `phase` is the value of a `phases.Phase`, or empty for something else."""

    meeting: str = ""
    text: str
    minutes: int = 5
    phase: str = ""


class Switch(Item, frozen=True, kw_only=True, omit_defaults=True):
    """One thing done to the clock of a meeting, at a moment that is aware and in UTC. It is added, and never changed.

    `box` is the id of the box in which the clock runs or pauses from then on, or that gets some more `minutes`; empty
    for the one in which the clock is. `skipped` is the id of the box that was left out to get there.
    """

    meeting: str = ""
    at: datetime
    kind: SwitchKind = SwitchKind.RUN
    box: str = ""
    minutes: int = 0
    skipped: str = ""

    def __post_init__(self) -> None:
        if self.at.tzinfo is not UTC:
            msgspec.structs.force_setattr(self, "at", in_utc(self.at))


class Survey(Item, frozen=True, kw_only=True, omit_defaults=True):
    """What one person answered at the end of a meeting, without their name; it is not published.

    Whether they could speak openly, learned something, and would come again, each from 1 to 5, and in their `text`.
    """

    meeting: str = ""
    spoke: int | None = None
    learned: int | None = None
    again: int | None = None
    text: str = ""


class Note(Item, frozen=True, kw_only=True, omit_defaults=True):
    """A private note of the facilitator, which never leaves the store. `phase` is the value of a `phases.Phase`."""

    phase: str = ""
    text: str
