"""Files that a command writes: where to, and in one step."""

import os
from pathlib import Path

from facilitator.cli.errors import Failure


def target_of(output: str, name: str) -> Path:
    """Return the file to write to: `output` itself, or `name` in it when it is a folder. Raises Failure."""
    path = Path(output)
    if path.is_dir():
        return path / name
    folder = path if output.endswith(("/", os.sep)) else path.parent
    if not folder.is_dir():
        raise Failure(f"{path}: the folder {folder} does not exist; make it first, or choose another file")
    return path


def write_files(contents: dict[Path, bytes]) -> None:
    """Write files: none of them, unless it fails in the last moment; the message says which were written."""
    from facilitator.settings.replace import ReplaceError, replace_files

    streams = {path: each for path, each in contents.items() if path.exists() and not (path.is_file() or path.is_dir())}
    files = {path.resolve(): each for path, each in contents.items() if path not in streams}
    mask = os.umask(0o077)
    os.umask(mask)
    try:
        replace_files(files, mode=0o666 & ~mask)
    except ReplaceError as error:
        raise Failure(f"{error.filename}: {error.strerror}; {error.outcome}") from error
    for path, each in streams.items():  # a pipe or a device must stay what it is
        path.write_bytes(each)
