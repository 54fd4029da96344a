"""Timelines of documents in Markdown: every form of a line, its day, its zone, and what is none."""

from textwrap import dedent

import pytest

from facilitator.intake.markdown import read_document
from facilitator.intake.report import Report
from facilitator.model.moments import Approximation, Precision
from tests.intake.markdown_source import TODAY, document, timeline, told

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
