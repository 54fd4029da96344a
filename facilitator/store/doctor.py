"""The doctor: looks at every file of a store, and says what is wrong and what can be done. Nothing is written."""

import os
import stat
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec

from facilitator.model.edits import LISTS
from facilitator.model.session import Session
from facilitator.model.text import clean
from facilitator.store import codec
from facilitator.store.diagnosis import Cure, Finding, Report
from facilitator.store.errors import NewerFormatError, StoreError, UnreadableError
from facilitator.store.fragments import Blank
from facilitator.store.last_good import Known, known_of
from facilitator.store.lock import TIMEOUT
from facilitator.store.mending import counted, problems
from facilitator.store.naming import SUFFIX
from facilitator.store.remains import remains, sides, text_of
from facilitator.store.salvage import Salvaged, salvage, session_ids_in
from facilitator.store.storage import MAX_BYTES, read_file
from facilitator.store.surroundings import examine_surroundings
from facilitator.store.sync_copies import copy_told

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


class _Looked(msgspec.Struct, frozen=True):
    """What a look at a file told: the id of its session, what is wrong, and why it cannot be read if that is so.

    `known` says that this version knows all that is in it.
    """

    path: Path
    id: str = ""
    findings: tuple[Finding, ...] = ()
    broken: str = ""
    known: bool = True


def examine(folder: Path, timeout: float = TIMEOUT) -> Report:
    """Return what is wrong with a store; one that is not there is well.

    `timeout` is how long to wait for the lock, in seconds. Raises StoreError when the folder cannot be listed.
    """
    if not os.path.lexists(folder):
        return Report(0)
    try:
        names = sorted(each.name for each in os.scandir(folder))
    except NotADirectoryError as error:
        raise StoreError(f"{folder} is a file, not a folder; choose another store with --store.") from error
    except OSError as error:
        raise StoreError(f"{error.strerror or error}: {folder}. The store cannot be listed.") from error
    looked = [_look(folder / name) for name in names if name.endswith(SUFFIX) and not name.startswith(".")]
    files: dict[str, list[str]] = {}
    for each in looked:
        if each.id:
            files.setdefault(each.id, []).append(each.path.name)
    findings = [finding for each in looked for finding in each.findings]
    findings += [_broken(each, files) for each in looked if each.broken]
    findings += _copies(looked, files)
    findings += examine_surroundings(folder, timeout)
    findings.sort(key=lambda each: each.file)
    return Report(len(files), tuple(findings))


def put_together(path: Path, raw: bytes) -> tuple[Salvaged, Known]:
    """Return the session in a broken file, as far as it can be put together, and what is known of it otherwise.

    Raises UnreadableError and NewerFormatError.
    """
    known = known_of(path, *session_ids_in(raw))
    try:
        created = datetime.fromtimestamp(path.lstat().st_mtime, UTC)
    except (OSError, ValueError, OverflowError):
        created = datetime.now(UTC)
    return salvage(raw, known, Blank(path, clean(path.stem), created)), known


def _look(path: Path) -> _Looked:
    name = clean(path.name)
    if name != unicodedata.normalize("NFC", path.name):
        return _wrong(path, "its name has characters that cannot be shown", "rename it")
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            return _wrong(path, "it is a folder", "give it another name, or move it out of the store")
        raw, _ = read_file(path)
        session = codec.loads(raw, path)
    except FileNotFoundError:
        return _wrong(path, "it is a link to nowhere", "remove it") if path.is_symlink() else _Looked(path)
    except NewerFormatError as error:
        return _wrong(path, f"it cannot be read: {error.reason}", "until then it is left alone")
    except UnreadableError as error:
        readable = stat.S_ISREG(status.st_mode) and status.st_size <= MAX_BYTES
        if readable:
            return _Looked(path, broken=error.reason)
        return _wrong(path, error.reason, "move it out of the store")
    except OSError as error:
        return _wrong(path, f"it cannot be read: {error.strerror or error}", "look after its permissions")
    return _look_inside(path, raw, session)


def _wrong(path: Path, what: str, advice: str) -> _Looked:
    return _Looked(path, findings=(Finding(path.name, what, advice),))


