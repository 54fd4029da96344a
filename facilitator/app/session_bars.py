"""The words of the bars above and below a session."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from facilitator.app.editor import SaveState, Saving, Taken
from facilitator.app.panels.places import SIGNS, Place
from facilitator.app.step_words import step_words
from facilitator.app.widgets.bar import Part
from facilitator.capture.reading import Reading
from facilitator.model.clocks import stamp
from facilitator.model.moments import Moment
from facilitator.model.session import Session
from facilitator.store.presence import Person

_MANY = 2
"""Up to so many people are named."""

_STATES: dict[SaveState, tuple[str, str]] = {
    SaveState.SAVED: ("saved", "$success"),
    SaveState.SAVING: ("saving…", "$secondary"),
    SaveState.FAILED: ("NOT SAVED", "bold $error"),
    SaveState.READ_ONLY: ("read only", "bold $warning"),
}


def company_words(others: Sequence[Person], name: str) -> str:
    """Return who else has the session open, as seen by `name`; empty when nobody has."""
    if len(others) > _MANY:
        return f"{len(others)} others"
    return " and ".join(f"{each.who or 'somebody'}{' elsewhere' if each.who == name else ''}" for each in others)


def top_bar(
    session: Session, place: Place, saving: Saving, company: str, status: str
) -> tuple[tuple[Part, ...], tuple[Part, ...]]:
    """Return the left and the right side of the bar above a session; `company` is who else has it open.

    `status` is how far the document is, or empty where the room need not see that.
    """
    severity = f"   {session.severity}" if session.severity else ""
    left: tuple[Part, ...] = ((f" {session.title}", "bold $foreground"), (severity, "$secondary"))
    if session.services:
        left = (*left, (f"  {', '.join(session.services)}", "$secondary"))
    words, style = _STATES[saving.state]
    conflicts = len(session.conflicts)
    right = (
        (f"  also open: {company}" if company else "", "$accent"),
        (f"  {conflicts} conflict{'s' if conflicts > 1 else ''}" if conflicts else "", "bold $warning"),
        (f"  {status}" if status else "", "$secondary"),
        (f"   {SIGNS[place]} {place}", "$primary"),
        (f"   {words} ", style),
    )
    return left, right


def understood_bar(
    reading: Reading[Any],
    line: str,
    *,
    notice: str,
    waiting: int,
    saving: Saving,
    cue: str,
    conflicts: str,
    time_up: str = "",
    label: str = "Ask",
    advice: str = "",
) -> tuple[Part, ...]:
    """Return the words below the panel: what was understood of the line, or what there is to say."""
    parts: list[Part] = []
    style = "bold $error" if saving.state is SaveState.FAILED else "bold $warning"
    if notice:
        parts += [("   Not saved", style)] if saving.brief else []
        parts.append((f"   {notice}", "$primary"))
    elif saving.brief and not line:
        parts.append((f"   {saving.brief}", style))
    elif reading.question:
        settle = "   enter: choose" if reading.choices else ""
        parts.append((f"   {reading.question}{settle}", "$warning"))
    elif line.strip() == "?":
        parts.append(("   enter: help, or go on typing an open question", "$secondary"))
    elif reading.understood:
        parts.append((f"   {' · '.join(reading.understood)}", "$success"))
    elif conflicts and not line:
        parts.append((f"   {conflicts}", "$warning"))
    elif time_up and not line:
        parts.append((f"   {time_up}", "bold $warning"))
    elif cue and not line:
        parts += [(f"   {label}  ", "$secondary"), (cue, "italic $accent")]
    return (*parts, *_behind("" if notice else advice, waiting))


def _behind(advice: str, waiting: int) -> tuple[Part, ...]:
    """Return what stands behind what was understood, or alone where nothing was: a question, and how much waits."""
    asked = ((f"   {advice}", "italic $secondary"),) if advice else ()
    lines = ((f"   {waiting} line{'s' if waiting > 1 else ''} waiting", "$warning"),) if waiting else ()
    return (*asked, *lines)


def conflict_words(conflicts: int, key: str) -> str:
    """Return what to say of so many conflicts; `key` settles them."""
    if not conflicts:
        return ""
    what = "a field" if conflicts == 1 else f"{conflicts} fields"
    return f"Two people changed {what} at once. Both versions are kept; {key} chooses."


def saving_words(saving: Saving, key: str, *, alone: bool) -> tuple[Part, ...]:
    """Return what stands at the right while something stands in the way of saving; `key` tells all of it.

    Where these words stand `alone`, without the bar above, they tell the state of saving too.
    """
    why = ((f"  {key} why ", "$secondary"),) if saving.brief else ()
    words, style = _STATES[saving.state]
    return (*why, (f"  {words} ", style)) if alone else why


def turned_words(what: str, taken: Taken | None, now: datetime, session: Session) -> str:
    """Return what to say of an edit that was undone or done again: which, and when it was made if that is long ago."""
    if taken is None:
        return ""
    step = taken.step
    when = f", of {stamp(Moment(step.at), session.zone)}" if now - step.at > _LONG_AGO else ""
    rest = "" if taken.whole else ". What somebody else has changed since then stays."
    return f"{what}: {step_words(step.label, step.changes, session)}{when}{rest}"


_LONG_AGO = timedelta(hours=6)
