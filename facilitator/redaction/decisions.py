"""What people decided about words that are replaced: which decision counts in a place, and how one is made."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from hashlib import sha256

import msgspec

from facilitator.model.edits import EditError, add, find, remove
from facilitator.model.review_items import Decision, Redaction, Withheld
from facilitator.model.session import Session
from facilitator.redaction.profiles import Profile

SHORTEST = 4
"""Words of fewer characters are replaced as words of their own only; longer ones also within others."""


class Decisions:
    """The decisions of a session that count for the readers of a profile."""

    def __init__(self, redactions: Iterable[Redaction], profile: Profile) -> None:
        self._by_words: dict[str, list[tuple[int, Redaction]]] = {}
        self.added: list[Redaction] = []
        for number, each in enumerate(redactions):
            if each.profile in ("", profile.name) and each.words and not each.accepted:
                self._by_words.setdefault(each.words.casefold(), []).append((number, each))
                if each.decision is Decision.REPLACE:
                    self.added.append(each)

    def of(self, words: str, subject: str, about: str, place: str) -> Redaction | None:
        """Return the decision about words in a place, or None: the nearest to the place, then the last one.

        What was decided about a `subject`, such as the whole name of a person, counts for all words that stand for it.
        """
        if not self._by_words:
            return None
        found = [
            (bool(each.about or each.place), bool(each.profile), key is words, number, each)
            for key in (words, subject)
            if key
            for number, each in self._by_words.get(key.casefold(), ())
            if counts_in(each, about, place)
        ]
        return max(found, key=lambda each: each[:4])[4] if found else None


def everywhere(words: Sequence[str]) -> re.Pattern[str] | None:
    """Return what finds words in any case, short ones as words of their own; None when there are none."""
    ways = [f"(?:{_any_case(each)})" for each in sorted({*words}, key=len, reverse=True) if each]
    return re.compile("|".join(ways)) if ways else None


def _any_case(words: str) -> str:
    first = "".join(sorted({re.escape(each) for each in (words[0], words[0].lower()[:1], words[0].upper()[:1])}))
    pattern = rf"[{first}](?i:{re.escape(words[1:])})" if words[1:] else f"[{first}]"
    return pattern if len(words) >= SHORTEST else rf"(?<!\w){pattern}(?!\w)"


def is_everywhere(redaction: Redaction) -> bool:
    """Tell whether a decision counts wherever its words stand, rather than in one place."""
    return not redaction.about and not redaction.place


def counts_in(redaction: Redaction, about: str, place: str) -> bool:
    """Tell whether a decision counts in a place: the id of an item, or nothing for the session, and the field."""
    return is_everywhere(redaction) or (redaction.about, redaction.place) == (about, place)


def decide(session: Session, redaction: Redaction, new_id: Callable[[], str]) -> Session:
    """Return the session with a decision, in the place of an earlier one about the same words, profile and place.

    Raises EditError when it is about an item that is not there.
    """
    for each in _same(session, redaction):
        session = remove(session, each.id)
    return add(session, msgspec.structs.replace(redaction, id=new_id()))


def undecide(session: Session, redaction: Redaction) -> Session:
    """Return the session without the decision about these words in this profile and place.

    It is forgotten too that somebody accepted them; one that is `accepted` itself replaces no decision.
    """
    for each in _same(session, redaction):
        session = remove(session, each.id)
    return session


def forget(session: Session, words: str, profile: str) -> Session:
    """Return the session without what was decided or accepted about words in a profile, wherever it counts."""
    about = {words.casefold(), fingerprint(words)}
    for each in session.redactions:
        if each.profile == profile and each.words.casefold() in about:
            session = remove(session, each.id)
    return session


def withhold(session: Session, item_id: str, reason: str, new_id: Callable[[], str]) -> Session:
    """Return the session with an item marked as withheld; the same session when it is. Raises EditError."""
    if any(each.about == item_id for each in session.withheld):
        return session
    if find(session, item_id) is None:
        raise EditError(f"no item {item_id!r} in this session")
    return add(session, Withheld(id=new_id(), about=item_id, text=reason))


def release(session: Session, item_id: str) -> Session:
    """Return the session with an item that is not withheld any more."""
    for each in session.withheld:
        if each.about == item_id:
            session = remove(session, each.id)
    return session


def fingerprint(words: str) -> str:
    """Return what is kept of words that are not to be kept, by which they are known again."""
    return f"sha256:{sha256(words.encode(errors='surrogatepass')).hexdigest()[:16]}"


def _same(session: Session, redaction: Redaction) -> Iterator[Redaction]:
    wanted = {_key(redaction), _key(msgspec.structs.replace(redaction, words=fingerprint(redaction.words)))}
    for each in session.redactions:
        if _key(each) in wanted and (each.accepted or not redaction.accepted):
            yield each


def _key(redaction: Redaction) -> tuple[str, ...]:
    return redaction.words.casefold(), redaction.profile, redaction.about, redaction.place
