"""What only the facilitator sees beside the panel: who was heard least, and private notes."""

from collections.abc import Sequence

from facilitator.app.rows import Line, Tone
from facilitator.model.meeting_items import Note
from facilitator.model.session import Participant, Session
from facilitator.model.voices import Voices, quietest_first, times_heard

_MOST = 4


def aside(session: Session, place: str, voices: Voices, people: Sequence[Participant]) -> tuple[Line, ...]:
    """Return the lines for a place; none while nobody was heard and nothing is noted."""
    lines: list[Line] = []
    if voices.heard and people:
        names = {each.id: each.text for each in people}
        lines.append(Line("Heard least", Tone.HEADING))
        for each in quietest_first(voices, names)[:_MOST]:
            count = times_heard(voices, each)
            lines.append(Line(f"{names[each]}  {'•' * count if count else 'not yet'}", Tone.MUTED))
    notes = notes_at(session, place)
    if notes:
        lines += [*([Line("")] if lines else []), Line("Private notes", Tone.HEADING)]
        lines += [Line(note.text, Tone.BODY) for note in notes[-_MOST:]]
    return tuple(lines)


def notes_at(session: Session, place: str) -> tuple[Note, ...]:
    """Return the private notes of a place, in order."""
    return tuple(note for note in session.notes if note.phase == place)
