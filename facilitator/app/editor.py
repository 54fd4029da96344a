"""The editor of one session: its history, and the saving of every edit as soon as it is made."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

import msgspec

from facilitator.model import history
from facilitator.model.history import History
from facilitator.model.session import Session
from facilitator.store.errors import ConflictError, StoreError
from facilitator.store.ids import new_id
from facilitator.store.store import Opened, Store

RETRY_SECONDS = 2.0
"""How long after a save that failed the next one is tried."""


class SaveState(Enum):
    """Where the newest edit is."""

    SAVED = "saved"
    SAVING = "saving"
    FAILED = "not saved"
    READ_ONLY = "read only"


@dataclass(frozen=True, slots=True)
class Saving:
    """The state of saving, and the reason when something stands in its way."""

    state: SaveState
    reason: str = ""


class SessionEditor:
    """Holds a session that is open, applies edits to it and saves them.

    Saving runs in a thread, one save at a time, always of the newest session. An edit counts as saved only when it is
    on disk. What could not be saved stays here and is tried again every `RETRY_SECONDS`.
    """

    def __init__(self, store: Store, opened: Opened, changed: Callable[[], None]) -> None:
        self._store = store
        self._opened = opened
        self._changed = changed
        self._on_disk = opened.session
        self.history: History = history.begin(opened.session)
        reason = opened.read_only
        self.saving = Saving(SaveState.READ_ONLY, reason) if reason else Saving(SaveState.SAVED)
        self._wake = asyncio.Event()

    @property
    def session(self) -> Session:
        """The session as it stands now."""
        return self.history.session

    @property
    def file_name(self) -> str:
        """The name of the file that holds the session."""
        return self._opened.path.name

    @property
    def dirty(self) -> bool:
        """Whether there is an edit that is not on disk."""
        return self.session is not self._on_disk and self.saving.state is not SaveState.READ_ONLY

    def apply(self, label: str, session: Session) -> bool:
        """Make `session` the present one; return whether that changed anything."""
        return self._go(history.record(self.history, label, session))

    def undo(self) -> str | None:
        """Take the last edit back; return its label, or None when there is none."""
        label = self.history.present.label
        return label if self._go(history.undo(self.history)) else None

    def redo(self) -> str | None:
        """Do the edit again that was last undone; return its label, or None when there is none."""
        return self.history.present.label if self._go(history.redo(self.history)) else None

    def retry(self) -> None:
        """Try at once to save what could not be saved."""
        self._wake.set()

    async def keep_saving(self) -> None:
        """Save every edit as it comes, for as long as the session is open."""
        while True:
            await self._wake.wait()
            self._wake.clear()
            while self.dirty and await self._save():
                pass
            if self.dirty:
                asyncio.get_running_loop().call_later(RETRY_SECONDS, self._wake.set)

    async def finish(self) -> bool:
        """Save what is not on disk yet; return whether everything is now."""
        while self.dirty and self.saving.state is SaveState.SAVING:
            await asyncio.sleep(0.005)
        return not self.dirty or await self._save()

    def _go(self, to: History) -> bool:
        if to is self.history:
            return False
        self.history = to
        if self.saving.state is not SaveState.READ_ONLY:
            self.saving = Saving(SaveState.SAVING) if self.dirty else Saving(SaveState.SAVED)
            self._wake.set()
        self._changed()
        return True

    async def _save(self) -> bool:
        session = self.session
        try:
            self._opened = await asyncio.to_thread(self._store.save, self._opened, session)
        except ConflictError:
            return await self._save_apart(session)
        except (StoreError, OSError) as error:
            return self._failed(str(error))
        self._on_disk = session
        self.saving = Saving(SaveState.SAVING if self.dirty else SaveState.SAVED)
        self._changed()
        return True

    async def _save_apart(self, session: Session) -> bool:
        """Save a session whose file somebody else has changed as a session of its own, so that neither is lost."""
        identity, title = new_id(), f"{session.title} (second version)"
        apart = history.mapped(self.history, lambda each: msgspec.structs.replace(each, id=identity, title=title))
        try:
            opened = await asyncio.to_thread(self._store.create, apart.session)
        except (StoreError, OSError) as error:
            return self._failed(str(error))
        theirs = self.file_name
        self._opened, self.history, self._on_disk = opened, apart, apart.session
        self.saving = Saving(SaveState.SAVED, f"Somebody else changed {theirs}. You go on in a copy: {self.file_name}.")
        self._changed()
        return True

    def _failed(self, reason: str) -> bool:
        self.saving = Saving(SaveState.FAILED, reason)
        self._changed()
        return False
