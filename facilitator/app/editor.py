"""The editor of one session: its history, the saving of every edit as it is made, and what others save meanwhile."""

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from pathlib import Path
from threading import Event

import msgspec

from facilitator.model import history
from facilitator.model.changes import diff
from facilitator.model.history import History, Step
from facilitator.model.merge import merge
from facilitator.model.session import Session
from facilitator.store import steps
from facilitator.store.errors import ForeignFileError, StoreError
from facilitator.store.ids import new_id
from facilitator.store.opening import Opened
from facilitator.store.steps import Recorded, Turn
from facilitator.store.storage import NO_FILE
from facilitator.store.store import Store

RETRY_SECONDS = 2.0
"""How long after a save that failed the next one is tried."""

LOOK_SECONDS = 0.25
"""How often the file is looked at for what others saved. One look costs some microseconds, on any file system."""


class SaveState(Enum):
    """Where the newest edit is."""

    SAVED = "saved"
    SAVING = "saving"
    FAILED = "not saved"
    READ_ONLY = "read only"


@dataclass(frozen=True, slots=True)
class Saving:
    """The state of saving, and the reason when something stands in its way: all of it, and in brief for one line."""

    state: SaveState
    reason: str = ""
    brief: str = ""


@dataclass(frozen=True, slots=True)
class Taken:
    """A step that was undone or done again; `whole` tells whether others had left all that it was about as it was."""

    step: Step
    whole: bool


