"""What the checks find in a session, looked for behind the scenes and kept for the rows, the line and the panel."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from facilitator.app.rows import Line, Row, Tone
from facilitator.checks.checklist import ChecklistItem, State, checklist
from facilitator.checks.finding import Finding
from facilitator.checks.language import findings, people_of
from facilitator.checks.mutes import unmuted
from facilitator.checks.rules import Context, Rules
from facilitator.checks.session_checks import check
from facilitator.model.phases import Phase
from facilitator.model.session import Session

CONTEXTS: dict[str, Context] = {
    Phase.TIMELINE: Context.TIMELINE,
    Phase.RESPONSE: Context.RESPONSE,
    Phase.WHYS: Context.WHY_ANSWER,
    Phase.FACTORS: Context.FACTOR,
    Phase.LESSONS: Context.LESSON,
    Phase.ACTIONS: Context.ACTION,
}
"""As what a line is read that is typed at a place; a summary elsewhere."""


@dataclass(frozen=True, slots=True)
class Review:
    """What was found in a session: what is shown, what is muted, and the checklist."""

    session: Session | None = None
    shown: tuple[Finding, ...] = ()
    muted: tuple[Finding, ...] = ()
    checklist: tuple[ChecklistItem, ...] = ()
    by_row: Mapping[str, tuple[Finding, ...]] = field(default_factory=dict)
    """What is shown, by the key of the row that it is about."""

    @property
    def summary(self) -> str:
        """What was found, in one line; empty before anything was looked for."""
        if self.session is None:
            return ""
        met = sum(each.state is State.MET for each in self.checklist)
        aside = f", {len(self.muted)} muted" if self.muted else ""
        found = f"{len(self.shown)} finding{'s' if len(self.shown) != 1 else ''}{aside}"
        return f"{found}. The checklist is met in {met} of {len(self.checklist)} points. Both stand in Findings."


class Reviewer:
    """Looks through a session. `rules` are read when they are needed, `patterns` say what else is sensitive."""

    def __init__(self, rules: Callable[[], Rules], patterns: Sequence[str], now: Callable[[], datetime]) -> None:
        self._read, self._patterns, self._now = rules, tuple(patterns), now
        self._rules: Rules | None = None
        self._rows: dict[int, tuple[Row, int, Row]] = {}
        self.latest = Review()

    def look(self, session: Session) -> Review:
        """Return what there is to find in a session. It takes a while, and is called in a thread."""
        if self._rules is None:
            self._rules = self._read()
        found = check(session, self._now(), self._rules, self._patterns)
        shown, muted = unmuted(found, session)
        by_row: dict[str, tuple[Finding, ...]] = {}
        for each in shown:
            key = row_key(each)
            by_row[key] = (*by_row.get(key, ()), each)
        return Review(session, shown, muted, checklist(session, self._now()), by_row)

    def typed(self, line: str, place: str, session: Session) -> str:
        """Return what to ask instead of what is being typed; nothing when it is fine, or before the rules are read."""
        if self._rules is None:
            return ""
        found = findings(line, CONTEXTS.get(place, Context.SUMMARY), self._rules, people_of(session))
        return found[0].question if found else ""

    def rows(self, rows: Sequence[Row]) -> Sequence[Row]:
        """Return rows with the number of their findings at the right; the same objects for rows that are the same."""
        by_row = self.latest.by_row
        return [self._row(row, len(by_row[row.key])) if row.key in by_row else row for row in rows] if by_row else rows

    def lines(self, key: str) -> tuple[Line, ...]:
        """Return what stands below the marked row: what was found there, and what to ask instead."""
        return tuple(line for each in self.latest.by_row.get(key, ()) for line in advice(each))

    def _row(self, row: Row, count: int) -> Row:
        made = self._rows.get(id(row))
        if made is None or made[0] is not row or made[1] != count:
            words = f"{count} finding{'s' if count > 1 else ''}"
            tail = f"{row.tail}  {words}" if row.tail else words
            shown = Row(
                row.key, row.body, row.lead, row.mark, tail, row.indent, row.tone, above=row.above, below=row.below
            )
            made = self._rows[id(row)] = row, count, shown
        return made[2]


def row_key(finding: Finding) -> str:
    """Return the key of the row that a finding is about: the id of an item, or the path of a field."""
    return finding.about or finding.field


def advice(finding: Finding) -> tuple[Line, ...]:
    """Return a finding as lines: what was found and why, then the question, and other words where there are some."""
    words = f"“{finding.words}”: " if finding.words else ""
    return Line(f"{words}{finding.why}", Tone.MUTED), *asked_instead(finding)


def asked_instead(finding: Finding) -> tuple[Line, ...]:
    """Return as lines the question to ask, and other words where there are some."""
    rewrite = (Line(f"or: {finding.rewrite}", Tone.HINT),) if finding.rewrite else ()
    return Line(finding.question, Tone.ASK), *rewrite
