"""Keys, passwords and tokens that stay in what is published because somebody decided so, told so that it is seen."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from facilitator.model.clocks import clock
from facilitator.model.edits import find
from facilitator.model.session import Entry, Session
from facilitator.model.told import field_told, kind_told
from facilitator.redaction.profiles import Kind
from facilitator.redaction.redacting import Replacement
from facilitator.redaction.told import SECRET, item_shown, shortened, shown

MOST = 4
"""How many secrets are named, and how many places of each."""

_CALLED = {
    Kind.KEY: ("key", "keys"),
    Kind.CREDENTIAL: ("password", "passwords"),
    Kind.URL: ("token in an address", "tokens in addresses"),
}


def staying(replacements: Iterable[Replacement]) -> tuple[Replacement, ...]:
    """Return the keys, passwords and tokens among replacements that readers get all the same."""
    return tuple(each for each in replacements if each.kind in SECRET and (each.kept or each.words in each.final))


def staying_told(replacements: Iterable[Replacement], named: Callable[[str, str], str]) -> str:
    """Return in a line which of them stay and where, such as "1 key stays in it: AKIA… in 14:24"; nothing for none.

    `named` tells in words where a text stands, by the id of its item and the name of its field.
    """
    found = staying(replacements)
    if not found:
        return ""
    words = {kind: len({each.words for each in found if each.kind is kind}) for kind in SECRET}
    counts = [f"{count} {_CALLED[kind][count > 1]}" for kind, count in words.items() if count]
    stays = "stays" if sum(words.values()) == 1 else "stay"
    told = [f"{words} in {_listed(places)}" for words, places in _places(found, named)]
    more = f" and {len(told) - MOST} more" if len(told) > MOST else ""
    return f"{_listed(counts)} {stays} in it: {'; '.join(told[:MOST])}{more}"


def named_shortly(session: Session, about: str, place: str) -> str:
    """Return in few words where a text stands: the time of an entry, the kind and words of another item."""
    item = find(session, about) if about else None
    if isinstance(item, Entry):
        return clock(item.at, session.zone)
    named = f"{kind_told(item)} '{shortened(item_shown(session, item))}'" if item is not None else field_told(place)
    return named if item is None or place == "text" else f"{named}, {field_told(place)}"


def _listed(words: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(words[:-1]), words[-1])))


def _places(found: Sequence[Replacement], named: Callable[[str, str], str]) -> Iterator[tuple[str, Sequence[str]]]:
    """Yield how each secret is shown, with the places of it, the first few of them."""
    by_words: dict[str, list[Replacement]] = {}
    for each in found:
        by_words.setdefault(each.words, []).append(each)
    for alike in by_words.values():
        places = [*dict.fromkeys(named(each.about, each.place) for each in alike)]
        more = [f"{len(places) - MOST} more"] if len(places) > MOST else []
        yield shown(alike[0]), (*places[:MOST], *more)
