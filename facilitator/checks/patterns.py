"""Patterns: a phrase as data, and whether it stands at a place in a sentence.

A pattern is words, in any case:

    forgot/overlooked   one of these words
    careless*           a word that begins so; *ing, one that ends so
    that?               a word that may be missing
    ...                 up to four words in between, within the clause
    DUTY                a word of that class; of a class of verbs DUTYed, DUTYing and DUTYs are its forms
    ^                   the beginning of a sentence or of a clause after a mark
    $                   the end of one
    >                   here begins what was done or left out, for the rewrite

Capitals stand for who, before a verb its subject: PEOPLE, US (I, we), OTHERS (people but not us), NOBODY, SOMEBODY
(people, or what may be people, or nobody named: "forgot to mute it"), THEM (OTHERS, or what may be), NAMED (those, or
what looks like a name), UNSAID (nobody is named), WHOSE (my, the team's). With "..." after it, it is the subject of the
clause. NUMBER is any number or time, PAST any verb in the past.
Adverbs may stand between any two words.
"""

import re
from collections.abc import Iterable
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from facilitator.checks.actors import WIDEST, Kind, Known, is_adverb, owns, people_ahead
from facilitator.checks.clauses import Actor, clause_subject, subject
from facilitator.checks.people_words import DETERMINERS, MARKS
from facilitator.checks.rules import WordClass
from facilitator.checks.verbs import is_past, spellings
from facilitator.checks.words import NUMBER, Sentence, words_of

PAST = "\ue002"
"""The word that stands for any verb in the past."""

LETTERS = 4
"""How many letters at least are before "*" in the word by which a pattern is found."""

WIDEST_GAP = 4
MOST_STEPS = 14
_FARTHEST_SPAN = 7
_MOST_ADVERBS = 2
_CLASS = re.compile(r"([A-Z][A-Z_]*[A-Z])(s|ed|ing)?")
_POSSESSIVE = words_of("my our his her their your whose")


class PatternError(ValueError):
    """A pattern cannot be understood; the message says why."""


class Mark(StrEnum):
    """A step that is no word."""

    WORD = ""
    GAP = "..."
    BEGIN = "^"
    END = "$"
    DONE = ">"
    WHO = "who"
    WHOSE = "WHOSE"


class Step(NamedTuple):
    """One step of a pattern: the words it may be, how they may begin and end, or another mark."""

    mark: Mark
    words: frozenset[str] = frozenset()
    stems: tuple[str, ...] = ()
    endings: tuple[str, ...] = ()
    optional: bool = False
    kinds: frozenset[Kind] = frozenset()

    def takes(self, word: str) -> bool:
        """Tell whether this may be the word."""
        return (
            word in self.words
            or (PAST in self.words and is_past(word))
            or (bool(self.stems) and word.startswith(self.stems))
            or (bool(self.endings) and word.endswith(self.endings))
        )


class Pattern(NamedTuple):
    """What comes before the first word, and the steps from `first`, that word, on.

    It is found by `rare`, the first step that is no everyday word; `back` says how many words before it at most the
    first one stands, 0 when they are the same.
    """

    before: tuple[Step, ...]
    steps: tuple[Step, ...]
    first: Step
    rare: Step
    back: int


class Match(NamedTuple):
    """Where a pattern stands, in words, and where the ">" in it is, or -1."""

    start: int
    end: int
    done: int


_WHO: dict[str, frozenset[Kind]] = {
    "PEOPLE": frozenset((Kind.US, Kind.YOU, Kind.OTHER, Kind.NOBODY)),
    "US": frozenset((Kind.US,)),
    "OTHERS": frozenset((Kind.OTHER,)),
    "NOBODY": frozenset((Kind.NOBODY,)),
    "SOMEBODY": frozenset((Kind.US, Kind.YOU, Kind.OTHER, Kind.NOBODY, Kind.MAYBE, Kind.NAME, Kind.ELIDED)),
    "THEM": frozenset((Kind.OTHER, Kind.MAYBE)),
    "NAMED": frozenset((Kind.OTHER, Kind.MAYBE, Kind.NAME)),
    "UNSAID": frozenset((Kind.ELIDED,)),
}
_EVERYDAY = words_of("""
not was were is are be been being am to did do does have had has should could would must need in of that no we it and
the with by if as a an for this so when all what on at from or i they you never more will can may than which who
""")
_WIDEST = {
    Mark.WORD: 1 + _MOST_ADVERBS, Mark.GAP: WIDEST_GAP, Mark.BEGIN: 0, Mark.END: 0, Mark.DONE: _MOST_ADVERBS,
    Mark.WHO: WIDEST + 1, Mark.WHOSE: WIDEST + 1,
}  # fmt: skip
_SIGNS = {"$": "", "NUMBER": NUMBER, "PAST": PAST}
RESERVED = (*_WHO, "WHOSE", "NUMBER", "PAST")
"""The names in capitals that are no word classes."""


