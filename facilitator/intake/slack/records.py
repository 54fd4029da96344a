"""The messages of a Slack file: decoded all at once where they are as documented, one by one where some are not."""

import json
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any

import msgspec

from facilitator.intake.errors import SourceError
from facilitator.intake.slack.broken import Literal, objects_in
from facilitator.intake.sources.decoding import decoded

Wrong = Callable[[int, str], None]
"""Is told of what cannot be read: the number of the message in its file, from 1, and why."""


class Reaction(msgspec.Struct, gc=False):
    """How many people reacted with one emoji."""

    count: int = 0


class Message(msgspec.Struct, gc=False):
    """What of a message is read. What is seldom needed stays as it is written, in JSON: `value` reads it."""

    ts: str
    type: str = "message"
    subtype: str | None = None
    user: str | None = None
    text: str | None = None
    username: str | None = None
    bot_id: str | None = None
    thread_ts: str | None = None
    reply_count: int | None = None
    permalink: str | None = None
    reactions: list[Reaction] | None = None
    channel: msgspec.Raw = msgspec.Raw()
    files: msgspec.Raw = msgspec.Raw()
    file: msgspec.Raw = msgspec.Raw()
    comment: msgspec.Raw = msgspec.Raw()
    blocks: msgspec.Raw = msgspec.Raw()
    attachments: msgspec.Raw = msgspec.Raw()
    bot_profile: msgspec.Raw = msgspec.Raw()
    user_profile: msgspec.Raw = msgspec.Raw()


class Page(msgspec.Struct, gc=False):
    """What conversations.history and conversations.replies answer."""

    messages: list[Message]


BROKEN = (ValueError, RecursionError)
"""What msgspec and json raise of JSON that is broken, of another shape, in no UTF-8, or deeper than can be read."""

_DAY = msgspec.json.Decoder(list[Message])
_PAGE = msgspec.json.Decoder(Page)
_ONE = msgspec.json.Decoder(Message)
_RAWS = msgspec.json.Decoder(list[msgspec.Raw])
_RAW_PAGE = msgspec.json.Decoder(dict[str, msgspec.Raw])
_LOOSE = msgspec.json.Decoder(float_hook=Literal)

_TEXTS = ("type", "subtype", "user", "text", "username", "bot_id", "permalink")
_PARTS = ("channel", "files", "file", "comment", "blocks", "attachments", "bot_profile", "user_profile")


def messages(data: bytes, wrong: Wrong) -> Iterator[tuple[int, Message]]:
    """Return the messages of a day file, or of an answer of conversations.history, with their numbers from 1.

    Raises SourceError when it holds no messages at all.
    """
    try:
        return enumerate(_PAGE.decode(data).messages if data[:1] == b"{" else _DAY.decode(data), 1)
    except BROKEN:
        return _one_by_one(data, wrong)


def value(raw: msgspec.Raw) -> Any:
    """Return what is written in a part of a message, or None when there is nothing or it cannot be read."""
    text = bytes(raw)
    if not text:
        return None
    try:
        return msgspec.json.decode(text)
    except BROKEN:
        try:
            return json.loads(text)  # it alone reads halves of a character: "\ud83d"
        except BROKEN:
            return None


def _one_by_one(data: bytes, wrong: Wrong) -> Iterator[tuple[int, Message]]:
    raws = _raws(data)
    if raws is not None:
        for number, raw in enumerate(raws, 1):
            message = _decoded(raw, number, wrong)
            if message is not None:
                yield number, message
        return
    number = 0
    for number, found in objects_in(decoded(data, partial(wrong, 0)), wrong):
        message = loose(found, number, wrong)
        if message is not None:
            yield number, message
    if not number:
        raise SourceError("it is not a list of messages")


def _raws(data: bytes) -> list[msgspec.Raw] | None:
    """Return the messages of a file that is whole as JSON, each as it is written, or None."""
    try:
        return _RAWS.decode(data)
    except BROKEN:
        pass
    try:
        page = _RAW_PAGE.decode(data)
        return _RAWS.decode(page["messages"]) if "messages" in page else [msgspec.Raw(data)] if "ts" in page else None
    except BROKEN:
        return None


def _decoded(raw: msgspec.Raw, number: int, wrong: Wrong) -> Message | None:
    try:
        return _ONE.decode(raw)
    except BROKEN:
        pass
    try:
        found = _LOOSE.decode(raw)
    except BROKEN:
        try:
            found = json.loads(decoded(bytes(raw), partial(wrong, number)), parse_float=Literal)
        except BROKEN:
            wrong(number, "broken or nested too deep")
            return None
    return loose(found, number, wrong)


def loose(found: Any, number: int, wrong: Wrong) -> Message | None:
    """Return a message of which some fields are not as documented, without those, or None when it has no time."""
    if not isinstance(found, Mapping):
        wrong(number, "not a message")
        return None
    stamp, thread = _stamp(found.get("ts")), _stamp(found.get("thread_ts"))
    if not stamp:
        wrong(number, "without a time")
        return None
    message = Message(stamp, thread_ts=thread or None)
    for name in _TEXTS:
        if isinstance(found.get(name), str):
            setattr(message, name, found[name])
    for name in _PARTS:
        if isinstance(found.get(name), str | list | dict):
            setattr(message, name, msgspec.Raw(json.dumps(found[name]).encode()))
    message.reply_count = _count(found.get("reply_count"))
    reactions = found.get("reactions")
    if isinstance(reactions, list):
        message.reactions = [Reaction(_count(each.get("count"))) for each in reactions if isinstance(each, Mapping)]
    return message


def _stamp(written: Any) -> str:
    """Return a time stamp, of one that is written as a number with the zeros that numbers lose."""
    if isinstance(written, Literal):
        seconds, _, rest = written.partition(".")
        return f"{seconds}.{rest:0<6}"
    if isinstance(written, int) and not isinstance(written, bool):
        return f"{written}.000000" if abs(written) < 10**12 else ""
    return written if isinstance(written, str) else ""


def _count(written: Any) -> int:
    return written if isinstance(written, int) and 0 <= written < 10**9 else 0
