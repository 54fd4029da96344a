"""The session: the whole record of one postmortem, as one immutable value."""

from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any

import msgspec

from facilitator.model.item import Item, in_utc
from facilitator.model.meeting_items import Account, Box, Meeting, Note, Survey, Switch
from facilitator.model.moments import Moment
from facilitator.model.review_items import (
    Approval,
    Comment,
    Consent,
    Pseudonym,
    Redaction,
    ReviewRequest,
    Version,
    Withheld,
)


class Status(StrEnum):
    """How far the document is."""

    DRAFT = "draft"
    IN_REVIEW = "in review"
    FINAL = "final"


class ReviewKind(StrEnum):
    """What is being reviewed. Learning is not limited to incidents."""

    INCIDENT = "incident"
    NEAR_MISS = "near miss"
    EXPERIMENT = "successful experiment"
    EXPECTED_FAILURE = "expected failure"


class Severity(StrEnum):
    """How bad it was; SEV1 is the worst."""

    SEV1 = "SEV1"
    SEV2 = "SEV2"
    SEV3 = "SEV3"
    SEV4 = "SEV4"


class Milestone(StrEnum):
    """What an entry marks. Metrics are computed from these and from nothing else."""

    START = "start"
    DETECTED = "detected"
    ACKNOWLEDGED = "acknowledged"
    DECLARED = "declared"
    MITIGATED = "mitigated"
    RESOLVED = "resolved"


class Join(StrEnum):
    """How the answers below one why belong together."""

    AND = "and"
    OR = "or"


class Confidence(StrEnum):
    """How well an answer is supported."""

    CONFIRMED = "confirmed"
    LIKELY = "likely"
    POSSIBLE = "possible"


class BranchEnd(StrEnum):
    """Why a branch of the why tree stops."""

    ACTIONABLE = "actionable"
    OUTSIDE = "outside our control"
    UNKNOWN = "unknown"


class DetectionSource(StrEnum):
    """Who or what noticed first."""

    ALERT = "alert"
    CUSTOMER = "customer"
    PERSON = "person"


class LessonKind(StrEnum):
    """The three lists of lessons."""

    WELL = "well"
    WRONG = "wrong"
    LUCKY = "lucky"


class LessonArea(StrEnum):
    """What a lesson is about."""

    TECHNICAL = "technical"
    PROCESS = "process"
    TOOLING = "tooling"


class ResponseKind(StrEnum):
    """The two lists about the response."""

    WELL = "well"
    HARDER = "harder"


class Priority(StrEnum):
    """How soon an action must be done; P0 is the most urgent."""

    P0 = "P0"
    P1 = "P1"
    P2 = "P2"
    P3 = "P3"


class Role(StrEnum):
    """What a factor did to the incident."""

    TRIGGERED = "triggered"
    ENABLED = "enabled"
    LARGER = "made larger"
    LONGER = "made longer"
    HID = "hid"


class ActionType(StrEnum):
    """What an action does about the next time (Google SRE's four kinds)."""

    PREVENT = "prevent"
    DETECT = "detect"
    MITIGATE = "mitigate"
    PROCESS = "process"


class ActionStatus(StrEnum):
    """How far an action is."""

    OPEN = "open"
    IN_PROGRESS = "in progress"
    DONE = "done"
    WONT_DO = "won't do"


CATEGORIES = (
    "code", "testing", "monitoring", "process", "documentation", "training", "infrastructure", "dependency",
    "configuration", "deployment", "communication", "organisation",
)  # fmt: skip
"""The categories of factors, and of a session's root cause, that everybody has."""


class Participant(Item, frozen=True, kw_only=True, omit_defaults=True):
    """Somebody who takes part in the postmortem, with the role they had."""

    text: str
    role: str = ""


class Entry(Item, frozen=True, kw_only=True, omit_defaults=True):
    """One line of the timeline. `until` is the end of a span, in UTC; `links` are addresses of evidence.

    `origins` holds the ids of the records from which it was taken, such as "slack:C024BE91L/1700000000.000200".
    """

    at: Moment
    text: str
    until: datetime | None = None
    milestones: tuple[Milestone, ...] = ()
    source: str = ""
    links: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()


class Why(Item, frozen=True, kw_only=True, omit_defaults=True):
    """A node of a why tree: an effect when `parent` is None, else an answer to why its parent was so.

    `join` says how the answers below this node belong together; `evidence` holds ids of entries.
    """

    text: str
    parent: str | None = None
    join: Join = Join.OR
    evidence: tuple[str, ...] = ()
    confidence: Confidence | None = None
    end: BranchEnd | None = None


class Factor(Item, frozen=True, kw_only=True, omit_defaults=True):
    """A condition that contributed, never a person.

    A `mitigator` kept it from being worse; a `root_cause` is the systemic condition that allowed it. `present` tells
    whether it is still there, `seen_before` whether it was met in an earlier incident, and `no_action` why it was
    decided not to act on it. `whys` and `evidence` hold ids of why nodes and of entries.
    """

    text: str
    category: str = ""
    mitigator: bool = False
    root_cause: bool = False
    role: Role | None = None
    present: bool | None = None
    seen_before: bool | None = None
    no_action: str = ""
    whys: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()


class Precedent(Item, frozen=True, kw_only=True, omit_defaults=True):
    """An earlier incident that this one is like; `text` is its title, so that a document can name it.

    `session` is the id of its session, from which its own id is made, and `day` the day of that incident. `factors`
    holds the ids of those factors of this session that were met there; none where it is only alike as a whole.
    """

    text: str
    session: str = ""
    day: date | None = None
    factors: tuple[str, ...] = ()


