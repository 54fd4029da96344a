"""What the checks of depth look at, and how they say what they find."""

import re
from datetime import datetime
from typing import NamedTuple

from facilitator.checks.finding import Category, Finding
from facilitator.model.item import Item
from facilitator.model.session import Session


class Scene(NamedTuple):
    """A session, the moment, and whether what is missing in it is missing already."""

    session: Session
    now: datetime
    ripe: bool


def of(item: Item | None, rule: str, why: str, question: str) -> Finding:
    """Return a finding about an item as a whole, or about the session."""
    about = item.id if item is not None else ""
    return Finding(rule=rule, category=Category.DEPTH, about=about, why=why, question=question)


def in_text(found: re.Match[str], rule: str, place: tuple[str, str], said: tuple[str, str]) -> Finding:
    """Return a finding about words in a text: `place` is the item and the field, `said` why and the question."""
    return Finding(
        rule=rule,
        category=Category.DEPTH,
        about=place[0],
        field=place[1],
        start=found.start(),
        end=found.end(),
        words=found[0],
        why=said[0],
        question=said[1],
    )
