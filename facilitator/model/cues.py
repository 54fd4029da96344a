"""Cues: which neutral question to ask next, here and now, and what makes it fit."""

from collections.abc import Collection, Iterator, Sequence
from datetime import timedelta
from enum import IntEnum

import msgspec

from facilitator.model.clocks import clock
from facilitator.model.cue_heard import heard
from facilitator.model.cue_missing import Found, missing
from facilitator.model.cue_values import PLACES, Cue, Heard, Missing, Used
from facilitator.model.edits import find
from facilitator.model.phases import Phase
from facilitator.model.session import Entry, Milestone, Session
from facilitator.model.whys import people

NOTHING_USED = Used()


class Fit(IntEnum):
    """What makes a cue fit, in the order in which cues are offered."""

    SAID = 1
    MISSING = 2
    MILESTONE = 3
    PLACE = 4
    ANYWHERE = 5


class Scene(msgspec.Struct, frozen=True, kw_only=True):
    """Here and now: the session, where the room is in it, and what was just said.

    `place` is a phase or one of `PLACES`; `marked` the id of the marked item. `typed` is the line that was just filed,
    empty when the room has gone on; `told` what a screen knows of the room, such as a silence. `silences` are how long
    the gaps are that stand out in the timeline, when that is known already (see `cue_missing.standing_out`).
    """

    session: Session
    place: str
    marked: str = ""
    typed: str = ""
    told: tuple[Heard, ...] = ()
    silences: Collection[timedelta] | None = None


class Offer(msgspec.Struct, frozen=True):
    """A cue with why it is offered, such as "after a decision"; `about` is the id of the item that it is about."""

    cue: Cue
    reason: str
    fit: Fit
    about: str = ""


def next_cue(cues: Sequence[Cue], scene: Scene, used: Used = NOTHING_USED) -> Offer | None:
    """Return the cue to offer: for what was just said, else what is missing, the milestone, the place, or any place.

    Of the cues that fit, one that was not used comes first, in the order of `fitting`; when all were used, the one
    whose use is the longest ago. The same arguments give the same cue. None when no cue fits.
    """
    spent = {cue_id: number for number, cue_id in enumerate(used.ids)}
    oldest: tuple[int, Offer] | None = None
    for offer in fitting(cues, scene):
        number = spent.get(offer.cue.id)
        if number is None:
            return offer
        if oldest is None or number < oldest[0]:
            oldest = number, offer
    return oldest[1] if oldest is not None else None


def fitting(cues: Sequence[Cue], scene: Scene) -> Iterator[Offer]:
    """Return the cues that fit, in the order in which they are offered; each is looked for when it is asked for.

    What was heard comes in the order of `Heard`, what is missing at the marked item before what is missing elsewhere;
    otherwise the order is that of `cues`.
    """
    here = place_name(scene.place)
    found = [cue for cue in cues if not cue.places or here in cue.places]
    marked = find(scene.session, scene.marked) if scene.marked else None
    milestones = marked.milestones if isinstance(marked, Entry) else ()
    at = clock(marked.at, scene.session.zone) if isinstance(marked, Entry) else ""
    yield from _said([cue for cue in found if cue.after and _marks(cue, milestones)], scene, at)
    yield from _lacking([cue for cue in found if cue.missing and not cue.after and _marks(cue, milestones)], scene)
    rest = [cue for cue in found if not cue.after and not cue.missing]
    for cue in rest:
        milestone = next((each for each in milestones if each in cue.milestones), None)
        if milestone is not None:
            yield Offer(cue, f"at the milestone {milestone}", Fit.MILESTONE, scene.marked)
    rest = [cue for cue in rest if not cue.milestones]
    yield from (Offer(cue, _FOR[here], Fit.PLACE) for cue in rest if cue.places)
    yield from (Offer(cue, "at any time", Fit.ANYWHERE) for cue in rest if not cue.places)


def _marks(cue: Cue, milestones: Collection[Milestone]) -> bool:
    return not cue.milestones or any(each in milestones for each in cue.milestones)


def _said(cues: Sequence[Cue], scene: Scene, at: str) -> Iterator[Offer]:
    """Return the cues for what was just said; each once, for the first kind that it fits."""
    kinds = (*(heard(scene.typed, people(scene.session)) if scene.typed and cues else ()), *scene.told)
    offered: set[str] = set()
    for kind in kinds:
        back = f"; back to {at}" if kind is Heard.FIX and at else ""
        for cue in cues:
            if kind in cue.after and cue.id not in offered and _all_missing(cue, scene):
                offered.add(cue.id)
                yield Offer(cue, f"after {kind}{back}", Fit.SAID, scene.marked)


def _all_missing(cue: Cue, scene: Scene) -> bool:
    return not cue.missing or any(_found(kind, scene) is not None for kind in cue.missing)


def _lacking(cues: Sequence[Cue], scene: Scene) -> Iterator[Offer]:
    kinds = tuple(dict.fromkeys(kind for cue in cues for kind in cue.missing))
    found = {kind: each for kind in kinds if (each := _found(kind, scene)) is not None}
    offers = [
        Offer(cue, lack.reason, Fit.MISSING, lack.about)
        for cue in cues
        if (lack := next((found[kind] for kind in cue.missing if kind in found), None)) is not None
    ]
    yield from sorted(offers, key=lambda offer: not offer.about or offer.about != scene.marked)


def _found(kind: Missing, scene: Scene) -> Found | None:
    return missing(scene.session, kind, scene.marked, scene.silences)


def place_name(place: str) -> str:
    """Return the name of a place as cues have it, one of `PLACES`: "response" for the phase of that name.

    Raises ValueError when there is none.
    """
    name = Phase(place).name.lower() if place in tuple(Phase) else place.lower()
    if name not in PLACES:
        raise ValueError(f"no place is called {place!r}")
    return name


_FOR = {
    "opening": "for the opening",
    "incident": "for the incident",
    "timeline": "for the timeline",
    "response": "for detection and response",
    "whys": "for the whys",
    "factors": "for the factors",
    "lessons": "for the lessons",
    "actions": "for the actions",
    "document": "before the document is final",
    "closing": "for the closing",
    "parking lot": "for the parking lot",
}
