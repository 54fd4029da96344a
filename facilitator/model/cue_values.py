"""What a cue is: a neutral question, and the moment that it fits."""

from enum import StrEnum

import msgspec

from facilitator.model.session import Milestone

PLACES = (
    "opening", "incident", "timeline", "response", "whys", "factors", "lessons", "actions", "document", "closing",
    "parking lot",
)  # fmt: skip
"""Where a cue can fit: the phases, and what stands around them."""


class Heard(StrEnum):
    """What was just said, by its kind. The last four are told by people or a screen: no line of text shows them."""

    FIX = "a fix"
    COUNTERFACTUAL = "a counterfactual"
    PERSON = "a person as a cause"
    OBVIOUS = "obviousness"
    JUDGEMENT = "a judgement"
    KNOWLEDGE = "knowledge"
    NORMALITY = "normality"
    MIND = "a state of mind"
    HELP = "a call for help"
    DECISION = "a decision"
    OBSERVATION = "an observation"
    AGREEMENT = "quick agreement"
    SILENCE = "silence"
    ONE_VOICE = "one voice"
    DEFENCE = "defence"


class Missing(StrEnum):
    """What a session lacks at a place, or at the marked row of it; the last one of a factor that was seen before."""

    BEFORE = "entries before"
    AFTER = "entries after"
    SECOND_ANSWER = "a second answer"
    CONDITION = "a condition behind a person"
    EVIDENCE = "evidence"
    ACTION = "an action"
    CHECK = "a way to see that it worked"
    PARTICIPANTS = "participants"
    DETECTION = "detection"
    MITIGATOR = "a mitigator"
    MILESTONES = "milestones"
    RECURRENCE = "what kept it in place"


class Cue(msgspec.Struct, frozen=True, kw_only=True):
    """A question with an id that never changes, and when it fits.

    `places` are some of `PLACES`, everywhere when empty. It is asked only at an entry that marks one of `milestones`,
    only `after` something like that was said, only where something of `missing` is missing; an empty one asks for
    nothing. `source` names the practice that it comes from.
    """

    id: str
    question: str
    places: tuple[str, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    after: tuple[Heard, ...] = ()
    missing: tuple[Missing, ...] = ()
    source: str = ""


class Used(msgspec.Struct, frozen=True):
    """The ids of the cues that were used in a meeting, the last one last. A plain value, to be kept or stored."""

    ids: tuple[str, ...] = ()

    def plus(self, cue_id: str) -> "Used":
        """Return this with one more cue used; one that was used before comes last again."""
        return Used((*(each for each in self.ids if each != cue_id), cue_id))
