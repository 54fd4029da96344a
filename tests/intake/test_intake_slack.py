import io
import json
import zipfile
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from facilitator.intake.drafts import Draft
from facilitator.intake.errors import SourceError
from facilitator.intake.kinds.slack import READER
from facilitator.intake.reader import Options
from facilitator.intake.report import Report
from facilitator.intake.sources.opening import opened, sample
from facilitator.model.moments import Precision
from facilitator.model.text import MAX_TEXT, clean, one_line
from tests.hostile import HOSTILE
from tests.intake.real import FOLDER
from tests.intake.text_source import TextSource

NOW = datetime(2026, 11, 23, tzinfo=UTC)
REAL = FOLDER / "slack" / "houstondatavis"
USERS = [
    {"id": "U1", "name": "ana", "real_name": "Ana Lima", "profile": {"display_name": "ana.l", "real_name": "Ana Lima"}},
    {"id": "U2", "name": "ben", "real_name": "Ben Okafor", "profile": {"display_name": "", "real_name": "Ben O."}},
    {"id": "U3", "name": "chloe", "real_name": "", "profile": {"display_name": ""}},
    {"id": "UB", "name": "pager", "real_name": "Pager", "is_bot": True, "profile": {"display_name": ""}},
]
CHANNELS = [{"id": "C1", "name": "incident"}, {"id": "C2", "name": "general"}]
AT = "1763215500.000200"  # 2025-11-15 14:05:00 UTC


def message(text: Any = "the error rate rises", ts: Any = AT, **more: Any) -> dict[str, Any]:
    return {"type": "message", "user": "U1", "text": text, "ts": ts} | more


def exported(files: Mapping[str, Any], **lists: Any) -> bytes:
    held = io.BytesIO()
    lists = {"users": USERS, "channels": CHANNELS, **lists}
    with zipfile.ZipFile(held, "w") as archive:
        for name, value in lists.items():
            if value is not None:
                archive.writestr(f"{name}.json", json.dumps(value))
        for name, value in files.items():
            archive.writestr(name, value if isinstance(value, bytes) else json.dumps(value))
    return held.getvalue()


def read(data: bytes, **options: Any) -> tuple[list[Draft], Report]:
    """Return the drafts, and the report."""
    report = Report()
    with opened(data, report, "export.zip") as source:
        drafts = list(READER.read(source, Options(NOW, **options), report))
    return drafts, report


def one(found: Any, **lists: Any) -> Draft:
    """Return the draft of one message."""
    drafts, report = read(exported({"incident/2025-11-15.json": [found]}, **lists))
    assert not report.skipped, report.skipped
    return drafts[0]


def said(text: str, **more: Any) -> str:
    return one(message(text, **more)).text


class TestAMessage:
    def test_becomes_a_draft_with_its_origin(self):
        draft = one(message())
        assert draft.id == f"slack:C1/{AT}"
        assert (draft.text, draft.who, draft.place) == ("the error rate rises", "ana.l", "incident")
        assert (draft.file, draft.line) == ("incident/2025-11-15.json", 1)
        assert draft.stamp is not None
        assert draft.stamp.local == datetime.fromisoformat("2025-11-15T14:05:00.000200")
        assert (draft.stamp.zone, draft.stamp.precision) == ("UTC", Precision.SECOND)
        assert not draft.thread

    def test_is_by_whom_the_list_of_people_says(self):
        names = [one(message(user=user)).who for user in ("U1", "U2", "U3", "U9")]
        assert names == ["ana.l", "Ben Okafor", "chloe", "U9"]

    def test_without_a_list_is_by_whom_it_says_itself(self):
        profile = {"display_name": "", "real_name": "Dora"}
        assert one(message(user_profile=profile), users=None).who == "Dora"

    def test_of_a_bot_is_by_its_name(self):
        bot = {"type": "message", "subtype": "bot_message", "text": "fires", "ts": AT, "bot_id": "B1"}
        assert one(bot | {"username": "Grafana"}).who == "Grafana"
        assert one(bot | {"bot_profile": {"name": "Alerts"}}).who == "Alerts"
        assert one(bot | {"username": "<@U1|ana>"}).who == "ana.l"
        assert one(bot).who == "B1"

    def test_that_was_edited_stands_as_it_was_left(self):
        assert said("now right", edited={"user": "U1", "ts": "1763215600.000000"}) == "now right"

    def test_counts_its_reactions(self):
        reactions = [{"name": "eyes", "users": ["U1"], "count": 3}, {"name": "+1", "users": ["U2"], "count": 2}]
        assert one(message(reactions=reactions)).reactions == 5

    def test_answers_the_first_of_its_thread(self):
        parent = message(thread_ts=AT, reply_count=2)
        reply = message("restarting", ts="1763215560.000100", thread_ts=AT, parent_user_id="U1")
        late = message("done", ts="1763301960.000100", thread_ts=AT, subtype="thread_broadcast")
        drafts, _ = read(exported({"incident/2025-11-15.json": [parent, reply], "incident/2025-11-16.json": [late]}))
        assert [draft.thread for draft in drafts] == ["", drafts[0].id, drafts[0].id]
        assert drafts[0].replies == 2

    def test_says_its_files(self):
        files = [{"name": "graph.png", "title": "Graph"}, {"mode": "tombstone"}, {"title": "<b>"}]
        assert said("look", files=files) == "look\n[file: graph.png] [file: deleted] [file: <b>]"
        assert said("", files=[{"name": "graph.png"}]) == "[file: graph.png]"
        assert said("", file={"name": "old.png"}) == "[file: old.png]"

    def test_has_a_link_only_when_it_says_one(self):
        assert one(message(permalink="https://x.slack.com/archives/C1/p1")).link == "https://x.slack.com/archives/C1/p1"
        assert not one(message("<https://example.org>")).link

    def test_too_long_is_cut_and_that_is_said(self):
        drafts, report = read(exported({"incident/2025-11-15.json": [message("x" * (MAX_TEXT + 9))]}))
        assert len(drafts[0].text) == MAX_TEXT
        assert "100,000 characters" in report.skipped[0].reason


