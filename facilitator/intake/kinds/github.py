"""GitHub: deployments and their statuses, releases, workflow runs, checks, commits, merges, issues and comments.

Both as the REST API returns them and as webhooks send them. An event for which GitHub says no time is reported.
"""

from collections.abc import Iterator, Mapping

import msgspec

from facilitator.intake.drafts import Draft, Signal, origin
from facilitator.intake.payloads.github_parts import (
    count_of,
    id_of,
    joined,
    key_of,
    last_number,
    login,
    of_check,
    parts,
    place_of,
    reactions_to,
    span_of,
)
from facilitator.intake.payloads.records import (
    Desk,
    Record,
    field_at,
    first_line,
    line_at,
    link_at,
    list_at,
    text_at,
    time_at,
    with_detail,
)
from facilitator.intake.payloads.shapes import Shape, reader

_STATES = {
    "success": Signal.CHANGED,
    "failure": Signal.CHANGE_FAILED,
    "error": Signal.CHANGE_FAILED,
}
_EMPTY = "0" * 40


def _deployment_status(record: Record, desk: Desk) -> Iterator[Draft]:
    """Read the status of a deployment: that it has begun, succeeded or failed."""
    status, deployment = parts(record, "deployment_status")
    outer = field_at(record.value, "deployment")
    state = line_at(status, "state")
    number = (
        line_at(outer, "id") or last_number(field_at(status, "deployment_url")) or last_number(field_at(status, "url"))
    )
    environment = line_at(status, "environment") or line_at(outer, "environment")
    ref = line_at(outer, "ref")
    text = with_detail(joined("Deployment", ref and f"of {ref}", environment and f"to {environment}") + f": {state}",
                       text_at(status, "description"))  # fmt: skip
    yield from desk.draft(
        record,
        id_of("deployment_status", status),
        text,
        time_at(status, "created_at", "updated_at"),
        signal=_STATES.get(state, Signal.ROUTINE),
        who=login(status, "creator"),
        place=place_of(record, status, deployment),
        link=link_at(status, "log_url", "target_url", "environment_url"),
        key=f"deployment/{number}" if number else "",
    )


def _deployment(record: Record, desk: Desk) -> Iterator[Draft]:
    """Read a deployment that was asked for; its statuses say what came of it."""
    value, _ = parts(record, "deployment")
    task, ref = line_at(value, "task"), line_at(value, "ref")
    environment = line_at(value, "environment")
    title = joined("Deployment", ref and f"of {ref}", environment and f"to {environment}")
    if task and task != "deploy":
        title = f"{title} ({task})"
    yield from desk.draft(
        record,
        id_of("deployment", value),
        with_detail(title, text_at(value, "description")),
        time_at(value, "created_at"),
        paths=("created_at",),
        signal=Signal.CHANGED,
        who=login(value, "creator"),
        place=place_of(record, value),
        link=link_at(value, "html_url"),
        key=key_of("deployment", value),
    )


def _release(record: Record, desk: Desk) -> Iterator[Draft]:
    """Read a release as it was published."""
    value, _ = parts(record, "release")
    if line_at(record.value, "action") in ("deleted", "unpublished"):
        desk.skip(record, "GitHub says no time of a release that was taken back")
        return
    tag, name = line_at(value, "tag_name"), line_at(value, "name")
    if field_at(value, "draft") is True and time_at(value, "published_at") is None:
        desk.skip(record, "a release that was not published")
        return
    kind = "Pre-release" if field_at(value, "prerelease") is True else "Release"
    yield from desk.draft(
        record,
        id_of("release", value),
        f"{kind} {tag}: {name}" if name and name != tag else f"{kind} {tag or name}",
        time_at(value, "published_at", "created_at"),
        paths=("published_at", "created_at"),
        signal=Signal.CHANGED,
        who=login(value, "author"),
        place=place_of(record, value),
        link=link_at(value, "html_url"),
        key=f"release/{tag}" if tag else "",
    )


def _run(record: Record, desk: Desk) -> Iterator[Draft]:
    """Read a run of a workflow, from its start to its end."""
    value, _ = parts(record, "workflow_run")
    name = first_line(value, "name", "display_title") or line_at(record.value, "workflow", "name")
    conclusion = line_at(value, "conclusion")
    state = conclusion or line_at(value, "status")
    number, branch = line_at(value, "run_number"), line_at(value, "head_branch")
    title = joined("Workflow", name, number and f"#{number}", branch and f"on {branch}")
    yield from desk.draft(
        record,
        id_of("run", value, line_at(value, "run_attempt") or "1", *([] if conclusion else [state])),
        with_detail(f"{title}: {state}" if state else title, line_at(value, "display_title")),
        span_of(value, ("run_started_at", "created_at"), ("updated_at",) if conclusion else ()),
        paths=("run_started_at", "created_at"),
        signal=of_check(state),
        who=login(value, "triggering_actor") or login(value, "actor"),
        place=place_of(record, value),
        link=link_at(value, "html_url"),
        key=key_of("run", value),
    )


