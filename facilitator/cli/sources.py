"""What `facilitator check` reads besides sessions: a Markdown file or stdin, as text."""

import os
import sys
from pathlib import Path

from facilitator.cli.errors import Failure
from facilitator.model.text import one_line

STDIN = "-"
"""What stands for stdin on the command line."""

MAX_BYTES = 1_000_000
"""The largest document that is read."""

_MARKDOWN = (".md", ".markdown", ".mkd", ".txt")


def is_document(source: str) -> bool:
    """Return whether a word of the command line names a document: stdin, a file, or what can only be a file."""
    return source == STDIN or source.lower().endswith(_MARKDOWN) or os.sep in source or Path(source).is_file()


def shown(source: str) -> str:
    """Return how a source is called in places: "postmortem.md", "stdin"."""
    return "stdin" if source == STDIN else one_line(source)


def read_document(source: str, most: int = MAX_BYTES, instead: str = "check it in parts") -> str:
    """Return the text of a document. Raises Failure for one that is missing, too large, binary or not UTF-8.

    One of more than `most` bytes is too large; `instead` says what to do then.
    """
    if source == STDIN:
        raw = sys.stdin.buffer.read(most + 1)
    else:
        try:
            with Path(source).open("rb") as file:
                raw = file.read(most + 1)
        except IsADirectoryError as error:
            raise Failure(f"{shown(source)} is a folder; name the files in it, such as {shown(source)}/*.md") from error
        except (OSError, ValueError) as error:  # ValueError: a NUL in the name
            raise Failure(
                f"{shown(source)}: {getattr(error, 'strerror', None) or 'this is no name of a file'}"
            ) from error
    if len(raw) > most:
        raise Failure(f"{shown(source)} is larger than {most:,} bytes; {instead}")
    if b"\0" in raw:
        raise Failure(f"{shown(source)} is binary, not Markdown")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise Failure(f"{shown(source)} is not UTF-8 text (line {line}); save it as UTF-8") from error
