"""Log text: each line that begins with a time is a record, the lines below belong to it, and prose is left alone."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from facilitator.intake.errors import MissingError, Need
from facilitator.intake.kinds.log import READER
from facilitator.intake.reader import Options, Sample
from facilitator.intake.report import Report
from facilitator.model.moments import Precision
from facilitator.model.text import clean
from tests.intake.text_source import TextSource

NOW = datetime(2026, 11, 23, tzinfo=UTC)
AT = datetime.fromisoformat("2026-11-15T14:05:01")


def read(text: str, **options: Any):
    report = Report()
    return list(READER.read(TextSource("app.log", text.encode()), Options(now=NOW, **options), report)), report


def recognised(text: str) -> int:
    return READER.recognises(Sample("app.log", ["app.log"], text))


@pytest.mark.parametrize(
    ("line", "zone", "text", "place"),
    [
        ("2026-11-15T14:05:01Z the words", "UTC", "the words", ""),
        ("2026-11-15 14:05:01 CET the words", "+01:00", "the words", ""),
        ("2026-11-15 14:05:01 INFO the words", "", "INFO the words", ""),
        ("2026/11/15 14:05:01 [error] 7#7: *1 the words", "", "[error] 7#7: *1 the words", ""),
        ("[2026-11-15T14:05:01-05:00] the words", "-05:00", "the words", ""),
        ("INFO: 2026-11-15 14:05:01 - the words", "", "INFO: the words", ""),
        ("Nov 15 14:05:01 web1 shop[12]: the words", "", "the words", "web1 shop"),
        ("Nov 15 14:05:01 web1 kernel: the words", "", "the words", "web1 kernel"),
        ("2026-11-15T14:05:01+0000 web1 systemd[1]: the words", "UTC", "the words", "web1 systemd"),
        ("<165>1 2026-11-15T14:05:01Z web1 shop 12 ID47 - the words", "UTC", "the words", "web1 shop"),
        ('<165>1 2026-11-15T14:05:01Z web1 shop - - [x@1 a="b"] the words', "UTC", "the words", "web1 shop"),
        ('10.0.0.1 - ana [15/Nov/2026:14:05:01 +0000] "GET /" 500', "UTC", '10.0.0.1 - ana "GET /" 500', ""),
        ("[Sun Nov 15 14:05:01 2026] [core:error] the words", "", "[core:error] the words", ""),
        ("I1115 14:05:01 7 main.go:12] the words", "", "7 main.go:12] the words", ""),
        ("15-Nov-2026 14:05:01 WARN the words", "", "WARN the words", ""),
        ("20261115T140501Z the words", "UTC", "the words", ""),
        ('time="2026-11-15T14:05:01Z" level=info msg="the words"', "UTC", 'level=info msg="the words"', ""),
        ("2026-11-15T14:05:01Z stderr F the words", "UTC", "the words", ""),
        ("[pod/shop-1/web] 2026-11-15T14:05:01Z the words", "UTC", "the words", "pod/shop-1/web"),
        ("web-1  | 2026-11-15T14:05:01Z the words", "UTC", "the words", "web-1"),
        ("2026-11-15 14:05:01 UTC [123] LOG:  the words", "UTC", "[123] LOG:  the words", ""),
        ("\x1b[32m2026-11-15 14:05:01\x1b[0m the words", "", "the words", ""),
        ("1794751501 the words", "UTC", "the words", ""),
        ("11/15/2026 2:05:01 PM the words", "", "the words", ""),
    ],
)
def test_lines_of_many_programs_are_read(line: str, zone: str, text: str, place: str):
    (first, second), report = read(f"{line}\n{line}\n")
    assert (first.stamp.local, first.stamp.zone, first.stamp.precision) == (AT, zone, Precision.SECOND)
    assert (first.text, first.place, first.line) == (text, place, 1)
    assert first.id != second.id
    assert not report.skipped
    assert recognised(f"{line}\n{line}\n") >= 38


def test_fractions_of_a_second_are_kept():
    for line in ("2026-11-15 14:05:01,123 x", "2026-11-15T14:05:01.123456789Z x", "I1115 14:05:01.123456 7 x"):
        (draft,), _ = read(line)
        assert draft.stamp.local.microsecond in (123_000, 123_456), line


def test_a_day_without_a_year_is_the_last_one_that_has_been():
    (december, january), _ = read("Dec 31 23:59:59 web1 shop: a\nJan  1 00:00:01 web1 shop: b\n")
    assert (december.stamp.local.year, january.stamp.local.year) == (2025, 2026)
    (draft,), _ = read("Dec 31 23:59:59 web1 shop: a\n", day=date(2019, 1, 2))
    assert draft.stamp.local.date() == date(2018, 12, 31)


def test_a_time_of_day_needs_a_day_and_goes_on_past_midnight():
    text = "23:59:58.100 [main] INFO a\n00:00:02.100 [main] INFO b\n"
    with pytest.raises(MissingError) as missing:
        read(text)
    assert missing.value.need is Need.DAY
    drafts, _ = read(text, day=date(2026, 11, 15))
    assert [draft.stamp.local.day for draft in drafts] == [15, 16]


def test_a_stack_trace_belongs_to_its_line_within_bounds():
    trace = ["Traceback (most recent call last):", '  File "a.py", line 7, in <module>', "ValueError: 14:05:01 no"]
    text = "\n".join(["2026-11-15 14:05:01 ERROR boom", *trace, "2026-11-15 14:05:02 INFO next"])
    drafts, report = read(text)
    assert [draft.text for draft in drafts] == ["\n".join(["ERROR boom", *trace]), "INFO next"]
    assert not report.skipped
    drafts, report = read("2026-11-15 14:05:01 boom\n" + "  at x\n" * 500 + "2026-11-15 14:05:02 next\n")
    assert drafts[0].text.count("\n") == 200
    assert report.reasons["too many lines without a time below a record"] == 300


def test_what_stands_before_the_first_time_is_reported():
    drafts, report = read("starting up\n\n2026-11-15 14:05:01 ready\n")
    assert [draft.line for draft in drafts] == [3]
    assert [(each.place, each.reason) for each in report.skipped] == [
        ("line 1", "no time at its start, and no record above it")
    ]


PROSE = """The release 2026.11.15 went out.
1700000000 requests failed in 2026.
14:05 was when it began, they said.
In 10:05:01 of video nothing can be seen.
192.168.10.12 refused 2026-11-15.
12/11/10 was the ratio.
May 15 people came.
3.2.1 is the version."""


def test_prose_with_numbers_in_it_is_not_a_log():
    assert recognised(PROSE) == 0
    log = "2026-11-15 14:05:01 start\n"
    drafts, _ = read(log * 10 + PROSE)
    assert len(drafts) == 10


def test_a_file_that_has_grown_gives_the_same_ids():
    text = "Nov 15 14:05:01 web1 shop: the same\n" * 3
    before, _ = read(text)
    after, _ = read(text + "Nov 15 14:05:01 web1 shop: the same\n  and more\nNov 15 14:05:02 web1 shop: other\n")
    assert [draft.id for draft in before] == [draft.id for draft in after[:3]]
    assert len({draft.id for draft in after}) == 5


PARTS = ["2026-11-15 14:05:01", "Nov 15 14:05:01 h a[1]: ", "\n", "\n  ", "x", " ", "[", "]", "\x1b[0m", "14:05:01 ",
         "1700000000 ", "99/99/9999 14:05:01", "2026-99-01 14:05:01", "Mon " * 40, "\ud7ff", "é", ",123", "+99:99",
         "<1>1 ", "I1115 14:05:01"]  # fmt: skip


@settings(max_examples=250, deadline=None)
@given(
    st.lists(st.sampled_from(PARTS), max_size=30).map("".join)
    | st.text(max_size=80)
    | st.binary(max_size=80).map(lambda b: b.decode("latin-1"))
)
def test_any_text_is_read_or_reported(text: str):
    recognised(text)
    drafts, _ = read(text, day=date(2026, 11, 15))
    assert len({draft.id for draft in drafts}) == len(drafts)
    assert all(draft.text and clean(draft.text) == draft.text for draft in drafts)


def test_long_rows_of_what_begins_a_time_do_not_stop_the_reading():
    for text in ("Mon " * 50_000, "[" * 100_000, "2026-" * 50_000, "9" * 500_000, "a " * 100_000 + "["):
        drafts, _ = read(text)
        assert not drafts


def test_a_copy_under_another_name_gives_the_same_ids():
    text = b"2026-11-15T14:03:00Z up\n2026-11-15T14:03:00Z up\n"
    options = Options(now=datetime(2026, 11, 16, tzinfo=UTC))
    first, second = (
        [each.id for each in READER.read(TextSource(name, text), options, Report())] for name in ("a", "b")
    )
    assert first == second
    assert len(set(first)) == 2
