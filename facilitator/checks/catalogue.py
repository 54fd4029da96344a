"""The rules that are not about language: what each points out, for what reason, and where it is from."""

import msgspec

from facilitator.checks import (
    actions,
    checklist,
    depth,
    plan,
    same_entries,
    sensitive,
    stated,
    suspicious_zones,
    timeline,
)
from facilitator.checks.finding import Category


class Described(msgspec.Struct, frozen=True):
    """A rule as people read it: its id and category, what it points out, why that matters, and its source."""

    id: str
    category: Category
    name: str
    why: str
    source: str


MISSION = "Postmortems: learning from failure"
ETSY = "Etsy, Debriefing Facilitation Guide"
PAGERDUTY = "PagerDuty, postmortems.pagerduty.com"
GOOGLE = "Google SRE Book, chapter 15, and Workbook, chapter 10"
ATLASSIAN = "Atlassian Incident Handbook"
DEKKER = "Dekker, The Field Guide to Understanding Human Error"
OURS = "Facilitator: what its own numbers are computed from"

_TIMELINE = (
    (timeline.GAP, "a gap that stands out for this incident", "What happened in a gap may matter most.", MISSION),
    (timeline.BEFORE, "trouble told before the start", "The start decides what detection and duration mean.", ETSY),
    (timeline.AFTER, "trouble told after the end", "What came back was not over.", ETSY),
    (timeline.ENDS, "an entry that ends before it begins", "One of its two times is wrong.", OURS),
    (timeline.FUTURE, "an entry in the future", "A day or a zone is wrong.", OURS),
    (timeline.YEAR, "a year far from that of the others", "A slip around New Year moves an entry out of sight.", OURS),
    (timeline.MISSING, "a milestone that nothing marks", "Without it a duration cannot be told.", MISSION),
    (timeline.ORDER, "milestones in an order that cannot be", "The durations between them are wrong.", OURS),
    (same_entries.SAME, "two entries that are probably one", "Two records of one thing look like two.", PAGERDUTY),
    (same_entries.HOURS_OFF, "the same words whole hours apart", "One record was read in another zone.", PAGERDUTY),
    (suspicious_zones.SEASON, "a zone that is not in use then", "PST in July is mostly PDT, an hour off.", PAGERDUTY),
    (suspicious_zones.OTHER_CLOCK, "entries that fit when told in another zone", "Records mix their zones.", PAGERDUTY),
    (
        suspicious_zones.HALF_A_DAY,
        "an entry that fits 12 hours off",
        "Clocks of 12 hours leave the half open.",
        PAGERDUTY,
    ),
    (stated.DURATION, "prose that states another duration", "Readers do not know which one to believe.", GOOGLE),
    (stated.WINDOW, "a stated start or end beside another milestone", "Readers do not know which to believe.", GOOGLE),
)
_DEPTH = (
    (depth.EARLY, "held before the incident was over", "One of the two dates is wrong.", OURS),
    (depth.LATE, "held more than 72 hours after it", "Memory fades within 48 hours.", MISSION),
    (depth.NOT_HELD, "not held yet, more than 72 hours after it", "Memory fades within 48 hours.", MISSION),
    (
        depth.FACILITATOR,
        "a facilitator who was in the response",
        "A neutral person asks more freely.",
        f"{MISSION}; {ETSY}",
    ),
    (depth.SUMMARY, "a summary with nothing behind it", "A summary is not a postmortem.", MISSION),
    (depth.VAGUE_IMPACT, "some users, for a while", "Readers cannot tell how large it was.", GOOGLE),
    (depth.DETECTION, "nothing about how it was noticed", "How it was noticed decides how long it lasted.", MISSION),
    (
        depth.HUMAN_ERROR,
        "human error as a conclusion",
        "It is a symptom, and never a root cause.",
        f"{MISSION}; {DEKKER}",
    ),
    (depth.PERSON, "a branch or a root cause that ends at a person", "Fixing the person fixes nothing.", MISSION),
    (depth.NO_SYSTEM, "factors about persons only", "Conditions allow failures; people meet them.", MISSION),
    (depth.SINGLE, "one factor with nothing around it", "Most incidents need several conditions.", MISSION),
    (depth.ROOT_ACTION, "a root cause without an action", "What stays as it is can fail again.", MISSION),
    (depth.FACTOR_ACTION, "factors without an action or a decision", "One fix leaves the others open.", MISSION),
    (depth.LESSONS, "no lessons", "Learning is what a postmortem is for.", MISSION),
    (plan.NO_OWNER, "an action without an owner", "What nobody owns is not done.", MISSION),
    (plan.TEAM, "an action owned by a team", "What belongs to all is nobody's.", MISSION),
    (plan.SEVERAL, "an action with several owners", "Each can think that another one does it.", GOOGLE),
    (plan.NO_DUE, "an action without a due date", "Without a date it is always due later.", MISSION),
    (plan.NO_TICKET, "an action that no ticket tracks", "What is in no backlog is not planned.", MISSION),
    (plan.ONE_TYPE, "all actions of one type", "Prevention alone trusts that it works.", GOOGLE),
    (plan.PRIORITIES, "all actions of one priority", "Where all come first, none does.", GOOGLE),
    (plan.OVERDUE, "an action past its date, or open for 60 days", "Actions that wait are a graveyard.", MISSION),
    (plan.DEFERRED, "an urgent action due after more than eight weeks", "Urgent is what is done soon.", ATLASSIAN),
    (plan.DROPPED, "an action that won't be done, without a reason", "Rejected ideas are kept with reasons.", ETSY),
    (plan.SCOPE, "an action that addresses no factor", "Other improvements belong on another list.", MISSION),
    (depth.REVIEW, "reviewed by nobody but its authors", "Others see what those who were there cannot.", MISSION),
    (checklist.SHARED, "asked: was it shared?", "One team's failure is the next one's lesson.", MISSION),
    (checklist.EARLIER, "asked: are earlier actions done?", "Postmortems live by their follow-through.", MISSION),
    (checklist.RECURS, "asked: was it seen before?", "Without history the analysis is made again.", MISSION),
    (checklist.APPROVED, "asked: are the priorities approved?", "Actions need those who plan the work.", MISSION),
    (checklist.SECURITY, "asked: may it be published?", "It may hold what is not patched yet.", MISSION),
    (checklist.NEUTRAL, "asked: who facilitates?", "A neutral person asks more freely.", MISSION),
)
_ACTION = (
    (actions.TELLS, "an action that only tells people", "The next person meets the same trap.", f"{MISSION}; {DEKKER}"),
    (
        actions.VAGUE_VERB,
        "a verb without an output or an end",
        "Nobody can say when it is done.",
        f"{MISSION}; {GOOGLE}",
    ),
    (actions.VERB, "a topic instead of an action", "It does not say what will be done.", ATLASSIAN),
    (actions.OBJECT, "a verb without an object of its own", "It does not say what it is done to.", ATLASSIAN),
    (actions.LIMIT, "a direction without a limit", "It does not say how far.", ATLASSIAN),
    (actions.CHECK, "nothing to see that it is done", "What goes on for ever is never done.", GOOGLE),
    (actions.SEVERAL, "more than one action in a line", "Half of it gets done, and it stays open.", ATLASSIAN),
)
_SENSITIVE = (
    (sensitive.KEY, "a key, a token or a private key", "Whoever reads it can use it.", MISSION),
    (sensitive.PASSWORD, "a password or a secret", "Whoever reads it can use it.", MISSION),
    (sensitive.MAIL, "a mail address", "It is data about a person.", MISSION),
    (sensitive.ADDRESS, "an IP address", "It tells how the inside is built.", MISSION),
    (sensitive.HOST, "the name of an internal host", "It tells how the inside is built.", MISSION),
    (sensitive.OWN, "what you named as sensitive", "You said so, in the configuration.", "your configuration"),
)

RULES: tuple[Described, ...] = tuple(
    Described(rule, category, name, why, source)
    for category, described in (
        (Category.TIMELINE, _TIMELINE),
        (Category.DEPTH, _DEPTH),
        (Category.ACTION, _ACTION),
        (Category.SENSITIVE, _SENSITIVE),
    )
    for rule, name, why, source in described
)
"""Every rule that needs no words of language, in the order of the categories."""
