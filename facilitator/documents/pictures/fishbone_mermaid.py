"""A fishbone as a Mermaid flowchart: factors lead to their category, and categories to the effect."""

from collections.abc import Iterator

from facilitator.documents.pictures.mermaid import LONGEST, SHOWN, label
from facilitator.documents.pictures.svg import shortened
from facilitator.model.fishbone import Bone, Fishbone

_LONGEST = 260
"""So long may a text be that has a remark behind it: labels are cut, and remarks must stay."""


def fishbone_mermaid(fish: Fishbone) -> str:
    """Return a fishbone as a flowchart, or nothing when it has no factors.

    Mermaid draws only so much: long texts are cut with "…", and factors that have no room are counted, not drawn.
    """
    if not fish.ribs:
        return ""
    count = sum(len(rib.bones) for rib in fish.ribs)
    limit = SHOWN
    while True:
        source = ["flowchart LR", "accTitle: Fishbone diagram", *_lines(fish, limit)]
        if count > limit:
            source.append(f"more({label(f'{count - limit:,} more factors, not shown')}) -.-> effect")
        length = sum(map(len, source)) + 3 * len(source)
        if length <= LONGEST or limit == 1:
            return "\n  ".join(source) + "\n"
        limit = max(1, limit * LONGEST // length)


def _lines(fish: Fishbone, limit: int) -> Iterator[str]:
    """Yield the nodes and the lines between them, up to a number of factors."""
    yield f"effect[[{label(fish.effect)}]]"
    left = limit
    for number, rib in enumerate(fish.ribs):
        shown = rib.bones[:left]
        left -= len(shown)
        if shown:
            yield f"rib{number}([{label(rib.category)}]) --> effect"
        yield from (f"{bone.name.lower()}{_shape(bone)} --- rib{number}" for bone in shown)


def _shape(bone: Bone) -> str:
    """Return the node of a factor: one that is a root cause says so, and has a shape of its own."""
    noted = [remark for remark in ("root cause" if bone.root_cause else "", bone.role or "") if remark]
    said = label(f"{shortened(bone.text, _LONGEST)} ({', '.join(noted)})" if noted else bone.text)
    return f"{{{{{said}}}}}" if bone.root_cause else f"[{said}]"
