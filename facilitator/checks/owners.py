"""Whether the owner of an action is a person: one, and not a team, a role or a place-holder."""

import re
from enum import StrEnum

from facilitator.model.session import Session

_TEAM = re.compile(
    r"(?<![^\W_])(?:teams?|squad|group|guild|tribe|crew|dept|department|org|sre|sres|ops|devops|secops|infra|"
    r"infrastructure|platform|dba|dbas|backend|frontend|engineering|engineers|developers|devs|support|security|"
    r"networking|everyone|everybody|all|on-?call|management|vendor|operations|responders|leads|committee)(?![^\W_])",
    re.IGNORECASE,
)
_NOBODY = re.compile(
    r"(?:tbd|tba|tbc|todo|n/?a|none|nobody|no one|unassigned|unknown|someone|somebody|\?+|-+|–|—)", re.IGNORECASE
)
_SEVERAL = re.compile(r"[,;&/+]|\band\b|\bor\b", re.IGNORECASE)


class Ownership(StrEnum):
    """What stands where the owner of an action does."""

    NOBODY = "nobody"
    TEAM = "a team"
    SEVERAL = "several"
    PERSON = "a person"


def ownership(owner: str, session: Session) -> Ownership:
    """Tell what an owner is. A participant is a person, unless the name says that it is a team."""
    name = owner.strip().lstrip("@").strip()
    if not name or _NOBODY.fullmatch(name):
        return Ownership.NOBODY
    if _TEAM.search(name) or name.startswith("#") or name.casefold() in {each.casefold() for each in session.services}:
        return Ownership.TEAM
    known = name.casefold() in {each.text.strip().casefold() for each in session.participants}
    return Ownership.SEVERAL if _SEVERAL.search(name) and not known else Ownership.PERSON
