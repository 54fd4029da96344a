"""What git prints becomes drafts, in whichever form it was asked for."""

from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from facilitator.intake.drafts import Signal
from facilitator.intake.kinds.git_log import READER
from facilitator.intake.reader import Options, Sample
from facilitator.intake.report import Report
from facilitator.model.moments import Precision
from facilitator.model.text import clean
from tests.intake.text_source import TextSource

OPTIONS = Options(now=datetime(2026, 11, 23, tzinfo=UTC))
A, B, C = "a1" * 20, "b2" * 20, "c3" * 20

FULLER = f"""commit {A} (HEAD -> main, tag: v3.2)
Merge: 1111111 2222222
Author:     Ana Lima <ana@example.com>
AuthorDate: Sat Nov 14 09:00:00 2026 +0100
Commit:     Ben <ben@example.com>
CommitDate: Sun Nov 15 14:05:01 2026 +0100

    Merge branch 'limit'

    The pool was too small.
    * 50 instead of 5

 shop/pool.py | 12 ++++++------
 1 file changed, 6 insertions(+), 6 deletions(-)

diff --git a/shop/pool.py b/shop/pool.py
--- a/shop/pool.py
+++ b/shop/pool.py
@@ -1,3 +1,3 @@
     unchanged = 1
-    size = 5
+    size = 50

commit {B}
Author: Ben <ben@example.com>
Date:   3 days ago

    Later
"""


def read(text: str):
    report = Report()
    return list(READER.read(TextSource("log.txt", text.encode()), OPTIONS, report)), report


def recognised(text: str) -> int:
    return READER.recognises(Sample("log.txt", ["log.txt"], text))


def test_a_commit_has_its_whole_message_and_the_time_at_which_it_was_committed():
    (merge,), report = read(FULLER)
    assert merge.text == "Merge branch 'limit'\n\nThe pool was too small.\n* 50 instead of 5"
    assert (merge.id, merge.key, merge.who, merge.line) == (f"git:{A}", A, "Ana Lima", 1)
    assert (merge.stamp.local, merge.stamp.zone) == (datetime.fromisoformat("2026-11-15T14:05:01"), "+01:00")
    assert merge.signal is Signal.CHANGED
    assert [(each.place, each.reason) for each in report.skipped] == [
        ("line 24", "a time that cannot be read: 3 days ago")
    ]
    assert recognised(FULLER) >= 90


def test_every_form_of_the_date_is_read():
    forms = {
        "Sun Nov 15 14:05:01 2026 +0100": (datetime.fromisoformat("2026-11-15T14:05:01"), "+01:00"),
        "2026-11-15 14:05:01 +0100": (datetime.fromisoformat("2026-11-15T14:05:01"), "+01:00"),
        "2026-11-15T14:05:01+01:00": (datetime.fromisoformat("2026-11-15T14:05:01"), "+01:00"),
        "Sun, 15 Nov 2026 14:05:01 +0100": (datetime.fromisoformat("2026-11-15T14:05:01"), "+01:00"),
        "Sun Nov 15 14:05:01 2026": (datetime.fromisoformat("2026-11-15T14:05:01"), ""),
        "1794747901": (datetime.fromisoformat("2026-11-15T13:05:01"), "UTC"),
        "1794747901 +0100": (datetime.fromisoformat("2026-11-15T13:05:01"), "UTC"),
    }
    for written, (local, zone) in forms.items():
        (draft,), _ = read(f"commit {A}\nAuthor: Ana <a@b>\nDate:   {written}\n\n    Raise the limit\n")
        assert (draft.stamp.local, draft.stamp.zone) == (local, zone), written
    (draft,), _ = read(f"commit {A}\nAuthor: Ana <a@b>\nDate:   2026-11-15\n\n    Raise the limit\n")
    assert draft.stamp.precision is Precision.DAY


def test_one_commit_a_line_is_read_in_any_order_and_with_any_sign_between():
    when = "2026-11-15T14:05:01+01:00"
    lines = {
        f"{A}\t{when}\tAna Lima\tfix: a | b, c": ("Ana Lima", "fix: a | b, c"),
        f"{A[:8]}|Ana Lima|{when}|fix: a, b": ("Ana Lima", "fix: a, b"),
        f"{A[:8]},{when},fix it": ("", "fix it"),
        f"{A[:8]} {when} fix it": ("", "fix it"),
        f"{A[:8]} (fix it, 2026-11-15)": ("", "fix it"),
    }
    for line, (who, text) in lines.items():
        (draft,), _ = read(line)
        assert (draft.who, draft.text, draft.stamp.local.date().isoformat()) == (who, text, "2026-11-15"), line
        assert recognised(f"{line}\n{line}\n") == 80


def test_oneline_has_no_times_and_that_is_said_with_what_to_do():
    text = f"{A[:8]} (HEAD -> main) fix it\n{B[:8]} Second\n"
    drafts, report = read(text)
    assert not drafts
    assert recognised(text) == 60
    assert len(report.skipped) == 2
    assert "--format=" in report.skipped[0].reason


def test_a_drawn_graph_is_not_in_the_way():
    text = (
        f"*   commit {A}\n|\\  Merge: 111 222\n| | Author: Ana <a@b>\n| | Date:   2026-11-15 14:05:01 +0000\n| | \n"
        f"| |     Merge it\n| | \n| * commit {B}\n|/  Author: Ben <a@b>\n|   Date:   2026-11-15 14:00:01 +0000\n|   \n"
        "|       Do it\n"
    )
    drafts, report = read(text)
    assert [(draft.text, draft.who) for draft in drafts] == [("Merge it", "Ana"), ("Do it", "Ben")]
    assert not report.skipped


def test_the_same_commit_is_read_once():
    drafts, report = read(FULLER + FULLER)
    assert len(drafts) == 1
    assert report.reasons["the same commit again"] == 1


def test_times_and_prose_are_not_taken_for_commits():
    for text in (
        "1700000000 boom\n1700000001 boom\n",
        "defaced the wall\ndefaced it\n",
        "14:05 alert\n14:06 ack\n",
        "",
    ):
        assert recognised(text) == 0, text


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.sampled_from([*FULLER.split("\n"), f"{C}\t2026-11-15\tAna\tx", "\x1b]0;x\x07"]) | st.text(max_size=40))
)
def test_any_lines_are_read_or_reported(lines: list[str]):
    text = "\n".join(lines)
    drafts, _ = read(text)
    recognised(text)
    assert len({draft.id for draft in drafts}) == len(drafts)
    assert all(draft.text and draft.stamp and clean(draft.text) == draft.text for draft in drafts)
