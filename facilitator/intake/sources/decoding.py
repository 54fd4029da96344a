"""Bytes become text: by their mark, as UTF-8, or else as Windows wrote it."""

import codecs
from collections.abc import Callable

from facilitator.intake.errors import SourceError

NOT_UTF_8 = "not UTF-8: read as Windows-1252"
"""What is noted of bytes that were guessed at."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_LOOKED_AT = 65_536
_MOST_CONTROLS, _FEW = 0.02, 8
_CONTROLS = bytes(each for each in range(32) if each not in b"\t\n\r\f\x08\x1b")


def decoded(data: bytes, note: Callable[[str], None] | None = None) -> str:
    """Return bytes as text: by a byte order mark, as UTF-8, else as Windows-1252, of which `note` is told.

    The text is not cleaned. Raises SourceError for bytes that are no text.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, errors="replace")
    try:
        text = data.decode()
    except UnicodeDecodeError:
        encoding = _guessed(data)
        if note is not None:
            note(NOT_UTF_8 if encoding == "cp1252" else "not UTF-8: read as UTF-16")
        return data.decode(encoding, errors="replace")
    if is_binary(data):
        encoding = _guessed(data)
        if note is not None:
            note("not UTF-8: read as UTF-16")
        return data.decode(encoding, errors="replace")
    return text


def is_binary(data: bytes) -> bool:
    """Return whether bytes are no text in UTF-8 or an encoding of one byte a character: so many control characters.

    One or two among a thousand are those of a log that somebody's program wrote to.
    """
    start = data[:_LOOKED_AT]
    controls = len(start) - len(start.translate(None, _CONTROLS))
    return controls > _MOST_CONTROLS * len(start) and (controls > _FEW or 4 * controls > len(start))


def _guessed(data: bytes) -> str:
    """Return the likeliest encoding of bytes that are not UTF-8. Raises SourceError when they are no text."""
    if not is_binary(data):
        return "cp1252"
    start = data[: min(len(data), _LOOKED_AT) // 2 * 2]
    half = len(start) // 2
    even, odd = start[::2].count(0), start[1::2].count(0)
    if half >= 4 and min(even, odd) < 0.1 * half and max(even, odd) > 0.7 * half:
        return "utf-16-le" if odd > even else "utf-16-be"
    raise SourceError("it is not text")
