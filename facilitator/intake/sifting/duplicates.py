"""The same thing told by several sources: an alert by its system and in a channel, a deploy by its host and a bot."""

from collections import defaultdict, deque
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import msgspec

from facilitator.intake.drafts import Draft, Signal
from facilitator.intake.sifting.axis import in_order, kind_of
from facilitator.intake.sifting.named import Told, alerts_named, told
from facilitator.model.moments import Precision

BY_KEY, BY_NAME, BY_WORDS = 900.0, 600.0, 300.0
"""How many seconds apart two drafts may be that have a key, a name, or nearly all words in common."""

MOST_COMPARED = 8
"""With how many of those before it, for each word that it shares with them, a draft is compared."""

_WORDS_TRIED = 5
_ALIKE, _HELD, _CROSS_POSTED = 0.6, 0.8, 0.8
_FEWEST, _LONG = 3, 10
_PLAIN = (Signal.NOTE, Signal.ROUTINE, None)


class Group(msgspec.Struct, frozen=True):
    """Drafts that tell the same, in the order of time: the id of the fullest, the ids of all, and why they are one."""

    head: str
    ids: tuple[str, ...]
    why: str


class _Told(NamedTuple):
    draft: Draft
    second: float
    source: tuple[str, ...]
    told: Told


class _Link(NamedTuple):
    """That two drafts, by number, tell the same: how sure that is, 0 the surest, how far apart they are, and why."""

    rank: int
    apart: float
    first: int
    second: int
    why: str


def duplicates(drafts: Sequence[Draft], zone: str = "UTC") -> tuple[Group, ...]:
    """Return groups of drafts that tell the same thing, in the order of time.

    No group has two drafts of one source, and so never two messages of one channel. `zone` is for times that have none
    of their own; what has no time is in no group. The order of the drafts makes no difference.
    """
    placed = [_Told(draft, second, source_of(draft), told(draft)) for second, draft in _beside_others(drafts, zone)]
    links = sorted(
        link
        for first, second in compared(placed)
        if (link := _link(placed[first], placed[second], first, second)) is not None
    )
    return tuple(_groups(placed, links))


def source_of(draft: Draft) -> tuple[str, ...]:
    """Return what tells of a thing once: a channel; for records that systems keep, a file and the place in it."""
    kind = kind_of(draft.id)
    return (kind, draft.place) if draft.signal is None else (kind, draft.place, draft.file, draft.signal)


def compared(placed: Sequence[_Told]) -> Iterator[tuple[int, int]]:
    """Yield the numbers of the drafts to compare, in the order of time: of each with few of those before it."""
    recent: dict[tuple[str, str], deque[int]] = defaultdict(lambda: deque(maxlen=MOST_COMPARED))
    for number, each in enumerate(placed):
        before: set[int] = set()
        for token in _tokens(each):
            shelf = recent[token]
            while shelf and each.second - placed[shelf[0]].second > BY_KEY:
                shelf.popleft()
            before.update(shelf)
            shelf.append(number)
        for other in sorted(before):
            if placed[other].source != each.source:
                yield other, number


def _beside_others(drafts: Sequence[Draft], zone: str) -> list[tuple[float, Draft]]:
    """Return the drafts, in the order of time, that have one near them with which they may be one."""
    placed = [
        (second, draft)
        for second, draft in in_order(drafts, zone)
        if second is not None and draft.signal is not Signal.ROUTINE
    ]
    kinds = [kind_of(draft.id) for _, draft in placed]
    records = [((), (kind, draft.file if draft.signal else "")) for kind, (_, draft) in zip(kinds, placed, strict=True)]
    senders = [((kind, draft.who), (draft.place,)) for kind, (_, draft) in zip(kinds, placed, strict=True) if draft.who]
    told_by_one = [number for number, (_, draft) in enumerate(placed) if draft.who]
    seconds = [second for second, _ in placed]
    beside = set(_near_another(seconds, records, BY_KEY))
    found = _near_another([seconds[number] for number in told_by_one], senders, BY_WORDS)
    beside.update(told_by_one[number] for number in found)
    return [placed[number] for number in sorted(beside)]


def _near_another(
    seconds: Sequence[float], lanes: Sequence[tuple[tuple[str, ...], tuple[str, ...]]], span: float
) -> Iterator[int]:
    """Yield the numbers of those that have one of another label within a span in their lane; in the order of time.

    `lanes` are pairs of a lane and a label. Some numbers come twice.
    """
    for order in (range(len(seconds)), range(len(seconds) - 1, -1, -1)):
        last: dict[tuple[str, ...], tuple[tuple[str, ...], float]] = {}  # the label just passed in a lane, and when
        other: dict[tuple[str, ...], float] = {}  # when another label than that was passed
        for number in order:
            lane, label = lanes[number]
            before = last.get(lane)
            if before is not None and before[0] != label:
                other[lane] = before[1]
            if lane in other and abs(seconds[number] - other[lane]) <= span:
                yield number
            last[lane] = (label, seconds[number])


