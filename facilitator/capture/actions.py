r"""Lines of the action items: "Alert at 75 % memory @alice fri P1 ENG-1234 #detect".

The rule: write the sentence first, then the particulars in any order. From the right, each word that is a particular is
taken, one of each kind, until a word is none: an owner "@alice" or @"Alice Berg", a due date "fri", "by Nov 29",
"in 2 weeks", a priority "P0" to "P3", a ticket "ENG-1234", "#1234" or the address of one. What is marked as such counts
anywhere: the types "#prevent", "#detect", "#mitigate", "#process", the states "#progress", "#done", "#wontdo", "#open",
"due:..." and "ticket:...". A day that the sentence needs, "no deploys on Friday", stays in it. A backslash keeps a word
as text: "\fri", "\#detect", "\@alice".

What became of an action is marked too: "done:2026-11-20" says when it was done, "#done" that it was today, and
effect:"yes, no page since" whether it worked.
"""

import re
from dataclasses import dataclass, field
from datetime import date
from typing import cast

import msgspec

from facilitator.capture.asides import owner_of, owner_word
from facilitator.capture.context import Context
from facilitator.capture.dates import day_alone, named
from facilitator.capture.due import Due, due_at_end, due_date
from facilitator.capture.reading import Choice, Reading
from facilitator.capture.tokens import PREFIXED, Grammar, Mark, put_last, quoted, split
from facilitator.model.outcomes import done_on
from facilitator.model.session import Action, ActionStatus, ActionType, Priority
from facilitator.model.text import one_line

_GRAMMAR = Grammar(
    what="type or state",
    names={
        **{str(kind): Mark("type", kind) for kind in ActionType},
        "open": Mark("state", ActionStatus.OPEN),
        "progress": Mark("state", ActionStatus.IN_PROGRESS),
        "inprogress": Mark("state", ActionStatus.IN_PROGRESS),
        "in-progress": Mark("state", ActionStatus.IN_PROGRESS),
        "done": Mark("state", ActionStatus.DONE),
        "wontdo": Mark("state", ActionStatus.WONT_DO),
        "won't": Mark("state", ActionStatus.WONT_DO),
    },
    keys=frozenset({"due", "done", "effect", "ticket"}),
    first=PREFIXED,
    last=re.compile(
        r"[@#].|[Pp][0-3][,;]?$|[A-Z][A-Z0-9]*-\d|[A-Za-z][A-Za-z0-9+.-]{0,30}://|\+?\d"
        r"|(?i:today|tomorrow|yesterday|d|days?|w|weeks?|mo|months?"
        r"|(?:mon|tue|wed|thu|fri|sat|sun|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6})[.,;]*$"
    ),
)
_STATE_NAMES = {
    ActionStatus.OPEN: "",
    ActionStatus.IN_PROGRESS: "#progress",
    ActionStatus.DONE: "#done",
    ActionStatus.WONT_DO: "#wontdo",
}
_PRIORITY = re.compile(r"[Pp][0-3]")
_TICKET = re.compile(r"([A-Z][A-Z0-9]{1,9})-\d{1,7}")
_NO_TICKETS = frozenset({
    "AES", "COVID", "CVE", "HTTP", "ISO", "IPV", "MD", "PEP", "RFC", "SEV", "SHA", "SSL", "TLS", "USB", "UTF",
})  # fmt: skip
"""Names with a number that only look like tickets: "UTF-8", "SEV-1"."""
_TRACKER = re.compile(
    r"https?://[^ ]*/(?:issues?|browse|tickets?|pull|merge_requests|work_items|stor(?:y|ies)|tasks?|cards?|c|cases?"
    r"|show_bug\.cgi)[/?][^ ]+"
)
_NUMBERED = re.compile(r"#\d+")


@dataclass(slots=True)
class _Particulars:
    """What stands after the sentence, while it is taken from the right. `words` is how many words are left."""

    words: int
    found: dict[str, object] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


