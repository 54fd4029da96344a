"""Tables of other tools: their columns are told by name and content, and each bad row is reported by its line."""

import csv
import io
import json
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from facilitator.intake.errors import MissingError, Need
from facilitator.intake.kinds.columns import READER
from facilitator.intake.reader import Options
from facilitator.intake.report import Report
from facilitator.intake.sources.sampling import sample
from facilitator.model.moments import Precision
from facilitator.model.text import clean, paragraphs
from tests.intake.real import FOLDER
from tests.intake.text_source import TextSource

NOW = datetime(2026, 11, 23, tzinfo=UTC)
PEERIO = FOLDER / "catalogues" / "peerio" / "outages.json"


def read(data: str | bytes, name: str = "a.csv", **options: Any):
    report = Report()
    source = TextSource(name, data.encode() if isinstance(data, str) else data)
    return list(READER.read(source, Options(now=NOW, **options), report)), report


def recognised(data: str) -> int:
    return READER.recognises(sample(TextSource("a.csv", data.encode())))


def told(drafts: list[Any]) -> list[tuple[str, str]]:
    return [(f"{draft.stamp.local:%m-%d %H:%M:%S}", draft.text) for draft in drafts]


ONE = [("11-15 14:05:01", "boom, again")]


@pytest.mark.parametrize(
    "text",
    [
        'message,datetime,timestamp_desc\n"boom, again",2026-11-15T14:05:01+00:00,Written\n',
        '"@timestamp","host.name",message\n"Nov 15, 2026 @ 14:05:01.000",web1,"boom, again"\n',
        '_time,_raw,host\n2026-11-15T14:05:01.000+0000,"boom, again",web1\n',
        "sep=;\nZeitpunkt;Beschreibung;Wer\n15.11.2026 14:05:01;boom, again;Ana\n",
        "Date\tTime\tEvent\n11/15/2026\t2:05:01 PM\tboom, again\n",
        "timestamp|level|message\n2026/11/15 14:05:01|ERROR|boom, again\n",
        'Date,tsNs,Line\n2026-11-15T14:05:01.000Z,1794751501000000000,"boom, again"\n',
        'Level,Date and Time,Source,Task Category\nError,11/15/2026 2:05:01 PM,SCM,None,"boom, again"\n',
        "\ufeffCreated At (UTC),Summary\n2026-11-15 14:05:01,boom, again\n",
    ],
)
def test_exports_of_many_tools_are_read(text: str):
    drafts, report = read(text)
    assert told(drafts) == ONE
    assert not report.skipped
    assert recognised(text) >= 70


@pytest.mark.parametrize(
    "value",
    [
        [{"timestamp": "2026-11-15T14:05:01Z", "severity": "ERROR", "jsonPayload": {"message": "boom, again"}}],
        {"hits": {"hits": [{"_source": {"@timestamp": "2026-11-15T14:05:01Z", "message": "boom, again"}}]}},
        {"data": {"result": [{"stream": {"host": "web1"}, "values": [["1794751501000000000", "boom, again"]]}]}},
        {"events": [{"timestamp": 1794751501000, "message": "boom, again", "logStreamName": "web1"}]},
        [{"time": 1794751501000, "timeEnd": 1794751561000, "text": "boom, again"}],
        {"__REALTIME_TIMESTAMP": "1794751501000000", "MESSAGE": "boom, again", "_HOSTNAME": "web1"},
        {"log": "boom, again\n", "stream": "stderr", "time": "2026-11-15T14:05:01.000000001Z"},
        {"preview": False, "result": {"_time": "2026-11-15T14:05:01.000+00:00", "_raw": "boom, again"}},
    ],
)
def test_json_of_many_tools_is_read(value: Any):
    drafts, _ = read(json.dumps(value), "a.json")
    assert told(drafts) == ONE
    assert drafts[0].stamp.zone == "UTC"
    assert recognised(json.dumps(value)) == 42


