"""`facilitator review` and `facilitator approve`: a draft goes round, and what people say comes back."""

import json
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import Result

from facilitator.model import edits
from facilitator.model.changes import inverse
from facilitator.model.moments import Moment
from facilitator.model.review_items import ApprovedPart
from facilitator.model.session import Entry, Factor, Impact, Participant, Session, Severity, Status
from facilitator.review.approvals import Standing, standing
from facilitator.store.ids import new_id
from facilitator.store.steps import Recorded, Turn
from facilitator.store.store import Store

Run = Callable[..., Result]
Make = Callable[..., Session]
AT = datetime(2026, 11, 15, 14, 22, tzinfo=UTC)


@pytest.fixture
def session(make: Make) -> Session:
    return make(
        severity=Severity.SEV2,
        services=("checkout",),
        summary="Checkout failed for 40 minutes.",
        impact=Impact(prose="About 4,000 people could not pay."),
        timeline=(Entry(id=new_id(), rank=1.0, at=Moment(AT), text="The alert fires"),),
        factors=(Factor(id=new_id(), rank=1.0, text="Staging has no load", root_cause=True),),
    )


@pytest.fixture
def there(store: Store, session: Session) -> Callable[[], Session]:
    """Return the session as it is in the store now."""
    return lambda: store.open(session.id).session


def test_a_draft_is_sent_round_and_people_are_asked(run: Run, session: Session, there: Callable[[], Session]) -> None:
    result = run("review", session.id, "--begin", "--hours", "24", "--ask", "@alice", "--ask", "security=@bob")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "in review for 24 hours" in result.stderr
    found = there()
    assert found.status is Status.IN_REVIEW
    assert found.review_until is not None
    assert timedelta(hours=23) < found.review_until - datetime.now(UTC) <= timedelta(hours=24)
    assert [(each.text, each.part) for each in found.review_requests] == [
        ("alice", None),
        ("bob", ApprovedPart.SECURITY),
    ]
    shown = run("review", session.id).stdout
    assert "UTC: 23 hours left\n" in shown
    assert re.search(r"@bob +security implications +waiting since", shown)
    assert "the end of the review, in 24 hours: wait, or see that everybody has answered" in shown


def test_what_is_final_is_not_sent_round_by_mistake(run: Run, make: Make, store: Store) -> None:
    final = make("Disk full", status=Status.FINAL)
    refused = run("review", final.id, "--begin", "--by", "Alice")
    assert (refused.exit_code, store.open(final.id).session.status) == (2, Status.FINAL)
    assert "this session is final" in refused.stderr
    assert run("review", final.id, "--begin", "--anyway", "--by", "Alice").exit_code == 0
    assert store.open(final.id).session.status is Status.IN_REVIEW


def test_what_a_draft_lacks_is_told_and_it_is_not_sent_round(run: Run, make: Make, store: Store) -> None:
    empty = make("Disk full")
    result = run("review", empty.id, "--begin")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "nothing was changed" in result.stderr
    assert "  a summary in Incident: write it, or say there why it is not known\n" in result.stderr
    assert store.open(empty.id).session == empty
    assert run("review", empty.id, "--begin", "--anyway").exit_code == 0
    assert store.open(empty.id).session.status is Status.IN_REVIEW
    run("review", empty.id, "--draft")
    assert store.open(empty.id).session == empty


