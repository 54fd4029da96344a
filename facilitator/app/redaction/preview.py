"""What the preview of a redaction knows: the replacements, what is left out, what was not checked, and the yes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from facilitator.app.panels.labels import label
from facilitator.model.edits import LISTS
from facilitator.model.item import Item
from facilitator.model.private import published
from facilitator.model.session import Action, Entry, Factor, Question, Session
from facilitator.model.told import field_told, kind_told
from facilitator.redaction.accepted import Accepted
from facilitator.redaction.consent import ConsentState, state_of
from facilitator.redaction.profiles import Profile
from facilitator.redaction.redacting import Redacted, redacting
from facilitator.redaction.staying import staying_told
from facilitator.redaction.unchecked import Unchecked, unchecked


@dataclass(frozen=True)
class Preview:
    """A session for the readers of a profile. `items` are all of it by id, `left_out` those they do not get.

    `since` tells what changed since a yes that is void, where that is known. What takes a look at all replacements is
    kept: the line above the preview is drawn at each key.
    """

    session: Session
    profile: Profile
    result: Redacted
    unchecked: tuple[Unchecked, ...]
    consent: ConsentState
    items: Mapping[str, Item]
    left_out: tuple[Item, ...]
    since: str = ""

    @cached_property
    def accepted(self) -> Accepted:
        """What somebody has looked at and agreed to."""
        return Accepted(self.session, self.profile)

    @cached_property
    def replaced(self) -> int:
        """How many words are replaced."""
        return sum(not each.kept for each in self.result.replacements)

    @property
    def kept(self) -> int:
        """How many words stay because somebody decided so."""
        return len(self.result.replacements) - self.replaced

    @cached_property
    def summary(self) -> str:
        """What is replaced and left out, in one line."""
        parts = [f"{self.replaced:,} replaced"]
        left = sum(not self.accepted.looked_at(each) for each in self.result.replacements)
        parts += [f"{self.kept:,} stay"] if self.kept else []
        parts += [f"{left:,} to look at"] if left else []
        parts += [f"{len(self.left_out):,} left out"] if self.left_out else []
        return ", ".join(parts)

    @cached_property
    def staying(self) -> str:
        """Which keys, passwords and tokens stay in it because somebody decided so, in a line; nothing for none."""
        return staying_told(self.result.replacements, self.named)

    def named(self, about: str, place: str) -> str:
        """Return in few words where a text stands: "14:22", "A2 owner", "Q1 owner", "summary"."""
        item = self.items.get(about)
        if item is None:
            return field_told(place)
        if isinstance(item, Question):
            short = f"Q{self.session.questions.index(item) + 1}"
        else:
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
