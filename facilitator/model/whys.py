"""The five whys: which question an effect or an answer asks next."""

import re

from facilitator.model.edits import find
from facilitator.model.session import Session, Why

_LOWER_FIRST = re.compile(
    r"(?:A|An|The|There|This|These|No|Nobody|Nothing|None|It|Its|We|Our|Some|All|Every|Both|Two|Because) "
)


def question(why: Why) -> str:
    """Return the question that a node of the why tree asks next, from its own words.

    "What made it possible that ...?" asks for conditions and not for persons
    (Allspaw: how and what rather than why and who).
    """
    text = why.text.rstrip(" .!?;:")
    if _LOWER_FIRST.match(text):
        text = text[0].lower() + text[1:]
    elif text.split(" ", 1)[0].istitle():  # a name or the beginning of a sentence: nobody can tell, so it is quoted
        text = f"“{text}”"
    return f"What made it possible that {text}?"


def depth(session: Session, why: Why) -> int:
    """Return how many answers lie above and at a node: 0 for an effect, 1 for an answer to it, and so on."""
    steps, seen = 0, {why.id}
    while why.parent is not None and why.parent not in seen:
        above = find(session, why.parent)
        if not isinstance(above, Why):
            break
        seen.add(above.id)
        why, steps = above, steps + 1
    return steps