class TestMarkUp:
    @pytest.mark.parametrize(
        ("written", "read"),
        [
            ("ask <@U2> and <@U9|zoe> and <@U8>", "ask @Ben Okafor and @zoe and @U8"),
            ("in <#C2|general>, <#C2> or <#C9>", "in #general, #general or #C9"),
            (
                "<!here> <!channel|channel> <!everyone> <!subteam^S1|@oncall> <!subteam^S1>",
                "@here @channel @everyone @oncall @S1",
            ),
            ("at <!date^1763215500^{date}|Nov 15>, <!date^1763215500^{time}>", "at Nov 15, 2025-11-15 14:05:00 UTC"),
            ("<!date^99999999999999999999^x> <!date>", "99999999999999999999"),
            ("<https://e.org/?a=1&amp;b=2|the graph>", "the graph (https://e.org/?a=1&b=2)"),
            (
                "<https://e.org> <https://e.org|https://e.org> <http://e.org|e.org>",
                "https://e.org https://e.org http://e.org",
            ),
            ("<mailto:a@e.org|a@e.org> <tel:+123|+123>", "a@e.org +123"),
            ("a &lt; b &amp;&amp; c &gt; d, &amp;lt;", "a < b && c > d, &lt;"),
            ("&lt;@U2&gt; is no mention", "<@U2> is no mention"),
            (":fire: *bold* `code`", ":fire: *bold* `code`"),
            ("a < b and <> stay", "a < b and <> stay"),
        ],
    )
    def test_is_resolved(self, written, read):
        assert said(written) == read


class TestAMessageWithoutText:
    def test_says_its_blocks(self):
        blocks = [
            {"type": "header", "text": {"type": "plain_text", "text": "Alert <1>"}},
            {
                "type": "section",
                "text": {"type": "mrkdwn", "text": "by <@U1>"},
                "fields": [{"type": "mrkdwn", "text": "a &amp; b"}],
            },
            {"type": "context", "elements": [{"type": "mrkdwn", "text": "prod"}]},
            {"type": "divider"},
        ]
        assert said("", blocks=blocks) == "Alert <1>\nby @ana.l\na & b\nprod"

    def test_says_its_rich_text(self):
        piece = {
            "type": "rich_text_section",
            "elements": [
                {"type": "text", "text": "see "},
                {"type": "link", "url": "https://e.org", "text": "graph"},
                {"type": "text", "text": " <@U1> "},
                {"type": "user", "user_id": "U1"},
                {"type": "emoji", "name": "fire"},
            ],
        }
        items = {"type": "rich_text_list", "elements": [piece, piece]}
        line = "see graph (https://e.org) <@U1> @ana.l:fire:"
        assert said("", blocks=[{"type": "rich_text", "elements": [items]}]) == f"{line}\n{line}"

    def test_says_its_attachments(self):
        attachment = {
            "title": "High latency",
            "title_link": "https://e.org/a",
            "text": "p99 is 4 s",
            "fields": [{"title": "Service", "value": "checkout"}, {"title": "Count", "value": 3}],
            "fallback": "not this",
        }
        assert (
            said("", attachments=[attachment])
            == "High latency (https://e.org/a)\np99 is 4 s\nService: checkout\nCount: 3"
        )
        assert said("", attachments=[{"fallback": "only this"}]) == "only this"
        assert said("said", attachments=[attachment]) == "said"

    def test_is_skipped_when_there_is_nothing(self):
        drafts, report = read(
            exported({"incident/2025-11-15.json": [message(""), message(None, ts="1763215501.000000")]})
        )
        assert not drafts
        assert report.reasons == {"nothing is written in it": 2}


