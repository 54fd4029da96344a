"""The findings of the checks, by their category, then the checklist, what it lacks first, then what is muted."""

from collections.abc import Callable, Sequence
from itertools import groupby

from facilitator.app.gathered import Gathered, by_rule
from facilitator.app.panels.labels import label
from facilitator.app.panels.panel import Panel
from facilitator.app.review import Review, asked_instead
from facilitator.app.rows import Line, Row, Tone, heading
from facilitator.capture.fields import fields
from facilitator.checks.catalogue import RULES
from facilitator.checks.checklist import ChecklistItem, State, is_asked
from facilitator.checks.finding import Category
from facilitator.checks.mutes import mute_of
from facilitator.checks.sensitive import masked
from facilitator.model.edits import find
from facilitator.model.phases import Phase
from facilitator.model.session import Action, Entry, Factor, Mute, Session, Why

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
"""The headings of what was found, in their order."""

SECRETS = "Keys and passwords"
"""The heading of what must not leave, which stands before all others."""

NOT_SHARED: Sequence[Row] = (
    heading("Findings", first=True),
    Row("", "Findings are not shown on a shared screen. f2 goes back to yours.", tone=Tone.MUTED),
)
"""What stands here where others see the screen."""

RULE_NAMES = {rule.id: rule.name for rule in RULES}
"""What a rule is called, where neither words nor a reason say what it was about."""

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
    headings = [SECRETS, *NAMES.values()]
    numbered = sorted(enumerate(by_rule(review.gathered)), key=lambda each: headings.index(_heading(each[1])))
    for name, group in groupby(numbered, key=lambda each: _heading(each[1])):
        rows.append(heading(name, first=not rows))
        rows += [_row(session, found, f"{FINDING}{number}") for number, found in group]
    met = sum(each.state is State.MET for each in review.checklist)
    rows.append(heading(f"Checklist: {met} of {len(review.checklist)}"))
    rows += [_point(each) for each in sorted(review.checklist, key=lambda each: _ORDER.index(each.state))]
    mutes = [each for each in session.mutes if not is_asked(each.rule)]
    if mutes:
        rows.append(heading("Muted"))
        rows += [_muted_row(session, each, review) for each in mutes]
    return rows


def _heading(found: Gathered) -> str:
    return SECRETS if found.is_credential else NAMES[found.first.category]


def finding_of(key: str, review: Review) -> Gathered | None:
    """Return what was found whose row has this key, or None."""
    number = key.removeprefix(FINDING) if key.startswith(FINDING) else ""
    found = by_rule(review.gathered)
    return found[int(number)] if number.isdigit() and int(number) < len(found) else None


def _focus(read: Callable[[], Review]) -> Callable[[Session, str], tuple[Line, ...]]:
    def focus(_session: Session, key: str) -> tuple[Line, ...]:
        found = finding_of(key, read())
        if found is None:
            return ()
        first = found.first
        if not first.words:  # the row itself shows the reason
            return asked_instead(first)
        more = (Line(f"and {found.others} more here: {_others(found)}"),) if found.others else ()
        return Line(f"“{first.words}”: {first.why}"), *asked_instead(first), *more

    return focus


def _others(found: Gathered) -> str:
    names = dict.fromkeys(NAMES[each.category].lower() for each in found.findings if each.rule != found.first.rule)
    return ", ".join(names) or "of the same kind"


def _point(item: ChecklistItem) -> Row:
    """Return the row of a point of the checklist; one that is asked, or is about an item, can be gone to."""
    met = item.state is State.MET
    is_open = can_be_answered(item) or (not met and item.about)
    key = f"{POINT}{item.rule}" if is_open else ""
    tone = Tone.MUTED if met else Tone.BODY
    return Row(key, item.question, mark=_SIGNS[item.state], tail=item.note, tone=tone)


def can_be_answered(item: ChecklistItem) -> bool:
    """Return whether people answer a point for themselves; an answer can be given anew."""
    return item.answered or (item.state is State.ASK and is_asked(item.rule))


def point_of(key: str, review: Review) -> ChecklistItem | None:
    """Return the point of the checklist whose row has this key, or None."""
    rule = key.removeprefix(POINT) if key.startswith(POINT) else ""
    return next((each for each in review.checklist if rule and each.rule == rule), None)


def _row(session: Session, found: Gathered, key: str) -> Row:
    first = found.first
    items = list(dict.fromkeys(_where(session, each.about, each.field) for each in found.findings))
    if not first.words and found.others:
        named = " ".join(name for name in items if name)
        return Row(key, f"{first.why} ({named})" if named else first.why, lead=_count(session, found), mark="•")
    tail = f"and {found.others} more" if found.others else ""
    return Row(key, found.excerpt or first.why, lead=items[0], mark="•", tail=tail)


def _count(session: Session, found: Gathered) -> str:
    kinds = {type(find(session, each.about)) for each in found.findings}
    name = _SEVERAL.get(kinds.pop(), "times") if len(kinds) == 1 else "times"
    return f"{len(found.findings)} {name}"


_SEVERAL: dict[type, str] = {Action: "actions", Entry: "entries", Factor: "factors", Why: "whys"}


def _muted_row(session: Session, mute: Mute, review: Review) -> Row:
    """Return the row of a mute; the words of a key or a password are not shown here either."""
    found = next((each for each in review.muted if mute_of(each, session) == mute), None)
    words = (
        (masked(found) or found.why) if found is not None else "" if mute.words.startswith("sha256:") else mute.words
    )
    return Row(
        f"{MUTED}{mute.id}",
        words or RULE_NAMES.get(mute.rule, mute.rule),
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
