"""Sessions and stores to measure on: made up, the same in every run."""

import random
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import msgspec

from facilitator.model.moments import Moment
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
    Session,
    Severity,
    Status,
    Why,
)
from facilitator.store import codec
from facilitator.store.naming import slug
from facilitator.store.store import Store

SEED = 20261115
BEGAN = datetime(2026, 11, 15, 14, tzinfo=UTC)
_DIFFERENT = 50
_WORDS = (
    "alert", "burn", "rate", "fires", "dashboard", "shows", "only", "pods", "error", "budget", "rollback", "deploy",
    "version", "primary", "replica", "lag", "queue", "consumer", "retries", "timeout", "cache", "cold",
    "certificate", "expires", "handover", "channel", "opened", "customers", "report", "checkout", "slow", "search",
    "payments", "orders", "region", "traffic", "shifts", "limit", "memory", "grows", "restart", "canary", "config",
    "flag", "schema", "migration", "index", "backup", "restore", "snapshot", "page", "acknowledged", "engineer",
    "reads", "runbook", "link", "missing", "owner", "unclear", "staging", "load", "test",
)  # fmt: skip
_SERVICES = ("checkout", "payments", "search", "orders", "identity", "billing", "catalogue", "notifications")


def session(chance: random.Random, *, entries: int = 40) -> Session:
    """Return a session with so many entries a minute apart, 3 why trees, 10 factors and 8 actions.

    With 40 entries its file has about 14 KB.
    """
    timeline = tuple(_entry(chance, number) for number in range(entries))
    whys = tuple(
        Why(
            id=f"W{number:02}",
            text=_sentence(chance),
            parent=f"W{number - 1:02}" if number % 5 else None,
            evidence=(timeline[number].id,),
        )
        for number in range(15)
    )
    factors = tuple(
        Factor(
            id=f"F{number:02}",
            text=_sentence(chance),
            category=chance.choice(CATEGORIES),
            root_cause=number == 0,
            whys=(whys[number].id,),
        )
        for number in range(10)
    )
    return Session(
        id=_identity(chance),
        title=_title(chance),
        created=BEGAN + timedelta(days=1),
        status=chance.choice(tuple(Status)),
        severity=chance.choice(tuple(Severity)),
        services=tuple(chance.sample(_SERVICES, 2)),
        tags=tuple(chance.sample(_WORDS, 3)),
        cause=chance.choice(CATEGORIES),
        facilitator="Maren",
        authors=("Noor", "Emil"),
        summary=_prose(chance, 4),
        trigger=_sentence(chance),
        resolution=_sentence(chance),
        impact=Impact(prose=_prose(chance, 2), users=chance.randrange(10, 100_000)),
        timeline=timeline,
        whys=whys,
        factors=factors,
        lessons=tuple(
            Lesson(id=f"L{number:02}", text=_sentence(chance), kind=tuple(LessonKind)[number % 3])
            for number in range(6)
        ),
        actions=tuple(_action(chance, number, factors[number].id) for number in range(8)),
    )


def session_of(chance: random.Random, size: int) -> Session:
    """Return a session whose file has about `size` bytes."""
    few, many = (session(random.Random(SEED), entries=count) for count in (40, 80))
    base = len(codec.dumps(few))
    each = (len(codec.dumps(many)) - base) / 40
    return session(chance, entries=max(40, 40 + round((size - base) / each)))


def with_whys(session: Session, count: int) -> Session:
    """Return a session with so many whys in one tree, three answers below each as long as there are enough."""
    chance = random.Random(SEED)
    whys = tuple(
        Why(id=f"W{number:05}", text=_sentence(chance), parent=f"W{(number - 1) // 3:05}" if number else None)
        for number in range(count)
    )
    return msgspec.structs.replace(session, whys=whys, factors=(), actions=())


