"""The rows of the register of actions, made only when they are drawn, and the marked action in full."""

from datetime import date, timedelta

from rich.cells import cell_len

from facilitator.app.drawing import drawable, fitted
from facilitator.app.home_rows import age
from facilitator.app.panels.lists import STATES
from facilitator.app.rows import Line as Words
from facilitator.app.rows import Row, Tone, heading
from facilitator.library.board import Board, Group
from facilitator.library.ledger import Entered, Line
from facilitator.library.tallies import By, is_overdue
from facilitator.model.session import ActionStatus
from facilitator.model.text import handle, one_line

_MARGIN = 8
"""Cells of a row beside its words: the arrow and the mark before them, and the spaces between the columns."""

_LEAD = 9
_COLUMNS = ((150, (40, 16)), (110, (24, 13)), (100, (22, 11)), (70, (0, 12)), (50, (0, 9)))
"""How wide the title of the session and the owner are in a list that is at least so wide; else neither is there."""

Shown = Line | str
"""An action, or a line of text among them: a heading, or how many more there are where it begins with a sign."""

_MORE = "… "


def shown_row(each: Shown, today: date, width: int) -> Row:
    """Return the row of what stands in the list, which is so many cells wide."""
    if isinstance(each, Line):
        return action_row(each, today, width)
    if each.startswith(_MORE) or not each:
        return Row("", each, tone=Tone.MUTED)
    return heading(each, first=True)


def shown(board: Board, by: By | None) -> list[Shown]:
    """Return what stands in the list: the groups with their names, with a free line between them."""
    found: list[Shown] = []
    for group in board.groups:
        found += [""] if found else []
        found += [name] if (name := group_told(group, by)) else []
        found += group.lines
        rest = group.listed - len(group.lines)
        found += [f"{_MORE}and {rest:,} more: owner:, service: or words show fewer"] if rest else []
    if board.left_out:
        found += ["", f"{_MORE}and {board.left_out:,} more in all: owner:, service: or words show fewer"]
    return found


def group_told(group: Group, by: By | None) -> str:
    """Return the heading of a group: its name, and how things stand with it."""
    if by is None:
        return f"{group.name}: {group.listed:,}" if group.name else ""
    name = (handle(group.name) if by is By.OWNER else one_line(group.name)) or f"no {by}"
    if group.tally is None:
        return f"{name}: {group.listed:,}"
    facts = [f"{group.tally.pending:,} open"]
    facts += [f"{group.tally.overdue:,} overdue"] if group.tally.overdue else []
    facts += [f"{group.tally.completion:.0%} done"] if group.tally.completion is not None else []
    return f"{name}: {', '.join(facts)}"


def action_row(line: Line, today: date, width: int) -> Row:
    """Return the row of an action: when it is due, its words, and at the right its session, owner, age and kind."""
    action = line.action
    tail = _tail(line, today, width)
    room = width - _MARGIN - _LEAD - (cell_len(tail) if tail else -2)
    return Row(
        line.reference,
        at_word(one_line(action.text), room),
        lead=due_told(line, today).ljust(_LEAD),
        mark="!" if is_overdue(line, today) else STATES[action.status],
        tail=tail,
        tone=Tone.BODY if action.pending else Tone.MUTED,
    )


def due_told(line: Line, today: date) -> str:
    """Return when an action is due from today, or what became of it: "34d late", "in 5d", "no date"."""
    action = line.action
    if action.status is ActionStatus.WONT_DO:
        return "won't do"
    if action.status is ActionStatus.DONE:
        return f"{age(today - action.done)} ago" if action.done is not None and action.done < today else "done"
    if action.due is None:
        return "no date"
    if action.due == today:
        return "today"
    return f"{_span(today - action.due)} late" if action.due < today else f"in {_span(action.due - today)}"


def at_word(text: str, width: int) -> str:
    """Return a text that is at most so many cells wide, cut behind a word where that leaves half of it."""
    text = drawable(text)
    if cell_len(text) <= width:
        return text
    cut = fitted(text, width).rstrip().removesuffix("…")
    whole = cut if text[len(cut) : len(cut) + 1] == " " else cut.rpartition(" ")[0]
    return f"{(whole if len(whole) * 2 >= len(cut) else cut).rstrip(' ,;:-')}…"


def detail(line: Line, today: date) -> tuple[Words, ...]:
    """Return the lines that tell all of an action: its words, its session, what is known of it."""
    action = line.action
    services = f"  {', '.join(line.services)}" if line.services else ""
    return (
        Words(one_line(action.text), Tone.STRONG),
        Words(f"{_day(line.date)}  {one_line(line.title)}{services}", Tone.BODY),
        Words("   ".join(_facts(action, today)), Tone.MUTED),
        *([Words(f"because: {one_line(action.note)}", Tone.MUTED)] if action.note else []),
        *([Words(f"did it work: {one_line(action.effect)}", Tone.MUTED)] if action.effect else []),
    )


def _facts(action: Entered, today: date) -> list[str]:
    done = f"done {_day(action.done)}" if action.done is not None else str(action.status)
    facts = (
        done,
        handle(action.owner) or "no owner",
        f"due {_day(action.due)}" if action.due is not None else "no due date",
        f"filed {_day(action.born)}, {age(today - action.born)} ago" if action.born < today else "filed today",
        action.priority,
        action.type,
        one_line(action.ticket),
        ", ".join(action.causes),
    )
    return [str(each) for each in facts if each]


def _tail(line: Line, today: date, width: int) -> str:
    """Return the columns at the right, as many as there is room for."""
    title, owner = next((sizes for least, sizes in _COLUMNS if width >= least), (0, 0))
    if not owner:
        return ""
    action = line.action
    cells = [fitted(at_word(one_line(line.title), title), title)] if title else []
    cells.append(fitted(at_word(handle(action.owner) or "-", owner), owner))
    cells.append(f"{age(today - action.born) if action.born < today else 'now':>4}")
    cells.append(f"{action.priority or '':<2}")
    cells += [f"{action.type or '':<8}"] if title else []
    return "  ".join(cells)


def _span(span: timedelta) -> str:
    days = span.days
    for unit, size in (("y", 365), ("mo", 30), ("w", 7)):
        if days >= 2 * size:
            return f"{days // size}{unit}"
    return f"{days}d"


def _day(day: date) -> str:
    return f"{day:%b} {day.day}, {day.year}"
