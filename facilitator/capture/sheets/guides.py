"""The comment at the top of a sheet: what stands in it, how a line is written, what changing it does."""

from collections.abc import Mapping
from enum import StrEnum

from facilitator.capture.helps import help_lines
from facilitator.capture.instants import zone_name
from facilitator.model.phases import Phase
from facilitator.model.session import Session
from facilitator.model.text import one_line


class Section(StrEnum):
    """The lists of a session that can be edited as text, as they are named on the command line."""

    TIMELINE = "timeline"
    WHYS = "whys"
    FACTORS = "factors"
    LESSONS = "lessons"
    RESPONSE = "response"
    ACTIONS = "actions"
    PARKED = "parked"
    PEOPLE = "people"
    AGENDA = "agenda"


Examples = tuple[tuple[str, str], ...]

_EXAMPLES: Mapping[Section, Examples] = {
    Section.TIMELINE: (
        ("14:22 burn rate alert fires #detected", "an entry at 14:22 that marks detection"),
        ("+5m on-call acknowledges #ack", "5 minutes after the line above"),
        ("~14:30-14:35 PST rollback, maybe twice", "about, with an end, in another zone"),
        ("14:40 errors fall source:grafana", "where it is known from; addresses at the end are evidence"),
    ),
    Section.WHYS: (
        ("checkout returned errors #and", "an effect; its answers hold together (#or: any of them alone)"),
        ("  the image was deleted #confirmed", "an answer, and how sure it is: #confirmed, #likely, #possible"),
        ("    nobody noticed for a day #actionable", "the branch ends here: #actionable, #outside, #unknown"),
    ),
    Section.PARKED: help_lines(Phase.INCIDENT),
    Section.PEOPLE: (("Alice Berg, incident commander", "a name, and after a comma the role"),),
    Section.AGENDA: (
        ("Timeline 25", "25 minutes for the timeline"),
        ("Silent read 5 #document", "a phase of another name; #none for none"),
    ),
}
_PHASES: Mapping[Section, Phase] = {
    Section.FACTORS: Phase.FACTORS,
    Section.LESSONS: Phase.LESSONS,
    Section.RESPONSE: Phase.RESPONSE,
    Section.ACTIONS: Phase.ACTIONS,
}
_MOST_EXAMPLES = 4
_ABOUT: Mapping[Section, tuple[str, ...]] = {
    Section.TIMELINE: (
        'Times are those of {zone} unless a zone follows. A line such as "## 2026-11-15" says the day of',
        "the times below it. The order is that of time.",
    ),
    Section.WHYS: (
        "Indentation is the tree: two spaces a level. A line answers the nearest line above that is",
        "indented less; one at the margin is an effect.",
    ),
    Section.AGENDA: (
        'A meeting begins with a line such as "## Meeting 1: Timeline". One more plans one more meeting.',
    ),
}
_RULES = (
    "One line is one item. Change a line, add one, move one; removing a line deletes its item, and only that.",
    "What a line does not say, such as links, stays with it. Comments such as this one do not count.",
    "Save and close to keep what you wrote; close without saving to keep everything as it was.",
)
_LONGEST_TITLE = 70


def guide(section: Section, session: Session) -> tuple[str, ...]:
    """Return the lines of the guide to a sheet, without the signs that make them a comment."""
    title = one_line(session.title)
    title = title if len(title) <= _LONGEST_TITLE else f"{title[: _LONGEST_TITLE - 3].rstrip()}..."
    phase = _PHASES.get(section)
    examples = _EXAMPLES[section] if phase is None else help_lines(phase)[:_MOST_EXAMPLES]
    width = max(len(example) for example, _ in examples)
    return (
        f"{title}: {section}",
        "",
        *(f"  {example:{width}}   {meaning}" for example, meaning in examples),
        "",
        *(line.format(zone=zone_name(session.zone)) for line in _ABOUT.get(section, ())),
        *_RULES,
    )