def read_action(line: str, context: Context, old: Action | None = None) -> Reading[Action]:
    """Return the action of a cleaned line; with `old`, that action as its edited line changes it."""
    found = _GRAMMAR.sort_out(split(line))
    marked = {mark.kind: mark.value for mark in found.marks}
    question = _refused(marked, context.today, old)
    if question:
        return Reading(question=question)
    due = _explicit_due(marked, context.today, old)
    rest = found.rest if old is None else _with_particulars_last(found.rest, marked, old, context.today)
    particulars = _taken(rest, marked, context.today)
    due = due or cast("Due | None", particulars.found.get("due"))
    values = {**particulars.found, **marked, **_state(marked, context.today, old)}
    text = _GRAMMAR.text(rest[: particulars.words])
    day = due.options[0] if due and due.options else None
    action = _filed(text, values, day, old)
    notes = (*found.notes, *particulars.notes)
    if due is not None and (due.wrong or len(due.options) > 1):
        without = _GRAMMAR.text(rest[: particulars.words + due.words]) if "due" not in marked else ""
        return _which_due(action, due, without, (*_said(action, None, context.today), *notes), context.today)
    understood = (*_said(action, day, context.today), *notes)
    if not text and (old is None or old.text):
        return Reading(None, understood, "What is to be done? Type the sentence first, then who and when")
    return Reading(action, understood)


def typed_action(action: Action, context: Context) -> str:
    """Return the line of an action: text, owner, due date, priority, ticket, type, state and effect, in this order."""
    ticket, effect, day = one_line(action.ticket), one_line(action.effect), done_on(action)
    parts = [
        _written_text(action, context.today),
        owner_word(action.owner) if action.owner else "",
        f"due:{action.due.isoformat()}" if action.due else "",
        str(action.priority) if action.priority else "",
        (ticket if _is_ticket(ticket) and '"' not in ticket else f"ticket:{quoted(ticket)}") if ticket else "",
        f"#{action.type}" if action.type else "",
        f"done:{day.isoformat()}" if day else _STATE_NAMES[action.status],
        f"effect:{quoted(effect)}" if effect else "",
    ]
    return " ".join(part for part in parts if part)


def _written_text(action: Action, today: date) -> str:
    text = one_line(action.text)
    at_end = _taken(split(text), {}, today).words < len(split(text))
    return _GRAMMAR.written(text, first=PREFIXED.match(text) is not None, last=at_end)


def _with_particulars_last(words: list[str], marked: dict[str, object], old: Action, today: date) -> list[str]:
    """Return the words of an edited line with what the old action has last, where text was typed behind it.

    Of a kind that was typed behind it anew, what the old action has goes.
    """
    ticket = one_line(old.ticket)
    known: dict[str, tuple[object, str]] = {
        "owner": (one_line(old.owner), owner_word(old.owner) if old.owner else ""),
        "priority": (old.priority, str(old.priority or "")),
        "ticket": (ticket, ticket if _is_ticket(ticket) else ""),
    }
    text, behind = split(_written_text(old, today)), _taken(words, marked, today).found
    kept = [word for kind, (_, word) in known.items() if word and kind not in behind]
    gone = [
        word
        for kind, (value, word) in known.items()
        if word and kind in behind and (behind[kind] != value or words.count(word) > text.count(word) + 1)
    ]
    return put_last(words, kept, text, gone)


def _explicit_due(marked: dict[str, object], today: date, old: Action | None) -> Due | None:
    """Return the date after "due:"; the one that the old action has is read back whatever it is."""
    if "due" not in marked:
        return None
    if old is not None and old.due is not None and marked["due"] == old.due.isoformat():
        return Due((old.due,), 1)
    return due_date(str(marked["due"]), today)


def _done_day(marked: dict[str, object], today: date, old: Action | None) -> date | None:
    """Return the day after "done:", which is not to come; None when it is none, or several."""
    written = str(marked["done"])
    if old is not None and old.done is not None and written == old.done.isoformat():
        return old.done
    day = day_alone(written, today)
    return day if day is not None and day <= today else None


def _refused(marked: dict[str, object], today: date, old: Action | None) -> str:
    """Return what is wrong with the days and the state of a line; "" when they can be filed."""
    if "due" in marked and _explicit_due(marked, today, old) is None:
        return f'"{marked["due"]}" is no day. Write due:fri or due:2026-11-29'
    if "done" not in marked:
        return ""
    if _done_day(marked, today, old) is None:
        return f'"{marked["done"]}" is no day up to today. Write done:today or done:{today.isoformat()}'
    if marked.get("state", ActionStatus.DONE) is not ActionStatus.DONE:
        return f"Is it done, or {marked['state']}? Take one of the two out"
    return ""


