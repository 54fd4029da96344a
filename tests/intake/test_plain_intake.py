"""A typed timeline: one line, one draft; the day from a heading, the line, or whoever is asked."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from facilitator.intake.errors import MissingError, Need
from facilitator.intake.kinds.plain import READER
from facilitator.intake.reader import Options, Sample
from facilitator.intake.report import Report
from facilitator.model.moments import Approximation, Precision
from facilitator.model.text import clean
from tests.intake.text_source import TextSource

NOW = datetime(2026, 11, 23, tzinfo=UTC)
DAY = date(2026, 11, 15)


def read(text: str, **options: Any):
    report = Report()
    return list(READER.read(TextSource("notes.txt", text.encode()), Options(now=NOW, **options), report)), report


def recognised(text: str) -> int:
    return READER.recognises(Sample("notes.txt", ["notes.txt"], text))


@pytest.mark.parametrize(
    ("line", "zone", "text"),
    [
        ("14:05 the alert fires", "", "the alert fires"),
        ("- 14:05 UTC the alert fires", "UTC", "the alert fires"),
        ("* **14:05** – the alert fires", "", "the alert fires"),
        ("3. 2:05 PM PST: the alert fires", "-08:00", "the alert fires"),
        ("| 14:05 | the alert fires | ana |", "", "the alert fires | ana"),
        ("| 2026-11-15 | 14:05 UTC | the alert fires |", "UTC", "the alert fires"),
        ("[14:05] the alert fires", "", "the alert fires"),
        ("Nov 15, 14:05 - the alert fires", "", "the alert fires"),
        ("2026-11-15T14:05Z the alert fires", "UTC", "the alert fires"),
        ("At 14:05 Europe/Paris the alert fires", "Europe/Paris", "the alert fires"),
    ],
)
def test_lines_as_people_type_them_are_read(line: str, zone: str, text: str):
    (draft,), report = read(line, day=DAY)
    assert (draft.stamp.local, draft.stamp.zone, draft.text) == (datetime.fromisoformat("2026-11-15T14:05"), zone, text)
    assert not report.skipped
    assert recognised(f"{line}\n") == 36


def test_spans_approximate_times_and_times_since_the_line_above_are_kept():
    (span, about, later), _ = read("14:00-14:20 slow\n~14:30 calm\n+5m done\n", day=DAY)
    assert span.stamp.until == datetime.fromisoformat("2026-11-15T14:20")
    assert about.stamp.approximation is Approximation.ABOUT
    assert later.stamp.local == datetime.fromisoformat("2026-11-15T14:35")


def test_headings_give_the_day_and_midnight_the_next():
    text = "All times are UTC.\n## Nov 15, 2026\n23:50 a\n00:10 b\n\n2026-11-20:\n09:00 c\n"
    drafts, report = read(text)
    assert [f"{draft.stamp.local:%d %H:%M}" for draft in drafts] == ["15 23:50", "16 00:10", "20 09:00"]
    assert {draft.stamp.zone for draft in drafts} == {"UTC"}
    assert not report.skipped


def test_without_a_day_it_is_asked():
    with pytest.raises(MissingError) as missing:
        read("14:05 a\n")
    assert missing.value.need is Need.DAY


def test_prose_is_reported_and_what_is_indented_belongs_to_the_line_above():
    drafts, report = read("Notes\n14:05 a\n   more of it\n2026 requests failed\n14:06\n14:07 b\n", day=DAY)
    assert [draft.text for draft in drafts] == ["a\nmore of it", "b"]
    assert [each.place for each in report.skipped] == ["line 1", "line 4", "line 5"]


def test_digits_alone_are_times_when_all_are_written_so():
    drafts, _ = read("1405 alert\n1406 ack\n", day=DAY)
    assert [draft.stamp.local.minute for draft in drafts] == [5, 6]
    drafts, _ = read("14:05 alert\n1406 ack\n", day=DAY)
    assert len(drafts) == 1


def test_a_day_alone_before_the_words_is_an_entry_of_that_day():
    (draft,), _ = read("2026-11-15 the certificate was renewed\n")
    assert draft.stamp.precision is Precision.DAY


def test_one_order_of_day_and_month_holds_for_the_whole_file():
    drafts, _ = read("03/04/2026 14:05 a\n03/13/2026 14:05 b\n")
    assert [draft.stamp.local.day for draft in drafts] == [4, 13]


def test_prose_is_no_timeline():
    text = "We met at 14:05.\nIt was fine.\n3 of 4 came.\n14:05 was late.\nThe end."
    assert recognised(text) == 0
    assert recognised("") == 0


def test_reading_again_after_lines_were_put_before_gives_the_same_ids():
    before, _ = read("14:05 a\n14:05 a\n", day=DAY)
    after, _ = read("title\n14:00 z\n14:05 a\n14:05 a\n", day=DAY)
    assert [draft.id for draft in before] == [draft.id for draft in after[1:]]


PARTS = ["14:05", "24:00", "2026-11-15", "11/12/2026", " ", "\n", "- ", "|", "**", "a", "+5m", "T+5", "-", "UTC",
         "\x1b[1m", "noon", "25:99",
         "9999-12-31 23:59", "0001-01-01", "~", "\t", "#", "1405"]  # fmt: skip


@settings(max_examples=250, deadline=None)
@given(st.lists(st.sampled_from(PARTS), max_size=25).map("".join) | st.text(max_size=60))
def test_any_text_is_read_or_reported(text: str):
    recognised(text)
    drafts, _ = read(text, day=DAY)
    assert len({draft.id for draft in drafts}) == len(drafts)
    assert all(draft.text and draft.stamp and clean(draft.text) == draft.text for draft in drafts)
