"""GitHub: what REST returns and webhooks send becomes drafts, once each, with what they are signs of."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from facilitator.intake.drafts import Signal
from facilitator.intake.kinds.github import READER
from facilitator.intake.reader import Options, Sample
from facilitator.intake.report import Report
from facilitator.model.text import clean
from tests.intake.real import FOLDER
from tests.intake.text_source import TextSource

OPTIONS = Options(now=datetime(2026, 11, 23, tzinfo=UTC))
REAL = FOLDER / "alerts" / "github"
API = "https://api.github.com/repos/acme/shop"
REPOSITORY = {"full_name": "acme/shop", "pushed_at": 1_794_751_500}


def read(*values: Any):
    report = Report()
    data = "\n".join(json.dumps(value) for value in values).encode()
    return list(READER.read(TextSource("hooks.json", data), OPTIONS, report)), report


def recognised(value: Any) -> int:
    return READER.recognises(Sample("a.json", ["a.json"], json.dumps(value), value))


def deployment(**more: Any) -> dict[str, Any]:
    return {
        "url": f"{API}/deployments/7", "id": 7, "sha": "a" * 40, "ref": "v3.2", "task": "deploy",
        "environment": "production", "creator": {"login": "ana"}, "created_at": "2026-11-15T14:00:00Z",
        "statuses_url": f"{API}/deployments/7/statuses", **more,
    }  # fmt: skip


def status(state: str, number: int = 70, **more: Any) -> dict[str, Any]:
    return {
        "id": number, "state": state, "environment": "production", "creator": {"login": "ana"},
        "created_at": "2026-11-15T14:03:00Z", "deployment_url": f"{API}/deployments/7", **more,
    }  # fmt: skip


def run(**more: Any) -> dict[str, Any]:
    return {
        "id": 5, "name": "Deploy", "head_branch": "main", "head_sha": "b" * 40, "run_number": 163,
        "status": "completed", "conclusion": "success",
        "run_started_at": "2026-11-15T14:00:00Z", "updated_at": "2026-11-15T14:04:00Z",
        "html_url": "https://github.com/acme/shop/actions/runs/5", "actor": {"login": "ana"}, **more,
    }  # fmt: skip


def test_a_deployment_and_its_statuses_share_a_key_and_say_what_they_are():
    drafts, report = read(
        [deployment()],
        [status("in_progress", 70), status("success", 71), status("failure", 72, log_url="https://ci.example/1")],
    )
    assert [draft.text for draft in drafts] == [
        "Deployment of v3.2 to production",
        "Deployment to production: in_progress",
        "Deployment to production: success",
        "Deployment to production: failure",
    ]
    assert {draft.key for draft in drafts} == {"deployment/7"}
    assert [draft.signal for draft in drafts] == [
        Signal.CHANGED, Signal.ROUTINE, Signal.CHANGED, Signal.CHANGE_FAILED,
    ]  # fmt: skip
    assert drafts[0].id == "github:deployment/7"
    assert drafts[0].place == drafts[1].place == "acme/shop"
    assert drafts[3].link == "https://ci.example/1"
    assert (drafts[0].stamp.local, drafts[0].stamp.zone) == (datetime.fromisoformat("2026-11-15T14:00"), "UTC")
    assert not report.skipped


def test_the_webhook_of_a_deployment_status_is_the_same_record_as_that_of_the_api():
    hook = {
        "action": "created", "deployment_status": status("success"), "deployment": deployment(),
        "repository": REPOSITORY, "sender": {"login": "ana"},
    }  # fmt: skip
    (from_hook,), _ = read(hook)
    (from_api,), _ = read([status("success")])
    assert (from_hook.id, from_hook.key) == (from_api.id, from_api.key)
    assert from_hook.text == "Deployment of v3.2 to production: success"
    assert recognised(hook) >= 90


def test_a_release_counts_from_when_it_was_published_and_a_draft_of_one_does_not_count():
    release = {
        "id": 9, "tag_name": "v3.2", "name": "Autumn", "target_commitish": "main", "draft": False, "prerelease": False,
        "created_at": "2026-11-14T10:00:00Z", "published_at": "2026-11-15T13:58:00Z", "author": {"login": "ben"},
        "html_url": "https://github.com/acme/shop/releases/tag/v3.2",
    }  # fmt: skip
    unpublished = {**release, "id": 10, "draft": True, "published_at": None}
    (draft,), report = read([release, unpublished])
    assert draft.text == "Release v3.2: Autumn"
    assert draft.stamp.local == datetime.fromisoformat("2026-11-15T13:58")
    assert (draft.who, draft.signal) == ("ben", Signal.CHANGED)
    assert [each.reason for each in report.skipped] == ["a release that was not published"]
    (edited,), _ = read({"action": "edited", "release": release, "repository": REPOSITORY})
    assert edited.id == draft.id
    nothing, report = read({"action": "deleted", "release": release, "repository": REPOSITORY})
    assert not nothing
    assert "no time" in report.skipped[0].reason


def test_a_run_is_a_span_and_its_states_are_records_of_their_own():
    queued = run(status="queued", conclusion=None)
    drafts, _ = read(
        {"action": "requested", "workflow_run": queued, "repository": REPOSITORY},
        {"action": "completed", "workflow_run": run(), "repository": REPOSITORY},
    )
    assert [draft.text for draft in drafts] == [
        "Workflow Deploy #163 on main: queued",
        "Workflow Deploy #163 on main: success",
    ]
    assert drafts[1].stamp.until == datetime.fromisoformat("2026-11-15T14:04")
    assert len({draft.id for draft in drafts}) == 2
    (failed,), _ = read({"total_count": 1, "workflow_runs": [run(conclusion="failure")]})
    assert failed.signal is None
    assert drafts[1].signal is Signal.ROUTINE


def test_a_push_gives_its_commits_and_itself():
    hook = {
        "ref": "refs/heads/main", "before": "1" * 40, "after": "2" * 40, "forced": False,
        "compare": "https://github.com/acme/shop/compare/1...2", "repository": REPOSITORY, "pusher": {"name": "ana"},
        "commits": [
            {"id": "2" * 40, "message": "Raise the limit\n\nIt was too low", "timestamp": "2026-11-15T14:50:00+01:00",
             "author": {"name": "Ana", "username": "ana"}, "url": "https://github.com/acme/shop/commit/2"},
        ],
    }  # fmt: skip
    (commit, push), report = read(hook)
    assert commit.text == "Raise the limit\n\nIt was too low"
    assert (commit.id, commit.key) == (f"github:commit/{'2' * 40}", "2" * 40)
    assert commit.stamp.zone == "+01:00"
    assert push.text == "Push to main: 1 commit"
    assert push.signal is Signal.CHANGED
    assert push.stamp.zone == "UTC"
    assert not report.skipped


def test_only_a_merged_pull_request_is_a_change():
    pull = {
        "id": 3, "number": 12, "title": "Raise the limit", "merged_at": "2026-11-15T14:10:00Z",
        "merge_commit_sha": "c" * 40,
        "merged_by": {"login": "ben"}, "user": {"login": "ana"}, "base": {"ref": "main"}, "head": {"ref": "limit"},
        "html_url": "https://github.com/acme/shop/pull/12",
    }  # fmt: skip
    (merged,), report = read([pull, {**pull, "id": 4, "number": 13, "merged_at": None}])
    assert merged.text == "Pull request #12 merged into main: Raise the limit"
    assert (merged.who, merged.key, merged.signal, merged.place) == ("ben", "c" * 40, Signal.CHANGED, "acme/shop")
    assert [(each.place, each.reason) for each in report.skipped] == [("item 2", "a pull request that was not merged")]


def test_an_issue_is_opened_and_closed_and_comments_answer_it():
    issue = {
        "id": 30, "number": 4, "title": "Checkout fails", "body": "Since 14:00", "user": {"login": "ana"},
        "state": "closed",
        "created_at": "2026-11-15T14:05:00Z", "closed_at": "2026-11-15T15:00:00Z", "comments": 2,
        "reactions": {"total_count": 5}, "labels_url": f"{API}/issues/4/labels", "repository_url": API,
    }  # fmt: skip
    (opened, closed), _ = read([issue])
    assert (opened.text, closed.text) == (
        "Issue #4 opened: Checkout fails\nSince 14:00",
        "Issue #4 closed: Checkout fails",
    )
    assert (opened.replies, opened.reactions, opened.place) == (2, 5, "acme/shop")
    comment = {"id": 31, "body": "Rolled back", "user": {"login": "ben"}, "created_at": "2026-11-15T14:20:00Z"}
    (said,), _ = read({"action": "created", "issue": issue, "comment": comment, "repository": REPOSITORY})
    assert (said.text, said.thread, said.who, said.signal) == ("Rolled back", opened.id, "ben", Signal.NOTE)


def test_events_without_a_time_are_reported():
    drafts, report = read(
        {"ref": "v1", "ref_type": "tag", "repository": REPOSITORY},
        {"action": "on-demand-test", "repository": REPOSITORY, "sender": {"login": "ana"}},
    )
    assert not drafts
    assert [each.place for each in report.skipped] == ["line 1", "line 2"]


@pytest.mark.skipif(not REAL.is_dir(), reason="the real payloads are not here")
def test_every_real_payload_is_recognised_and_read_or_reported():
    files = sorted(REAL.glob("*.json"))
    read_of = {}
    for file in files:
        report = Report()
        data = file.read_bytes()
        assert READER.recognises(Sample(file.name, [file.name], data[:1000].decode(), json.loads(data))) >= 70, (
            file.name
        )
        drafts = list(READER.read(TextSource(file.name, data), OPTIONS, report))
        assert drafts or report.skipped, file.name
        read_of[file.name] = drafts
    assert len(files) == 60
    assert sum(1 for drafts in read_of.values() if drafts) == 46


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
WHOLE = (deployment(), status("success"), run(), {"deployment": deployment(), "repository": REPOSITORY})


@settings(max_examples=80, deadline=None)
@given(
    st.sampled_from(WHOLE), st.dictionaries(st.sampled_from(sorted({k for w in WHOLE for k in w})), JSON, max_size=6)
)
def test_no_field_of_another_type_stops_the_reading(whole: dict[str, Any], changed: dict[str, Any]):
    value = {**whole, **changed}
    drafts, report = read([value, whole])
    assert len({draft.id for draft in drafts}) == len(drafts)
    assert all(draft.text and clean(draft.text) == draft.text for draft in drafts)
    assert drafts or report.skipped
    recognised(value)
