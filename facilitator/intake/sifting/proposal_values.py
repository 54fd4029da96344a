"""What makes a draft worth a place on the timeline, as plain values: rules, guards, and what is proposed."""

from enum import StrEnum

import msgspec

from facilitator.intake.drafts import Signal
from facilitator.model.session import Milestone


class Look(StrEnum):
    """What a rule looks at when it is not the words of a draft."""

    REACTIONS = "reactions"
    REPLIES = "replies"
    SERVICE = "first mention of a service"
    UNANSWERED = "a question without an answer"
    CHANGE = "the last change before the first alert"


class Guard(StrEnum):
    """Why words do not count: they are denied, only thought of, asked, or about another time."""

    NOT = "not"
    MAYBE = "maybe"
    ASKED = "asked"
    ELSEWHEN = "elsewhen"


class ProposalRule(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One reason to propose a draft.

    `why` is a short clause that is said to the person. `weight`, 1 to 99, is how much it counts: of several, each takes
    its share of what is left to 100. It applies where one of `phrases` (see `wordings`), `patterns` (regular
    expressions) or `links` (parts of an address) stands in the text and none of `unless` in the same sentence, or where
    the draft has one of `signals`, or by what it `looks` at; with `kinds`, only to records of these kinds. `even` names
    the guards that do not hold it back. A `near` rule counts only while something is wrong in the same place: from
    shortly before to some time after a draft to which an `alarm` rule applies. A `change` may have started it all.
    """

    id: str
    why: str
    weight: int
    phrases: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    signals: tuple[Signal, ...] = ()
    looks: Look | None = None
    milestone: Milestone | None = None
    kinds: tuple[str, ...] = ()
    even: tuple[Guard, ...] = ()
    near: bool = False
    alarm: bool = False
    change: bool = False


class ProposalRules(msgspec.Struct, frozen=True, kw_only=True):
    """The rules to propose by, the lists of words that phrases name, and the words of the guards.

    `least` is the weight from which on a draft is proposed. `denying` and `supposing` are words that count before a
    phrase in its clause, `asking` begin a question, `elsewhen` are phrases anywhere in the sentence. `places` are words
    in the name of a channel by which it is one for incidents.
    """

    rules: tuple[ProposalRule, ...]
    least: int = 50
    lists: dict[str, tuple[str, ...]] = {}
    denying: tuple[str, ...] = ()
    supposing: tuple[str, ...] = ()
    asking: tuple[str, ...] = ()
    elsewhen: tuple[str, ...] = ()
    places: tuple[str, ...] = ()


class Proposal(msgspec.Struct, frozen=True):
    """That the draft called `id` belongs on the timeline: how much speaks for it, why, and what it may mark."""

    id: str
    weight: int
    reasons: tuple[str, ...]
    milestone: Milestone | None = None
