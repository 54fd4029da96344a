"""Ground rules of the user's own: `ground_rules = ["…", …]` in the configuration file."""

from facilitator.model.ground_rules import GROUND_RULES
from facilitator.model.text import one_line
from facilitator.settings.wording import Wrong, kind, quoted

MOST_RULES, LONGEST_RULE = 20, 300
"""How many ground rules there are, and how many characters one of them has: they are read aloud."""

_EXAMPLE = "such as ['One speaks at a time.']"


def read_ground_rules(value: object) -> tuple[tuple[str, ...], list[Wrong]]:
    """Return the user's ground rules, which take the place of those that everybody has, and what is wrong with them.

    One in which something is wrong is left out; when none is left, those that everybody has count.
    """
    if not isinstance(value, list):
        return GROUND_RULES, [((), f"must be a list {_EXAMPLE}, not {kind(value)}")]
    if not value:
        return GROUND_RULES, [((), f"has no rule; write a list {_EXAMPLE}, or leave the key out")]
    found: list[str] = []
    wrong: list[Wrong] = []
    for each in value[:MOST_RULES]:
        rule = one_line(each) if isinstance(each, str) else ""
        if not isinstance(each, str):
            wrong.append(((), f"a ground rule is text in quotes, not {kind(each)}"))
        elif not rule:
            wrong.append(((), "a ground rule has words; this one is empty"))
        elif len(rule) > LONGEST_RULE:
            wrong.append(((), f"a ground rule has {LONGEST_RULE} characters at most: {quoted(rule)} has {len(rule)}"))
        elif rule not in found:
            found.append(rule)
    if len(value) > MOST_RULES:
        wrong.append(
            ((), f"there are more than {MOST_RULES} ground rules; those after the first {MOST_RULES} do not count")
        )
    return tuple(found) or GROUND_RULES, wrong
