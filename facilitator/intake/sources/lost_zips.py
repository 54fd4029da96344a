"""The members of a zip archive whose table of contents is lost, as at the end of a download that broke off."""

import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from facilitator.intake.sources.bounds import FREE, LARGEST_STREAM, MOST_MEMBERS, PIECE, expands_too_much
from facilitator.intake.sources.inflating import HEADER, SIGNATURE

_SIZES_FOLLOW, _UTF_8 = 8, 0x800
_AFTER = (b"PK\x01\x02", b"PK\x05\x06", b"PK\x06\x06")
_LARGE = 0xFFFFFFFF


class Found(NamedTuple):
    """A member: its name, where its header is, how long it is packed and unpacked, its checksum, method and flags."""

    name: str
    header: int
    packed: int
    size: int | None
    crc: int | None
    method: int
    flags: int


def found_one_by_one(stream: BinaryIO, length: int) -> Iterator[Found]:
    """Return the members from the beginning on, as far as their headers are whole."""
    at = 0
    for _ in range(MOST_MEMBERS):
        stream.seek(at)
        head = stream.read(HEADER.size)
        if len(head) < HEADER.size or head[:4] in _AFTER:
            return
        if not head.startswith(SIGNATURE):
            at = _next_header(stream, at + 1)
            if at < 0:
                return
            continue
        _, _, flags, method, _, _, crc, packed, size, names, extras = HEADER.unpack(head)
        name = stream.read(names).decode("utf-8" if flags & _UTF_8 else "cp437", errors="replace")
        if _LARGE in (packed, size):
            packed, size = _large_sizes(stream.read(extras), packed, size)
        start = at + HEADER.size + names + extras
        known = not flags & _SIZES_FOLLOW
        if not known:
            packed, after = _measured(stream, start, method)
        else:
            after = start + packed
        if start < length:
            yield Found(
                name, at, min(packed, length - start), size if known else None, crc if known else None, method, flags
            )
        at = min(max(after, at + 1), length)  # a damaged header may state any length


def _next_header(stream: BinaryIO, start: int) -> int:
    """Return where the next header begins, or -1."""
    stream.seek(start)
    kept = b""
    while data := stream.read(PIECE):
        found = (kept + data).find(SIGNATURE)
        if found >= 0:
            return start - len(kept) + found
        start += len(data)
        kept = (kept + data)[-3:]
    return -1


def _large_sizes(extras: bytes, packed: int, size: int) -> tuple[int, int]:
    """Return the sizes that stand in the extra field of large members."""
    at = 0
    while at + 4 <= len(extras):
        kind, length = struct.unpack_from("<HH", extras, at)
        if kind == 1 and length >= 16 and at + 20 <= len(extras):
            size, packed = struct.unpack_from("<QQ", extras, at + 4)
            return packed, size
        at += 4 + length
    return packed, size


def _measured(stream: BinaryIO, start: int, method: int) -> tuple[int, int]:
    """Return how long a packed member is whose header does not say, and where the search for the next begins."""
    if method != zipfile.ZIP_DEFLATED:
        after = _next_header(stream, start)
        end = stream.seek(0, 2) if after < 0 else after
        return end - start, end
    unpack = zlib.decompressobj(-zlib.MAX_WBITS)
    stream.seek(start)
    read = given = 0
    rest = b""
    try:
        while not unpack.eof and given < LARGEST_STREAM:
            if not rest:
                rest = stream.read(PIECE)
                if not rest:
                    break
                read += len(rest)
            given += len(unpack.decompress(rest, FREE))
            rest = unpack.unconsumed_tail
            if expands_too_much(given, read):
                break
    except zlib.error:
        return read, start + 1
    used = read - len(unpack.unused_data) if unpack.eof else read
    return used, start + used
