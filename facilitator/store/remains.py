"""What is left in the bytes of a session file that cannot be read: its documents, each whole or in part.

Damage stays where it is: a document is read by itself, wherever it stands, so that a broken one does not take the
others along. Nothing that is found is trusted: whoever puts it together again checks it against the model.
"""

import codecs
import json
import math
import re
from collections.abc import Iterator
from typing import Any, NamedTuple, get_args

import msgspec

from facilitator.model.edits import LISTS
from facilitator.model.session import Session
from facilitator.model.text import clean

KINDS: dict[str, type[msgspec.Struct]] = {"session": Session} | {name: kind for kind, name in LISTS.items()}
"""The tables of a file, and what their documents are."""


class Found(NamedTuple):
    """A document: its table, as far as that is known, its key and its fields, cleaned.

    `damaged` names the fields that are only begun or have bytes that are no text. `whole` tells that the document is
    all there, `late` that it stands after the end of what is a whole session.
    """

    table: str
    key: str
    fields: dict[str, Any]
    damaged: frozenset[str] = frozenset()
    whole: bool = True
    late: bool = False


class Remains(NamedTuple):
    """The documents of a file, whether it is whole as JSON, and the number of its format, 0 when that is lost."""

    found: tuple[Found, ...]
    whole: bool
    format: int


class Sides(NamedTuple):
    """The texts of the two sides of a file with conflict markers, and of their base when the markers have one."""

    ours: str
    theirs: str
    base: str | None


_FORMAT = "format"
_ENCODINGS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"{\0", "utf-16-le"),
    (b"\0{", "utf-16-be"),
)
_NUMBER = re.compile(r'"facilitator"\s*:\s*\{\s*"number"\s*:\s*(\d{1,9})\b')
_OPENING = re.compile(r'(?<!\\)"((?:[^"\\\n]|\\.){0,200})"\s*:\s*\{')
_INNER = re.compile(r'\s*"((?:[^"\\\n]|\\.)*)"\s*:\s*\{')
_FIELD = re.compile(r'(?<!\\)"(\w{1,40})"\s*:\s*')
_ID = re.compile(r'(?<!\\)"id"\s*:\s*"')
_NEXT_LINE = re.compile(r'\n\s*"\w{1,40}"\s*:')
_AFTER = re.compile(r"\s*(?:[,}\]]|\Z)")
_CUT_ESCAPE = re.compile(r"(?<!\\)(?:\\\\)*(\\(?:u[0-9a-fA-F]{0,3})?)$")
_MARKER = re.compile(r"^(?:<{7}|\|{7}|={7}|>{7})(?: .*)?\r?(?:\n|\Z)", re.MULTILINE)
_NO_TEXT = re.compile("[\udc80-\udcff]")
_DEEPEST = 20
_UNREADABLE: Any = object()


def _finite(number: str) -> Any:
    value = float(number)
    return value if math.isfinite(value) else _UNREADABLE


class _Pairs(list[tuple[str, Any]]):
    """An object of JSON with all that it holds, the same key twice too."""


_DECODER = json.JSONDecoder(object_pairs_hook=_Pairs, parse_float=_finite, parse_constant=lambda _: _UNREADABLE)


def text_of(raw: bytes) -> str:
    """Return bytes as text, in whatever encoding they are; a byte that is no text becomes a lone surrogate."""
    for mark, encoding in _ENCODINGS:
        if raw.startswith(mark):
            text = raw.decode(encoding, "surrogateescape" if encoding == "utf-8" else "replace")
            return text.removeprefix("\ufeff").replace("\0", "")
    return raw.replace(b"\0", b"").decode("utf-8", "surrogateescape")


def sides(text: str) -> Sides | None:
    """Return the sides of a text with the markers of a merge that nobody finished, or None when it has none."""
    parts: dict[str, list[str]] = {"<": [], "|": [], "=": []}
    here, end, seen = "", 0, set()
    for mark in _MARKER.finditer(text):
        for name in here or parts:
            parts[name].append(text[end : mark.start()])
        here, end = mark[0][0].replace(">", ""), mark.end()
        seen.add(mark[0][0])
    if not seen >= {"<", "="}:
        return None
    for name in here or parts:
        parts[name].append(text[end:])
    ours, base, theirs = ("".join(each) for each in parts.values())
    return Sides(ours, theirs, base if "|" in seen else None)


def remains(text: str) -> Remains:
    """Return the documents in a text that should be the JSON of a session, in the order in which they stand there."""
    number = _NUMBER.search(text)
    known = int(number[1]) if number is not None else 0
    value, end = _decoded(text, len(text) - len(text.lstrip()))
    if isinstance(value, _Pairs) and not text[end:].strip():
        return Remains(tuple(_documents(value)), True, known)
    return Remains(tuple(_scanned(text, end)), False, known)


def _decoded(text: str, start: int) -> tuple[Any, int]:
    """Return the value that begins at a place, and its end; `_UNREADABLE` and the end of the text when it is broken."""
    try:
        return _DECODER.raw_decode(text, start)
    except (ValueError, RecursionError):
        return _UNREADABLE, len(text)


def _documents(whole: _Pairs) -> Iterator[Found]:
    for table, documents in whole:
        if table != _FORMAT and isinstance(documents, _Pairs):
            name = _table(table)
            yield from (_found(name, key, document) for key, document in documents if isinstance(document, _Pairs))


