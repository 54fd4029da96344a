"""Reading values of the configuration: each reader returns what was read, and what is wrong with it or nothing."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import StrEnum
from typing import Any, Protocol, TypeVar

from facilitator.model.text import one_line
from facilitator.settings.wording import Wrong, did_you_mean, kind, quoted

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


class Named(Protocol):
    """Something that is called by an id."""

    @property
    def id(self) -> str:
        """The id."""
        ...


NamedT = TypeVar("NamedT", bound=Named)
KindT = TypeVar("KindT", bound=StrEnum)


class Table:
    """One table: its values are taken by key, and what is wrong with them is gathered."""

    def __init__(self, table: Mapping[str, Any], keys: Sequence[str]) -> None:
        self._table = table
        self.usable = True
        self.wrong: list[Wrong] = [
            ((key,), f"unknown key {quoted(key)}{did_you_mean(key, keys) or '; the keys are ' + ', '.join(keys)}")
            for key in table
            if key not in keys
        ]

    def take(self, key: str, read: Callable[[Any], tuple[Any, str]], default: Any = "") -> Any:
        """Return what `read` makes of a value; a wrong one makes the table of no use."""
        taken, message = read(self._table.get(key, default))
        if message:
            self.usable = False
            self.wrong.append(((key,), message))
        return taken


def tables(
    value: object, key: str, what: str, most: int, read: Callable[[dict[str, Any]], tuple[NamedT | None, list[Wrong]]]
) -> tuple[tuple[NamedT, ...], list[Wrong]]:
    """Return what `read` makes of each of the tables `[[key]]`, and what is wrong with them; `what` is one of these.

    One of which it makes nothing, and one whose id another one has, is left out. The path to what is wrong begins with
    the number of the table, from 1.
    """
    if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
        return (), [((), f"must be tables that begin with [[{key}]]")]
    found: dict[str, NamedT] = {}
    wrong: list[Wrong] = []
    if len(value) > most:
        wrong.append(((str(most + 1),), f"more than {most} {what}s; this one and those after it are left out"))
    for number, table in enumerate(value[:most], 1):
        item, problems = read(table)
        if item is not None and item.id in found:
            problems.append((("id",), f"another {what} has the id {quoted(item.id)} already"))
        elif item is not None:
            found[item.id] = item
        wrong += [((str(number), *below), message) for below, message in problems]
    return tuple(found.values()), wrong


def with_own(program: Sequence[NamedT], own: Sequence[NamedT], silent: Iterable[str]) -> tuple[NamedT, ...]:
    """Return the user's own things, then those of the program, none whose id is `silent`.

    An own one with the id of one of the program takes its place.
    """
    instead = {each.id: each for each in own}
    known = {each.id for each in program}
    both = (*(each for each in own if each.id not in known), *(instead.get(each.id, each) for each in program))
    unwanted = set(silent)
    return tuple(each for each in both if each.id not in unwanted)


def known_ids(value: object, what: str, known: Callable[[], Sequence[str]]) -> tuple[tuple[str, ...], list[Wrong]]:
    """Return the ids in a list, and what is wrong with it: only those that are `known` are right."""
    names, message = texts(value)
    if message:
        return (), [((), message)]
    there = known() if names else ()
    wrong: list[Wrong] = [
        ((), f"no {what} has the id {quoted(each)}{did_you_mean(each, there)}") for each in names if each not in there
    ]
    return tuple(each for each in names if each in there), wrong


def line(value: object, longest: int | None = None) -> tuple[str, str]:
    """Read one line of text."""
    if not isinstance(value, str):
        return "", f"must be text in quotes, not {kind(value)}"
    text = one_line(value)
    return ("", f"is longer than {longest} characters") if longest is not None and len(text) > longest else (text, "")


def slug(value: object, longest: int, example: str) -> tuple[str, str]:
    """Read an id in small letters."""
    name, message = line(value, longest)
    if not message and not _SLUG.fullmatch(name):
        return "", f"must be a name such as '{example}', in small letters, digits and hyphens, not {quoted(name)}"
    return name, message


def yes(value: object) -> tuple[bool, str]:
    """Read true or false."""
    return (value, "") if isinstance(value, bool) else (False, f"must be true or false, not {kind(value)}")


def texts(value: object) -> tuple[tuple[str, ...], str]:
    """Read a list of texts, each once; a text alone is a list of one, and empty ones are left out."""
    if isinstance(value, str):
        return (one_line(value),) if value.strip() else (), ""
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        return tuple(dict.fromkeys(one_line(each) for each in value if each.strip())), ""
    each = next((each for each in value if not isinstance(each, str)), value) if isinstance(value, list) else value
    return (), f"must be a list of texts in quotes, not {'of ' if each is not value else ''}{kind(each)}"


def some_of(
    value: object, known: Sequence[str], what: str, same: Mapping[str, str] | None = None
) -> tuple[tuple[str, ...], str]:
    """Read names of what is `known`, in small or large letters; `same` holds other names for some of them."""
    names, message = texts(value)
    folded = [(same or {}).get(each.lower(), each.lower()) for each in names]
    for name, each in zip(names, folded, strict=True):
        if each not in known:
            advice = did_you_mean(name, known) or f"; write one of: {', '.join(known)}"
            return (), f"unknown {what} {quoted(name)}{advice}"
    return tuple(folded), message


def kinds(value: object, known: Iterable[KindT], what: str) -> tuple[tuple[KindT, ...], str]:
    """Read members of an enumeration, all of them or some, by their values."""
    by_name = {str(each): each for each in known}
    names, message = some_of(value, tuple(by_name), what)
    return tuple(by_name[each] for each in names), message
