"""Examples of what can be typed in each phase, for the help screen and the documentation."""

from facilitator.model.phases import Phase

_ANYWHERE = (
    ("? who owns the runbook @alice", "an open question, and who will find out"),
    ("// rewrite the deploy tool", "something for the parking lot"),
    ("# ask Bo first, he is new", "a private note, in no document"),
)

_EXAMPLES: dict[Phase, tuple[tuple[str, str], ...]] = {
    Phase.TIMELINE: (
        ("14:22 burn rate alert fires #detected", "an entry at 14:22 that marks detection"),
        ("+5m on-call acknowledges #ack", "5 minutes after the entry above"),
        ("~14:30-14:35 PST rollback, maybe twice", "about, with an end, in another zone"),
        ("yesterday 23:50 deploy of v3.2 #start", "on another day; also Nov 15, 2026-11-15, Monday"),
        ("14:?? somebody restarts the service", "only the hour is known"),
        ("before 14:00 the first customers call", "before or after a time; also just after 14:00"),
        ("half past three the pager fires", "also noon, midnight, quarter to 3, 15:30ish"),
        ("10 min later the rollback ends", "after the entry above; also an hour later, same time"),
        ("between 15:00 and 15:20 errors rise", "a span"),
        ("T+45 traffic is back", "45 minutes after the start of the incident"),
        ("14:22 errors rise source:grafana https://grafana.example/d/1", "where it is known from, and evidence"),
        (r"14:22 posted in \#detected", "a backslash keeps a word as text"),
    ),
    Phase.RESPONSE: (
        ("+ rollback took 2 minutes", "what went well"),
        ("- paging reached the wrong team", "what was harder than expected"),
    ),
    Phase.WHYS: (
        ("no one had documented the contract", "the answer to the why in focus; without one a new effect"),
        ("the schema was changed by hand #confirmed #actionable", "how sure it is, and why the branch ends there"),
        ("the image was deleted #unknown @bob", "nobody knows why: an open question, and who will find out"),
        ("two safeguards failed #and", "the answers below hold together; #or: any of them alone"),
    ),
    Phase.FACTORS: (
        ("staging never ran under production load #testing", "a factor with its category"),
        ("one person knew the restore procedure #doc #root", "a root cause; the beginning of a category will do"),
        ("traffic was low at that hour #mitigator", "what kept it from being worse"),
        ("alerts looked back an hour #longer #present #seen", "what it did; still there; met before (#gone, #new)"),
    ),
    Phase.LESSONS: (
        ("+ rollback took 2 minutes", "what went well"),
        ("- paging the wrong team #process", "what went wrong, and that it is about a process"),
        ("! traffic was low", "where we got lucky"),
    ),
    Phase.ACTIONS: (
        ("Alert at 75 % memory @alice fri P1 ENG-1234 #detect", "owner, due date, priority, ticket, type"),
        ('Test the restore every month @"Alice Berg" by Nov 29', "the sentence first, then the particulars"),
        ("Document the failover in 2 weeks #process #progress", "a date counted from today; the state"),
        ('Rotate the logs done:2026-11-09 effect:"yes, no page since"', "when it was done, and whether it worked"),
        (r"Stop the deploy train before \fri", "a backslash keeps a word as text"),
    ),
}


def help_lines(phase: Phase) -> tuple[tuple[str, str], ...]:
    """Return what can be typed in a phase: each an example as typed, and what it becomes."""
    return _EXAMPLES.get(phase, ()) + _ANYWHERE


def anywhere() -> tuple[tuple[str, str], ...]:
    """Return what can be typed everywhere."""
    return _ANYWHERE
