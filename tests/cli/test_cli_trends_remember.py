"""`facilitator trends` and `remember`."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from click.testing import Result

from facilitator.model.moments import Moment
from facilitator.model.session import Action, ActionStatus, Entry, Lesson, LessonKind, Milestone, Session

Run = Callable[..., Result]
Make = Callable[..., Session]


def ago(days: int) -> datetime:
    return datetime.now(UTC).replace(hour=9, minute=0, second=0, microsecond=0) - timedelta(days=days)


@pytest.fixture
def made(make: Make) -> list[Session]:
    found = []
    for number in range(6):
        start = ago(60 + 40 * number)
        timeline = (
            Entry(id="E1", at=Moment(start), text="alert", milestones=(Milestone.DETECTED,)),
            Entry(
                id="E2", at=Moment(start + timedelta(hours=1 + number)), text="fine", milestones=(Milestone.RESOLVED,)
            ),
        )
        done = Action(id="A1", text="Add a canary", status=ActionStatus.DONE, done=ago(100).date())
        found.append(
            make(
                f"Number {number}",
                services=("checkout",),
                cause="deployment",
                timeline=timeline,
                actions=(done, Action(id="A2", text="Write it\x1b[2J down", owner="alice")) if number == 3 else (),
                lessons=(Lesson(id="L1", text="Rollback took\x07 two minutes", kind=LessonKind.LUCKY),),
            )
        )
    return found


def test_people_see_a_drawing(run: Run, made: list[Session]) -> None:
    result = run("trends")
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[0] == "Sessions by month"
    assert "Time to resolve (MTTR)" in lines
    assert any("6 x deployment in checkout" in line for line in lines)
    assert run("trends", "--ascii").stdout.isascii()
    assert run("trends", "--by", "service").stdout.splitlines()[1].startswith("checkout  █")


def test_programs_get_one_object_a_group(run: Run, made: list[Session]) -> None:
    (line,) = run("trends", "--by", "cause", "--json").stdout.splitlines()
    found: dict[str, Any] = json.loads(line)
    assert (found["name"], found["sessions"], found["services"]) == ("deployment", 6, {"checkout": 6})
    assert found["mttr"]["median"] == 3.5 * 3600
    assert len(found["mttr"]["values"]) == 6
    assert (found["actions_done"], found["actions_pending"], found["again"]) == (1, 1, 5)


def test_a_picture_is_written(run: Run, made: list[Session], tmp_path: Path) -> None:
    path = tmp_path / "trends.svg"
    result = run("trends", "service:checkout", "--svg", str(path))
    assert (result.exit_code, result.stdout) == (0, "")
    assert ET.parse(path).getroot().tag.endswith("svg")
    assert run("trends", "service:checkout", "--svg", "-").stdout == path.read_text("utf-8")
    assert run("trends", "--svg", str(tmp_path / "none" / "x.svg")).exit_code == 2


def test_impact_claims_nothing_beyond_its_interval(run: Run, made: list[Session]) -> None:
    result = run("trends", "--impact")
    assert result.exit_code == 0
    first, kind, before, after, ratio = result.stdout.splitlines()
    assert first == f"{made[3].id}:A1  done {ago(100).date()}  Add a canary"
    assert kind == "    deployment in checkout"
    assert before.startswith("    before: 2 in 160 days")
    assert after.startswith("    after:  2 in 100 days")
    assert "with 95 % confidence from" in ratio
    assert ratio.endswith("too few incidents to tell whether anything changed")
    assert "not counted" in result.stderr
    (line,) = run("trends", "--impact", "--json").stdout.splitlines()
    assert json.loads(line)["low"] < json.loads(line)["ratio"] < json.loads(line)["high"]


def test_impact_says_why_it_says_nothing(run: Run, make: Make) -> None:
    make(actions=(Action(id="A1", text="x", status=ActionStatus.DONE),))
    result = run("trends", "--impact")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "1 action not compared: the day on which it was done is not noted" in result.stderr


def test_wrong_usage_and_nothing(run: Run, made: list[Session]) -> None:
    assert run("trends", "--json", "--svg", "x").exit_code == 2
    assert run("trends", "--impact", "--by", "cause").exit_code == 2
    assert run("trends", "service:nowhere").exit_code == 1
    assert "^" in run("trends", "mttr:x").stderr


def test_a_lesson_is_remembered(run: Run, made: list[Session]) -> None:
    result = run("remember")
    lines = result.stdout.splitlines()
    assert lines[0] == "Rollback took two minutes"
    assert lines[1].startswith("    Where we got lucky, ")
    assert run("remember").stdout == result.stdout
    found: dict[str, Any] = json.loads(run("remember", "--json").stdout)
    assert found["lesson"] == lines[0]
    assert found["id"] in lines[1]


def test_an_anniversary_is_told_with_what_is_open(run: Run, make: Make, made: list[Session]) -> None:
    now = datetime.now(UTC).astimezone()
    zone = now.strftime("%z")
    then = now.replace(year=now.year - 4, day=min(now.day, 28) if now.month == 2 else now.day)
    if then.day != now.day:
        pytest.skip("a leap day")
    make(
        "Long ago",
        zone=f"{zone[:3]}:{zone[3:]}" if now.utcoffset() else "UTC",
        started=Moment(then.astimezone(UTC)),
        lessons=(Lesson(id="L1", text="Look first"),),
        actions=(Action(id="A1", text="Still to do", owner="alice"),),
    )
    lines = run("remember").stdout.splitlines()
    assert lines[0] == "Look first"
    assert "4 years ago today: Long ago" in lines[1]
    assert lines[2] == "    still open: A1 Still to do @alice"


def test_where_there_is_no_lesson(run: Run, make: Make) -> None:
    make()
    assert run("remember").exit_code == 1
