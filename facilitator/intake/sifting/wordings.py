"""Phrases as data, and whether one stands in a sentence of a message. All of it takes linear time.

A phrase is words, without regard to case and apostrophes ("let's" and "lets" are one):

    roll/rolling    one of these words
    roll*           a word that begins so
    that?           a word that may be missing
    ...             up to four words in between, within the clause, none of which says "not"
    ACTION          a word of that list; several words between "/" may be lists too
    NUMBER          digits, or a word with digits in it: "sev2", "v411"
    ^ and $         the beginning and the end of a sentence
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from enum import StrEnum
from typing import NamedTuple

from facilitator.checks.words import words_of

LONGEST_READ = 2_000
"""How many characters of a message are looked at: what is longer is a pasted log."""

MOST_STEPS = 12
WIDEST_GAP = 4
FEWEST_LETTERS = 3
"""How many letters there are at least before "*"."""

MARK = ","
"""What stands in a sentence where a clause ends."""

_LIST = re.compile(r"[A-Z][A-Z_]*[A-Z]")
_SPELLED = re.compile(r"[^\W_]+")
_NO_APOSTROPHES = str.maketrans("", "", "'\u2019\u02bc")
_AS_WORDS = {code: None if code == 39 else " " for code in range(128) if not chr(code).isalnum()}
_UNSAID = re.compile(
    r"```.*?```|https?://\S+|\"[^\"\n]*\"|\u201c[^\u201c\u201d\n]*\u201d|^>[^\n]*"
    r"|(?<![^\W_])[^\W\d_]{2,64}(?:[._/][^\W\d_]+){2,}",
    re.DOTALL | re.MULTILINE,
)
_NEEDS = re.compile('[`"\u201c>]|://|[._/][^\\W_]{1,64}[._/]')
_PIECE = re.compile(r"[^\W_]+|[.!?]++(?=\s|$)|\n|[,;:](?=\s|$)|[()]|(?<=\s)[-\u2013\u2014]++(?=\s)")
_EVERYDAY = words_of("""
a after again all also am an and any are as at be been by can could did do does dont file for from get going good got
had has have he her here how i if ill im in into is it its just let lets like look looking looks may maybe me might
more my need new no not now of off on one only or our out over people please see she should so some take that thats
the them then there they think this to today too up us was we well were what when which who why will with would yes
you your
""")


class PhraseError(ValueError):
    """A phrase cannot be understood; the message says why."""


class Mark(StrEnum):
    """What a step of a phrase is."""

    WORD = "a word"
    GAP = "..."
    NUMBER = "NUMBER"
    BEGIN = "^"
    END = "$"


class Step(NamedTuple):
    """One step of a phrase: the words it may be, how they may begin, and whether it may be missing."""

    mark: Mark
    words: frozenset[str] = frozenset()
    stems: tuple[str, ...] = ()
    optional: bool = False

    def takes(self, word: str) -> bool:
        """Tell whether this may be the word."""
        return (
            word in self.words
            or (bool(self.stems) and word.startswith(self.stems))
            or (self.mark is Mark.NUMBER and any(map(str.isdigit, word)))
        )


class Phrase(NamedTuple):
    """The steps of a phrase, and the one with the rarest words: where none of these stands, the phrase does not.

    `others` are words of which one stands there too, and none when that cannot be told.
    """

    steps: tuple[Step, ...]
    rare: Step
    others: frozenset[str]


class Sentence(NamedTuple):
    """A sentence as words in small letters, with MARK between clauses. `asked` tells that it ends as a question."""

    words: list[str]
    asked: bool


def words_in(text: str) -> list[str]:
    """Return the words of a text, quickly, in small letters and without apostrophes."""
    text = text[:LONGEST_READ].lower()
    if text.isascii():
        return text.translate(_AS_WORDS).split()
    return _SPELLED.findall(text.translate(_NO_APOSTROPHES))


def sentences_in(text: str) -> Iterator[Sentence]:
    """Yield the sentences of what is said in a message: without addresses, code, and what is quoted."""
    said = text[:LONGEST_READ]
    if _NEEDS.search(said):
        said = _UNSAID.sub(" ", said)
    said = said.lower().translate(_NO_APOSTROPHES)
    words: list[str] = []
    for piece in _PIECE.findall(said):
        if piece[0] in ".!?\n":
            if words:
                yield Sentence(words, "?" in piece)
            words = []
        elif piece.isalnum():
            words.append(piece)
        elif words and words[-1] != MARK:
            words.append(MARK)
    if words:
        yield Sentence(words, asked=False)


def parsed(text: str, lists: Mapping[str, Collection[str]]) -> Phrase:
    """Return a phrase from its text, with the lists of words that it may name. Raises PhraseError."""
    steps = tuple(_step(each, lists) for each in text.translate(_NO_APOSTROPHES).replace("-", " ").split())
    if len(steps) > MOST_STEPS:
        raise PhraseError(f"has more than {MOST_STEPS} words")
    certain = [step for step in steps if step.mark is Mark.WORD and not step.optional]
    if not certain:
        raise PhraseError("has no word to look for")
    if steps[0].mark is Mark.GAP or steps[-1].mark is Mark.GAP:
        raise PhraseError("begins or ends with '...', which stands between words")
    rare, *others = sorted(certain, key=_rarity, reverse=True)
    return Phrase(steps, rare, next((step.words for step in others if not step.stems), frozenset()))


def _rarity(step: Step) -> tuple[int, int]:
    return -sum(100 if word in _EVERYDAY else 1 for word in step.words), min(map(len, (*step.words, *step.stems)))


def _step(word: str, lists: Mapping[str, Collection[str]]) -> Step:
    if word in (Mark.GAP, Mark.BEGIN, Mark.END):
        return Step(Mark(word))
    words: set[str] = set()
    stems: list[str] = []
    for each in word.removesuffix("?").split("/"):
        low = each.lower()
        if each == Mark.NUMBER:
            if word.removesuffix("?") != Mark.NUMBER:
                raise PhraseError("has NUMBER beside other words")
            return Step(Mark.NUMBER, optional=word.endswith("?"))
        if _LIST.fullmatch(each):
            if each not in lists:
                raise PhraseError(f"names {each}, which is no list of words")
            words.update(lists[each])
        elif low.endswith("*") and low[:-1].isalnum():
            if len(low) <= FEWEST_LETTERS:
                raise PhraseError(f"has fewer than {FEWEST_LETTERS} letters before '*'")
            stems.append(low[:-1])
        elif low.isalnum():
            words.add(low)
        else:
            raise PhraseError(f"has '{each}', where a word is missing")
    return Step(Mark.WORD, frozenset(words), tuple(stems), word.endswith("?"))


def places_of(phrase: Phrase, words: list[str], refused: Collection[str] = ()) -> Iterator[tuple[int, int]]:
    """Yield where a phrase begins and ends in the words of a sentence; no gap goes over a word of `refused`."""
    first = phrase.steps[0]
    places: Iterable[int] = range(1 if first.mark is Mark.BEGIN else len(words))
    if first.mark is Mark.WORD and not first.optional and not first.stems:
        if first.words.isdisjoint(words):
            return
        places = [place for place, word in enumerate(words) if word in first.words]
    for place in places:
        end = _follow(phrase.steps, 0, words, place, refused)
        if end >= 0:
            yield place, end


def _follow(steps: tuple[Step, ...], number: int, words: list[str], place: int, refused: Collection[str]) -> int:
    """Return where the steps from a number on end that begin at a place, or -1. Steps and gaps are few."""
    while number < len(steps):
        step = steps[number]
        number += 1
        if step.mark is Mark.GAP:
            return _over_gap(steps, number, words, place, refused)
        if step.mark is Mark.BEGIN or step.mark is Mark.END:
            if place != (0 if step.mark is Mark.BEGIN else len(words)):
                return -1
        elif place < len(words) and step.takes(words[place]):
            if step.optional:
                end = _follow(steps, number, words, place + 1, refused)
                if end >= 0:
                    return end
            else:
                place += 1
        elif not step.optional:
            return -1
    return place


def _over_gap(steps: tuple[Step, ...], number: int, words: list[str], place: int, refused: Collection[str]) -> int:
    for skipped in range(place, min(place + WIDEST_GAP, len(words)) + 1):
        if skipped > place and (words[skipped - 1] == MARK or words[skipped - 1] in refused):
            return -1
        end = _follow(steps, number, words, skipped, refused)
        if end >= 0:
            return end
    return -1
