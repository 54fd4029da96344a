"""A tape of what a program did to a folder: what it made, wrote, renamed and synced, in order."""

import os
from dataclasses import dataclass
from pathlib import PurePosixPath

import msgspec


class Op(msgspec.Struct, frozen=True, tag=True):
    """One thing that was done."""


class Write(Op, frozen=True):
    """Bytes of a file, which has a number of its own whatever its name is."""

    file: int
    start: int
    data: bytes


class Cut(Op, frozen=True):
    """A file that got shorter, or longer by zeros."""

    file: int
    size: int


class SyncFile(Op, frozen=True):
    """What a file holds is made durable."""

    file: int


class SyncFolder(Op, frozen=True):
    """The names in a folder are made durable."""

    folder: str


class Names(Op, frozen=True):
    """Names that change in one step: each with the file that has it now, None for one that is gone.

    A folder has the number 0.
    """

    names: dict[str, int | None]


class Acknowledged(Op, frozen=True):
    """A save was acknowledged, by its number."""

    number: int


@dataclass
class _Open:
    file: int
    folder: str = ""
    place: int = 0
    appending: bool = False


class Tape:
    """Takes calls as the system has them, of one program, and keeps those on a folder as ops with paths below it."""

    def __init__(self, folder: str) -> None:
        self.ops: list[Op] = []
        self._folder = PurePosixPath(folder)
        self._names: dict[str, int] = {}
        self._open: dict[int, _Open] = {}
        self._sizes: list[int] = [0]

    def open(self, path: str, flags: int, descriptor: int) -> None:
        """A file or folder was opened."""
        self._open.pop(descriptor, None)
        name = self._within(path)
        if name is None:
            return
        if name == "." or self._names.get(name) == 0:
            self._open[descriptor] = _Open(0, name)
            return
        if name not in self._names:
            if not flags & os.O_CREAT:
                return
            self._sizes.append(0)
            self._set({name: len(self._sizes) - 1})
        opened = self._open[descriptor] = _Open(self._names[name], appending=bool(flags & os.O_APPEND))
        if flags & os.O_TRUNC:
            self._cut(opened, 0)

    def close(self, descriptor: int) -> None:
        """A descriptor was closed."""
        self._open.pop(descriptor, None)

    def write(self, descriptor: int, data: bytes) -> None:
        """Bytes were written."""
        opened = self._open.get(descriptor)
        if opened is None or not data:
            return
        if opened.appending:
            opened.place = self._sizes[opened.file]
        self.ops.append(Write(opened.file, opened.place, data))
        opened.place += len(data)
        self._sizes[opened.file] = max(self._sizes[opened.file], opened.place)

    def seek(self, descriptor: int, place: int) -> None:
        """The place in a file was set."""
        if descriptor in self._open:
            self._open[descriptor].place = place

    def cut(self, descriptor: int, size: int) -> None:
        """A file was truncated."""
        if descriptor in self._open:
            self._cut(self._open[descriptor], size)

    def sync(self, descriptor: int) -> None:
        """A file or folder was synced."""
        opened = self._open.get(descriptor)
        if opened is not None:
            self.ops.append(SyncFile(opened.file) if opened.file else SyncFolder(opened.folder))

    def rename(self, source: str, target: str) -> None:
        """A name was given to what had another one."""
        before, after = self._within(source), self._within(target)
        if before is not None and after is not None and before in self._names:
            same = self._names[before] == self._names.get(after)
            self._set({after: self._names[before]} | ({} if same else {before: None}))

    def link(self, source: str, target: str) -> None:
        """A file got another name too."""
        before, after = self._within(source), self._within(target)
        if before is not None and after is not None and before in self._names:
            self._set({after: self._names[before]})

    def unlink(self, path: str) -> None:
        """A name was removed."""
        name = self._within(path)
        if name is not None:
            self._set({name: None})

    def mkdir(self, path: str) -> None:
        """A folder was made."""
        name = self._within(path)
        if name is not None:
            self._set({name: 0})

    def acknowledge(self, number: int) -> None:
        """The program said that it had saved."""
        self.ops.append(Acknowledged(number))

    def _set(self, names: dict[str, int | None]) -> None:
        self.ops.append(Names(names))
        for name, file in names.items():
            if file is None:
                self._names.pop(name, None)
            else:
                self._names[name] = file

    def _cut(self, opened: _Open, size: int) -> None:
        self.ops.append(Cut(opened.file, size))
        self._sizes[opened.file] = size

    def _within(self, path: str) -> str | None:
        """Return the path below the folder, "." for the folder itself, None for one that is elsewhere."""
        try:
            return str(PurePosixPath(path).relative_to(self._folder))
        except ValueError:
            return None
