"""The rules of review of the user's own: `[review]`, `[review.in_review]` and `[review.final]`."""

from collections.abc import Callable, Sequence
from typing import Any

import msgspec

from facilitator.checks.finding import Category
from facilitator.model.review_items import PARTS, ApprovedPart
from facilitator.review.rules import LANGUAGE, Requirements, ReviewRules
from facilitator.settings.tables import Table, some_of, yes
from facilitator.settings.wording import Wrong, kind

MOST_HOURS = 24 * 60
"""The longest time for review, in hours."""

_STEPS = ("in_review", "final")
_FLAGS = ("owners", "comments", "answers", "window")
_KEYS = ("sections", "findings", *_FLAGS, "approvals")
_GROUPS: dict[str, Sequence[Category]] = {
    "all": tuple(Category),
    "language": LANGUAGE,
    "sensitive": (Category.SENSITIVE,),
    **{str(each): (each,) for each in Category},
}


def read_review(value: object) -> tuple[ReviewRules, list[Wrong]]:
    """Return the rules of review, and what is wrong with them; what is not said, or wrong, stays as it is."""
    rules = ReviewRules()
    if not isinstance(value, dict):
        return rules, [((), f"must be a table that begins with [review], not {kind(value)}")]
    table = Table(value, ("hours", *_STEPS))
    changes: dict[str, Any] = {}
    if "hours" in value:
        hours = table.take("hours", _hours)
        changes = {"hours": hours} if table.usable else {}
    wrong = table.wrong
    for step in _STEPS:
        if step not in value:
            continue
        if not isinstance(value[step], dict):
            wrong.append(((step,), f"must be a table that begins with [review.{step}], not {kind(value[step])}"))
            continue
        changes[step], problems = _requirements(getattr(rules, step), value[step])
        wrong += [((step, *below), message) for below, message in problems]
    return msgspec.structs.replace(rules, **changes), wrong


def _requirements(usual: Requirements, values: dict[str, Any]) -> tuple[Requirements, list[Wrong]]:
    wrong: list[Wrong] = list(Table(values, _KEYS).wrong)
    changes: dict[str, Any] = {}
    for key in _KEYS:
        if key in values:
            taken, message = _READERS[key](values[key])
            if message:
                wrong.append(((key,), message))
            else:
                changes[key] = taken
    return msgspec.structs.replace(usual, **changes), wrong


def _hours(value: object) -> tuple[int, str]:
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= MOST_HOURS:
        return 0, f"must be a whole number of hours, 1 to {MOST_HOURS}"
    return value, ""


def _sections(value: object) -> tuple[tuple[str, ...], str]:
    from facilitator.review.steps import SECTIONS

    return some_of(value, sorted(SECTIONS), "section")


def _findings(value: object) -> tuple[tuple[Category, ...], str]:
    names, message = some_of(value, tuple(_GROUPS), "kind of finding")
    return tuple(dict.fromkeys(category for name in names for category in _GROUPS[name])), message


def _approvals(value: object) -> tuple[tuple[ApprovedPart, ...], str]:
    names, message = some_of(value, tuple(PARTS), "part", {str(part): name for name, part in PARTS.items()})
    return tuple(PARTS[name] for name in names), message


_READERS: dict[str, Callable[[object], tuple[Any, str]]] = {
    "sections": _sections,
    "findings": _findings,
    **dict.fromkeys(_FLAGS, yes),
    "approvals": _approvals,
}
