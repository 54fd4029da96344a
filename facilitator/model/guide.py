"""The guide of a write-up: what is missing in a session, one question at a time, in the order of an experienced writer.

It is computed from the session alone, so that a write-up goes on where it was left, on whatever day and terminal.
"""

from collections.abc import Callable, Collection, Iterator
from datetime import timedelta
from itertools import takewhile
from typing import NamedTuple

import msgspec

from facilitator.model.clocks import clock, day
from facilitator.model.cue_missing import Gap, everything, gaps, short
from facilitator.model.cue_values import Missing
from facilitator.model.guide_words import ASKED, OF_ITEMS
from facilitator.model.item import Item
from facilitator.model.links import factors_without_action
from facilitator.model.metrics import spoken, window
from facilitator.model.moments import Approximation, Moment, Precision, local
from facilitator.model.phases import Phase, actions_without, wanted
from facilitator.model.session import ActionStatus, BranchEnd, Session, Status, Why
from facilitator.model.whys import question

PARKING = "Parking lot"
"""The place of the open questions and the parked topics, which is no phase."""


class Step(msgspec.Struct, frozen=True):
    """One question of the guide.

    `place` is the value of a `phases.Phase`, or `PARKING`, and `key` what to mark there: the path of a field, such as
    "impact.prose", or the id of an item; empty when a new item is asked for. In a gap of the timeline it is the entry
    above the gap; where a factor has no action, it is that factor. `hint` is an example of what to type: a line or a
    value, or what is added to the line of the item. `id` stays the same as long as the question does.
    """

    place: str
    key: str
    question: str
    hint: str
    id: str


class _Asked(NamedTuple):
    """A step, and whether it was taken already."""

    step: Step
    done: bool


class _Scene(NamedTuple):
    """The session, and how long the gaps are that stand out in its timeline, when that is known."""

    session: Session
    silences: Collection[timedelta] | None


def steps(session: Session, silences: Collection[timedelta] | None = None) -> tuple[Step, ...]:
    """Return all that is missing, in the order in which to write it.

    `silences` are how long the gaps are that stand out in the timeline, when that is known already (see
    `cue_missing.standing_out`).
    """
    return tuple(asked.step for asked in _all(session, silences) if not asked.done)


def next_step(
    session: Session, skipped: Collection[str] = (), silences: Collection[timedelta] | None = None
) -> Step | None:
    """Return what is to be written next, but for steps with one of the `skipped` ids; None when nothing is left."""
    return next((each.step for each in _all(session, silences) if not each.done and each.step.id not in skipped), None)


def progress(session: Session, silences: Collection[timedelta] | None = None) -> tuple[int, int]:
    """Return how many of the guide's questions are answered, and how many there are for this session."""
    asked = list(_all(session, silences))
    return sum(each.done for each in asked), len(asked)


def _all(session: Session, silences: Collection[timedelta] | None) -> Iterator[_Asked]:
    scene = _Scene(session, silences)
    for part in _PARTS:
        yield from part(scene)


def _facts(scene: _Scene) -> Iterator[_Asked]:
    session = scene.session
    yield _asked(Phase.INCIDENT, "title", done=bool(session.title.strip()))
    yield from _wanted(session, Phase.INCIDENT, "severity", "services")
    yield _asked(Phase.INCIDENT, "started", done=window(session)[0] is not None)
    yield from _wanted(session, Phase.INCIDENT, "summary", "impact.prose")


def _timeline(scene: _Scene) -> Iterator[_Asked]:
    session = scene.session
    entries, *milestones = _wanted(session, Phase.TIMELINE)
    yield entries
    yield _asked(Phase.TIMELINE, "before", done=_looks_back(session))
    yield from milestones
    for gap in gaps(session.timeline, scene.silences):
        said = (*_times(gap, session.zone), spoken(gap.span))
        yield _of("gap", Phase.TIMELINE, gap.above, *said, also=gap.below.id)


def _response(scene: _Scene) -> Iterator[_Asked]:
    session = scene.session
    yield from _wanted(session, Phase.RESPONSE, "detection.source")
    yield _asked(Phase.RESPONSE, "detection.faster", done=bool(session.detection.faster))
    yield from _wanted(session, Phase.RESPONSE, "well", "harder")


def _whys(scene: _Scene) -> Iterator[_Asked]:
    session = scene.session
    yield from _wanted(session, Phase.WHYS, "effect")
    effects = [why for why in session.whys if why.parent is None]
    below: dict[str | None, list[Why]] = {}
    for why in session.whys:
        below.setdefault(why.parent, []).append(why)
    single = {found.about for found in everything(session, Missing.SECOND_ANSWER)}
    for effect in effects:
        if effect.end is None:
            yield _of("answer", Phase.WHYS, effect, _made_possible(effect), done=effect.id in below)
    for effect in effects:
        answers = below.get(effect.id, [])
        if answers and effect.end is None and not (len(answers) == 1 and _given_up(answers[0])):
            what_else = _made_possible(effect).replace("What made", "What else made", 1)
            yield _of("second", Phase.WHYS, effect, what_else, done=effect.id not in single)
    yield from _ends(session, below.keys())


