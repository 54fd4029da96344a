"""What is missing in a session at a place of it, and what a facilitator could ask about."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import timedelta
from itertools import pairwise

import msgspec

from facilitator.model.cue_values import Missing
from facilitator.model.links import factors_without_action
from facilitator.model.metrics import spoken
from facilitator.model.precedents import met_in
from facilitator.model.session import Action, ActionStatus, Entry, Milestone, Session, Why
from facilitator.model.strip import strip
from facilitator.model.whys import names_a_person, people

_COLUMNS = 100
"""The width of the strip by which gaps are judged where none is drawn."""

_LONGEST = 60
"""How many characters of an item a reason repeats."""

_IN_A_ROW = 2
"""From how many milestones in a row on it is worth asking about those that are missing."""

_SHOWS = re.compile(
    r"\d|\b(?:tests?|tested|drills?|game day|alerts?|alarm|measured?|measures|metric|threshold|verify|verified|checks?|"
    r"checked|until|slo|sli|less than|more than|at most|at least|below|above|every|report)\b",
    re.IGNORECASE,
)
"""What in the words of an action lets people see that it worked: a number, a test, a limit."""


class Found(msgspec.Struct, frozen=True):
    """Something that is missing; `about` is the id of the item, or empty; `reason` tells it to the facilitator."""

    kind: Missing
    reason: str
    about: str = ""


class Gap(msgspec.Struct, frozen=True):
    """A time without an entry that stands out in a timeline: between which entries, and how long it is."""

    above: Entry
    below: Entry
    span: timedelta


def missing(
    session: Session, kind: Missing, marked: str = "", silences: Collection[timedelta] | None = None
) -> Found | None:
    """Return what of this kind is missing, at the item with the id `marked` if it is missing there, else anywhere.

    Gaps are only told beside the marked entry; `silences` are how long the gaps are that stand out, when that is known
    already (see `standing_out`).
    """
    if kind in (Missing.BEFORE, Missing.AFTER):
        return _gap(session, kind, marked, silences)
    found = tuple(_FINDERS[kind](session))
    return next((each for each in found if marked and each.about == marked), found[0] if found else None)


def everything(session: Session, kind: Missing) -> Iterator[Found]:
    """Return all that is missing of a kind, other than entries before and after, in the order of the session."""
    return _FINDERS[kind](session)


def gaps(timeline: tuple[Entry, ...], silences: Collection[timedelta] | None = None) -> Iterator[Gap]:
    """Return the gaps that stand out between entries, in order; see `missing` for `silences`."""
    spans = standing_out(timeline) if silences is None else silences
    if not spans:
        return
    last, shortest = None, min(spans)
    for above, below in pairwise(timeline):
        end = above.at.at if above.until is None else max(above.at.at, above.until)
        last = end if last is None else max(last, end)
        span = below.at.at - last
        if span >= shortest and span > timedelta(0) and span in spans:
            yield Gap(above, below, span)


def standing_out(timeline: tuple[Entry, ...], columns: int = _COLUMNS) -> frozenset[timedelta]:
    """Return how long the gaps are that stand out in a timeline: its silences, and the breaks in its scale."""
    drawn = strip(timeline, columns)
    return frozenset([each.span for each in drawn.silences] + [each.span for each in drawn.breaks])


def _gap(session: Session, kind: Missing, marked: str, silences: Collection[timedelta] | None) -> Found | None:
    timeline = session.timeline
    place = next((number for number, entry in enumerate(timeline) if entry.id == marked), None) if marked else None
    if place is None:
        return None
    after = place if kind is Missing.BEFORE else place + 1
    if not 0 < after < len(timeline):
        return None
    spans = standing_out(timeline) if silences is None else silences
    above, begin = timeline[after - 1].at.at, timeline[after].at.at
    if begin - above < min(spans, default=timedelta.max):
        return None
    span = begin - max(
        (each.until for each in timeline[:after] if each.until is not None and each.until > above), default=above
    )
    if span <= timedelta(0) or span not in spans:
        return None
    where = "before" if kind is Missing.BEFORE else "after"
    return Found(kind, f"{spoken(span)} without an entry {where} this", marked)


def _milestones(session: Session) -> Iterator[Found]:
    """Find the longest row of milestones that nothing marks, in a timeline that has begun."""
    if not session.timeline:
        return
    marked = {milestone for entry in session.timeline for milestone in entry.milestones}
    rows: list[list[Milestone]] = [[]]
    for milestone in Milestone:
        if milestone in marked:
            rows.append([])
        else:
            rows[-1].append(milestone)
    longest = max(rows, key=len)
    if len(longest) >= _IN_A_ROW:
        yield Found(Missing.MILESTONES, f"nothing is marked {', '.join(longest[:-1])} or {longest[-1]}")


def _participants(session: Session) -> Iterator[Found]:
    if not session.participants:
        yield Found(Missing.PARTICIPANTS, "nobody is noted as here")


def _detection(session: Session) -> Iterator[Found]:
    if session.detection.source is None and not session.detection.prose:
        yield Found(Missing.DETECTION, "it is not told how it was detected")


def _second_answer(session: Session) -> Iterator[Found]:
    answers: dict[str | None, list[Why]] = {}
    for why in session.whys:
        answers.setdefault(why.parent, []).append(why)
    for effect in answers.get(None, ()):
        below = answers.get(effect.id, ())
        if len(below) == 1:
            reason = f"one answer only to: {short(effect.text)}"
            yield Found(Missing.SECOND_ANSWER, reason, effect.id)
            yield Found(Missing.SECOND_ANSWER, reason, below[0].id)


def _condition(session: Session) -> Iterator[Found]:
    asked = {why.parent for why in session.whys}
    known = people(session)
    for why in session.whys:
        if why.parent is not None and why.id not in asked and names_a_person(why, known):
            yield Found(Missing.CONDITION, f"a branch ends in a person: {short(why.text)}", why.id)


def _evidence(session: Session) -> Iterator[Found]:
    for factor in session.factors:
        if not factor.evidence:
            yield Found(Missing.EVIDENCE, f"no entry shows: {short(factor.text)}", factor.id)


def _action(session: Session) -> Iterator[Found]:
    for factor in factors_without_action(session):
        yield Found(Missing.ACTION, f"no action yet for: {short(factor.text)}", factor.id)


def _check(session: Session) -> Iterator[Found]:
    for action in session.actions:
        if action.status not in (ActionStatus.DONE, ActionStatus.WONT_DO) and not shows_that_it_worked(action):
            yield Found(Missing.CHECK, f"nothing to tell that it worked: {short(action.text)}", action.id)


def shows_that_it_worked(action: Action) -> bool:
    """Tell whether the words of an action name something by which to see that it worked: a number, a test, a limit."""
    return _SHOWS.search(f"{action.text} {action.note}") is not None


def _mitigator(session: Session) -> Iterator[Found]:
    if session.factors and not any(factor.mitigator for factor in session.factors):
        yield Found(Missing.MITIGATOR, "no factor here kept it from being worse")


def _recurrence(session: Session) -> Iterator[Found]:
    for factor in session.factors:
        if factor.seen_before and not factor.mitigator:
            times = len(met_in(session, factor))
            where = f"{times} earlier incidents" if times > 1 else "an earlier incident"
            yield Found(Missing.RECURRENCE, f"this was there in {where}: {short(factor.text)}", factor.id)


def short(text: str) -> str:
    """Return a text as one line that is short enough to repeat."""
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1].rstrip()}…"


_FINDERS: Mapping[Missing, Callable[[Session], Iterator[Found]]] = {
    Missing.SECOND_ANSWER: _second_answer,
    Missing.CONDITION: _condition,
    Missing.EVIDENCE: _evidence,
    Missing.ACTION: _action,
    Missing.CHECK: _check,
    Missing.PARTICIPANTS: _participants,
    Missing.DETECTION: _detection,
    Missing.MITIGATOR: _mitigator,
    Missing.MILESTONES: _milestones,
    Missing.RECURRENCE: _recurrence,
}
