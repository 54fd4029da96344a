"""Names in a witness form of people whom the session does not know: those that came with the records."""

import re
from collections.abc import Callable, Iterator

from facilitator.model.aliases import ANYBODY, by_role
from facilitator.model.session import Participant, Session
from facilitator.model.text import one_line

_WORD = r"[^\W\d_][\w'’-]*+(?:\.[\w'’-]+)*+"
_HANDLE = re.compile(rf'(?<![\w@./-])@(?:"(?P<quoted>[^"@]{{1,80}})"|(?P<name>{_WORD})(?![/@])(?P<more> {_WORD})?)')
_DONE = re.compile(
    r"\b(?P<verb>(?i:(?:re)?assigned|acknowledged|acked|added|announced|answered|approved|asked|called|closed|commented"
    r"|confirmed|created|declared|deployed|edited|escalated|found|joined|led|merged|noted|noticed|opened|owned|paged"
    r"|posted|published|raised|released|reopened|reported|requested|resolved|reverted|reviewed|rolled back|run|said"
    r"|sent|silenced|snoozed|spotted|started|stopped|suggested|triggered|updated|written))"
    rf" (?P<by>by|to) (?P<first>{_WORD}) (?P<last>{_WORD})"
)
_NAME = re.compile(rf"{_WORD}\.?(?: {_WORD}\.?){{0,3}}")
_EVERYBODY = frozenset(("here", "channel", "everyone", "all", "team"))
_MACHINES = frozenset(
    ("alertmanager", "api", "bot", "github", "grafana", "integration", "jenkins", "pagerduty", "prometheus")
) | {"service", "slack", "statuspage", "system", "webhook"}
_TO = frozenset(("assigned", "reassigned", "escalated"))
_MOST = 500


def without_names(session: Session, own: str = "") -> Callable[[str], str]:
    """Return what puts "somebody" in place of names, but not of `own`, in what records say.

    Replaced are those who are named in the sources of the timeline, handles such as @mei, and whoever did something by
    first name and surname, as in "Acknowledged by Mei Tan". Other names stay; nobody can tell all of them.
    """
    mine = {word.casefold() for word in (own, *own.split())}
    services = {one_line(each).casefold() for each in session.services}

    def is_other(name: str) -> bool:
        return name.casefold().strip() not in mine | services

    names = dict.fromkeys(filter(is_other, _in_sources(session)))
    # Each name twice: one that several people have is nobody's role.
    twice = tuple(Participant(text=name) for name in list(names)[:_MOST] for _ in range(2))
    by_source = by_role(Session(id="", title="", created=session.created, participants=twice))

    def handle(found: re.Match[str]) -> str:
        name, more = found["quoted"] or found["name"], found["more"] or ""
        if name.casefold() in _EVERYBODY or not is_other(name):
            return found[0]
        # "@Bo Lind" is one name, "@bo Rollback is done" is a name and a sentence.
        whole = name[0].isupper() and more[1:2].isupper()
        return ANYBODY if whole and is_other(f"{name}{more}") else found[0] if whole else f"{ANYBODY}{more}"

    def doer(found: re.Match[str]) -> str:
        first, last = found["first"], found["last"]
        named = first[0].isupper() and last[0].isupper() and is_other(f"{first} {last}")
        if not named or (found["by"] == "to" and found["verb"].casefold() not in _TO):
            return found[0]
        return f"{found['verb']} {found['by']} {ANYBODY}"

    def replaced(text: str) -> str:
        return by_source(_DONE.sub(doer, _HANDLE.sub(handle, text)))

    return replaced


def _in_sources(session: Session) -> Iterator[str]:
    """Yield the people in sources such as "Slack #incidents, @Mei Tan; PagerDuty checkout, Dana Reyes"."""
    for entry in session.timeline:
        for source in entry.source.split(";"):
            for told in source.split(",")[1:]:
                name = one_line(told).removeprefix("@").strip('"')
                if _NAME.fullmatch(name) and _MACHINES.isdisjoint(re.split(r"[\s._-]+", name.casefold())):
                    yield name
