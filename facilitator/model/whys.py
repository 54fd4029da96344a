"""The five whys: which question an effect or an answer asks next."""

import re
from collections.abc import Collection
from enum import StrEnum

from facilitator.model.session import Question, Session, Why
from facilitator.model.text import handle


class Wording(StrEnum):
    """How a why asks its question; what and how open more than why does (Allspaw, The Infinite Hows)."""

    POSSIBLE = "what made it possible"
    SENSE = "how did it make sense"
    WHY = "why"


_LOWER_FIRST = re.compile(
    r"(?:A|An|The|There|This|These|No|Nobody|Nothing|None|It|Its|We|Our|Some|All|Every|Both|Two|Because) "
)
_QUESTIONS = {
    Wording.POSSIBLE: "What made it possible that {}?",
    Wording.SENSE: "How did it make sense at the time that {}?",
    Wording.WHY: "Why was it that {}?",
}
_PERSON = re.compile(
    r"\b(?:human error|user error|operator error|pilot error|human mistake|carelessness|negligence|inattention|"
    r"lack of (?:care|attention|discipline)|someone forgot|somebody forgot|(?:made|by) a mistake|"
    r"the (?:engineer|developer|operator|on-?call|admin|team|intern|responder)s? "
    r"(?:forgot|failed|missed|ignored|overlooked|should|did not|didn't))\b",
    re.IGNORECASE,
)


def question(why: Why, wording: Wording = Wording.POSSIBLE) -> str:
    """Return the question that a node of the why tree asks next, from its own words."""
    text = why.text.rstrip(" .!?;:")
    if _LOWER_FIRST.match(text):
        text = text[0].lower() + text[1:]
    elif text.split(" ", 1)[0].istitle():  # a name or the beginning of a sentence: nobody can tell, so it is quoted
        text = f"“{text}”"
    return _QUESTIONS[wording].format(text)


def open_question(session: Session, why_id: str) -> Question | None:
    """Return the question about a why that nobody has answered yet, or None."""
    return next((each for each in session.questions if why_id and each.about == why_id and not each.answer), None)


def people(session: Session) -> frozenset[str]:
    """Return the names by which a session knows people, in lower case: whole names and handles."""
    named = (
        *(each.text for each in session.participants),
        *(action.owner for action in session.actions),
        *(question.owner for question in session.questions),
        *session.authors,
        session.facilitator,
    )
    names = {name.strip().casefold() for name in named if any(map(str.isalpha, name))}  # an owner "-" is nobody
    return frozenset(names | {handle(name).casefold() for name in names})


def names_a_person(why: Why, known: Collection[str]) -> bool:
    """Tell whether an answer stops at a person, a team or "human error"; `known` holds names as `people` gives them.

    Such a branch is not at its end: what the situation looked like to them is the next question (Dekker, The Field
    Guide to Understanding Human Error).
    """
    text = why.text.casefold()
    if _PERSON.search(text):
        return True
    return any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text) for name in known if name and name in text)


def situation_question() -> str:
    """Return what to ask where an answer stops at a person."""
    return "What did the situation look like to them, and what made this the sensible thing to do?"
