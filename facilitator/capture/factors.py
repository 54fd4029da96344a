r"""Lines of the contributing factors: "staging never ran under production load #testing #root".

"#testing" is a category, or an unambiguous beginning of one; "category:..." a category that is not in the list yet;
"#mitigator" what kept it from being worse; "#root" a root cause. "#triggered", "#enabled", "#larger", "#longer" and
"#hid" say what it did, "#present" and "#gone" whether it is still there, "#seen" and "#new" whether it was met before.
They count anywhere in the line. A backslash keeps a word as text: "\#testing".
"""

import re
from functools import lru_cache
from typing import Any

import msgspec

from facilitator.capture.context import Context
from facilitator.capture.reading import Reading
from facilitator.capture.tokens import PREFIXED, Grammar, Mark, quoted, split
from facilitator.model.session import Factor, Role
from facilitator.model.text import one_line

_MITIGATOR = Mark("mitigator", True)
_ROOT = Mark("root cause", True)
_FACTS = {
    "triggered": Mark("role", Role.TRIGGERED),
    "enabled": Mark("role", Role.ENABLED),
    "larger": Mark("role", Role.LARGER),
    "longer": Mark("role", Role.LONGER),
    "hid": Mark("role", Role.HID),
    "present": Mark("present", True),
    "gone": Mark("present", False),
    "seen": Mark("seen_before", True),
    "new": Mark("seen_before", False),
}
"""What is known of a factor besides its category, by the word that says it; the kind is the field."""

_SAID = {
    ("present", True): "still present",
    ("present", False): "gone since",
    ("seen_before", True): "seen before",
    ("seen_before", False): "new",
}


def read_factor(line: str, context: Context, old: Factor | None = None) -> Reading[Factor]:
    """Return the factor of a cleaned line; with `old`, that factor as its edited line changes it."""
    grammar = _grammar(_categories(context, old))
    found = grammar.sort_out(split(line))
    kinds = {mark.kind for mark in found.marks}
    named = [str(mark.value) for mark in found.marks if mark.kind == "category"]
    category = named[0] if named else ""
    facts: dict[str, Any] = {mark.kind: mark.value for mark in found.marks if mark in _FACTS.values()}
    text = grammar.text(found.rest)
    factor = old or Factor(text=text)
    value = msgspec.structs.replace(
        factor,
        text=factor.text if one_line(factor.text) == text else text,
        category=factor.category if one_line(factor.category) == category else category,
        mitigator=_MITIGATOR.kind in kinds,
        root_cause=_ROOT.kind in kinds,
        **{field: facts.get(field) for field in ("role", "present", "seen_before")},
    )
    known = category in context.categories
    understood = (
        *((category if known else f"category {category}",) if category else ()),
        *(kind for kind in (_MITIGATOR.kind, _ROOT.kind) if kind in kinds),
        *(_SAID.get((field, value), str(value)) for field, value in facts.items()),
        *found.notes,
    )
    if not text and (old is None or old.text):
        return Reading(None, understood, "Which condition contributed? Type it as a sentence")
    return Reading(value, understood)


def typed_factor(factor: Factor, context: Context) -> str:
    """Return the line of a factor: its text, then category and marks."""
    grammar = _grammar(_categories(context, factor))
    text, category = one_line(factor.text), one_line(factor.category)
    by_name = f"#{category}"
    short = not re.search(r'[ "]', category) and grammar.mark(by_name) == Mark("category", category)
    parts = [
        grammar.written(text, first=PREFIXED.match(text) is not None),
        (by_name if short else f"category:{quoted(category)}") if category else "",
        "#mitigator" if factor.mitigator else "",
        "#root" if factor.root_cause else "",
        *(f"#{name}" for name, mark in _FACTS.items() if getattr(factor, mark.kind) == mark.value),
    ]
    return " ".join(part for part in parts if part)


def _categories(context: Context, old: Factor | None) -> tuple[str, ...]:
    own = one_line(old.category) if old else ""
    return (*context.categories, own) if own and own not in context.categories else context.categories


@lru_cache(maxsize=32)
def _grammar(categories: tuple[str, ...]) -> Grammar:
    names = {category.lower(): Mark("category", category) for category in reversed(categories)}
    return Grammar(
        what="category",
        names={**names, "mitigator": _MITIGATOR, "root": _ROOT, "rootcause": _ROOT, **_FACTS},
        keys=frozenset({"category"}),
        first=PREFIXED,
    )
