"""What changed of a redacted session since somebody said yes to it, told in a line."""

from collections import Counter
from collections.abc import Iterator

from facilitator.model.changes import PATHS, Change, diff
from facilitator.model.edits import get_field
from facilitator.model.item import Item
from facilitator.model.session import Session
from facilitator.model.told import field_told, fields_changed, kind_told
from facilitator.redaction.consent import compared
from facilitator.redaction.redacting import Redacted
from facilitator.redaction.told import item_shown, shortened

MOST_PLACES = 3
"""How many places are named."""

_LONGEST = 40


def told_since(before: Redacted, now: Redacted) -> str:
    """Return how many replacements are new and gone, and where the first changes are, as their readers would see them.

    Nothing when both are the same.
    """
    old, new = compared(before.session), compared(now.session)
    places = [place for change in diff(old, new) for place in _places(change, old, new)]
    if not places:
        return ""
    was, is_now = _counted(before), _counted(now)
    added, gone = (is_now - was).total(), (was - is_now).total()
    counts = [f"{number} {'replacement' if number == 1 else 'replacements'} {what}" for number, what in
              ((added, "new"), (gone, "gone")) if number]  # fmt: skip
    more = f" and {len(places) - MOST_PLACES} more" if len(places) > MOST_PLACES else ""
    where = f"changed: {', '.join(places[:MOST_PLACES])}{more}"
    return "; ".join((", ".join(counts) or "no replacement is new or gone", where))


def _counted(result: Redacted) -> Counter[tuple[str, ...]]:
    return Counter((each.about, each.place, each.words, each.final) for each in result.replacements)


def _places(change: Change, old: Session, new: Session) -> Iterator[str]:
    part = change.part
    if not isinstance(part, Item):
        yield from (field_told(path) for path in PATHS if get_field(old, path) != get_field(new, path))
        return
    gone = change.after is None
    named = shortened(item_shown(old if gone else new, part), _LONGEST)
    kind = f"{kind_told(part)} '{named}'"
    if gone or change.before is None:
        yield f"{kind} {'gone' if gone else 'new'}"
    else:
        fields = " and ".join(each.name for each in fields_changed(change, new))
        yield f"{kind}, {fields}" if fields else kind
