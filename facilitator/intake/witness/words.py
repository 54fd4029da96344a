"""The words and the marks of a witness form, for those who write it and for those who read it."""

from datetime import datetime

KIND = "witness"
"""How the marks of a witness form begin."""
FORM, NAME, OWN, MOMENT, ASKED, END = "form", "name", "own", "moment", "asked", "end"
"""The parts of a form besides the answers to questions, as the marks call them."""

TITLE = "What you saw:"
NAMED = "Your name:"
OWN_WORDS = "In your own words"
FREE = "What should we have asked?"
ABOUT = (
    "People do not fail; systems allow failure. Your account shows what the systems let you see, and what they hid.",
    "Nobody but the facilitator sees what you write, until it is taken into the session.",
)
"""What the form is for."""
HOW = (
    "Write below the headings and the questions, as much or as little as you like, in your own words. Leave the "
    "remarks in pointed brackets where they are: by them, each answer is read back to its place."
)
_HINT = (
    "What happened, as you saw it? One thing a line, with its time where you know it, such as “14:22 saw the graph "
    "climb”."
)


def own_hint(start: datetime | None, zone: str) -> str:
    """Return what is asked for in the account in own words: how times are written there."""
    if start is None:
        return f"{_HINT} Times are in {zone}, unless you name another zone; write the day before them."
    return f"{_HINT} Times are those of {start.date().isoformat()} in {zone}, unless you name another day or zone."