def test_who_where_and_links_are_told_and_a_span_has_its_end():
    text = "start,end,title,description,author,service,url,zone\n2026-11-15 14:00,2026-11-15 15:00,Slow,All of it,ana,shop,https://a.example/1,CET\n"
    (draft,), _ = read(text)
    assert (draft.text, draft.who, draft.place, draft.link) == ("Slow\nAll of it", "ana", "shop", "https://a.example/1")
    assert draft.stamp.until == datetime.fromisoformat("2026-11-15T15:00")
    assert (draft.stamp.zone, draft.stamp.precision) == ("+01:00", Precision.MINUTE)
    (draft,), _ = read(text.replace("https:", "javascript:"))
    assert not draft.link


def test_times_of_day_are_on_the_day_that_was_named_and_go_on_past_midnight():
    text = "time,event\n23:55,fires\n00:10,ends\n"
    with pytest.raises(MissingError) as missing:
        read(text)
    assert missing.value.need is Need.DAY
    drafts, _ = read(text, day=date(2026, 11, 15))
    assert [draft.stamp.local.day for draft in drafts] == [15, 16]


def test_columns_that_cannot_be_told_are_asked_for_and_can_be_named():
    text = "A,B,C\nx,2026-11-15 14:05:01,y\n"
    with pytest.raises(MissingError) as missing:
        read("A,B,C\n1,2,3\n")
    assert (missing.value.need, missing.value.found) == (Need.COLUMNS, ("A", "B", "C"))
    drafts, _ = read(text, columns={"time": "b", "text": "C", "who": "A"})
    assert [(draft.text, draft.who) for draft in drafts] == [("y", "x")]
    with pytest.raises(MissingError, match="no column"):
        read(text, columns={"time": "D"})


def test_without_a_header_the_content_tells():
    drafts, _ = read("2026-11-15 14:05:01;web1;the alert fires\n2026-11-15 14:06:01;web1;the alert ends\n")
    assert [draft.text for draft in drafts] == ["the alert fires", "the alert ends"]


def test_days_that_may_be_read_in_two_ways_are_decided_by_all_rows_or_reported():
    rows = [f"03/04/2026 14:{minute:02},event {minute}" for minute in range(30)] * 10
    drafts, report = read("\n".join(["time,event", *rows, "03/13/2026 09:00,last"]))
    assert drafts[0].stamp.local.date() == date(2026, 3, 4)
    assert not report.skipped
    drafts, report = read("\n".join(["time,event", *rows]))
    assert len(drafts) == 300
    assert "two ways" in report.skipped[0].reason


def test_a_bad_row_takes_no_other_along():
    text = (
        "time,event\n2026-11-15 14:00:00,a\nno time,b\n2026-11-15 14:01:00,\"never closed\n2026-11-15 14:02:00,c\n"
        '2026-11-15 14:03:00\n2026-11-15 14:04:00,"two\nlines"\n9999-99-99 00:00:00,d\n' + "x" * 1_000_001 + "\n"
        "2026-11-15 14:05:00,e\n"
    )  # fmt: skip
    drafts, report = read(text)
    assert [(draft.text, draft.line) for draft in drafts] == [("a", 2), ("c", 5), ("two\nlines", 7), ("e", 11)]
    assert sorted(each.place for each in report.skipped) == ["line 10", "line 3", "line 4", "line 6", "line 9"]


def test_formulas_and_commands_are_plain_text():
    drafts, _ = read("time,event\n2026-11-15 14:00:00,=cmd|' /C calc'!A0\n2026-11-15 14:00:01,\x1b[31mred\x1b[0m\n")
    assert [draft.text for draft in drafts] == ["=cmd|' /C calc'!A0", "red"]


