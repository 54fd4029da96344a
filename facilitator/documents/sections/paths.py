"""The paths to each effect, as lists: what is enough for it, and what closes each path."""

from collections.abc import Iterator

from facilitator.documents.escape import inline
from facilitator.documents.layout import bullets, noted, stacked
from facilitator.documents.paths import Path, Paths, paths
from facilitator.model.session import Session


def paths_to_effects(session: Session) -> str:
    """Return, for each effect with answers, the facts about its paths and a list of the shortest."""
    return stacked(block for found in paths(session) for block in _blocks(found))


def _blocks(found: Paths) -> Iterator[str]:
    yield f"**Effect:** {inline(found.effect)}"
    yield " ".join(found.facts)
    listed = bullets(_path(each) for each in found.paths)
    yield f"{listed}\n- and {found.more:,} more" if found.more else listed


def _path(path: Path) -> str:
    conditions = " **and** ".join(inline(each) for each in path.conditions)
    closed = f"closed by {', '.join(path.closed_by)}" if path.closed_by else "open"
    return noted(conditions, ("enough alone" if len(path.conditions) == 1 else "", closed))
