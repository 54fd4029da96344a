"""The sheets of the plain lists: factors, lessons, the response, actions, people, what was parked or left open."""

from collections.abc import Collection, Hashable, Mapping, Sequence
from typing import ClassVar

from facilitator.capture import lines
from facilitator.capture.people import read_participant
from facilitator.capture.reading import Reading
from facilitator.capture.sheets.form import Case, Filed, Form
from facilitator.capture.sheets.rows import Heading, Shown
from facilitator.model import edits
from facilitator.model.item import Item
from facilitator.model.phases import Phase
from facilitator.model.session import (
    Action,
    ActionType,
    Factor,
    Lesson,
    LessonArea,
    LessonKind,
    Parked,
    Participant,
    Question,
    ResponseKind,
    ResponseNote,
)


class FactorsForm(Form):
    """The contributing factors."""

    kinds = (Factor,)
    phase = Phase.FACTORS

    def names(self) -> Collection[str]:
        """Return the categories and the other marks of a factor."""
        return (*(each.lower() for each in self.context.categories), "mitigator", "root", "triggered", "enabled")


class ActionsForm(Form):
    """The action items."""

    kinds = (Action,)
    phase = Phase.ACTIONS

    def names(self) -> Collection[str]:
        """Return the types and the states of an action."""
        return (*map(str, ActionType), "progress", "done", "wontdo")


class PeopleForm(Form):
    """Who takes part: a name, and after a comma the role."""

    kinds = (Participant,)
    asides = False

    def read(self, case: Case) -> Reading[Item]:
        """Return the participant of a line."""
        old = case.was.item if case.was is not None else None
        return read_participant(case.row.text, old if isinstance(old, Participant) else None)


class _SignedForm(Form):
    """Several lists in one, each with an order of its own; the sign of a line says of which it is."""

    titles: ClassVar[Mapping[str, str]]

    def parts(self) -> list[Shown | Heading]:
        """Return the items, each list below its name."""
        shown = [part for part in super().parts() if isinstance(part, Shown)]
        found: list[Shown | Heading] = []
        for kind, title in self.titles.items():
            found += [Heading(title), *(part for part in shown if _list_of(part.item) == kind)]
        return found

    def grouped(self, filed: Sequence[Filed]) -> list[tuple[Item, Hashable]]:
        """Return the items, each with its list."""
        return [(each.item, _list_of(each.item)) for each in filed]


class LessonsForm(_SignedForm):
    """The three lists of lessons."""

    kinds = (Lesson,)
    phase = Phase.LESSONS
    titles: ClassVar[Mapping[str, str]] = {
        LessonKind.WELL: "What went well",
        LessonKind.WRONG: "What went wrong",
        LessonKind.LUCKY: "Where we got lucky",
    }

    def names(self) -> Collection[str]:
        """Return what a lesson may be about."""
        return tuple(map(str, LessonArea))


class ResponseForm(_SignedForm):
    """The two lists about the response."""

    kinds = (ResponseNote,)
    phase = Phase.RESPONSE
    titles: ClassVar[Mapping[str, str]] = {
        ResponseKind.WELL: "What went well",
        ResponseKind.HARDER: "What was harder than expected",
    }


class ParkedForm(Form):
    """The open questions, then the parking lot. A line that goes from one to the other is another item."""

    kinds = (Question, Parked)

    def parts(self) -> list[Shown | Heading]:
        """Return both lists, each below its name."""
        found: list[Shown | Heading] = []
        for kind, title in ((Question, "Open questions"), (Parked, "Parking lot")):
            items = edits.items(self.context.session, kind)
            found += [Heading(title), *(Shown(item, lines.typed(item, self.context)) for item in items)]
        return found

    def kind(self, text: str) -> str:
        """Return with what a line begins."""
        return next((sign for sign in ("?", "//") if text.startswith(sign)), "aside")

    def grouped(self, filed: Sequence[Filed]) -> list[tuple[Item, Hashable]]:
        """Return the items, each list with an order of its own."""
        return [(each.item, type(each.item)) for each in filed]


def _list_of(item: Item) -> str:
    return str(item.kind) if isinstance(item, Lesson | ResponseNote) else ""