def test_comments_are_made_answered_and_resolved(run: Run, session: Session, there: Callable[[], Session]) -> None:
    run("review", session.id, "--comment", "Who saw\x1b[31m it?", "--about", "T1", "--by", "@bob")
    run("review", session.id, "--comment", "Shorter", "--about", "Summary", "--by", "Carol")
    run("review", session.id, "--reply", "C1", "The gateway team", "--by", "Alice", "--resolve", "C2")
    shown = run("review", session.id).stdout
    assert "comments: 1 open, 1 resolved\n  C1 bob, " in shown
    assert ", on entry '14:22 The alert fires'\n     Who saw it?\n     Alice, " in shown
    assert ", on summary (resolved)\n     Shorter\n" in shown
    plain = json.loads(run("review", session.id, "--json").stdout)
    assert [(each["by"], each["place"], each["resolved"], len(each["replies"])) for each in plain["comments"]] == [
        ("bob", "", False, 1),
        ("Carol", "summary", True, 0),
    ]
    assert plain["comments"][0]["about"] == session.timeline[0].id
    assert plain["next"] == "in review"
    assert plain["lacking"] == []
    run("review", session.id, "--reply", plain["comments"][0]["replies"][0]["id"][:26], "Thanks", "--by", "bob")
    assert len({each.reply_to for each in there().comments if each.reply_to}) == 1


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (("--comment", "x", "--by", "Bo", "--about", "sumary"), "did you mean 'summary'?"),
        (("--comment", "x", "--by", "Bo", "--about", "T9"), "'T9' is no item of this session"),
        (("--comment", " ", "--by", "Bo"), "a comment needs words; nothing was changed"),
        (("--comment", "x"), "whose words are these? Add --by NAME"),
        (("--reply", "C1", "x", "--by", "Bo"), "'C1' is no comment of this session"),
        (("--ask", "imapct=@bo"), "'imapct' is nothing that is approved; did you mean 'impact'?"),
        (("--ask", "impact="), "names nobody; write @alice, or impact=@alice"),
        (("--unask", "@bo"), "@bo is not asked for anything that is not answered"),
        (("--answer", "--by", "Bo"), "@Bo is not asked for comments, or has answered already"),
        (("--hours", "3"), "--hours goes with --begin"),
        (("--draft", "--begin"), "--draft and --begin exclude each other"),
        (("-o", "x.md"), "--output goes with --for"),
        (("more",), "name one session"),
    ],
)
def test_what_cannot_be_done_is_said_and_changes_nothing(
    run: Run, session: Session, there: Callable[[], Session], args: tuple[str, ...], message: str
) -> None:
    result = run("review", session.id, *args)
    assert result.exit_code == 2
    assert message in result.stderr
    assert there() == session


def test_who_was_asked_answers_or_is_not_asked_any_more(
    run: Run, session: Session, there: Callable[[], Session]
) -> None:
    run("review", session.id, "--ask", "@alice", "--ask", "bo", env={"FACILITATOR_CONFIG": "none.toml"})
    run("review", session.id, "--answer", "--by", "Alice", "--said", "fine", "--unask", "@Bo")
    assert [(each.text, each.said) for each in there().review_requests] == [("alice", "fine")]


def test_an_approval_is_given_and_goes_stale(
    run: Run, session: Session, store: Store, there: Callable[[], Session]
) -> None:
    result = run("approve", session.id, "--part", "impact", "--by", "@alice", "--text", "well told")
    assert (result.exit_code, result.stderr) == (0, "facilitator: alice approves the customer impact\n")
    assert standing(there(), ApprovedPart.IMPACT) is Standing.GIVEN
    opened = store.open(session.id)
    store.save(opened, edits.set_field(opened.session, "impact.users", 5000))
    shown = run("review", session.id).stdout
    assert "; stale, it was changed since\n" in shown
    plain = json.loads(run("review", session.id, "--json").stdout)["approvals"]
    assert (plain["impact"]["standing"], plain["whole"]["standing"]) == ("stale", "none")
    assert run("approve", session.id, "--part", "impact").exit_code == 2
    assert run("approve", session.id, "--part", "legal", "--by", "x").exit_code == 2


@pytest.fixture
def file(run: Run, session: Session, tmp_path: Path) -> Path:
    """A file for Alice, who is asked to approve the impact."""
    run("review", session.id, "--begin", "--ask", "impact=@alice", "--ask", "@alice")
    path = tmp_path / "alice.md"
    assert run("review", session.id, "--for", "@alice", "-o", str(path)).exit_code == 0
    return path


def fill(path: Path, line: str, said: str) -> None:
    text = path.read_text("utf-8")
    place = text.index("\n", text.index(line)) + 1
    path.write_text(f"{text[:place]}{said}\n{text[place:]}".replace("- [ ] I approve", "- [x] I approve"), "utf-8")


def test_a_file_goes_out_and_comes_back_once(
    run: Run, session: Session, file: Path, store: Store, there: Callable[[], Session]
) -> None:
    before = there()
    assert run("review", "--read", str(file)).stdout == "alice.md: nothing was written in it\n"
    fill(file, "The alert fires", "Which alert?")
    dry = run("review", "--read", str(file), "--dry-run")
    told = "alice.md: @alice: 1 new comment; approves the customer impact\n"
    assert dry.stdout == f"{told}  @alice, on entry '14:22 The alert fires': Which alert?\n"
    assert there() == before
    assert run("review", "--read", "-", stdin=file.read_text("utf-8")).stdout == told.replace("alice.md", "stdin")
    read = there()
    assert [(each.text, each.about, each.by) for each in read.comments] == [
        ("Which alert?", session.timeline[0].id, "alice")
    ]
    assert all(each.answered for each in read.review_requests)
    again = run("review", "--read", str(file))
    assert (again.stdout, again.stderr) == ("alice.md: @alice: nothing new\n", "")
    assert there() == read
    assert [each.label for each in store.history(session.id) if each.state is None][-1] == "read a reviewer's file"


