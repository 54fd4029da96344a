"""Patterns of the user's own for what is sensitive: `sensitive = ["CUST-[0-9]+"]` in the configuration file."""

from facilitator.settings.wording import Wrong, kind, quoted

MOST = 50
"""How many patterns a user may have."""


def read_sensitive(value: object) -> tuple[tuple[str, ...], list[Wrong]]:
    """Return the patterns in a list, and what is wrong with it; one that is no pattern, or could take too long, is out.

    See `checks.own_patterns` for which those are.
    """
    from facilitator.checks.own_patterns import PatternError, own_pattern

    if not isinstance(value, list):
        return (), [((), f"must be a list of patterns such as ['CUST-[0-9]+'], not {kind(value)}")]
    found: list[str] = []
    wrong: list[Wrong] = []
    if len(value) > MOST:
        wrong.append(((), f"more than {MOST} patterns; those after the first {MOST} do not count"))
    for each in value[:MOST]:
        if not isinstance(each, str):
            wrong.append(((), f"a pattern is text in quotes, not {kind(each)}"))
            continue
        try:
            own_pattern(each)
        except PatternError as error:
            wrong.append(((), f"the pattern {quoted(each)} {error}"))
        else:
            found.append(each)
    return tuple(dict.fromkeys(found)), wrong
