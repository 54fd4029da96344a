"""Published postmortems: every way in which people lay out a timeline and its actions, on documents of our own."""

from datetime import date
from textwrap import dedent

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from facilitator.intake.errors import SourceError
from facilitator.intake.markdown import Document, Section, read_document
from facilitator.intake.report import Report
from facilitator.model.moments import Approximation, Precision
from facilitator.model.session import ActionStatus
from facilitator.model.text import clean

TODAY = date(2026, 11, 23)


def document(text: str, file: str = "doc.md") -> Document:
    return read_document(dedent(text), file, TODAY, Report())


def timeline(lines: str, heading: str = "## Timeline (UTC)", title: str = "# Outage of 2026-03-04") -> Document:
    return document(f"{title}\n\n{heading}\n\n{dedent(lines).strip()}\n")


def told(found: Document) -> list[tuple[str, str]]:
    return [(f"{each.stamp.local:%Y-%m-%d %H:%M}", each.text) for each in found.entries]


FORMS = {
    "iso bullet": ("- 2026-03-04 13:55 alert received", "2026-03-04 13:55", "alert received"),
    "zone and colon": ("- 2026-03-04 10:21 UTC: deploy", "2026-03-04 10:21", "deploy"),
    "bare time": ("* 14:24 started the deployment", "2026-03-04 14:24", "started the deployment"),
    "bold": ("- **11:15** we noticed", "2026-03-04 11:15", "we noticed"),
    "italic": ("- *09:03* started", "2026-03-04 09:03", "started"),
    "code": ("- `09:03` started", "2026-03-04 09:03", "started"),
    "day first": ("- 25/03/2026 21:42 - mail sent", "2026-03-25 21:42", "mail sent"),
    "month first": ("03-27-2026 2:14 pm - request approved", "2026-03-27 14:14", "request approved"),
    "dots": ("- 05.03.2026 08:15 Uhr: start", "2026-03-05 08:15", "start"),
    "month name": ("**March 5th, 2026, 10:00 AM:** reported", "2026-03-05 10:00", "reported"),
    "twelve hours": ("04:49 PM UTC renamed", "2026-03-04 16:49", "renamed"),
    "a for am": ("### 9:06a\n\nstudents wrote", "2026-03-04 09:06", "students wrote"),
    "stray pm": ("### 17:14pm\n\nback again", "2026-03-04 17:14", "back again"),
    "weekday behind": ("13:55 PM PST Thursday Mar 5th: alarms", "2026-03-05 13:55", "alarms"),
    "day in words": ("On March 5, 2026: 8:33 PM UTC the team heard", "2026-03-05 20:33", "the team heard"),
    "dot in time": ("- 2026-03-04 15.26 compared", "2026-03-04 15:26", "compared"),
    "en dash": ("15:35 – plan pushed", "2026-03-04 15:35", "plan pushed"),
    "brackets": ("- [15:35 UTC] plan pushed", "2026-03-04 15:35", "plan pushed"),
    "braces": ("### {{ 06:10 }}\n\nraised", "2026-03-04 06:10", "raised"),
    "iso machine": ("- 2026-03-04T15:35:10Z plan pushed", "2026-03-04 15:35", "plan pushed"),
    "closed heading": ("### 21:10:57 ###\n\nevicted", "2026-03-04 21:10", "evicted"),
    "heading with title": ("### 07:30am - First report\n\nWe heard.", "2026-03-04 07:30", "First report\nWe heard."),
    "five digits": ("- 20262-03-05 12:00 copied", "2026-03-05 12:00", "copied"),
    "seconds since 1970": ("- 1772632800: restarted", "2026-03-04 14:00", "restarted"),
    "two clocks": ("- 20:07 (22:07 CEST): findings shared", "2026-03-04 20:07", "findings shared"),
    "slash clocks": ("- 14:22 UTC / 16:22 CEST: rolled back", "2026-03-04 14:22", "rolled back"),
}


@pytest.mark.parametrize("form", FORMS)
def test_a_line_of_each_form_is_an_entry(form):
    line, at, text = FORMS[form]
    assert told(timeline(line)) == [(at, text)]


def test_a_table_may_have_its_day_time_and_zone_in_columns():
    found = timeline(
        """
        | Day | Date (2025) | Time (PT) | Event |
        |-----|-------------|-----------|-------|
        | Sun | Oct 26 | 21:33 | somebody writes
        | Mon | Oct 27 | 7:05 | work goes on |
        """,
        heading="## Timeline",
        title="# Something",
    )
    assert told(found) == [("2025-10-26 21:33", "somebody writes"), ("2025-10-27 07:05", "work goes on")]
    assert found.entries[0].stamp.zone == "America/Los_Angeles"
    assert [each.line for each in found.entries] == [7, 8]


def test_rows_of_a_template_are_no_entries_and_unknown_times_are():
    report = Report()
    text = """
        # Nodes not ready

        | Time | Event |
        | --- | --- |
        | 2026-03-13 HH:mm | Short event description. |
        | 2026-03-13 10:01 | Alert |
        | 2026-03-13 14:?? | Scaled down |
        | 2026-03-14 --:-- | Many deployments |
        | ~2026-03-15 19:30 | Capacity found |
        """
    found = read_document(dedent(text).replace("# Nodes", "# Nodes", 1), "x.md", TODAY, report)
    stamps = [each.stamp for each in found.entries]
    assert [each.precision for each in stamps] == [Precision.MINUTE, Precision.HOUR, Precision.DAY, Precision.MINUTE]
    assert stamps[-1].approximation is Approximation.ABOUT
    assert [each.place for each in report.skipped] == ["line 6"]


