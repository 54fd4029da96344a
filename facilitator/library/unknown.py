"""Values in a query that no session has, such as a cause with a slip of the keyboard in it."""

from facilitator.library.completing import Values
from facilitator.library.expressions import Query, Value, leaves
from facilitator.library.fields import FIELDS
from facilitator.settings.wording import did_you_mean, quoted


def unknown_values(query: Query, values: Values) -> tuple[str, ...]:
    """Return what to say of each value in a query that no session has, with the nearest that one has."""
    told: list[str] = []
    for leaf in leaves(query.where):
        if not isinstance(leaf, Value) or leaf.field not in FIELDS or not FIELDS[leaf.field].stored:
            continue
        known = values(leaf.field)
        if leaf.value in known or (leaf.prefix and any(each.startswith(leaf.value) for each in known)):
            continue
        told.append(f"no session has the {leaf.field} {quoted(leaf.value)}{did_you_mean(leaf.value, known)}")
    return tuple(dict.fromkeys(told))
