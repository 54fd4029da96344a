"""A session for the readers of a profile: what is replaced in it, by what, and the session that comes of it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from facilitator.model.aliases import People
from facilitator.model.edits import descendants, without
from facilitator.model.private import published
from facilitator.model.review_items import Decision
from facilitator.model.session import Session
from facilitator.redaction.called import STABLE, Names, new_pseudonyms, plainly
from facilitator.redaction.decisions import Decisions
from facilitator.redaction.finding import Find, Finder
from facilitator.redaction.profiles import Kind, Profile
from facilitator.redaction.spots import Spot, spots, with_texts

_ORDER = {kind: number for number, kind in enumerate(Kind)}


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


def redacting(session: Session, profile: Profile, patterns: Sequence[str] = ()) -> Redacted:
    """Return a session for the readers of a profile; `patterns` are the team's own for what is sensitive.

    It has nothing private, none of what is withheld from these readers, and no conflicts. The session itself stays as
    it is. Doing it again changes nothing, but where a person chose words that are sensitive themselves.
    """
    people = People(session)
    shown = _shown(session, profile)
    texts = list(spots(shown))
    finder = Finder(people, profile, patterns, Decisions(session.redactions, profile))
    names = Names(session.pseudonyms, people, profile.naming, finder.finds_nothing)
    found = finder.found(session, texts)
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


def _replaced(spot: Spot, finds: Sequence[Find], names: Names) -> tuple[list[Replacement], str]:
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


def _merged(finds: Iterable[Find]) -> Iterator[Find]:
    """Yield finds that do not overlap: those that do are one, of the worst kind, so that no part of any is left."""
    group: list[Find] = []
    end = -1
    for each in sorted(finds, key=lambda each: (each.start, -each.end)):
        if group and each.start >= end:
            yield _one(group, end)
            group = []
        group.append(each)
        end = max(end, each.end) if len(group) > 1 else each.end
    if group:
        yield _one(group, end)


def _one(group: Sequence[Find], end: int) -> Find:
    """Return what overlapping finds are together; words that a person added are called as what else they are."""
    start = group[0].start
    best = min(group, key=lambda each: ((each.start, each.end) != (start, end), not each.exact, _ORDER[each.kind]))
    worst = min(group, key=lambda each: _ORDER[each.kind])
    chosen = best if (best.start, best.end) == (start, end) else worst
    decided = next((each.decision for each in group if each.decision is not None), None)
    return chosen._replace(start=start, end=end, decision=chosen.decision or decided)


def _replacement(spot: Spot, find: Find, names: Names) -> Replacement:
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


def _proposed(find: Find, words: str, names: Names, *, is_kept: bool) -> str:
    if find.said is not None:
        return find.said
    if find.kind is Kind.PERSON:
        return names.of_person(find.person)
    if find.kind in STABLE and not is_kept:
        return names.of(find.kind, words)
    return plainly(find.kind, find.what)
