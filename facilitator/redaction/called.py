"""What stands for words that are replaced: the same for the same words, wherever in a session they stand."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping

import msgspec

from facilitator.model.aliases import ANYBODY, People, Somebody
from facilitator.model.review_items import Pseudonym
from facilitator.model.roles import parted
from facilitator.model.session import Participant, Session
from facilitator.redaction.profiles import Kind, Naming

STABLE = frozenset((Kind.CUSTOMER, Kind.HOST, Kind.ADDRESS, Kind.PERSON))
"""The kinds whose words get a name of their own, by which a reader can tell one from another."""

_SAID = {Kind.CUSTOMER: "customer {}", Kind.HOST: "host-{}", Kind.ADDRESS: "address-{}", Kind.PERSON: "person {}"}
_NUMBERED = re.compile(r"(customer |host-|address-|person )(\d+)")
_ARTICLE = re.compile(r"(?:an?|the) ")
_NUMBER = re.compile(r" \d+\Z")
GONE = "[removed]"
IN_ADDRESS = "removed"


def is_own_name(words: str) -> bool:
    """Tell whether words are a name that a redaction gave: they are not replaced once more."""
    return _NUMBERED.fullmatch(words) is not None or words in (GONE, IN_ADDRESS, ANYBODY)


def plainly(kind: Kind, what: str) -> str:
    """Return what stands for words that get no name of their own: "[GitHub token removed]"."""
    if kind is Kind.URL or what.endswith("in an address"):
        return IN_ADDRESS
    if kind is Kind.OWN:
        return GONE
    return f"[{_ARTICLE.sub('', what, count=1)} removed]"


class Names:
    """Gives names to people, customers, hosts and addresses; those that a session knows already stay as they are.

    No two have one name, but for people whom a text does not tell apart. `given` are the names that were asked for, by
    the words that they stand for. `is_safe` tells whether a text may be published: a person whose role may not, such as
    "deputy of Bo Chen", is not called by it.
    """

    def __init__(
        self, known: Iterable[Pseudonym], people: People, naming: Naming, is_safe: Callable[[str], bool]
    ) -> None:
        self._naming = naming
        self._is_safe = is_safe
        self._known: dict[str, list[str]] = {}
        self._taken: set[str] = set()
        self._last: Counter[str] = Counter()
        self.given: dict[str, str] = {}
        for each in known:
            self._known.setdefault(each.words.casefold(), []).append(each.text)
            self._take(each.text)
        self._people = [(each.name, self._person(each)) for each in people.people]

    def of(self, kind: Kind, words: str) -> str:
        """Return the name of a customer, a host or an address."""
        key = words.casefold()
        if key not in self.given:
            beginning = _SAID[kind].partition("{")[0]
            known = [each for each in self._known.get(key, ()) if each.startswith(beginning)]
            self.given[key] = known[0] if known else self._next(_SAID[kind])
        return self.given[key]

    def of_person(self, person: int | None) -> str:
        """Return what one of the people is called; ANYBODY for a name that several have."""
        if person is None:
            return ANYBODY
        name, called = self._people[person]
        return self.given.setdefault(name.casefold(), called)

    def _person(self, somebody: Somebody) -> str:
        by_role = self._naming is Naming.ROLES and somebody.has_role and self._is_safe(somebody.alias)
        known = self._known.get(somebody.name.casefold(), ())
        fitting = [each for each in known if (_NUMBERED.fullmatch(each) is None) is by_role]
        if fitting:
            return fitting[0]
        if not by_role:
            return self._next(_SAID[Kind.PERSON])
        if somebody.alias not in self._taken:
            self._take(somebody.alias)
            return somebody.alias
        role = re.sub(r"^the | \d+$", "", somebody.alias)
        return self._next(f"{role} {{}}")

    def _next(self, said: str) -> str:
        while True:
            self._last[said] += 1
            name = said.replace("{}", str(self._last[said]))
            if name not in self._taken:
                self._take(name)
                return name

    def _take(self, name: str) -> None:
        self._taken.add(name)


def with_roles_once(session: Session) -> Session:
    """Return a redacted session in which nobody who is called by a role has the same words once more as the role.

    "the facilitator (facilitator, data team)" is "the facilitator (data team)". It is for documents: redacting it again
    could not tell that "the facilitator" is called by a role.
    """
    people = tuple(_with_role_once(each) for each in session.participants)
    return msgspec.structs.replace(session, participants=people) if people != session.participants else session


def _with_role_once(person: Participant) -> Participant:
    said, details = parted(person.role)
    called = {f"the {each}".casefold() for each in (said, f"person {said}")}
    if not {person.text.casefold(), f"the {_NUMBER.sub('', person.text)}".casefold()} & called:
        return person
    return msgspec.structs.replace(person, role=details)


def new_pseudonyms(names: Mapping[str, str], known: Iterable[Pseudonym]) -> dict[str, str]:
    """Return those of the names that are not in the map of a session yet, by the words that they stand for."""
    there = {(each.words.casefold(), each.text) for each in known}
    return {words: text for words, text in names.items() if (words.casefold(), text) not in there}
