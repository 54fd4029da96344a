"""What the checks find in a session, looked for behind the scenes and kept for the rows, the line and the panel."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from rich.cells import cell_len

from facilitator.app.gathered import Gathered, by_sentence, weight
from facilitator.app.remade import Remade
from facilitator.app.rows import Line, Row, Tone
from facilitator.app.step_words import shortened
from facilitator.checks.checklist import ChecklistItem, State, checklist
from facilitator.checks.compiled import Rules
from facilitator.checks.finding import Finding
from facilitator.checks.language import findings, people_of
from facilitator.checks.mutes import unmuted
from facilitator.checks.rules import Context
from facilitator.checks.sensitive import CREDENTIALS, credential_findings, hiding
from facilitator.checks.session_checks import check
from facilitator.checks.texts import FIELDS
from facilitator.model.edits import find, get_field
from facilitator.model.session import Session

MOST_BELOW = 3
"""How many findings stand below a marked row; the others stand in Findings."""

LONGEST_WORDS = 30
"""How many characters of the words that a finding is about stand below its row."""

_LOST = 12


@dataclass(frozen=True, slots=True)
class Review:
    """What was found in a session: what is shown, what is muted, and the checklist.

    `gathered` is what is shown as the screen has it, and `by_row` the same by the key of the row that it is about.
    """

    session: Session | None = None
    shown: tuple[Finding, ...] = ()
    muted: tuple[Finding, ...] = ()
    checklist: tuple[ChecklistItem, ...] = ()
    gathered: tuple[Gathered, ...] = ()
    by_row: Mapping[str, tuple[Gathered, ...]] = field(default_factory=dict)

    @property
    def credentials(self) -> int:
        """How many keys and passwords were found that are not muted."""
        return sum(each.rule in CREDENTIALS for each in self.shown)

    @property
    def summary(self) -> str:
        """What was found, in one line, what must not leave first; empty before anything was looked for."""
        if self.session is None:
            return ""
        met = sum(each.state is State.MET for each in self.checklist)
        aside = f", {len(self.muted)} muted" if self.muted else ""
        count = len(self.gathered)
        found = f"{count} finding{'s' if count != 1 else ''}{aside}"
        secret = f"{secrets_told(self.credentials)} in it. " if self.credentials else ""
        return (
            f"{secret}{found}. The checklist is met in {met} of {len(self.checklist)} points. Both stand in Findings."
        )


def secrets_told(count: int) -> str:
    """Return how many secrets there are: "2 secrets are"."""
    return "1 secret is" if count == 1 else f"{count} secrets are"


class Reviewer:
    """Looks through a session. `rules` are read when they are needed, `patterns` say what else is sensitive."""

    def __init__(self, rules: Callable[[], Rules], patterns: Sequence[str], now: Callable[[], datetime]) -> None:
        self._read, self._patterns, self._now = rules, tuple(patterns), now
        self._rules: Rules | None = None
        self._rows = Remade()
        self.latest = Review()

    def look(self, session: Session) -> Review:
        """Return what there is to find in a session. It takes a while, and is called in a thread."""
        if self._rules is None:
            self._rules = self._read()
        found = check(session, self._now(), self._rules, self._patterns)
        shown, muted = unmuted(found, session)
        gathered = by_sentence(shown, session, hiding(found))
        by_row: dict[str, tuple[Gathered, ...]] = {}
        for each in sorted(gathered, key=lambda each: weight(each.first)):
            # What is about the session as a whole has no row, and headings have no key.
            if key := row_key(each.first):
                by_row[key] = (*by_row.get(key, ()), each)
        return Review(session, shown, muted, checklist(session, self._now()), gathered, by_row)

    def typed(self, text: str, context: Context | None, session: Session) -> str:
        """Return what to ask instead of a text that is being typed; nothing when it is fine.

        `context` is what the text is for, None where it is no prose: then only keys and passwords are looked for. That
        is also so before the rules are read.
        """
        for what, _ in credential_findings(text):
            return f"This looks like {what}; would it be enough to say what it opened?"
        if self._rules is None or context is None:
            return ""
        found = findings(text, context, self._rules, people_of(session))
        return found[0].question if found else ""

    def rows(self, rows: Sequence[Row]) -> Sequence[Row]:
        """Return rows with the number of their findings at the right; the same objects for rows that are the same."""
        by_row = self.latest.by_row
        if not by_row:
            return rows
        return self._rows.rows(
            rows,
            lambda row: len(by_row[row.key]) if row.key in by_row else None,
            lambda row: _counted(row, len(by_row[row.key])),
        )

    def lines(self, key: str, session: Session, room: int) -> tuple[Line, ...]:
        """Return what stands below the marked row: what was found there, and what to ask instead.

        `room` is how many cells a line has. Nothing is said of a row that has changed since it was looked through.
        """
        found = self.latest.by_row.get(key, ())
        if not found or self.latest.session is None:
            return ()
        if self.latest.session is not session and _value(self.latest.session, key) != _value(session, key):
            return ()
        lines = [line for each in found[:MOST_BELOW] for line in advice(each, room)]
        rest = len(found) - MOST_BELOW
        return (*lines, *((Line(f"and {rest} more, in Findings"),) if rest > 0 else ()))


def _counted(row: Row, count: int) -> Row:
    words = f"{count} finding{'s' if count > 1 else ''}"
    return replace(row, tail=f"{row.tail}  {words}" if row.tail else words)


def row_key(finding: Finding) -> str:
    """Return the key of the row that a finding is about: the id of an item, or the path of a field."""
    return finding.about or finding.field


def advice(gathered: Gathered, room: int) -> tuple[Line, ...]:
    """Return a finding as at most two lines of `room` cells: why and the question where both fit, or the question."""
    found = gathered.first
    words = f"“{shortened(found.words, LONGEST_WORDS)}”: " if found.words else ""
    more = f" (and {gathered.others} more)" if gathered.others else ""
    why, question = f"{words}{found.why}{more}", found.question
    if max(cell_len(why), cell_len(question)) <= room:
        return Line(why, Tone.MUTED), Line(question, Tone.ASK)
    asked = f"{words or f'{found.why} '}{question}{more}"
    # A line that is broken at a space loses some of its room.
    return (Line(asked if cell_len(asked) <= 2 * room - _LOST else question, Tone.ASK),)


def asked_instead(finding: Finding) -> tuple[Line, ...]:
    """Return as lines the question to ask, and other words where there are some."""
    rewrite = (Line(f"or: {finding.rewrite}", Tone.HINT),) if finding.rewrite else ()
    return Line(finding.question, Tone.ASK), *rewrite


def _value(session: Session, key: str) -> object:
    """Return what the row with this key shows: an item, or a field of the session."""
    item = find(session, key)
    if item is not None:
        return item
    return get_field(session, key) if key in FIELDS else None
