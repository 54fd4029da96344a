"""Where in a session words are found that are to be replaced for the readers of a profile, with what was decided."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from facilitator.checks.secret_values import kinds as kinds_of_signs
from facilitator.model.aliases import People
from facilitator.model.review_items import Decision, Redaction
from facilitator.model.session import Session
from facilitator.redaction.called import is_own_name
from facilitator.redaction.decisions import SHORTEST, Decisions, everywhere
from facilitator.redaction.detecting import Found, found_in, own, tickets
from facilitator.redaction.profiles import Kind, Profile
from facilitator.redaction.spots import Spot

_BETWEEN = "\n\x00\n"
"""Stands between texts that are searched as one; no expression goes past it, and what would is cut there."""

_HANDLE = re.compile(r"@(?<![\w@./+-]@)[A-Za-z][\w.-]{1,38}(?<![.-])(?![\w/@(])")
_SIGN = re.compile(r"(?<![\w./+-])@\Z")
_ONE = re.compile(r"[\w.-]+")
_CHAT_ID = re.compile(r"[UW](?<![\w-][UW])0[A-Z0-9]{7,9}(?![\w-])")
_HOME = re.compile(r"(?:/home/|/Users/|\\Users\\)([A-Za-z][\w.-]{1,38})(?<![.-])")
_NOBODYS_HOMES = frozenset(
    ("app", "admin", "deploy", "ec2-user", "git", "node", "runner", "ubuntu", "user", "Public", "Shared")
)
_NOBODY = frozenset(("@here", "@channel", "@all", "@everyone", "@team", "@oncall", "@on-call"))
_LONG_PASSWORD = 12


class Find(NamedTuple):
    """Words of a text to replace: where, of which kind, what they are, and what they stand for.

    `person` is which of the people it is, None for a handle or where it may be several. `said` is what stands for the
    words where that is no matter of their kind. With a `decision` a person decided about them; what is not `exact` was
    added by a person and is only found because of that.
    """

    start: int
    end: int
    kind: Kind
    what: str
    subject: str = ""
    person: int | None = None
    said: str | None = None
    decision: Redaction | None = None
    exact: bool = True


class Finder:
    """Finds words to replace: people, what a profile says, patterns of the team's own, and what was decided about."""

    def __init__(self, people: People, profile: Profile, patterns: Sequence[str], decisions: Decisions) -> None:
        self._people, self._profile, self._patterns, self._decisions = people, profile, patterns, decisions

    def found(self, session: Session, texts: Sequence[Spot]) -> list[list[Find]]:
        """Return for each text of a session what is found in it; what a person decided to keep comes with the rest."""
        whole, starts = _joined(texts)
        found: list[list[Find]] = [[] for _ in texts]

        def take(finds: Iterable[Find]) -> None:
            for each in finds:
                number = bisect_right(starts, each.start) - 1
                spot, begin = texts[number], starts[number]
                start, end = each.start - begin, min(each.end - begin, len(spot.text))
                words = spot.text[start:end]
                if start < end and not is_own_name(words):
                    decision = self._decisions.of(words, each.subject, spot.about, spot.place)
                    if each.exact or decision is not None:
                        found[number].append(each._replace(start=start, end=end, decision=decision))

        profile = self._profile
        take(Find(*each) for each in found_in(whole, profile.replaces))
        take(_whole_fields(session, texts, starts, profile))
        if Kind.PERSON in profile.replaces:
            take(_people(whole, texts, starts, self._people))
        if Kind.OWN in profile.replaces and self._patterns:
            for begin, spot in zip(starts, texts, strict=True):
                take(Find(begin + each.start, begin + each.end, *each[2:]) for each in own(spot.text, self._patterns))
        take(_worded(whole, profile.words, Kind.OWN, "one of your words"))
        take(_added(whole, self._decisions))
        there = {
            (starts[place] + each.start, starts[place] + each.end) for place, of in enumerate(found) for each in of
        }
        again = _everywhere(whole, _again(found, texts))
        take(Find(*each) for each in again if (each.start, each.end) not in there)
        return found

    def finds_nothing(self, text: str) -> bool:
        """Tell whether nothing is found in a text that stands for a person: a role, which is no text of the session."""
        replaces, added = self._profile.replaces, (each.words for each in self._decisions.added)
        own_words = _worded(text, (*self._profile.words, *added), Kind.OWN, "one of your words")
        found: tuple[Iterable[object], ...] = (
            found_in(text, replaces),
            self._people.named(text) if Kind.PERSON in replaces else (),
            own(text, self._patterns) if Kind.OWN in replaces else (),
            own_words,
        )
        return not any(True for each in found for _ in each)


