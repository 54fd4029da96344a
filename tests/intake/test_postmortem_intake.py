"""A postmortem in Markdown as a source of drafts, and as a session of its own."""

from datetime import UTC, date, datetime
from itertools import count

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from facilitator.intake.errors import MissingError, Need
from facilitator.intake.kinds.postmortem import READER
from facilitator.intake.markdown import read_document
from facilitator.intake.markdown.new_session import UNTITLED, session_of
from facilitator.intake.reader import Options, Sample
from facilitator.intake.report import Report
from facilitator.model.session import ActionStatus, LessonKind, Milestone, Session, Severity
from facilitator.model.text import clean
from tests.intake import truth
from tests.intake.real import FOLDER
from tests.intake.text_source import TextSource

NOW = datetime(2026, 11, 23, tzinfo=UTC)
DOCUMENT = """---
title: "Queue full"
author: Alice Berg
severity: SEV2
---

The queue was full for an hour.

## Impact
Orders were late.

## Timeline (times in CET)

- **2026-03-04 10:00**: the outage starts
- **10:05**: First alert fires, see [the graph](https://example.com/graph)
- **10:06** - **10:20**: looking at the database
- **10:30**: we declared an incident
- **11:00**: the incident is not resolved yet
- **11:10**: the incident is resolved

## Root cause
No limit on the queue.

## Trigger
A batch job.

## Contributing factors
- No alert on its length
  - nobody asked for one

## Five whys
1. The disk was full
2. Logs were kept forever

## Lessons learned
### What went well
- quick
### What went wrong
- late
### Where we got lucky
- at night

## Action items
- [x] Limit it @bob (ENG-12)

## Q&A
Anything else? No.
"""


def session(text: str, zone: str = "UTC") -> Session:
    numbers = count()
    document = read_document(text, "queue.md", NOW.date(), Report())
    return session_of(document, new_id=lambda: f"{next(numbers):026}", now=NOW, zone=zone)


def drafts(text: str, **options):
    return list(READER.read(TextSource("q.md", text.encode()), Options(now=NOW, **options), Report()))


def test_the_entries_are_drafts_with_their_place():
    found = drafts(DOCUMENT)
    assert [each.text for each in found][:2] == ["the outage starts", "First alert fires, see the graph"]
    assert found[1].link == "https://example.com/graph"
    assert (found[0].line, found[0].file, found[0].place) == (14, "q.md", "Queue full")
    assert found[0].stamp is not None
    assert found[0].stamp.moment("").at == datetime(2026, 3, 4, 9, tzinfo=UTC)
    assert len({each.id for each in found}) == len(found)
    assert [each.id for each in drafts(DOCUMENT)] == [each.id for each in found]


def test_a_day_is_asked_for_only_where_none_is_known():
    text = "## Timeline\n\n- 10:00 alert\n- 10:05 rollback\n"
    with pytest.raises(MissingError) as missing:
        drafts(text)
    assert missing.value.need is Need.DAY
    assert [each.stamp.local.date() for each in drafts(text, day=date(2026, 5, 6)) if each.stamp] == [
        date(2026, 5, 6)
    ] * 2


@pytest.mark.parametrize(
    ("name", "text", "least", "most"),
    [
        ("a.md", DOCUMENT, 80, 100),
        ("a.txt", DOCUMENT, 60, 100),
        ("a.html", "<h2>Timeline</h2>\n<p>x</p>\n<h2>Root cause</h2>\n<p>Outage</p>", 45, 100),
        ("a.md.erb", "- **Key events**\n  - x\n- **Impact**: y\n- **Review actions**: z", 50, 100),
        ("README.md", "# Tool\n\n## Installation\n\nRun it.\n\n## License\n\nMIT", 0, 0),
        ("a.log", "2026-03-04 10:00 INFO timeline started\n" * 50, 0, 10),
        ("a.txt", "10:00 alert\n10:05 rollback\n", 0, 10),
    ],
)
def test_it_is_recognised_by_its_headings(name, text, least, most):
    assert least <= READER.recognises(Sample(name, (name,), text)) <= most


def test_json_is_never_taken_for_markdown():
    assert READER.recognises(Sample("a.md", ("a.md",), DOCUMENT, json={})) == 0