def _check(record: Record, desk: Desk) -> Iterator[Draft]:
    """Read a check of a commit, from its start to its end."""
    value, _ = parts(record, "check_run")
    name, state = line_at(value, "name"), line_at(value, "conclusion") or line_at(value, "status")
    title = f"Check {name}: {state}" if state else f"Check {name}"
    yield from desk.draft(
        record,
        id_of("check_run", value, *([] if line_at(value, "conclusion") else [state])),
        with_detail(title, line_at(value, "output", "title")),
        span_of(value, ("started_at", "created_at", "completed_at"), ("completed_at",)),
        paths=("started_at", "completed_at"),
        signal=of_check(state),
        who="",
        place=place_of(record, value),
        link=link_at(value, "html_url", "details_url"),
        key=key_of("check_run", value),
    )


def _commit_status(record: Record, desk: Desk) -> Iterator[Draft]:
    """Read the status that a system has put on a commit."""
    value = record.value
    state, context = line_at(value, "state"), line_at(value, "context")
    yield from desk.draft(
        record,
        id_of("status", value),
        with_detail(f"Status {context}: {state}", text_at(value, "description")),
        time_at(value, "created_at", "updated_at"),
        paths=("created_at",),
        signal=of_check(state),
        who=login(value, "creator") or login(value, "sender"),
        place=place_of(record, value),
        link=link_at(value, "target_url", "commit.html_url"),
    )


def _commit(record: Record, desk: Desk) -> Iterator[Draft]:
    """Read a commit of the REST API."""
    value = record.value
    sha = line_at(value, "sha")
    yield from desk.draft(
        record,
        ("commit", sha) if sha else (),
        text_at(value, "commit", "message"),
        time_at(value, "commit.committer.date", "commit.author.date"),
        paths=("commit.committer.date", "commit.author.date"),
        signal=Signal.CHANGED if len(list_at(value, "parents")) > 1 else None,
        who=login(value, "author") or line_at(value, "commit", "author", "name"),
        place=place_of(record, value),
        link=link_at(value, "html_url"),
        key=sha,
    )


def _push(record: Record, desk: Desk) -> Iterator[Draft]:
    """Read a push: its commits, and that it was done, at the time that the repository says."""
    value = record.value
    for commit in _pushed(record):
        sha = line_at(commit.value, "id")
        yield from desk.draft(
            commit,
            ("commit", sha) if sha else (),
            text_at(commit.value, "message"),
            time_at(commit.value, "timestamp"),
            paths=("timestamp",),
            who=first_line(commit.value, "author.username", "author.name"),
            place=place_of(record, commit.value),
            link=link_at(commit.value, "url"),
            key=sha,
        )
    ref = line_at(value, "ref").removeprefix("refs/heads/").removeprefix("refs/")
    done = "deleted" if line_at(value, "after") == _EMPTY else "created" if line_at(value, "before") == _EMPTY else ""
    number = len(list_at(value, "commits"))
    how = "forced, " if field_at(value, "forced") is True else ""
    detail = done or f"{how}{number} commit{'' if number == 1 else 's'}"
    pushed = field_at(value, "repository", "pushed_at")
    yield from desk.draft(
        record,
        ("push", ref, line_at(value, "before")[:40], line_at(value, "after")[:40]),
        f"Push to {ref}: {detail}",
        time_at(value, "repository.pushed_at", "head_commit.timestamp") if pushed else None,
        signal=Signal.CHANGED,
        who=first_line(value, "pusher.name", "sender.login"),
        place=place_of(record, value),
        link=link_at(value, "compare"),
        key=f"push/{line_at(value, 'after')}" if line_at(value, "after") not in ("", _EMPTY) else "",
    )


def _pushed(record: Record) -> Iterator[Record]:
    for number, commit in enumerate(list_at(record.value, "commits"), 1):
        if isinstance(commit, Mapping):
            yield record.inner(commit, "commit", number)


