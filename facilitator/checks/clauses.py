"""Who does what: the subject of a verb, the clause that words stand in, and whether a reason is given with them.

A small grammar and no parser: it looks at so many words at most around a place, so that its work is bounded.
"""

from typing import NamedTuple

from facilitator.checks.actors import PEOPLE_KINDS, WIDEST, Kind, Known, ends_phrase, is_adverb, kind_of
from facilitator.checks.people_words import (
    AUXILIARIES,
    DETERMINERS,
    MARKS,
    NEGATIONS,
    NUMERALS,
    PREPOSITIONS,
    PRONOUNS,
    SUBORDINATORS,
    TIMES,
)
from facilitator.checks.verbs import is_past
from facilitator.checks.words import NUMBER, QUOTED, Sentence, words_of

FARTHEST = 40
"""How many words back a subject is looked for, and how many ahead a reason."""

_HOPS = 4
_REASON = 9
_LONGEST_SUBJECT = 14
_SEEMING = words_of("""
seem seems seemed appear appears appeared happened tended tends tend used managed
""")
_ANYBODY = words_of("nobody somebody someone anybody anyone everybody everyone noone")
_ARTICLES = words_of("a an the my our your their its")
_RELATIVES = frozenset(("who", "that", "which"))
_AND = frozenset(("and", "but", "or", "nor", "yet", "&", "/"))
_BREAKS = frozenset((";", ":", "(", ")", "-", "[", "]"))
_REASONS = frozenset(("because", "since", "as", "due", "given"))
_NO_REASON = words_of("usual always ever well if per expected planned soon")
_HENCE = frozenset(("thus", "therefore", "hence", "consequently"))


_RESULTS = words_of("is was were caused broke took led brought made resulted crashed had has would could meant")
_HOW_IT_IS = words_of("""
no nothing same both only identical alike similar shows showed shown looks looked names named says said reads labelled
labeled marked missing hidden
""")
_BURDENS = words_of("""
pressure tired exhausted exhaustion fatigue fatigued asleep awake sleep overloaded overworked understaffed short-staffed
alone ill sick unwell swamped interrupted interruptions workload
""")
"""What weighs on people: a condition, though people are the subject."""

_COMPOUNDS = words_of("force hot hard cherry mass double")
"""The first half of a verb that is written as two words: "force pushed", "hot patched"."""


class Actor(NamedTuple):
    """The subject of a verb: what it names, and at which word it begins; the verb's own place when it is left out."""

    kind: Kind
    start: int


def subject(sentence: Sentence, place: int, who: Known) -> Actor:
    """Return the subject of the verb, with what belongs to it, that begins at a place."""
    words = sentence.words
    last = _before_verb(words, place)
    if last < 0 or last < sentence.begins:
        return Actor(Kind.ELIDED, place)
    word = words[last]
    if word == ",":
        opened = _parenthesis(words, last)
        if opened > sentence.begins:
            return _phrase(sentence, opened - 1, who)
        return _shared(sentence, last, place, who)
    if word in _AND or word == "then":
        return _shared(sentence, last, place, who)
    if word in _BREAKS or word in ("so", "lesson"):
        return Actor(Kind.ELIDED, place)
    if word in _ARTICLES and sentence.written(last) != "A":
        return Actor(Kind.THING, place)  # "inform them of the delayed run": no verb
    if word == "who":
        return Actor(Kind.OTHER, last)
    if word in ("which", "that"):
        return Actor(Kind.THING, last)
    if word in PREPOSITIONS or word in SUBORDINATORS or word in NEGATIONS:
        return Actor(Kind.THING, place)
    return _phrase(sentence, last, who)


def clause_subject(sentence: Sentence, place: int, who: Known) -> Actor:
    """Return the first subject of the clause in which a place is: "we" for "by" in "we restarted it by mistake"."""
    found = _shared(sentence, place, place, who)
    return Actor(Kind.THING, place) if found.kind is Kind.MAYBE else found


def _before_verb(words: list[str], place: int) -> int:
    """Return the place of the last word before a verb, its auxiliaries and its adverbs."""
    last = place - 1
    if last > 0 and words[last] in _COMPOUNDS and is_past(words[place]) and words[last - 1] not in DETERMINERS:
        last -= 1
    first = max(-1, place - 9)
    while last > first:
        word = words[last]
        if word == "to" and last and words[last - 1] in _SEEMING:
            last -= 2
        elif word in AUXILIARIES or (is_adverb(word) and word not in ("all", "both", "either", "so", "then")):
            last -= 1
        elif word == "]":
            last -= 1  # "the [server](address) did": a link
        elif word == ")":
            opened = _opened(words, last)
            if opened < 0:
                break
            last = opened - 1
        else:
            break
    return last


def _opened(words: list[str], closed: int) -> int:
    for place in range(closed - 1, max(-1, closed - 15), -1):
        if words[place] == "(":
            return place
    return -1


