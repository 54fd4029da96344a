"""The checkout incident of 15 November 2026, as a session that holds something in every section."""

from datetime import UTC, date, datetime

from facilitator.model.moments import Approximation, Moment
from facilitator.model.session import (
    Action,
    ActionStatus,
    ActionType,
    BranchEnd,
    Confidence,
    Detection,
    DetectionSource,
    Entry,
    Factor,
    Impact,
    Lesson,
    LessonArea,
    LessonKind,
    Milestone,
    Parked,
    Participant,
    Priority,
    Question,
    Response,
    ResponseKind,
    ResponseNote,
    Session,
    Severity,
    Status,
    Why,
)


def _at(hour: int, minute: int, approximation: Approximation = Approximation.EXACT) -> Moment:
    return Moment(datetime(2026, 11, 15, hour, minute, tzinfo=UTC), approximation=approximation)


_TIMELINE = (
    Entry(
        id="e1",
        at=_at(14, 0),
        text="v3.2 deployed to production",
        milestones=(Milestone.START,),
        source="deploy log",
        links=("https://deploys.example.com/checkout/v3.2",),
    ),
    Entry(
        id="e2",
        at=_at(14, 22),
        text="Burn rate alert fires (checkout error rate 3x SLO)",
        milestones=(Milestone.DETECTED,),
        links=("https://grafana.example.com/d/checkout/error-rate?from=14:00&to=15:00",),
    ),
    Entry(id="e3", at=_at(14, 24), text="On-call acknowledges", milestones=(Milestone.ACKNOWLEDGED,)),
    Entry(
        id="e4",
        at=_at(14, 26),
        text="SEV2 declared, incident channel opened",
        milestones=(Milestone.DECLARED,),
        source="#inc-checkout",
    ),
    Entry(
        id="e5",
        at=_at(14, 28, Approximation.ABOUT),
        text="Dashboards show only v3.2 pods fail, with a NullPointerException in the payment handler",
    ),
    Entry(id="e6", at=_at(14, 32), text="Rollback decision made"),
    Entry(
        id="e7",
        at=_at(14, 33),
        text="Rollback initiated",
        source="deploy log",
    ),
    Entry(
        id="e8",
        at=_at(14, 35),
        text="Rollback complete",
        milestones=(Milestone.MITIGATED,),
        source="deploy log",
    ),
    Entry(id="e9", at=_at(14, 40), text="Error rate at baseline, resolved", milestones=(Milestone.RESOLVED,)),
)

_WHYS = (
    Why(id="w0", text="Checkout had an 8% error rate for 18 minutes", evidence=("e2",)),
    Why(
        id="w1",
        parent="w0",
        text="v3.2 introduced a NullPointerException in the payment handler",
        confidence=Confidence.CONFIRMED,
        evidence=("e5",),
    ),
    Why(
        id="w2",
        parent="w1",
        text="A new code path did not handle the case where a user's saved payment method had been deleted",
        confidence=Confidence.CONFIRMED,
    ),
    Why(
        id="w3",
        parent="w2",
        text="Nothing told the authors that this was a valid state: the payment method lifecycle was not documented",
    ),
    Why(
        id="w4",
        parent="w3",
        text="The payment and checkout teams had never formally documented the contract between their services",
    ),
    Why(
        id="w5",
        parent="w4",
        text="There is no process requiring service contract documentation before dependent services are built",
        confidence=Confidence.LIKELY,
        end=BranchEnd.ACTIONABLE,
    ),
)

_FACTORS = (
    Factor(
        id="f1",
        text="The new code path did not handle a deleted payment method",
        category="code",
        whys=("w2",),
        evidence=("e5",),
    ),
    Factor(
        id="f2",
        text="No test exercised the contract between checkout and payments",
        category="testing",
    ),
    Factor(
        id="f3",
        text="The payment method lifecycle was not documented",
        category="documentation",
        whys=("w3",),
    ),
    Factor(
        id="f4",
        text="No process requires the contract between services to be documented before others build on it",
        category="process",
        root_cause=True,
        whys=("w5",),
    ),
    Factor(
        id="f5",
        text="The deployment kept v3.1 ready, so the rollback took 2 minutes",
        mitigator=True,
        category="deployment",
        evidence=("e7", "e8"),
    ),
)

