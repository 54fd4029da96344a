"""The names of members: which are safe, which are of no interest, which are archives themselves."""

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import PurePosixPath
from typing import TypeVar

from facilitator.intake.sources.bounds import DEEPEST, MOST_MEMBERS
from facilitator.model.text import one_line

Skip = Callable[[str, str], None]
"""Says that a member was left out: its name, and why."""

_Each = TypeVar("_Each")
_DRIVE = re.compile(r"[A-Za-z]:")
_PACKED = frozenset((".zip", ".gz", ".tgz", ".tar", ".bz2", ".tbz2", ".xz", ".txz", ".zst", ".7z", ".rar", ".lz4"))
_LONGEST_NAME = 1000


def is_packed(name: str) -> bool:
    """Return whether a name is that of an archive or a compressed file."""
    return PurePosixPath(name).suffix.lower() in _PACKED


def is_hidden(name: str) -> bool:
    """Return whether a name is one that systems add for themselves: ".DS_Store", "__MACOSX/a.json", ".git/HEAD"."""
    return any(part.startswith(".") or part == "__MACOSX" for part in name.split("/"))


def danger(name: str) -> str:
    """Return why a name of a member is dangerous, or "" when it is not."""
    parts = name.split("/")
    if name.startswith("/") or _DRIVE.match(name):
        return "its name is an absolute path"
    if ".." in parts:
        return "its name leads out of the archive"
    if len(parts) > DEEPEST:
        return f"it lies more than {DEEPEST} folders deep"
    return f"its name is longer than {_LONGEST_NAME:,} characters" if len(name) > _LONGEST_NAME else ""


def plain_name(name: str) -> str:
    """Return a name as it is shown and asked for: with "/", without a leading "./", cleaned."""
    return one_line(name.replace("\\", "/")).removeprefix("./")


def accepted(found: Iterable[tuple[str, _Each]], skip: Skip) -> Iterator[tuple[str, _Each]]:
    """Return the members of an archive that may be read, under their plain names; the others are skipped."""
    for count, (written, each) in enumerate(found):
        if count >= MOST_MEMBERS:
            skip("", f"it has more than {MOST_MEMBERS:,} members: what comes after them is not read")
            return
        name = plain_name(written)
        wrong = danger(name)
        if wrong:
            skip(name[:200], wrong)
        elif not name or is_hidden(name):
            continue
        elif is_packed(name):
            skip(name, "an archive in the archive: unpack it and read it by itself")
        else:
            yield name, each


def without_doubles(found: Iterable[tuple[str, _Each]], skip: Skip) -> dict[str, _Each]:
    """Return members by name; of several with one name the last, as unpacking would leave it."""
    members: dict[str, _Each] = {}
    for name, each in found:
        if name in members:
            skip(name, "the name is there more than once: the last one is read")
        members[name] = each
    return members
