"""Reading the sessions of a store for the library: each file once, with what is needed to know it again."""

import os
import stat
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import UTC
from itertools import chain
from operator import attrgetter, lt
from pathlib import Path
from typing import NamedTuple

import msgspec

from facilitator.model.edits import LISTS, ordered
from facilitator.model.session import Session
from facilitator.model.text import clean
from facilitator.store.codec import FORMAT, MARK, SessionFile, cleaned_json, loads
from facilitator.store.errors import UnreadableError
from facilitator.store.naming import SUFFIX
from facilitator.store.storage import NO_FILE, Revision, read_file

_DECODER = msgspec.json.Decoder(SessionFile)
_LONGEST_ID = 64
_QUICK_BYTES = 8 * 1024 * 1024
_LISTS = tuple(LISTS.values())
_FLAGS = os.O_RDONLY | os.O_CLOEXEC | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0)
_BY_ID = attrgetter("id")
_TABLES = attrgetter("session", *_LISTS)
_ITEMS = attrgetter(*_LISTS)
_AT, _UNTIL, _ZONES = attrgetter("at.at"), attrgetter("until"), attrgetter("tzinfo")


class Read(NamedTuple):
    """A file as it was read: its name, its revision, whether it is a link, and the session in it, if there is one.

    One that the system did not let be read has the revision NO_FILE, so that it is tried again.
    """

    name: str
    revision: Revision
    link: bool
    session: Session | None

    @property
    def rank(self) -> tuple[bool, int, str]:
        """What decides which of several files of one id is the session: the lowest one, as in a list of the store."""
        return self.link, len(self.name), self.name


def look(folder: Path) -> dict[str, Revision]:
    """Return the files in a store that may be sessions, with their revisions. Raises OSError.

    A folder that does not exist is empty.
    """
    found: dict[str, Revision] = {}
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                name = entry.name
                if not name.endswith(SUFFIX) or name.startswith("."):
                    continue
                try:
                    status = entry.stat()
                except OSError:
                    found[name] = NO_FILE
                    continue
                if not stat.S_ISDIR(status.st_mode):
                    found[name] = Revision.of(status)
    except FileNotFoundError:
        return {}
    return found


def read(folder: Path, name: str) -> Read | None:
    """Return what is in a file of a store; None when there is no such file."""
    quick = _quick(f"{folder}{os.sep}{name}", name) if name.isascii() and name.isprintable() else None
    if quick is not None:
        return quick
    path = folder / name
    link = path.is_symlink()
    try:
        raw, revision = read_file(path)
    except FileNotFoundError:
        return Read(name, NO_FILE, link, None) if link else None
    except UnreadableError:
        return Read(name, _revision(path), link, None)
    except OSError:
        return Read(name, NO_FILE, link, None)
    if clean(name) != unicodedata.normalize("NFC", name):
        return Read(name, revision, link, None)
    try:
        return Read(name, revision, link, loads(raw, path))
    except UnreadableError:
        return Read(name, revision, link, None)


def without_copies(found: Iterable[Read]) -> Iterator[Read]:
    """Yield the files that are the sessions of a store, each session once."""
    first: dict[str, Read] = {}
    for each in found:
        if each.session is not None:
            other = first.get(each.session.id)
            if other is None or each.rank < other.rank:
                first[each.session.id] = each
    return iter(first.values())


def _revision(path: Path) -> Revision:
    try:
        return Revision.of(path.stat())
    except OSError:
        return NO_FILE


def _quick(path: str, name: str) -> Read | None:
    """Return a file that is surely a session; None where the way that looks at everything has to decide.

    Half of the time of a build goes into reading. This takes half as long as `loads`, of which it leaves out what puts
    lists into order, except for the timeline: the others are only searched.
    """
    try:
        descriptor = os.open(path, _FLAGS)
    except OSError:
        return None
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode) or status.st_size > _QUICK_BYTES:
            return None
        raw = os.read(descriptor, status.st_size + 1)
        if len(raw) != status.st_size or cleaned_json(raw) is not raw:
            return None
        session = _surely(_DECODER.decode(raw))
    except (OSError, ValueError, TypeError, OverflowError, RecursionError, msgspec.MsgspecError):
        return None
    finally:
        os.close(descriptor)
    return Read(name, Revision.of(status), link=False, session=session) if session is not None else None


def _surely(whole: SessionFile) -> Session | None:
    """Return the session in a file for which all holds that `codec.loads` asks for; None where that is not sure."""
    mark = whole.format.get(MARK)
    if mark is None or mark.number != FORMAT or len(whole.session) != 1:
        return None
    tables = [table for table in _TABLES(whole) if table]
    keys = list(chain.from_iterable(tables))
    joined = "".join(keys)
    if (
        keys != list(map(_BY_ID, chain.from_iterable(map(dict.values, tables))))
        or len(set(keys)) != len(keys)
        or not (joined.isascii() and joined.isalnum())
        or not 0 < min(map(len, keys)) <= max(map(len, keys)) <= _LONGEST_ID
        or not {None, UTC}.issuperset(map(_ZONES, filter(None, map(_UNTIL, whole.timeline.values()))))
        or not _rooted(whole)
    ):
        return None
    (session,) = whole.session.values()
    if session.created.tzinfo is not UTC or any(_ITEMS(session)):
        return None
    filled = {name: tuple(table.values()) for name, table in zip(_LISTS, _TABLES(whole)[1:], strict=True) if table}
    times = list(map(_AT, whole.timeline.values()))
    if not all(map(lt, times, times[1:])):
        filled["timeline"] = ordered(filled["timeline"])
    return msgspec.structs.replace(session, **filled)


def _rooted(whole: SessionFile) -> bool:
    """Tell whether each why stands below one that was made before it, so that none is below itself."""
    seen: set[str | None] = {None}
    for why in whole.whys.values():
        if why.parent not in seen:
            return False
        seen.add(why.id)
    return True