def test_a_session_has_all_that_the_document_says():
    found = session(DOCUMENT)
    assert (found.title, found.severity, found.zone, found.authors) == (
        "Queue full",
        Severity.SEV2,
        "+01:00",
        ("Alice Berg",),
    )
    assert found.summary == "The queue was full for an hour."
    assert found.impact.prose == "Orders were late."
    assert found.trigger == "A batch job."
    assert [(each.text, each.root_cause) for each in found.factors] == [
        ("No limit on the queue.", True),
        ("No alert on its length\n- nobody asked for one", False),
    ]
    assert [each.text for each in found.whys] == ["Queue full", "The disk was full", "Logs were kept forever"]
    assert found.whys[2].parent == found.whys[1].id
    assert [(each.kind, each.text) for each in found.lessons] == [
        (LessonKind.WELL, "quick"),
        (LessonKind.WRONG, "late"),
        (LessonKind.LUCKY, "at night"),
    ]
    action = found.actions[0]
    assert (action.text, action.owner, action.ticket, action.status) == ("Limit it", "bob", "ENG-12", ActionStatus.DONE)
    assert [each.text for each in found.notes] == ["Q&A\n\nAnything else? No."]


def test_milestones_are_set_only_where_the_words_are_clear():
    found = session(DOCUMENT)
    marked = {milestone: entry.text for entry in found.timeline for milestone in entry.milestones}
    assert marked == {
        Milestone.START: "the outage starts",
        Milestone.DETECTED: "First alert fires, see the graph",
        Milestone.DECLARED: "we declared an incident",
        Milestone.RESOLVED: "the incident is resolved",
    }
    assert found.started is not None
    assert found.started.at == datetime(2026, 3, 4, 9, tzinfo=UTC)
    assert found.resolved is not None
    assert found.resolved.at == datetime(2026, 3, 4, 10, 10, tzinfo=UTC)


def test_times_stated_by_name_mark_the_entry_of_their_minute_or_become_one():
    text = (
        "# Incident on 2026-01-11\n\n- **Key events**\n  - First detected: 2026-01-11 14:22\n"
        "  - Resolved 2026-01-11 15:51\n\n- **Context**:\n  - 2026-01-11 14:22: somebody saw it\n"
        "  - 2026-01-11 14:50: looked\n"
    )
    found = session(text, zone="Europe/London")
    assert [(each.text, each.milestones) for each in found.timeline] == [
        ("somebody saw it", (Milestone.DETECTED,)),
        ("looked", ()),
        ("Resolved", (Milestone.RESOLVED,)),
    ]
    assert found.timeline[0].at.zone == "Europe/London"


def test_a_document_with_nothing_becomes_an_untitled_session():
    assert session("").title == UNTITLED


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from([*DOCUMENT.split("\n"), "2026-01-01 24:00 x", "- 9999-12-31 23:59 y", "```", "| a |"])))
def test_any_mixture_of_its_lines_becomes_a_session(lines):
    found = session("\n".join(lines))
    again = msgspec.json.decode(msgspec.json.encode(found), type=Session)
    assert again == found
    ids = [
        each.id
        for name in ("timeline", "whys", "factors", "lessons", "actions", "notes")
        for each in getattr(found, name)
    ]
    assert len(ids) == len(set(ids))
    assert all(each.text == clean(each.text) for each in found.timeline)


@pytest.mark.skipif(not FOLDER.joinpath("postmortems/truth.json").exists(), reason="the real inputs are not here")
def test_published_postmortems_are_read_as_people_read_them():
    right, total, misses = truth.measure(FOLDER)
    shares = {what: right[what] / total for what in truth.BOUNDS}
    assert all(shares[what] >= bound for what, bound in truth.BOUNDS.items()), misses


@pytest.mark.skipif(not FOLDER.exists(), reason="the real inputs are not here")
def test_blank_templates_yield_nothing():
    for path in sorted(FOLDER.joinpath("catalogues/templates").glob("*.md")):
        found = read_document(path.read_text("utf-8"), path.name, NOW.date(), Report())
        assert (found.entries, found.actions) == ((), ()), path.name
