"""The five whys: which question an effect or an answer asks next."""

import re

from facilitator.model.session import Why

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
