"""What the screens need from outside. It loads nothing of a session, so that home is there at once."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from facilitator.app.librarian import Librarian
from facilitator.model.agendas import AGENDAS, Agenda
from facilitator.model.cue_values import Cue, Used
from facilitator.model.ground_rules import GROUND_RULES
from facilitator.model.voices import Voices
from facilitator.model.whys import Wording
from facilitator.redaction.profiles import PROFILES, Profile
from facilitator.review.rules import ReviewRules
from facilitator.settings.views import SavedView
from facilitator.store.store import Store

if TYPE_CHECKING:
    from facilitator.checks.compiled import Rules
    from facilitator.intake.sifting.proposal_values import ProposalRules


def _no_rules() -> "Rules":
    from facilitator.checks.compiled import compiled

    return compiled(())


def _no_proposals() -> "ProposalRules":
    from facilitator.intake.sifting.proposal_values import ProposalRules

    return ProposalRules(rules=())


@dataclass(slots=True)
class Author:
    """Who works here, as comments and approvals name them; empty until it is known."""

    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What the screens are given: the store, the clocks, and what the settings say.

    What is left here is kept for as long as the program runs, by the ids of sessions.
    """

    store: Store
    library: Librarian
    """Answers questions about all sessions; ask it in a thread."""
    now: Callable[[], datetime]
    seconds: Callable[[], float]
    """A clock that only goes forward, by which meetings are timed."""
    categories: tuple[str, ...]
    keymap: Mapping[str, str]
    views: tuple[SavedView, ...] = ()
    """Queries that have a name, the user's own first."""
    wording: Wording = Wording.POSSIBLE
    agendas: tuple[Agenda, ...] = AGENDAS
    ground_rules: tuple[str, ...] = GROUND_RULES
    places: dict[str, str] = field(default_factory=dict)
    """The place at which each session was left."""
    cues: Callable[[], tuple[Cue, ...]] = tuple
    """Gives the cues to offer from; they are read when a session needs them."""
    cues_used: dict[str, Used] = field(default_factory=dict)
    """The cues that were used in each session."""
    rules: "Callable[[], Rules]" = _no_rules
    """Gives the rules about language; they are read when a session needs them."""
    sensitive: tuple[str, ...] = ()
    """Patterns of what else is sensitive."""
    proposals: "Callable[[], ProposalRules]" = _no_proposals
    """Gives the rules by which drafts are proposed; they are read when drafts are sifted."""
    profiles: tuple[Profile, ...] = tuple(PROFILES.values())
    """For whom a session is published, and what of it is replaced for them."""
    review: ReviewRules = field(default_factory=ReviewRules)
    """What a review requires."""
    author: Author = field(default_factory=Author)
    columns: Path = Path("columns.json")
    """Where it is kept which column of a file holds what."""
    voices: dict[str, Voices] = field(default_factory=dict)
    """Who was heard in the meeting about each session. It is kept nowhere else."""