class ResponseNote(Item, frozen=True, kw_only=True, omit_defaults=True):
    """One thing about the response that went well, or was harder than expected."""

    text: str
    kind: ResponseKind = ResponseKind.WELL


class Lesson(Item, frozen=True, kw_only=True, omit_defaults=True):
    """Something known now that was not known before."""

    text: str
    kind: LessonKind = LessonKind.WELL
    area: LessonArea | None = None


class Action(Item, frozen=True, kw_only=True, omit_defaults=True):
    """An action item. `factors` holds the ids of the factors it addresses; `note` says why it won't be done.

    `done` is the day on which it was done, and `effect` tells, some weeks later, whether it worked.
    """

    text: str
    owner: str = ""
    due: date | None = None
    ticket: str = ""
    priority: Priority | None = None
    type: ActionType | None = None
    status: ActionStatus = ActionStatus.OPEN
    factors: tuple[str, ...] = ()
    note: str = ""
    done: date | None = None
    effect: str = ""


class Parked(Item, frozen=True, kw_only=True, omit_defaults=True):
    """A fix or side topic raised too early, kept for later; `outcome` is the reason for which it was let go."""

    text: str
    outcome: str = ""


class Question(Item, frozen=True, kw_only=True, omit_defaults=True):
    """An open question, with who will find out and, in time, the answer; `about` is the id of the item it came from."""

    text: str
    owner: str = ""
    answer: str = ""
    about: str = ""


class Mute(Item, frozen=True, kw_only=True, omit_defaults=True):
    """A finding that was set aside with a `reason`; it is not published.

    `rule` is the id of the rule, and `about` that of the item, or empty for the session itself. `words` are the words
    that it was about, or empty: where the item does not hold them any more, the mute is void.
    """

    rule: str
    about: str = ""
    words: str = ""
    reason: str = ""


class Intake(Item, frozen=True, kw_only=True, omit_defaults=True):
    """Records of others that were read in as drafts for the timeline; it is not published.

    `text` is the name of the file, `kind` that of its reader, `read` the moment, aware and in UTC. The `count` drafts
    lie beside the store under the name `digest`. `zone` is for times that have none of their own; `ahead` is by how
    many seconds the clock of the source is ahead, and is taken off. `left` holds the ids of drafts that were set aside.
    """

    text: str
    kind: str
    read: datetime
    digest: str
    count: int = 0
    zone: str = ""
    ahead: int = 0
    left: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.read.tzinfo is not UTC:
            msgspec.structs.force_setattr(self, "read", in_utc(self.read))


class Conflict(Item, frozen=True, kw_only=True, omit_defaults=True):
    """A field that two people changed at the same time: the session shows one value, and the `other` is kept here.

    `about` is the id of the item, or empty for a field of the session itself; `field` is the name of the field, such
    as "text" or "impact.prose"; `other` is the value as JSON has it.
    """

    about: str = ""
    field: str
    other: Any


class Impact(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What it cost. `error_budget` is the share consumed, in percent; `revenue` an amount with its currency."""

    prose: str = ""
    users: int | None = None
    features: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    revenue: str = ""
    error_budget: float | None = None
    sla_breached: bool | None = None


class Detection(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """How it was noticed, whether that was the right way, and what would have been faster."""

    source: DetectionSource | None = None
    prose: str = ""
    appropriate: bool | None = None
    faster: str = ""


class Response(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """How the response went, beyond the two lists of notes."""

    runbooks: str = ""
    command: str = ""
    communication: str = ""


class Session(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The whole record of one postmortem.

    `created` is aware and in UTC. `zone` is the one zone in which the document shows times. `started` and `resolved`
    are the incident's window as stated; milestones of the timeline go before them. `review_until` is the end of the
    time for review, aware and in UTC. Lists are kept in reading order.
    """

    id: str
    title: str
    created: datetime
    review_kind: ReviewKind = ReviewKind.INCIDENT
    status: Status = Status.DRAFT
    severity: Severity | None = None
    services: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    cause: str = ""
    zone: str = "UTC"
    started: Moment | None = None
    resolved: Moment | None = None
    held: date | None = None
    facilitator: str = ""
    authors: tuple[str, ...] = ()
    reviewers: tuple[str, ...] = ()
    review_until: datetime | None = None
    summary: str = ""
    trigger: str = ""
    resolution: str = ""
    impact: Impact = Impact()
    detection: Detection = Detection()
    response: Response = Response()
    participants: tuple[Participant, ...] = ()
    timeline: tuple[Entry, ...] = ()
    response_notes: tuple[ResponseNote, ...] = ()
    whys: tuple[Why, ...] = ()
    factors: tuple[Factor, ...] = ()
    precedents: tuple[Precedent, ...] = ()
    lessons: tuple[Lesson, ...] = ()
    actions: tuple[Action, ...] = ()
    parking_lot: tuple[Parked, ...] = ()
    questions: tuple[Question, ...] = ()
    accounts: tuple[Account, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    boxes: tuple[Box, ...] = ()
    switches: tuple[Switch, ...] = ()
    surveys: tuple[Survey, ...] = ()
    notes: tuple[Note, ...] = ()
    mutes: tuple[Mute, ...] = ()
    intakes: tuple[Intake, ...] = ()
    review_requests: tuple[ReviewRequest, ...] = ()
    comments: tuple[Comment, ...] = ()
    approvals: tuple[Approval, ...] = ()
    versions: tuple[Version, ...] = ()
    withheld: tuple[Withheld, ...] = ()
    redactions: tuple[Redaction, ...] = ()
    pseudonyms: tuple[Pseudonym, ...] = ()
    consents: tuple[Consent, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