def test_a_table_in_html_is_read():
    found = timeline(
        """
        <table>
        <tr><th>Time (UTC)</th><th>What</th></tr>
        <tr>
          <td>2026-02-02 10:00</td>
          <td>Deploy <b>x</b></td>
        </tr>
        <tr><td>10:30</td><td>Rollback</td></tr>
        </table>
        """
    )
    assert told(found) == [("2026-02-02 10:00", "Deploy x"), ("2026-02-02 10:30", "Rollback")]


def test_a_day_line_goes_for_the_times_below_it_and_midnight_is_crossed():
    found = timeline(
        """
        _4/21/26_

        11:58 PM: one

        12:10 AM: two

        ~9:00 AM: three

        -4/25/26_

        9:41 AM: four
        """,
        heading="## Timeline (PST) 4/21/26-4/25/26. All times approximations",
        title="# ISSUE NAME\nA password was taken",
    )
    assert [at for at, _ in told(found)] == [
        "2026-04-21 23:58",
        "2026-04-22 00:10",
        "2026-04-22 09:00",
        "2026-04-25 09:41",
    ]
    assert found.title == "A password was taken"
    assert found.entries[0].stamp.zone == "-08:00"


def test_headings_of_days_carry_times_or_are_entries_themselves():
    found = timeline(
        """
        #### 29-09-2026 (All times CEST)

        - 15:46 **cause** found

        #### 30-09-2026

        Everything was rebuilt.
        """
    )
    assert told(found) == [("2026-09-29 15:46", "cause found"), ("2026-09-30 00:00", "Everything was rebuilt.")]
    assert found.entries[0].stamp.zone == "+02:00"
    assert found.entries[1].stamp.precision is Precision.DAY


def test_ranges_have_an_end():
    found = timeline(
        """
        ### 8:20 - 8:24
        a
        ### 16:05:57-58
        b
        ### 2026-03-05 14:30-35
        c
        ### 23:50 to 00:10
        d
        - **2026-08-27** to **2026-09-03** all seemed well
        """
    )
    ends = [str(each.stamp.until) for each in found.entries]
    assert ends == [
        "2026-03-04 08:24:00",
        "2026-03-04 16:05:58",
        "2026-03-05 14:35:00",
        "2026-03-06 00:10:00",
        "2026-09-03 00:00:00",
    ]


def test_what_has_no_stamp_belongs_to_the_entry_above_but_code_never_begins_one():
    found = timeline(
        """
        - 10:00 first
          goes on here
            - a detail
        - and then more

        ```
        10:01:00 ERROR not an entry
        ```

        - 10:05 [second](https://example.com/graph)
        """
    )
    assert [each.text.split("\n")[0] for each in found.entries] == ["first goes on here", "second"]
    assert "a detail" in found.entries[0].text
    assert "10:01:00 ERROR not an entry" in found.entries[0].text
    assert found.entries[1].links == ("https://example.com/graph",)


def test_numbers_and_versions_are_no_times():
    found = timeline("- 10:00 start\n- 1.0.173 was released\n- 5.13.3 too\n- 10.0.0.1 was down\n- 2000 requests failed")
    assert len(found.entries) == 1


@pytest.mark.parametrize(
    ("heading", "intro", "zone"),
    [
        ("## Timeline (times in CEST)", "", "+02:00"),
        ("## Timeline", "All times in UTC.", "UTC"),
        ("## Timeline", "*All times are US/Pacific*", "America/Los_Angeles"),
        ("## Timeline", "Times: GMT+2", "+02:00"),
        ("## Timeline [Eastern Time]", "", "America/New_York"),
        ("## Timeline", "", ""),
    ],
)
def test_the_zone_is_found_where_it_is_stated(heading, intro, zone):
    found = timeline(f"{intro}\n\n- 10:00 a\n- 11:00 b", heading=heading)
    assert [each.stamp.zone for each in found.entries] == [zone, zone]


def test_a_zone_in_the_front_matter_and_on_some_lines():
    text = "---\ntitle: T\ntimezone: Europe/Berlin\n---\n## Timeline\n- 2026-01-02 10:00 a\n- 11:00 UTC b\n"
    assert [each.stamp.zone for each in document(text).entries] == ["Europe/Berlin", "UTC"]
    lines = timeline("### 16:59 PST\na\n### 17:10\nb", heading="## Timeline")
    assert [each.stamp.zone for each in lines.entries] == ["-08:00", "-08:00"]


def test_key_events_stand_for_a_timeline_only_where_there_is_none():
    label = "# Incident on 2026-01-11\n\n- **Key events**\n"
    label += "  - First detected: 2026-01-11 14:22\n  - Resolved 2026-01-11 15:51\n"
    alone = document(label + "\n- **Impact**: some\n")
    assert told(alone) == [("2026-01-11 14:22", "First detected"), ("2026-01-11 15:51", "Resolved")]
    both = document(
        label + "\n- **Context**:\n  - 2026-01-11 14:30: one\n  - 2025-01-11 14:40 two\n  - 2026-01-11 14:50 three\n"
    )
    assert told(both) == [("2026-01-11 14:30", "one"), ("2026-01-11 14:40", "two"), ("2026-01-11 14:50", "three")]
    assert [each.label for each in both.key_times] == ["First detected", "Resolved"]
    assert any("2025-01-11 14:40" in each.text for each in both.remarks)


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
