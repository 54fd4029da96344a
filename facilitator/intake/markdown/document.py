"""What is read from a published postmortem: plain values, in the order of the file."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from facilitator.intake.drafts import Stamp
from facilitator.model.session import ActionStatus


class Section(StrEnum):
    """What a part of a postmortem is about, whatever its heading is called there."""

    SUMMARY = "summary"
    IMPACT = "impact"
    CAUSES = "causes"
    TRIGGER = "trigger"
    DETECTION = "detection"
    RESOLUTION = "resolution"
    RESPONSE = "response"
    BACKGROUND = "background"
    FACTORS = "factors"
    WHYS = "whys"
    WELL = "well"
    WRONG = "wrong"
    LUCKY = "lucky"
    LESSONS = "lessons"
    """Lessons that are not said to be one of the three."""
    TIMELINE = "timeline"
    """What stands in the timeline and belongs to none of its entries."""
    ACTIONS = "actions"
    """What stands among the actions and is none."""
    OTHER = "other"
    """Everything else, each text below the heading that it had."""


@dataclass(frozen=True, slots=True)
class DocumentEntry:
    """One line of the timeline. `written` is its stamp as it stood there, `line` is counted from 1.

    `links` are the addresses that its text links to.
    """

    stamp: Stamp
    text: str
    line: int
    written: str
    links: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class KeyTime:
    """A time that the document states by a name of its own: "First detected: 2023-01-11 14:22"."""

    label: str
    stamp: Stamp
    line: int


@dataclass(frozen=True, slots=True)
class DocumentAction:
    """One action item; `ticket` is a key, a number or an address, `line` is counted from 1."""

    description: str
    owner: str = ""
    due: dt.date | None = None
    ticket: str = ""
    status: ActionStatus = ActionStatus.OPEN
    line: int = 0


@dataclass(frozen=True, slots=True)
class Remark:
    """Something that was not read as it is written, such as a year with five digits."""

    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Document:
    """One postmortem as it was published.

    `date` is that of the incident, on the local clock; `severity` is 1 to 4, 1 the worst; `zone` is the zone as it is
    stated, or empty. `sections` holds paragraphs and items as plain texts. `others` holds what has a heading that is
    none of the known ones, as pairs of heading and text. `key_times` are times stated by name; where the document has
    no other timeline, they are its entries too. `dayless` tells that times were left out as no day is known for them.
    """

    title: str = ""
    date: dt.date | None = None
    severity: int | None = None
    zone: str = ""
    entries: tuple[DocumentEntry, ...] = ()
    actions: tuple[DocumentAction, ...] = ()
    sections: Mapping[Section, tuple[str, ...]] = field(default_factory=dict)
    others: tuple[tuple[str, str], ...] = ()
    key_times: tuple[KeyTime, ...] = ()
    services: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    participants: tuple[str, ...] = ()
    remarks: tuple[Remark, ...] = ()
    dayless: bool = False

    def section(self, section: Section) -> tuple[str, ...]:
        """Return the texts of a section, none when the document has none."""
        return self.sections.get(section, ())