def _parenthesis(words: list[str], closed: int) -> int:
    """Return where the comma stands that begins what another one closes: "the engineer, while on a call, forgot"."""
    for place in range(closed - 2, max(0, closed - 20), -1):
        if words[place] == ",":
            after = words[place + 1]
            inserted = after in PREPOSITIONS or after in SUBORDINATORS or after.endswith("ing") or after in DETERMINERS
            return place if inserted or after in ("however", "again", "too", "new") else -1
        if words[place] in _BREAKS:
            return -1
    return -1


def _phrase(sentence: Sentence, last: int, who: Known) -> Actor:
    """Return what the noun phrase names that ends at a place: by its head, which stands before any preposition."""
    words = sentence.words
    place = last
    for _ in range(_HOPS):
        start = _start(words, place)
        kind = kind_of(sentence, place, who)
        before = words[start - 1] if start else ""
        if words[place] in TIMES and before not in PREPOSITIONS and start:
            place = start - 1  # "the engineer on call that night"
            continue
        if before not in PREPOSITIONS or before == "to" or start < 2 or start - 2 < sentence.begins:
            break
        head = start - 2
        if before == "of" and words[head] in NUMERALS:
            none = words[head] in ("none", "neither") or (
                words[head] == "one" and words[head - 1 : head] in (["no"], ["not"])
            )
            return Actor(Kind.NOBODY if none and kind in PEOPLE_KINDS else kind, head)
        if words[head] in _ANYBODY:
            return _outcome(sentence, head, last, who)
        if (
            ends_phrase(words[head])
            or words[head] in PRONOUNS
            or is_adverb(words[head])
            or words[head] in (QUOTED, NUMBER)
        ):
            break
        if before != "of" and is_past(words[head]) and kind is not Kind.THING:
            break  # "as agreed with the vendor we", "the page sent by the engineer": a verb is no head
        place = head
    return _outcome(sentence, place, last, who)


def _outcome(sentence: Sentence, place: int, last: int, who: Known) -> Actor:
    words = sentence.words
    kind = kind_of(sentence, place, who)
    start = _start(words, place)
    if start and words[start - 1] in PREPOSITIONS and place != last:
        kind, start = kind_of(sentence, last, who), _start(words, last)
    if kind is Kind.THING:
        for back in range(last - 1, max(sentence.begins - 1, start - 9), -1):
            if words[back] == "whoever" or (words[back] in _RELATIVES and _is_relative(sentence, back, who)):
                return Actor(Kind.OTHER, back)
            if words[back] in MARKS or words[back] in ("that", "which"):
                break
    return Actor(kind, start)


def _is_relative(sentence: Sentence, place: int, who: Known) -> bool:
    """Tell whether "who", "that" or "which" belongs to people before it, as it does not in "to see who did it"."""
    words = sentence.words
    if not place:
        return False
    people = kind_of(sentence, place - 1, who) in PEOPLE_KINDS
    if words[place] != "who":
        return people and words[place - 1] not in PRONOUNS
    return people or words[place - 1] == "," or words[place - 2 : place - 1] in (["the"], ["a"])


def _start(words: list[str], last: int) -> int:
    """Return where the noun phrase begins that ends at a place."""
    if words[last] in PRONOUNS and not (words[last] == "one" and last and words[last - 1] == "no"):
        return last
    place = last
    first = max(0, last - WIDEST)
    while place > first:
        before = words[place - 1]
        if before in DETERMINERS or before == "no":
            return place - 1
        if ends_phrase(before) or before in PRONOUNS or before in (NUMBER, "then"):
            break
        place -= 1
    return place


def _shared(sentence: Sentence, last: int, place: int, who: Known) -> Actor:
    """Return the subject that a verb after "and", "but" or a comma shares with one before it."""
    words = sentence.words
    opening = sentence.begins
    for back in range(last - 1, max(sentence.begins, last - FARTHEST), -1):
        if words[back] in SUBORDINATORS or words[back] in _BREAKS:
            opening = back + 1
            break
    found = _first(sentence, opening, last, who)
    if found.kind in (Kind.THING, Kind.ELIDED) and opening > sentence.begins:
        if words[opening - 1] == "who":
            return Actor(Kind.OTHER, place)
        main = _first(sentence, sentence.begins, last, who)
        if main.kind in PEOPLE_KINDS or main.kind is Kind.NAME:
            return Actor(Kind.US if main.kind is Kind.US else Kind.MAYBE, place)
    return Actor(Kind.ELIDED, place) if found.kind is Kind.ELIDED else found


def _first(sentence: Sentence, opening: int, limit: int, who: Known) -> Actor:
    """Return the first subject after a place."""
    words = sentence.words
    place = _past_opener(words, opening, limit)
    head = -1
    for here in range(place, min(limit, place + _LONGEST_SUBJECT)):
        word = words[here]
        if head < 0 and word in PRONOUNS:
            return Actor(kind_of(sentence, here, who), here)
        if word == "of" and head >= 0 and (words[head] in NUMERALS or words[head] == NUMBER):
            continue  # "two of the switches" are switches
        if head >= 0 and (_ends_subject(words, here) or _is_person(sentence, head, word, who)):
            break
        if not is_adverb(word) and word not in DETERMINERS and word not in MARKS:
            head = here
    if head < 0:
        return Actor(Kind.ELIDED, place)
    kind = kind_of(sentence, head, who)
    if kind is Kind.THING and head > place and words[head].endswith("s"):
        before = kind_of(
            sentence, head - 1, who
        )  # "an engineer restarts the node and forgot": the verb was taken along
        if before in PEOPLE_KINDS:
            return Actor(before, place)
    return Actor(kind, place)


