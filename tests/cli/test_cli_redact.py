"""Redaction from the shell: every replacement in place, decisions, a yes, and no export in a profile without one."""

import json
from collections.abc import Callable

import msgspec
import pytest
from click.testing import Result

from facilitator.model.meeting_items import Note
from facilitator.model.session import Action, Participant, Session
from facilitator.store.store import Store

Run = Callable[..., Result]
Make = Callable[..., Session]

KEY = "ghp_" + "a8Kz" * 9


@pytest.fixture
def session(make: Make) -> Session:
    return make(
        "Checkout errors",
        summary=f"Dana put {KEY} on 10.0.3.7 for Acme",
        participants=(Participant(id="P1", text="Dana", role="incident commander"),),
        actions=(Action(id="A9", text="Rotate the key of 10.0.3.7", owner="dana"),),
    )


def test_every_replacement_is_shown_in_its_place_and_no_key(run: Run, session: Session) -> None:
    result = run("redact", session.id, "--profile", "public")
    assert result.exit_code == 0
    assert KEY not in result.stdout
    assert "  people: [Dana -> the incident commander] put …..." in result.stdout
    assert "  keys: Dana put [ghp_… -> [GitHub token removed]] on 10.0.3.7 for Acme" in result.stdout
    assert "6 replaced, 0 left out in the profile public\nnot checked:\n" in result.stdout


def test_a_line_of_json_for_each(run: Run, session: Session) -> None:
    result = run("redact", session.id, "--profile", "public", "--json")
    lines = [json.loads(line) for line in result.stdout.splitlines()]
    assert [(each["kind"], each["place"], each["final"]) for each in lines[:3]] == [
        ("people", "summary", "the incident commander"),
        ("keys", "summary", "[GitHub token removed]"),
        ("IP addresses", "summary", "address-1"),
    ]
    assert KEY not in result.stdout


def test_nothing_leaves_in_a_profile_without_a_yes(run: Run, session: Session, store: Store) -> None:
    result = run("export", session.id, "--profile", "public")
    assert (result.exit_code, result.stdout) == (2, "")
    assert f"facilitator redact {session.id} --profile public" in result.stderr
    assert run("redact", session.id, "--profile", "public", "--consent", "--by", "Alice").exit_code == 0
    document = run("export", session.id, "--profile", "public")
    assert (document.exit_code, document.stderr) == (0, "")
    assert not [words for words in (KEY, "Dana", "10.0.3.7") if words in document.stdout]
    assert run("export", session.id, "--profile", "company").exit_code == 2
    run("redact", session.id, "--profile", "public", "--also", "Acme")
    void = run("export", session.id, "--profile", "public")
    assert (void.exit_code, "the yes of Alice" in void.stderr, "is void" in void.stderr) == (2, True, True)
    assert KEY in run("export", session.id).stdout
    assert store.open(session.id).session.summary == session.summary


def test_decisions_are_kept_for_the_profile(run: Run, session: Session) -> None:
    run("redact", session.id, "--profile", "public", "--keep", "10.0.3.7", "--replace", "Acme=a customer")
    run("redact", session.id, "--profile", "public", "--withhold", "A1", "--consent", "--by", "Alice")
    document = run("export", session.id, "--profile", "public", "-f", "json").stdout
    shown = json.loads(document)
    assert shown["summary"] == ("the incident commander put [GitHub token removed] on 10.0.3.7 for a customer")
    assert "actions" not in shown
    back = run("redact", session.id, "--profile", "public", "--forget", "Acme", "--release", "A1")
    assert "Acme" not in "".join(line for line in back.stdout.splitlines() if "->" in line and "own words" in line)
    assert "0 left out" in back.stdout


def test_of_keys_that_stay_whoever_says_yes_and_publishes_is_told(run: Run, session: Session) -> None:
    assert "mind:" not in run("redact", session.id, "--profile", "public", "--keep", "10.0.3.7").stderr
    decided = ("--keep", KEY, "--consent", "--by", "Alice")
    said = run("redact", session.id, "--profile", "public", *decided)
    mind = "facilitator: mind: 1 key stays in it: ghp_… in summary\n"
    assert said.stderr.endswith(f"--profile public publishes it\n{mind}")
    published = run("publish", session.id, "--profile", "public", "--by", "Alice", "--anyway")
    assert KEY in published.stdout
    assert published.stderr.endswith(mind)
    assert KEY not in said.output + published.stderr


