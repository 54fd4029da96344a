"""Finding one session of a store by the beginning of its id or file name."""

from collections.abc import Iterable
from pathlib import Path

from facilitator.store.errors import AmbiguousIdError, UnknownIdError, UnreadableError
from facilitator.store.naming import SUFFIX, slug
from facilitator.store.summaries import Broken, Summary

# Comparing by likeness takes 20 microseconds a name.
_MOST_COMPARED = 5_000


def resolve(found: Iterable[Summary | Broken], beginning: str, store: Path) -> str:
    """Return the id of the one session whose id or file name begins so, letters large or small.

    A whole id or file name is that session's, whatever else begins so. Raises UnknownIdError, AmbiguousIdError, and
    UnreadableError when it names a file that cannot be read.
    """
    wanted = beginning.strip().casefold()
    found = tuple(found)
    sessions = [each for each in found if isinstance(each, Summary)] if wanted else []
    matches = [each for each in sessions if wanted in _names(each)]
    if not matches:
        matches = [each for each in sessions if any(name.startswith(wanted) for name in (*_names(each), _listed(each)))]
    if len(matches) == 1:
        return matches[0].id
    if matches:
        raise AmbiguousIdError(beginning, [_line(each) for each in matches])
    for each in found:
        if isinstance(each, Broken) and wanted and each.file.casefold().startswith(wanted):
            raise UnreadableError(store / each.file, each.reason)
    raise UnknownIdError(beginning, store, nearest(beginning, found))


def nearest(wanted: str, found: Iterable[Summary | Broken]) -> tuple[str, ...]:
    """Return up to three sessions, as "id (title)", with a word of the title, a file name or an id like `wanted`."""
    # Imported where it is used: only a mistyped id needs it.
    from difflib import get_close_matches

    sessions = [each for each in found if isinstance(each, Summary)]
    by_name = {name: each for each in sessions for name in (*_names(each), *each.title.casefold().split())}
    folded = wanted.strip().casefold()
    like = [name for name in by_name if len(folded) > 2 and folded in name]
    if not like and len(by_name) <= _MOST_COMPARED:
        like = get_close_matches(folded, by_name, n=3, cutoff=0.5)
    return tuple(dict.fromkeys(f"{by_name[name].id} ({by_name[name].title})" for name in like))[:3]


def _names(summary: Summary) -> tuple[str, ...]:
    file = summary.file.casefold()
    return summary.id.casefold(), file.removesuffix(SUFFIX), file


def _listed(summary: Summary) -> str:
    """Return day and title as they are listed now: a file keeps its name when the day of the incident becomes known."""
    return f"{(summary.day or summary.created).date().isoformat()}-{slug(summary.title)}"


def _line(summary: Summary) -> str:
    return f"{summary.id}  {summary.file.removesuffix(SUFFIX)}  {summary.title}"
