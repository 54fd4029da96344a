from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from facilitator.intake.drafts import Draft
from facilitator.intake.errors import MissingError, Need, SourceError
from facilitator.intake.kinds.chat import READER
from facilitator.intake.reader import Options
from facilitator.intake.report import Report
from facilitator.intake.sources.opening import opened
from facilitator.intake.sources.sampling import sample
from facilitator.model.moments import Precision
from facilitator.model.text import MAX_TEXT, clean, one_line
from tests.hostile import HOSTILE
from tests.intake.text_source import TextSource

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
SUNDAY = date(2026, 11, 15)


def drafts(text: str | bytes, **options: Any) -> tuple[list[Draft], Report]:
    """Return what is read of a chat, and the report."""
    report = Report()
    data = text if isinstance(text, bytes) else text.encode(errors="surrogatepass")
    found = list(READER.read(TextSource("chat.txt", data), Options(NOW, **options), report))
    return found, report


def read(text: str | bytes, **options: Any) -> list[tuple[str, str, str]]:
    """Return the messages of a chat: when, who, what."""
    found, _ = drafts(text, **({"day": SUNDAY} | options))
    return [(f"{each.stamp.local:%d %H:%M:%S}" if each.stamp else "", each.who, each.text) for each in found]


def score(text: str) -> int:
    return READER.recognises(sample(TextSource("chat.txt", text.encode())))


SLACK = """\
Ana Lima  [2:05 PM]
the error rate rises
see https://grafana.example.org/d/1

PagerDuty APP  [2:06 PM]
Incident 12 triggered
3 replies
Last reply 2 days ago
View thread
[2:07]
and again (edited)
:eyes: 2 :tada:
ben:palm_tree:  [2:08 PM]
rolled back at 14:05
:thumbsup:
3
"""


class TestSlack:
    def test_pasted_with_names_and_times_in_brackets(self):
        assert read(SLACK) == [
            ("15 14:05:00", "Ana Lima", "the error rate rises\nsee https://grafana.example.org/d/1"),
            ("15 14:06:00", "PagerDuty", "Incident 12 triggered"),
            ("15 14:07:00", "PagerDuty", "and again"),
            ("15 14:08:00", "ben", "rolled back at 14:05"),
        ]

    def test_counts_replies_and_reactions(self):
        found, _ = drafts(SLACK, day=SUNDAY)
        assert [(each.replies, each.reactions) for each in found] == [(0, 0), (3, 0), (0, 2), (0, 3)]
        assert [each.line for each in found] == [1, 5, 10, 13]

    def test_on_a_clock_of_24_hours(self):
        assert read("Ana  14:05\none\nBen  14:06\ntwo\nthree\n") == [
            ("15 14:05:00", "Ana", "one"),
            ("15 14:06:00", "Ben", "two\nthree"),
        ]

    def test_with_the_time_below_the_name(self):
        text = "Ana Lima\n  2:05 PM\nit is slow\n2:06\nstill\n\nben\n  11:59 PM\nok\nAna Lima\n  12:03 AM\ndone\n"
        assert read(text) == [
            ("15 14:05:00", "Ana Lima", "it is slow"),
            ("15 14:06:00", "Ana Lima", "still"),
            ("15 23:59:00", "ben", "ok"),
            ("16 00:03:00", "Ana Lima", "done"),
        ]

    def test_with_lines_of_days(self):
        text = "Saturday, November 14th\nAna  [9:00 AM]\none\n----- November 15th, 2026 -----\nAna  [8:00 AM]\ntwo\n"
        assert [when for when, _, _ in read(text, day=None)] == ["14 09:00:00", "15 08:00:00"]

    def test_with_days_counted_from_when_it_was_copied(self):
        text = "Yesterday\nAna  [9:00 AM]\none\nToday\nAna  [8:00 AM]\ntwo\n"
        with pytest.raises(MissingError) as raised:
            read(text, day=None)
        assert raised.value.need is Need.DAY
        assert raised.value.found == ("2026-11-23", "2026-11-22")
        assert [when for when, _, _ in read(text)] == ["15 09:00:00", "16 08:00:00"]

    def test_a_thread_below_its_message_stays_on_its_day(self):
        text = (
            "Ana  [2:05 PM]\none\nBen  [3:40 PM]\nin the thread\nAna  [2:07 PM]\nnext\nAna  [9:00 AM]\nin the morning\n"
        )
        assert [when for when, _, _ in read(text)] == ["15 14:05:00", "15 15:40:00", "15 14:07:00", "16 09:00:00"]

    def test_a_sentence_that_ends_with_a_time_is_no_head(self):
        text = "Ana  [2:05 PM]\nwe rolled back at 14:01\nthe deploy was of 13:58\nfirst seen 13:59\n"
        assert len(read(text)) == 1


