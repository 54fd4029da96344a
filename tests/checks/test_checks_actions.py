"""How the wording of actions is judged, and which skeletons are made from it."""

from datetime import date

import pytest

from facilitator.checks.actions import action_findings, wording_findings
from facilitator.model.session import Action, ActionStatus
from tests.checks.scenes import session


@pytest.mark.parametrize(
    ("text", "rule", "words"),
    [
        ("Improve testing", "action.vague", "Improve"),
        ("We should look into why the cron job failed", "action.vague", "look into"),
        ("TODO: investigate Redis", "action.vague", "investigate"),
        ("Ensure that backups are tested", "action.vague", "Ensure"),
        ("Alerting for queue age", "action.no-verb", "Alerting"),
        ("Fix bug", "action.no-object", "Fix bug"),
        ("Update the runbook", "action.no-object", "Update the runbook"),
        ("Reduce deploy time", "action.no-limit", "Reduce"),
        ("Keep the dashboard up to date", "action.no-check", "Keep"),
        ("Retrain the on-call engineers", "action.tells-people", "Retrain"),
        ("Be more careful with production", "action.tells-people", "Be more careful"),
        ("Remind everyone to read host names", "action.tells-people", "Remind"),
        ("Fix memory leak, add regression test", "action.several", "add"),
        ("Migrate the database and update the clients", "action.several", "update"),
        ("Restart workers; clear the cache", "action.several", "clear"),
    ],
)
def test_what_could_be_clearer(text: str, rule: str, words: str):
    (finding,) = wording_findings(Action(id="a", text=text))
    assert (finding.rule, finding.words, finding.about, finding.field) == (rule, words, "a", "text")
    assert text[finding.start : finding.end] == words
    assert finding.rewrite


@pytest.mark.parametrize(
    "text",
    [
        "Alert at 75% memory, not 90%",
        "Add load testing in staging pipeline",
        "Add contract tests between checkout and payment services",
        "Document payment method lifecycle states",
        "Establish cross-team API contract review process",
        "Test automated failover monthly",
        "Require new engineers to shadow 3 incidents before solo on-call",
        "Reduce deploy time from 20 to 5 minutes",
        "Monitor queue depth and alert above 500 for 10 min",
        "Improve test coverage of the parser to 80 %",
        "Address flakiness in CI by adding retries",
        "Consider moving to Aurora and decide by Friday",
        "Warn when the disk is at 80 %",
        "Train 2 more engineers on failover",
        "Build and deploy the exporter",
        "Add an alert and test it",
        "Add metrics and alerts for the queue",
        "Investigate and fix the leak",
        "Alarm einrichten",
        "   ",
    ],
)
def test_what_is_clear_enough(text: str):
    assert wording_findings(Action(id="a", text=text)) == ()


@pytest.mark.parametrize(
    ("text", "due", "rewrite"),
    [
        (
            "Improve monitoring of checkout",
            None,
            "Alert when <which value> of checkout is <above or below what> for <how long>",
        ),
        (
            "Consider moving to Aurora",
            date(2026, 11, 29),
            "Decide by 2026-11-29 whether to move to Aurora, and write the reason into <where>",
        ),
        (
            "Investigate why the job failed",
            None,
            "Find out why the job failed by <date>, and write the answer into <where>",
        ),
        (
            "Make sure that backups are tested.",
            None,
            "Add <which check> that fails unless backups are tested, by <date>",
        ),
        ("Fix the leak, add a regression test", None, "Fix the leak\nAdd a regression test"),
    ],
)
def test_a_skeleton_is_made_of_the_action_itself(text: str, due: date | None, rewrite: str):
    assert wording_findings(Action(id="a", text=text, due=due))[0].rewrite == rewrite


@pytest.mark.parametrize("status", [ActionStatus.DONE, ActionStatus.WONT_DO])
def test_what_is_settled_is_left_alone(status: ActionStatus):
    vague = Action(id="a", text="Improve testing", status=status)
    assert action_findings(session(actions=(vague,))) == ()