def test_a_yes_once_more_is_said_without_the_void_one(run: Run, session: Session) -> None:
    yes = ("redact", session.id, "--profile", "public", "--consent", "--by", "Alice")
    run(*yes)
    assert "is void" in run("redact", session.id, "--profile", "public", "--also", "Acme").stderr
    assert run(*yes).stderr.startswith("facilitator: Alice said yes")


def test_decisions_that_match_nothing_are_told_and_listed(run: Run, session: Session) -> None:
    gone = "ghp_" + "b7Lw" * 9
    asked = ("--keep", "Tomás", "--also", "Zeppelin", "--replace", "Acme=a customer", "--keep", gone, "--forget", "Bo")
    result = run("redact", session.id, "--profile", "public", *asked)
    assert result.exit_code == 0
    assert [line.removeprefix("facilitator: ") for line in result.stderr.splitlines()] == [
        "nothing was decided about 'Bo', and nothing was forgotten",
        "nothing that is replaced is 'Tomás' now; where it comes up, it stays; --forget takes that back",
        "nothing that is replaced is '…' now; where it comes up, it stays; --forget takes that back",
        "'Zeppelin' is nowhere in the session now; where it comes up, it is replaced; --forget takes that back",
    ]
    listed = (
        "decided, but nowhere in the session now:\n  Tomás stays\n  … stays\n  Zeppelin -> [removed]\nnot checked:\n"
    )
    later = run("redact", session.id, "--profile", "public")
    assert (listed in later.stdout, later.stderr, gone in later.stdout) == (True, "", False)
    forgotten = run("redact", session.id, "--profile", "public", "--forget", "tomás", "--forget", "Zeppelin")
    assert (forgotten.stderr, "Tomás" in forgotten.stdout) == ("", False)


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (("--profile", "publc"), "no profile is called 'publc'; did you mean 'public'?"),
        (("--profile", "public", "--replace", "Acme"), "--replace needs WORDS=OTHER"),
        (("--profile", "public", "--withhold", "A7"), "'A7' is no item of this session"),
        (("--profile", "public", "--consent"), "--consent needs the name"),
        (("--profile", "public", "--by", "Al"), "--by goes with --consent"),
        (("--profile", "public", "--keep", " "), "no words were given"),
    ],
)
def test_what_is_wrong_is_said(run: Run, session: Session, args: tuple[str, ...], message: str) -> None:
    result = run("redact", session.id, *args)
    assert result.exit_code == 2
    assert message in result.stderr


def test_what_is_left_out_is_named_by_its_words_and_what_is_private_by_its_kind(run: Run, make: Make) -> None:
    long = f"Rotate hunter2x, password: {KEY} " + "and then look at each of the hosts again"
    session = make(actions=(Action(id="A9", text=long),), notes=(Note(id="N9", text="Dana was tired"),))
    shown = run("redact", session.id, "--profile", "public", "--withhold", "A1", "--withhold", "N9").stdout
    assert "left out: action 'Rotate hunter2x, password: … and then look at each of the...'" in shown
    assert "left out: private note\n" in shown
    assert not [words for words in ("A9", "N9", "Dana", KEY) if words in shown]


def test_of_a_yes_that_is_void_it_is_said_what_changed(run: Run, session: Session, store: Store) -> None:
    run("redact", session.id, "--profile", "public", "--consent", "--by", "Alice")
    opened = store.open(session.id)
    store.save(opened, msgspec.structs.replace(opened.session, summary="10.0.3.8 for Acme"))
    void = run("redact", session.id, "--profile", "public").stderr
    assert "the yes of Alice is void: 1 replacement new, 3 replacements gone; changed: summary\n" in void
    for path in store.path.glob(".facilitator/history/*"):
        path.unlink()
    assert run("redact", session.id, "--profile", "public").stderr.endswith("the yes of Alice is void\n")