@pytest.mark.parametrize(
    ("text", "messages"),
    [
        (
            "[14:05] <ana> it burns\n[14:06] <@ben> yes\n",
            [("15 14:05:00", "ana", "it burns"), ("15 14:06:00", "ben", "yes")],
        ),
        ("14:05 < ana> one\n14:06  * ben looks\n", [("15 14:05:00", "ana", "one"), ("15 14:06:00", "ben", "looks")]),
        ("14:05:09 <ana> one\n    more\n14:05:10 <ben> \n", [("15 14:05:09", "ana", "one\n    more")]),
        ("23:59 <ana> one\n00:01 <ben> two\n", [("15 23:59:00", "ana", "one"), ("16 00:01:00", "ben", "two")]),
        (
            "14:05 <ana> one\n14:03 <ben> a little late\n",
            [("15 14:05:00", "ana", "one"), ("15 14:03:00", "ben", "a little late")],
        ),
        ("2026-11-14T14:05:01Z <ana> one\n", [("14 14:05:01", "ana", "one")]),
        (
            "14:05 ana: one\n14:06 ben: two: three\n",
            [("15 14:05:00", "ana", "one"), ("15 14:06:00", "ben", "two: three")],
        ),
        ("(14:05) ana: one\n", [("15 14:05:00", "ana", "one")]),
        ("ana (14:05): one\n", [("15 14:05:00", "ana", "one")]),
        (
            "2026-11-14 14:05:01\t@ana\tone\n2026-11-14 14:05:02\t *\tben waves\n",
            [("14 14:05:01", "ana", "one"), ("14 14:05:02", "ben", "waves")],
        ),
        (
            "14:05:01     ana | one\n14:05:02    @ben | two\n",
            [("15 14:05:01", "ana", "one"), ("15 14:05:02", "ben", "two")],
        ),
        (
            "14:05:12 From Ana Lima to Everyone: one\n14:06:00\t From Ben to Everyone:\n\ttwo\n",
            [("15 14:05:12", "Ana Lima", "one"), ("15 14:06:00", "Ben", "two")],
        ),
        (
            "Ana — 11/14/2026 2:05 PM\none\nBen BOT — 11/14/2026 2:06 PM\ntwo\n",
            [("14 14:05:00", "Ana", "one"), ("14 14:06:00", "Ben", "two")],
        ),
        (
            "[2:05 PM] Ana Lima\none\n\n[2:06 PM] Ben\ntwo\n",
            [("15 14:05:00", "Ana Lima", "one"), ("15 14:06:00", "Ben", "two")],
        ),
        ("[\u200e11/\u200e14/\u200e2026 2:05 PM] Ana Lima:\none\n", [("14 14:05:00", "Ana Lima", "one")]),
        (
            "Ana Lima\n2:05 PM\none\nYou\n2:06 PM\ntwo\n",
            [("15 14:05:00", "Ana Lima", "one"), ("15 14:06:00", "You", "two")],
        ),
        ("ana\n2:05 PM\none\n\nben\n2:06 PM\ntwo\n", [("15 14:05:00", "ana", "one"), ("15 14:06:00", "ben", "two")]),
        (
            "[14/11/2026, 14:05:12] Ana: one\nmore\n\u200e[14/11/2026, 14:06:12] Ben: \u200eimage omitted\n",
            [("14 14:05:12", "Ana", "one\nmore"), ("14 14:06:12", "Ben", "image omitted")],
        ),
        (
            "11/5/26, 2:05\u202fPM - Ana: one\n11/14/26, 2:06\u202fPM - Ben: two <This message was edited>\n",
            [("05 14:05:00", "Ana", "one"), ("14 14:06:00", "Ben", "two")],
        ),
    ],
)
def test_chats_of_many_programs_are_read(text, messages):
    assert read(text) == messages
    assert score(text) >= 20


