"""The keymap: which keys the user chose for which bindings, and which of these choices can hold."""

from collections.abc import Mapping

from facilitator.settings.keynames import KeyNameError, canonical_keys
from facilitator.settings.settings import Problem
from facilitator.settings.wording import did_you_mean, quoted

QUIT = "app.quit"
"""The id of the binding that ends the program."""

WAY_OUT = "ctrl+q"
"""The key that always ends the program, whatever the keymap says."""

EVERYWHERE = frozenset({"app", "editor", "list"})
"""The first parts of the ids of bindings that are heard together with those of any screen."""


def check_keymap(
    keymap: Mapping[str, str], known: Mapping[str, str], everywhere: frozenset[str] = EVERYWHERE
) -> tuple[Problem, ...]:
    """Return what is wrong with a keymap, given all binding ids with their default keys.

    Ids whose first parts ("timeline" in "timeline.add") differ are never heard together, unless one of these parts
    is in `everywhere`; neither do two ids clash that share a key by default.
    """
    return _checked(keymap, known, everywhere)[1]


def valid_keymap(
    keymap: Mapping[str, str], known: Mapping[str, str], everywhere: frozenset[str] = EVERYWHERE
) -> dict[str, str]:
    """Return the choices of a keymap that can hold, with keys by the names under which they arrive.

    The binding that ends the program keeps its fixed key beside any other.
    """
    return _checked(keymap, known, everywhere)[0]


def _checked(
    keymap: Mapping[str, str], known: Mapping[str, str], everywhere: frozenset[str]
) -> tuple[dict[str, str], tuple[Problem, ...]]:
    valid: dict[str, str] = {}
    problems: list[Problem] = []
    for binding, keys in keymap.items():
        try:
            valid[binding] = _read(binding, keys, known)
        except KeyNameError as error:
            problems.append(Problem(_place(binding), str(error)))
    defaults = {binding: canonical_keys(keys) for binding, keys in known.items()}
    # A choice that falls gives its default key back, which may take another choice's key: so until nothing clashes.
    while clash := _first_clash(valid, defaults, everywhere):
        binding, message = clash
        del valid[binding]
        problems.append(Problem(_place(binding), message))
    return valid, tuple(problems)


def _read(binding: str, keys: str, known: Mapping[str, str]) -> str:
    if binding not in known:
        raise KeyNameError(f"no binding has the id {quoted(binding)}{did_you_mean(binding, known)}")
    read = canonical_keys(keys)
    if binding == QUIT:
        return read if WAY_OUT in read.split(",") else f"{read},{WAY_OUT}"
    if WAY_OUT in read.split(","):
        raise KeyNameError(f"'{WAY_OUT}' always ends the program and cannot be given to anything else")
    return read


def _first_clash(
    valid: Mapping[str, str], defaults: Mapping[str, str], everywhere: frozenset[str]
) -> tuple[str, str] | None:
    """Return the choice that must fall first, with the reason; of two choices it is the later one."""
    holders: dict[str, list[str]] = {}
    # Defaults come first, so that a choice falls before what it never touched; choices follow in their own order.
    for binding, keys in [*((each, keys) for each, keys in defaults.items() if each not in valid), *valid.items()]:
        for key in keys.split(","):
            for other in holders.setdefault(key, []):
                if (
                    binding in valid
                    and _heard_together(binding, other, everywhere)
                    and not (_shared(defaults[binding], defaults[other]))
                ):
                    whose = "" if other in valid else " by default"
                    return binding, f"{quoted(key)} already belongs to '{other}'{whose}; choose another key"
            holders[key].append(binding)
    return None


def _heard_together(first: str, second: str, everywhere: frozenset[str]) -> bool:
    parts = {first.partition(".")[0], second.partition(".")[0]}
    return len(parts) == 1 or not parts.isdisjoint(everywhere) or "." not in first or "." not in second


def _shared(first: str, second: str) -> bool:
    return not set(first.split(",")).isdisjoint(second.split(","))


def _place(binding: str) -> str:
    return f"keymap: {quoted(binding)}"
