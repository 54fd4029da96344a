"""What a heading means, whatever it is called: the names that real postmortems give to their parts."""

import re

from facilitator.intake.markdown.document import Section

_TIMELINE, _MAYBE, _ACTIONS, _META = "timeline", "maybe", "actions", "meta"

_NAMES: dict[Section | str, str] = {
    _TIMELINE: "timeline|time line|timelines|event timeline|timeline of events|timeline of the incident|events timeline"
    "|problems timeline|chronology|chronology of events|sequence of events|incident timeline|key events|chronological"
    "|log of events|event log|incident log|timeline and response|what happened when|history of events"
    "|detailed timeline|summary timeline|outage timeline|chronicle|timeline of actions|course of events|key timestamps"
    "|key moments|incident chronology",
    _MAYBE: "context|what happened|events|details|incident details|details of incident|details of the incident"
    "|event description|description|what happend|incident description|incident|the incident|progress|updates"
    "|status updates|narrative|investigation|incident report|what exactly happened|story",
    Section.SUMMARY: "summary|issue summary|incident summary|executive summary|overview|tldr|tl dr|abstract"
    "|synopsis|in short|high level summary|summary of the incident|leadup|lead up|introduction|problem"
    "|problem summary|problem statement|problem description|symptoms|symptom|event summary|the problem|the issue|issue",
    Section.IMPACT: "impact|user impact|customer impact|business impact|effect|effects|effect on end users"
    "|consequences|affected|affected users|scope|damage|impacts|impact on users|customers affected|who was affected"
    "|what was affected|impact assessment|impact on customers|blast radius|fallout|incident impact"
    "|affected services and users|what was the impact|severity and impact|incident impact analysis|the impact",
    Section.CAUSES: "root cause|root causes|cause|causes|analysis of causes|why it happened|why did it happen|fault"
    "|root cause analysis|rca|underlying cause|underlying causes|analyzing what went wrong|the cause|proximate cause"
    "|technical cause|cause of the problem|cause analysis|analysis|technical analysis|causes of the incident|faults"
    "|what caused the outage|what caused it|what caused the incident|causal analysis|cause of the incident"
    "|what was the root cause|proximate causes|direct cause|what was the cause|reason|reasons",
    Section.TRIGGER: "trigger|triggers|triggering event|trigger event|initial trigger|what triggered it",
    Section.DETECTION: "detection|identified|how was it detected|how it was detected|how did we detect it|discovery"
    "|identification|how was the incident detected|incident detection|alerting|how did we find out|noticed"
    "|how we found out|detection and alerting|how was this detected|how did we notice",
    Section.RESOLUTION: "resolution|resolution and recovery|mitigation|details of fix|short term fix|fix"
    "|recovery|the fix"
    "|how it was fixed|how did we fix it|how we fixed it|workaround|solution|mitigation and resolution|restoration"
    "|resolution recovery|resolutions|recovery and resolution|how was it resolved|immediate fix|repair|mitigations"
    "|how we resolved it|how was the incident resolved|fixes|detection and resolution|resolution steps",
    Section.RESPONSE: "response|incident response|our response|communication|communications|escalation|how we responded"
    "|response and recovery|responding|how did we respond",
    Section.BACKGROUND: "background|how it works|technical background|architecture|technical description"
    "|system overview|background information|preface|additional context|system background|service background",
    Section.FACTORS: "contributing factors|contributing factor|contributing causes|contributing conditions"
    "|contributing factors and root cause|what allowed this to happen|aggravating factors|factors|contributors"
    "|contributors and enablers|enablers|contributing conditions analysis|root causes and contributing factors"
    "|contributing factors analysis|contributing events",
    Section.WHYS: "five whys|5 whys|whys|why|5 why|the five whys|the 5 whys|5 whys analysis|five whys analysis"
    "|5 why analysis|root cause 5 whys",
    Section.WELL: "what went well|things that went well|what worked|what worked well|positives|good|went well"
    "|the good|what we did well|what did we do well|what went right|things that worked|what went well and why"
    "|mitigators|what helped|what saved us|what worked in our favor",
    Section.WRONG: "what went wrong|what went poorly|things that went poorly|what didnt go well|what did not go well"
    "|what didnt work|what could be improved|what could have gone better|what went badly|went wrong|went poorly|bad"
    "|the bad|what could we improve|what did not work|what could have been better|things that went wrong"
    "|what didnt go so well|difficulties|what was difficult|challenges|what could be better|areas for improvement"
    "|what can be improved|what didnt work well|what went less well|what went bad|negatives|pain points",
    Section.LUCKY: "where we got lucky|where did we get lucky|luck|lucky|got lucky|what was lucky|lucky breaks"
    "|where were we lucky|we got lucky|how we got lucky|where did we got lucky|where we were lucky",
    Section.LESSONS: "lessons learned|lessons learnt|lessons|learnings|lesson learned|what we learned|key learnings"
    "|what did we learn|retrospective|takeaways|key takeaways|retro|lessons learned and future improvements"
    "|reflections|reflection|findings|key findings|conclusions and lessons learned|insights|learned"
    "|what have we learned"
    "|lessons from this incident",
    _ACTIONS: "action items|actions|review actions|corrective actions|corrective action|remediation|remediations"
    "|corrective and preventative measures|corrective and preventative measure|corrective and preventive measures"
    "|corrective and preventive actions|corrective and preventative actions|preventative measures|preventive measures"
    "|follow up actions|follow ups|followups|follow up|follow up items|follow up tasks|resulting action"
    "|resulting actions"
    "|improvements|future measures|action plan|next steps|todo|todos|to do|to dos|future actions|future improvements"
    "|remediation items|remediation actions|remediation steps|action item|action points|action list|tasks|actions taken"
    "|preventive actions|preventative actions|preventive measure|prevention|actions and follow ups|future work"
    "|corrective actions with owners|corrective measures|remedial actions|improvement actions|recommendations|backlog"
    "|action items and follow ups|proposed actions|planned actions|work items|what are we doing to prevent this"
    "|post incident actions|mitigation items|how we will prevent this|measures|long term fix|repair items"
    "|action items to prevent recurrence|follow up work|followup actions|followup items|what we are doing about it"
    "|preventing recurrence|immediate actions|short term actions|long term actions|incident actions"
    "|proposed improvements|backlog items|outstanding actions|open actions|remediation plan|remediation and follow up"
    "|steps to prevent recurrence|what we are changing|what were changing|what we will change|completed actions"
    "|open action items|completed action items|steps taken to prevent recurrence|prevention and follow up",
    _META: "date|severity|authors|author|owner|status|attendees|participants|responders|stats|metrics|services"
    "|affected services|services affected|affected systems|involved parties|people involved|incident metadata|metadata"
    "|involved|incident commander|team|duration|services impacted|impacted services|affected components|level",
}
_MEANINGS = {name: meaning for meaning, names in _NAMES.items() for name in names.split("|")}
_PREFIXES = tuple(
    sorted((name for name in _MEANINGS if _MEANINGS[name] in (_TIMELINE, _ACTIONS)), key=len, reverse=True)
)

