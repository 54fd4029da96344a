"""Hypothesis strategies for the values of the model. All text is as the cleaning door leaves it."""

from datetime import UTC, datetime
from functools import cache
from typing import TypeVar

import msgspec
from hypothesis import strategies as st

from facilitator.model.edits import ordered
from facilitator.model.item import Item
from facilitator.model.meeting_items import Account, Box, Meeting, Note, Survey, Switch, SwitchKind
from facilitator.model.moments import Approximation, Moment, Precision
from facilitator.model.phases import Phase
from facilitator.model.review_items import (
    Approval,
    ApprovedPart,
    Comment,
    Consent,
    Decision,
    Pseudonym,
    Redaction,
    ReviewRequest,
    Version,
    Withheld,
)
from facilitator.model.session import (
    CATEGORIES,
    Action,
    ActionStatus,
    ActionType,
    BranchEnd,
    Confidence,
    Conflict,
    Detection,
    DetectionSource,
    Entry,
    Factor,
    Impact,
    Intake,
    Join,
    Lesson,
    LessonArea,
    LessonKind,
    Milestone,
    Mute,
    Parked,
    Participant,
    Precedent,
    Priority,
    Question,
    Response,
    ResponseKind,
    ResponseNote,
    ReviewKind,
    Role,
    Session,
    Severity,
    Status,
    Why,
)
from facilitator.model.text import one_line, paragraphs
from tests.editing import EMPTY, Numbers, edited

ValueT = TypeVar("ValueT")
ItemT = TypeVar("ItemT", bound=Item)

ZONES = ("UTC", "Europe/Paris", "America/New_York", "Asia/Kolkata", "+02:00")


@cache
def lines(min_size: int = 0, max_size: int = 30) -> st.SearchStrategy[str]:
    """Clean text of one line; with `min_size` 1, never empty."""
    found = st.text(max_size=max_size).map(one_line)
    return found.filter(bool) if min_size else found


@cache
def prose(max_size: int = 60) -> st.SearchStrategy[str]:
    """Clean text of any number of lines, perhaps empty."""
    return st.text(max_size=max_size).map(paragraphs)


@cache
def times() -> st.SearchStrategy[datetime]:
    """Moments of the clock, aware and in UTC, between 1990 and 2100."""
    first, last = (datetime(year, 1, 1, tzinfo=UTC).replace(tzinfo=None) for year in (1990, 2100))
    return st.datetimes(first, last, timezones=st.just(UTC))


@cache
def ids() -> st.SearchStrategy[str]:
    """Ids in the form of a ULID."""
    return st.integers(0, 2**60).map(lambda number: f"{number:026X}")


@cache
def moments() -> st.SearchStrategy[Moment]:
    """Moments of every precision and approximation, in a few zones."""
    return st.builds(
        Moment, times(), st.sampled_from(ZONES), st.sampled_from(Precision), st.sampled_from(Approximation)
    )


def maybe(values: st.SearchStrategy[ValueT]) -> st.SearchStrategy[ValueT | None]:
    """None, or one of `values`."""
    return st.one_of(st.none(), values)


@cache
def entries() -> st.SearchStrategy[Entry]:
    """Entries of a timeline, with ids of their own."""
    return st.builds(
        Entry,
        id=ids(),
        rank=_ranks(),
        at=moments(),
        text=lines(1),
        until=maybe(times()),
        milestones=_some(st.sampled_from(Milestone)),
        source=lines(),
        links=_some(st.sampled_from(["https://example.com/graph", "https://example.com/log?id=1"])),
        origins=_some(st.sampled_from(["slack:C1/1700000000.000200", "pagerduty:P1"])),
    )


