"""Blame language: where a text makes a person the cause, judges, or knows better afterwards."""

from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from facilitator.checks.actors import Known, People, known
from facilitator.checks.clauses import Actor, clause, explained
from facilitator.checks.compiled import Index, Rules
from facilitator.checks.finding import Finding
from facilitator.checks.patterns import LETTERS, PAST, Match, match
from facilitator.checks.rewriting import rewritten
from facilitator.checks.rules import Context, Rule
from facilitator.checks.verbs import is_past
from facilitator.checks.words import Sentence, sentences
from facilitator.model import whys
from facilitator.model.session import Session

NOBODY = People()
"""The people where nobody is known."""

__all__ = ["NOBODY", "Context", "People", "findings", "people_of"]


def people_of(session: Session) -> People:
    """Return the people that a session knows: participants, owners, authors, the facilitator, and their roles."""
    roles = frozenset(each.role.strip().casefold() for each in session.participants if each.role.strip())
    return People(whys.people(session), roles)


def findings(text: str, context: Context, rules: Rules, people: People = NOBODY) -> tuple[Finding, ...]:
    """Return what rules point out in a text, in the order of its words.

    At most one finding of a category is given for a clause, that of the rule which comes first. It takes time in
    proportion to the length of the text. Words that are quoted, code, addresses or lines of a log are not looked at.
    """
    who = known(people)
    return tuple(each for sentence in sentences(text) for each in _findings(sentence, context, rules, who))


class _Hit(NamedTuple):
    """A pattern of a rule that was found, and the clause in which its words begin."""

    number: int
    rule: Rule
    found: Match
    clause: int


def _findings(sentence: Sentence, context: Context, rules: Rules, who: Known) -> Sequence[Finding]:
    subjects: dict[int, Actor] = {}
    counting = rules.counting[context, sentence.asked]
    said = list(_found(sentence, rules.said, counting, who, subjects))
    if not said:
        return ()
    unless: dict[int, list[int]] = {}
    for number, found in _found(sentence, rules.unless, {number for number, _ in said}, who, subjects):
        unless.setdefault(number, []).append(found.start)
    hits = [hit for hit in _hits(said, unless, sentence, rules) if not _explained(hit, sentence, who)]
    hits = _one_each(hits, context, rules)
    made = (_finding(hit, sentence) for hit in hits)
    return sorted(made, key=lambda finding: (finding.start, finding.category))


def _found(
    sentence: Sentence, index: Index, counting: AbstractSet[int], who: Known, subjects: dict[int, Actor]
) -> Iterator[tuple[int, Match]]:
    """Yield the patterns of some rules that stand in a sentence; one that has its rare word twice may come twice."""
    words = sentence.words
    by_word, by_letters = index
    past = by_word.get(PAST)
    for place, word in enumerate(words):
        for uses in (by_word.get(word), by_letters.get(word[:LETTERS]), past if past and is_past(word) else None):
            for number, pattern in uses or ():
                if number not in counting:
                    continue
                if not pattern.back:
                    found = match(pattern, sentence, place, who, subjects)
                    if found is not None:
                        yield number, found
                    continue
                takes = pattern.first.takes
                for start in range(max(0, place - pattern.back), place):
                    if takes(words[start]) and (found := match(pattern, sentence, start, who, subjects)) is not None:
                        yield number, found


def _hits(
    said: Iterable[tuple[int, Match]], unless: dict[int, list[int]], sentence: Sentence, rules: Rules
) -> Iterator[_Hit]:
    """Yield what counts of that which was found, the first rules first."""
    for number, found in sorted(said, key=_order):
        start, end = clause(sentence, found.end - 1)
        start = min(start, found.start)
        if not any(start <= place < end for place in unless.get(number, ())):
            yield _Hit(number, rules.rules[number], found, start)


def _order(each: tuple[int, Match]) -> tuple[int, int, int, int]:
    """Order what was found by rule and place; where several patterns of a rule begin together, the longest is first."""
    number, found = each
    return number, found.start, -found.end, -found.done


def _explained(hit: _Hit, sentence: Sentence, who: Known) -> bool:
    return hit.rule.explained and explained(sentence, hit.found.start, hit.found.end, who)


def _one_each(hits: Iterable[_Hit], context: Context, rules: Rules) -> list[_Hit]:
    """Return one hit for each category and clause; those of rules that need another finding beside them only then."""
    kept: dict[tuple[int, str], _Hit] = {}
    later: list[_Hit] = []
    for hit in hits:
        if hit.rule.beside:
            later.append(hit)
        else:
            kept.setdefault((hit.clause, hit.rule.category), hit)
    categories = {hit.rule.category for hit in kept.values()}
    for hit in later:
        if not categories.isdisjoint(hit.rule.beside):
            kept.setdefault((hit.clause, hit.rule.category), hit)
    found = list(kept.values())
    for number, rule in enumerate(rules.rules):
        if not rule.said and number in rules.counting[context, False]:
            for hit in found:
                if hit.rule.category in rule.beside:
                    kept.setdefault((hit.clause, rule.category), hit._replace(number=number, rule=rule))
    return list(kept.values())


def _finding(hit: _Hit, sentence: Sentence) -> Finding:
    start, end = sentence.starts[hit.found.start], sentence.ends[max(hit.found.start, hit.found.end - 1)]
    return Finding(
        rule=hit.rule.id,
        category=hit.rule.category,
        start=start,
        end=end,
        words=sentence.text[start:end],
        why=hit.rule.why,
        question=hit.rule.question,
        rewrite=rewritten(hit.rule.rewrite, sentence, hit.found.start, hit.found.done, hit.rule.classes)
        if hit.rule.rewrite
        else "",
    )
