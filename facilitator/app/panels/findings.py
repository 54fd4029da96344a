"""The findings of the checks, by their category, then the checklist, what it lacks first, then what is muted."""

from collections.abc import Callable
from itertools import groupby

from facilitator.app.panels.labels import label
from facilitator.app.panels.panel import Panel
from facilitator.app.review import Review, asked_instead
from facilitator.app.rows import Line, Row, Tone, heading
from facilitator.capture.fields import fields
from facilitator.checks.checklist import ChecklistItem, State
from facilitator.checks.finding import Category, Finding
from facilitator.model.edits import find
from facilitator.model.phases import Phase
from facilitator.model.session import Mute, Session

FINDING = "finding:"
"""What the key of a finding begins with; its number follows."""

MUTED = "muted:"
"""What the key of a muted finding begins with; the id of its mute follows."""

POINT = "point:"
"""What the key of a point of the checklist begins with; the id of its rule follows."""

NAMES: dict[Category, str] = {
    Category.PERSON: "A person as the cause",
    Category.JUDGEMENT: "Judgement of people",
    Category.COUNTERFACTUAL: "What people should have done",
    Category.HINDSIGHT: "Hindsight",
    Category.REMEDY: "A remedy without a mechanism",
    Category.STOPS: "A cause that stops at a person",
    Category.TIMELINE: "Timeline",
    Category.DEPTH: "Depth",
    Category.ACTION: "Actions",
    Category.SENSITIVE: "Sensitive data",
}
_ORDER = (State.NOT_MET, State.ASK, State.MET)
_SIGNS = {State.MET: "✓", State.NOT_MET: "·", State.ASK: "?"}


def findings_panel(read: Callable[[], Review]) -> Panel:
    """Return the panel of what was found last, which `read` gives."""

    def rows(session: Session) -> list[Row]:
        return findings_rows(session, read())

    return Panel(rows=rows, invitation="enter goes there, ^k mutes; ? and // as everywhere", focus=_focus(read))


def findings_rows(session: Session, review: Review) -> list[Row]:
    """Return the rows for a session and what was found in it."""
    if review.session is None:
        return [heading("Findings", first=True), Row("", "looking …", tone=Tone.MUTED)]
    rows = [] if review.shown else [heading("Findings", first=True), Row("", "nothing found", tone=Tone.MUTED)]
    numbered = sorted(enumerate(review.shown), key=lambda each: list(Category).index(each[1].category))
    for category, group in groupby(numbered, key=lambda each: each[1].category):
        rows.append(heading(NAMES[category], first=not rows))
        rows += [_row(session, finding, f"{FINDING}{number}") for number, finding in group]
    met = sum(each.state is State.MET for each in review.checklist)
    rows.append(heading(f"Checklist: {met} of {len(review.checklist)}"))
    rows += [_point(each) for each in sorted(review.checklist, key=lambda each: _ORDER.index(each.state))]
    if session.mutes:
        rows.append(heading("Muted"))
        rows += [_muted_row(session, each) for each in session.mutes]
    return rows


def finding_of(key: str, review: Review) -> Finding | None:
    """Return the finding whose row has this key, or None."""
    number = key.removeprefix(FINDING) if key.startswith(FINDING) else ""
    return review.shown[int(number)] if number.isdigit() and int(number) < len(review.shown) else None


def _focus(read: Callable[[], Review]) -> Callable[[Session, str], tuple[Line, ...]]:
    def focus(_session: Session, key: str) -> tuple[Line, ...]:
        found = finding_of(key, read())
        if found is None:
            return ()
        # The row itself shows the words, or else the reason.
        why = (Line(found.why, Tone.MUTED),) if found.words else ()
        return (*why, *asked_instead(found))

    return focus


def _point(item: ChecklistItem) -> Row:
    """Return the row of a point of the checklist; one that is asked, or is about an item, can be gone to."""
    met = item.state is State.MET
    key = f"{POINT}{item.rule}" if not met and (item.about or item.state is State.ASK) else ""
    tone = Tone.MUTED if met else Tone.BODY
    return Row(key, item.question, mark=_SIGNS[item.state], tail=item.note, tone=tone)


def point_of(key: str, review: Review) -> ChecklistItem | None:
    """Return the point of the checklist whose row has this key, or None."""
    rule = key.removeprefix(POINT) if key.startswith(POINT) else ""
    return next((each for each in review.checklist if rule and each.rule == rule), None)


def _row(session: Session, finding: Finding, key: str) -> Row:
    return Row(key, finding.words or finding.why, lead=_where(session, finding.about, finding.field), mark="•")


def _muted_row(session: Session, mute: Mute) -> Row:
    return Row(
        f"{MUTED}{mute.id}",
        mute.words or mute.rule,
        lead=_where(session, mute.about, ""),
        tone=Tone.MUTED,
        below=(Line(mute.reason),) if mute.reason else (),
    )


def _where(session: Session, about: str, path: str) -> str:
    item = find(session, about) if about else None
    if item is not None:
        return label(session, item)
    labels = {each.path: each.label for phase in Phase for each in fields(phase)}
    return labels.get(path, "")
