"""Items, from the pieces in which somebody changed them."""

from collections.abc import Callable, Mapping
from typing import Any

from facilitator.documents.roundtrip import values
from facilitator.documents.roundtrip.seen import Piece
from facilitator.documents.roundtrip.values import Scope, UnclearError
from facilitator.documents.roundtrip.words import line
from facilitator.documents.sections.accounts import NOT_NAMED
from facilitator.model.item import Item
from facilitator.model.meeting_items import Account
from facilitator.model.session import (
    Action,
    ActionStatus,
    Entry,
    Factor,
    Lesson,
    Question,
    ResponseNote,
    Why,
)

Read = Callable[[str, Any, Scope], dict[str, Any]]
"""How a field that was changed is read: its Markdown, the item as it was, or None for a new one, and the scope."""


def _plain(name: str, read: Callable[[str], Any]) -> Read:
    return lambda raw, _old, _scope: {name: read(raw)}


def _scoped(name: str, read: Callable[[str, Scope], Any]) -> Read:
    return lambda raw, _old, scope: {name: read(raw, scope)}


def _said(raw: str, old: Any, _scope: Scope) -> dict[str, Any]:
    said = values.text(raw)
    if isinstance(old, Why) and said == "…" and not old.text:
        return {}
    if not said:
        raise UnclearError("it cannot be empty; to delete it, delete all of its line")
    return {"text": said}


def _source(raw: str, old: Any, _scope: Scope) -> dict[str, Any]:
    source, links = values.source(raw, old.links if isinstance(old, Entry) else ())
    return {"source": source, "links": links}


def _evidence(raw: str, old: Any, scope: Scope) -> dict[str, Any]:
    had = old.evidence if isinstance(old, Factor | Why) else ()
    return {"evidence": (values.quoted if '"' in line(raw) else values.entries)(raw, had, scope)}


def _teller(raw: str, old: Any, scope: Scope) -> dict[str, Any]:
    said = line(raw)
    found = [each.id for each in scope.session.participants if line(said) == each.text]
    if said in ("", NOT_NAMED):
        return {"teller": ""}
    if not found:
        raise UnclearError(f"nobody called {said} takes part")
    return {"teller": old.teller if isinstance(old, Account) and old.teller in found else found[0]}


def _wont(raw: str, old: Any, _scope: Scope) -> dict[str, Any]:
    if raw:
        return {"status": ActionStatus.WONT_DO}
    is_back = isinstance(old, Action) and old.status is ActionStatus.WONT_DO
    return {"status": ActionStatus.OPEN} if is_back else {}


def _nothing(_raw: str, _old: Any, _scope: Scope) -> dict[str, Any]:
    return {}


READS: Mapping[type[Item], Mapping[str, Read]] = {
    Entry: {
        "text": _said,
        "milestones": _scoped("milestones", values.milestones),
        "source": _source,
    },
    Why: {
        "text": _said,
        "remarks": lambda raw, _old, _scope: values.why_remarks(raw),
        "evidence": _evidence,
        "join": _plain("join", values.JOIN),
    },
    Factor: {
        "text": _said,
        "category": _plain("category", values.text),
        "role": _plain("role", values.ROLE),
        "present": _plain("present", values.yes_no),
        "seen_before": _plain("seen_before", values.yes_no),
        "evidence": _evidence,
        "no_action": _plain("no_action", values.text),
        "mitigator": lambda raw, _old, _scope: {"mitigator": bool(raw)},
        "root_cause": lambda raw, _old, _scope: {"root_cause": bool(raw)},
        "number": _nothing,
        "again": _nothing,
    },
    ResponseNote: {"text": _said, "kind": _plain("kind", values.NOTE)},
    Lesson: {
        "text": _said,
        "kind": _plain("kind", values.LESSON),
        "area": _plain("area", values.AREA),
    },
    Action: {
        "text": _said,
        "owner": _plain("owner", values.owner),
        "due": _scoped("due", values.due),
        "ticket": _plain("ticket", values.ticket),
        "priority": _plain("priority", values.PRIORITY),
        "type": _plain("type", values.TYPE),
        "wont": _wont,
        "status": _plain("status", values.status),
        "done": _scoped("done", values.due),
        "effect": _plain("effect", values.text),
        "factors": _scoped("factors", values.factors),
        "note": _plain("note", values.long_text),
        "number": _nothing,
    },
    Question: {
        "text": _said,
        "owner": _plain("owner", values.owner),
        "answer": _plain("answer", values.long_text),
    },
    Account: {
        "teller": _teller,
        **{name: _plain(name, values.long_text) for name in ("seen", "meant", "expected", "options")},
    },
}
"""How the fields of each kind of item are read, in the order in which a later one goes before an earlier one."""

LABELS: Mapping[str, str] = {
    "text": "words", "seen_before": "seen before", "present": "still present", "no_action": "not acted on",
    "wont": "decided not to do", "done": "done on", "effect": "did it work", "factors": "addresses", "note": "reason",
    "remarks": "remarks", "seen": "saw", "meant": "took it to mean", "expected": "expected next",
    "options": "options on the table", "teller": "as told by", "again": "root cause", "root_cause": "root cause",
    "milestones": "milestone",
}  # fmt: skip
"""How a document calls the fields that it does not call as the session does."""


def is_new(piece: Piece) -> bool:
    """Tell whether there is enough in a piece without a past to make an item of it."""
    return bool(line(piece.fields.get("text", ""))) and piece.kind is not Account
