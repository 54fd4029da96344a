"""The rows of the home screen: one for each session of the store, made only when it is drawn."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from facilitator.app.rows import Row, Tone
from facilitator.app.step_words import shortened
from facilitator.model.changes import diff
from facilitator.model.clocks import day
from facilitator.model.session import Conflict, Session
from facilitator.store.summaries import Broken, Summary

Listed = Summary | Broken

_LONGEST_TITLE = 34
"""How much of a title a message shows, in characters: with the words around it, it fits 100 cells."""


def summary_row(listed: Listed, now: datetime, width: int) -> Row:
    """Return the row of a session: date, severity, title, and at the right status, open actions and age.

    Where `width`, that of the list in cells, is small, only the open actions stand at the right.
    """
    if isinstance(listed, Broken):
        lead = ("copy" if listed.copy_of else "unreadable").ljust(16)
        body = f"not taken in yet: {listed.file}" if listed.copy_of else f"{listed.file}: {listed.reason}"
        return Row(listed.file, body, lead=lead, mark="!", tone=Tone.WARN)
    when = listed.day or listed.created
    severity = listed.severity or ("near" if listed.review_kind == "near miss" else "")
    facts = [f"{listed.actions_open} open" if listed.actions_open else "", str(listed.status), age(now - when)]
    columns = [fact.rjust(size) for fact, size in zip(facts, (7, 9, 4), strict=True)]
    tail = "  ".join(columns if width >= 68 else columns[:1])
    return Row(listed.id, listed.title, lead=f"{day(when, 'UTC', year=True)}  {severity:<4}", tail=tail)


def arranged(listed: Sequence[Listed]) -> Sequence[Listed]:
    """Return what is listed with every copy of a session right below that session."""
    copies: dict[str, list[Listed]] = {}
    for each in listed:
        if isinstance(each, Broken) and each.copy_of:
            copies.setdefault(each.copy_of, []).append(each)
    if not copies:
        return listed
    found: list[Listed] = []
    for each in listed:
        if isinstance(each, Summary):
            found += [each, *copies.pop(each.id, ())]
        elif not each.copy_of:
            found.append(each)
    return [*found, *(each for rest in copies.values() for each in rest)]


def counted(listed: Sequence[Listed]) -> tuple[int, int, int]:
    """Return how many sessions there are, how many copies of some, and how many files that cannot be read."""
    sessions = sum(isinstance(each, Summary) for each in listed)
    copies = sum(isinstance(each, Broken) and bool(each.copy_of) for each in listed)
    return sessions, copies, len(listed) - sessions - copies


def counted_words(sessions: int, copies: int, unreadable: int, seen: int) -> str:
    """Return in words how many sessions there are, how many of them are seen, and what else lies in the store."""
    parts = [f"{seen:,} of {sessions:,} sessions" if seen != sessions else _number(sessions, "session", "sessions")]
    parts += [_number(copies, "copy", "copies")] if copies else []
    parts += [f"{unreadable:,} unreadable"] if unreadable else []
    return ", ".join(parts)


def taken_in_words(before: Session, after: Session) -> str:
    """Return what to say once a copy was merged into a session, which was `before` and is `after` since."""
    changes = diff(before, after)
    conflicts = sum(isinstance(each.part, Conflict) and each.before is None for each in changes)
    edits = sum(not isinstance(each.part, Conflict) for each in changes)
    if not changes:
        return "The copy held nothing new. It is in the trash now."
    found = _number(edits, "change", "changes")
    also = f", {_number(conflicts, 'conflict', 'conflicts')}" if conflicts else ""
    return f"The copy was taken in: {found}{also}. It is in the trash now."


def trashed_words(titles: Sequence[str]) -> str:
    """Return what to say of the sessions that were deleted and can be brought back, the last one last."""
    count = len(titles)
    back = "Undo brings it back." if count == 1 else f"That makes {count}; undo brings them back one by one."
    return f"Moved to the trash: {shortened(titles[-1], _LONGEST_TITLE)}. {back}"


def restored_words(title: str, left: int) -> str:
    """Return what to say of a session that was brought back, where so many others still can be."""
    more = f" {left} more can be brought back." if left else ""
    return f"Back from the trash: {shortened(title, _LONGEST_TITLE)}.{more}"


def _number(count: int, one: str, several: str) -> str:
    return f"{count:,} {one if count == 1 else several}"


def age(span: timedelta) -> str:
    """Return how long ago something was, in its largest unit: "3d", "5mo", "9y"."""
    days = span.days
    if days < 0:
        return "soon"
    for unit, size in (("y", 365), ("mo", 30), ("w", 7)):
        if days >= 2 * size:
            return f"{days // size}{unit}"
    return f"{days}d" if days else "now"


def searched(listed: Listed) -> str:
    """Return the text in which typed words are looked for: what a session is called and is, each word after a space."""
    if isinstance(listed, Broken):
        return plain(f" {listed.file}")
    parts = (listed.title, listed.severity, listed.status, listed.review_kind, listed.cause, listed.file)
    return plain(" ".join(["", *(str(part) for part in parts if part), *listed.services, *listed.tags]))


def plain(text: str) -> str:
    """Return a text as words are compared: in small letters, with spaces for dashes."""
    return text.lower().replace("-", " ")
