"""Which column of a file holds what, as it was told once: remembered beside the configuration, for files like it."""

import contextlib
from collections.abc import Collection, Mapping
from pathlib import Path

import msgspec

from facilitator.settings.replace import replace_file

MOST = 50
"""How many answers are remembered; the oldest goes first."""

_DECODER = msgspec.json.Decoder(list[dict[str, str]])


def columns_path(config: Path) -> Path:
    """Return where the answers are kept, given where the configuration file is."""
    return config.with_name("columns.json")


def known_columns(path: Path, names: Collection[str]) -> Mapping[str, str] | None:
    """Return what was told last of a file with columns of these names, or None."""
    there = {_plain(name) for name in names}
    return next((each for each in reversed(_read(path)) if each and there.issuperset(map(_plain, each.values()))), None)


def remember_columns(path: Path, columns: Mapping[str, str]) -> None:
    """Remember what was told of a file. It is no harm when that cannot be written: it is asked again."""
    told = dict(columns)
    answers = [*(each for each in _read(path) if each != told), told][-MOST:]
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        replace_file(path, msgspec.json.encode(answers))


def _plain(name: str) -> str:
    return name.strip().casefold()


def _read(path: Path) -> list[dict[str, str]]:
    try:
        return _DECODER.decode(path.read_bytes())
    except (OSError, ValueError):
        return []
