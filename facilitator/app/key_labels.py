"""The words for keys whose meaning depends on the marked row."""

from collections.abc import Iterable

from facilitator.app.commands import Command
from facilitator.app.desk import Desk
from facilitator.app.filing import further, links_to, marks
from facilitator.app.meeting import keys
from facilitator.app.panels.findings import FINDING, POINT
from facilitator.app.panels.places import FINDINGS, REVIEW, SIMILAR
from facilitator.app.panels.reviewing import ASKED, LACKING, STEP, part_of, request_of, thread_of
from facilitator.app.panels.similar import past_id
from facilitator.model.meeting_items import Box
from facilitator.model.phases import Phase
from facilitator.model.session import Entry, Parked, Participant, Status

_CHOSEN = (keys.OTHER_AGENDA, keys.ANOTHER_MEETING)


def labels(desk: Desk, line: str) -> dict[str, str]:
    """Return a word for each such key, by the id of its command; an empty one where the key does nothing."""
    settle = {
        "session.settle": "settle" if desk.session.conflicts else "",
        "session.redact": "redaction" if desk.place in (Phase.DOCUMENT, REVIEW) else "",
    }
    if desk.place == FINDINGS:
        return _on_findings(desk.key) | settle | ({"session.file": "file"} if line.strip() else {})
    if desk.place == SIMILAR:
        return _on_similar(desk) | settle | ({"session.file": "file"} if line.strip() else {})
    if desk.place == REVIEW:
        return _on_review(desk) | settle | ({"session.file": "file"} if line.strip() else {})
    item, marked = desk.item, desk.panel.field(desk.key)
    attends = desk.table is not None and isinstance(item, Participant)
    can_mark = bool(marked.choices) if marked is not None else item is not None and bool(marks(item, ()))
    return {
        "session.file": "file" if line.strip() else _on_empty_line(desk),
        "session.further": "go there" if isinstance(item, Box) else further(item),
        "session.mark": "mark" if can_mark or attends else "",
        "session.link": "link" if item is not None and links_to(item) else "",
        "session.told": "as told" if isinstance(item, Entry) else "",
        "session.comment": "comment" if item is not None or marked is not None or desk.place is Phase.DOCUMENT else "",
        **settle,
    }


def in_order(commands: Iterable[Command], desk: Desk) -> list[Command]:
    """Return commands in the order in which they are shown: in the review, what belongs to it comes first.

    Where Enter on the step does the same, the key of the step gives way to others.
    """
    if desk.place != REVIEW:
        return [*commands]
    step, link = ("session.further", "session.link")[:: -1 if desk.key == STEP else 1]
    first = ("session.file", "session.mark", step, link, "session.undo")
    return sorted(commands, key=lambda each: first.index(each.id) if each.id in first else len(first))


def _on_findings(key: str) -> dict[str, str]:
    """Return the words for keys among the findings."""
    found = key.startswith(FINDING)
    return {
        "session.file": "answer, or go there" if key.startswith(POINT) else "go there" if found else "",
        "session.mark": "mute" if found else "",
        "session.further": "",
        "session.link": "",
        "session.told": "",
    }


def _on_similar(desk: Desk) -> dict[str, str]:
    """Return the words for keys among the past incidents."""
    past = past_id(desk.key)
    noted = any(each.session == past for each in desk.session.precedents)
    return {
        "session.file": "read" if past else "",
        "session.further": "note" if past and not noted else "",
        "session.comment": "",
        "session.link": "link to factors" if past and desk.session.factors else "",
        "session.mark": "",
        "session.told": "",
    }


def _on_review(desk: Desk) -> dict[str, str]:
    """Return the words for keys in the review."""
    session, key = desk.session, desk.key
    step = "send round" if session.status is Status.DRAFT else "publish again" if session.versions else "publish"
    thread, request = thread_of(session, key), request_of(session, key)
    mark = "open again" if thread is not None and thread.comment.resolved else "resolve" if thread is not None else ""
    if request is not None and request.answered is None:
        mark = "answered"
    enter = {STEP: step}.get(key, "")
    if key.startswith(LACKING) or (thread is not None and (thread.comment.about or thread.comment.place)):
        enter = "go there"
    if part_of(session, key) is not None or (key.startswith(ASKED) and request is not None and request.part):
        enter = "approve"
    return {
        "session.file": enter,
        "session.further": step,
        "session.mark": "back to draft" if key == STEP and session.status is not Status.DRAFT else mark,
        "session.link": "approve",
        "session.comment": "",
        "session.told": "",
    }


def _on_empty_line(desk: Desk) -> str:
    """Return what Enter does to the marked row; nothing where it does nothing."""
    item, key = desk.item, desk.key
    if desk.table is not None:
        if key.startswith(keys.AGENDA) or key in _CHOSEN:
            return "choose"
        if isinstance(item, Participant):
            return "here or not"
        if isinstance(item, Parked):
            return "decide"
        if key == keys.SURVEY:
            return "ask"
        if key.startswith(keys.RULE):
            return "next"
    return "edit" if desk.row_text() is not None else ""
