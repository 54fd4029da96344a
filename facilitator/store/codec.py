"""The file format: a session as named tables of documents, as TinyDB keeps them, and back.

The tables are `format`, `session` with one document, and one for each list of the session, named as the list. A
document stands under its id and holds it too. In a table documents are in the order of their ids, which is the order
in which they were made, so that a change of order or time does not move them in the file.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC
from operator import attrgetter
from pathlib import Path
from typing import Any

import msgspec

from facilitator.model.changes import NO_LISTS, PARTS
from facilitator.model.edits import LISTS, ordered
from facilitator.model.item import Item, in_utc
from facilitator.model.meeting_items import Account, Box, Meeting, Note, Survey, Switch
from facilitator.model.moments import Moment
from facilitator.model.review_items import (
    Approval,
    Comment,
    Consent,
    Pseudonym,
    Redaction,
    ReviewRequest,
    Version,
    Withheld,
)
from facilitator.model.session import (
    Action,
    Conflict,
    Entry,
    Factor,
    Intake,
    Lesson,
    Mute,
    Parked,
    Participant,
    Precedent,
    Question,
    ResponseNote,
    Session,
    Why,
)
from facilitator.model.text import clean
from facilitator.store.errors import NewerFormatError, UnreadableError
from facilitator.store.storage import encoded

FORMAT = 1
"""The number of the format that this version writes."""

MARK = "facilitator"
"""The id of the document that holds the number."""

Migration = Callable[[dict[str, Any]], dict[str, Any]]
MIGRATIONS: tuple[Migration, ...] = ()
"""The first turns tables of format 1 into those of format 2, and so on; there are FORMAT - 1 of them."""

BY_ID = attrgetter("id")
"""The order of documents in a table."""

_LONGEST_ID = 64
_PLAIN_ASCII = bytes(range(32, 127)) + b"\t\r\n"
_ESCAPED_CONTROL = re.compile(rb"\\[ubfr]")
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_KINDS: dict[str, type[msgspec.Struct]] = {"session": Session} | {name: kind for kind, name in LISTS.items()}

_MOMENT = frozenset(Moment.__struct_fields__)
_FIELDS_OF_FIELDS: dict[str, dict[str, frozenset[str]]] = {
    "session": {name: frozenset(default.__struct_fields__) for name, default in PARTS.items()}
    | {"started": _MOMENT, "resolved": _MOMENT},
    "timeline": {"at": _MOMENT},
}
"""The fields, by table, that have fields of their own, and which."""

# What msgspec and the model raise for what is not as it should be.
_REFUSALS = (msgspec.MsgspecError, ValueError, TypeError, OverflowError, RecursionError)


class FormatMark(msgspec.Struct, frozen=True):
    """The document that says which format a file has."""

    number: int


class SessionFile(msgspec.Struct, frozen=True, kw_only=True):
    """The whole of a file: its tables, each of documents by id."""

    format: dict[str, FormatMark]
    session: dict[str, Session]
    participants: dict[str, Participant] = {}
    timeline: dict[str, Entry] = {}
    response_notes: dict[str, ResponseNote] = {}
    whys: dict[str, Why] = {}
    factors: dict[str, Factor] = {}
    precedents: dict[str, Precedent] = {}
    lessons: dict[str, Lesson] = {}
    actions: dict[str, Action] = {}
    parking_lot: dict[str, Parked] = {}
    questions: dict[str, Question] = {}
    accounts: dict[str, Account] = {}
    meetings: dict[str, Meeting] = {}
    boxes: dict[str, Box] = {}
    switches: dict[str, Switch] = {}
    surveys: dict[str, Survey] = {}
    notes: dict[str, Note] = {}
    mutes: dict[str, Mute] = {}
    intakes: dict[str, Intake] = {}
    review_requests: dict[str, ReviewRequest] = {}
    comments: dict[str, Comment] = {}
    approvals: dict[str, Approval] = {}
    versions: dict[str, Version] = {}
    withheld: dict[str, Withheld] = {}
    redactions: dict[str, Redaction] = {}
    pseudonyms: dict[str, Pseudonym] = {}
    consents: dict[str, Consent] = {}
    conflicts: dict[str, Conflict] = {}


_DECODER = msgspec.json.Decoder(SessionFile)


def tables(session: Session) -> dict[str, dict[str, Any]]:
    """Return a session as tables whose documents are still values of the model: what a storage writes.

    Raises ValueError for a session that could not be read again, such as one with two items of one id.
    """
    # Only the very default is left out of a file, and a part that was emptied is equal to it but another object.
    emptied = {name: default for name, default in PARTS.items() if getattr(session, name) == default}
    header = msgspec.structs.replace(session, **NO_LISTS, **emptied)
    found: dict[str, dict[str, Any]] = {"format": {MARK: FormatMark(FORMAT)}, "session": {session.id: header}}
    count = 0
    for name in LISTS.values():
        items: tuple[Item, ...] = getattr(session, name)
        if items:
            found[name] = {item.id: item for item in sorted(items, key=BY_ID)}
            count += len(items)
    check_ids([found["session"]], 1)
    check_ids([found[name] for name in LISTS.values() if name in found], count)
    return found


def encode(session: Session) -> dict[str, Any]:
    """Return a session as plain tables of dictionaries, lists, text and numbers. Raises ValueError as `dumps`."""
    return msgspec.json.decode(dumps(session), type=dict[str, Any])


def dumps(session: Session) -> bytes:
    """Return the bytes of the file of a session. Raises ValueError as `tables`, and for what JSON cannot hold."""
    return encoded(tables(session))


def decode(found: Mapping[str, Any], path: Path | str = "the file") -> Session:
    """Return the session in plain tables, all its text cleaned, older formats brought up to date.

    Raises NewerFormatError, and UnreadableError with the place of what is wrong; `path` is named in the message.
    """
    try:
        number = _format_of(found)
        if number > FORMAT:
            raise NewerFormatError(path, number, FORMAT)
        return _session(_typed(_cleaned(migrated(dict(found), number))))
    except _REFUSALS as error:
        raise UnreadableError(path, _reason(error)) from error


def loads(raw: bytes, path: Path | str = "the file") -> Session:
    """Return the session in the bytes of a file; raises as `decode`."""
    raw = raw.removeprefix(_BYTE_ORDER_MARK)
    if _is_clean(raw):
        try:
            whole = _DECODER.decode(raw)
            if whole.format[MARK].number == FORMAT:
                return _session(whole)
        except (*_REFUSALS, KeyError):
            # The slow way below finds the same and says where.
            pass
    try:
        found = msgspec.json.decode(raw, type=dict[str, Any])
    except _REFUSALS as error:
        raise UnreadableError(path, _reason(error)) from error
    return decode(found, path)


def unknown_fields(raw: bytes) -> tuple[str, ...]:
    """Return the places in the bytes of a readable file that this version does not know, and would not write again."""
    found = msgspec.json.decode(raw.removeprefix(_BYTE_ORDER_MARK), type=dict[str, dict[str, dict[str, msgspec.Raw]]])
    places = []
    for table, documents in found.items():
        if table == "format":
            continue
        if table not in _KINDS:
            places.append(table)
            continue
        known, parts = set(_KINDS[table].__struct_fields__), _FIELDS_OF_FIELDS.get(table, {})
        for key, document in documents.items():
            places += [f"{table}.{key}.{name}" for name in document.keys() - known]
            for name in parts.keys() & document.keys():
                inside = msgspec.json.decode(document[name], type=dict[str, msgspec.Raw] | None) or {}
                places += [f"{table}.{key}.{name}.{each}" for each in inside.keys() - parts[name]]
    return tuple(sorted(places))


def cleaned_json(raw: bytes) -> bytes:
    """Return JSON with all its text cleaned; the same bytes when there is nothing to clean. Raises as `msgspec`."""
    if _is_clean(raw):
        return raw
    return msgspec.json.encode(_cleaned(msgspec.json.decode(raw)))


def migrated(found: dict[str, Any], number: int, migrations: tuple[Migration, ...] = MIGRATIONS) -> dict[str, Any]:
    """Return tables of the format `number` in the newest format. Raises ValueError for a format that never was."""
    if number < 1:
        raise ValueError(f"`$.format`: there is no format {number}")
    for migration in migrations[number - 1 :]:
        found = migration(found)
    return found


def _format_of(found: Mapping[str, Any]) -> int:
    try:
        number = found["format"][MARK]["number"]
    except (KeyError, TypeError):
        number = None
    if not isinstance(number, int) or isinstance(number, bool):
        raise TypeError("`$.format`: no format number; it was not written by facilitator")
    return number


def _typed(found: dict[str, Any]) -> SessionFile:
    """Return plain tables as values of the model, one document at a time, so that an error names the document."""
    whole: dict[str, Any] = {"format": {MARK: FormatMark(FORMAT)}, "session": {}}
    for table, kind in _KINDS.items():
        documents = found.get(table, {})
        if not isinstance(documents, dict):
            raise TypeError(f"`$.{table}`: expected an object of documents by id")
        whole[table] = {key: _document(document, kind, f"{table}.{key}") for key, document in documents.items()}
    return SessionFile(**whole)


def _document(document: Any, kind: type[msgspec.Struct], place: str) -> msgspec.Struct:
    try:
        return msgspec.convert(document, kind)
    except msgspec.ValidationError as error:
        what, _, inside = str(error).partition(" - at `$")
        raise ValueError(f"`$.{place}{inside.rstrip('`')}`: {what}") from error


def _session(whole: SessionFile) -> Session:
    """Return the session in typed tables. Raises ValueError for what types cannot tell."""
    lists: dict[str, dict[str, Item]] = {name: getattr(whole, name) for name in LISTS.values()}
    if len(whole.session) != 1:
        raise ValueError(f"`$.session`: expected one session, found {len(whole.session)}")
    (session,) = whole.session.values()
    if any(getattr(session, name) for name in lists):
        raise ValueError(f"`$.session.{session.id}`: lists belong in tables of their own")
    _check_keys([whole.session, *lists.values()])
    check_ids([whole.session], 1)
    check_ids(lists.values(), sum(map(len, lists.values())))
    if session.created.tzinfo is None:
        raise ValueError(f"`$.session.{session.id}.created`: the time has no zone")
    lists["timeline"] = {entry.id: _in_utc(entry) for entry in whole.timeline.values()}
    _check_whys(whole.whys)
    return msgspec.structs.replace(
        session,
        created=session.created.astimezone(UTC),
        review_until=session.review_until and in_utc(session.review_until),
        **{name: ordered(tuple(items.values())) for name, items in lists.items() if items},
    )


def _check_keys(found: Iterable[Mapping[str, Any]]) -> None:
    """Raise ValueError unless every document stands under its own id."""
    for documents in found:
        for key, document in documents.items():
            if key != document.id:
                raise ValueError(f"{key!r}: its own id is {document.id!r}")


def check_ids(found: Iterable[Iterable[str]], count: int) -> None:
    """Raise ValueError unless there are `count` different ids without anything odd in them."""
    every: set[str] = set().union(*found)
    if len(every) != count:
        raise ValueError("two items have the same id")
    characters = "".join(every).replace("-", "").replace("_", "")
    plain = not characters or (characters.isascii() and characters.isalnum())
    if "" in every or max(map(len, every), default=0) > _LONGEST_ID or not plain:
        raise ValueError(f"an id is not of 1 to {_LONGEST_ID} letters, digits, - and _")


def _check_whys(whys: Mapping[str, Why]) -> None:
    """Raise ValueError for answers that are, by way of others, answers to themselves, or to nothing."""
    rooted: set[str | None] = {None}
    for start in whys:
        path: list[str] = []
        here: str | None = start
        while here not in rooted:
            why = whys.get(here) if here is not None else None
            if why is None:
                raise ValueError(f"`$.whys.{path[-1]}.parent`: there is no why {here!r}")
            if len(path) > len(whys):
                raise ValueError(f"`$.whys.{start}`: the answers go round in a circle")
            path.append(why.id)
            here = why.parent
        rooted.update(path)


def _in_utc(entry: Entry) -> Entry:
    if entry.until is None or entry.until.tzinfo is UTC:
        return entry
    if entry.until.tzinfo is None:
        raise ValueError(f"`$.timeline.{entry.id}.until`: the time has no zone")
    return msgspec.structs.replace(entry, until=entry.until.astimezone(UTC))


def _is_clean(raw: bytes) -> bool:
    """Tell whether cleaning would surely change no text in these bytes of JSON, without parsing them."""
    if _ESCAPED_CONTROL.search(raw):
        return False
    rest = raw.translate(None, _PLAIN_ASCII)
    if not rest:
        return True
    try:
        return rest.decode().isprintable() and unicodedata.is_normalized("NFC", raw.decode())
    except UnicodeDecodeError:
        return False


def _cleaned(value: Any) -> Any:
    """Return plain data with all its text cleaned, names included."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dict):
        return {_cleaned(key): _cleaned(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_cleaned(each) for each in value]
    return value


def _reason(error: BaseException) -> str:
    """Return what is wrong, fit to be shown: parts of a hostile file may be quoted in it."""
    if isinstance(error, RecursionError):
        return "it is nested too deeply"
    return clean(str(error))[:500] or type(error).__name__