class SessionEditor:
    """Holds a session that is open, applies edits to it and saves them.

    Saving runs in a thread, one save at a time, always of the newest session. An edit counts as saved only when it is
    on disk. What could not be saved stays here and is tried again every `RETRY_SECONDS`. What others save is merged
    into the session, by the save itself or when it is seen in the file. `changed` is called after every change of
    the session or of the state of saving, `joined` after others' edits came in.
    """

    def __init__(
        self,
        store: Store,
        opened: Opened,
        *,
        now: Callable[[], datetime],
        changed: Callable[[], None],
        joined: Callable[[], None],
    ) -> None:
        self._store = store
        self._opened = opened
        self._now, self._changed, self._joined = now, changed, joined
        # None when the file is not what it was; then the session counts as not saved.
        self._on_disk: Session | None = opened.session
        self._unrecorded: list[Recorded] = []
        self._knows_earlier = False
        self.history = History(opened.session)
        self.saving = _read_only(opened) if opened.read_only else Saving(SaveState.SAVED)
        self._wake = asyncio.Event()
        self._disk = asyncio.Lock()

    @property
    def session(self) -> Session:
        """The session as it stands now."""
        return self.history.session

    @property
    def store_path(self) -> Path:
        """Where the session lives."""
        return self._store.path

    @property
    def file_name(self) -> str:
        """The name of the file that holds the session."""
        return self._opened.path.name

    @property
    def dirty(self) -> bool:
        """Whether there is an edit that is not on disk."""
        return self.session is not self._on_disk and self.saving.state is not SaveState.READ_ONLY

    @property
    def homeless(self) -> bool:
        """Whether there is an edit that no file can take, since the session is open for reading only."""
        return self.saving.state is SaveState.READ_ONLY and self.session != self._opened.session

    @property
    def step_ids(self) -> frozenset[str]:
        """The ids of the edits that were made here and can be undone or done again."""
        return frozenset(step.id for step in (*self.history.past, *self.history.future))

    def apply(self, label: str, session: Session) -> bool:
        """Make `session` the present one; return whether that changed anything."""
        to = history.record(self.history, new_id(), label, self._now(), session)
        if to is self.history:
            return False
        step = to.past[-1]
        self._unrecorded.append(Recorded(id=step.id, at=step.at, label=label, changes=step.changes))
        self._go(to)
        return True

    async def undo(self) -> Taken | None:
        """Take one's own last edit back, of an earlier day too; return it, or None when there is none."""
        if not self.history.past:
            await self._load_earlier()
        if not self.history.past:
            return None
        return self._turn(self.history.past[-1], history.undo(self.history), Turn.UNDONE)

    async def redo(self) -> Taken | None:
        """Do the edit again that was last undone; return it, or None when there is none."""
        if not self.history.future:
            await self._load_earlier()
        if not self.history.future:
            return None
        return self._turn(self.history.future[-1], history.redo(self.history), Turn.REDONE)

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

    async def keep_looking(self) -> None:
        """Take in what others save, for as long as the session is open."""
        ended = Event()
        try:
            while True:
                await asyncio.to_thread(self._wait_for_others, ended)
                async with self._disk:
                    await self._look()
        finally:
            ended.set()

    async def finish(self) -> bool:
        """Save what is not on disk yet; return whether everything is now."""
        while self.dirty and self.saving.state is SaveState.SAVING:
            await asyncio.sleep(0.005)
        return not self.dirty or await self._save()

    def _turn(self, step: Step, to: History, turn: Turn) -> Taken:
        changes = diff(self.session, to.session)
        if changes:
            made = Recorded(id=new_id(), at=self._now(), label=step.label, turn=turn, of=step.id, changes=changes)
            self._unrecorded.append(made)
        self._go(to)
        return Taken(step, whole=len(changes) >= len(step.changes))

    def _go(self, to: History) -> None:
        self.history = to
        if self.saving.state is not SaveState.READ_ONLY:
            self.saving = Saving(SaveState.SAVING) if self.dirty else Saving(SaveState.SAVED)
            self._wake.set()
        self._changed()

    async def _save(self) -> bool:
        async with self._disk:
            session, made = self.session, tuple(self._unrecorded)
            try:
                there = await asyncio.to_thread(self._store.save, self._opened, session, made)
            except (StoreError, OSError) as error:
                self.saving = _failed(error)
                self._changed()
                return False
            del self._unrecorded[: len(made)]
            self._take_in(session, there)
        self.saving = Saving(SaveState.SAVING if self.dirty else SaveState.SAVED)
        self._changed()
        return True

    def _wait_for_others(self, ended: Event) -> None:
        """Return when there is something to take in. Waits in a thread: to go there and back costs more than a look."""
        while not ended.wait(LOOK_SECONDS):
            try:
                if self._store.look(self._opened) is not self._opened:
                    return
            except (ForeignFileError, OSError):
                return

    async def _look(self) -> None:
        try:
            there = await asyncio.to_thread(self._store.look, self._opened)
        except ForeignFileError as error:
            if self._on_disk is not None and self.saving.state is not SaveState.READ_ONLY:
                self._on_disk = None
                self.saving = _failed(error)
                self._wake.set()
                self._changed()
        except OSError:
            return  # the next save will say what is wrong with the folder
        else:
            if there.session is not self._opened.session:
                self._take_in(self._opened.session, there)
                self._changed()
            elif there.revision != NO_FILE:
                self._opened = there  # touched or renamed; otherwise it would be read again at every look

    def _take_in(self, base: Session, there: Opened) -> None:
        """Make the session what it has become here and in the file since both were `base`."""
        before = self.session
        present = merge(base, before, there.session)
        saved = present == there.session
        # The objects of the session that is shown are kept, so that what did not change need not be drawn again.
        self._opened = msgspec.structs.replace(there, session=present) if saved else there
        self._on_disk = self._opened.session
        self.history = msgspec.structs.replace(self.history, session=present)
        if present != before:
            self._joined()

    async def _load_earlier(self) -> None:
        """Read the steps of earlier days, once what was done now is recorded with them."""
        if self._knows_earlier or not await self.finish():
            return
        self._knows_earlier = True
        recorded = await asyncio.to_thread(self._store.history, self.session.id)
        past, future = steps.own(recorded, self._store.name)
        here = self.step_ids
        self.history = History(
            self.session,
            (*_steps(each for each in past if each.id not in here), *self.history.past)[-history.LIMIT :],
            self.history.future or _steps(future),
        )


def _failed(error: StoreError | OSError) -> Saving:
    return Saving(SaveState.FAILED, str(error), error.brief if isinstance(error, StoreError) else str(error))


def _read_only(opened: Opened) -> Saving:
    whole = f"{opened.path} is open for reading only: {opened.read_only}. What is typed here is in no file."
    return Saving(SaveState.READ_ONLY, whole, f"Nothing is saved: {opened.read_only}.")


def _steps(recorded: Iterable[Recorded]) -> tuple[Step, ...]:
    return tuple(Step(each.id, each.label, each.at, each.changes) for each in recorded)
