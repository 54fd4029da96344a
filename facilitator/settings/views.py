"""Saved views: queries that have a name, in the table `[views]` of the configuration file."""

import msgspec

from facilitator.model.text import one_line
from facilitator.settings.wording import Wrong, kind, quoted

MOST, LONGEST_NAME = 50, 60
"""How many views a user may have, and how many characters the name of one."""


class SavedView(msgspec.Struct, frozen=True):
    """A query line with a name."""

    name: str
    query: str


PROGRAM = (
    SavedView("Caused by a deployment", "cause:deployment"),
    SavedView("More than two hours to resolve", "mttr:>2h sort:mttr"),
    SavedView("Actions pending for more than 60 days", "pending:>60d sort:pending"),
    SavedView("The last three months", "since:3m"),
)
"""Those that everybody has."""


def read_views(value: object) -> tuple[tuple[SavedView, ...], list[Wrong]]:
    """Return the user's own views, then those that everybody has but for names of the user's, and what is wrong.

    Whether a query can be read is told when it is asked.
    """
    if not isinstance(value, dict):
        return PROGRAM, [((), f"must be a table of names and queries, not {kind(value)}")]
    found: dict[str, SavedView] = {}
    wrong: list[Wrong] = []
    for number, (key, query) in enumerate(value.items()):
        name = one_line(str(key))
        if number >= MOST:
            wrong.append(((str(key),), f"more than {MOST} views; this one and those after it are left out"))
            break
        if not isinstance(query, str) or not one_line(query):
            said = "an empty one" if isinstance(query, str) else kind(query)
            wrong.append(((str(key),), f"a view is a query in quotes, such as 'tag:redis since:12m', not {said}"))
        elif not name or len(name) > LONGEST_NAME:
            wrong.append(((str(key),), f"a name has 1 to {LONGEST_NAME} characters, not {quoted(name)}"))
        else:
            found[name] = SavedView(name, one_line(query))
    return (*found.values(), *(each for each in PROGRAM if each.name not in found)), wrong
