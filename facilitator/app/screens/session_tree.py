"""The keys of the why tree: up and down a level, join with the row above, fold."""

from collections.abc import Callable

from facilitator.app.filing import Edit
from facilitator.app.screens.session_shared import SessionShared
from facilitator.model import whytree
from facilitator.model.edits import EditError
from facilitator.model.open_ends import in_step
from facilitator.model.session import Session, Why
from facilitator.store.ids import new_id


class SessionTree(SessionShared):
    """Edits the shape of the why tree."""

    def action_promote(self) -> None:
        """Move the marked answer up a level."""
        self._reshape(whytree.promote, "move a why up a level")

    def action_demote(self) -> None:
        """Make the marked why an answer to the one above it."""
        self._reshape(whytree.demote, "move a why down a level")

    def action_join(self) -> None:
        """Join the marked why with the one above it."""
        above = whytree.above(self.session, self._key) if isinstance(self.desk.item, Why) else None
        self._reshape(whytree.joined, "join two whys", above.id if above is not None else "")

    def action_fold(self) -> None:
        """Fold away what is below the marked row, or show it again."""
        fold = self.desk.panel.fold
        if fold is None or not any(why.parent == self._key for why in self.session.whys):
            self.say("Nothing to fold here. Whys with answers can be folded.")
            return
        fold(self._key)
        self.redraw(self._key)

    def _reshape(self, change: Callable[[Session, str], Session], label: str, key: str = "") -> None:
        item = self.desk.item
        if not isinstance(item, Why):
            self.say("Only whys have levels.")
            return
        try:
            after, said = in_step(self.session, change(self.session, item.id), item.id, new_id)
            self.apply(Edit(after, label, key or item.id, said))
        except EditError as error:
            self.say(f"It stays where it is: {error}.")
