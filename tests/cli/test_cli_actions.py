"""`facilitator actions`: the register, and changes to actions from the shell."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import msgspec
import pytest
from click.testing import Result

from facilitator.model.edits import put
from facilitator.model.session import Action, ActionStatus, Priority, Session
from facilitator.store.store import Store

Run = Callable[..., Result]
Make = Callable[..., Session]

LATE = date(2026, 1, 2)
DONE = ActionStatus.DONE


def today() -> date:
    return datetime.now(UTC).astimezone().date()


@pytest.fixture
def made(make: Make) -> Session:
    make("Disk full", services=("logs",), actions=(Action(id="B1", text="Rotate \x1b[31mlogs"),))
    return make(
        "Checkout errors",
        services=("checkout",),
        actions=(
            Action(id="ACT1", rank=1.0, text="Limit the memory", owner="alice", due=LATE, priority=Priority.P1),
            Action(id="ACT2", rank=2.0, text="Alert earlier", owner="bob", due=today() + timedelta(days=3)),
            Action(id="OTHER", rank=3.0, text="Write it down", status=DONE),
        ),
    )


def actions(store: Store, session: Session) -> dict[str, Action]:
    return {each.id: each for each in store.open(session.id).session.actions}


def test_people_see_a_table_and_how_things_stand(run: Run, made: Session) -> None:
    result = run("actions")
    heading, first, second, third = result.stdout.splitlines()
    assert heading.split() == ["Action", "Due", "Owner", "Priority", "Status", "Age", "Text"]
    shown = first.split()[0]
    assert shown == f"{made.id[: len(shown) - 3]}:A1"
    assert "nothing changed" not in run("actions", "--reassign", shown, "--to", "bob").stderr
    assert "2026-01-02 overdue  @alice  P1" in first
    assert first.endswith("Limit the memory  [Checkout errors]")
    assert "Alert earlier" in second
    assert third.endswith("Rotate logs  [Disk full]")
    assert result.stderr == ("facilitator: 3 pending, 1 overdue, 1 due within 14 days; 1 of 4 done (25%)\n")


def test_only_some_of_them(run: Run, made: Session) -> None:
    def shown(*args: str) -> list[str]:
        return [line.partition(":")[2] for line in run("actions", "--ids", *args).stdout.splitlines()]

    assert shown() == ["ACT1", "ACT2", "B1"]
    assert shown("--overdue") == ["ACT1"]
    assert shown("--due-within", "3") == ["ACT2"]
    assert shown("--due-within", "2") == []
    assert shown("--owner", "@Alice") == ["ACT1"]
    assert shown("--owner", "nobody") == ["B1"]
    assert shown("--closed", "--sort", "session", "service:checkout") == ["ACT1", "ACT2", "OTHER"]
    assert shown("-checkout") == ["B1"]
    assert shown("--limit", "1", "--sort", "priority") == ["ACT1"]


def test_programs_get_one_object_a_line(run: Run, made: Session) -> None:
    line, *_ = run("actions", "service:checkout", "--json").stdout.splitlines()
    found: dict[str, Any] = json.loads(line)
    assert found.pop("age") >= 0
    assert found == {
        "id": f"{made.id}:ACT1", "session": made.id, "title": "Checkout errors", "date": "2026-11-15",
        "services": ["checkout"], "number": 1, "text": "Limit the memory", "owner": "alice", "due": "2026-01-02",
        "overdue": True, "ticket": "", "priority": "P1", "type": None, "status": "open", "done": None, "effect": "",
        "note": "",
    }  # fmt: skip


def test_counts_by_owner_and_service(run: Run, made: Session) -> None:
    lines = run("actions", "--by", "owner").stdout.splitlines()
    assert lines[0].split() == ["Pending", "Overdue", "Due", "soon", "Done", "Won't", "do", "Completed", "Name"]
    assert lines[1].split() == ["1", "0", "0", "1", "0", "50%", "(none)"]
    found = [json.loads(line) for line in run("actions", "--by", "service", "--json").stdout.splitlines()]
    assert [(each["service"], each["pending"], each["completion"]) for each in found] == [
        ("checkout", 2, 0.3333),
        ("logs", 1, 0.0),
    ]
    assert "(none)" in run("actions", "--by", "type").stdout
    assert "%" not in run("actions", "--by", "age").stdout


def test_an_action_is_done_and_the_history_says_so(run: Run, store: Store, made: Session) -> None:
    result = run("actions", "--done", f"{made.id}:A1", "--done", f"{made.id}/ACT2")
    assert (result.exit_code, result.stdout) == (0, f"{made.id}:ACT1\n{made.id}:ACT2\n")
    assert "action done: @alice Limit the memory" in result.stderr
    now = actions(store, made)
    assert [now[each].status for each in ("ACT1", "ACT2")] == [DONE, DONE]
    assert now["ACT1"].done == today()
    steps = store.history(made.id)
    assert [each.label for each in steps if each.changes] == ["action done", "action done"]
    assert "nothing changed" in run("actions", "--done", f"{made.id}:A1").stderr
    assert run("actions", "--ids").stdout.count("\n") == 1


def test_given_up_given_to_somebody_and_moved(run: Run, store: Store, made: Session) -> None:
    assert run("actions", "--wont-do", f"{made.id}:a1", "--because", "it is\nretired").exit_code == 0
    assert run("actions", "--reassign", f"{made.id}:A2", "--to", "@carol").exit_code == 0
    assert run("actions", "--reschedule", f"{made.id}:A2", "--to", "2027-03-01").exit_code == 0
    now = actions(store, made)
    assert (now["ACT1"].status, now["ACT1"].note) == (ActionStatus.WONT_DO, "it is\nretired")
    assert (now["ACT2"].owner, now["ACT2"].due) == ("carol", date(2027, 3, 1))
    run("actions", "--reassign", f"{made.id}:A2", "--to", "nobody")
    run("actions", "--reschedule", f"{made.id}:A2", "--to", "none")
    now = actions(store, made)
    assert (now["ACT2"].owner, now["ACT2"].due) == ("", None)


def test_did_it_work(run: Run, store: Store, made: Session) -> None:
    reference = f"{made.id}:ACT1"
    assert "is not done yet" in run("actions", "--effect", reference, "--because", "yes").stderr
    run("actions", "--done", reference)
    opened = store.open(made.id)
    action = next(each for each in opened.session.actions if each.id == "ACT1")
    long_ago = msgspec.structs.replace(action, done=today() - timedelta(weeks=5))
    store.save(opened, put(opened.session, long_ago))
    assert run("actions", "--follow-up", "--ids").stdout == f"{reference}\n"
    assert run("actions", "--follow-up", "--weeks", "6", "--ids").exit_code == 1
    run("actions", "--effect", reference, "--because", "yes, no page since")
    assert actions(store, made)["ACT1"].effect == "yes, no page since"
    assert run("actions", "--follow-up", "--ids").exit_code == 1


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("--done", "X"), "names no action"),
        (("--done", "{id}:A9"), "they are A1 to A3"),
        (("--done", "{id}:ACT"), "has no action 'ACT'"),
        (("--done", "zzz:A1"), "zzz"),
        (("--wont-do", "{id}:A1"), "needs --because"),
        (("--wont-do", "{id}:A1", "--because", " "), "needs --because"),
        (("--reassign", "{id}:A1"), "needs --to"),
        (("--reassign", "{id}:A1", "--to", "@ "), "nobody"),
        (("--reschedule", "{id}:A1", "--to", "soonish"), "cannot be read"),
        (("--reschedule", "{id}:A1", "--to", "2026-02-30"), "not in the calendar"),
        (("--done", "{id}:A1", "--because", "x"), "nothing to say"),
        (("--done", "{id}:A1", "--reassign", "{id}:A2"), "one change at a time"),
        (("--because", "x"), "belong to a change"),
        (("--overdue", "--closed"), "exclude each other"),
        (("--json", "--ids"), "exclude each other"),
        (("servce:x",), "did you mean"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_changes(
    run: Run, store: Store, made: Session, args: tuple[str, ...], said: str
) -> None:
    result = run("actions", *(each.replace("{id}", made.id) for each in args))
    assert result.exit_code == 2
    assert said in result.stderr
    assert store.open(made.id).session == made


def test_what_somebody_else_saved_meanwhile_is_kept(run: Run, store: Store, made: Session) -> None:
    opened = store.open(made.id)
    run("actions", "--done", f"{made.id}:A1")
    store.save(opened, msgspec.structs.replace(opened.session, summary="written meanwhile"))
    now = store.open(made.id).session
    assert (now.summary, now.actions[0].status) == ("written meanwhile", DONE)


def test_nothing_found_is_said(run: Run, make: Make) -> None:
    make()
    result = run("actions")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "no actions like that" in result.stderr
    assert run("actions", "--by", "owner").exit_code == 1
