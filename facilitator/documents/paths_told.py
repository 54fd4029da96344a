"""What is said about the paths to an effect: how many there are, and what the actions and the safeguards cut."""

from collections.abc import Iterator, Sequence

from facilitator.documents.paths import LISTED, Cut, Paths
from facilitator.documents.pictures.words import counted

_UNCOUNTED = "Too many paths lead here to be counted."


def facts(found: Paths) -> list[str]:
    """Return how many paths lead to an effect, and how far the actions together close them, as sentences."""
    if found.total == 0:
        return []
    return [_lead(found), *_closed(found)]


def cuts_told(found: Paths, *, name_paths: bool) -> list[str]:
    """Return what each action and each safeguard cuts by itself, as sentences; those that cut the same share one.

    `name_paths` tells which paths these are, for where paths have numbers.
    """
    if not found.total:
        return []
    actions = _alike(found.actions, found.total, name_paths=name_paths)
    safeguards = _alike(found.safeguards, found.total, name_paths=name_paths)
    return [
        *(_action_cut(names, much) for names, much in actions),
        *_together(found, name_paths=name_paths),
        *(_safeguard_cut(names, much) for names, much in safeguards),
    ]


def share(cut: Cut, total: int) -> str:
    """Return how many of the paths are cut ("5 of 6")."""
    return f"{len(cut.paths):,} of {total:,}"


def needed(names: Sequence[str]) -> str:
    """Return the conditions of a path, neighbours together: "C1 alone", "C1, C3 to C9"."""
    return f"{names[0]} alone" if len(names) == 1 else _runs([int(name.removeprefix("C")) for name in names], "C")


def which_paths(numbers: Sequence[int], total: int) -> str:
    """Return the numbers of some of the paths ("path 2", "paths 1, 3 to 5"), or nothing where they would not help."""
    if not numbers or len(numbers) == total or numbers[-1] > LISTED:
        return ""
    return f"path{'' if len(numbers) == 1 else 's'} {_runs(numbers, '')}"


def _runs(numbers: Sequence[int], sign: str) -> str:
    """Return rising numbers with their sign, three neighbours or more as from and to."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(
        f"{sign}{run[0]} to {sign}{run[-1]}" if len(run) > 2 else ", ".join(f"{sign}{each}" for each in run)
        for run in runs
    )


def _lead(found: Paths) -> str:
    single = found.single
    if found.total is None:
        points = f"{counted(single, 'single point')} of failure"
        return f"{points}; too many other paths lead here to be counted." if single else _UNCOUNTED
    if found.total == 1:
        what = "a single point of failure" if single else f"{found.shortest:,} conditions, all of them needed"
        return f"One path leads here: {what}."
    many = f"{found.total:,} paths lead here"
    if not single:
        return f"{many}, none a single point of failure: the shortest needs {found.shortest:,} conditions together."
    if single == found.total:
        return f"{many}, each of them a single point of failure."
    return f"{many}, {single:,} of them {'a single point' if single == 1 else 'single points'} of failure."


def _closed(found: Paths) -> list[str]:
    if found.total is None:
        return []
    if not found.within:
        return [f"No action closes {'it' if found.total == 1 else 'any of them'} yet."]
    alone = found.within == 1
    these = "With this action" if alone else f"With these {found.within:,} actions"
    if found.total > 1:
        said = f"{these} {found.closed:,} of {found.total:,} paths {_are(found.closed)} closed{_so_far(found)}."
    elif found.closed:
        said = f"{these} the path is closed, {'already' if found.done else 'but not yet'} by what is done."
    else:
        said = f"{these} the path stays open."
    past = f"past what {'it takes' if alone else 'they take'} away"
    if found.longer is None:
        return [said, f"Longer paths {past} may stay open; they are not counted."]
    longer = f"{counted(found.longer, 'longer path')} {past} {'stays' if found.longer == 1 else 'stay'} open."
    return [said, longer] if found.longer else [said]


def _so_far(found: Paths) -> str:
    if not found.closed:
        return ""
    if found.done == found.closed:
        return ", already by what is done"
    return f", {found.done:,} of them by what is done so far" if found.done else ", but none yet by what is done"


def _alike(cuts: Sequence[Cut], total: int, *, name_paths: bool) -> Iterator[tuple[list[str], str]]:
    """Yield the names of those that cut the same paths, and how much that is."""
    alike: dict[tuple[int, ...], list[str]] = {}
    for cut in cuts:
        alike.setdefault(cut.paths, []).append(cut.name)
    for numbers, names in alike.items():
        if not numbers:
            yield names, "none"
        elif total == 1:
            yield names, "the path"
        else:
            which = which_paths(numbers, total) if name_paths else ""
            yield names, f"{len(numbers):,} of {total:,} paths{f' ({which})' if which else ''}"


def _together(found: Paths, *, name_paths: bool) -> Iterator[str]:
    numbers = [number for number, path in enumerate(found.paths, 1) if path.together]
    if numbers:
        which = which_paths(numbers, found.total or 0) if name_paths else ""
        what = "the path" if found.total == 1 else which or counted(len(numbers), "path")
        yield f"Only several actions together close {what}."


def _action_cut(names: Sequence[str], much: str) -> str:
    return f"{names[0] if len(names) == 1 else f'Each of {_joined(names)}'} by itself closes {much}."


def _safeguard_cut(names: Sequence[str], much: str) -> str:
    who = f"Safeguard {names[0]}" if len(names) == 1 else f"Each of the safeguards {_joined(names)}"
    return f"{who} would have cut {much}, had it held."


def _joined(names: Sequence[str]) -> str:
    return f"{', '.join(names[:-1])} and {names[-1]}"


def _are(number: int) -> str:
    return "is" if number == 1 else "are"
