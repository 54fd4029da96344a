"""Where cues come from: those of the program, and the user's own."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import msgspec

from facilitator.model.cue_values import PLACES, Cue, Heard, Missing
from facilitator.model.session import Milestone
from facilitator.settings.tables import Table, kinds, known_ids, line, some_of, tables, with_own
from facilitator.settings.wording import Wrong

LONGEST = 300
"""The longest question, in characters: one that can be read aloud, and that a card can show."""

MOST = 500
"""How many cues of their own a user may have."""

_KEYS = ("id", "question", "places", "milestones", "after", "missing", "source")
_ID = re.compile(r'^id = "(.*)"$', re.MULTILINE)
_SAME_PLACE = {"detection & response": "response", "detection and response": "response"}


def all_cues(own: Sequence[Cue] = (), silent: Iterable[str] = ()) -> tuple[Cue, ...]:
    """Return the cues to offer from: the user's own, then those of the program, none whose id is `silent`.

    An own cue with the id of one of the program takes its place.
    """
    return with_own(built_in(), own, silent)


@lru_cache(maxsize=1)
def built_in() -> tuple[Cue, ...]:
    """Return the cues of the program, in the order in which to offer them. They are read once."""
    import tomllib

    return msgspec.convert(tomllib.loads(_text())["cue"], tuple[Cue, ...])


def read_cues(value: object) -> tuple[tuple[Cue, ...], list[Wrong]]:
    """Return the cues in a list of tables, and what is wrong with it; a cue in which a value is wrong is left out.

    The path to what is wrong begins with the number of the table, from 1.
    """
    return tables(value, "cue", "cue", MOST, _cue)


def read_silent(value: object) -> tuple[tuple[str, ...], list[Wrong]]:
    """Return ids of cues to leave out, and what is wrong with them: only ids of the program's cues are right."""
    return known_ids(value, "cue", lambda: _ID.findall(_text()))


def _text() -> str:
    return (Path(__file__).parents[1] / "data" / "cues.toml").read_text(encoding="utf-8")


def _cue(values: dict[str, Any]) -> tuple[Cue | None, list[Wrong]]:
    table = Table(values, _KEYS)
    question = table.take("question", _question)
    cue = Cue(
        id=table.take("id", line) or question,
        question=question,
        places=table.take("places", lambda value: some_of(value, PLACES, "place", _SAME_PLACE)),
        milestones=table.take("milestones", lambda value: kinds(value, Milestone, "milestone")),
        after=table.take("after", lambda value: kinds(value, Heard, "kind of saying")),
        missing=table.take("missing", lambda value: kinds(value, Missing, "lack")),
        source=table.take("source", line),
    )
    return (cue if table.usable else None), table.wrong


def _question(value: object) -> tuple[str, str]:
    question, message = line(value, LONGEST)
    return question, message or ("" if question else "a cue needs a question")
