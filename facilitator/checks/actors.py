"""Who: which words of a sentence name a person, a role or a team, and which a part of a system."""

from collections.abc import Collection
from enum import StrEnum
from functools import lru_cache

import msgspec

from facilitator.checks.given_names import GIVEN_NAMES
from facilitator.checks.people_words import (
    ADVERBS,
    ATTACKERS,
    AUXILIARIES,
    COMMON_NOUNS,
    CONJUNCTIONS,
    CROWD,
    DETERMINERS,
    GROUP_NOUNS,
    GROUPS_AS_SUBJECT,
    HUMAN_MODIFIERS,
    MARKS,
    MOSTLY_SYSTEMS,
    NEGATIONS,
    NOT_ADVERBS,
    NUMERALS,
    ORGANISATIONS,
    PERSON_NOUNS,
    PREPOSITIONS,
    PRONOUNS,
    SUBORDINATORS,
    SYSTEM_MODIFIERS,
    TECHNICAL,
    TOOLS,
)
from facilitator.checks.verbs import is_past
from facilitator.checks.words import NUMBER, QUOTED, Sentence, words_of

WIDEST = 6
"""How many words of a noun phrase are looked at."""


class Kind(StrEnum):
    """What a noun phrase names.

    A crowd are those whom the system serves. A group that may be a thing is maybe people, and so is what looks like a
    name; elided is a subject that nobody names.
    """

    US = "us"
    YOU = "you"
    OTHER = "other"
    NOBODY = "nobody"
    MAYBE = "maybe"
    NAME = "name"
    CROWD = "crowd"
    ELIDED = "elided"
    THING = "thing"


PEOPLE_KINDS = frozenset((Kind.US, Kind.YOU, Kind.OTHER, Kind.NOBODY))
"""Those that are people for certain."""


class People(msgspec.Struct, frozen=True):
    """The people of a session: names, and the roles they had, both in lower case."""

    names: frozenset[str] = frozenset()
    roles: frozenset[str] = frozenset()


class Known(msgspec.Struct, frozen=True):
    """The words by which the people of a session are known: words of their names, and the last ones of roles."""

    names: frozenset[str]
    roles: frozenset[str]


_OFFICES = (
    {
        ("control", "room"),
        ("war", "room"),
        ("service", "desk"),
        ("help", "desk"),
        ("product", "owner"),
        ("back", "office"),
        ("front", "office"),
        ("front", "desk"),
        ("customer", "service"),
        ("customer", "support"),
        ("customer", "care"),
        ("tech", "support"),
        ("technical", "support"),
        ("command", "post"),
        ("call", "centre"),
        ("call", "center"),
        ("contact", "centre"),
        ("ground", "staff"),
    }
    | {(which, what) for which in ("first", "second", "third") for what in ("line", "level")}
    | {(when, "shift") for when in ("night", "day", "early", "late", "evening", "weekend", "previous")}
)
"""Two words that stand for the people who are there."""

_BEFORE_THEY = 14
_LETTERED = frozenset(("team", "squad", "shift", "group", "engineer", "operator"))
"""What people are told apart by a letter or a number: "team B"."""

_BEFORE_GROUPS = words_of("""
and but from in by of on if because when while although that as since so until before after whether with why did does do
has had have would could should not to then where
""") | {""}
"""After these a group that may be a thing stands without an article, and so for its people: "because support"."""

_NOT_NAMES = DETERMINERS | PREPOSITIONS | CONJUNCTIONS | AUXILIARIES | NEGATIONS | ADVERBS | NUMERALS
_ON_DUTY = (["on", "duty"], ["on", "shift"], ["on", "call"])
_SYSTEMS = words_of("""
server router scheduler balancer container cluster worker controller broker loader runner logger buffer computer
driver handler monitor sensor processor connector error mirror adapter exporter crawler parser compiler
""")
_NOUN_ENDINGS = (
    "tion", "sion", "ment", "ness", "ity", "ance", "ence", "ing", "ism", "ure", "age", "ware", "s", "ed", "ly", "able",
    "ful", "ous", "less", "ive",
)  # fmt: skip
_ACTS = ("er", "or", "ist", "ian", "ant", "lead", "ee", "ain")


@lru_cache(maxsize=16)
def known(people: People) -> Known:
    """Return the words of names and roles. A role counts when it sounds like one: "release captain", not "payments"."""
    names = {
        word
        for name in people.names
        for word in name.removeprefix("@").replace(",", " ").split()
        if len(word) > 1 and word not in _NOT_NAMES and word not in GROUP_NOUNS
    }
    roles = {role.split()[-1] for role in people.roles if role.split()}
    return Known(frozenset(names), frozenset(each for each in roles if each.endswith(_ACTS) and each not in _SYSTEMS))


