"""The action items, what was decided not to be done, and the questions that are still open."""

from facilitator.documents.escape import block, broken, inline, link
from facilitator.documents.layout import bullets, labelled, noted, section, stacked
from facilitator.documents.references import Mark, References, unmarked
from facilitator.documents.tables import table
from facilitator.model.outcomes import done_on
from facilitator.model.session import Action, ActionStatus, Question, Session
from facilitator.model.text import handle, one_line


def actions(session: Session, references: References) -> str:
    """Return the table of what will be done and what came of it, and what was decided against, with the reasons."""
    numbered = bool(references.addressed_by)
    named = list(zip(session.actions, references.actions, strict=True))
    will = [each for each in named if each[0].status is not ActionStatus.WONT_DO]
    wont = [each for each in named if each[0].status is ActionStatus.WONT_DO]
    headings = (
        "#", "Action", "Owner", "Due", "Ticket", "Priority", "Type", "Status", "Done on", "Did it work?", "Addresses",
    )  # fmt: skip
    return stacked(
        (
            table(
                headings,
                [_row(action, name if numbered else "", references) for action, name in will],
                [references.mark(action.id) for action, _ in will],
            ),
            section("Decided not to do", bullets(_decided(*each, references) for each in wont), level=3),
        )
    )


def questions(session: Session, mark: Mark = unmarked) -> str:
    """Return the open questions, each with who will find out and the answer when there is one."""
    return bullets(_question(each, mark) for each in session.questions)


def _row(action: Action, name: str, references: References) -> tuple[str, ...]:
    return (
        name,
        inline(action.text),
        handle(inline(action.owner)),
        action.due.isoformat() if action.due else "",
        link(action.ticket),
        action.priority or "",
        action.type or "",
        action.status,
        day.isoformat() if (day := done_on(action)) is not None else "",
        inline(one_line(action.effect)),
        references.addressed(action.factors),
    )


def _decided(action: Action, name: str, references: References) -> str:
    factors = references.addressed(action.factors)
    text = noted(inline(action.text), (f"{name}, addresses {factors}" if factors else "",))
    reason = labelled("Reason", block(action.note))
    text += references.mark(action.id) if text or reason else ""
    return broken((text, reason)) if reason else text


def _question(question: Question, mark: Mark) -> str:
    text = noted(inline(question.text), (handle(inline(question.owner)),))
    answer = labelled("Answer", block(question.answer))
    text += mark(question.id) if text or answer else ""
    return broken((text, answer)) if answer else text