def _state(marked: dict[str, object], today: date, old: Action | None) -> dict[str, object]:
    """Return the state that a line says, with the day on which the action was done."""
    if "done" in marked:
        return {"state": ActionStatus.DONE, "done": _done_day(marked, today, old)}
    state, before = marked.get("state", ActionStatus.OPEN), old.status if old is not None else ActionStatus.OPEN
    if state is ActionStatus.DONE:
        return {"state": state, "done": today if before is not ActionStatus.DONE else None}
    return {"state": state, "done": old.done if old is not None and before is not ActionStatus.DONE else None}


def _taken(words: list[str], marked: dict[str, object], today: date) -> _Particulars:
    """Take particulars from the right, one of each kind, until a word is none."""
    taken = _Particulars(len(words))
    filled = set(marked)
    while taken.words:
        kind, value, count = _particular(words[max(0, taken.words - 6) : taken.words], today)
        if not kind:
            break
        if isinstance(value, Due) and value.in_sentence:
            day = " ".join(words[taken.words - count : taken.words])
            taken.notes.append(f"{day} kept as text: write by {day} to set a due date")
            break
        if kind in filled:
            taken.notes.append(f"only one {kind}: {words[taken.words - 1]} kept as text")
            break
        filled.add(kind)
        taken.found[kind] = value
        taken.words -= count
    return taken


def _particular(words: list[str], today: date) -> tuple[str, object, int]:
    """Return the kind, the value and the number of words of the particular with which `words` ends; "" for none."""
    word = words[-1]
    bare = word.rstrip(",;")
    owner = owner_of(word)
    if owner:
        return "owner", owner, 1
    if _PRIORITY.fullmatch(bare):
        return "priority", Priority(bare.upper()), 1
    if _is_ticket(bare):
        return "ticket", bare, 1
    due = due_at_end(words, today)
    return ("due", due, due.words) if due else ("", None, 0)


def _is_ticket(word: str) -> bool:
    ticket = _TICKET.fullmatch(word)
    if ticket is not None:
        return ticket[1] not in _NO_TICKETS
    return _NUMBERED.fullmatch(word) is not None or _TRACKER.fullmatch(word) is not None


def _filed(text: str, values: dict[str, object], due: date | None, old: Action | None) -> Action:
    action = old or Action(text=text)
    owner, ticket, effect = (str(values.get(name, "")) for name in ("owner", "ticket", "effect"))
    return msgspec.structs.replace(
        action,
        text=action.text if one_line(action.text) == text else text,
        owner=action.owner if one_line(action.owner) == owner else owner,
        due=due,
        ticket=action.ticket if one_line(action.ticket) == ticket else ticket,
        priority=cast("Priority | None", values.get("priority")),
        type=cast("ActionType | None", values.get("type")),
        status=cast("ActionStatus", values["state"]),
        done=cast("date | None", values["done"]),
        effect=action.effect if one_line(action.effect) == effect else effect,
    )


def _which_due(action: Action, due: Due, without: str, understood: tuple[str, ...], today: date) -> Reading[Action]:
    """Ask which day is meant, or why there is no such day; the words can always stay what they are."""
    question = f"{due.wrong[:1].upper()}{due.wrong[1:]}. When is it due?" if due.wrong else "Which day is it due?"
    choices = [Choice(f"due {named(day, today)}", msgspec.structs.replace(action, due=day)) for day in due.options]
    if without:
        choices.append(Choice("text, no due date", msgspec.structs.replace(action, text=without, due=None)))
    return Reading(None, understood, question, tuple(choice for choice in choices if choice.value.text))


def _said(action: Action, due: date | None, today: date) -> tuple[str, ...]:
    """Return what was understood of the particulars."""
    said = (
        f"owner @{action.owner}" if action.owner else "",
        f"due {named(due, today)}" + (", in the past" if due < today else "") if due else "",
        str(action.priority or ""),
        f"ticket {action.ticket}" if action.ticket else "",
        str(action.type or ""),
        _state_said(action, today),
        f"effect: {action.effect}" if action.effect else "",
    )
    return tuple(phrase for phrase in said if phrase)


def _state_said(action: Action, today: date) -> str:
    day = done_on(action)
    if day is not None:
        return f"done {named(day, today)}"
    return str(action.status) if action.status is not ActionStatus.OPEN else ""
