"""What the screens need from outside. It loads nothing of a session, so that home is there at once."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from facilitator.model.cue_values import Cue, Used
from facilitator.model.whys import Wording
from facilitator.store.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """The store, the clock, the categories, the keymap and the wording of the whys, and where each session was left."""

    store: Store
    now: Callable[[], datetime]
    categories: tuple[str, ...]
    keymap: Mapping[str, str]
    wording: Wording = Wording.POSSIBLE
    places: dict[str, str] = field(default_factory=dict)
    """The place at which each session was left, by its id."""
    cues: Callable[[], tuple[Cue, ...]] = tuple
    """Gives the cues to offer from; they are read when a session needs them."""
    cues_used: dict[str, Used] = field(default_factory=dict)
    """The cues that were used in each session, by its id."""