_ACTIONS = (
    Action(
        id="a1",
        text="Add input validation to checkout config",
        owner="alice",
        due=date(2026, 11, 22),
        ticket="https://tickets.example.com/browse/ENG-1234",
        priority=Priority.P1,
        type=ActionType.PREVENT,
        status=ActionStatus.IN_PROGRESS,
        factors=("f1",),
    ),
    Action(
        id="a2",
        text="Add deployment smoke test for NullPointerException",
        owner="bob",
        due=date(2026, 11, 29),
        ticket="https://tickets.example.com/browse/ENG-1235",
        priority=Priority.P1,
        type=ActionType.DETECT,
        factors=("f1", "f2"),
    ),
    Action(
        id="a3",
        text="Improve rollback documentation in runbook",
        owner="charlie",
        due=date(2026, 12, 6),
        ticket="https://tickets.example.com/browse/ENG-1236",
        priority=Priority.P2,
        type=ActionType.MITIGATE,
    ),
    Action(
        id="a4",
        text="Document payment method lifecycle states",
        owner="dana",
        due=date(2026, 11, 18),
        ticket="PAY-77",
        priority=Priority.P1,
        type=ActionType.PROCESS,
        status=ActionStatus.DONE,
        factors=("f3", "f4"),
    ),
    Action(
        id="a5",
        text="Freeze deployments on Sundays",
        status=ActionStatus.WONT_DO,
        factors=("f2",),
        note="The day made no difference: the same release would have failed on any day of the week.",
    ),
)

CHECKOUT = Session(
    id="01KA8Q0000000000000000000",
    title="Checkout errors after v3.2",
    created=datetime(2026, 11, 16, 9, 0, tzinfo=UTC),
    status=Status.IN_REVIEW,
    severity=Severity.SEV2,
    services=("checkout", "payments"),
    tags=("deployment", "contracts"),
    cause="deployment",
    held=date(2026, 11, 17),
    facilitator="Noor",
    authors=("Alice", "Bob"),
    reviewers=("Erin",),
    summary=(
        "On November 15, checkout requests experienced elevated error rates (peak 8%) for 18 minutes due to a "
        "NullPointerException introduced in the v3.2 deployment."
    ),
    trigger="v3.2 was deployed to production at 14:00 UTC.",
    resolution="v3.2 was rolled back to v3.1; the error rate was at its baseline five minutes later.",
    impact=Impact(
        users=1200,
        features=("checkout with a saved payment method",),
        regions=("eu-west-1", "us-east-1"),
        error_budget=12.5,
        sla_breached=False,
        prose="Up to 8% of the checkout requests failed. Carts were kept; most customers paid on a second try.",
    ),
    detection=Detection(
        source=DetectionSource.ALERT,
        appropriate=True,
        faster="A smoke test right after the deployment would have shown the exception within a minute.",
    ),
    response=Response(
        runbooks="The rollback runbook was found at once; one of its steps named a tool that was replaced in spring.",
        communication="The status page was updated at 14:30.",
    ),
    participants=(
        Participant(id="p1", text="Alice", role="incident commander"),
        Participant(id="p2", text="Bob", role="on-call"),
        Participant(id="p3", text="Dana"),
    ),
    timeline=_TIMELINE,
    response_notes=(
        ResponseNote(id="r1", text="The decision to roll back needed no approval"),
        ResponseNote(id="r2", text="Finding out which version failed took six minutes", kind=ResponseKind.HARDER),
    ),
    whys=_WHYS,
    factors=_FACTORS,
    lessons=(
        Lesson(id="l1", text="Rollback took 2 minutes", kind=LessonKind.WELL, area=LessonArea.TOOLING),
        Lesson(
            id="l2",
            text="22 minutes went by before anything told us",
            kind=LessonKind.WRONG,
            area=LessonArea.TECHNICAL,
        ),
        Lesson(
            id="l3",
            text="Contracts between services live in people's heads",
            kind=LessonKind.WRONG,
            area=LessonArea.PROCESS,
        ),
        Lesson(id="l4", text="It was a Sunday: traffic was a third of that on a Monday", kind=LessonKind.LUCKY),
    ),
    actions=_ACTIONS,
    parking_lot=(Parked(id="k1", text="Rewrite the deploy tool"),),
    questions=(
        Question(id="q1", text="Which other services read payment methods?", owner="dana"),
        Question(
            id="q2",
            text="Were the failed payments charged?",
            owner="alice",
            answer="No. The exception came before the charge.",
        ),
    ),
)
"""The session behind the approved documents."""
