"""Sessions for sites: final ones that are short, and hostile ones."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import msgspec

from facilitator.documents.markdown import markdown
from facilitator.model.moments import Moment
from facilitator.model.review_items import Version
from facilitator.model.session import Action, Entry, Factor, Milestone, Session, Severity, Status, Why
from facilitator.model.text import one_line
from facilitator.redaction.consent import with_consent
from facilitator.redaction.profiles import Profile
from facilitator.review.comments import Signed
from facilitator.review.versions import Readers, publish
from facilitator.site.choosing import Audience
from facilitator.store.publishing import for_readers
from facilitator.store.store import Store
from tests.hostile import HOSTILE

START = datetime(2026, 3, 1, 10, 0, tzinfo=UTC)
LONG = "Very long words about nothing " * 10
TRICKS = (
    *(text for text in HOSTILE if len(text) < 300),
    LONG,
    "../../../etc/passwd",
    "..",
    ".",
    "/",
    "con",
    "NUL.html",
    "index",
    "search",
    "<img src=x onerror=window.acted=1>",
    '"><script>window.acted=1</script>',
    "</title><script>window.acted=1</script>",
    "{{ 7 * 7 }} {% raw %}",
    "__proto__ constructor hasOwnProperty",
    "```mermaid\nflowchart LR\n```",
    "|substitution| `role`:ref: **bold** .. raw:: html",
    "\u202egnp.exe",
)
"""Texts that something between a session and the screen of a reader could take for more than text."""


def id_of(number: int) -> str:
    """Return an id that is made from a number."""
    return f"01K9{number:022}"


def final(number: int, title: str = "", **fields: Any) -> Session:
    """Return a final session with a little of everything; `fields` are those of the session."""
    start = START + timedelta(days=number)
    made: dict[str, Any] = {
        "id": id_of(number),
        "title": title or f"Incident {number}",
        "created": start,
        "status": Status.FINAL,
        "severity": Severity.SEV2,
        "services": ("checkout",),
        "tags": ("redis",),
        "cause": "configuration",
        "summary": f"Summary of {number}.",
        "timeline": (
            Entry(id="t1", at=Moment(start), text="It begins", milestones=(Milestone.START,)),
            Entry(id="t2", at=Moment(start + timedelta(minutes=9)), text="It ends", milestones=(Milestone.RESOLVED,)),
        ),
        "whys": (Why(id="w1", text="It was down"), Why(id="w2", text="Nothing checked it", parent="w1")),
        "factors": (Factor(id="f1", text="No check before rollout", category="testing", root_cause=True),),
        "actions": (Action(id="a1", text="Check before rollout", owner="alice", due=date(2026, 4, 1)),),
    }
    return Session(**{**made, **fields})


def hostile(first: int = 1000) -> Iterator[Session]:
    """Yield a final session for each trick, which is in every place that a site shows."""
    for number, text in enumerate(TRICKS, first):
        words = one_line(text)
        session = final(number)
        yield msgspec.structs.replace(
            session,
            title=words,
            services=(words, "checkout"),
            tags=(words, words.upper()),
            cause=words,
            summary=words,
            timeline=tuple(msgspec.structs.replace(each, text=words) for each in session.timeline),
            whys=tuple(msgspec.structs.replace(each, text=words) for each in session.whys),
            factors=tuple(msgspec.structs.replace(each, text=words, category=words) for each in session.factors),
            actions=tuple(msgspec.structs.replace(each, text=words, owner=words) for each in session.actions),
        )


def store_of(folder: Path, *sessions: Session) -> Store:
    """Return a store with sessions, and a cache of its own beside it."""
    store = Store(folder, cache=folder.parent / f"{folder.name}-cache")
    for each in sessions:
        store.create(each)
    return store


def agreed(session: Session, profile: Profile) -> Session:
    """Return a session to which somebody said yes for the readers of a profile."""
    numbers = count(len(session.consents) + len(session.pseudonyms))
    return with_consent(session, profile, by="Alice", at=START, new_id=lambda: f"yes{next(numbers)}")


def published(session: Session, audience: Audience, why: str = "") -> tuple[Session, Version, bytes]:
    """Return a session that was published as Markdown, the version, and its bytes."""

    def render(shown: Session) -> bytes:
        if profile:
            shown = for_readers(shown, audience.profile, audience.patterns)
        return markdown(shown).encode()

    profile = audience.profile.name
    signed = Signed("Alice", START)
    number = len(session.versions) + 1
    done = publish(session, Readers(profile, "markdown"), render, signed, lambda: f"v{number}", why=why)
    return done.session, done.version, done.content