def actions(factors: tuple[str, ...] = ()) -> st.SearchStrategy[Action]:
    """Action items that address some of `factors`."""
    return st.builds(
        Action,
        id=ids(),
        rank=_ranks(),
        text=lines(1),
        owner=lines(),
        due=maybe(st.dates()),
        ticket=lines(),
        priority=maybe(st.sampled_from(Priority)),
        type=maybe(st.sampled_from(ActionType)),
        status=st.sampled_from(ActionStatus),
        factors=_some(st.sampled_from(factors)) if factors else st.just(()),
        note=prose(),
        done=maybe(st.dates()),
        effect=lines(),
    )


@st.composite
def sessions(draw: st.DrawFn, max_items: int = 3, most_whys: int | None = None) -> Session:
    """Whole sessions: every list in reading order, every link to an item that is there, every id its own.

    No list has more than `max_items`; that of the whys `most_whys`, where it is said.
    """
    taken: set[str] = set()

    def some(strategy: st.SearchStrategy[ItemT], most: int = max_items) -> tuple[ItemT, ...]:
        drawn = draw(st.lists(strategy, max_size=most))
        kept = {item.id: item for item in drawn if item.id not in taken}
        taken.update(kept)
        return tuple(kept.values())

    def plain(of: type[ItemT], /, *, most: int = max_items, **fields: st.SearchStrategy[object]) -> tuple[ItemT, ...]:
        return ordered(some(st.builds(of, id=ids(), rank=_ranks(), text=lines(1), **fields), most))

    timeline = _one_of_each_milestone(ordered(some(entries())))
    evidence = _some(st.sampled_from([each.id for each in timeline])) if timeline else st.just(())
    whys = plain(
        Why,
        most=max_items if most_whys is None else most_whys,
        join=st.sampled_from(Join),
        evidence=evidence,
        confidence=maybe(st.sampled_from(Confidence)),
        end=maybe(st.sampled_from(BranchEnd)),
    )
    whys = _as_tree(whys, draw(st.lists(st.integers(0, 5), min_size=len(whys), max_size=len(whys))))
    factors = plain(
        Factor,
        category=st.sampled_from(("", *CATEGORIES)),
        mitigator=st.booleans(),
        root_cause=st.booleans(),
        role=maybe(st.sampled_from(Role)),
        present=maybe(st.booleans()),
        seen_before=maybe(st.booleans()),
        no_action=prose(),
        whys=_some(st.sampled_from([why.id for why in whys])) if whys else st.just(()),
        evidence=evidence,
    )
    met = _some(st.sampled_from([factor.id for factor in factors])) if factors else st.just(())
    precedents = plain(Precedent, session=ids(), day=maybe(st.dates()), factors=met)
    participants = plain(Participant, role=lines())
    people, few = tuple(each.id for each in participants), min(max_items, 2)
    meetings = ordered(some(_meetings(people), few))
    held = tuple(meeting.id for meeting in meetings)
    boxes = plain(Box, meeting=_one(held), minutes=st.integers(1, 90), phase=st.sampled_from(("", *map(str, Phase))))
    notable = tuple(each.id for each in (*timeline, *whys, *factors, *meetings))
    lessons = plain(Lesson, kind=st.sampled_from(LessonKind), area=maybe(st.sampled_from(LessonArea)))
    return msgspec.structs.replace(
        draw(_headers()),
        participants=participants,
        timeline=timeline,
        response_notes=plain(ResponseNote, kind=st.sampled_from(ResponseKind)),
        whys=whys,
        factors=factors,
        precedents=precedents,
        lessons=lessons,
        actions=ordered(some(actions(tuple(factor.id for factor in factors)))),
        parking_lot=plain(Parked, outcome=prose()),
        questions=plain(Question, owner=lines(), answer=prose()),
        accounts=ordered(some(_accounts(tuple(each.id for each in timeline), people), few)),
        meetings=meetings,
        boxes=boxes,
        switches=ordered(some(_switches(held, tuple(box.id for box in boxes)), few)),
        surveys=plain(Survey, meeting=_one(held), spoke=_answers(), learned=_answers(), again=_answers()),
        notes=plain(Note, phase=st.sampled_from(("", *map(str, Phase)))),
        mutes=ordered(some(_mutes(notable), few)),
        intakes=ordered(some(_intakes(), few)),
        **{name: ordered(some(each, few)) for name, each in _reviews(notable).items()},
        conflicts=ordered(some(conflicts(tuple(each.id for each in (*timeline, *whys, *lessons))))),
    )


