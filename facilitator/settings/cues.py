"""Where cues come from: those of the program, and the user's own."""

import re
from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from facilitator.model.cue_values import PLACES, Cue, Heard, Missing
from facilitator.model.session import Milestone
from facilitator.model.text import one_line
from facilitator.settings.wording import Wrong, did_you_mean, kind, quoted

LONGEST = 300
"""The longest question, in characters: one that can be read aloud, and that a card can show."""

MOST = 500
"""How many cues of their own a user may have."""

_KEYS = ("id", "question", "places", "milestones", "after", "missing", "source")
_ID = re.compile(r'^id = "(.*)"$', re.MULTILINE)
_SAME_PLACE = {"detection & response": "response", "detection and response": "response"}

KindT = TypeVar("KindT", bound=StrEnum)


def all_cues(own: Sequence[Cue] = (), silent: Iterable[str] = ()) -> tuple[Cue, ...]:
    """Return the cues to offer from: the user's own, then those of the program, none whose id is `silent`.

    An own cue with the id of one of the program takes its place.
    """
    program = built_in()
    instead = {cue.id: cue for cue in own}
    known = {cue.id for cue in program}
    cues = (*(cue for cue in own if cue.id not in known), *(instead.get(cue.id, cue) for cue in program))
    unwanted = set(silent)
    return tuple(cue for cue in cues if cue.id not in unwanted)


@lru_cache(maxsize=1)
def built_in() -> tuple[Cue, ...]:
    """Return the cues of the program, in the order in which to offer them. They are read once."""
    import tomllib

    return msgspec.convert(tomllib.loads(_text())["cue"], tuple[Cue, ...])


def read_cues(value: object) -> tuple[tuple[Cue, ...], list[Wrong]]:
    """Return the cues in a list of tables, and what is wrong with it; a cue in which a value is wrong is left out.

    The path to what is wrong begins with the number of the table, from 1.
    """
    if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
        return (), [((), "must be tables that begin with [[cue]]")]
    cues: dict[str, Cue] = {}
    wrong: list[Wrong] = []
    if len(value) > MOST:
        wrong.append(((str(MOST + 1),), f"more than {MOST} cues; this one and those after it are left out"))
    for number, table in enumerate(value[:MOST], 1):
        cue, problems = _cue(table)
        if cue is not None and cue.id in cues:
            problems.append((("id",), f"another cue has the id {quoted(cue.id)} already"))
        elif cue is not None:
            cues[cue.id] = cue
        wrong += [((str(number), *below), message) for below, message in problems]
    return tuple(cues.values()), wrong


def read_silent(value: object) -> tuple[tuple[str, ...], list[Wrong]]:
    """Return ids of cues to leave out, and what is wrong with them: only ids of the program's cues are right."""
    names, message = _texts(value)
    if message:
        return (), [((), message)]
    known = _ID.findall(_text())
    wrong: list[Wrong] = [
        ((), f"no cue has the id {quoted(each)}{did_you_mean(each, known)}") for each in names if each not in known
    ]
    return tuple(each for each in names if each in known), wrong


def _text() -> str:
    return (Path(__file__).parents[1] / "data" / "cues.toml").read_text(encoding="utf-8")


def _cue(table: dict[str, Any]) -> tuple[Cue | None, list[Wrong]]:
    wrong: list[Wrong] = [
        ((key,), f"unknown key {quoted(key)}{did_you_mean(key, _KEYS) or '; the keys are ' + ', '.join(_KEYS)}")
        for key in table
        if key not in _KEYS
    ]
    usable = True

    def take(key: str, read: Callable[[Any], tuple[Any, str]]) -> Any:
        nonlocal usable
        taken, message = read(table.get(key, ""))
        if message:
            usable = False
            wrong.append(((key,), message))
        return taken

    question = take("question", _question)
    cue = Cue(
        id=take("id", _line) or question,
        question=question,
        places=take("places", lambda value: _some(value, PLACES, "place", _SAME_PLACE)),
        milestones=take("milestones", lambda value: _kinds(value, Milestone, "milestone")),
        after=take("after", lambda value: _kinds(value, Heard, "kind of saying")),
        missing=take("missing", lambda value: _kinds(value, Missing, "lack")),
        source=take("source", _line),
    )
    return (cue if usable else None), wrong


def _question(value: object) -> tuple[str, str]:
    question, message = _line(value)
    if not message and not question:
        return "", "a cue needs a question"
    if len(question) > LONGEST:
        return "", f"is longer than {LONGEST} characters"
    return question, message


def _line(value: object) -> tuple[str, str]:
    return (one_line(value), "") if isinstance(value, str) else ("", f"must be text in quotes, not {kind(value)}")


def _texts(value: object) -> tuple[tuple[str, ...], str]:
    if isinstance(value, str):
        return (one_line(value),) if value.strip() else (), ""
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        return tuple(dict.fromkeys(one_line(each) for each in value)), ""
    each = next((each for each in value if not isinstance(each, str)), value) if isinstance(value, list) else value
    return (), f"must be a list of texts in quotes, not {'of ' if each is not value else ''}{kind(each)}"


def _some(value: object, known: Sequence[str], what: str, same: dict[str, str]) -> tuple[tuple[str, ...], str]:
    names, message = _texts(value)
    folded = [same.get(each.lower(), each.lower()) for each in names]
    for name, each in zip(names, folded, strict=True):
        if each not in known:
            advice = did_you_mean(name, known) or f"; write one of: {', '.join(known)}"
            return (), f"unknown {what} {quoted(name)}{advice}"
    return tuple(folded), message


def _kinds(value: object, kinds: type[KindT], what: str) -> tuple[tuple[KindT, ...], str]:
    names, message = _some(value, tuple(kinds), what, {})
    return tuple(kinds(each) for each in names), message
