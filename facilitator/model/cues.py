"""Cues: neutral questions for the facilitator to ask, by phase.

They ask what and how, never who and why not: practice of the Etsy debriefing guide, Howie and the PagerDuty guides.
"""

from collections.abc import Mapping

from facilitator.model.phases import Phase

_CUES: Mapping[Phase, tuple[str, ...]] = {
    Phase.INCIDENT: (
        "In one sentence that anybody outside this room would understand: what happened, and to whom?",
        "What did people who use this notice, and when did it stop for them?",
        "Who worked on this and is not here today?",
        "What was this system meant to be doing on a normal day?",
        "How do we know the size of the impact, and what do we only estimate?",
    ),
    Phase.TIMELINE: (
        "Let us start before it began: what did a normal day look like here?",
        "What did you see at this moment, and where did you see it?",
        "What did you take it to mean?",
        "What did you expect to happen next?",
        "What were you trying to achieve, and what else was pulling at you?",
        "Which options were on the table, and what put this one first?",
        "Who else knew this at the time, and how did it reach them?",
        "What is missing between these two entries?",
    ),
    Phase.RESPONSE: (
        "How did the first sign arrive, and at whom?",
        "Which signals existed at that time, and who could see them?",
        "How was it known whom to call?",
        "Which explanations were considered and put aside, and what told you so?",
        "Which tool helped, and which one pointed the wrong way?",
        "What made this step look safe at the time?",
        "How was it known that it was over?",
    ),
    Phase.WHYS: (
        "What made that possible?",
        "What else had to be true at the same moment?",
        "What did the situation look like to anybody in that seat?",
        "How did this make sense at the time?",
        "Is there a second answer to this question?",
        "Can we act here, or is this where our knowledge ends?",
    ),
    Phase.FACTORS: (
        "What had to be in place for this to be possible?",
        "What made it larger, longer, or harder to see?",
        "What kept it from being worse?",
        "Take this factor away: does it still happen?",
        "What is normal here that somebody from outside would find odd?",
        "Is it still there today?",
    ),
    Phase.LESSONS: (
        "What surprised you?",
        "What do you know now that you did not know on the day?",
        "Where did luck help us?",
        "What went better than last time?",
        "Who else in the company would be surprised by this?",
    ),
    Phase.ACTIONS: (
        "Which factor does this address?",
        "How will we see that it worked?",
        "What does it make harder?",
        "What could we stop doing instead?",
        "What do we decide not to do, and for what reason?",
        "Who will say this one aloud, and by when?",
    ),
    Phase.DOCUMENT: (
        "What is the one thing that each of us takes away?",
        "Who was not here and should be heard before this is final?",
        "Which other team would learn from this?",
        "Who tells whom, and by when?",
    ),
}


def cues(phase: Phase) -> tuple[str, ...]:
    """Return the questions of a phase, in the order in which to offer them; never empty."""
    return _CUES[phase]