def _meetings(people: tuple[str, ...]) -> st.SearchStrategy[Meeting]:
    some_people = _some(st.sampled_from(people)) if people else st.just(())
    return st.builds(
        Meeting,
        id=ids(),
        rank=_ranks(),
        text=lines(),
        held=maybe(times()),
        attendance=some_people,
        new_here=some_people,
        facilitator=_one(people),
        note_taker=_one(people),
        next_meeting=maybe(st.dates()),
    )


def _switches(meetings: tuple[str, ...], boxes: tuple[str, ...]) -> st.SearchStrategy[Switch]:
    return st.builds(
        Switch,
        id=ids(),
        rank=_ranks(),
        meeting=_one(meetings),
        at=times(),
        kind=st.sampled_from(SwitchKind),
        box=_one(boxes),
        minutes=st.integers(-5, 15),
        skipped=_one(boxes),
    )


def _accounts(timeline: tuple[str, ...], people: tuple[str, ...]) -> st.SearchStrategy[Account]:
    return st.builds(
        Account,
        id=ids(),
        rank=_ranks(),
        entry=_one(timeline),
        teller=_one(people),
        seen=prose(),
        meant=prose(),
        expected=prose(),
        options=prose(),
        private=st.booleans(),
    )


def _mutes(about: tuple[str, ...]) -> st.SearchStrategy[Mute]:
    return st.builds(
        Mute,
        id=ids(),
        rank=_ranks(),
        rule=st.sampled_from(("timeline.gap", "depth.owner-team", "action.vague")),
        about=_one(about),
        words=lines(),
        reason=prose(),
    )


@cache
def _intakes() -> st.SearchStrategy[Intake]:
    return st.builds(
        Intake,
        id=ids(),
        rank=_ranks(),
        text=lines(1),
        kind=st.sampled_from(("slack", "pagerduty")),
        read=times(),
        digest=st.sampled_from(("1f2e3d4c", "0a1b2c3d")),
        count=st.integers(0, 100_000),
        zone=st.sampled_from(("", "Europe/Paris")),
        ahead=st.integers(-3600, 3600),
        left=_some(st.sampled_from(["slack:C1/1700000000.000200", "pagerduty:P1"])),
    )


def _reviews(about: tuple[str, ...]) -> dict[str, st.SearchStrategy[Item]]:
    """Items of a session that are about its review and publication, by their list."""
    done = {"id": ids(), "rank": _ranks(), "at": times(), "by": lines()}
    part, profile, digest = st.sampled_from(ApprovedPart), st.sampled_from(("company", "public")), st.just("0a1b2c")
    kinds: dict[str, st.SearchStrategy[Item]] = {
        "review_requests": st.builds(
            ReviewRequest, **done, text=lines(1), part=maybe(part), answered=maybe(times()), said=prose()
        ),
        "comments": st.builds(Comment, **done, text=prose(), about=_one(about), resolved=st.booleans()),
        "approvals": st.builds(Approval, **done, part=part, digest=digest, role=lines(), text=prose()),
        "versions": st.builds(
            Version, **done, number=st.integers(1, 9), text=prose(), changed=prose(), profile=profile, digest=digest
        ),
        "redactions": st.builds(
            Redaction,
            id=ids(),
            words=lines(1),
            profile=profile,
            about=_one(about),
            decision=st.sampled_from(Decision),
            replacement=lines(),
        ),
        "pseudonyms": st.builds(Pseudonym, id=ids(), words=lines(1), text=lines(1)),
        "consents": st.builds(Consent, **done, profile=profile, digest=digest),
    }
    if about:
        kinds["withheld"] = st.builds(Withheld, id=ids(), about=st.sampled_from(about), text=lines())
    return kinds


