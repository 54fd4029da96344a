"""What the preview of a redaction knows: the replacements, what is left out, what was not checked, and the yes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from facilitator.app.panels.labels import label
from facilitator.model.edits import LISTS
from facilitator.model.item import Item
from facilitator.model.private import published
from facilitator.model.session import Action, Entry, Factor, Session
from facilitator.model.told import field_told, kind_told
from facilitator.redaction.consent import ConsentState, state_of
from facilitator.redaction.profiles import Profile
from facilitator.redaction.redacting import Redacted, redacting
from facilitator.redaction.unchecked import Unchecked, unchecked


@dataclass(frozen=True, slots=True)
class Preview:
    """A session for the readers of a profile. `items` are all of it by id, `left_out` those they do not get."""

    session: Session
    profile: Profile
    result: Redacted
    unchecked: tuple[Unchecked, ...]
    consent: ConsentState
    items: Mapping[str, Item]
    left_out: tuple[Item, ...]

    @property
    def replaced(self) -> int:
        """How many words are replaced."""
        return sum(not each.kept for each in self.result.replacements)

    @property
    def kept(self) -> int:
        """How many words stay because somebody decided so."""
        return len(self.result.replacements) - self.replaced

    @property
    def summary(self) -> str:
        """What is replaced and left out, in one line."""
        parts = [f"{self.replaced:,} replaced"]
        parts += [f"{self.kept:,} stay"] if self.kept else []
        parts += [f"{len(self.left_out):,} left out"] if self.left_out else []
        return ", ".join(parts)

    def named(self, about: str, place: str) -> str:
        """Return in few words where a text stands: "14:22", "A2 owner", "summary"."""
        item = self.items.get(about)
        if item is None:
            return field_told(place)
        short = label(self.session, item) if isinstance(item, Entry | Factor | Action) else kind_told(item)
        return short if place == "text" else f"{short} {field_told(place)}"


def preview(session: Session, profile: Profile, patterns: Sequence[str]) -> Preview:
    """Return the preview of a session for the readers of a profile. It takes a while, and is called in a thread."""
    result = redacting(session, profile, patterns)
    items = {each.id: each for name in LISTS.values() for each in getattr(session, name)}
    shown = {each.id for name in LISTS.values() for each in getattr(result.session, name)}
    listed = published(session)
    possible = (each for name in LISTS.values() if name != "conflicts" for each in getattr(listed, name))
    left_out = tuple(each for each in possible if each.id not in shown)
    state = state_of(session, profile, result)
    return Preview(session, profile, result, unchecked(result, profile), state, items, left_out)
