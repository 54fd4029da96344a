"""What is heard in a line that was just typed: sentences of each kind, and near misses that are none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facilitator.model.cue_heard import LONGEST, heard
from facilitator.model.cue_phrases import PHRASES
from facilitator.model.cue_values import Heard

PEOPLE = ("alice berg", "@alice berg", "bob", "@bob")

SAID: dict[Heard, list[str]] = {
    Heard.OBSERVATION: [
        "I saw the graph drop",
        "we noticed that only the new pods fail",
        "support spotted double charges in the report",
        "dashboards show that only the new pods fail",
        "the logs showed a stack trace",
        "Alice sees the error rate climb",
        "from my desk I could see the wall monitor turn red",
        "on-call looked at the latency panel",
    ],
    Heard.JUDGEMENT: [
        "it was clearly the DB",
        "That was a bad idea",
        "that must have been the cache",
        "the rollback was too slow",
        "in my view the runbook was at fault",
        "we think it was the connection pool",
        "this was definitely a network problem",
        "good call by the incident commander",
    ],
    Heard.DECISION: [
        "so I restarted it",
        "so we rolled back",
        "Rollback decision made",
        "on-call decides to fail over",
        "Alice restarted the primary",
        "we decided against a rollback",
        "they opted for the hotfix",
        "rollback initiated",
        "Bob then disabled the feature flag",
        "the team went with the second option",
    ],
    Heard.KNOWLEDGE: [
        "I knew that the replica lags at noon",
        "we already knew about the certificate",
        "it was well known that the job is slow",
        "that is a known issue of the driver",
        "on-call was aware of the deploy",
    ],
    Heard.MIND: [
        "I was worried",
        "we were quite tired by then",
        "she felt that something was off",
        "the on-call engineer was afraid of losing data",
        "everybody was confused by the two channels",
        "he hesitated",
        "we were under pressure from the customer",
    ],
    Heard.NORMALITY: [
        "usually the job ends at two",
        "normally we would page the database team",
        "deploys typically take four minutes",
        "it always logs that warning",
        "as usual the alert was flapping",
        "on a normal day there are ten of these",
    ],
    Heard.OBVIOUS: [
        "obviously the cache was cold",
        "of course nobody reads that page",
        "everybody knows that staging is different",
        "it goes without saying that backups are tested",
        "it was obvious from the graph",
    ],
    Heard.HELP: [
        "on-call asked for help",
        "we paged the database team",
        "I escalated to the vendor",
        "Bob asked Alice to join",
        "we called in somebody from payments",
        "I reached out to the network team",
        "she phoned Bob",
    ],
    Heard.COUNTERFACTUAL: [
        "the alert should have fired",
        "we could have rolled back at 14:10",
        "if only the runbook had been there",
        "had we known about the migration it was a matter of minutes",
        "if somebody had looked at the graph",
        "the team failed to follow the runbook",
        "we missed the first alert",
        "they did not notice it in time",
        "we shouldn’t have deployed on a Friday",
    ],
    Heard.FIX: [
        "we should add an alert on queue age",
        "next time we page both teams",
        "we need to automate the failover",
        "let's write a runbook for this",
        "how about a canary stage",
        "we should have a runbook for that",
        "the fix would be a second replica",
        "going forward two people approve",
        "so that this does not happen again",
        "it would be better to deploy in the morning",
    ],
    Heard.PERSON: [
        "human error",
        "the engineer forgot to run the migration",
        "Bob forgot to renew the certificate",
        "alice should have checked the plan",
        "it happened because of Bob",
        "it was @bob's mistake",
        "Alice Berg did not read the warning",
        "caused by Bob on the console",
        "somebody forgot the flag",
    ],
}

UNHEARD: dict[Heard, list[str]] = {
    Heard.OBSERVATION: [
        "nobody saw the alert",
        "we never noticed the drift",
        "I saw no reason to wait",
        "she will see to it that the page is updated",
        "the same error was seen before",
        "let's see",
        "sawtooth pattern in the memory graph",
        "the log volume is full",
        "the dashboard is slow",
    ],
    Heard.JUDGEMENT: [
        "the steps are clearly documented",
        "it was not clearly marked",
        "the decision tree of the runbook ends there",
        "the replica was too slow to keep up",
        "latency is at 900 ms",
        "the backup must have finished by noon",
        "clear the cache",
    ],
    Heard.DECISION: [
        "the pod restarted",
        "automated failover starts and stops at once",
        "pods restart every 40 s",
        "no decision yet",
        "we have not decided on the rollback",
        "the scheduler restarted itself",
        "so we saw the graph drop",
        "rollback complete",
        "they could restart it",
        "the client reverts to HTTP 1.1",
    ],
    Heard.KNOWLEDGE: [
        "nobody knew the password",
        "we did not know that yet",
        "the cause is not known",
        "if I knew",
        "the known_hosts file was empty",
        "customers became aware of it at 15:00",
    ],
    Heard.MIND: [
        "packets were lost",
        "the queue was overwhelmed",
        "we were under load",
        "I made sure that it was off",
        "the pods were under attack",
        "nobody was worried",
        "the connection felt the timeout",
    ],
    Heard.NORMALITY: [
        "error rate back to normal",
        "an unusually large batch arrives",
        "the process exited normally",
        "all pods run normally again",
        "abnormal latency",
        "copying the data took most of the time",
        "the always-on replica",
    ],
    Heard.OBVIOUS: [
        "the cause was not obvious",
        "there was no obvious change",
        "nothing was obvious then",
        "as a matter of course the job is retried",
        "a course on incident command",
        "the link was less obvious on mobile",
    ],
    Heard.HELP: [
        "the alert pages on-call",
        "they called the payment API",
        "the help page was down",
        "nobody escalated to the vendor",
        "we ping the server every 5 s",
        "PagerDuty pages Bob",
        "status page updated",
    ],
    Heard.COUNTERFACTUAL: [
        "the alert should fire at 75 %",
        "it could have been worse",
        "the health check failed to respond",
        "we should have a runbook for that",
        "the region had capacity",
        "the backup failed",
        "a missed heartbeat",
    ],
    Heard.FIX: [
        "let's encrypt certificate expired",
        "the fix was deployed at 14:40",
        "the next time the job ran it failed",
        "clock jumped into the future",
        "IC says we should test the replica first",
        "we need the password of the vault",
        "we should have noticed it",
        "we must wait for the backup",
        "added an alert on queue age",
    ],
    Heard.PERSON: [
        "Bob deploys v3.3",
        "Alice acknowledges",
        "error rate caused by the retry storm",
        "no human error was involved",
        "user error rate at 8 %",
        "Bob did not have access to the console",
        "the failover failed because of the lock",
        "bobsleigh should have been excluded",
    ],
}


@pytest.mark.parametrize(("kind", "line"), [(kind, line) for kind, lines in SAID.items() for line in lines])
def test_what_is_said_is_heard(kind: Heard, line: str) -> None:
    assert kind in heard(line, PEOPLE)


@pytest.mark.parametrize(("kind", "line"), [(kind, line) for kind, lines in UNHEARD.items() for line in lines])
def test_a_near_miss_is_not_heard(kind: Heard, line: str) -> None:
    assert kind not in heard(line, PEOPLE)


@pytest.mark.parametrize(
    "line",
    [
        "burn rate alert fires (3x SLO)",
        "v3.3 deployed to production",
        "error rate at baseline",
        "SEV2 declared, channel opened",
        "primary out of memory, kernel ends the process",
        "staging never ran under production load",
        "no one had documented the contract",
        "checkout requests failed at 8 % for 18 minutes",
        "customers report failed payments",
        "connection pool exhausted: 200 of 200 in use",
        "",
        "   ",
    ],
)
def test_plain_facts_are_of_no_kind(line: str) -> None:
    assert heard(line, PEOPLE) == ()


def test_every_kind_that_a_text_can_show_is_tried_here() -> None:
    assert set(PHRASES) == set(SAID) == set(UNHEARD)
    assert set(Heard) - set(PHRASES) == {Heard.AGREEMENT, Heard.SILENCE, Heard.ONE_VOICE, Heard.DEFENCE}


def test_one_line_may_be_several_things_the_one_that_most_needs_an_answer_first() -> None:
    line = "Obviously we should add an alert. I saw the graph drop, so I restarted it"
    assert heard(line) == (Heard.FIX, Heard.OBVIOUS, Heard.DECISION, Heard.OBSERVATION)


def test_what_takes_a_phrase_back_counts_for_its_own_sentence_only() -> None:
    assert heard("The cause was not obvious. Obviously we checked the logs") == (Heard.OBVIOUS,)


def test_a_question_is_not_answered_with_a_question() -> None:
    assert heard("should we have rolled back?") == ()


def test_code_and_addresses_are_not_heard() -> None:
    assert heard("log says `user should have logged in`") == ()
    assert heard("https://example.org/should have") == ()


def test_a_name_needs_the_people_of_the_session() -> None:
    line = "it happened because of Bob"
    assert heard(line) == ()
    assert heard(line, PEOPLE) == (Heard.PERSON,)


def test_people_with_names_that_are_patterns_or_nothing_are_only_names() -> None:
    assert heard("because of a+ it broke", ("a+", "", " ", "(", "@")) == ()


@given(st.text(max_size=300), st.lists(st.text(max_size=10), max_size=5))
def test_any_text_can_be_heard(text: str, people: list[str]) -> None:
    kinds = heard(text, people)
    assert list(kinds) == [kind for kind in PHRASES if kind in kinds]


@pytest.mark.parametrize(
    "text", ["so we " * 100_000, "a" * 1_000_000, "felt " * 100_000, "a-" * 500_000, "`" * 500_000]
)
def test_a_very_long_line_is_heard_up_to_a_limit(text: str) -> None:
    assert heard(text) == heard(text[:LONGEST])