def _scanned(text: str, end: int) -> Iterator[Found]:
    """Yield the documents of a broken text; what stands after `end` is late."""
    table, at = "", 0
    openings = [each for each in _OPENING.finditer(text) if each[1] not in _NESTED]
    tables: dict[str, str] = {}
    for number, opening in enumerate(openings):
        if at < end <= opening.start():
            table = ""
        # A document whose beginning is damaged belongs to nobody.
        yield from _pieces(text[at : opening.start()], table, "", late=at >= end)
        name, inside = opening[1], opening.end()
        stop = openings[number + 1].start() if number + 1 < len(openings) else len(text)
        inner = _INNER.match(text, inside)
        late = opening.start() >= end
        if name in KINDS or name == _FORMAT or (inner is not None and inner[1] not in _NESTED):
            if name not in tables:
                tables[name] = _table(name)
            table, at = tables[name], inside
            continue
        value, after = _decoded(text[inside - 1 : stop], 0)
        if table == _FORMAT and isinstance(value, _Pairs) and "id" not in dict(value):
            at = inside - 1 + after
        elif isinstance(value, _Pairs):
            yield _found(table, name, value, late=late)
            at = inside - 1 + after
        else:
            yield from _pieces(text[inside:stop], table, name, late=late)
            at = stop
    yield from _pieces(text[at:], table, "", late=at >= end)


def _pieces(region: str, table: str, key: str, *, late: bool) -> Iterator[Found]:
    """Yield the documents in a damaged region, of which each has one id; `key` is that of the first, if it is known."""
    starts = [each.start() for each in _ID.finditer(region)]
    if not starts and not key:
        return
    for start, stop in zip([0, *starts[1:]], [*starts[1:], len(region)], strict=True):
        fields, damaged = _fields(region[start:stop])
        own = fields.get("id", "")
        if fields:
            yield Found(table, key or own, fields, damaged, whole=False, late=late)
        key = ""


def _fields(region: str, *, inner: bool = False) -> tuple[dict[str, Any], frozenset[str]]:
    """Return the fields in a damaged document, and the names of those that are damaged themselves."""
    fields: dict[str, Any] = {}
    damaged = set()
    at = 0
    while (field := _FIELD.search(region, at)) is not None:
        name, start = field[1], field.end()
        value, at, whole = _field(region, start, inner=inner)
        if value is not _UNREADABLE and name not in fields:
            fields[name] = _cleaned(value)
            if not whole or _is_no_text(value):
                damaged.add(name)
    return fields, frozenset(damaged)


def _field(region: str, start: int, *, inner: bool) -> tuple[Any, int, bool]:
    """Return the value that begins at a place in a damaged document, where it ends, and whether that is all of it."""
    value, end = _decoded(region, start)
    after = _AFTER.match(region, end)
    # A number that is cut off is another number.
    if value is not _UNREADABLE and after is not None and (after[0] or not isinstance(value, int | float)):
        return _plain(value), end, True
    line = _NEXT_LINE.search(region, start)
    if region.startswith('"', start):
        end = line.start() if line is not None else len(region)
        return _begun(region[start + 1 : end]), end, False
    if region.startswith("{", start) and not inner:
        end = region.find("}", start)
        end = end if end >= 0 else len(region)
        fields, damaged = _fields(region[start + 1 : end], inner=True)
        return {name: each for name, each in fields.items() if name not in damaged}, end, False
    return _UNREADABLE, start, False


def _begun(content: str) -> str:
    """Return what the content of a string without its end says."""
    ended = content.rstrip("}, \t\r\n")
    content = ended[:-1] if ended.endswith('"') else _CUT_ESCAPE.sub("", content.rstrip("\r\n"))
    try:
        return str(json.loads(f'"{content}"', strict=False))
    except ValueError:
        return content


def _found(table: str, key: str, document: _Pairs, *, late: bool = False) -> Found:
    values = {name: _plain(value) for name, value in document}
    fields = {name: value for name, value in values.items() if value is not _UNREADABLE}
    damaged = frozenset(name for name, value in fields.items() if _is_no_text(value))
    cleaned = {clean(name): _cleaned(value) for name, value in fields.items()}
    return Found(table, clean(key), cleaned, damaged, whole=len(fields) == len(values) and not damaged, late=late)


def _plain(value: Any, depth: int = 0) -> Any:
    """Return a decoded value with dictionaries as objects, or `_UNREADABLE` when something in it is, or too deep."""
    if not isinstance(value, list):
        return value
    if depth > _DEEPEST:
        return _UNREADABLE
    inner = [_plain(each[1] if isinstance(value, _Pairs) else each, depth + 1) for each in value]
    if any(each is _UNREADABLE for each in inner):
        return _UNREADABLE
    return dict(zip([name for name, _ in value], inner, strict=True)) if isinstance(value, _Pairs) else inner


def _is_no_text(value: Any) -> bool:
    if isinstance(value, str):
        return _NO_TEXT.search(value) is not None
    if isinstance(value, dict):
        return any(_is_no_text(each) for pair in value.items() for each in pair)
    return isinstance(value, list) and any(map(_is_no_text, value))


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dict):
        return {clean(name): _cleaned(each) for name, each in value.items()}
    return [_cleaned(each) for each in value] if isinstance(value, list) else value


def _table(name: str) -> str:
    """Return the table of this name, or the one whose name it is like when it is damaged; empty when there is none."""
    if name in KINDS or name == _FORMAT:
        return name
    # Imported where it is used: only a damaged file needs it.
    from difflib import get_close_matches

    return next(iter(get_close_matches(name, KINDS, n=1, cutoff=0.6)), "")


def _nested() -> frozenset[str]:
    """Return the fields that hold an object, so that what opens there is no document."""
    names = set()
    for kind in KINDS.values():
        for field in msgspec.structs.fields(kind):
            types = get_args(field.type) or (field.type,)
            if field.type is Any or any(isinstance(each, type) and issubclass(each, msgspec.Struct) for each in types):
                names.add(field.name)
    return frozenset(names - KINDS.keys())


_NESTED = _nested()
