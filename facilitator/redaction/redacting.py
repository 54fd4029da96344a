"""A session for the readers of a profile: what is replaced in it, by what, and the session that comes of it."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import msgspec

from facilitator.checks.secret_values import kinds as kinds_of_signs
from facilitator.model.aliases import People
from facilitator.model.edits import descendants, without
from facilitator.model.private import published
from facilitator.model.review_items import Decision, Redaction
from facilitator.model.session import Session
from facilitator.redaction.called import STABLE, Names, is_own_name, new_pseudonyms, plainly
from facilitator.redaction.decisions import SHORTEST, Decisions, everywhere
from facilitator.redaction.detecting import Found, found_in, own, tickets
from facilitator.redaction.profiles import Kind, Profile
from facilitator.redaction.spots import Spot, spots, with_texts

_BETWEEN = "\n\x00\n"
"""Stands between texts that are searched as one; no expression goes past it, and what would is cut there."""

_HANDLE = re.compile(r"@(?<![\w@./+-]@)[A-Za-z][\w.-]{1,38}(?<![.-])(?![\w/@(])")
_SIGN = re.compile(r"(?<![\w./+-])@\Z")
_ONE = re.compile(r"[\w.-]+")
_HOME = re.compile(r"(?:/home/|/Users/|\\Users\\)([A-Za-z][\w.-]{1,38})(?<![.-])")
_NOBODYS_HOMES = frozenset(
    ("app", "admin", "deploy", "ec2-user", "git", "node", "runner", "ubuntu", "user", "Public", "Shared")
)
_NOBODY = frozenset(("@here", "@channel", "@all", "@everyone", "@team", "@oncall", "@on-call"))
_ORDER = {kind: number for number, kind in enumerate(Kind)}
_LONG_PASSWORD = 12


class Replacement(msgspec.Struct, frozen=True, kw_only=True):
    """Words of a session that are replaced, or would be.

    `about` is the id of the item, or empty for the session itself, `place` the name of the field, and `number` that of
    the text where a field has several. `proposed` is what the program would write, `final` what is written: the words
    themselves where it was decided to keep them. `decision` is that of a person, or None. A `stable` replacement is the
    same for the same words, in all that is published of a session. `subject` is what the words stand for, such as the
    whole name of a person; a decision about it counts for them.
    """

    about: str
    place: str
    number: int
    start: int
    end: int
    words: str
    kind: Kind
    what: str
    proposed: str
    final: str
    decision: Decision | None = None
    stable: bool = False
    subject: str = ""

    @property
    def kept(self) -> bool:
        """Tell whether the words stay."""
        return self.decision is Decision.KEEP


class Redacted(msgspec.Struct, frozen=True):
    """A session as the readers of a profile get it: every replacement in reading order, and the session.

    `pseudonyms` are the names that were given and are not in the session's map yet, by the words that they stand for.
    """

    replacements: tuple[Replacement, ...]
    session: Session
    pseudonyms: Mapping[str, str]


class _Find(NamedTuple):
    start: int
    end: int
    kind: Kind
    what: str
    subject: str = ""
    person: int | None = None
    said: str | None = None
    decision: Redaction | None = None
    exact: bool = True


def redacting(session: Session, profile: Profile, patterns: Sequence[str] = ()) -> Redacted:
    """Return a session for the readers of a profile; `patterns` are the team's own for what is sensitive.

    It has nothing private, none of what is withheld from these readers, and no conflicts. The session itself stays as
    it is. Doing it again changes nothing, but where a person chose words that are sensitive themselves.
    """
    people = People(session)
    shown = _shown(session, profile)
    texts = list(spots(shown))
    decisions = Decisions(session.redactions, profile)

    def is_safe(text: str) -> bool:
        return next(_finds_alone(text, people, profile, patterns, decisions), None) is None

    names = Names(session.pseudonyms, people, profile.naming, is_safe)
    found = _found(session, texts, people, profile, patterns, decisions=decisions)
    replacements: list[Replacement] = []
    written: dict[tuple[str, str, int], str] = {}
    for spot, finds in zip(texts, found, strict=True):
        if not finds:
            continue
        done, text = _replaced(spot, finds, names)
        replacements += done
        if text != spot.text:
            written[spot.about, spot.place, spot.number] = text
    other = with_texts(shown, lambda about, place, number, text: written.get((about, place, number), text))
    given = new_pseudonyms(names.given, session.pseudonyms)
    return Redacted(tuple(replacements), other, given)


def replacements(session: Session, profile: Profile, patterns: Sequence[str] = ()) -> tuple[Replacement, ...]:
    """Return what is replaced in a session for the readers of a profile, in the order of the session."""
    return redacting(session, profile, patterns).replacements


def redacted(session: Session, profile: Profile, patterns: Sequence[str] = ()) -> Session:
    """Return a session as the readers of a profile get it; see `redacting`."""
    return redacting(session, profile, patterns).session


def _shown(session: Session, profile: Profile) -> Session:
    """Return what of a session these readers may see at all."""
    gone = {each.about for each in session.withheld} if profile.withholds else set()
    shown = published(session)
    if gone:
        gone |= {below.id for why in session.whys if why.id in gone for below in descendants(session, why.id)}
        shown = without(shown, gone)
    return shown


def _found(
    session: Session,
    texts: Sequence[Spot],
    people: People,
    profile: Profile,
    patterns: Sequence[str],
    *,
    decisions: Decisions,
) -> list[list[_Find]]:
    """Return for each text what is found in it, with what was decided; what is kept comes with the rest."""
    whole, starts = _joined(texts)
    found: list[list[_Find]] = [[] for _ in texts]

    def take(finds: Iterable[_Find]) -> None:
        for each in finds:
            number = bisect_right(starts, each.start) - 1
            spot, begin = texts[number], starts[number]
            start, end = each.start - begin, min(each.end - begin, len(spot.text))
            words = spot.text[start:end]
            if start < end and not is_own_name(words):
                decision = decisions.of(words, each.subject, spot.about, spot.place)
                if not each.exact and decision is None:
                    continue
                found[number].append(each._replace(start=start, end=end, decision=decision))

    take(_Find(*each) for each in found_in(whole, profile.replaces))
    take(_whole_fields(session, texts, starts, profile))
    if Kind.PERSON in profile.replaces:
        take(_people(whole, texts, starts, people))
    if Kind.OWN in profile.replaces and patterns:
        for begin, spot in zip(starts, texts, strict=True):
            take(_Find(begin + each.start, begin + each.end, *each[2:]) for each in own(spot.text, patterns))
    take(_worded(whole, profile.words, Kind.OWN, "one of your words"))
    take(_added(whole, decisions))
    there = {(starts[number] + each.start, starts[number] + each.end) for number, of in enumerate(found) for each in of}
    again = _everywhere(whole, _again(found, texts))
    take(_Find(*each) for each in again if (each.start, each.end) not in there)
    return found


def _finds_alone(
    text: str, people: People, profile: Profile, patterns: Sequence[str], decisions: Decisions
) -> Iterator[object]:
    """Yield what is found in a text that stands for a person: such a text is a role, and no text of the session."""
    yield from found_in(text, profile.replaces)
    if Kind.PERSON in profile.replaces:
        yield from people.named(text)
    if Kind.OWN in profile.replaces:
        yield from own(text, patterns)
    yield from _worded(text, (*profile.words, *(each.words for each in decisions.added)), Kind.OWN, "one of your words")


def _joined(texts: Sequence[Spot]) -> tuple[str, list[int]]:
    starts: list[int] = []
    size = 0
    for spot in texts:
        starts.append(size)
        size += len(spot.text) + len(_BETWEEN)
    return _BETWEEN.join(spot.text for spot in texts), starts


def _people(whole: str, texts: Sequence[Spot], starts: Sequence[int], people: People) -> Iterator[_Find]:
    for begin, spot in zip(starts, texts, strict=True):
        if spot.names_somebody and (named := people.alone(spot.text)) is not None:
            yield _person(begin, begin + len(spot.text), named.person, people)
    for each in people.named(whole):
        yield _person(each.start, each.end, each.person, people)
    for found in _HANDLE.finditer(whole) if "@" in whole else ():
        if found[0].casefold() not in _NOBODY:
            yield _Find(*found.span(), Kind.PERSON, "somebody's handle")
    for found in _HOME.finditer(whole):
        if found[1] not in _NOBODYS_HOMES:
            yield _Find(*found.span(1), Kind.PERSON, "whose folder it is")


def _person(start: int, end: int, person: int | None, people: People) -> _Find:
    subject = "" if person is None else people.people[person].name
    return _Find(start, end, Kind.PERSON, "a person", subject, person)


def _whole_fields(session: Session, texts: Sequence[Spot], starts: Sequence[int], profile: Profile) -> Iterator[_Find]:
    """Yield tickets and ids of records, which are taken out of their fields, and tickets in other texts."""
    if Kind.TICKET not in profile.replaces:
        return
    prefixes = frozenset(each.ticket.partition("-")[0] for each in session.actions if "-" in each.ticket)
    for begin, spot in zip(starts, texts, strict=True):
        if spot.place in ("ticket", "origins"):
            what = "a ticket" if spot.place == "ticket" else "the id of a record"
            yield _Find(begin, begin + len(spot.text), Kind.TICKET, what, said="")
        else:
            for each in tickets(spot.text, prefixes):
                yield _Find(begin + each.start, begin + each.end, *each[2:])


def _worded(whole: str, words: Sequence[str], kind: Kind, what: str) -> Iterator[_Find]:
    pattern = everywhere(words)
    for found in pattern.finditer(whole) if pattern else ():
        yield _Find(*found.span(), kind, what)


def _added(whole: str, decisions: Decisions) -> Iterator[_Find]:
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


def _again(found: Sequence[Sequence[_Find]], texts: Sequence[Spot]) -> dict[str, Found]:
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


def _replaced(spot: Spot, finds: Sequence[_Find], names: Names) -> tuple[list[Replacement], str]:
    """Return the replacements in one text, in its order, and the text that they make."""
    kept = [each for each in finds if each.decision is not None and each.decision.decision is Decision.KEEP]
    gone = [each for each in finds if each.decision is None or each.decision.decision is not Decision.KEEP]
    merged = [_replacement(spot, each, names) for each in _merged(gone)]
    parts: list[str] = []
    place = 0
    for each in merged:
        parts += (spot.text[place : each.start], each.final)
        place = each.end
    stay: dict[tuple[int, int], Replacement] = {}
    for find in sorted(kept, key=lambda each: (each.start, -each.end)):
        if not any(each.start < find.end and find.start < each.end for each in merged):
            stay.setdefault((find.start, find.end), _replacement(spot, find, names))
    both = sorted([*merged, *stay.values()], key=lambda each: (each.start, each.end))
    return both, "".join((*parts, spot.text[place:]))


def _merged(finds: Iterable[_Find]) -> Iterator[_Find]:
    """Yield finds that do not overlap: those that do are one, of the worst kind, so that no part of any is left."""
    group: list[_Find] = []
    end = -1
    for each in sorted(finds, key=lambda each: (each.start, -each.end)):
        if group and each.start >= end:
            yield _one(group, end)
            group = []
        group.append(each)
        end = max(end, each.end) if len(group) > 1 else each.end
    if group:
        yield _one(group, end)


def _one(group: Sequence[_Find], end: int) -> _Find:
    """Return what overlapping finds are together; words that a person added are called as what else they are."""
    start = group[0].start
    best = min(group, key=lambda each: ((each.start, each.end) != (start, end), not each.exact, _ORDER[each.kind]))
    worst = min(group, key=lambda each: _ORDER[each.kind])
    chosen = best if (best.start, best.end) == (start, end) else worst
    decided = next((each.decision for each in group if each.decision is not None), None)
    return chosen._replace(start=start, end=end, decision=chosen.decision or decided)


def _replacement(spot: Spot, find: _Find, names: Names) -> Replacement:
    words = spot.text[find.start : find.end]
    decision = find.decision.decision if find.decision is not None else None
    proposed = _proposed(find, words, names, is_kept=decision is Decision.KEEP)
    said = (find.decision.replacement if find.decision is not None else "") or proposed
    return Replacement(
        about=spot.about,
        place=spot.place,
        number=spot.number,
        start=find.start,
        end=find.end,
        words=words,
        kind=find.kind,
        what=find.what,
        proposed=proposed,
        final=words if decision is Decision.KEEP else said,
        decision=decision,
        stable=find.kind in STABLE,
        subject=find.subject,
    )


def _proposed(find: _Find, words: str, names: Names, *, is_kept: bool) -> str:
    if find.said is not None:
        return find.said
    if find.kind is Kind.PERSON:
        return names.of_person(find.person)
    if find.kind in STABLE and not is_kept:
        return names.of(find.kind, words)
    return plainly(find.kind, find.what)
