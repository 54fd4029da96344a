"""Which store is used, and why."""

import contextlib
import re
from collections.abc import Mapping
from itertools import islice
from pathlib import Path

import msgspec

VARIABLE = "FACILITATOR_STORE"
"""The environment variable that names a store."""

FOLDER = "sessions"
"""The name of a store that is found from a working folder."""

MARKER = ".facilitator-store"
"""The file by which a folder is recognised as a store, empty or not."""

_FIRST_FILES = 20
_BEGINNING = re.compile(rb'(?:\xef\xbb\xbf)?\s*\{\s*"format"\s*:\s*\{\s*"facilitator"\s*:')


class Location(msgspec.Struct, frozen=True):
    """Where the store is, absolute, and the reason why it is that one, to be read after "because of"."""

    path: Path
    reason: str


def locate(option: Path | None, environ: Mapping[str, str], cwd: Path) -> Location:
    """Return the store to use; it need not exist.

    The order: `option`, as given to --store; the environment variable FACILITATOR_STORE; the nearest folder
    `sessions` in `cwd` or above it that is recognised as a store; the folder for this user's data. Relative paths
    count from `cwd`; "~" is the home folder.
    """
    if option is not None:
        return Location(_absolute(option, cwd), "--store")
    if environ.get(VARIABLE, "").strip():
        return Location(_absolute(Path(environ[VARIABLE].strip()), cwd), f"the environment variable {VARIABLE}")
    for folder in (cwd, *cwd.parents):
        if is_store(folder / FOLDER):
            return Location(folder / FOLDER, f"the folder {FOLDER}/ found in {folder}")
    # Imported where it is used: most runs from a project never get here, and it takes 20 ms.
    from platformdirs import user_data_path

    return Location(user_data_path("facilitator", appauthor=False) / FOLDER, "the user's data folder")


def is_store(folder: Path) -> bool:
    """Tell whether a folder is a store: it has the marker, or a session is among its first files by name."""
    try:
        if (folder / MARKER).is_file():
            return True
        names = sorted(path for path in folder.iterdir() if path.suffix == ".json" and path.is_file())
        return any(_looks_like_a_session(path) for path in islice(names, _FIRST_FILES))
    except OSError:
        return False


def _looks_like_a_session(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return _BEGINNING.match(file.read(200)) is not None
    except OSError:
        return False


def _absolute(path: Path, cwd: Path) -> Path:
    # When there is no such user, "~name" is a folder of that name.
    with contextlib.suppress(RuntimeError):
        path = path.expanduser()
    return cwd / path