def is_adverb(word: str) -> bool:
    """Tell whether a word says how, and may stand between the others anywhere."""
    return word in ADVERBS or (word.endswith("ly") and len(word) > 4 and word not in NOT_ADVERBS)


def ends_phrase(word: str) -> bool:
    """Tell whether no noun phrase goes on past this word."""
    return word in PREPOSITIONS or word in CONJUNCTIONS or word in MARKS or word in AUXILIARIES or word in NEGATIONS


def kind_of(sentence: Sentence, place: int, who: Known) -> Kind:
    """Return what the noun phrase names whose last word is at a place."""
    return _kind(sentence, place, sentence.words[place], who)


def owns(sentence: Sentence, place: int, who: Known) -> bool:
    """Tell whether the word at a place, such as "engineer's", says that something is a person's."""
    word = sentence.words[place].removesuffix("'s")
    return bool(word) and _kind(sentence, place, word, who) in (Kind.US, Kind.OTHER)


def _kind(sentence: Sentence, place: int, word: str, who: Known) -> Kind:
    before = sentence.words[place - 1] if place else ""
    if word in PRONOUNS:
        if word == "it" and sentence.written(place) == "IT":
            return Kind.MAYBE
        if word == "they":
            return _they(sentence, place, who)
        return Kind.NOBODY if word == "one" and before == "no" else Kind(PRONOUNS[word])
    if word in who.names or word in who.roles or word[0] == "@" or (before, word) in _OFFICES:
        return Kind.OTHER
    if word in (QUOTED, NUMBER) or word in MARKS:
        return _numbered(sentence, place)
    if word.endswith(_ACTS) and sentence.words[place + 1 : place + 3] in _ON_DUTY[:2]:
        return Kind.OTHER  # "the scheduler on duty"
    if word in CROWD:
        after = sentence.words[place + 1 : place + 2]
        in_charge = (
            word == "people" and after and after[0] in ("in", "on", "at", "from", "who", "responsible", "behind")
        )
        return Kind.OTHER if in_charge and before == "the" else _crowd(word, before)
    if word in PERSON_NOUNS:
        return Kind.THING if word in TECHNICAL and _technical(sentence, place, word) else _negated(sentence, place)
    if word in GROUP_NOUNS:
        return _group(sentence, place, word, before)
    return Kind.OTHER if before in _LETTERED and len(word) < 3 else _named(sentence, place, word)


def _they(sentence: Sentence, place: int, who: Known) -> Kind:
    """Return who "they" are: people, unless things were spoken of before."""
    for here in range(place - 1, max(-1, place - _BEFORE_THEY), -1):
        word = sentence.words[here]
        if word.endswith("s") and len(word) > 3 and word not in PRONOUNS:
            return Kind.MAYBE if _kind(sentence, here, word, who) in (Kind.THING, Kind.CROWD) else Kind.OTHER
    return Kind.OTHER


def _crowd(word: str, before: str) -> Kind:
    """Return who a crowd is: "three people" did something, "people" are those whom the system serves."""
    if word == "user":
        return Kind.THING if before == "malicious" else Kind.MAYBE
    counted = before in NUMERALS or before in (NUMBER, "of", "our", "these", "those")
    return Kind.OTHER if word == "people" and counted else Kind.CROWD


def _numbered(sentence: Sentence, place: int) -> Kind:
    """Return other for the number in "team 2"."""
    before = sentence.words[place - 1] if place else ""
    if sentence.words[place] != NUMBER or before not in _LETTERED:
        return Kind.THING
    return Kind.THING if before in TECHNICAL and _technical(sentence, place - 1, before) else Kind.OTHER


def _negated(sentence: Sentence, place: int) -> Kind:
    """Return nobody for "no engineer" and "not a single reviewer", else somebody."""
    first = max(0, place - 4)
    return Kind.NOBODY if any(word in ("no", "none", "neither") for word in sentence.words[first:place]) else Kind.OTHER


def _technical(sentence: Sentence, place: int, word: str) -> bool:
    """Tell whether a word such as operator, manager or driver is a part of a system here."""
    before = sentence.words[place - 1] if place else ""
    if before in HUMAN_MODIFIERS and word in _LEADING and word.endswith("s"):
        return False  # "the network planners": of a part of a system there is one
    if before in SYSTEM_MODIFIERS or before in (QUOTED, NUMBER) or ("-" in before and word in MOSTLY_SYSTEMS):
        return True
    if before and before not in DETERMINERS and sentence.written(place - 1).isupper() and len(before) > 2:
        return True
    if sentence.words[place + 1 : place + 3] in _ON_DUTY:
        return False
    if word in MOSTLY_SYSTEMS - _LEADING and before and before not in DETERMINERS and not ends_phrase(before):
        return before not in HUMAN_MODIFIERS and not is_adverb(before) and not before.endswith("'s")
    if word in _PROGRAMS and before in DETERMINERS and not before.endswith("'s"):
        return True
    around = sentence.words[max(0, place - 12) : place + 12]
    return word.startswith("operator") and any(each in _IN_KUBERNETES for each in around)


