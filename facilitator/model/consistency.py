"""What holds between the items of a session: answers have a why, a milestone has one entry, a conflict is about one."""

from collections.abc import Container, Iterable, Mapping
from hashlib import sha256
from types import MappingProxyType
from typing import Any

import msgspec

from facilitator.model.changes import PATHS
from facilitator.model.edits import LISTS, get_field
from facilitator.model.item import Item
from facilitator.model.session import Conflict, Entry, Milestone, Session, Why
from facilitator.model.values import says, without


def forest(
    whys: Mapping[str, Why],
    known: Mapping[str, Why],
    base: Mapping[str, Why],
    second: Mapping[str, str | None] = MappingProxyType({}),
) -> dict[str, Why]:
    """Return whys as trees: the whys of answers come back from `known`, and no answer leads round to itself.

    Of the answers that lead round in a circle, one that was moved since `base` goes below its `second` choice, if there
    is one and that leads nowhere round, or else becomes an effect of its own. Whichever of those that made the circle
    are given again, the result is the same.
    """
    present = _with_whys_of(whys, whys, known)
    parents = {key: why.parent if why.parent in present else None for key, why in present.items()}
    if has_circle(parents):
        present = _with_whys_of(present, present, known, second.values())
        choices = {key: [why.parent, second.get(key)] for key, why in present.items()}
        moved = {key: key not in base or base[key].parent != why.parent for key, why in present.items()}
        parents = {}
        # Leaving out an edge that closes a circle never makes another one, so no order of merges undoes this.
        for key in sorted(present, key=lambda key: (moved[key], key)):
            free = [each for each in choices[key] if each in present and not _leads_to(each, key, parents)]
            parents[key] = free[0] if free else None
        present = _with_whys_of(whys, {key: _below(why, parents[key]) for key, why in present.items()}, known)
    return {key: _below(why, parents[key]) for key, why in present.items()}


def has_circle(parents: Mapping[str, str | None]) -> bool:
    """Tell whether any answer is, by way of others, an answer to itself; `parents` goes from id to id."""
    ended: set[str | None] = {None}
    for start in parents:
        path: dict[str, None] = {}
        here: str | None = start
        while here is not None and here not in ended:
            if here in path:
                return True
            path[here] = None
            here = parents.get(here)
        ended.update(path)
    return False


def one_entry_a_milestone(
    entries: dict[str, Entry], sides: Iterable[Iterable[Entry]]
) -> tuple[dict[str, Entry], tuple[tuple[str, Milestone], ...]]:
    """Return entries of which each milestone has one, and who lost which milestone by that, as ids.

    The entry that was made first keeps it. A milestone that one of the `sides` had twice already is left alone: what
    nobody noticed then is not for a merge to settle.
    """
    claims = {milestone: keys for milestone, keys in _claims(entries.values()).items() if len(keys) > 1}
    if not claims:
        return entries, ()
    twice = {milestone for side in sides for milestone, keys in _claims(side).items() if len(keys) > 1}
    lost = tuple((key, each) for each, keys in claims.items() if each not in twice for key in sorted(keys)[1:])
    mended = dict(entries)
    for key, milestone in lost:
        milestones = without(mended[key].milestones, (milestone,))
        mended[key] = msgspec.structs.replace(mended[key], milestones=milestones)
    return mended, lost


def standing(
    conflicts: Mapping[str, Conflict], session: Session, known: Container[str], settled_by_hand: Container[str] = ()
) -> tuple[Conflict, ...]:
    """Return the conflicts that still say something that the session, or another conflict, does not.

    `known` are the ids of conflicts that were there before: when two say the same, the new one stays. Those that were
    `settled_by_hand`, by writing what they say, stay until they are settled.
    """
    kept: list[Conflict] = []
    groups: dict[tuple[str, str], list[Conflict]] = {}
    for conflict in conflicts.values():
        groups.setdefault((conflict.about, conflict.field), []).append(conflict)
    items = {item.id: item for name in LISTS.values() for item in getattr(session, name)} if groups else {}
    for (about, field), group in groups.items():
        shown = _shown_value(items.get(about) if about else session, field)
        # The longest first, so that one which another holds comes after it.
        group.sort(
            key=lambda each: (
                -len(msgspec.json.encode(each.other)),
                each.id not in settled_by_hand,
                each.id in known,
                each.id != conflict_id(each),
                each.id,
            )
        )
        found: list[Conflict] = []
        for conflict in group:
            # Somebody may have settled an old one by now, and did not know of a new one.
            others = [each for each in found if conflict.id in known or each.id not in known]
            said = _covers(shown, conflict) or any(_covers(each.other, conflict) for each in others)
            if conflict.id in settled_by_hand or not said:
                found.append(conflict)
        kept += found
    return tuple(kept)


def by_hand(session: Session, known: Container[str]) -> set[str]:
    """Return the ids of the conflicts of a session that say nothing which it does not say itself."""
    found = {each.id: each for each in session.conflicts}
    return found.keys() - {each.id for each in standing(found, session, known)}


def conflict_id(conflict: Conflict) -> str:
    """Return the id of a conflict, which is the same wherever it is found."""
    content = msgspec.json.encode((conflict.about, conflict.field, conflict.other))
    return f"C{sha256(content).hexdigest()[:25]}"


def _shown_value(owner: Item | Session | None, field: str) -> Any:
    """Return the value of a field that a conflict names, as JSON has it; None when there is no such field."""
    if isinstance(owner, Session):
        return msgspec.to_builtins(get_field(owner, field)) if field in PATHS else None
    known = owner is not None and field in owner.__struct_fields__
    return msgspec.to_builtins(getattr(owner, field)) if known else None


def _covers(value: Any, conflict: Conflict) -> bool:
    """Tell whether a value says all that a conflict keeps."""
    if isinstance(value, list | tuple) and isinstance(conflict.other, list | tuple):
        return all(each in value for each in conflict.other)
    return says(value, conflict.other)


def _with_whys_of(
    whys: Mapping[str, Why], now: Mapping[str, Why], known: Mapping[str, Why], also: Iterable[str | None] = ()
) -> dict[str, Why]:
    """Return `whys`, as they are `now`, with the whys above them, and `also` some others with those above them."""
    present = {key: now[key] for key in whys}
    for first in (*(why.parent for why in present.values()), *also):
        parent = first
        while parent is not None and parent not in present:
            found = now.get(parent) or known.get(parent)
            if found is None:
                break
            present[parent] = found
            parent = found.parent
    return present


def _leads_to(start: str | None, end: str, parents: Mapping[str, str | None]) -> bool:
    here = start
    while here is not None and here != end:
        here = parents.get(here)
    return here is not None


def _below(why: Why, parent: str | None) -> Why:
    return why if why.parent == parent else msgspec.structs.replace(why, parent=parent)


def _claims(entries: Iterable[Entry]) -> dict[Milestone, list[str]]:
    claims: dict[Milestone, list[str]] = {}
    for entry in entries:
        for milestone in entry.milestones:
            claims.setdefault(milestone, []).append(entry.id)
    return claims
