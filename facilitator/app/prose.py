"""What a text that is being typed is for, as the checks see it."""

from typing import Any

from facilitator.app.desk import Desk
from facilitator.checks.rules import Context
from facilitator.checks.session_checks import answered_whys, context_of
from facilitator.checks.texts import Text
from facilitator.model.item import Item
from facilitator.model.phases import Phase

_PLACES: dict[str, Context] = {
    Phase.TIMELINE: Context.TIMELINE,
    Phase.RESPONSE: Context.RESPONSE,
    Phase.WHYS: Context.WHY_ANSWER,
    Phase.FACTORS: Context.FACTOR,
    Phase.LESSONS: Context.LESSON,
    Phase.ACTIONS: Context.ACTION,
}
"""As what a line is read that makes no item yet; a summary elsewhere."""


def prose(desk: Desk, text: str, value: Any, *, editing: bool = False) -> tuple[str, Context | None]:
    """Return the words of a text, and what they are for: None where they are no prose, such as a name or a number.

    `value` is what the text was read as, or None. `editing` tells that it is that of the marked row.
    """
    field = desk.panel.field(desk.key) if editing else desk.field_for(text)
    if field is not None:
        return text, context_of(Text("", field.path, text))
    if isinstance(value, Item):
        words = getattr(value, "text", "") or text
        return words, context_of(Text(value.id, "text", words, value), answered_whys(desk.session))
    return text, _PLACES.get(desk.place, Context.SUMMARY)
