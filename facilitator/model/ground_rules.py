"""The ground rules of a meeting, to be read aloud at its opening."""

GROUND_RULES: tuple[str, ...] = (
    "We are here to rebuild what happened and to learn from it; how to prevent it comes later.",
    "No blame, neither of others nor of yourself: each of us did what made sense with what we saw.",
    "We ask “what” and “how”, not “why did you” and not “who”.",
    "A fix that comes to mind goes to the parking lot, and comes back when we talk about actions.",
    "We say “what next time”, not “could have” or “should have”.",
    "One speaks at a time, everybody is heard, and anybody may say “enough, let us move on”.",
    "Everybody here gets the notes, and can read the document before it goes any further.",
    "All of us see the clock; when a part needs longer, we decide together to extend it.",
)
"""Those that everybody has. Settings may have others in their place."""
