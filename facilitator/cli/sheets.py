"""Lists in a text editor: what an edited sheet makes of a session, and what is asked and said about it."""

from collections.abc import Sequence

import click

from facilitator.capture.context import Context
from facilitator.capture.sheets import sheet
from facilitator.capture.sheets.sheet import Outcome, Problem, Section
from facilitator.cli.drafts import DraftError, on_terminal
from facilitator.model.session import Session
from facilitator.settings.wording import quoted
from facilitator.store.ids import new_id

_MOST_SHOWN = 10


def read(text: str, section: Section, context: Context, *, yes: bool) -> Outcome:
    """Return what the edited text of a section comes to.

    Raises DraftError when lines cannot be read, with the text in which they are marked, and when more than a third of
    the items would be deleted, unless `yes` or a person at the terminal says so.
    """
    outcome = sheet.read(text, section, context, new_id)
    if outcome.problems:
        raise DraftError(_told(outcome.problems), sheet.marked(text, outcome.problems))
    if outcome.deleted * 3 > outcome.shown and not yes:
        gone = f"{outcome.deleted} of {outcome.shown} lines are gone, and with them what they stood for"
        if not on_terminal():
            raise DraftError(f"{gone}; if that is meant, add --yes")
        if not click.confirm(f"{gone}. Delete it?", default=False, err=True):
            raise DraftError("nothing was deleted")
    return outcome


def result(before: Session, outcome: Outcome) -> Session:
    """Return the session with the open questions of the whys that end in the unknown in step with these."""
    from facilitator.model.open_ends import in_step

    session = outcome.session
    for why_id, owner in outcome.whys:
        session, _ = in_step(before, session, why_id, new_id, owner)
    return session


def summary(section: Section, outcome: Outcome) -> str:
    """Return what was done: "timeline: 1 added, 2 changed, 1 deleted"."""
    numbers = (
        (outcome.added, "added"),
        (outcome.changed, "changed"),
        (outcome.moved, "moved"),
        (outcome.deleted, "deleted"),
    )
    done = ", ".join(f"{number} {what}" for number, what in numbers if number)
    return f"{section}: {done}" if done else "nothing changed"


def _told(problems: Sequence[Problem]) -> str:
    """Return the lines that cannot be read, each with its number, what stands there, and what to do."""
    told = [
        f"{f'line {each.number}: ' if each.number else ''}{quoted(each.text)}: {each.message}"
        for each in problems[:_MOST_SHOWN]
    ]
    more = len(problems) - len(told)
    return "\n".join((*told, *([f"and {more} more lines"] if more > 0 else [])))