def _look_inside(path: Path, raw: bytes, session: Session) -> _Looked:
    """Return what is wrong with a session that can be read."""
    written = codec.dumps(session)
    rebuild = ""
    mend: list[str] = []
    if written != raw:
        unknown = codec.unknown_fields(raw)
        if unknown and not _is_damaged(path, session, unknown, raw):
            places = clean(", ".join(unknown[:3]))
            advice = "it opens for reading only; update facilitator"
            finding = Finding(path.name, f"it has fields that this version does not know ({places})", advice)
            return _Looked(path, session.id, (finding,), known=False)
        if unknown:
            rebuild = f"the names of tables are damaged ({clean(', '.join(unknown[:3]))})"
        elif _count(raw) > 1 + sum(len(getattr(session, name)) for name in LISTS.values()):
            rebuild = "it has items twice"
        mend += _odd_writing(raw, written)
    mend += problems(session)
    findings = [_curable(path, each, "it can be mended", Cure.MEND) for each in mend]
    if rebuild:
        findings = [_curable(path, rebuild, "it can be put together again", Cure.REBUILD)]
    if session.conflicts:
        what = f"{counted(len(session.conflicts), 'conflict is', 'conflicts are')} not settled"
        findings.append(Finding(path.name, what, "settle them in the app"))
    return _Looked(path, session.id, tuple(findings))


def _curable(path: Path, what: str, advice: str, cure: Cure) -> Finding:
    """Return a finding with its cure, if the file may be written."""
    if path.is_symlink():
        return Finding(path.name, what, "it is a symbolic link, so it is left alone")
    if not os.access(path, os.W_OK) or not os.access(path.parent, os.W_OK | os.X_OK):
        return Finding(path.name, what, "you have no permission to write it")
    return Finding(path.name, what, advice, cure)


def _is_damaged(path: Path, session: Session, unknown: Iterable[str], raw: bytes) -> bool:
    """Tell whether tables that this version does not know have items that are known from another table."""
    tables = {place for place in unknown if "." not in place}
    if not tables:
        return False
    last = known_of(path, session.id).last
    ids = {item.id for name in LISTS.values() for item in getattr(last.session, name)} if last is not None else set()
    found = msgspec.json.decode(raw.removeprefix(_BYTE_ORDER_MARK), type=dict[str, dict[str, msgspec.Raw]])
    return any(ids & found[table].keys() for table in tables & found.keys())


def _count(raw: bytes) -> int:
    return len(remains(text_of(raw)).found)


def _odd_writing(raw: bytes, written: bytes) -> Iterator[str]:
    """Yield what is odd about the bytes of a session that can be read; other white space is not."""
    if raw.startswith(_BYTE_ORDER_MARK):
        yield "it begins with a byte order mark"
        raw = raw.removeprefix(_BYTE_ORDER_MARK)
    found = msgspec.json.decode(raw, type=dict[str, dict[str, Any]])
    if msgspec.json.decode(codec.cleaned_json(raw)) != found:
        yield "it has text that is not clean"
    order = msgspec.json.decode(written, type=dict[str, dict[str, msgspec.Raw]])
    if any([*found.get(table, ())] != [*documents] for table, documents in order.items()):
        yield "its items are not in the order of their ids"


def _broken(looked: _Looked, files: dict[str, list[str]]) -> Finding:
    """Return what can be done about a file that cannot be read."""
    path = looked.path
    what = f"it cannot be read: {looked.broken}"
    try:
        raw, _ = read_file(path)
        text = text_of(raw)
        if sides(text) is not None:
            what = "it has the conflict markers of a merge that was not finished"
        elif not text.strip():
            what = "it is empty"
        salvaged, known = put_together(path, raw)
    except UnreadableError as error:
        return Finding(path.name, what, f"{error.reason}; move it out of the store")
    except OSError as error:
        return Finding(path.name, what, f"it cannot be read again: {error.strerror or error}")
    there = files.get(salvaged.session.id, ())
    if there and "" in session_ids_in(raw):
        return Finding(path.name, what, f"its session is in {there[0]}; move it out of the store")
    advice = f"it can be put together again, with {counted(salvaged.from_file, 'item', 'items')} from the file"
    if known.last is not None:
        advice += f" and {salvaged.from_elsewhere} from {known.last.source} of {known.last.at:%Y-%m-%d %H:%M} UTC"
    return _curable(path, what, advice, Cure.REBUILD)


def _copies(looked: Iterable[_Looked], files: dict[str, list[str]]) -> Iterator[Finding]:
    """Yield the files of which another one is the same session: that with the shortest name."""
    for each in looked:
        names = sorted(files.get(each.id, ()), key=lambda name: (len(name), name))
        if len(names) < 2 or names[0] == each.path.name:
            continue
        what = copy_told(each.path.name, names[0])
        if each.known:
            advice = "it can be taken into the session, and moved to the trash"
            yield msgspec.structs.replace(_curable(each.path, what, advice, Cure.TAKE_IN), of=each.id)
        else:
            yield Finding(each.path.name, what, "it is left alone, as it has what this version does not know")
