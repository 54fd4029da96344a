"""What the guide of a write-up asks, with an example of what to type."""

from typing import NamedTuple

from facilitator.model.phases import Phase


class Words(NamedTuple):
    """A question to the writer, an example of an answer as it is typed, and whether that is the value of a field."""

    question: str
    hint: str
    field: bool = False


ASKED: dict[tuple[Phase, str], Words] = {
    (Phase.INCIDENT, "title"): Words("What happened, in a few words?", "Checkout errors after v3.2", field=True),
    (Phase.INCIDENT, "severity"): Words("How severe was it?", "SEV2", field=True),
    (Phase.INCIDENT, "services"): Words("Which services did it touch?", "checkout, payments", field=True),
    (Phase.INCIDENT, "started"): Words("When did it start, as far as you know?", "2026-11-15 14:00 UTC", field=True),
    (Phase.INCIDENT, "summary"): Words(
        "What could be seen of it from outside, and how did it end, in two or three sentences?",
        "Every fifth checkout failed for 40 minutes after v3.2 was deployed; a rollback ended it.",
        field=True,
    ),
    (Phase.INCIDENT, "impact.prose"): Words(
        "What did it cost, and whom: users, customers, colleagues?",
        "About 12,000 customers could not pay at the first attempt.",
        field=True,
    ),
    (Phase.INCIDENT, "authors"): Words(
        "Under which names does this document appear?", "Alice Berg, Bob Chen", field=True
    ),
    (Phase.INCIDENT, "facilitator"): Words(
        "Which person leads the review of it, best one who was not in the response?", "Carol Diaz", field=True
    ),
    (Phase.INCIDENT, "status"): Words(
        "Read the document once as somebody who was not there: is it ready for others to review?",
        "in review",
        field=True,
    ),
    (Phase.TIMELINE, "entries"): Words(
        "What is the first thing that you know of, and when was it?", "14:00 v3.2 deployed to production"
    ),
    (Phase.TIMELINE, "before"): Words(
        "What was going on before it started, when everything still looked normal?",
        "before 13:00 traffic is as on any Sunday",
    ),
    (Phase.TIMELINE, "milestone.start"): Words(
        "Which entry marks the start of it, or when was that?", "14:00 v3.2 deployed to production #start"
    ),
    (Phase.TIMELINE, "milestone.detected"): Words(
        "Which entry marks that it was noticed, or when and how was that?", "14:22 burn rate alert fires #detected"
    ),
    (Phase.TIMELINE, "milestone.acknowledged"): Words(
        "Which entry marks that somebody began to look at it, or when was that?",
        "14:24 on-call acknowledges #acknowledged",
    ),
    (Phase.TIMELINE, "milestone.declared"): Words(
        "Which entry marks that it was declared an incident, or when was that?", "14:26 SEV2 declared #declared"
    ),
    (Phase.TIMELINE, "milestone.resolved"): Words(
        "Which entry marks that it was over, or when and how could that be seen?",
        "14:40 error rate at baseline #resolved",
    ),
    (Phase.RESPONSE, "detection.source"): Words(
        "What noticed it first: an alert, a customer, a person?", "alert", field=True
    ),
    (Phase.RESPONSE, "detection.faster"): Words(
        "What would have shown it in half the time?", "an alert on failed checkouts instead of on CPU", field=True
    ),
    (Phase.RESPONSE, "well"): Words("What helped the people who responded?", "+ rollback took 2 minutes"),
    (Phase.RESPONSE, "harder"): Words("What made responding harder than expected?", "- paging reached the wrong team"),
    (Phase.WHYS, "effect"): Words(
        "Which effect that anybody could have observed do you want to understand?", "one in five checkouts failed"
    ),
    (Phase.FACTORS, "trigger"): Words("What set it off?", "the deployment of v3.2", field=True),
    (Phase.FACTORS, "resolution"): Words("What ended it?", "rolled back to v3.1", field=True),
    (Phase.FACTORS, "factors"): Words(
        "Which conditions had to be in place for this to be possible?",
        "staging never ran under production load #testing",
    ),
    (Phase.FACTORS, "root"): Words(
        "Which of the conditions, or which other one, allowed it in the first place?",
        "one person knew the restore procedure #documentation #root",
    ),
    (Phase.FACTORS, "mitigator"): Words(
        "What kept it from being worse?", "traffic was low at that hour #infrastructure #mitigator"
    ),
    (Phase.LESSONS, "well"): Words("What worked, and is worth keeping?", "+ the rollback was rehearsed #process"),
    (Phase.LESSONS, "wrong"): Words(
        "What did not work as people expected?", "- the alert looked back an hour #tooling"
    ),
    (Phase.LESSONS, "lucky"): Words("Where did luck help?", "! traffic was low"),
    (Phase.ACTIONS, "actions"): Words(
        "What should be different next time, in one bounded step?",
        "Alert at 75 % memory for 10 min @alice in 2 weeks P1 #detect",
    ),
}
"""What is asked about the whole of a session, by its phase and what is wanted there."""

OF_ITEMS: dict[str, Words] = {
    "gap": Words(
        "What happened between {} and {}, {} without an entry?", "+5m dashboards show that only new pods fail"
    ),
    "answer": Words("{}", "nobody had documented the contract"),
    "second": Words("{}", "staging has a tenth of the data"),
    "condition": Words(
        "Behind {}: what did the situation look like to them, and what made this the sensible thing to do?",
        "the runbook showed the old command",
    ),
    "end": Words(
        "{}: can you act on it, is it outside your control, is nothing more known, or what made it possible?",
        "#actionable",
    ),
    "category": Words("What kind of condition is {}: testing, monitoring, process, another kind?", "#testing"),
    "action": Words(
        "What could be done about {}, or for which reason nothing?",
        "Replay an hour of production load in staging before each release @alice in 2 weeks #prevent",
    ),
    "owner": Words("Which person sees to it that this is done: {}?", "@alice"),
    "due": Words("By when can it be done: {}?", "in 2 weeks"),
    "question": Words("Which person finds out: {}?", "@alice"),
    "parked": Words(
        "What becomes of {}: an action, an open question, or is it let go for a reason?",
        "the tool is replaced in May",
    ),
}
"""What is asked about one item; its words, and the moments or the question that it asks itself, go into the places."""
