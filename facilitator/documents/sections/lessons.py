"""What is known now that was not known before, in the three lists of a postmortem."""

from facilitator.documents.escape import inline
from facilitator.documents.layout import bullets, section, stacked
from facilitator.documents.references import Mark, unmarked
from facilitator.model.session import Lesson, LessonKind, Session

_HEADINGS = {
    LessonKind.WELL: "What went well",
    LessonKind.WRONG: "What went wrong",
    LessonKind.LUCKY: "Where we got lucky",
}


def lessons(session: Session, mark: Mark = unmarked) -> str:
    """Return the lists that hold something, each below its heading."""
    return stacked(
        section(heading, bullets(_lesson(each, mark) for each in session.lessons if each.kind is kind), level=3)
        for kind, heading in _HEADINGS.items()
    )


def _lesson(lesson: Lesson, mark: Mark) -> str:
    text = inline(lesson.text)
    if not text:
        return ""
    return (f"*{lesson.area.capitalize()}:* {text}" if lesson.area else text) + mark(lesson.id)