_NUMBERING = re.compile(
    r"^(?:(?:\d{1,2}|[ivx]{1,4}|[a-h])[.)]\s*)+|^(?:section|part|step)\s+\d{1,2}\s*[:.-]?\s*", re.IGNORECASE
)
_BRACKETS = re.compile(r"[(\[{][^()\[\]{}]*[)\]}]")
_NOT_WORDS = re.compile(r"[^\w\s]|_")
_ARTICLE = re.compile(r"^(?:the|our|a|an) ")
_POSTMORTEM = re.compile(
    r"^(?:incident |post ?mortem |postmortem |outage |event |issue |technical |initial |detailed |full |brief )+"
)
_TIMELINE_TAIL = re.compile(r"\btime ?line\b")

GROUPS = re.compile(
    r"(?:process|policy|documentation|docs?|technical|tooling|tools?|monitoring|alerting|code|infrastructure"
    r"|testing|people"
    r"|communication|short|medium|mid|long|near|immediate|immediately|prevent|prevention|preventive|preventative|detect"
    r"|detection|mitigate|mitigation|mitigations|investigate|completed|done|open|outstanding|in progress|todo"
    r"|to do|doing"
    r"|other|others|misc|high|low|critical|p[0-5]|priority|process policy|security|organi[sz]ational|future|now"
    r"|later|next"
    r"|planned|finished|closed|response|repair|recovery|training|deployment|observability|automation|corrective"
    r"|pending)"
    r"(?: (?:and|or|policy|process|term|improvements?|actions?|items?|tasks?|fix|fixes|priority|changes?|measures|work"
    r"|technical|documentation|progress|monitoring|alerting|tooling|mitigation|prevention|detection|steps?|ups?|term))*"
)
"""What the actions of a document are grouped under."""