class TestNotices:
    def test_who_joined_and_left_is_left_out(self):
        _, report = drafts("14:05 -!- ana has joined #ops\n14:06 <ana> one\n14:07 -!- ana has quit\n", day=SUNDAY)
        assert report.reasons.total() == 2
        assert [each.place for each in report.skipped] == ["line 1", "line 3"]

    def test_of_whatsapp_too(self):
        _, report = drafts("14/11/2026, 14:04 - Messages are end-to-end encrypted.\n14/11/2026, 14:05 - Ana: one\n")
        assert report.skipped[0].place == "line 1"

    def test_days_of_logs_are_days(self):
        text = "--- Log opened Sat Nov 14 23:50:00 2026\n23:51 <ana> one\n"
        text += "--- Day changed Sun Nov 15 2026\n00:01 <ana> two\n"
        assert [when for when, _, _ in read(text, day=None)] == ["14 23:51:00", "15 00:01:00"]

    def test_what_stands_before_the_first_message_is_reported(self):
        _, report = drafts("about the incident\n14:06 <ana> one\n", day=SUNDAY)
        assert (report.skipped[0].place, report.skipped[0].reason) == ("line 1", "it stands before the first message")


class TestDays:
    def test_are_asked_for_when_there_are_none(self):
        with pytest.raises(MissingError) as raised:
            drafts("14:05 <ana> one\n")
        assert raised.value.need is Need.DAY

    def test_that_may_be_meant_in_two_ways_are_asked_for(self):
        text = "03/04/2026, 14:05 - Ana: one\n03/04/2026, 14:06 - Ben: two\n"
        with pytest.raises(MissingError) as raised:
            drafts(text)
        assert set(raised.value.found) == {"2026-03-04", "2026-04-03"}
        found, _ = drafts(text, day=date(2026, 4, 3))
        assert {each.stamp.local.date() for each in found if each.stamp} == {date(2026, 4, 3)}

    def test_that_are_not_in_the_calendar_are_skipped(self):
        found, report = drafts(
            "[31/02/2026, 14:05:12] Ana: one\n[28/02/2026, 14:05:12] Ana: two\n[28/02/0001, 1:00:00] A: x\n"
        )
        assert [each.text for each in found] == ["two"]
        assert report.reasons.total() == 2

    def test_in_a_message_do_not_end_it(self):
        assert read("[14/11/2026, 14:05:12] Ana: when?\nMonday\n2026-11-16\n")[0][2] == "when?\nMonday\n2026-11-16"


class TestTimes:
    def test_have_no_zone_unless_it_is_written(self):
        found, _ = drafts("2026-11-14 14:05 <a> x\n[2026-11-14 14:06:01 +02:00] <b> y\n2026-11-14T14:07Z <c> z\n")
        stamps = [each.stamp for each in found if each.stamp]
        assert [stamp.zone for stamp in stamps] == ["", "+02:00", "UTC"]
        assert [stamp.precision for stamp in stamps] == [Precision.MINUTE, Precision.SECOND, Precision.MINUTE]

    def test_asked_for_need_a_zone(self):
        text = "14:05 <ana> one\n14:10 <ana> two\n"
        since = datetime(2026, 11, 15, 13, 8, tzinfo=UTC)
        with pytest.raises(MissingError) as raised:
            drafts(text, day=SUNDAY, since=since)
        assert raised.value.need is Need.ZONE
        assert [words for _, _, words in read(text, since=since, zone="+01:00")] == ["two"]
        assert [words for _, _, words in read(text, until=since, zone="+01:00")] == ["one"]


class TestIds:
    def test_are_the_same_when_more_is_pasted(self):
        first, _ = drafts("14:05 <ana> ok\n14:05 <ana> ok\n", day=SUNDAY)
        second, _ = drafts("14:05 <ana> ok\n14:05 <ana> ok\n14:06 <ben> done\n", day=SUNDAY)
        assert [each.id for each in first] == [each.id for each in second[:2]]
        assert len({each.id for each in second}) == 3

    def test_are_of_one_message_also_among_several_files(self, tmp_path):
        for name in ("a.txt", "b.txt"):
            (tmp_path / name).write_text("14:05 <ana> ok\n")
        report = Report()
        with opened(tmp_path, report) as source:
            found = list(READER.read(source, Options(NOW, day=SUNDAY), report))
        assert len({each.id for each in found}) == 2


