"""A library to measure on: any number of sessions of realistic size and vocabulary, the same for the same seed.

Incidents are of themes that come again, at services, over eight years up to `NEWEST`; they have milestones, so that
their metrics can be computed, and actions with owners, due dates and states that fit their age.
"""

import argparse
import random
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from ulid import ULID

from facilitator.model.moments import Moment, Precision
from facilitator.model.session import (
    CATEGORIES,
    Action,
    ActionStatus,
    ActionType,
    Entry,
    Factor,
    Impact,
    Join,
    Lesson,
    LessonKind,
    Milestone,
    Priority,
    ReviewKind,
    Session,
    Severity,
    Status,
    Why,
)
from facilitator.store import codec
from facilitator.store.locate import MARKER
from facilitator.store.naming import slug
from tests.benchmarks.library_words import PEOPLE, SERVICES, THEMES, Theme, sentences

SEED = 20261115
NEWEST = datetime(2026, 11, 15, 14, tzinfo=UTC)
YEARS = 8
_KINDS = (ReviewKind.INCIDENT,) * 8 + (ReviewKind.NEAR_MISS, ReviewKind.EXPERIMENT)
_SEVERITIES = (Severity.SEV1, *(Severity.SEV2,) * 3, *(Severity.SEV3,) * 4, *(Severity.SEV4,) * 2, None)
_MARKS = {1: Milestone.START, 4: Milestone.DETECTED, 6: Milestone.ACKNOWLEDGED, 7: Milestone.DECLARED}
_LATE_MARKS = {20: Milestone.MITIGATED, 23: Milestone.RESOLVED}


