"""A program that edits one session, for the tests of its history."""

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from facilitator.model import edits
from facilitator.model.changes import diff
from facilitator.model.session import Parked, Session
from facilitator.store import codec
from facilitator.store.history import state
from facilitator.store.ids import new_id
from facilitator.store.steps import Recorded
from facilitator.store.store import Store

NOON = datetime(2026, 11, 15, 12, tzinfo=UTC)
SESSION = Session(id="01ABC", title="Checkout errors", created=NOON)


def new_store(folder: Path) -> Path:
    """Make a store with the session in it, and return its folder."""
    Store(folder, cache=folder.parent / "cache").create(SESSION)
    return folder


def journal_in(folder: Path) -> Path:
    """Return where the history of the session is."""
    return folder / ".facilitator" / "history" / f"{SESSION.id}.jsonl"


class Writer:
    """A program that has the session open, and notes what the session was after each of its saves."""

    def __init__(self, folder: Path, who: str = "alice") -> None:
        self.store = Store(folder, cache=folder.parent / "cache", who=who)
        self.opened = self.store.open(SESSION.id)

    @property
    def session(self) -> Session:
        return self.opened.session

    def save(self, session: Session, label: str = "edit") -> Session:
        changes = diff(self.session, session)
        step = Recorded(id=new_id(), at=datetime.now(UTC), label=label, changes=changes)
        self.opened = self.store.save(self.opened, session, [step])
        return self.session

    def write(self, text: str) -> Session:
        """Save another summary."""
        return self.save(edits.set_field(self.session, "summary", text))

    def park(self, text: str) -> Session:
        """Save another topic."""
        return self.save(edits.add(self.session, Parked(id=new_id(), text=text)))

    def recorded(self) -> tuple[Recorded, ...]:
        return self.store.history(SESSION.id)

    def states(self) -> list[Session | None]:
        """Return the state after every step, in their order."""
        recorded = self.recorded()
        return [state(recorded[: number + 1]) for number in range(len(recorded))]


def outside(writer: Writer, summary: str) -> None:
    """Replace the file as another program does, which knows nothing of histories."""
    session = edits.set_field(codec.loads(writer.opened.path.read_bytes()), "summary", summary)
    writer.opened.path.write_bytes(codec.dumps(session))


def labels(recorded: Iterable[Recorded]) -> list[str]:
    return [step.label for step in recorded]
