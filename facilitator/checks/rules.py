"""A rule about language: which words it is about, where, why, and what to ask instead. A plain value."""

from enum import StrEnum

import msgspec

from facilitator.checks.finding import Category


class Context(StrEnum):
    """What a text is for; the same words are blame in one place and a plain fact in another."""

    SUMMARY = "summary"
    TIMELINE = "timeline"
    ROOT_CAUSE = "root_cause"
    WHY_ANSWER = "why_answer"
    FACTOR = "factor"
    LESSON = "lesson"
    ACTION = "action"
    RESPONSE = "response"
    CHAT = "chat"


class WordClass(msgspec.Struct, frozen=True):
    """Words with one name in capitals, by which patterns speak of all of them; of verbs, `words` holds the bases."""

    name: str
    words: tuple[str, ...]
    verbs: bool = False


class Rule(msgspec.Struct, frozen=True, kw_only=True):
    """What a rule points out.

    `said` holds patterns (see `patterns`); one of them is enough. It is no finding when one of `unless` stands in the
    same clause. `contexts` are those in which it counts, all when empty, `not_in` those in which it does not. With
    `beside` it only counts in a sentence with a finding of one of these categories, and without `said` it goes with
    that finding. `asked` tells that it counts in questions too, `explained` that it is fine when the sentence goes on
    to the condition behind it. `classes` are the word classes that the patterns name. `why` is for the person who
    reads the finding, `question` what to ask instead, `rewrite` a form for {do}, {doing} or {thing}: what follows ">"
    in a pattern. `source` names the practice that the rule comes from.
    """

    id: str
    category: Category
    said: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    contexts: tuple[Context, ...] = ()
    not_in: tuple[Context, ...] = ()
    beside: tuple[Category, ...] = ()
    asked: bool = False
    explained: bool = False
    why: str
    question: str
    rewrite: str = ""
    source: str = ""
    classes: tuple[WordClass, ...] = ()
