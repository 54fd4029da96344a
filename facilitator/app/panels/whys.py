"""The five whys: the tree of effects and answers, with the next question asked at the cursor."""

from facilitator.app.panels.labels import links_of
from facilitator.app.panels.panel import Panel
from facilitator.app.rows import Line, Row, Tone
from facilitator.model.edits import children, descendants, find
from facilitator.model.session import Join, Session, Why
from facilitator.model.whys import question

NEW_EFFECT = "new-effect"
"""The key of the row under which a typed line becomes an effect of its own."""

_STEP = 3


def why_rows(session: Session) -> list[Row]:
    """Return the why trees as rows, each answer indented below what it answers."""
    answers: dict[str | None, int] = {}
    for why in session.whys:
        answers[why.parent] = answers.get(why.parent, 0) + 1
    depths: dict[str, int] = {}
    rows: list[Row] = []
    for effect in children(session, None):
        depths[effect.id] = 0
        rows.append(_row(effect, 0, answers.get(effect.id, 0), first=not rows))
        for why in descendants(session, effect.id):
            depths[why.id] = depths.get(why.parent or "", 0) + 1
            rows.append(_row(why, depths[why.id], answers.get(why.id, 0), first=False))
    if rows:
        rows.append(Row(NEW_EFFECT, "another effect", mark="+", tone=Tone.MUTED, above=(Line(""),)))
    return rows


def _row(why: Why, depth: int, answers: int, *, first: bool) -> Row:
    join = ""
    if answers > 1:
        join = "all of these together" if why.join is Join.AND else ""
    tail = ", ".join(each for each in (why.confidence, why.end and f"ends: {why.end}", join) if each)
    return Row(
        why.id,
        why.text,
        mark="◆" if depth == 0 else str(min(depth, 9)),
        tail=tail,
        indent=depth * _STEP,
        tone=Tone.STRONG if depth == 0 else Tone.BODY,
        above=() if depth or first else (Line(""),),
    )


def _focus(session: Session, key: str) -> tuple[Line, ...]:
    why = find(session, key)
    if not isinstance(why, Why):
        return ()
    asked = () if why.end else (Line(question(why), Tone.ASK),)
    return (*asked, *links_of(session, key))


WHYS = Panel(
    rows=why_rows,
    invitation="type an answer; the next question asks itself",
    empty="Type the effect in words that anybody could have observed, such as\n"
    "checkout requests failed at 8 % for 18 minutes",
    focus=_focus,
)
