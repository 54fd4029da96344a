"""Slack: an export as a zip or a folder, a day file of one, or an answer of conversations.history."""

import re
from collections.abc import Collection, Iterator
from datetime import date, datetime
from typing import Any

from facilitator.intake.drafts import Draft
from facilitator.intake.errors import SourceError
from facilitator.intake.reader import Options, Reader, Sample
from facilitator.intake.report import Report
from facilitator.intake.slack.layout import CHANNEL_FILES, DAY_FILE, PEOPLE_FILES, Channel, Layout, laid_out
from facilitator.intake.slack.markup import Names
from facilitator.intake.slack.messages import Conversation, Seen, microseconds_in
from facilitator.intake.slack.records import messages
from facilitator.intake.source import Member, Source

_SLACK_ID = re.compile(r"[A-Z][A-Z0-9]{7,}")
_UNKNOWN = "unknown"


def recognises(sample: Sample) -> int:
    """Return how likely a source is Slack's: by the files of an export, or by how its messages look."""
    files = [name.rpartition("/")[2] for name in sample.members]
    days = sum(DAY_FILE.fullmatch(name) is not None for name in sample.members)
    lists = any(name in CHANNEL_FILES or name in PEOPLE_FILES for name in files)
    if days and lists and len(files) > 1:
        return 98
    found = _messages_in(sample.json)
    likeness = max((_likeness(each) for each in found[:20]), default=0)
    if len(files) > 1:
        return min(95, likeness + 10) if likeness and days else 70 if lists and "channels.json" in files else 0
    return likeness


def read(source: Source, options: Options, report: Report) -> Iterator[Draft]:
    """Yield the messages, channel by channel, day by day."""
    first = next(iter(source.members()), None)
    if first is None:
        raise SourceError(f"{source.name} is empty")
    if first.name == source.name:
        yield from _alone(source, first, options, report)
        return
    layout = laid_out(source, report)
    names = Names(layout.people, layout.names)
    seen: dict[str, Seen] = {}  # two folders may be of one channel: one by its name, one by its id
    for folder in _chosen(source, layout, options.channels, report):
        channel = layout.channel(folder) if folder else Channel(source.name, source.name)
        conversation = Conversation(channel, names, options, report, seen.setdefault(channel.id, Seen()))
        for day, member in sorted(layout.days[folder], key=lambda each: each[0]):
            if _may_hold(day, options.since, options.until):
                yield from _file(conversation, source, member, report)


READER = Reader("slack", "Slack export", recognises, read)


def _file(conversation: Conversation, source: Source, member: Member, report: Report) -> Iterator[Draft]:
    try:
        data = source.read(member).removeprefix(b"\xef\xbb\xbf").lstrip()
        if data:
            yield from conversation.drafts(data, member.name)
    except SourceError as error:
        report.skip(member.name, "", str(error))


def _alone(source: Source, member: Member, options: Options, report: Report) -> Iterator[Draft]:
    """Yield the messages of a file alone, of a channel that the messages or the options name. Raises SourceError."""
    data = source.read(member).removeprefix(b"\xef\xbb\xbf").lstrip()
    try:
        first = next(messages(data, _unsaid), None)
    except SourceError as error:
        raise SourceError(f"{member.name} is not of Slack: {error}") from error
    channel = Channel(_UNKNOWN, "")
    if len(options.channels) == 1:
        name = next(iter(options.channels)).removeprefix("#")
        channel = Channel(name, name)
    elif first is not None and _SLACK_ID.fullmatch(
        identity := bytes(first[1].channel).decode(errors="replace").strip('"')
    ):
        channel = Channel(identity, identity)
    yield from Conversation(channel, Names({}, {}), options, report).drafts(data, member.name)


def _unsaid(_number: int, _why: str) -> None:
    """Say nothing of what is wrong: the file is read again, and then it is said."""


def _chosen(source: Source, layout: Layout, wanted: Collection[str], report: Report) -> list[str]:
    """Return the folders of the channels that are asked for. Raises SourceError when none of them is there."""
    folders = sorted(layout.days)
    if not folders:
        raise SourceError(
            f"{source.name} has no messages: there is no file named for a day, such as general/2026-11-15.json"
        )
    if not wanted:
        return folders
    by_name: dict[str, list[str]] = {}
    for folder in folders:
        channel = layout.channel(folder)
        for name in {folder, channel.name, channel.id, channel.shown(layout.people)}:
            by_name.setdefault(name.casefold(), []).append(folder)
    found: set[str] = set()
    for name in wanted:
        of_name = by_name.get(name.removeprefix("#").casefold(), [])
        found.update(of_name)
        if not of_name:
            report.skip(source.name, f"channel {name}", "there is no such channel with messages")
    if not found:
        there = ", ".join(sorted(layout.channel(folder).name for folder in folders)[:40])
        raise SourceError(f"{source.name} has no channel called {', '.join(wanted)}; it has {there}")
    return sorted(found)


def _may_hold(day: date, since: datetime | None, until: datetime | None) -> bool:
    """Return whether a file of that day, in whatever zone it was cut, may hold messages of the time asked for."""
    early = since is not None and (day - since.date()).days < -1
    late = until is not None and (day - until.date()).days > 1
    return not early and not late


def _messages_in(found: Any) -> list[Any]:
    if isinstance(found, dict) and isinstance(found.get("messages"), list):
        return list(found["messages"][:20])
    return list(found[:20]) if isinstance(found, list) else [found]


def _likeness(found: Any) -> int:
    """Return how likely an object is a message of Slack."""
    if not isinstance(found, dict) or not isinstance(found.get("ts"), str) or microseconds_in(found["ts"]) is None:
        return 0
    known = sum(key in found for key in ("user", "bot_id", "text", "thread_ts", "client_msg_id", "blocks", "subtype"))
    return min(95, (75 if found.get("type") == "message" else 55) + 5 * known) if known else 0