def _tokens(each: _Told) -> Iterator[tuple[str, str]]:
    if each.draft.key and each.draft.signal not in _PLAIN:
        yield "key", each.draft.key
    for name in sorted(each.told.names)[:_WORDS_TRIED]:
        yield "name", name
    if each.told.about == "changed" and each.told.numbers:
        yield "release", " ".join(sorted(each.told.numbers))
    for word in sorted(each.told.words, key=lambda word: (-len(word), word))[:_WORDS_TRIED]:
        yield "word", word


def _link(one: _Told, other: _Told, first: int, second: int) -> _Link | None:
    apart = abs(other.second - one.second)
    kinds = one.source[0] != other.source[0]
    if one.draft.key and one.draft.key == other.draft.key and one.draft.signal not in _PLAIN:
        if one.draft.signal == other.draft.signal and apart <= BY_KEY:
            return _Link(0, apart, first, second, f"both records have the key {one.draft.key[:60]}")
        return None
    about, also = one.told.about, other.told.about
    if about != also and about and also:
        return None
    shared = sorted(one.told.names & other.told.names)
    fires = one.draft.signal is other.draft.signal is Signal.FIRES
    if kinds and fires and apart <= BY_NAME:
        called = sorted(alerts_named(one.draft.text) & alerts_named(other.draft.text))
        if called:
            return _Link(1, apart, first, second, f"both are the alert {called[0]}, {_spoken(apart)} apart")
    certain = any("/" in name or any(map(str.isdigit, name)) for name in shared) or not _numbers_differ(one, other)
    if (
        kinds
        and shared
        and certain
        and apart <= BY_NAME
        and ((about and about == also) or _alikeness(one, other) >= _ALIKE)
    ):
        return _Link(2, apart, first, second, f"both name {shared[0]}, {_spoken(apart)} apart")
    if apart > BY_WORDS or not _may_be_one(one, other):
        return None
    if kinds and about and about == also and _holds(one.told, other.told):
        return _Link(3, apart, first, second, f"they tell of the same, {_spoken(apart)} apart")
    least = _ALIKE if kinds else _CROSS_POSTED
    if min(len(one.told.words), len(other.told.words)) >= _FEWEST and _alikeness(one, other) >= least:
        return _Link(3, apart, first, second, f"they say nearly the same, {_spoken(apart)} apart")
    return None


def _may_be_one(one: _Told, other: _Told) -> bool:
    """Tell whether the sources admit one thing told twice in words: of one kind, only by the same sender elsewhere."""
    if _numbers_differ(one, other):
        return False
    if one.source[0] != other.source[0]:
        return True
    return bool(one.draft.who) and one.draft.who == other.draft.who and one.draft.place != other.draft.place


def _numbers_differ(one: _Told, other: _Told) -> bool:
    """Tell whether each has a number, such as that of a host, that the other has not."""
    return bool(one.told.numbers - other.told.numbers and other.told.numbers - one.told.numbers)


def _alikeness(one: _Told, other: _Told) -> float:
    """Return which share of all their words two drafts have in common."""
    both = len(one.told.words | other.told.words)
    return len(one.told.words & other.told.words) / both if both else 0.0


def _holds(one: Told, other: Told) -> bool:
    """Tell whether nearly all that the shorter one says is in the other, and it is more than a word of everyday."""
    shared = one.words & other.words
    if len(shared) < _HELD * min(len(one.words), len(other.words)):
        return False
    return len(shared) >= _FEWEST or any(len(word) >= _LONG for word in shared)


def _spoken(seconds: float) -> str:
    if seconds < 100:
        whole = round(seconds)
        return f"{whole} second{'s' * (whole != 1)}"
    whole = round(seconds / 60)
    return f"{whole} minute{'s' * (whole != 1)}"


def _groups(placed: Sequence[_Told], links: Sequence[_Link]) -> Iterator[Group]:
    """Yield the groups that the links make, the surest first, without two drafts of one source in a group."""
    leader = list(range(len(placed)))
    members = {number: [number] for number in leader}
    reasons: dict[int, list[str]] = defaultdict(list)
    for link in links:
        one, other = leader[link.first], leader[link.second]
        if one == other:
            continue
        length = None if link.rank == 0 else 2  # records with one key may be of one place, in two files
        sources = {placed[number].source[:length] for number in members[one]}
        if not sources.isdisjoint(placed[number].source[:length] for number in members[other]):
            continue
        for number in members[other]:
            leader[number] = one
        members[one] += members.pop(other)
        reasons[one] += [link.why, *reasons.pop(other, [])]
    found = [(sorted(numbers), reasons[key]) for key, numbers in members.items() if len(numbers) > 1]
    for numbers, whys in sorted(found):
        head = max(numbers, key=lambda number: (fullness(placed[number].draft), -number))
        why = "; ".join(dict.fromkeys(whys))
        yield Group(placed[head].draft.id, tuple(placed[number].draft.id for number in numbers), why)


def fullness(draft: Draft) -> tuple[int, int]:
    """Return how much a draft tells: what kind of record it is, a link, an exact time, and then its words."""
    exact = draft.stamp is not None and draft.stamp.precision is Precision.SECOND
    facts = 2 * (draft.signal is not None) + bool(draft.link) + exact + bool(draft.key)
    return facts, min(len(draft.text), 500)