def _ends_subject(words: list[str], place: int) -> bool:
    word = words[place]
    if word in AUXILIARIES or word in MARKS or word in SUBORDINATORS or word in NEGATIONS or word in PREPOSITIONS:
        return True
    return is_past(word) and words[place - 1] not in DETERMINERS


def _is_person(sentence: Sentence, head: int, after: str, who: Known) -> bool:
    """Tell whether the subject is complete with its head, though the next word is no verb that is known."""
    return not after.endswith("s") and kind_of(sentence, head, who) in PEOPLE_KINDS


def _past_opener(words: list[str], opening: int, limit: int) -> int:
    """Return the place after "While updating it," or "On Tuesday,"; the same place when there is none."""
    place = opening
    while place < limit and (words[place] in ("and", "but", "so", ",") or is_adverb(words[place])):
        place += 1
    if words[place : place + 2] == [QUOTED, ","]:
        return min(place + 2, limit)
    if place < limit and (
        words[place] in PREPOSITIONS or words[place] in SUBORDINATORS or words[place].endswith("ing")
    ):
        for mark in range(place + 1, min(limit, place + 16)):
            if words[mark] == ",":
                return mark + 1
    return place


def clause(sentence: Sentence, place: int) -> tuple[int, int]:
    """Return where the clause begins and ends, in words, in which a place is."""
    words = sentence.words
    start = place
    first = max(0, place - FARTHEST)
    while start > first and not _divides(words, start - 1):
        start -= 1
    end = place + 1
    last = min(len(words), place + FARTHEST)
    while end < last and not _divides(words, end):
        end += 1
    return start, end


def _divides(words: list[str], place: int) -> bool:
    word = words[place]
    return word in _BREAKS or word in (",", "but", "because", "so", "while", "although", "whereas")


def explained(sentence: Sentence, start: int, end: int, who: Known) -> bool:
    """Tell whether the words from `start` to `end` lead on to a condition: why it was so is in the same sentence.

    "We missed it because the alert was buried" is; "because he was in a hurry" names no condition.
    """
    words = sentence.words
    for place in range(end, min(len(words), end + FARTHEST)):
        if words[place] in ("because", "since", "due") or (words[place] == "as" and _gives_reason(words, place)):
            return _condition(sentence, place + 1, who)
        if words[place] in (";", ":", "which") and _shows_why(sentence, place, who):
            return True
    for place in range(max(sentence.begins, start - FARTHEST), start):
        word = words[place]
        if word in _HENCE and place + 6 >= start:
            return True
        if word == "so" and place > sentence.begins + 2 and words[place - 1] in (",", "and") and place + 5 >= start:
            return True
        if word in _REASONS and place <= sentence.begins + 1 and words[place + 1] != "of" and word != "given":
            return "," in words[place:start] and _condition(sentence, place + 1, who)
        if word in ("because", "due") and place <= sentence.begins + 1:
            return "," in words[place:start] and _condition(sentence, place + 2, who)
    return False


def _shows_why(sentence: Sentence, place: int, who: Known) -> bool:
    """Tell whether the words go on to how a thing is: "; both look the same", "the check, which looks at one port"."""
    words = sentence.words
    if words[place] == "which":
        after = words[place + 1 : place + 3]
        if after[:1] in (["is"], ["are"]):
            return words[place - 1] == "," and after[-1].endswith(("ed", "en"))  # "which is shared by all"
        return words[place - 1] == "," and bool(after) and _RESULTS.isdisjoint(after) and not is_past(after[0])
    rest = words[place + 1 : place + FARTHEST]
    return not _HOW_IT_IS.isdisjoint(rest) and _condition(sentence, place + 1, who)


def _gives_reason(words: list[str], place: int) -> bool:
    after = words[place + 1] if place + 1 < len(words) else ""
    return after in ("the", "it", "this", "there", "no") or (words[place - 1] == "," and after not in _NO_REASON)


def _condition(sentence: Sentence, place: int, who: Known) -> bool:
    """Tell whether a reason is about anything but people, or about what weighs on them."""
    words = sentence.words
    if place < len(words) and words[place] in ("of", "to"):
        place += 1
    if not _BURDENS.isdisjoint(words[place : place + _REASON]):
        return True
    for here in range(place, min(len(words), place + WIDEST)):
        kind = kind_of(sentence, here, who)
        if kind in PEOPLE_KINDS or words[here] == "they":
            return False
        if words[here] in AUXILIARIES:
            return True
    return place < len(words)