def _pull_request(record: Record, desk: Desk) -> Iterator[Draft]:
    """Read a pull request that was merged."""
    value, _ = parts(record, "pull_request")
    merged = time_at(value, "merged_at", "pull_request.merged_at")
    if merged is None:
        desk.skip(record, "a pull request that was not merged")
        return
    number, base = line_at(value, "number"), line_at(value, "base", "ref")
    title = joined("Pull request", number and f"#{number}", "merged", base and f"into {base}")
    yield from desk.draft(
        record,
        id_of("pull_request", value),
        f"{title}: {line_at(value, 'title')}",
        merged,
        signal=Signal.CHANGED,
        who=login(value, "merged_by") or login(value, "user"),
        place=place_of(record, value),
        link=link_at(value, "html_url"),
        key=line_at(value, "merge_commit_sha"),
    )


def _issue(record: Record, desk: Desk) -> Iterator[Draft]:
    """Read an issue: that it was opened, and that it was closed."""
    value, _ = parts(record, "issue")
    if isinstance(value.get("pull_request"), Mapping):
        yield from _pull_request(record, desk)
        return
    number, title = line_at(value, "number"), line_at(value, "title")
    name = f"Issue #{number}" if number else "Issue"
    place, link = place_of(record, value), link_at(value, "html_url")
    opened = desk.draft(
        record,
        id_of("issue", value),
        with_detail(f"{name} opened: {title}", text_at(value, "body")),
        time_at(value, "created_at"),
        paths=("created_at",),
        who=login(value, "user"),
        place=place,
        link=link,
        key=key_of("issue", value),
    )
    for draft in opened:
        yield msgspec.structs.replace(draft, replies=count_of(value, "comments"), reactions=reactions_to(value))
    closed = time_at(value, "closed_at")
    if closed is not None and line_at(value, "state") != "open":
        yield from desk.draft(
            record,
            id_of("issue", value, "closed"),
            f"{name} closed: {title}",
            closed,
            who=login(value, "closed_by"),
            place=place,
            link=link,
            key=key_of("issue", value),
        )


def _comment(record: Record, desk: Desk) -> Iterator[Draft]:
    """Read a comment on an issue, a pull request or a commit."""
    value, _ = parts(record, "comment")
    if line_at(record.value, "action") == "deleted":
        desk.skip(record, "a comment that was deleted")
        return
    issue = line_at(record.value, "issue", "id")
    made = desk.draft(
        record,
        id_of("comment", value),
        text_at(value, "body"),
        time_at(value, "created_at", "updated_at"),
        paths=("created_at",),
        signal=Signal.NOTE,
        who=login(value, "user"),
        place=place_of(record, value),
        link=link_at(value, "html_url"),
    )
    thread = origin(desk.kind, "issue", issue) if issue else ""
    for draft in made:
        yield msgspec.structs.replace(draft, thread=thread, reactions=reactions_to(value))


def _without_time(record: Record, desk: Desk) -> Iterator[Draft]:
    """Report an event that has no time of its own."""
    what = line_at(record.value, "ref_type") or line_at(record.value, "action") or "event"
    desk.skip(record, f"GitHub says no time of this event ({what})")
    return iter(())


_EVENT = "repository.full_name"
_SHAPES = (
    Shape(_deployment_status, ("deployment_status{}", "deployment_status.state")),
    Shape(_deployment, ("deployment{}", "deployment.sha")),
    Shape(_release, ("release{}", "release.tag_name", _EVENT)),
    Shape(_run, ("workflow_run{}", "workflow_run.head_sha", _EVENT)),
    Shape(_check, ("check_run{}", "check_run.head_sha")),
    Shape(_comment, ("comment{}", "comment.body", _EVENT)),
    Shape(_pull_request, ("pull_request{}", "pull_request.number", _EVENT)),
    Shape(_issue, ("issue{}", "issue.number", _EVENT)),
    Shape(_push, ("ref", "before", "after", "commits[]")),
    Shape(_push, ("ref", "before", "after", _EVENT)),
    Shape(
        _commit_status, ("context", "sha|target_url|avatar_url", "state=success|failure|error|pending", "created_at")
    ),
    Shape(_without_time, ("ref", "ref_type", _EVENT)),
    Shape(_deployment_status, ("state", "deployment_url", "created_at")),
    Shape(_deployment, ("sha", "environment", "task|statuses_url", "created_at")),
    Shape(_release, ("tag_name", "target_commitish|assets_url|tarball_url|html_url")),
    Shape(_run, ("head_sha", "run_number|workflow_id", "status")),
    Shape(_check, ("head_sha", "started_at", "name", "status")),
    Shape(_commit, ("sha", "commit{}", "commit.message")),
    Shape(_pull_request, ("number", "title", "head{}", "base{}")),
    Shape(_issue, ("number", "title", "comments_url|repository_url|labels_url")),
    Shape(_comment, ("body", "issue_url|pull_request_url", "created_at")),
    Shape(_without_time, ("action", _EVENT, "sender.login"), sure=70),
)

READER = reader("github", "GitHub", _SHAPES)
