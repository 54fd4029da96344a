"""What the incidents of the made-up library are about: themes that recur, and the words that reports are made of."""

import random
from dataclasses import dataclass

SERVICES = (
    "checkout", "payments", "search", "orders", "identity", "billing", "catalogue", "notifications", "inventory",
    "shipping", "recommendations", "ledger", "gateway", "sessions", "media", "reports", "pricing", "accounts",
    "webhooks", "exports", "proxy", "dns", "warehouse", "mailer", "scheduler", "feature-flags", "audit", "support-desk",
)  # fmt: skip
PEOPLE = (
    "alice", "bob", "chen", "dara", "emil", "farid", "greta", "hana", "ivo", "jun", "karim", "lena", "maren", "noor",
    "olga", "pablo", "quinn", "rosa", "sami", "tove", "ulla", "vera", "wim", "xenia", "yara", "zoran",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Theme:
    """A kind of incident that comes again: what it is called, its cause and tags, and conditions behind it."""

    titles: tuple[str, ...]
    cause: str
    tags: tuple[str, ...]
    factors: tuple[str, ...]


THEMES = (
    Theme(
        ("Redis out of memory", "Redis evicts sessions", "Cache node killed for its memory"),
        "infrastructure",
        ("redis", "cache", "memory"),
        ("the cache had no limit on memory", "eviction was off", "nobody watched the growth of keys"),
    ),
    Theme(
        ("Errors after a deployment", "Release fails on start", "New version drops requests"),
        "deployment",
        ("deployment", "release"),
        ("the canary took too little traffic", "the contract was not tested", "a rollback took four commands"),
    ),
    Theme(
        ("Certificate expired", "TLS handshakes fail"),
        "process",
        ("tls", "certificate"),
        ("renewal depended on one calendar", "the expiry was not monitored"),
    ),
    Theme(
        ("Primary database overloaded", "Slow queries after a migration", "Connection pool exhausted"),
        "code",
        ("database", "postgresql"),
        ("the index was missing on the replica", "the pool was sized for last year", "the query had no limit"),
    ),
    Theme(
        ("DNS answers are stale", "Names do not resolve"),
        "configuration",
        ("dns", "networking"),
        ("the time to live was a day", "two resolvers disagreed"),
    ),
    Theme(
        ("Wrong flag turned on for everybody", "Configuration pushed to all regions"),
        "configuration",
        ("configuration", "feature-flag"),
        ("a change went to all regions at once", "the default was unsafe"),
    ),
    Theme(
        ("Queue consumer falls behind", "Messages delivered twice", "Dead letters pile up"),
        "code",
        ("queue", "kafka"),
        ("consumers had no idempotency", "retries had no backoff", "lag had no alert"),
    ),
    Theme(
        ("Provider of payments times out", "Upstream interface returns errors"),
        "dependency",
        ("dependency", "timeout"),
        ("the timeout was longer than the caller's", "there was no second provider"),
    ),
    Theme(
        ("Disk full on the log host", "Backups stopped silently"),
        "monitoring",
        ("disk", "backup"),
        ("alerts went to a list nobody reads", "restores were never tried"),
    ),
    Theme(
        ("Zone of the cloud unavailable", "Load balancer sends all traffic to one zone"),
        "infrastructure",
        ("networking", "failover"),
        ("failover needed a person", "capacity was planned for all zones"),
    ),
    Theme(
        ("Batch job locks the tables", "Nightly export runs into the morning"),
        "process",
        ("batch", "database"),
        ("the job had no owner", "the window was written in a document"),
    ),
    Theme(
        ("Clock drifts between hosts", "Tokens are refused as expired"),
        "infrastructure",
        ("time", "auth"),
        ("drift was not measured", "tokens lived one minute"),
    ),
)

_SYLLABLES = (
    "ba", "ce", "di", "fo", "gu", "ha", "je", "ki", "lo", "mu", "na", "pe", "qui", "ro", "su", "ta", "ve", "wi",
    "xo", "yu", "zan", "tor", "mel", "kin", "dra", "sol", "fen", "gar", "lix", "pon", "ret",
)  # fmt: skip
_COMMON = (
    "the", "a", "of", "to", "in", "and", "was", "for", "on", "with", "after", "at", "by", "it", "from", "that",
    "we", "all", "not", "before", "error", "service", "alert", "requests", "team", "dashboard", "deploy",
    "rollback", "traffic", "database", "cache", "queue", "latency", "timeout", "retry", "pods", "version",
    "primary", "replica", "region", "customers", "page", "runbook", "metric", "graph", "restart", "limit",
    "memory", "connection", "config", "check", "load", "test", "change", "release", "flag",
)  # fmt: skip


def vocabulary(chance: random.Random, size: int = 20_000) -> list[str]:
    """Return so many different words, the commonest first."""
    found = dict.fromkeys(_COMMON)
    while len(found) < size:
        found["".join(chance.choices(_SYLLABLES, k=chance.randint(2, 4)))] = None
    return list(found)


def sentences(chance: random.Random, count: int) -> list[str]:
    """Return so many sentences of words as frequent as in prose: the second commonest half as often as the first."""
    words = vocabulary(chance)
    weights = [1 / rank for rank in range(1, len(words) + 1)]
    drawn = iter(chance.choices(words, weights, k=count * 14))
    made = []
    for _ in range(count):
        said = [next(drawn) for _ in range(chance.randint(7, 14))]
        made.append(" ".join(said).capitalize())
    return made