def test_other_encodings_are_read():
    text = "time\tmessage\n2026-11-15 14:05:01\tboom, again ñ\n"
    for data in (text.encode("utf-16"), text.encode("utf-16-le"), text.encode("cp1252"), text.encode("utf-8-sig")):
        drafts, _ = read(data)
        assert [draft.text for draft in drafts] == ["boom, again ñ"]


def test_one_bad_line_among_many_of_json_is_reported():
    lines = [json.dumps({"ts": 1794751501 + number, "msg": f"event {number}"}) for number in range(1000)]
    lines[500] = '{"ts": 17947515'
    drafts, report = read("\n".join(lines), "a.jsonl")
    assert len(drafts) == 999
    assert [(each.place, each.reason) for each in report.skipped] == [("line 501", "not JSON")]


def test_a_file_that_has_grown_gives_the_same_ids():
    rows = ["time,event", *["2026-11-15 14:00:00,the same"] * 3]
    before, _ = read("\n".join(rows))
    after, _ = read("\n".join([*rows, "2026-11-15 14:00:00,the same", "2026-11-15 14:01:00,more"]))
    assert [draft.id for draft in before] == [draft.id for draft in after[:3]]
    assert len({draft.id for draft in after}) == 5


@pytest.mark.skipif(not PEERIO.is_file(), reason="the catalogue is not here")
def test_the_entries_of_a_real_catalogue_are_read_with_where_they_were():
    drafts, report = read(PEERIO.read_bytes(), "outages.json")
    assert len(drafts) == len({draft.id for draft in drafts}) == 473
    assert {draft.stamp.zone for draft in drafts} == {"UTC"}
    assert drafts[0].place == "staging"
    assert len(report.skipped) == 76


WORDS = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Cf", "Co", "Cn")) | st.sampled_from('\n",;\t|'),
    min_size=1,
    max_size=30,
)


@settings(max_examples=100, deadline=None)
@given(
    st.lists(WORDS.filter(lambda words: bool(paragraphs(words).strip())), min_size=1, max_size=6),
    st.sampled_from(",;\t|"),
)
def test_what_the_standard_library_writes_is_read_back(words: list[str], separator: str):
    out = io.StringIO()
    writer = csv.writer(out, delimiter=separator)
    writer.writerow(["time", "who", "text"])
    writer.writerows([f"2026-11-15 14:{minute:02}:00", "ana", each] for minute, each in enumerate(words))
    drafts, report = read(out.getvalue(), columns={"time": "time", "text": "text", "who": "who"})
    assert [draft.text for draft in drafts] == [paragraphs(each).strip() for each in words]
    assert not report.skipped


@settings(max_examples=150, deadline=None)
@given(
    st.binary(max_size=200)
    | st.lists(
        st.sampled_from(['"', ",", "\n", "time", "2026-11-15 14:05:01", "text", "03/04/2026", ";", "\r", "\0", "a b"]),
        max_size=40,
    ).map(lambda parts: "".join(parts).encode())
)
def test_any_bytes_are_read_reported_or_asked_about(data: bytes):
    try:
        drafts, _ = read(data, day=date(2026, 11, 15))
    except MissingError:
        return
    assert len({draft.id for draft in drafts}) == len(drafts)
    assert all(draft.text and clean(draft.text) == draft.text for draft in drafts)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=10) | st.just("2026-11-15T14:05:01Z"),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["time", "message", "host", "events", "user", "x"]), inner, max_size=4)
    ),
    max_leaves=15,
)


@settings(max_examples=150, deadline=None)
@given(JSON)
def test_any_json_is_read_reported_or_asked_about(value: Any):
    recognised(json.dumps(value))
    try:
        drafts, _ = read(json.dumps(value), "a.json", day=date(2026, 11, 15))
    except MissingError:
        return
    assert len({draft.id for draft in drafts}) == len(drafts)
    assert all(draft.text and clean(draft.text) == draft.text for draft in drafts)


def test_deep_nesting_is_reported():
    drafts, report = read("[" * 100_000, "a.json")
    assert not drafts
    assert report.skipped