class Maker:
    """Makes sessions one after the other, each another one."""

    def __init__(self, seed: int = SEED) -> None:
        self._chance = random.Random(seed)
        self._sentences = sentences(self._chance, 30_000)
        # Most of an id is random; drawing it in two of these halves takes a tenth of the time.
        self._halves = [f"{self._chance.getrandbits(32):08X}" for _ in range(50_000)]
        self._stamps: dict[datetime, str] = {}

    def session(self) -> Session:
        """Return another session, of about 14 KB as a file."""
        chance = self._chance
        theme, services = chance.choice(THEMES), tuple(dict.fromkeys(chance.choices(SERVICES, k=chance.randint(1, 3))))
        began = NEWEST - timedelta(minutes=int(chance.betavariate(1, 1.6) * YEARS * 365 * 24 * 60))
        created = began + timedelta(hours=chance.randint(4, 72))
        old = (NEWEST - created).days > 120
        timeline = self._timeline(began)
        factors = self._factors(theme)
        return Session(
            id=self._id(created),
            title=f"{chance.choice(theme.titles)} in {services[0]} {self._said().split()[-1]}",
            created=created,
            review_kind=chance.choice(_KINDS),
            status=Status.FINAL if old else chance.choice(tuple(Status)),
            severity=chance.choice(_SEVERITIES),
            services=services,
            tags=theme.tags[: chance.randint(1, 3)],
            cause=theme.cause if chance.random() < 0.8 else "",
            started=Moment(began),
            facilitator=chance.choice(PEOPLE),
            authors=tuple(chance.choices(PEOPLE, k=2)),
            summary=". ".join([f"{theme.titles[0]} for {services[0]}", *self._some(4)]),
            trigger=self._said(),
            resolution=self._said(),
            impact=Impact(
                prose=". ".join(self._some(2)),
                users=chance.randrange(10, 100_000) if chance.random() < 0.7 else None,
                error_budget=round(chance.expovariate(1 / 15), 1) if chance.random() < 0.6 else None,
            ),
            timeline=timeline,
            whys=tuple(
                Why(
                    id=self._id(created),
                    rank=float(number),
                    text=text,
                    join=Join.AND if number == 0 else Join.OR,
                    evidence=(timeline[number].id,),
                )
                for number, text in enumerate(self._some(9))
            ),
            factors=factors,
            lessons=tuple(
                Lesson(id=self._id(created), rank=float(number), text=text, kind=tuple(LessonKind)[number % 3])
                for number, text in enumerate(self._some(5))
            ),
            actions=tuple(self._action(number, created, old, factors) for number in range(chance.randint(2, 8))),
        )

    def _timeline(self, began: datetime) -> tuple[Entry, ...]:
        chance = self._chance
        pace = chance.lognormvariate(1.2, 1.0)
        marks = {**_MARKS, **(_LATE_MARKS if chance.random() < 0.85 else {})}
        at, entries = began - timedelta(minutes=2), []
        for number, text in enumerate(self._some(26)):
            at += timedelta(minutes=int(chance.expovariate(1 / pace)) + (number % 2))
            milestones = (marks[number],) if number in marks else ()
            source = chance.choice(("", "", "grafana", "chat"))
            moment = Moment(at, "UTC", Precision.MINUTE)
            entries.append(
                Entry(
                    id=self._id(began), rank=float(number), at=moment, text=text, milestones=milestones, source=source
                )
            )
        return tuple(entries)

    def _factors(self, theme: Theme) -> tuple[Factor, ...]:
        told = (*theme.factors, *self._some(7 - len(theme.factors)))
        return tuple(
            Factor(
                id=self._id(NEWEST),
                rank=float(number),
                text=text,
                category=theme.cause if number == 0 else self._chance.choice(CATEGORIES),
                root_cause=number == 0,
            )
            for number, text in enumerate(told)
        )

    def _action(self, number: int, created: datetime, old: bool, factors: tuple[Factor, ...]) -> Action:
        chance = self._chance
        closed = chance.random() < (0.85 if old else 0.3)
        ended = ActionStatus.DONE if chance.random() < 0.85 else ActionStatus.WONT_DO
        due = created.date() + timedelta(days=chance.randint(7, 90))
        done = created.date() + timedelta(days=9 + 11 * number)
        return Action(
            id=self._id(created + timedelta(days=chance.randint(0, 3))),
            rank=float(number),
            text=self._said(),
            owner=chance.choice(PEOPLE) if chance.random() < 0.9 else "",
            due=due if due > date(2000, 1, 1) and chance.random() < 0.8 else None,
            ticket=f"OPS-{chance.randrange(1000, 99999)}" if chance.random() < 0.6 else "",
            priority=chance.choice(tuple(Priority)),
            type=chance.choice(tuple(ActionType)),
            status=ended if closed else chance.choice((ActionStatus.OPEN, ActionStatus.IN_PROGRESS)),
            done=done if closed and ended is ActionStatus.DONE else None,
            factors=(chance.choice(factors).id,),
        )

    def _id(self, at: datetime) -> str:
        stamp = self._stamps.get(at)
        if stamp is None:
            stamp = self._stamps[at] = str(ULID.from_int(int(at.timestamp() * 1000) << 80))[:10]
        return f"{stamp}{self._half()}{self._half()}"

    def _half(self) -> str:
        return self._halves[int(self._chance.random() * len(self._halves))]

    def _said(self) -> str:
        return self._chance.choice(self._sentences)

    def _some(self, count: int) -> list[str]:
        return self._chance.choices(self._sentences, k=count)


def fill(folder: Path, count: int, seed: int = SEED) -> None:
    """Write so many sessions into a folder, which becomes a store."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / MARKER).write_text(f'{{"format": {codec.FORMAT}}}\n', encoding="utf-8")
    maker = Maker(seed)
    for number in range(count):
        made = maker.session()
        name = f"{made.timeline[0].at.at.date().isoformat()}-{slug(made.title)}-{number}.json"
        (folder / name).write_bytes(codec.dumps(made))


def main() -> None:
    """Make a store from the command line: `python -m tests.benchmarks.library_store FOLDER COUNT`."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.library_store", description=main.__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("count", type=int)
    chosen = parser.parse_args()
    fill(chosen.folder, chosen.count)


if __name__ == "__main__":
    main()