class TestAnExport:
    def test_is_recognised(self):
        data = exported({"incident/2025-11-15.json": [message()]})
        with opened(data, Report()) as source:
            assert READER.recognises(sample(source)) > 95

    def test_has_channels_groups_and_direct_messages(self):
        files = {f"{folder}/2025-11-15.json": [message()] for folder in ("incident", "secret", "D1", "mpdm-ana--ben-1")}
        drafts, _ = read(
            exported(
                files,
                groups=[{"id": "G1", "name": "secret"}],
                dms=[{"id": "D1", "members": ["U1", "U2"]}],
                mpims=[{"id": "G2", "name": "mpdm-ana--ben-1", "members": ["U1", "U3"]}],
            )
        )
        assert {draft.id: draft.place for draft in drafts} == {
            f"slack:C1/{AT}": "incident",
            f"slack:D1/{AT}": "ana.l, Ben Okafor",
            f"slack:G1/{AT}": "secret",
            f"slack:G2/{AT}": "ana.l, chloe",
        }

    def test_may_lie_in_a_folder_of_its_own_and_have_people_of_the_whole_organisation(self):
        files = {"teams/ops/channels.json": CHANNELS, "teams/ops/incident/2025-11-15.json": [message()]}
        drafts, _ = read(exported(files, users=None, channels=None, org_users=USERS))
        assert (drafts[0].id, drafts[0].who) == (f"slack:C1/{AT}", "ana.l")

    def test_without_lists_takes_folders_for_channels(self):
        drafts, _ = read(exported({"ops/2025-11-15.json": [message()]}, users=None, channels=None))
        assert (drafts[0].id, drafts[0].place, drafts[0].who) == (f"slack:ops/{AT}", "ops", "U1")

    def test_is_read_in_the_order_of_its_days(self):
        files = {
            f"incident/{day}.json": [message(day, ts=ts)]
            for day, ts in (("2025-11-16", "1763301960.000000"), ("2025-11-15", AT))
        }
        assert [draft.text for draft in read(exported(files))[0]] == ["2025-11-15", "2025-11-16"]

    def test_gives_only_the_channels_asked_for(self):
        data = exported({f"{folder}/2025-11-15.json": [message()] for folder in ("incident", "general")})
        for name in ("incident", "#Incident", "C1"):
            assert {draft.place for draft in read(data, channels=[name])[0]} == {"incident"}
        _, report = read(data, channels=["incident", "nowhere"])
        assert report.skipped[0].place == "channel nowhere"
        with pytest.raises(SourceError, match="it has general, incident"):
            read(data, channels=["nowhere"])

    def test_gives_only_the_time_asked_for(self):
        days = {"2025-11-13": "1763042700.000000", "2025-11-15": AT, "2025-11-17": "1763388300.000000"}
        files = {f"incident/{day}.json": [message(day, ts=ts)] for day, ts in days.items()}
        files["incident/0001-01-01.json"] = files["incident/9999-12-31.json"] = [message("odd", ts="1763215501.000000")]
        since, until = datetime(2025, 11, 15, 14, 5, tzinfo=UTC), datetime(2025, 11, 15, 14, 6, tzinfo=UTC)
        assert [draft.text for draft in read(exported(files), since=since, until=until)[0]] == ["2025-11-15"]
        assert [draft.text for draft in read(exported(files), since=until)[0] if draft.text != "odd"] == ["2025-11-17"]

    def test_leaves_out_what_slack_says_itself_and_counts_it(self):
        subtypes = [
            "channel_join",
            "channel_join",
            "channel_topic",
            "bot_add",
            "tombstone",
            None,
            "me_message",
            "new_kind",
        ]
        found = [message(ts=f"176321550{number}.000000", subtype=each) for number, each in enumerate(subtypes)]
        drafts, report = read(exported({"incident/2025-11-15.json": found}))
        assert len(drafts) == 3
        assert report.reasons["channel_join, which is no part of the conversation"] == 2
        assert report.reasons.total() == 5

    def test_gives_no_message_twice(self):
        files = {
            "incident/2025-11-15.json": [message(), message(), message(ts="1763215600.000000")],
            "incident/2025-11-16.json": [message(), message(ts="1763215550.000000"), message(ts="1763215550.000000")],
        }
        drafts, report = read(exported(files))
        assert [draft.id[-17:] for draft in drafts] == [AT, "1763215600.000000", "1763215550.000000"]
        assert report.reasons == {"the same message for a second time": 3}

    def test_with_two_folders_of_one_channel_gives_no_message_twice(self):
        files = {f"{folder}/2025-11-15.json": [message()] for folder in ("incident", "C1")}
        assert len(read(exported(files))[0]) == 1

    def test_without_days_is_refused(self):
        with pytest.raises(SourceError, match="no messages"):
            read(exported({}))


