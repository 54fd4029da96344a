"""What a site shows of one postmortem, and why it does not show another one."""

from collections.abc import Iterable
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

import msgspec

from facilitator.library.tallies import by_key
from facilitator.site.names import group_of


class Kind(StrEnum):
    """By what postmortems are grouped: for each there is a folder of pages."""

    SERVICE = "service"
    CAUSE = "cause"
    SEVERITY = "severity"
    YEAR = "year"
    TAG = "tag"


class Group(NamedTuple):
    """What postmortems may have in common: `key` is what it is compared by, and `words` how one of them writes it."""

    kind: Kind
    key: str
    words: str

    @property
    def page(self) -> str:
        """The page of the group, such as "service/checkout"."""
        return f"{self.kind}/{group_of(self.key)}"


class Work(msgspec.Struct, frozen=True):
    """An action that is neither done nor given up, for readers in the house."""

    text: str
    owner: str = ""
    due: date | None = None
    priority: str = ""


class Postmortem(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """A postmortem on a site.

    `name` is that of its page, and does not change. `day` is that of the incident. `body` is what stands below the
    title as HTML, and `contents` are its sections, each an anchor and a heading. `figures` are SVG by name.
    `published` is when this text was published, in UTC, or None where that is not known, and `version` its number, or
    0. `outdated` tells that the session was changed since.
    """

    id: str
    name: str
    title: str
    body: str
    day: date | None = None
    groups: tuple[Group, ...] = ()
    summary: str = ""
    contents: tuple[tuple[str, str], ...] = ()
    figures: dict[str, str] = {}
    published: datetime | None = None
    version: int = 0
    outdated: bool = False
    work: tuple[Work, ...] = ()

    @property
    def page(self) -> str:
        """The page of the postmortem."""
        return f"postmortem/{self.name}"

    def of(self, kind: Kind) -> list[Group]:
        """Return its groups of a kind."""
        return [each for each in self.groups if each.kind is kind]


class LeftOut(msgspec.Struct, frozen=True, tag=True):
    """A session that is not on the site, and why not; a file that cannot be read has its name for an id.

    `for_now` tells that it may be there the next time though the session was not changed.
    """

    id: str
    title: str
    reason: str
    for_now: bool = False


def groups_of(kind: Kind, words: Iterable[str]) -> tuple[Group, ...]:
    """Return a group for each of some names; names that are compared as equal are one."""
    return tuple(Group(kind, key, name) for key, name in by_key(words).items() if name)