def parsed(text: str, classes: Iterable[WordClass] = ()) -> Pattern:
    """Return a pattern from its text. Raises PatternError."""
    by_name = {each.name: each for each in classes}
    steps = [_step(word, by_name) for word in text.split()]
    if len(steps) > MOST_STEPS:
        raise PatternError(f"has more than {MOST_STEPS} words")
    first = next((place for place, step in enumerate(steps) if step.mark is Mark.WORD), -1)
    if first < 0:
        raise PatternError("has no word to look for")
    leading = [str(step.mark) for step in steps[:first] if step.mark is not Mark.DONE]
    if leading not in ([], ["^"], ["who"], ["WHOSE"], ["who", "..."], ["^", "who"]) or any(
        step.words for step in steps[:first]
    ):
        raise PatternError("must begin with a word, '^', or who")
    anchors = steps[first]
    if anchors.optional or anchors.endings or any(len(stem) < LETTERS for stem in anchors.stems):
        raise PatternError(f"must begin with a word that is always there, with {LETTERS} letters at least before '*'")
    before = tuple(step for step in steps[:first] if step.mark is not Mark.DONE)
    kept = steps[first - 1 :] if first and steps[first - 1].mark is Mark.DONE else steps[first:]
    rare, back = _rare(tuple(steps[first:]))
    return Pattern(before, tuple(kept), anchors, rare, back)


def _rare(steps: tuple[Step, ...]) -> tuple[Step, int]:
    """Return the first step with no everyday word, and how many words at most are before it; else the first and 0."""
    back = 0
    for step in steps:
        certain = step.mark is Mark.WORD and not step.optional and not step.endings and "" not in step.words
        if certain and step.words.isdisjoint(_EVERYDAY) and all(len(stem) >= LETTERS for stem in step.stems):
            return step, back
        back += _WIDEST[step.mark]
    return steps[0], 0


def _step(word: str, classes: dict[str, WordClass]) -> Step:
    if word in (Mark.GAP, Mark.BEGIN, Mark.END, Mark.DONE):
        return Step(Mark(word))
    ways = word.removesuffix("?").split("/")
    who = [each for each in ways if each in _WHO]
    mark = Mark.WHOSE if Mark.WHOSE in ways else Mark.WHO if who else Mark.WORD
    words: set[str] = set()
    stems: list[str] = []
    endings: list[str] = []
    for each in ways:
        if each in _WHO or each == Mark.WHOSE:
            continue
        if each in _SIGNS:
            words.add(_SIGNS[each])
        elif found := _CLASS.fullmatch(each):
            words.update(_class(found[1], found[2] or "", classes))
        elif not each or "*" in each.strip("*"):
            raise PatternError(f"has '{each}', where a word is missing")
        elif each.startswith("*"):
            endings.append(each[1:].lower())
        elif each.endswith("*"):
            stems.append(each[:-1].lower())
        else:
            words.add(each.lower())
    kinds = frozenset(kind for each in who for kind in _WHO[each])
    return Step(mark, frozenset(words), tuple(stems), tuple(endings), word.endswith("?"), kinds)


def _class(name: str, form: str, classes: dict[str, WordClass]) -> Iterable[str]:
    if name not in classes:
        raise PatternError(f"names {name}, which is no class of words")
    each = classes[name]
    if form and not each.verbs:
        raise PatternError(f"names {name}{form}, but {name} is no class of verbs")
    return _spelled(each, form)


@lru_cache(maxsize=256)
def _spelled(words: WordClass, form: str) -> frozenset[str]:
    """Return the words of a class, of verbs those in a form."""
    if not words.verbs:
        return frozenset(words.words)
    return frozenset(spelling for base in words.words for spelling in spellings(base, form))


