"""Files that are handed out to be filled in: written once, and never over one in which somebody may have written."""

import os
import re
import unicodedata
from contextlib import suppress
from pathlib import Path

from facilitator.cli.errors import Failure
from facilitator.model.text import one_line


def hand_out(output: str, name: str, content: bytes) -> Path:
    """Write a new file, and return where: `output` itself, or `name` in it when it is a folder or ends as one.

    Raises Failure.
    """
    path = Path(output)
    if output.endswith(("/", os.sep)):
        _make_folder(path)
    if path.is_dir():
        path /= name
    _write(path, content)
    return path


def slug(name: str) -> str:
    """Return a name as a part of the name of a file, perhaps nothing."""
    plain = unicodedata.normalize("NFKD", one_line(name)).encode("ascii", "ignore").decode().lower()
    return re.sub("[^a-z0-9]+", "-", plain)[:60].strip("-")


def _make_folder(path: Path) -> None:
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Failure(f"{path} cannot be made a folder: {error.strerror or error}; nothing was written") from error


def _write(path: Path, content: bytes) -> None:
    if path.exists() and not path.is_file():
        path.write_bytes(content)  # a pipe or a device
        return
    try:
        with path.open("xb") as file:
            try:
                file.write(content)
            except OSError:
                with suppress(OSError):
                    path.unlink()
                raise
    except FileExistsError as error:
        raise Failure(f"{path} is there already, and somebody may have written in it; choose another name") from error
    except OSError as error:
        raise Failure(f"{path}: {error.strerror or error}; nothing was written") from error
