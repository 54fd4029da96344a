"""Published postmortems: actions, templates and what a document says of itself, on documents of our own."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from facilitator.intake.errors import SourceError
from facilitator.intake.markdown import Section, read_document
from facilitator.intake.report import Report
from facilitator.model.session import ActionStatus
from facilitator.model.text import clean
from tests.intake.markdown_source import TODAY, document, told

ACTIONS = """
    # X

    ## Timeline
    - 2026-03-04 10:00 a

    ## Action items

    - [x] Validate config — @carol (due 2026-06-01)
    - [ ] Canary config pushes (Owner: Dave, Due: May 20, 2026, JIRA-123)
    - ~~Page on-call~~
    - N/A
    - Write it down. Owner: @eve. Ticket: [OPS-3](https://jira.example.com/browse/OPS-3)
      - nested detail
    - **TODO**: tell people (ENG-4, due by 2026-07-01) [Fay]
    - {{ summary }} [link to github issue]

    ### Process improvements

    1. Practise
"""


def test_actions_of_a_list():
    found = document(ACTIONS).actions
    assert [(each.description, each.owner, str(each.due or ""), each.ticket, each.status) for each in found] == [
        ("Validate config", "carol", "2026-06-01", "", ActionStatus.DONE),
        ("Canary config pushes", "Dave", "2026-05-20", "JIRA-123", ActionStatus.OPEN),
        ("Page on-call", "", "", "", ActionStatus.DONE),
        ("Write it down: nested detail", "eve", "", "https://jira.example.com/browse/OPS-3", ActionStatus.OPEN),
        ("tell people", "Fay", "2026-07-01", "ENG-4", ActionStatus.OPEN),
        ("Practise", "", "", "", ActionStatus.OPEN),
    ]
    assert found[0].line == 9


def test_actions_of_a_table():
    found = document(
        """
        # X
        ## Corrective actions
        | Action | Type | Owner | Due | Bug | Status |
        |---|---|---|---|---|---|
        | Alert on depth | detect | @alice | 2026-04-01 | [OPS-12](https://jira.example.com/browse/OPS-12) | **DONE** |
        | ~~Remove flag~~ | prevent | Bob | 15 Apr 2026 | #45 | |
        | Runbook | process | TBD | | | In progress |
        | | | | | | |
        """
    ).actions
    assert [(each.description, each.owner, each.status) for each in found] == [
        ("Alert on depth", "alice", ActionStatus.DONE),
        ("Remove flag", "Bob", ActionStatus.DONE),
        ("Runbook", "", ActionStatus.IN_PROGRESS),
    ]
    assert found[1].due == date(2026, 4, 15)
    assert found[1].ticket == "#45"


def test_actions_as_headings_lines_and_below_people():
    headings = document("# X\n## Follow-ups\n### Rotate logs @eve\n\nSome prose.\n\n### Add disk alerts [OPS-3]\n")
    assert [(each.description, each.owner, each.ticket) for each in headings.actions] == [
        ("Rotate logs", "eve", ""),
        ("Add disk alerts", "", "OPS-3"),
    ]
    lines = document("# X\n## Preventative measures\nHire somebody for security.\nAdd a feature to tell people.\n")
    assert len(lines.actions) == 2
    people = document("# X\n## Actions\n**Alex**\n\n- do one\n- do two\n\n**Short term**\n\n- do three\n")
    assert [(each.description, each.owner) for each in people.actions] == [
        ("do one", "Alex"),
        ("do two", "Alex"),
        ("do three", ""),
    ]
    prose = document("# X\n## Actions\nWe will think about it, and a process will be made.\n")
    assert prose.actions == ()
    assert prose.section(Section.ACTIONS)


def test_a_check_list_about_the_report_is_no_list_of_actions():
    report = Report()
    text = "# X\n## Actions\n- [ ] Incident has been dealt with or is over\n- [ ] Sections above are filled out\n"
    assert read_document(text, "x.md", TODAY, report).actions == ()
    assert len(report.skipped) == 2


def test_what_a_document_says_of_itself():
    found = document(
        """
        # Incident: search down

        | Field | Value |
        |---|---|
        | Date | 12 March 2026 |
        | Severity | SEV-2 |
        | Authors | Alice Berg, Bob |
        | Affected services | checkout, payments |

        ## Executive summary
        It was slow.
        ## Root causes
        - a
        - b
        ## What went well
        1. one
        ## Where we got lucky
        * luck
        ## Q&A
        Why? Because.
        """
    )
    assert (found.title, found.date, found.severity) == ("Incident: search down", date(2026, 3, 12), 2)
    assert (found.authors, found.services) == (("Alice Berg", "Bob"), ("checkout", "payments"))
    assert found.section(Section.SUMMARY) == ("It was slow.",)
    assert found.section(Section.CAUSES) == ("a", "b")
    assert found.section(Section.LUCKY) == ("luck",)
    assert found.others == (("Q&A", "Why? Because."),)


@pytest.mark.parametrize(
    ("front", "severity"),
    [
        ("---\ntitle: 'A: b'\nseverity: P1\n---\n", 1),
        ('+++\ntitle = "A: b"\nseverity = "critical"\n+++\n', 1),
        ("---\ntitle: 'A: b'\n---\n**Severity:** Minor\n", 4),
    ],
)
def test_front_matter_is_yaml_or_toml(front, severity):
    found = document(f"{front}# Another title\n")
    assert (found.title, found.severity) == ("A: b", severity)


BLANK = {
    "rows": """
        # Incident Title

        ## Timeline

        | Time | Event |
        | --- | --- |
        | 20xx-MM-DD HH:mm | Short event description |

        ## Action Items

        -
        """,
    "braces": """
        # {{ incident date: yyyy-mm-dd }}, {{ incident name }}

        ## Timeline

        ### {{ yyyy-mm-dd hh:mm }}

        Start.

        ## Action items

        1. {{ summary }} [link to github issue]
        """,
    "variables": """
        # Outage of $FEATURE

        On Friday $FEATURE was down.

        ## Timeline

        - *17:35* alert about $FEATURE

        ## Action items

        - test $FEATURE
        """,
    "brackets": """
        # [Title]

        ## Timeline

        - YYYY-MM-DD HH:MM - [event]
        - HH:MM: <what happened>

        ## Actions

        | Action | Owner | Due |
        |---|---|---|
        | [action] | [name] | YYYY-MM-DD |

        - _Describe each action_
        - TBD
        """,
    "example": """
        <!-- The title of your incident -->
        # Name
        <!-- helpful comments -->
        ## Timeline
        | Time | Event |
        |---|---|
        | 9:16 | x |
        """,
}


@pytest.mark.parametrize("template", BLANK)
def test_a_blank_template_yields_nothing(template):
    found = document(BLANK[template])
    assert (found.entries, found.actions) == ((), ())


def test_line_ends_marks_and_open_fences_change_nothing():
    text = "# Outage of 2026-03-04\n\n## Timeline\n\n- 10:00\ta\n- 10:05 b\n\n## Actions\n\n- do it\n"
    plain = document(text)
    assert told(document("\ufeff" + text.replace("\n", "\r\n"))) == told(plain)
    opened = document(text.replace("## Timeline", "```\n\n## Timeline"))
    assert told(opened) == told(plain)
    assert len(opened.actions) == 1


def test_a_time_without_any_day_is_reported_and_a_day_can_be_given():
    report = Report()
    text = "# Outage\n\n## Timeline\n\n- 10:00 a\n"
    found = read_document(text, "x.md", TODAY, report)
    assert found.entries == ()
    assert found.dayless
    assert report.skipped[0].place == "line 5"
    assert len(read_document(text, "x.md", TODAY, Report(), day=date(2026, 1, 2)).entries) == 1
    assert told(read_document(text, "2026-05-06-x.md", TODAY, Report())) == [("2026-05-06 10:00", "a")]


def test_a_document_past_all_bounds_is_refused():
    with pytest.raises(SourceError, match="longer than"):
        read_document("x" * 64_000_001, "x.md", TODAY, Report())


_PIECES = st.sampled_from([
    "# ", "## Timeline", "- ", "* ", "**", "__", "`", "```", "10:00", "2026-01-02 ", "25:99", "03/04/26 ", "~", "UTC",
    "<td>", "<tr>", "</table>", "<!--", "-->", "{{", "}}", "[x]", "[a](b)", "&amp;", "\n", "\n\n", "\t", "| a | b |\n",
    "|---|---|\n", "@x ", "due: ", "ENG-1 ", "> ", "1. ", "Action items\n", "\x1b[31m", "\u202e", "\ud800",
    "99999999999", "\\", "---\n", "'", "(", "\ue000", "\ue003",
])  # fmt: skip


@settings(max_examples=250, deadline=None)
@given(st.lists(_PIECES, max_size=60).map("".join) | st.text(max_size=300))
def test_nothing_stops_the_reading(text):
    found = read_document("# T\n\n## Timeline 2026-01-02\n" + text, "x.md", TODAY, Report())
    for each in found.entries:
        assert each.text == clean(each.text)
        assert each.text
        assert each.line > 0
    for action in found.actions:
        assert action.description == clean(action.description)


@pytest.mark.parametrize(
    ("before", "title"), [("", "Search latency after merge"), ("# The slow Sunday\n\n", "The slow Sunday")]
)
def test_the_first_row_of_a_table_is_the_title_where_no_heading_is(before: str, title: str) -> None:
    text = (
        f"{before}| Incident | Search latency after merge |\n|---|---|\n| Date | 2026-11-15 |\n\n## Summary\n\nSlow.\n"
    )
    assert read_document(text, "x.md", date(2026, 11, 20), Report()).title == title