class TestBrokenParts:
    GOOD = (message("first"), message("last", ts="1763215600.000000"))

    def texts(self, day: Any, **lists: Any) -> tuple[list[str], Report]:
        drafts, report = read(
            exported({"incident/2025-11-15.json": day, "general/2025-11-15.json": [message("whole")]}, **lists)
        )
        return [draft.text for draft in drafts], report

    @pytest.mark.parametrize(
        ("broken", "place"),
        [
            (7, "message 2"),
            (None, "message 2"),
            ({"text": "without a time"}, "message 2"),
            (message(ts="x"), "message 2"),
            (message(ts="99999999999999999999.000000"), "message 2"),
            (message(ts="-1.000000"), "message 2"),
            (message(ts="0.000000"), "message 2"),
            (message(ts=[]), "message 2"),
            (message(ts="1763215500.000200\n"), "message 2"),
        ],
    )
    def test_a_message_that_cannot_be_read_is_named_and_the_rest_is_read(self, broken, place):
        texts, report = self.texts([self.GOOD[0], broken, self.GOOD[1]])
        assert texts == ["whole", "first", "last"]
        assert [(each.file, each.place) for each in report.skipped] == [("incident/2025-11-15.json", place)]

    def test_odd_fields_are_left_out_of_their_message(self):
        odd = message("odd", ts="1763215550.000000") | {
            "user": 5,
            "reactions": [7, {"count": "x"}],
            "reply_count": "2",
            "thread_ts": [],
            "files": {},
            "blocks": 3,
            "attachments": "x",
            "bot_profile": [1],
        }
        texts, report = self.texts([self.GOOD[0], odd, self.GOOD[1]])
        assert texts == ["whole", "first", "odd", "last"]
        assert not report.skipped

    def test_a_time_that_became_a_number_keeps_its_digits(self):
        day = b'[{"text": "a", "ts": 1763215500.0002}, {"text": "b", "ts": 1763215501}]'
        drafts, _ = read(exported({"incident/2025-11-15.json": day}))
        assert [draft.id for draft in drafts] == [f"slack:C1/{AT}", "slack:C1/1763215501.000000"]

    def test_a_file_that_is_cut_off_is_read_as_far_as_it_goes(self):
        texts, report = self.texts(json.dumps([*self.GOOD, message("lost", ts="1763215700.000000")]).encode()[:-40])
        assert texts == ["whole", "first", "last"]
        assert report.skipped[0].place == "message 3"

    def test_reading_goes_on_after_a_break(self):
        for indent in (None, 4):
            first, second, last = (
                json.dumps(each, indent=indent)
                for each in (self.GOOD[0], message("x", reactions=[{"count": 1}]), self.GOOD[1])
            )
            texts, report = self.texts(f"[{first},\n {second.replace('user', chr(34))},\n {last}]".encode())
            assert texts == ["whole", "first", "last"]
            assert [each.place for each in report.skipped] == ["message 2"]

    @pytest.mark.parametrize(
        "day", [b"7", b'"text"', b"<html>no</html>", b"{}", b'{"a": 1}', b"\x00\x01\x02" * 9, b"[" * 100_000]
    )
    def test_a_file_that_is_no_list_is_named(self, day):
        texts, report = self.texts(day)
        assert texts == ["whole"]
        assert report.skipped[0].file == "incident/2025-11-15.json"

    def test_another_encoding_is_read(self):
        text = json.dumps([message("naïve")], ensure_ascii=False)
        for encoding in ("utf-8-sig", "utf-16", "cp1252"):
            assert self.texts(text.encode(encoding))[0] == ["whole", "naïve"]

    def test_halves_of_characters_are_left_out(self):
        assert self.texts(rb'[{"type": "message", "text": "a\ud83d b", "ts": "1763215500.000200"}]')[0] == [
            "whole",
            "a b",
        ]

    def test_lists_that_are_none_are_named_and_messages_read(self):
        texts, report = self.texts(list(self.GOOD), users={"a": 1}, channels=[7, {"name": "x"}])
        assert texts == ["whole", "first", "last"]
        assert {each.file for each in report.skipped} == {"users.json", "channels.json"}

    def test_a_long_run_of_breaks_ends(self):
        drafts, report = read(
            exported({"incident/2025-11-15.json": b'[{"a": ' * 50_000 + b'"' + b"{ " * 50_000}), channels=()
        )
        assert not drafts
        assert report.skipped