@cache
def _answers() -> st.SearchStrategy[int | None]:
    return maybe(st.integers(1, 5))


def _one(of: tuple[str, ...]) -> st.SearchStrategy[str]:
    """One of these ids, or none."""
    return st.sampled_from(("", *of))


def conflicts(about: tuple[str, ...]) -> st.SearchStrategy[Conflict]:
    """Conflicts about the texts of these items, or about fields of the session."""
    of_session = st.builds(
        Conflict, id=ids(), field=st.sampled_from(("title", "summary", "impact.prose")), other=lines(1)
    )
    if not about:
        return of_session
    of_items = st.builds(Conflict, id=ids(), about=st.sampled_from(about), field=st.just("text"), other=lines(1))
    return st.one_of(of_session, of_items)


def numbers(max_size: int = 8) -> st.SearchStrategy[list[Numbers]]:
    """Edits by numbers, for `editing.edited`."""
    return st.lists(st.tuples(*(st.integers(0, 999) for _ in range(3))), max_size=max_size)


@st.composite
def versions(draw: st.DrawFn, count: int = 2) -> tuple[Session, ...]:
    """A session, and so many others that were made from it by edits of people who did not know of each other."""
    start = draw(sessions(2)) if draw(st.integers(0, 9)) == 9 else EMPTY
    base = edited(start, draw(numbers(20)))
    return (base, *(edited(base, draw(numbers())) for _ in range(count)))


@cache
def _headers() -> st.SearchStrategy[Session]:
    names = _some(lines(1))
    return st.builds(
        Session,
        id=ids(),
        title=lines(1),
        created=times(),
        review_kind=st.sampled_from(ReviewKind),
        status=st.sampled_from(Status),
        severity=maybe(st.sampled_from(Severity)),
        services=names,
        tags=names,
        cause=st.sampled_from(("", *CATEGORIES)),
        zone=st.sampled_from(ZONES),
        started=maybe(moments()),
        resolved=maybe(moments()),
        held=maybe(st.dates()),
        facilitator=lines(),
        authors=names,
        review_until=maybe(times()),
        summary=prose(),
        trigger=prose(),
        resolution=prose(),
        impact=st.builds(
            Impact,
            prose=prose(),
            users=maybe(st.integers(0, 10**9)),
            regions=names,
            error_budget=maybe(st.floats(0, 1000)),
            sla_breached=maybe(st.booleans()),
        ),
        detection=st.builds(Detection, source=maybe(st.sampled_from(DetectionSource)), prose=prose()),
        response=st.builds(Response, runbooks=prose(), communication=prose()),
    )


@cache
def _ranks() -> st.SearchStrategy[float]:
    return st.floats(-1e6, 1e6)


def _some(values: st.SearchStrategy[ValueT]) -> st.SearchStrategy[tuple[ValueT, ...]]:
    return st.lists(values, max_size=2, unique=True).map(tuple)


def _one_of_each_milestone(timeline: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """Leave every milestone at the first entry that has it."""
    seen: set[Milestone] = set()
    kept = []
    for entry in timeline:
        mine = tuple(each for each in entry.milestones if each not in seen)
        seen.update(mine)
        kept.append(_with(entry, milestones=mine))
    return tuple(kept)


def _as_tree(whys: tuple[Why, ...], choices: list[int]) -> tuple[Why, ...]:
    """Put each why below one that stands before it, or at the top, as `choices` say."""
    above: tuple[str | None, ...] = (None, *(why.id for why in whys))
    return tuple(
        _with(why, parent=above[choice % (number + 1)])
        for number, (why, choice) in enumerate(zip(whys, choices, strict=True))
    )


def _with(item: ItemT, **fields: object) -> ItemT:
    return msgspec.structs.replace(item, **fields)
