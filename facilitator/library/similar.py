"""Past sessions that are like one, or like a text: ranked, each with the reasons, and whether the incident recurs."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

import msgspec

from facilitator.library.alike import is_group
from facilitator.library.comparing import FromFiles, FromIndex, Place, Source, candidates, texts_of, texts_of_words
from facilitator.library.facts import CLOSED, facts
from facilitator.library.likeness import Likeness, Profile, Texts
from facilitator.library.reading import read
from facilitator.library.reasons import reasons, root_causes
from facilitator.library.search import Library
from facilitator.model.session import Session, Severity

SHOWN = 5
"""How many sessions are given unless more are asked for."""

RECURS, RECURS_WITH_VALUES, RECURS_IN_TEXT = 0.3, 0.2, 0.75
"""From which score on an incident is taken for one that came before; where the category of the cause and a service or
tag are the same too; and where it is compared with a text, or with a session that says nothing of causes yet, which
must share two rare words as well. Of published postmortems, three in four of those above the first were judged to have
the same cause or one of its kind.
"""

_LEAST = 0.03
_RARE = 2
_DIGITS = 6
_ORDINALS = ("", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_DAYS_OF_A_MONTH = 30.44


class Similar(msgspec.Struct, frozen=True):
    """A session that is like another. `score` is from 0 to 1, and 1 for one that says the same.

    `date` is the day of the incident as ISO 8601. `causes` are the root causes, each in one line.
    """

    id: str
    title: str
    date: str
    severity: Severity | None
    score: float
    reasons: tuple[str, ...]
    causes: tuple[str, ...]
    actions: int
    actions_open: int
    file: str


class Alike(msgspec.Struct, frozen=True):
    """What is like a session: the sessions, the most similar first, and "the third like this in 14 months" or ""."""

    sessions: tuple[Similar, ...] = ()
    recurrence: str = ""


class _Ranked(NamedTuple):
    place: Place
    likeness: Likeness


def similar(library: Library, wanted: Session | str, today: date, *, limit: int = SHOWN, ready: bool = True) -> Alike:
    """Return the sessions of a store that are like a session, which need not be in it, or like a text.

    A session is never like itself, nor like a copy of it that says the same. A text is dated `today`. Unless `ready`,
    as `Library.refresh` told it, the files answer. Raises OSError when the store cannot be listed.
    """
    day = today if isinstance(wanted, str) else facts(wanted).when.date()

    def found(source: Source) -> Alike:
        profile, ranked = _ranked(wanted, source)
        shown = _shown(library, profile, ranked, limit)
        return Alike(
            tuple(shown), _recurrence([each.place.day for each in ranked if _recurs(each, wanted, profile)], day)
        )

    return library.answer(
        lambda index: found(FromIndex(index)), lambda sessions: found(FromFiles(sessions)), ready=ready
    )


def _ranked(wanted: Session | str, source: Source) -> tuple[Profile, list[_Ranked]]:
    """Return the sessions that share something worth naming, the most similar first, the newest of equals."""
    own = texts_of_words(wanted) if isinstance(wanted, str) else texts_of(wanted)
    profile = Profile(own, source.count(), source.having)
    numbers = candidates(profile, source)
    places = source.places(numbers)
    found = []
    for number, texts in source.texts(numbers).items():
        place = places.get(number)
        if place is None or _is_same(wanted, own, place, texts):
            continue
        likeness = profile.compare(number, texts)
        if likeness.score >= _LEAST:
            found.append(_Ranked(place, likeness._replace(score=round(likeness.score, _DIGITS))))
    found.sort(key=lambda each: each.place.id)
    found.sort(key=lambda each: (each.likeness.score, each.place.day), reverse=True)
    return profile, found


def _is_same(wanted: Session | str, own: Texts, place: Place, texts: Texts) -> bool:
    return not isinstance(wanted, str) and (place.id == wanted.id or texts.columns == own.columns)


def _recurs(ranked: _Ranked, wanted: Session | str, profile: Profile) -> bool:
    likeness = ranked.likeness
    if isinstance(wanted, str) or not (wanted.cause or wanted.factors or wanted.whys):
        # So little is said that one word, or the name of a service, would be most of it.
        rare = sum(profile.is_rare(term) for term in likeness.terms if not is_group(term))
        return likeness.score >= RECURS_IN_TEXT and rare >= _RARE
    least = RECURS_WITH_VALUES if likeness.same_values else RECURS
    return likeness.score >= least and not likeness.other_cause


def _shown(library: Library, profile: Profile, ranked: list[_Ranked], limit: int) -> Iterator[Similar]:
    for each in ranked:
        if limit <= 0:
            return
        session = each.place.session
        if session is None:
            now = read(library.folder, each.place.file)
            session = now.session if now is not None else None
        if session is None or session.id != each.place.id:
            continue  # it has gone, or changed, since the index was refreshed
        limit -= 1
        yield Similar(
            id=session.id,
            title=session.title,
            date=each.place.day.isoformat(),
            severity=session.severity,
            score=each.likeness.score,
            reasons=reasons(profile, each.likeness, session),
            causes=root_causes(session),
            actions=len(session.actions),
            actions_open=sum(1 for action in session.actions if action.status not in CLOSED),
            file=each.place.file,
        )


def _recurrence(days: list[date], day: date) -> str:
    """Return "the third like this in 14 months", of the days of such incidents and that of the present one."""
    before = sorted(each for each in days if each <= day)
    if not before:
        return ""
    number = len(before) + 1
    length = (day - before[0]).days
    months = round(length / _DAYS_OF_A_MONTH)
    span = f"{months} months" if months > 1 else f"{length} days" if length > 1 else "a day"
    return f"the {_ORDINALS[number] if number < len(_ORDINALS) else _ordinal(number)} like this in {span}"


def _ordinal(number: int) -> str:
    ending = "th" if 10 < number % 100 < 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"