def gates(session: Session, *, shared: bool) -> Session:
    """Return a session with a tree of 200 whys and 10,000 minimal cut sets, unless conditions are `shared`.

    The effect "G" takes four conditions together; each has ten ways, and each way takes some conditions together. Where
    they are shared, every third condition is one that another way needs too.
    """
    whys = [Why(id="G", text=session.title, join=Join.AND)]
    whys += [Why(id=f"G{part}", text=f"part {part}", parent="G", join=Join.OR) for part in range(4)]
    ways = [f"G{part}-{way}" for part in range(4) for way in range(10)]
    whys += [Why(id=way, text=f"way {way}", parent=way[:2], join=Join.AND) for way in ways]
    leaves = [f"L{number:03}" for number in range(200 - len(whys))]
    whys += [
        Why(id=leaf, text=f"condition {leaf}", parent=ways[number % len(ways)]) for number, leaf in enumerate(leaves)
    ]
    pairs = list(zip(leaves[::3], leaves[31::3], strict=False)) if shared else []
    factors = tuple(Factor(id=f"C{one}", text=f"shared {one}", whys=(one, other)) for one, other in pairs)
    return msgspec.structs.replace(session, whys=tuple(whys), factors=factors, actions=())


def store_with(folder: Path, held: Session) -> Store:
    """Return a store of one session in a new folder."""
    store = Store(folder, cache=folder.with_name(f"{folder.name}-cache"))
    store.create(held)
    return store


def store_of(folder: Path, count: int) -> None:
    """Fill a new folder with `count` sessions of 14 KB over ten years."""
    chance = random.Random(SEED)
    bodies = [session(chance) for _ in range(_DIFFERENT)]
    store_with(folder, bodies[0])
    for number in range(1, count):
        began = BEGAN - timedelta(hours=chance.randrange(10 * 365 * 24))
        title = _title(chance)
        made = msgspec.structs.replace(
            bodies[number % _DIFFERENT], id=_identity(chance), title=title, created=began, started=Moment(began)
        )
        name = f"{began.date().isoformat()}-{slug(title)}-{number}.json"
        (folder / name).write_bytes(codec.dumps(made))


def typed_lines(chance: random.Random, count: int) -> list[str]:
    """Return lines as they are typed into a timeline: most with a time of day, some relative, in a zone, or a span."""
    stamps = ("14:{:02}", "14:{:02}", "+{}m", "~14:{:02} CET", "14:{0:02}-14:{0:02}")
    marks = ("", "", "", " #detected", " source:grafana", " https://example.org/graph/7")
    return [
        f"{chance.choice(stamps).format(chance.randrange(1, 60))} {_sentence(chance)}{chance.choice(marks)}"
        for _ in range(count)
    ]


def _entry(chance: random.Random, number: int) -> Entry:
    return Entry(
        id=f"01E{number:020X}",
        at=Moment(BEGAN + timedelta(minutes=number)),
        text=_sentence(chance),
        milestones=(Milestone.DETECTED,) if number == 10 else (),
        source=chance.choice(("", "", "grafana", "chat")),
    )


def _action(chance: random.Random, number: int, factor: str) -> Action:
    return Action(
        id=f"A{number:02}",
        text=_sentence(chance),
        owner=chance.choice(("maren", "noor", "emil", "tove")),
        due=date(2026, 12, 1 + number),
        ticket=f"OPS-{1000 + number}",
        priority=chance.choice(tuple(Priority)),
        type=chance.choice(tuple(ActionType)),
        status=chance.choice(tuple(ActionStatus)),
        factors=(factor,),
    )


def _identity(chance: random.Random) -> str:
    return f"01K{chance.getrandbits(92):023X}"


def _title(chance: random.Random) -> str:
    return " ".join(chance.sample(_WORDS, 5)).capitalize()


def _sentence(chance: random.Random) -> str:
    return " ".join(chance.choices(_WORDS, k=chance.randint(5, 9)))


def _prose(chance: random.Random, sentences: int) -> str:
    return " ".join(f"{_sentence(chance).capitalize()}." for _ in range(sentences))