class TestAFileAlone:
    def test_of_conversations_history_is_read(self):
        data = json.dumps(
            {"ok": True, "messages": [message("b", ts="1763215600.000000"), message("a")], "has_more": False}
        ).encode()
        assert READER.recognises(sample(TextSource("-", data))) > 80
        drafts, _ = read(data)
        assert [draft.text for draft in drafts] == ["b", "a"]
        assert drafts[0].id == "slack:unknown/1763215600.000000"

    def test_takes_its_channel_from_the_messages_or_the_options(self):
        data = json.dumps([message(channel="C0ABCDEF1")]).encode()
        assert read(data)[0][0].id == f"slack:C0ABCDEF1/{AT}"
        assert read(data, channels=["#ops"])[0][0].id == f"slack:ops/{AT}"

    def test_one_object_a_line_is_read(self):
        data = b"\n".join(json.dumps(message(ts=f"176321550{number}.000000")).encode() for number in range(3))
        assert len(read(data)[0]) == 3

    def test_of_something_else_is_refused(self):
        with pytest.raises(SourceError, match="not of Slack"):
            read(b"14:05 something else")

    @pytest.mark.parametrize(
        "data", [b'{"messages": 1}', b'[{"ts": "1"}]', b'[{"ts": 5}]', b'{"version": "4", "alerts": []}', b"text"]
    )
    def test_of_something_else_is_not_recognised(self, data):
        assert READER.recognises(sample(TextSource("a.json", data))) == 0


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30) | st.sampled_from(HOSTILE[:40]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["type", "text", "elements", "name", "x"]), inner, max_size=4)
    ),
    max_leaves=12,
)
FIELDS = [
    "text", "user", "ts", "thread_ts", "subtype", "reactions", "files", "file", "blocks", "attachments", "username",
    "bot_profile", "user_profile", "reply_count", "channel", "comment", "type", "permalink",
]  # fmt: skip
MESSAGES = st.dictionaries(st.sampled_from(FIELDS), ANYTHING).map(lambda found: message() | found) | ANYTHING


@settings(max_examples=150, deadline=None)
@given(st.lists(MESSAGES, max_size=5), ANYTHING, ANYTHING)
def test_any_json_is_read_or_named(found, users, channels):
    data = exported({"incident/2025-11-15.json": found}, users=users, channels=channels)
    drafts, report = read(data)
    assert len(drafts) + report.reasons.total() >= len(found)
    assert len({draft.id for draft in drafts}) == len(drafts)
    for draft in drafts:
        assert draft.text == clean(draft.text) != ""
        assert draft.who == one_line(draft.who)
        assert draft.place == one_line(draft.place)
    assert read(data)[0] == drafts


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 2000), st.binary(max_size=6), st.integers(0, 2000))
@example(0, b"{", 0)
def test_any_damage_is_survived(at, junk, length):
    data = json.dumps([message(f"number {number}", ts=f"17632155{number:02}.000000") for number in range(9)]).encode()
    at %= len(data)
    data = (data[:at] + junk + data[at + len(junk) :])[: len(data) - length % 600]
    drafts, report = read(exported({"incident/2025-11-15.json": data, "general/2025-11-15.json": [message()]}))
    assert drafts[0].place == "general"
    assert len({draft.id for draft in drafts}) == len(drafts)
    assert len(drafts) == 10 or report.skipped or junk


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_only_text(text):
    drafts, _ = read(
        exported({"incident/2025-11-15.json": [message(text), message("x", ts="1763215600.000000", username=text)]})
    )
    assert all(draft.text == clean(draft.text) and draft.who == one_line(draft.who) for draft in drafts)


@pytest.mark.skipif(not REAL.is_dir(), reason="the real export is not here")
def test_a_real_export_is_read_without_an_error():
    report = Report()
    with opened(REAL, report) as source:
        drafts = list(READER.read(source, Options(NOW), report))
    assert len(drafts) + report.reasons.total() == 1382
    assert all("no part of the conversation" in reason for reason in report.reasons)
    assert len({draft.id for draft in drafts}) == len(drafts)
    assert all(draft.who and "<@" not in draft.text + draft.who for draft in drafts)
