"""Those who take part, from the list of their names and roles at the top of a document."""

from collections.abc import Callable

import msgspec

from facilitator.capture.sheets.ranks import arranged
from facilitator.documents.roundtrip.values import person
from facilitator.documents.sections.header import participant
from facilitator.model import edits
from facilitator.model.session import Participant, Session


def with_participants(session: Session, raw: str, made: Callable[[str, str], str], *, careful: bool) -> Session:
    """Return the session with those who take part as a list has them; `made` gives the id of somebody new.

    Somebody is known by name and role, else by the name. With `careful` nobody is deleted. Raises UnclearError for a
    name that is too long.
    """
    left = {participant(each): each for each in reversed(session.participants)}
    found: list[Participant] = []
    while raw := raw.strip(", "):
        whole = next((each for each in left if raw == each or raw.startswith(f"{each}, ")), None)
        piece = whole if whole is not None else _until_comma(raw)
        raw = raw[len(piece) :]
        if whole is not None:
            found.append(left.pop(whole))
            continue
        name, role = person(piece)
        known = _called(name, left)
        if known is not None:
            found.append(msgspec.structs.replace(known, text=name, role=role))
        elif name:
            found.append(Participant(id=made("participants", f"{name} {len(found)}"), text=name, role=role))
    ids = {each.id for each in found}
    shown = {each.id for each in session.participants if participant(each)}
    gone = set() if careful else shown - ids
    placed, _ = arranged(found, {each.id for each in session.participants})
    kept = {each.id: each for each in (*session.participants, *placed)}
    session = msgspec.structs.replace(session, participants=edits.ordered(tuple(kept.values())))
    return edits.without(session, gone) if gone else session


def _until_comma(raw: str) -> str:
    """Return Markdown up to the first comma that is not in brackets."""
    depth = 0
    for at, sign in enumerate(raw):
        depth += (sign == "(") - (sign == ")")
        if sign == "," and depth <= 0:
            return raw[:at]
    return raw


def _called(name: str, left: dict[str, Participant]) -> Participant | None:
    """Take the participant with this name out of those that are left."""
    shown = next((shown for shown, each in left.items() if each.text == name), None)
    return left.pop(shown) if shown is not None else None