def test_what_was_read_and_deleted_stays_deleted_but_not_what_was_taken_back(
    run: Run, session: Session, file: Path, store: Store, there: Callable[[], Session]
) -> None:
    fill(file, "The alert fires", "Which alert?")
    run("review", "--read", str(file))
    opened = store.open(session.id)
    (read,) = (each for each in store.history(session.id) if each.label == "read a reviewer's file")
    gone = {each.id for each in (*opened.session.comments, *opened.session.approvals)}
    back = Recorded(id="U1", at=read.at, label=read.label, turn=Turn.UNDONE, of=read.id, changes=inverse(read.changes))
    opened = store.save(opened, edits.without(opened.session, gone), [back])
    assert "1 new comment" in run("review", "--read", str(file)).stdout
    opened = store.open(session.id)
    store.save(opened, edits.without(opened.session, gone))
    again = run("review", "--read", str(file))
    assert again.stdout == "alice.md: @alice: nothing new\n"
    assert "what was read before and deleted since stays deleted: 2 of these" in again.stderr
    assert (there().comments, there().approvals) == ((), ())


def test_what_would_be_read_is_listed_with_what_was_written_anew(run: Run, file: Path) -> None:
    text = file.read_text("utf-8").replace("failed for 40 minutes", "failed for 41 minutes")
    file.write_text(text, "utf-8")
    fill(file, "comments on the impact", f"- {'long ' * 60}\n- short")
    lines = run("review", "--read", str(file), "--dry-run").stdout.split("\n")[1:-1]
    assert lines[0] == "  @alice, on summary: instead of “… failed for 40 minutes.”: “… failed for 41 minutes.”"
    assert lines[1].startswith("  @alice, on impact: long long")
    assert lines[1].endswith("long ...")
    assert len(lines) == 3


SECRET = "hunter2-Xk93mPq"
"""A password that is in the session of the next tests."""


def test_a_file_in_a_profile_gives_nothing_away_and_comes_back(
    run: Run, make: Make, store: Store, tmp_path: Path
) -> None:
    entries = (
        Entry(id=new_id(), rank=1.0, at=Moment(AT), text="Grace Hopper sees the alert"),
        Entry(id=new_id(), rank=2.0, at=Moment(AT + timedelta(minutes=5)), text=f"Somebody posts password={SECRET}"),
    )
    session = make(
        summary="Grace Hopper wrote to alan@example.com.",
        participants=(Participant(id=new_id(), rank=1.0, text="Grace Hopper"),),
        timeline=entries,
    )
    run("review", session.id, "--begin", "--anyway", "--ask", "impact=@alice")
    path = tmp_path / "alice.md"
    result = run("review", session.id, "--for", "@alice", "--profile", "public", "-o", str(path))
    assert result.exit_code == 0
    assert "nobody has said yes to what the profile public replaces" in result.stderr
    text = path.read_text("utf-8")
    assert [word for word in (SECRET, "Grace", "alan@") if word in text] == []
    assert run("review", "--read", str(path)).stdout == "alice.md: nothing was written in it\n"
    fill(path, "Somebody posts", "Who?")
    fill(path, "comments on the incident summary", "Shorter.")
    opened = store.open(session.id)
    store.save(opened, edits.set_field(opened.session, "trigger", "Grace Hopper turned it on."))
    assert (
        run("review", "--read", str(path)).stdout == "alice.md: @alice: 2 new comments; approves the customer impact\n"
    )
    found = store.open(session.id).session
    assert [(each.about, each.place, each.text) for each in found.comments] == [
        ("", "summary", "Shorter."),
        (entries[1].id, "", "Who?"),
    ]
    assert standing(found, ApprovedPart.IMPACT) is Standing.GIVEN
    assert run("review", session.id, "--for", "@alice", "--profile", "publc").exit_code == 2


