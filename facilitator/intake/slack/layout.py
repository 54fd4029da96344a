"""Where things are in an export: which folder is which channel, and the files of its days."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import msgspec

from facilitator.intake.errors import SourceError
from facilitator.intake.report import Report
from facilitator.intake.slack.people import names_in
from facilitator.intake.slack.records import BROKEN
from facilitator.intake.source import Member, Source
from facilitator.model.text import one_line

DAY_FILE = re.compile(r"(?:(?P<folder>.+)/)?(?P<day>\d{4}-\d\d-\d\d)\.json")
"""The name of a file with the messages of a day: "general/2026-11-15.json"."""

CHANNEL_FILES = ("channels.json", "groups.json", "dms.json", "mpims.json")
PEOPLE_FILES = ("users.json", "org_users.json")
_LARGEST_LIST = 128 << 20


@dataclass(frozen=True, slots=True)
class Channel:
    """A channel, group or direct message, under the name of its folder."""

    id: str
    name: str
    members: tuple[str, ...] = ()
    direct: bool = False

    def shown(self, people: Mapping[str, str]) -> str:
        """Return what it is called; a direct message by those who take part."""
        if not self.direct or not self.members:
            return self.name
        return ", ".join(people.get(each, each) for each in self.members[:10])


@dataclass(slots=True)
class Layout:
    """What lies in an export. `channels` are by the path of their folder, `days` the files of each, in order."""

    people: dict[str, str] = field(default_factory=dict)
    channels: dict[str, Channel] = field(default_factory=dict)
    days: dict[str, list[tuple[date, Member]]] = field(default_factory=dict)

    @property
    def names(self) -> dict[str, str]:
        """The names of channels by their ids."""
        return {each.id: each.name for each in self.channels.values() if not each.direct}

    def channel(self, folder: str) -> Channel:
        """Return the channel of a folder; one of which nothing else is known has the name of its folder."""
        name = folder.rpartition("/")[2]
        return self.channels.get(folder) or Channel(name, name)


def laid_out(source: Source, report: Report) -> Layout:
    """Return what lies in an export: names and places only, no message is read."""
    layout = Layout()
    for member in source.members():
        folder, _, file = member.name.rpartition("/")
        day = DAY_FILE.fullmatch(member.name)
        if day:
            _add_day(layout, day, member, report)
        elif file in PEOPLE_FILES:
            _add_people(layout, source, member, report)
        elif file in CHANNEL_FILES:
            for channel_folder, channel in _channels(source, member, folder, report):
                layout.channels.setdefault(channel_folder, channel)
    return layout


def _add_day(layout: Layout, day: re.Match[str], member: Member, report: Report) -> None:
    try:
        of = date.fromisoformat(day["day"])
    except ValueError:
        report.skip(member.name, "", "its name is no day of the calendar")
        return
    layout.days.setdefault(day["folder"] or "", []).append((of, member))


def _add_people(layout: Layout, source: Source, member: Member, report: Report) -> None:
    try:
        found, wrong = names_in(_read(source, member))
    except (*BROKEN, SourceError):
        report.skip(member.name, "", "not a list of people: their ids stand in for their names")
        return
    layout.people.update(found)
    for _ in range(wrong):
        report.skip(member.name, "", "somebody in it has no id, or is not as documented")


def _channels(source: Source, member: Member, folder: str, report: Report) -> Iterable[tuple[str, Channel]]:
    """Return the channels that a list in an export names, with the paths of their folders."""
    try:
        found = msgspec.json.decode(_read(source, member))
    except (*BROKEN, SourceError):
        found = None
    if not isinstance(found, list):
        report.skip(member.name, "", "not a list of channels: their folders stand in for their names")
        return
    file = member.name.rpartition("/")[2]
    for number, each in enumerate(found, 1):
        channel = _channel(each, direct=file in ("dms.json", "mpims.json"))
        if channel is None:
            report.skip(member.name, f"channel {number}", "a channel without an id")
            continue
        for name in dict.fromkeys((channel.name, channel.id)):
            yield (f"{folder}/{name}" if folder else name), channel


def _channel(found: Any, *, direct: bool) -> Channel | None:
    identity = found.get("id") if isinstance(found, dict) else None
    if not isinstance(identity, str) or not (identity := one_line(identity[:100])):
        return None
    name = found.get("name")
    members = found.get("members")
    known = tuple(each for each in members if isinstance(each, str)) if isinstance(members, list) else ()
    plain = one_line(name[:200]) if isinstance(name, str) else ""
    return Channel(identity, plain or identity, known if direct else (), direct)


def _read(source: Source, member: Member) -> bytes:
    """Return a list of an export. Raises SourceError when it is too large."""
    if member.size > _LARGEST_LIST:
        raise SourceError(f"{member.name} is too large")
    return source.read(member).removeprefix(b"\xef\xbb\xbf")