def normalised(heading: str) -> str:
    """Return a heading in lower case without numbering, brackets, punctuation and emoji."""
    text = _BRACKETS.sub(" ", heading.casefold()) if any(sign in heading for sign in "([{") else heading.casefold()
    text = text.replace("'", "").replace("’", "").replace("&", " and ")
    text = _NUMBERING.sub("", text.strip())
    text = " ".join(_NOT_WORDS.sub(" ", text).split())
    return _ARTICLE.sub("", text)


class Meaning:
    """What a heading opens."""

    TIMELINE, MAYBE, ACTIONS, META = _TIMELINE, _MAYBE, _ACTIONS, _META


def meaning_of(heading: str) -> Section | str | None:
    """Return the section that a heading opens, one of the words of `Meaning`, or None for one that says nothing."""
    if len(heading) > 160:
        return None
    text = normalised(heading)
    if not text:
        return None
    for each in (text, _POSTMORTEM.sub("", text), normalised(heading.partition(":")[0])):
        if each in _MEANINGS:
            return _MEANINGS[each]
    if len(text) > 90:
        return None
    if _TIMELINE_TAIL.search(text) and len(text.split()) <= 14:
        return _TIMELINE
    return _by_words(text)


_WORDS: tuple[tuple[re.Pattern[str], Section | str], ...] = tuple(
    (re.compile(pattern), meaning)
    for pattern, meaning in (
        (r"^(?:key )?events?\b.{0,25}$(?<!management)", _MAYBE),
        (
            (
                r"\baction items?\b|\b(?:corrective|preventi?(?:ta)?ve|remedial"
                r"|follow ?up) (?:and \w+ )?(?:actions?|measures?|tasks?|items?|steps?)\b"
            ),
            _ACTIONS,
        ),
        (r"^(?:next steps|follow ups?|remediation|prevent\w*|improvements)\b.{0,40}$", _ACTIONS),
        (r"\bactions\b.{0,20}$", _ACTIONS),
        (r"\bfive whys\b|\b5 whys?\b", Section.WHYS),
        (r"\bwent (?:well|right)\b|\bworked well\b|\bdid well\b", Section.WELL),
        (
            (
                r"\bwent (?:wrong|poorly|badly|less well)\b|\b(?:didnt|did not|could) (?:go|have gone|work|be"
                r"|have been)\b|\bdo better\b"
            ),
            Section.WRONG,
        ),
        (r"\blucky\b", Section.LUCKY),
        (r"\bcontributing\b", Section.FACTORS),
        (r"\broot causes?\b|\bcauses?\b", Section.CAUSES),
        (r"\blessons?\b|\blearnings?\b|\blearn(?:ed|t)\b", Section.LESSONS),
        (r"\bimpact\b|\baffected\b", Section.IMPACT),
        (r"\bdetect(?:ion|ed)?\b", Section.DETECTION),
        (r"\btrigger(?:ed)?\b", Section.TRIGGER),
        (r"\bresol(?:ution|ved)\b|\brecovery\b|\bmitigation\b|\bfixed\b", Section.RESOLUTION),
        (r"\bsummary\b|\boverview\b", Section.SUMMARY),
        (r"\bbackground\b", Section.BACKGROUND),
    )
)


def _by_words(text: str) -> Section | str | None:
    if len(text.split()) > 8:
        return None
    return next((meaning for pattern, meaning in _WORDS if pattern.search(text)), None)


def exact_meaning(label: str) -> Section | str | None:
    """Return what a label of a line means; only the known names count, whole."""
    text = normalised(label)
    return _MEANINGS.get(text) or _MEANINGS.get(_POSTMORTEM.sub("", text))


def is_group(heading: str) -> bool:
    """Return whether a heading among the actions only groups them."""
    return GROUPS.fullmatch(normalised(heading)) is not None