def _ends(session: Session, answered: Collection[str | None]) -> Iterator[_Asked]:
    """Yield what is asked where a branch stops; of one that became a factor it is known that it can be acted on."""
    persons = {found.about for found in everything(session, Missing.CONDITION)}
    used = {why for factor in session.factors for why in factor.whys}
    for why in session.whys:
        if why.parent is None or why.id in answered or _given_up(why):
            continue
        if why.id in persons:
            yield _of("condition", Phase.WHYS, why, _quoted(why.text))
        else:
            yield _of("end", Phase.WHYS, why, _quoted(why.text), done=why.end is not None or why.id in used)


def _factors(scene: _Scene) -> Iterator[_Asked]:
    session = scene.session
    yield from _wanted(session, Phase.FACTORS, "trigger")
    yield _asked(Phase.FACTORS, "resolution", done=bool(session.resolution))
    yield from _wanted(session, Phase.FACTORS, "factors")
    for factor in session.factors:
        yield _of("category", Phase.FACTORS, factor, _quoted(factor.text), done=bool(factor.category))
    yield from _wanted(session, Phase.FACTORS, "root")
    lacking = not session.factors or any(everything(session, Missing.MITIGATOR))
    yield _asked(Phase.FACTORS, "mitigator", done=not lacking)


def _lessons(scene: _Scene) -> Iterator[_Asked]:
    yield from _wanted(scene.session, Phase.LESSONS)


def _actions(scene: _Scene) -> Iterator[_Asked]:
    session = scene.session
    uncovered = {factor.id for factor in factors_without_action(session)}
    for factor in session.factors:
        if not factor.mitigator:
            yield _of("action", Phase.ACTIONS, factor, _quoted(factor.text), done=factor.id not in uncovered)
    if not uncovered:
        yield from _wanted(session, Phase.ACTIONS, "actions")
    planned = [action for action in session.actions if action.status is not ActionStatus.WONT_DO]
    for field in ("owner", "due"):
        without = {action.id for action in actions_without(session, field)}
        for action in planned:
            yield _of(field, Phase.ACTIONS, action, _quoted(action.text), done=action.id not in without)


def _unanswered(scene: _Scene) -> Iterator[_Asked]:
    for each in scene.session.questions:
        yield _of("question", PARKING, each, _quoted(each.text), done=bool(each.owner or each.answer))
    for parked in scene.session.parking_lot:
        yield _of("parked", PARKING, parked, _quoted(parked.text), done=bool(parked.outcome))


def _document(scene: _Scene) -> Iterator[_Asked]:
    yield from _wanted(scene.session, Phase.INCIDENT, "authors", "facilitator")
    yield _asked(Phase.INCIDENT, "status", done=scene.session.status is not Status.DRAFT)


_PARTS: tuple[Callable[[_Scene], Iterator[_Asked]], ...] = (
    _facts, _timeline, _response, _whys, _factors, _lessons, _actions, _unanswered, _document,
)  # fmt: skip


def _wanted(session: Session, phase: Phase, *keys: str) -> Iterator[_Asked]:
    """Yield what is asked so that a phase is complete: for some of what it wants, or all of it."""
    found = {each.key: each for each in wanted(session, phase)}
    for key in keys or found:
        yield _asked(phase, key, done=found[key].there)


def _asked(phase: Phase, name: str, *, done: bool) -> _Asked:
    words = ASKED[phase, name]
    key = name if words.field else ""
    return _Asked(Step(str(phase), key, words.question, words.hint, f"{phase.name.lower()}.{name}"), done)


def _of(name: str, place: str, item: Item, *said: str, done: bool = False, also: str = "") -> _Asked:
    """Return what is asked about one item; `also` is the id of a second one that makes it another question."""
    words = OF_ITEMS[name]
    step_id = ".".join(part for part in (name, item.id, also) if part)
    return _Asked(Step(str(place), item.id, words.question.format(*said), words.hint, step_id), done)


def _quoted(text: str) -> str:
    return f"“{short(text)}”"


def _made_possible(why: Why) -> str:
    return question(msgspec.structs.replace(why, text=short(why.text)))


def _given_up(why: Why) -> bool:
    """Tell whether it was said that a branch ends where there is nothing to be asked."""
    return why.end in (BranchEnd.UNKNOWN, BranchEnd.OUTSIDE)


def _looks_back(session: Session) -> bool:
    """Tell whether the timeline begins before the incident does."""
    start, _ = window(session)
    if start is None:
        return False
    until_then = takewhile(lambda entry: entry.at.at <= start.at, session.timeline)
    return any(each.at.at < start.at or each.at.approximation is Approximation.BEFORE for each in until_then)


def _times(gap: Gap, zone: str) -> tuple[str, str]:
    """Return between which times a gap lies, with the days when it lies between several."""
    begin = gap.below.at.at - gap.span
    first = gap.above.at if begin == gap.above.at.at else Moment(begin)
    ends = (first, gap.below.at)
    if len({local(each.at, zone).date() for each in ends}) == 1:
        return clock(first, zone), clock(gap.below.at, zone)
    return _on_its_day(first, zone), _on_its_day(gap.below.at, zone)


def _on_its_day(moment: Moment, zone: str) -> str:
    told = clock(moment, zone)
    return told if moment.precision is Precision.DAY else f"{day(moment.at, zone)} {told}"