class TestRecognition:
    @pytest.mark.parametrize(
        "text",
        [
            "",
            "2026-11-15 14:05:01 INFO: started\n2026-11-15 14:05:02 ERROR: refused\n",
            "# Postmortem\n\n## Timeline\n\n- 14:05 alert fires\n- 14:06 Rollback: done\n",
            "14:05 Alert fires: burn rate\n14:06 SEV2 declared\n14:08 Rollback: started\n",
            "Nov 15 14:05:01 host sshd[123]: accepted\nNov 15 14:05:02 host cron: ran\n",
            "<!doctype html><p>14:05 <ana> one</p>\n[14:05] <ana> one",
            '[{"ts": "1763215500.000200", "text": "14:05 <ana> one"}]',
            "time,who,text\n14:05,ana,one\n",
        ],
    )
    def test_of_other_things_is_low(self, text):
        assert score(text) < 40

    def test_of_chat_is_high(self):
        assert score(SLACK) >= 80
        assert score("[14:05] <ana> it burns\n[14:06] <ben> yes\n") >= 90


class TestWhatCannotBeRead:
    def test_no_chat_at_all_is_said(self):
        with pytest.raises(SourceError, match="no line with which a message of a chat begins"):
            drafts("only a sentence\n")

    def test_another_encoding_is_read_with_a_note(self):
        found, report = drafts("14:05 <ana> naïve\n".encode("cp1252"), day=SUNDAY)
        assert found[0].text == "naïve"
        assert "Windows-1252" in report.skipped[0].reason
        assert drafts("14:05 <ana> naïve\n".encode("utf-16"), day=SUNDAY)[0][0].text == "naïve"

    def test_a_message_without_end_is_cut(self):
        found, report = drafts("14:05 <ana> one\n" + "x" * 5000 + "\n" + "more of it\n" * 30_000, day=SUNDAY)
        assert len(found[0].text) <= MAX_TEXT
        assert "characters" in report.skipped[0].reason

    @pytest.mark.parametrize(
        "line",
        [
            " " * 1990 + "x",
            ":a:  " * 390 + "x",
            "a " * 900 + "14:05",
            "[" * 1900,
            "14:05 " * 300,
            "1/1/1, " * 250,
            "From to : " * 190,
            "-" * 1999,
        ],
    )
    def test_lines_made_to_be_slow_are_not(self, line):
        text = f"Ana  [2:05 PM]\none\n{line}\n" * 50
        assert drafts(text, day=SUNDAY)[0]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_only_text(text):
    for form in (f"14:05 <{text}> {text}\n14:06 <ana> one\n", f"Ana  [2:05 PM]\n{text}\n\n{text}  [2:06 PM]\none\n"):
        found, _ = drafts(form, day=SUNDAY)
        assert found
        assert all(each.text == clean(each.text) and each.who == one_line(each.who) for each in found)


HEADS = st.sampled_from(
    [
        "Ana  [2:05 PM]",
        "[14:05] <ana> ",
        "14:05 ana: ",
        "[15/11/2026, 14:05:12] Ana: ",
        "Ana — Today at 2:05 PM",
        "Today",
        "2:06",
        "Ana Lima",
        "14:05:12 From Ana to Everyone: ",
        "November 15th",
        "3 replies",
        ":eyes: 2",
        "23:59 <a> x",
    ]
)
LINES = st.lists(HEADS | st.text(max_size=20) | st.tuples(HEADS, st.text(max_size=20)).map("".join), max_size=12)


@settings(max_examples=200, deadline=None)
@given(LINES.map("\n".join) | st.text(max_size=200))
def test_any_text_is_read_asked_about_or_refused(text):
    assert 0 <= score(text.encode(errors="replace").decode()) <= 100
    try:
        found, _ = drafts(text, day=SUNDAY)
    except (SourceError, MissingError):
        return
    assert len({each.id for each in found}) == len(found)
    assert all(each.text == clean(each.text) != "" and each.who == one_line(each.who) for each in found)
    assert drafts(text, day=SUNDAY)[0] == found


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=200), st.booleans())
def test_any_bytes_are_read_or_refused(data, headed):
    try:
        found, _ = drafts(b"14:05 <ana> one\n" * headed + data, day=SUNDAY)
    except (SourceError, MissingError):
        return
    assert all(each.text == clean(each.text) for each in found)
