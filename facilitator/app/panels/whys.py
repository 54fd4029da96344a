"""The five whys: the tree of effects and answers, with the next question asked at the cursor."""

from collections.abc import Sequence

from facilitator.app.panels.labels import links_of
from facilitator.app.panels.panel import Panel
from facilitator.app.rows import Line, Row, Tone
from facilitator.model.edits import find
from facilitator.model.session import Join, Session, Why
from facilitator.model.whys import Wording, names_a_person, people, question, situation_question

NEW_EFFECT = "new-effect"
"""The key of the row under which a typed line becomes an effect of its own."""

_STEP = 3
_DEEPEST = 12
"""How many levels are indented; deeper ones stand below each other, with their level as a number."""


class WhyRows:
    """Makes the rows of the why trees, without what is folded, and keeps those that stay the same."""

    def __init__(self) -> None:
        self._folded: set[str] = set()
        self._made: dict[str, tuple[tuple[object, ...], Row]] = {}

    def __call__(self, session: Session) -> Sequence[Row]:
        """Return a row for each node that is not folded away; the same objects for nodes that are the same."""
        below: dict[str | None, list[Why]] = {}
        for why in session.whys:
            below.setdefault(why.parent, []).append(why)
        known = people(session)
        rows: list[Row] = []
        waiting = [(why, 0) for why in reversed(below.get(None, ()))]
        while waiting:
            why, depth = waiting.pop()
            answers = below.get(why.id, [])
            folded = why.id in self._folded and bool(answers)
            hidden = _count(below, why.id) if folded else 0
            rows.append(self._row(why, depth, len(answers), hidden, known, first=not rows))
            if not folded:
                waiting += [(answer, depth + 1) for answer in reversed(answers)]
        if rows:
            rows.append(Row(NEW_EFFECT, "another effect", mark="+", tone=Tone.MUTED, above=(Line(""),)))
        return rows

    def fold(self, key: str) -> None:
        """Fold away what is below a node, or show it again."""
        self._folded ^= {key}

    def _row(self, why: Why, depth: int, answers: int, hidden: int, known: frozenset[str], *, first: bool) -> Row:
        facts = (why, depth, answers > 1, answers == 0, hidden, known, first)
        made = self._made.get(why.id)
        if made is not None and made[0][0] is why and made[0][1:] == facts[1:]:
            return made[1]
        row = _row(why, depth, answers, hidden, known, first=first)
        self._made[why.id] = (facts, row)
        return row


def _count(below: dict[str | None, list[Why]], why_id: str) -> int:
    count, waiting = 0, [why_id]
    while waiting:
        answers = below.get(waiting.pop(), ())
        count += len(answers)
        waiting += [each.id for each in answers]
    return count


def _row(why: Why, depth: int, answers: int, hidden: int, known: frozenset[str], *, first: bool) -> Row:
    tail = [str(why.confidence or ""), f"ends: {why.end}" if why.end else ""]
    if answers > 1 and why.join is Join.AND:
        tail.append("all of these together")
    if not answers and depth and names_a_person(why, known):
        tail.append("still open: a person")
    if hidden:
        tail.append(f"{hidden} answer{'s' if hidden > 1 else ''} folded")
    return Row(
        why.id,
        why.text,
        mark="▸" if hidden else "◆" if depth == 0 else str(min(depth, 9)),
        tail=", ".join(each for each in tail if each),
        indent=min(depth, _DEEPEST) * _STEP,
        tone=Tone.STRONG if depth == 0 else Tone.BODY,
        above=() if depth or first else (Line(""),),
    )


def whys_panel(wording: Wording) -> Panel:
    """Return a panel for the why trees of one session, with rows of its own to keep; it asks as `wording` says."""
    rows = WhyRows()

    def focus(session: Session, key: str) -> tuple[Line, ...]:
        why = find(session, key)
        if not isinstance(why, Why):
            return ()
        stops = names_a_person(why, people(session)) and not any(each.parent == why.id for each in session.whys)
        asked = situation_question() if stops else question(why, wording) if not why.end else ""
        return (*((Line(asked, Tone.ASK),) if asked else ()), *links_of(session, key))

    return Panel(
        rows=rows,
        invitation="type an answer; the next question asks itself",
        empty="Type the effect in words that anybody could have observed, such as\n"
        "checkout requests failed at 8 % for 18 minutes",
        focus=focus,
        fold=rows.fold,
    )
