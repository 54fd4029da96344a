"""Past incidents like this one: why they are like it, what caused them, and whether their actions were done."""

from collections.abc import Callable, Iterator

from facilitator.app.panels.labels import label
from facilitator.app.panels.panel import Panel
from facilitator.app.recall import Past, Recalled
from facilitator.app.rows import Line, Row, Tone, heading
from facilitator.model.edits import find
from facilitator.model.session import ActionStatus, Factor, Precedent, Session
from facilitator.model.text import one_line

PAST = "past:"
"""What the key of a past incident begins with; the id of its session follows."""

_ACTIONS = 3
_SIGNS = {
    ActionStatus.OPEN: "○",
    ActionStatus.IN_PROGRESS: "◐",
    ActionStatus.DONE: "✓",
    ActionStatus.WONT_DO: "✗",
}
_FACTOR = "factor like: "
_CLOSED = (ActionStatus.DONE, ActionStatus.WONT_DO)


def similar_panel(read: Callable[[], Recalled]) -> Panel:
    """Return the panel of the past incidents that were found last, which `read` gives."""

    def rows(session: Session) -> list[Row]:
        return similar_rows(session, read())

    def focus(session: Session, key: str) -> tuple[Line, ...]:
        recalled = read()
        past = recalled.past(past_id(key))
        if past is None:
            return ()
        return tuple(_more(session, past, past.roles if recalled.roles else str))

    return Panel(rows=rows, invitation="enter reads it, ^t notes it, ^l links it; ? and // as everywhere", focus=focus)


def past_id(key: str) -> str:
    """Return the id of the session of the past incident whose row has this key, or nothing."""
    return key.removeprefix(PAST) if key.startswith(PAST) else ""


def similar_rows(session: Session, recalled: Recalled) -> list[Row]:
    """Return the rows for what was found, what is less alike below the rest, and what was noted before."""
    if recalled.compared is None:
        return [heading("Similar past incidents", first=True), Row("", "looking …", tone=Tone.MUTED)]
    recurrence = f" · {recalled.recurrence}" if recalled.recurrence else ""
    rows = [heading(f"Similar past incidents{recurrence}", first=True)]
    noted = {each.session: each for each in session.precedents}
    notable = [each for each in recalled.pasts if each.notable]
    rows += [_row(session, each, noted.get(each.session.id), recalled) for each in notable]
    if not notable:
        rows.append(Row("", "none in this store that says more than a few of the same words", tone=Tone.MUTED))
    less = [each for each in recalled.pasts if not each.notable]
    if less:
        rows.append(heading("Less alike"))
        rows += [_row(session, each, noted.get(each.session.id), recalled) for each in less]
    shown = {each.session.id for each in recalled.pasts}
    others = [each for each in session.precedents if each.session not in shown]
    if others:
        rows.append(heading("Noted before"))
        rows += [
            Row(f"{PAST}{each.session}", each.text, lead=str(each.day or ""), mark="✓", tail=_met(session, each))
            for each in others
        ]
    return rows


def _row(session: Session, past: Past, noted: Precedent | None, recalled: Recalled) -> Row:
    named = past.roles if recalled.roles else str
    found = past.similar
    tail = "  ".join(each for each in (_met(session, noted), _actions(past), found.severity or "") if each)
    return Row(
        f"{PAST}{found.id}",
        named(found.title),
        lead=found.date,
        mark="✓" if noted is not None else " ",
        tail=tail,
        tone=Tone.BODY if past.notable else Tone.MUTED,
        below=tuple(Line(named(each)) for each in ("; ".join(_reasons(past)), *_causes(past)[:1]) if each),
    )


def _causes(past: Past) -> tuple[str, ...]:
    return tuple(f"cause: {one_line(each)}" for each in past.similar.causes)


def _actions(past: Past) -> str:
    """Return whether its actions were done, in a few words."""
    found = past.similar
    if not found.actions:
        return "no actions"
    still = found.actions_open
    return f"{still} of {found.actions} actions open" if still else "actions closed"


def _reasons(past: Past) -> tuple[str, ...]:
    """Return why it is like this one: what takes no long words, so that it fits a line or two.

    What became of its actions, which is told last, and the factor that is alike are shown otherwise.
    """
    reasons = past.similar.reasons[:-1] if past.session.actions else past.similar.reasons
    return tuple(each for each in reasons if not each.startswith(_FACTOR))


def _factor(past: Past) -> str:
    """Return the factor that is alike, unless it is told as the first cause."""
    like = next((each for each in past.similar.reasons if each.startswith(_FACTOR)), "")
    told = past.similar.causes[:1]
    return "" if told and like.removeprefix(_FACTOR).removesuffix("…") in one_line(told[0]) else like


def _met(session: Session, noted: Precedent | None) -> str:
    """Return which factors were met there: "seen at F2, F3"."""
    factors = [find(session, each) for each in (noted.factors if noted is not None else ())]
    names = [label(session, each) for each in factors if isinstance(each, Factor)]
    return f"seen at {', '.join(names)}" if names else ""


def _more(session: Session, past: Past, named: Callable[[str], str]) -> Iterator[Line]:
    """Yield what the marked row shows besides: what takes long to say, the other causes, and each action."""
    for told in (*_causes(past)[1:], _factor(past)):
        if told:
            yield Line(named(told))
    for action in sorted(past.session.actions, key=lambda each: each.status in _CLOSED)[:_ACTIONS]:
        tone = Tone.MUTED if action.status in _CLOSED else Tone.BODY
        yield Line(named(f"{_SIGNS[action.status]} {one_line(action.text)}"), tone)
    rest = len(past.session.actions) - _ACTIONS
    if rest > 0:
        yield Line(f"and {rest} more action{'s' if rest > 1 else ''}, in its document")
    if session.factors and not any(each.session == past.session.id for each in session.precedents):
        yield Line("Which of the factors here were there too?", Tone.ASK)