_LEADING = words_of("manager managers leader leaders planner planners dispatcher dispatchers coordinator coordinators")
"""Those that are people after most words, and parts of systems only after one of a system."""

_PROGRAMS = words_of(
    "controller controllers installer installers handler handlers driver drivers builder builders helper helpers"
)
"""Those that are parts of systems even alone."""

_IN_KUBERNETES = words_of("""
kubernetes k8s pod pods reconcile reconciles reconciled reconciliation crd crds namespace helm operator's deployment
statefulset
""")


def _group(sentence: Sentence, place: int, word: str, before: str) -> Kind:
    if word in ("provider", "providers"):
        return Kind.THING if before in SYSTEM_MODIFIERS - {"cloud", "network"} else Kind.MAYBE
    if word == "group":
        return Kind.MAYBE
    if word in GROUPS_AS_SUBJECT:
        return _negated(sentence, place)
    if before in _BEFORE_GROUPS or before in MARKS or place == sentence.begins:
        return Kind.MAYBE
    if before in HUMAN_MODIFIERS or before in GROUP_NOUNS or before.endswith("'s"):
        return Kind.MAYBE
    named = sentence.written(place - 1)
    return Kind.MAYBE if named.istitle() and named.isalpha() and place - 1 > sentence.begins else Kind.THING


def _named(sentence: Sentence, place: int, word: str) -> Kind:
    if word in ATTACKERS:
        return Kind.THING
    bare = word.removesuffix("'s")
    if bare in GIVEN_NAMES:
        return Kind.OTHER
    if word in ORGANISATIONS:
        return Kind.NAME
    if word in _NOT_NAMES:
        return Kind.THING
    written = sentence.written(place)
    if place and sentence.words[place - 1] in GIVEN_NAMES and written.istitle():  # a surname
        return Kind.OTHER
    if not written.isalpha() or word in TOOLS:
        return Kind.THING
    if place > sentence.begins:
        return Kind.NAME if written.istitle() and len(written) > 2 else Kind.THING
    if written.isupper():
        return Kind.NAME if 1 < len(written) < 6 else Kind.THING
    return Kind.NAME if written.istitle() and len(written) > 2 and not _is_common(word) else Kind.THING


def _is_common(word: str) -> bool:
    """Tell whether a word that begins a sentence, and so has a capital, is more likely a common noun than a name."""
    return word in COMMON_NOUNS or word.endswith(_NOUN_ENDINGS)


def people_ahead(sentence: Sentence, place: int, who: Known, kinds: Collection[Kind]) -> int:
    """Return the place after a noun phrase of one of these kinds that begins at a place, or -1 when there is none."""
    words = sentence.words
    found = -1
    for here in range(place, min(len(words), place + WIDEST)):
        word = words[here]
        if word == "of" and words[here - 1] in NUMERALS and here > place:
            continue
        if word in MARKS or word in AUXILIARIES or word in PREPOSITIONS or word in CONJUNCTIONS:
            break
        if found > 0 and word in SUBORDINATORS:
            break
        if kind_of(sentence, here, who) in kinds and word not in DETERMINERS:
            found = here + 1
            if word in PRONOUNS:
                break
        elif found > 0:
            # "the operator pod" is no operator; "the engineer restarting it" is an engineer
            return found if is_adverb(word) or _after_person(word, words[here - 1]) else -1
    return found


def _after_person(word: str, before: str) -> bool:
    """Tell whether a word after a person is no part of what names them, as it is in "the operator pod"."""
    if word in DETERMINERS or word in NUMERALS or word in (NUMBER, QUOTED) or word in SUBORDINATORS or is_past(word):
        return True
    return before not in TECHNICAL and word not in _THINGS and not word.endswith(("tion", "tions", "ment", "ments"))


_THINGS = words_of("""
access account accounts area behaviour board calendar channel channels chat code console credential credentials
dashboard data desk docs email error errors experience group groups guide handbook id ids identity input interface key
keys laptop laptops list lists login logins machine machines mailing meeting meetings mistake mistakes name names page
pages permission permissions pod pods policy portal process processes queue record records repo request requests
review reviews role roles rota rotation schedule script service services session sessions shell side site space system
systems team teams ticket tickets token tokens tool tools topology training user users wiki workflow workload
workstation
""")
