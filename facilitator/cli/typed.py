"""Values from the command line, read as the app reads what is typed into a field."""

from collections.abc import Mapping
from datetime import datetime

from facilitator.capture.context import Context
from facilitator.capture.fields import Field, fields, read_field
from facilitator.capture.people import typed_names
from facilitator.capture.values import read_moment
from facilitator.cli.errors import Failure
from facilitator.model.edits import set_field
from facilitator.model.moments import Moment, local
from facilitator.model.phases import Phase
from facilitator.model.session import Session
from facilitator.model.text import one_line
from facilitator.settings.wording import quoted


def typed_into(session: Session, values: Mapping[str, str | tuple[str, ...] | None], now: datetime) -> Session:
    """Return the session with each field set to what was typed for it; None and an empty tuple leave it alone.

    `values` goes from the paths of fields to texts, or to names for a list, and is read in its order. Raises Failure
    with the question and the proposals when a text cannot be understood.
    """
    known = {each.path: each for phase in Phase for each in fields(phase)}
    for path, value in values.items():
        if value is None or value == ():
            continue
        line = value if isinstance(value, str) else typed_names(value)
        session = _set(session, known[path], line, now)
    return session


def typed_moment(option: str, line: str, session: Session, now: datetime) -> Moment:
    """Return the moment that was typed for an option; a time without a day is on the day of `now`.

    Raises Failure with the question and the proposals when the text cannot be understood.
    """
    context = Context(session=session, today=local(now, session.zone).date())
    reading = read_moment(one_line(line), context, resolved=False)
    if not isinstance(reading.value, Moment):
        raise Failure(_question(option, line, reading.question, [each.label for each in reading.choices]))
    return reading.value


def _set(session: Session, field: Field, line: str, now: datetime) -> Session:
    context = Context(session=session, today=local(now, session.zone).date())
    reading = read_field(field, line, context)
    if reading.value is None or reading.value == "":
        raise Failure(_question(field.label, line, reading.question, [each.label for each in reading.choices]))
    return set_field(session, field.path, reading.value)


def _question(what: str, line: str, question: str, proposals: list[str]) -> str:
    message = f"{what} {quoted(line)}: {question or 'nothing was typed'}"
    return "\n".join((message, *(f"  {each}" for each in proposals)))
