"""A message of Slack becomes a draft."""

import re
from array import array
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec

from facilitator.intake.drafts import Draft, Stamp, origin
from facilitator.intake.reader import Options
from facilitator.intake.report import Report
from facilitator.intake.slack.blocks import names_of_files, text_of_attachments, text_of_blocks
from facilitator.intake.slack.layout import Channel
from facilitator.intake.slack.markup import Names
from facilitator.intake.slack.people import best_name, name_of
from facilitator.intake.slack.records import Message, messages, value
from facilitator.model.moments import Precision
from facilitator.model.text import MAX_TEXT, one_line

SKIPPED = frozenset(
    f"{place}_{what}"
    for place in ("channel", "group")
    for what in ("join", "leave", "topic", "purpose", "name", "archive", "unarchive", "convert_to_private",
                 "posting_permissions", "open", "close")
) | frozenset(
    ("bot_add", "bot_remove", "bot_enable", "bot_disable", "pinned_item", "unpinned_item", "reminder_add",
     "joiner_notification", "joiner_notification_for_inviter", "tombstone", "message_deleted", "message_changed",
     "message_replied", "huddle_thread", "sh_room_created", "sh_room_shared", "ekm_access_denied", "reply_broadcast",
     "channel_canvas_updated", "assistant_app_thread")
)  # fmt: skip
"""What Slack itself says in a channel, which is no part of a conversation."""

_STAMP = re.compile(r"([0-9]{9,11})(?:\.([0-9]{1,6}))?")
_EPOCH = datetime.fromisoformat("1970-01-01T00:00:00")
_FIRST, _LAST = 946_684_800_000_000, 4_102_444_800_000_000
"""The microseconds of the years 2000 and 2100: other times are no times of messages."""


def microseconds_in(stamp: str) -> int | None:
    """Return the microseconds of a time stamp, which never was a float; None when it is none."""
    digits = stamp.replace(".", "", 1)
    if len(stamp) != 17 or stamp[10] != "." or not (digits.isascii() and digits.isdigit()):
        found = _STAMP.fullmatch(stamp)
        if found is None:
            return None
        digits = found[1] + (found[2] or "").ljust(6, "0")
    at = int(digits)
    return at if _FIRST <= at < _LAST else None


def naive(at: datetime | None) -> datetime | None:
    """Return an aware time as one on the clock of UTC, as stamps have it."""
    return None if at is None else at.astimezone(UTC).replace(tzinfo=None)


@dataclass(slots=True)
class Seen:
    """The messages of a channel that were read, by their microseconds, so that none is read twice.

    Most follow each other, so that there is nothing to look up.
    """

    in_order: "array[int]" = field(default_factory=lambda: array("q", (0,)))
    others: set[int] = field(default_factory=set)

    def is_new(self, at: int) -> bool:
        """Return whether no message of that time was read before, and keep it."""
        if at > self.in_order[-1]:
            self.in_order.append(at)
            return True
        if at in self.others or self.in_order[bisect_left(self.in_order, at)] == at:
            return False
        self.others.add(at)
        return True


@dataclass(slots=True)
class Conversation:
    """The messages of one channel, read file by file."""

    channel: Channel
    names: Names
    options: Options
    report: Report
    seen: Seen = field(default_factory=Seen)

    def drafts(self, data: bytes, file: str) -> Iterator[Draft]:
        """Return the drafts of a file of the channel. Raises SourceError when it holds no messages."""
        since, until = naive(self.options.since), naive(self.options.until)
        place, prefix = self.channel.shown(self.names.people), origin("slack", self.channel.id, "")
        report, resolved, is_new, second = self.report, self.names.resolved, self.seen.is_new, Precision.SECOND

        def skip(number: int, why: str) -> None:
            report.skip(file, f"message {number}", why)

        for number, message in messages(data, skip):
            at = microseconds_in(message.ts)
            if at is None or message.subtype in SKIPPED or message.type != "message":
                skip(number, _unread(message, at))
                continue
            local = _EPOCH + timedelta(0, 0, at)
            if (since is not None and local < since) or (until is not None and local > until):
                continue
            if not is_new(at):
                skip(number, "the same message for a second time")
                continue
            text = resolved(message.text) if message.text else ""
            if not text or message.files:
                text = self._with_parts(message, text)
                if not text:
                    skip(number, "nothing is written in it")
                    continue
            if len(text) >= MAX_TEXT:
                skip(number, f"only the first {MAX_TEXT:,} characters of it are read")
            thread, reactions = message.thread_ts, message.reactions
            yield Draft(
                id=prefix + message.ts,
                text=text,
                stamp=Stamp(local, "UTC", second),
                who=self._who(message),
                place=place,
                link=_address(message.permalink) if message.permalink else "",
                file=file,
                line=number,
                thread=prefix + thread if thread and thread != message.ts and _STAMP.fullmatch(thread) else "",
                replies=max(0, message.reply_count) if message.reply_count else 0,
                reactions=max(0, sum([each.count for each in reactions])) if reactions else 0,
            )

    def _with_parts(self, message: Message, text: str) -> str:
        """Return what a message says by its blocks and attachments when it has no text, and by its files."""
        resolved = self.names.resolved
        if not text and message.blocks:
            text = resolved(text_of_blocks(value(message.blocks)))
        if not text and message.attachments:
            text = resolved(text_of_attachments(value(message.attachments)))
        files = names_of_files(value(message.files)) if message.files else ""
        if not files and not text and message.file:
            files = names_of_files([value(message.file)])
        return f"{text}\n{resolved(files)}".strip()[:MAX_TEXT] if files else text

    def _who(self, message: Message) -> str:
        """Return who wrote a message: a bot under the name that it took, or somebody by the list of people."""
        if message.username:  # which old exports write as a mention: "<@U061A1R2R|ana>"
            name = best_name(self.names.resolved(message.username[:400]).removeprefix("@"))
            if name:
                return name
        user = message.user or (_in(value(message.comment), "user") if message.comment else "")
        if user and (name := self.names.people.get(user, "")):
            return name
        return best_name(
            name_of(_mapping(message.user_profile)),
            name_of(_mapping(message.bot_profile)),
            self.names.people.get(message.bot_id or ""),
            user,
            message.bot_id,
        )


def _mapping(raw: msgspec.Raw) -> Mapping[str, Any]:
    found = value(raw) if raw else None
    return found if isinstance(found, dict) else {}


def _in(holder: Any, key: str) -> str:
    found = holder.get(key) if isinstance(holder, dict) else None
    return found if isinstance(found, str) else ""


def _address(written: str) -> str:
    return one_line(written[:2000]) if written.startswith(("https://", "http://")) else ""


def _unread(message: Message, at: int | None) -> str:
    """Return why a message is not read."""
    if message.subtype in SKIPPED:
        return f"{message.subtype}, which is no part of the conversation"
    return "its time is none, or out of range" if at is None else "not a message but something else"
