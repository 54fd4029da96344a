"""What opens a door in a session, and how to say so before the session leaves the house."""

from collections.abc import Iterator
from typing import NamedTuple

import msgspec

from facilitator.checks.finding import Finding
from facilitator.checks.mutes import mute_of
from facilitator.checks.sensitive import credential_findings
from facilitator.checks.texts import texts
from facilitator.model.clocks import clock
from facilitator.model.edits import LISTS, find
from facilitator.model.item import Item
from facilitator.model.session import Action, Entry, Session
from facilitator.model.told import field_told, kind_told


class Credential(NamedTuple):
    """A key or a password in a session: what it is, such as "an AWS access key", and its finding."""

    what: str
    finding: Finding


def credentials_of(session: Session) -> Iterator[Credential]:
    """Yield the keys and passwords in what a session publishes that are not muted, in reading order."""
    for text in texts(session):
        for what, each in credential_findings(text.text):
            finding = msgspec.structs.replace(each, about=text.about, field=text.field)
            if mute_of(finding, session) is None:
                yield Credential(what, finding)


def warning(session: Session) -> str:
    """Return what to say before a session leaves, or nothing when it holds no key and no password.

    Such as "holds what looks like an AWS access key, in the timeline at 14:36". It tells nothing of it.
    """
    found = list(credentials_of(session))
    if not found:
        return ""
    first = found[0]
    more = f", and {len(found) - 1} more" if len(found) > 1 else ""
    return f"holds what looks like {first.what}, {_place(first.finding, session)}{more}"


def _place(finding: Finding, session: Session) -> str:
    item = find(session, finding.about) if finding.about else None
    if isinstance(item, Entry):
        return f"in the timeline at {clock(item.at, session.zone)}"
    if isinstance(item, Action):
        return f"in action A{session.actions.index(item) + 1}"
    if item is not None:
        return f"in {kind_told(item)} {_number(item, session)}"
    return f"in the {field_told(finding.field)}"


def _number(item: Item, session: Session) -> int:
    alike: tuple[Item, ...] = getattr(session, LISTS[type(item)])
    return alike.index(item) + 1