def test_a_file_in_a_profile_that_is_no_more_takes_no_replacement_for_a_comment(
    run: Run, make: Make, store: Store, tmp_path: Path
) -> None:
    session = make(summary="Grace Hopper wrote to alan@example.com.", timeline=())
    path = tmp_path / "bo.md"
    run("review", session.id, "--for", "bo", "--profile", "public", "-o", str(path))
    path.write_text(path.read_text("utf-8").replace("profile=public", "profile=gone"), "utf-8")
    fill(path, "comments on the incident summary", "Shorter.")
    result = run("review", "--read", str(path))
    assert [each.text for each in store.open(session.id).session.comments] == ["Shorter."]
    assert "what stands outside of the places for comments could not be told from the older text" in result.stderr


def test_a_file_of_an_older_state_says_what_is_stale(
    run: Run, session: Session, file: Path, store: Store, there: Callable[[], Session]
) -> None:
    fill(file, "Checkout failed for", "For 41.")
    fill(file, "The alert fires", "Which alert?")
    opened = store.open(session.id)
    changed = edits.remove(edits.set_field(opened.session, "summary", "Other words."), session.timeline[0].id)
    store.save(opened, changed)
    result = run("review", "--read", str(file))
    assert result.stdout == "alice.md: @alice: 2 new comments; approves the customer impact\n"
    assert "the customer impact was changed since the file was made, so that approval is stale" in result.stderr
    assert "1 of these is about what is not there any more" in result.stderr
    assert "the session was changed since the file was made" in result.stderr
    found = there()
    assert standing(found, ApprovedPart.IMPACT) is Standing.STALE
    assert [(each.place, each.text) for each in found.comments] == [
        ("summary", "For 41."),
        ("", "on “14:22 The alert fires”, which is not there any more: Which alert?"),
    ]


def test_a_file_about_another_session_is_read_into_that(
    run: Run, session: Session, file: Path, make: Make, store: Store, there: Callable[[], Session]
) -> None:
    other = make("Disk full")
    fill(file, "The alert fires", "Which alert?")
    result = run("review", other.id, "--read", str(file))
    assert "is about another session, 'Checkout errors': it was read into that" in result.stderr
    assert len(there().comments) == 1
    store.delete(session.id)
    gone = run("review", "--read", str(file))
    assert gone.exit_code == 2
    assert "which is not in" in gone.stderr


def test_what_is_no_file_for_a_reviewer_is_told(run: Run, file: Path, session: Session) -> None:
    file.write_text("# Checkout\n", "utf-8")
    assert "is no file for a reviewer" in run("review", "--read", str(file)).stderr
    assert run("review", "--read").exit_code == 2
    assert run("review", "--read", str(file), "--begin").exit_code == 2
    assert "is there already" in run("review", session.id, "--for", "bo", "-o", str(file)).stderr


def test_a_file_without_a_name_asks_for_one(
    run: Run, session: Session, file: Path, there: Callable[[], Session]
) -> None:
    file.write_text(run("review", session.id, "--for", "").stdout, "utf-8")
    fill(file, "The alert fires", "Which alert?")
    result = run("review", "--read", str(file))
    assert result.exit_code == 2
    assert "nobody says whose comments these are; write the name into the file, or give it here" in result.stderr
    assert run("review", "--read", str(file), "--by", "Dana").exit_code == 0
    assert {each.by for each in there().comments} == {"Dana"}


def test_somebody_who_was_not_asked_gets_a_file_without_boxes(run: Run, session: Session) -> None:
    result = run("review", session.id, "--for", "Zoë")
    assert "@Zoë was not asked yet" in result.stderr
    assert "--ask '@Hanna Ek' does" in run("review", session.id, "--for", "Hanna Ek").stderr
    assert "I approve" not in result.stdout
    assert "<!-- review:name --> Zoë\n" in result.stdout


def test_several_people_have_files_at_once(run: Run, session: Session, tmp_path: Path, store: Store) -> None:
    for who in ("Ann", "Ben"):
        run("review", session.id, "--for", who, "-o", f"{tmp_path}/")
        fill(tmp_path / f"review-{who.lower()}.md", "The alert fires", f"{who} asks: which?")
    files = [str(tmp_path / f"review-{who}.md") for who in ("ann", "ben")]
    assert run("review", "--read", *files).stdout.count("1 new comment") == 2
    assert {each.by for each in store.open(session.id).session.comments} == {"Ann", "Ben"}
