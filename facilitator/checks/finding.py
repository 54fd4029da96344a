"""A finding: what a check points out, where, why, and what to ask instead. Advice, never an obstacle."""

from enum import StrEnum

import msgspec


class Category(StrEnum):
    """What a finding is about. The first six are those of blame language."""

    PERSON = "person_as_cause"
    JUDGEMENT = "judgement"
    COUNTERFACTUAL = "counterfactual"
    HINDSIGHT = "hindsight"
    REMEDY = "punitive_or_empty_remedy"
    STOPS = "single_cause_person_stop"
    TIMELINE = "timeline"
    DEPTH = "depth"
    ACTION = "action"
    SENSITIVE = "sensitive_data"


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """Something that a rule points out.

    `rule` is the id of the rule. `about` is the id of the item, or empty for the session itself; `field` is the name of
    the field whose text it is in, such as "text" or "impact.prose", or empty when it is in no text. `start` and `end`
    are the place of the words in that text, counted in characters; both 0 when it is in no text. `words` are these
    words. `why` is one sentence for the person who reads it, `question` what to ask instead; `rewrite` is the sentence
    in other words, or empty when none can be made of it.
    """

    rule: str
    category: Category
    about: str = ""
    field: str = ""
    start: int = 0
    end: int = 0
    words: str = ""
    why: str
    question: str
    rewrite: str = ""
