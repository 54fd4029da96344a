"""Findings as the screen has them: one for each sentence, and one for what is found in the same way in several items.

The command and its JSON have each finding for itself.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from facilitator.checks.excerpts import excerpt, sentence
from facilitator.checks.finding import Category, Finding
from facilitator.checks.sensitive import CREDENTIALS, hushed, without
from facilitator.checks.texts import texts
from facilitator.model.session import Session

LONGEST = 60
"""How many characters of a sentence show what a finding is about."""

_ORDER = tuple(Category)


@dataclass(frozen=True, slots=True)
class Gathered:
    """Findings that are shown as one: the most telling one is `first`, as it can be shown, without keys and passwords.

    `findings` are all of them as they were found. `excerpt` is the sentence that they are about, or as much of it as
    has room; empty when they are about no words.
    """

    first: Finding
    findings: tuple[Finding, ...]
    excerpt: str = ""

    @property
    def is_credential(self) -> bool:
        """Whether it is a key or a password."""
        return self.first.rule in CREDENTIALS

    @property
    def others(self) -> int:
        """How many findings it has beside the first."""
        return len(self.findings) - 1


def by_sentence(findings: Iterable[Finding], session: Session, hidden: Mapping[str, str]) -> tuple[Gathered, ...]:
    """Return findings gathered by the sentences that they are about, in their order.

    `hidden` are the keys and passwords that must not be shown (see `sensitive.hiding`). These stand for themselves.
    """
    said = {(each.about, each.field): each.text for each in texts(session) if each.field != "links"}
    places: dict[object, list[Finding]] = {}
    for number, each in enumerate(findings):
        place = _place(each, said.get((each.about, each.field), ""))
        places.setdefault(number if place is None else place, []).append(each)
    return tuple(_gathered(group, said, hidden) for group in places.values())


def by_rule(gathered: Iterable[Gathered]) -> tuple[Gathered, ...]:
    """Return what is found in the same way in several items as one, such as actions without a date."""
    alike: dict[object, list[Gathered]] = {}
    for number, each in enumerate(gathered):
        first = each.first
        key = (first.rule, first.why) if first.about and not first.words else number
        alike.setdefault(key, []).append(each)
    return tuple(
        Gathered(group[0].first, tuple(each for one in group for each in one.findings), group[0].excerpt)
        for group in alike.values()
    )


def _place(finding: Finding, text: str) -> tuple[str, str, bool, int] | None:
    """Return what findings about one sentence have in common; None for one that stands for itself."""
    if not finding.words or text[finding.start : finding.end] != finding.words:
        return None
    begin, _ = sentence(text, finding.start, finding.end)
    return finding.about, finding.field, finding.category is Category.SENSITIVE, begin


def _gathered(findings: list[Finding], said: Mapping[tuple[str, str], str], hidden: Mapping[str, str]) -> Gathered:
    first = min(findings, key=weight)
    words = ""
    if first.words:
        text = said.get((first.about, first.field), "")
        known = text[first.start : first.end] == first.words
        parts = (text[: first.start], first.words, text[first.end :]) if known else ("", first.words, "")
        before, inside, after = (without(part, hidden) for part in parts)
        words = excerpt(f"{before}{inside}{after}", len(before), len(before) + len(inside), LONGEST)
    return Gathered(hushed(first, hidden), tuple(findings), words)


def weight(finding: Finding) -> tuple[bool, int, int]:
    """Return what findings are ordered by, the most telling first: what must not leave, then by category."""
    return finding.rule not in CREDENTIALS, _ORDER.index(finding.category), finding.start
