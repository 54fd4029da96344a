"""Sentences as lines of JSON: one line in, its findings of blame language as one line out."""

import json
from collections.abc import Iterator
from typing import BinaryIO

import msgspec

from facilitator.checks.compiled import Rules
from facilitator.checks.language import findings
from facilitator.checks.rules import Context
from facilitator.model.text import one_line

MAX_LINE = 1_000_000
"""The longest line that is read, in bytes."""


class Line(msgspec.Struct, frozen=True):
    """A line that comes in: what to call it, its text, and which part of a postmortem that is."""

    id: str | int
    text: str
    context: Context = Context.SUMMARY


class BadLine(msgspec.Struct, frozen=True):
    """A line that cannot be read: its number, counted from 1, and the reason."""

    number: int
    reason: str


def answers(file: BinaryIO, rules: Rules) -> Iterator[bytes | BadLine]:
    """Yield for each line of a file, as it comes, the line that answers it, or what is wrong with it.

    Lines with nothing in them are left out.
    """
    decoder = msgspec.json.Decoder(Line)
    for number, raw in enumerate(_lines(file), 1):
        if raw is None:
            yield BadLine(number, f"it is longer than {MAX_LINE:,} bytes")
        elif raw.strip():
            try:
                line = decoder.decode(raw.removeprefix(b"\xef\xbb\xbf"))
            except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
                yield BadLine(number, one_line(str(error)))
            else:
                yield _answer(line, rules)


def _lines(file: BinaryIO) -> Iterator[bytes | None]:
    """Yield the lines of a file, and None in the place of one that is too long, which is passed over in pieces."""
    while raw := file.readline(MAX_LINE + 1):
        if len(raw) <= MAX_LINE or raw.endswith(b"\n"):
            yield raw
            continue
        while raw and not raw.endswith(b"\n"):
            raw = file.readline(MAX_LINE)
        yield None


def _answer(line: Line, rules: Rules) -> bytes:
    found = [
        {
            "rule": each.rule,
            "category": str(each.category),
            "start": each.start,
            "end": each.end,
            "question": one_line(each.question),
        }
        for each in findings(line.text, line.context, rules)
    ]
    return json.dumps({"id": line.id, "findings": found}, ensure_ascii=False).encode("utf-8", "replace") + b"\n"
