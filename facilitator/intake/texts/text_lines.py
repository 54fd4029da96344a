"""The lines of a text member, read piece by piece: any encoding that its bytes show, no line without a bound."""

import codecs
from collections.abc import Iterator

from facilitator.intake.errors import SourceError
from facilitator.intake.report import Report
from facilitator.intake.source import Member, Source
from facilitator.intake.sources.decoding import NOT_UTF_8, is_binary

LONGEST_LINE = 1_000_000
"""A longer line is skipped, in bytes as UTF-8."""

_PIECE = 1 << 18
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


def text_lines(source: Source, member: Member, report: Report) -> Iterator[tuple[int, str]]:
    """Return the lines of `member` with their numbers, from 1, without their ends.

    Bytes that are not UTF-8 are read as Windows-1252, which is said once; a line past the bound is skipped.
    """
    said = False
    for number, line in enumerate(_byte_lines(source, member, report), 1):
        if line is None:
            report.skip(member.name, f"line {number}", "longer than 1 MB")
            continue
        try:
            yield number, line.decode()
        except UnicodeDecodeError:
            if not said:
                report.skip(member.name, f"line {number}", NOT_UTF_8)
                said = True
            yield number, line.decode("cp1252", errors="replace")


def start_of(source: Source, member: Member) -> str:
    """Return the beginning of a text member, as far as it can be read."""
    return next(_pieces(source, member, Report()), b"").decode(errors="replace")


def _byte_lines(source: Source, member: Member, report: Report) -> Iterator[bytes | None]:
    """Return the lines as UTF-8, None for each that is too long."""
    rest, dropping = b"", False
    for piece in _pieces(source, member, report):
        lines = (rest + piece).split(b"\n")
        rest = lines.pop()
        if dropping and lines:
            lines.pop(0)
            dropping = False
            yield None
        for line in lines:
            yield line.removesuffix(b"\r") if len(line) <= LONGEST_LINE else None
        if dropping or len(rest) > LONGEST_LINE:
            rest, dropping = b"", True
    if dropping:
        yield None
    elif rest:
        yield rest.removesuffix(b"\r")


def _pieces(source: Source, member: Member, report: Report) -> Iterator[bytes]:
    """Return the bytes of a member as UTF-8, without a byte order mark; old Macintosh ends as newlines."""
    pieces = _read(source, member, report)
    first = next(pieces, b"")
    encoding = "utf-8"
    for mark, name in _MARKS:
        if first.startswith(mark):
            first, encoding = first[len(mark) :], name
            break
    else:
        encoding = _without_mark(first)
    if encoding == "utf-8" and is_binary(first):
        report.skip(member.name, "", "it is not text")
        return
    returns = encoding == "utf-8" and b"\n" not in first and b"\r" in first[:-1]
    decoder = None if encoding == "utf-8" else codecs.getincrementaldecoder(encoding)(errors="replace")
    piece = first
    while piece:
        if decoder is not None:
            piece = decoder.decode(piece).encode(errors="replace")
        yield piece.replace(b"\r", b"\n") if returns else piece
        piece = next(pieces, b"")


def _read(source: Source, member: Member, report: Report) -> Iterator[bytes]:
    """Return the bytes of a member; where they cannot be read on, that is reported."""
    try:
        with source.open(member) as stream:
            while piece := stream.read(_PIECE):
                yield piece
    except SourceError as error:
        report.skip(member.name, "", str(error))


def _without_mark(first: bytes) -> str:
    """Return UTF-16 for bytes of which every second one is zero, as text of Windows programs without a mark has."""
    sample = first[:2000]
    if len(sample) < 8 or b"\0" not in sample:
        return "utf-8"
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    if odd > 0.7 * half and even < 0.1 * half:
        return "utf-16-le"
    return "utf-16-be" if even > 0.7 * half and odd < 0.1 * half else "utf-8"