def _joined(texts: Sequence[Spot]) -> tuple[str, list[int]]:
    starts: list[int] = []
    size = 0
    for spot in texts:
        starts.append(size)
        size += len(spot.text) + len(_BETWEEN)
    return _BETWEEN.join(spot.text for spot in texts), starts


def _people(whole: str, texts: Sequence[Spot], starts: Sequence[int], people: People) -> Iterator[Find]:
    for begin, spot in zip(starts, texts, strict=True):
        if spot.names_somebody and (named := people.alone(spot.text)) is not None:
            yield _person(begin, begin + len(spot.text), named.person, people)
    for each in people.named(whole):
        yield _person(each.start, each.end, each.person, people)
    for found in _HANDLE.finditer(whole) if "@" in whole else ():
        if found[0].casefold() not in _NOBODY:
            yield Find(*found.span(), Kind.PERSON, "somebody's handle")
    for found in _CHAT_ID.finditer(whole):
        yield Find(*found.span(), Kind.PERSON, "somebody's id in a chat")
    for found in _HOME.finditer(whole):
        if found[1] not in _NOBODYS_HOMES:
            yield Find(*found.span(1), Kind.PERSON, "whose folder it is")


def _person(start: int, end: int, person: int | None, people: People) -> Find:
    subject = "" if person is None else people.people[person].name
    return Find(start, end, Kind.PERSON, "a person", subject, person)


def _whole_fields(session: Session, texts: Sequence[Spot], starts: Sequence[int], profile: Profile) -> Iterator[Find]:
    """Yield tickets and ids of records, which are taken out of their fields, and tickets in other texts."""
    if Kind.TICKET not in profile.replaces:
        return
    prefixes = frozenset(each.ticket.partition("-")[0] for each in session.actions if "-" in each.ticket)
    for begin, spot in zip(starts, texts, strict=True):
        if spot.place in ("ticket", "origins"):
            what = "a ticket" if spot.place == "ticket" else "the id of a record"
            yield Find(begin, begin + len(spot.text), Kind.TICKET, what, said="")
        else:
            for each in tickets(spot.text, prefixes):
                yield Find(begin + each.start, begin + each.end, *each[2:])


def _worded(whole: str, words: Sequence[str], kind: Kind, what: str) -> Iterator[Find]:
    pattern = everywhere(words)
    for found in pattern.finditer(whole) if pattern else ():
        yield Find(*found.span(), kind, what)


def _added(whole: str, decisions: Decisions) -> Iterator[Find]:
    """Yield the words that a person decided about, where that decision counts: a handle with its sign.

    The sign stays where another handle stands for it: of "@jdoe" comes "@bo", but "an engineer".
    """
    others = {each.words.casefold(): each.replacement for each in decisions.added}
    for each in _worded(whole, [each.words for each in decisions.added], Kind.OWN, "words that you added"):
        words = whole[each.start : each.end]
        if _SIGN.search(whole, max(0, each.start - 2), each.start) and not _ONE.fullmatch(
            others.get(words.casefold(), "")
        ):
            yield each._replace(start=each.start - 1, subject=words, exact=False)
        else:
            yield each._replace(exact=False)


def _again(found: Sequence[Sequence[Find]], texts: Sequence[Spot]) -> dict[str, Found]:
    """Return words that are replaced in one place by what stands beside them, and so wherever they stand."""
    words: dict[str, Found] = {}
    for spot, finds in zip(texts, found, strict=True):
        for each in finds:
            said = spot.text[each.start : each.end]
            if each.kind in (Kind.PERSON, Kind.OWN, Kind.TICKET) or len(said) < SHORTEST:
                continue
            if each.decision is not None and (each.decision.decision is Decision.KEEP or each.decision.place):
                continue
            if each.kind is Kind.CREDENTIAL and kinds_of_signs(said) < 2 and len(said) < _LONG_PASSWORD:
                continue
            words.setdefault(said, Found(0, 0, each.kind, each.what, each.subject))
    return words


def _everywhere(whole: str, words: Mapping[str, Found]) -> Iterator[Found]:
    doors = [each for each, found in words.items() if found.kind in (Kind.KEY, Kind.CREDENTIAL, Kind.URL)]
    others = [each for each in words if words[each].kind not in (Kind.KEY, Kind.CREDENTIAL, Kind.URL)]
    for bound, group in (("{}", doors), (r"(?<!\w)(?:{})(?!\w)", others)):
        by_first: dict[str, list[str]] = {}
        for each in sorted(group, key=len, reverse=True):
            by_first.setdefault(each[0], []).append(re.escape(each[1:]))
        ways = "|".join(f"{re.escape(first)}(?:{'|'.join(rest)})" for first, rest in by_first.items())
        for found in re.compile(bound.replace("{}", ways)).finditer(whole) if ways else ():
            yield words[found[0]]._replace(start=found.start(), end=found.end())
