"""What a document carries in a comment at its end: the session from which it was made, as it may be published.

It is packed, so that nothing that edits text, such as a formatter, a search and replace or an editor that makes
typographic quotes, can change a part of it unnoticed. Besides it says whose document it is, and has a digest by which
the state is found in the history should the rest be damaged.
"""

import base64
import binascii
import re
import zlib
from hashlib import sha256
from typing import Any

import msgspec

from facilitator.documents.session_json import cleaned
from facilitator.model.edits import LISTS
from facilitator.model.private import published
from facilitator.model.session import Session

FORMAT = 1
"""The number of the form in which a document carries its session."""

_OPENING = "<!-- round-trip:session "
_CLOSING = "-->"
_HEAD = re.compile(r"(\d{1,4}) (\S{1,64}) ([0-9a-f]{16})\s")
_PACKED = re.compile(r"\{([A-Za-z0-9+/=\s]*)\}")
_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_WIDTH = 100
_LEVEL = 4
_MOST = 256_000_000
_EXPLAINED = (
    "This comment holds what the text does not show. Leave it as it is: with it, `facilitator merge FILE`\n"
    "takes what was edited above into the session, item by item."
)


class Carried(msgspec.Struct, frozen=True):
    """What is known of the session of a document: its id, the digest of its state, and the state itself.

    `id` and `digest` are empty where nothing is known. `session` is None when the state cannot be had, and `problem`
    says why.
    """

    id: str = ""
    digest: str = ""
    session: Session | None = None
    problem: str = ""


def carried(session: Session) -> str:
    """Return the comment that carries a session, which may hold nothing private."""
    raw = _encoded(session)
    packed = base64.b64encode(zlib.compress(raw, _LEVEL)).decode()
    lines = "\n".join(packed[at : at + _WIDTH] for at in range(0, len(packed), _WIDTH))
    name = session.id if _ID.fullmatch(session.id) else "-"
    return f"{_OPENING}{FORMAT} {name} {_digest(raw)}\n{_EXPLAINED}\n{{\n{lines}\n}}\n{_CLOSING}"


def digest(session: Session) -> str:
    """Return the digest by which a document names the state of a session from which it was made."""
    return _digest(_encoded(published(session)))


def split(text: str) -> tuple[str, Carried | None]:
    """Return a document without what it carries, and what that is; None when there is no sign of it."""
    kept: list[str] = []
    found: list[Carried] = []
    at = 0
    while (begin := text.find(_OPENING, at)) >= 0:
        end = text.find(_CLOSING, begin)
        body = text[begin + len(_OPENING) : end if end >= 0 else len(text)]
        kept.append(text[at:begin])
        found.append(_read(body))
        at = end + len(_CLOSING) if end >= 0 else len(text)
    kept.append(text[at:])
    rest = "".join(kept)
    if not found:
        return rest, None
    if len({(each.id, each.digest) for each in found}) > 1:
        several = "there are documents of several exports in it; merge each from a file of its own"
        return rest, Carried(problem=several)
    return rest, next((each for each in found if each.session is not None), found[-1])


def _encoded(session: Session) -> bytes:
    try:
        return msgspec.json.encode(session)
    except UnicodeEncodeError:  # a lone surrogate, which no session of a store has
        return msgspec.json.encode(cleaned(msgspec.to_builtins(session)))


def _digest(raw: bytes) -> str:
    return sha256(raw).hexdigest()[:16]


def _read(body: str) -> Carried:
    head = _HEAD.match(body)
    if head is None:
        return Carried(problem="its first line is damaged")
    known = Carried(head[2] if _ID.fullmatch(head[2]) and head[2] != "-" else "", head[3])
    if int(head[1]) != FORMAT:
        newer = f"it has form {head[1]}, and this version of facilitator knows {FORMAT}; update facilitator"
        return msgspec.structs.replace(known, problem=newer)
    packed = _PACKED.search(body, head.end())
    if packed is None:
        return msgspec.structs.replace(known, problem="a part of it is missing")
    try:
        raw = _unpacked(packed[1])
        if _digest(raw) != known.digest:
            return msgspec.structs.replace(known, problem="it was changed")
        session = _sound(msgspec.convert(cleaned(msgspec.json.decode(raw)), Session))
    except (binascii.Error, zlib.error, msgspec.MsgspecError, ValueError, TypeError, OverflowError, RecursionError):
        return msgspec.structs.replace(known, problem="it was changed")
    return msgspec.structs.replace(known, id=session.id, session=session)


def _unpacked(packed: str) -> bytes:
    """Return the bytes in packed text. Raises ValueError and zlib.error for what nobody packed."""
    unpacking = zlib.decompressobj()
    raw = unpacking.decompress(base64.b64decode("".join(packed.split()), validate=True), _MOST)
    if not unpacking.eof:
        raise ValueError("it is cut off, or too large")
    return raw


def _sound(session: Session) -> Session:
    """Return a session as it may be published. Raises ValueError for one that no store could hold."""
    lists: dict[str, Any] = {name: getattr(session, name) for name in LISTS.values()}
    ids = [item.id for items in lists.values() for item in items]
    if len(set(ids)) < len(ids) or not all(map(_ID.fullmatch, (session.id, *ids))):
        raise ValueError("the ids of its items are wrong")
    times = (session.created, session.review_until, *(entry.until for entry in session.timeline))
    if any(each is not None and each.tzinfo is None for each in times):
        raise ValueError("a time has no zone")
    parents = {why.id: why.parent for why in session.whys}
    rooted: set[str | None] = {None}
    for start in parents:
        path: list[str | None] = []
        here: str | None = start
        while here not in rooted:
            if here not in parents or len(path) > len(parents):
                raise ValueError("its whys are no trees")
            path.append(here)
            here = parents[here]
        rooted.update(path)
    return published(session)
