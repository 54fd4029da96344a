"""Rules for proposals of the user's own."""

from typing import Any

import pytest

from facilitator.intake.drafts import Signal
from facilitator.intake.sifting.proposal_values import Guard, Look
from facilitator.model.session import Milestone
from facilitator.settings.proposals import all_rules, built_in, read_proposals, read_silent

RULE: dict[str, Any] = {"id": "game-day", "why": "is about the game day", "phrases": ["game day", "THING ... drill"]}


def test_a_rule_is_read() -> None:
    table = RULE | {
        "weight": 70, "unless": "over", "patterns": ["GD-[0-9]+"], "links": ["wiki/gameday"], "signals": ["note"],
        "looks": "replies", "milestone": "declared", "kinds": ["slack"], "even": ["asked"], "near": True,
    }  # fmt: skip
    (rule,), wrong = read_proposals([table])
    assert wrong == []
    assert (rule.id, rule.weight, rule.phrases) == ("game-day", 70, ("game day", "THING ... drill"))
    assert (rule.signals, rule.looks, rule.milestone) == ((Signal.NOTE,), Look.REPLIES, Milestone.DECLARED)
    assert (rule.even, rule.near, rule.alarm, rule.kinds) == ((Guard.ASKED,), True, False, ("slack",))


@pytest.mark.parametrize(
    ("change", "place", "message"),
    [
        ({"id": "Game Day"}, "id", "must be a name such as"),
        ({"why": ""}, "why", "needs a reason"),
        ({"why": "x" * 200}, "why", "longer than 120"),
        ({"weight": 100}, "weight", "from 1 to 99"),
        ({"weight": True}, "weight", "from 1 to 99"),
        ({"phrases": ["NOTHING here"]}, "phrases", "no list of words"),
        ({"phrases": ["..."]}, "phrases", "no word to look for"),
        ({"phrases": [3]}, "phrases", "a number"),
        ({"patterns": ["(a+)+"]}, "patterns", "could take for ever"),
        ({"signals": ["fire"]}, "signals", "did you mean 'fires'"),
        ({"milestone": ["start", "declared"]}, "milestone", "takes one"),
        ({"looks": "clouds"}, "looks", "unknown thing to look at"),
        ({"near": "yes"}, "near", "true or false"),
        ({"wieght": 5}, "wieght", "did you mean 'weight'"),
    ],
)
def test_what_is_wrong_is_named(change: dict[str, Any], place: str, message: str) -> None:
    rules, wrong = read_proposals([RULE | change])
    assert wrong[0][0] == ("1", place)
    assert message in wrong[0][1]
    assert bool(rules) == (place == "wieght")


def test_a_rule_needs_something_to_go_by() -> None:
    rules, wrong = read_proposals([{"id": "a", "why": "b"}])
    assert rules == ()
    assert "needs phrases" in wrong[0][1]
    assert read_proposals({"id": "a"})[1][0][1].startswith("must be tables")
    assert "already" in read_proposals([RULE, RULE])[1][0][1]


def test_own_rules_replace_and_silent_ones_leave() -> None:
    (own,), _ = read_proposals([RULE | {"id": "decision"}])
    rules = all_rules([own], ["deploy"]).rules
    assert [rule for rule in rules if rule.id == "decision"] == [own]
    assert "deploy" not in [rule.id for rule in rules]
    assert len(rules) == len(built_in().rules) - 1


def test_only_known_rules_can_be_silent() -> None:
    names, wrong = read_silent(["deploy", "deplyo"])
    assert names == ("deploy",)
    assert wrong == [((), "no rule has the id 'deplyo'; did you mean 'deploy'?")]
