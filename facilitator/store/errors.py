"""What can go wrong with a store. Every message says what, where and what to do, and is fit to be shown as it is."""

import errno
from collections.abc import Sequence
from pathlib import Path

_LOOK = "check the folder"

_ADVICE = {
    errno.ENOSPC: "free some space",
    errno.EDQUOT: "free some space, or ask for a larger quota",
    errno.EACCES: "get permission to write there, or choose another store with --store",
    errno.EPERM: "get permission to write there, or choose another store with --store",
    errno.EROFS: "choose another store with --store",
    errno.ENAMETOOLONG: "choose a store with a shorter path",
}


class StoreError(Exception):
    """Something that a store cannot do. `str` tells all of it, `brief` what matters most, for a place with one line."""

    @property
    def brief(self) -> str:
        """What happened and what to do, the place last, where it does no harm when it is cut off."""
        return str(self)


class UnreadableError(StoreError):
    """A file that is not a session, or not a whole one. `reason` says what is wrong, without the path."""

    def __init__(self, path: Path | str, reason: str) -> None:
        self.path, self.reason = Path(path), reason
        super().__init__(f"{path} cannot be read as a session: {reason}")


class NewerFormatError(UnreadableError):
    """A file of a later format than this program knows; it is never saved over."""

    def __init__(self, path: Path | str, number: int, known: int) -> None:
        self.number = number
        super().__init__(
            path, f"it has the format {number} and this version knows formats up to {known}; update facilitator"
        )


class ReadOnlyError(StoreError):
    """A session that can be read and not saved; `reason` says why."""

    def __init__(self, path: Path | str, reason: str) -> None:
        self.path, self.reason = Path(path), reason
        super().__init__(f"{path} is open for reading only: {reason}")


class SaveError(StoreError):
    """A write that the system refused. The session in memory is untouched; saving may be tried again.

    `error` is what the system said.
    """

    def __init__(self, path: Path | str, error: OSError) -> None:
        self.path, self.error = Path(path), error
        self._what = error.strerror or str(error) or type(error).__name__
        self._advice = _ADVICE.get(error.errno or 0, _LOOK)
        super().__init__(f"{self._what}: {path}. The edit is kept in memory; {self._advice}.")

    @property
    def brief(self) -> str:
        """What the system refused, and the first thing to do about it."""
        return f"{self._what}: {self._advice.split(',')[0]}. {self.path}"


class InvalidSessionError(StoreError):
    """A session that the file format cannot hold, and would not give back. Nothing was written."""

    def __init__(self, path: Path | str, reason: str) -> None:
        self.path, self.reason = Path(path), reason
        super().__init__(f"This session cannot be saved to {path}: {reason}. It is kept in memory.")


class ForeignFileError(StoreError):
    """Something in the place of a session's file that is not this session, as this version can read it.

    `reason` says what it is, as a clause. Nothing was written.
    """

    def __init__(self, path: Path | str, reason: str) -> None:
        self.path, self.reason = Path(path), reason
        super().__init__(
            f"The session is kept in memory: {self.path.name} was replaced ({reason}). Nothing was overwritten. "
            f"Move {path} away; the session is saved in its place then."
        )

    @property
    def brief(self) -> str:
        """What is in the place of the file, and what to do with it."""
        return f"Its file was replaced: move that away. {self.path}"


class UnknownIdError(StoreError):
    """No session has this id. `nearest` holds ids and titles like it."""

    def __init__(self, wanted: str, store: Path | str, nearest: Sequence[str] = ()) -> None:
        self.wanted, self.nearest = wanted, tuple(nearest)
        hint = f" Did you mean {' or '.join(self.nearest)}?" if nearest else ""
        super().__init__(f"no session {wanted!r} in {store}.{hint}")


class AmbiguousIdError(StoreError):
    """Several sessions have an id or file name that begins so. `matches` lists them."""

    def __init__(self, wanted: str, matches: Sequence[str]) -> None:
        self.wanted, self.matches = wanted, tuple(matches)
        shown = "\n".join(f"  {match}" for match in self.matches[:10])
        rest = f"\n  and {len(self.matches) - 10} more" if len(self.matches) > 10 else ""
        super().__init__(f"{len(self.matches)} sessions begin with {wanted!r}; type more of the id:\n{shown}{rest}")
