"""The keys of the rows at the opening and the closing of a meeting that are not items."""

AGENDA = "agenda:"
"""What the key of an agenda that can be chosen begins with; its name follows."""

RULE = "rule:"
"""What the key of a ground rule begins with; its number follows."""

EVERYBODY = "everybody"
"""The row under which it is typed who is here."""

NEW_BOX = "new-box"
"""The row under which a typed line becomes a time box of its own."""

PREVIOUS = "previous-actions"
"""The row that tells how many actions of earlier sessions are open."""

OTHER_AGENDA, ANOTHER_MEETING, SURVEY = "other-agenda", "another-meeting", "survey"
"""The rows that are chosen and lead to a dialog."""