def match(pattern: Pattern, sentence: Sentence, place: int, who: Known, subjects: dict[int, Actor]) -> Match | None:
    """Return where a pattern stands whose first word is at a place, or None. `subjects` keeps those found before."""
    start = place
    for step in pattern.before:
        if step.mark is Mark.WHOSE:
            start = _whose_before(sentence, place, who)
            if start < 0:
                return None
        elif step.mark is Mark.WHO:
            found = _subject(sentence, place, who, subjects, apart=pattern.before[-1].mark is Mark.GAP)
            if found.kind not in step.kinds:
                return None
            start = found.start
    if pattern.before and pattern.before[0].mark is Mark.BEGIN and not _begins(sentence, start):
        return None
    if place - start >= _FARTHEST_SPAN:
        start = place
    ended = _follow(pattern.steps, 0, sentence, place, who)
    return None if ended is None else Match(start, *ended)


def _subject(sentence: Sentence, place: int, who: Known, subjects: dict[int, Actor], *, apart: bool) -> Actor:
    """Return the subject of the verb at a place, or of its clause when the pattern leaves words between them."""
    key = ~place if apart else place
    found = subjects.get(key)
    if found is None:
        found = subjects[key] = (clause_subject if apart else subject)(sentence, place, who)
    return found


def _follow(steps: tuple[Step, ...], number: int, sentence: Sentence, place: int, who: Known) -> tuple[int, int] | None:
    """Return where the steps from a number on end that begin at a place. Steps are few, and so are the ways to try."""
    if number == len(steps):
        return place, -1
    step = steps[number]
    words = sentence.words
    if step.mark is Mark.WORD:
        return _word(steps, number, sentence, place, who)
    if step.mark is Mark.DONE:
        last = min(place + _MOST_ADVERBS, len(words))
        while place < last and is_adverb(words[place]):
            place += 1
        ended = _follow(steps, number + 1, sentence, place, who)
        return None if ended is None else (ended[0], place)
    if step.mark is Mark.GAP:
        for skipped in range(place, min(place + WIDEST_GAP, len(words)) + 1):
            if skipped > place and words[skipped - 1] in MARKS:
                return None
            if (ended := _follow(steps, number + 1, sentence, skipped, who)) is not None:
                return ended
        return None
    after = _after(step, sentence, place, who)
    return None if after < 0 else _follow(steps, number + 1, sentence, after, who)


def _word(steps: tuple[Step, ...], number: int, sentence: Sentence, place: int, who: Known) -> tuple[int, int] | None:
    step = steps[number]
    words = sentence.words
    last = len(words)
    for here in range(place, place + _MOST_ADVERBS + 1):
        if here >= last:
            break
        word = words[here]
        if word in step.words or ((step.stems or step.endings or PAST in step.words) and step.takes(word)):
            ended = _follow(steps, number + 1, sentence, here + 1, who)
            if ended is not None:
                return ended
        if not is_adverb(word):
            break
    if step.optional or ("" in step.words and _ends(words, place)):
        return _follow(steps, number + 1, sentence, place, who)
    return None


def _after(step: Step, sentence: Sentence, place: int, who: Known) -> int:
    """Return the place after people, what is theirs, or an end; -1 when it is not there."""
    words = sentence.words
    if step.mark is Mark.END:
        return place if _ends(words, place) else -1
    if step.mark is Mark.BEGIN:
        return place if _begins(sentence, place) else -1
    if place < len(words) and step.takes(words[place]):
        return place + 1
    after = _whose_ahead(sentence, place, who) if step.mark is Mark.WHOSE else -1
    if after < 0 and step.kinds:
        after = people_ahead(sentence, place, who, step.kinds)
    return place if after < 0 and step.optional else after


def _ends(words: list[str], place: int) -> bool:
    return place >= len(words) or words[place] in MARKS


def _begins(sentence: Sentence, place: int) -> bool:
    words = sentence.words
    while place > sentence.begins and (
        is_adverb(words[place - 1]) or words[place - 1] in ("so", "and", "but", "please", "ok")
    ):
        place -= 1
    return place <= sentence.begins or words[place - 1] in (";", ":", "-", "(")


def _whose_before(sentence: Sentence, place: int, who: Known) -> int:
    words = sentence.words
    for here in range(place - 1, max(-1, place - 3), -1):
        if words[here] in _POSSESSIVE:
            return here
        if words[here].endswith("'s"):
            return here if owns(sentence, here, who) else -1
        if words[here] in DETERMINERS or words[here] in MARKS:
            return -1
    return -1


def _whose_ahead(sentence: Sentence, place: int, who: Known) -> int:
    words = sentence.words
    for here in range(place, min(place + 4, len(words))):
        if words[here] in _POSSESSIVE:
            return here + 1
        if words[here].endswith("'s"):
            return here + 1 if owns(sentence, here, who) else -1
        if words[here] in MARKS:
            return -1
    return -1
