"""What looks like blame and is none: systems, norms for the future, quotations, code, logs, questions, plain facts."""

import pytest

from facilitator.checks.language import Context
from tests.checks.labelled import categories, found

FINE = [
    ("action", "The alert should fire at 75 % of memory."),
    ("action", "Deploys should be blocked while an incident is open."),
    ("action", "The job should fail when the plan touches more than 50 resources."),
    ("lesson", "The alert should have fired at 14:10."),
    ("lesson", "The retry should have been triggered by the queue."),
    ("summary", "The service failed to start after the reboot."),
    ("summary", "The Kubernetes operator restarted the wrong pod."),
    ("summary", "The Prometheus operator failed to reconcile the rules."),
    ("summary", "The connection manager forgot the session."),
    ("summary", "The user service missed the event."),
    ("summary", "The scheduler overlooked the taint."),
    ("summary", "A pod was accidentally scheduled on the old node."),
    ("summary", "The file was accidentally deleted."),
    ("summary", "The script was mistakenly run against production."),
    ("summary", "We could not reproduce the error."),
    ("summary", "We failed to reproduce the crash."),
    ("summary", "We did not expect the cache to be empty."),
    ("summary", "The developer was not aware that a payment method can be deleted."),
    ("summary", "This could have led to the loss of data."),
    ("summary", "It could have been worse."),
    ("summary", "A unit test would have caught this."),
    ("summary", "Customers did not receive any mail."),
    ("summary", "Nobody has write access to that repository."),
    ("root_cause", "There is no test for an empty list."),
    ("root_cause", "The runbook did not cover a full disk."),
    ("root_cause", "No formal process for the documentation of contracts between teams."),
    ("why_answer", "The on-call restarted the node, since the runbook gives this as step 1."),
    ("factor", "We missed it because the alert was buried in 400 others."),
    ("factor", "A poorly written regular expression"),
    ("factor", "A bad release reached all sites."),
    ("timeline", "14:24 Ahmed acknowledges the page"),
    ("timeline", "14:30 Bob rolls back to 4.2"),
    ("timeline", "10:02 on-call pages the database team"),
    ("timeline", "16:20 Stefan hands over to Ahmed"),
    ("chat", "git blame is no help here, the file was moved"),
    ("chat", "just to be clear, the graph is in UTC"),
    ("chat", "who is on call tonight?"),
    ("chat", "what did the page say?"),
    ("chat", "which alert should have told us, and does it exist?"),
    ("chat", "nice catch by Anna"),
    ("response", "The log says `operator error: forgot to close the file`."),
    ("response", "The form read “operator mistake / other”."),
    ("response", 'He wrote "we should have tested this", and the room went silent.'),
    ("summary", "2026-05-01T10:00:00Z ERROR the operator failed to reconcile, we should have known"),
    ("summary", "ERROR: human error budget exceeded"),
    ("summary", "<!-- who forgot to test this should have known better -->"),
    ("summary", "```\nthe engineer forgot to test\n```"),
    ("summary", "See https://example.com/we-should-have-tested-this for details."),
    ("summary", "> Bob forgot the migration"),
    ("action", "Reduce the risk of human error in the release."),
    ("action", "A training for whoever wants to run the failover, with an exercise"),
    ("action", "Retrain the model on the data of March"),
    ("action", "A bot reminds the owner when a certificate is 30 days from its end"),
    ("lesson", "It was not obvious which of the two clusters was live."),
    ("lesson", "The dashboard clearly showed the drop."),
]


@pytest.mark.parametrize(("context", "text"), FINE)
def test_it_is_fine(context: str, text: str) -> None:
    assert found(text, context) == ()


@pytest.mark.parametrize("context", Context)
def test_a_systemic_root_cause_is_fine_everywhere(context: str) -> None:
    assert found("The deployment pipeline has no step that checks the configuration.", context) == ()


@pytest.mark.parametrize(
    ("text", "context", "category"),
    [
        (
            "The Kubernetes operator restarted, and the operator on shift forgot to acknowledge.",
            "summary",
            "person_as_cause",
        ),
        ("The service failed to start, and the engineer failed to look at the log.", "summary", "counterfactual"),
        ("git blame shows it: Bob forgot the lock.", "chat", "person_as_cause"),
        ("“It works”, he wrote, and never checked.", "chat", "counterfactual"),
        ("`kubectl apply` was the command, and Anna ran it on the wrong cluster.", "summary", "person_as_cause"),
    ],
)
def test_what_is_fine_hides_nothing_beside_it(text: str, context: str, category: str) -> None:
    assert category in categories(text, context)


def test_an_action_may_say_should_and_may_not_say_should_have() -> None:
    assert found("The alert should fire.", "action") == ()
    assert categories("We should have added an alert.", "action") == {"counterfactual"}


def test_an_actor_in_the_timeline_is_neutral_and_the_same_actor_as_root_cause_is_not() -> None:
    assert found("Alice deployed v3.2", "timeline") == ()
    assert categories("Alice deployed v3.2", "root_cause") == {"person_as_cause", "single_cause_person_stop"}


def test_a_reason_that_is_a_condition_excuses_and_one_that_is_a_person_does_not() -> None:
    assert found("We overlooked the flag because the page lists 300 of them.", "factor") == ()
    assert categories("We overlooked the flag because we were in a hurry.", "factor") >= {"person_as_cause"}
