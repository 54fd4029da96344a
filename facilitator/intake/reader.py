"""What a reader is: one kind of record, how it is recognised, and how it becomes drafts."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from facilitator.intake.drafts import Draft
from facilitator.intake.report import Report
from facilitator.intake.source import Source


@dataclass(frozen=True, slots=True)
class Options:
    """What was asked for. `now` is aware and in UTC; `since` and `until` too.

    `zone` and `day` are for times that have none of their own. `columns` says, for records in columns, which holds
    what: "time", "text", "who" and so on to the name of the column. No `channels` means all of them.
    """

    now: datetime
    zone: str = ""
    day: date | None = None
    since: datetime | None = None
    until: datetime | None = None
    channels: Collection[str] = ()
    columns: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Sample:
    """What a source is recognised by: its name, its members, the first of its text, and its JSON when it is that.

    `json` is the whole value of a file that is one JSON document and not too large, else the first object of JSON
    lines or of a list, else None.
    """

    name: str
    members: Sequence[str]
    text: str
    json: Any = None


@dataclass(frozen=True, slots=True)
class Reader:
    """One kind of record. `recognises` returns from 0 (no) to 100 (certainly); the highest is taken.

    `read` yields drafts in the order of the source, adds what it skips to the report, and raises MissingError and
    SourceError. It holds no more in memory than a member of the source.
    """

    kind: str
    label: str
    recognises: Callable[[Sample], int]
    read: Callable[[Source, Options, Report], Iterator[Draft]]
