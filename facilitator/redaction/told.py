"""Replacements told to whoever decides about them: where they stand, and what is replaced by what, without secrets."""

from collections.abc import Iterable, Mapping, Sequence

from facilitator.checks.sensitive import without
from facilitator.model.edits import find
from facilitator.model.item import Item
from facilitator.model.private import published
from facilitator.model.session import Session
from facilitator.model.text import one_line
from facilitator.model.told import field_told, item_named, kind_told
from facilitator.redaction.detecting import found_in
from facilitator.redaction.profiles import Kind
from facilitator.redaction.redacting import Replacement
from facilitator.redaction.unchecked import Unchecked

AROUND = 40
"""How many characters are shown on each side of what is replaced."""

SECRET = (Kind.KEY, Kind.CREDENTIAL, Kind.URL)
"""The kinds whose words are not shown, to nobody."""

_LONGEST = 60
_BEGINNING = 4


def shown(each: Replacement) -> str:
    """Return the words of a replacement; of a key only its beginning, of a password nothing."""
    if each.kind not in SECRET:
        return each.words
    return f"{each.words[:_BEGINNING]}…" if each.kind is Kind.KEY else "…"


def secrets_in(replacements: Iterable[Replacement]) -> Mapping[str, str]:
    """Return how keys and passwords are shown, by their words, the longest first."""
    found = {each.words: shown(each) for each in replacements if each.kind in SECRET}
    return {words: found[words] for words in sorted(found, key=len, reverse=True)}


def place_told(session: Session, about: str, place: str, secrets: Mapping[str, str]) -> str:
    """Return in words where a text stands: "action 'Page on lag', owner"."""
    item = find(session, about) if about else None
    if item is None:
        return field_told(place)
    field = f", {field_told(place)}" if place != "text" else ""
    return f"{kind_told(item)} '{shortened(without(item_named(item, session), secrets))}'{field}"


def shortened(text: str, most: int = _LONGEST) -> str:
    """Return a text in one line of at most so many characters, cut between words where there is a space."""
    words = one_line(text)
    if len(words) <= most:
        return words
    return f"{words[: most - 2].rpartition(' ')[0] or words[: most - 3]}..."


def left_out_told(session: Session, item_id: str) -> str:
    """Return in words which item is left out, by its kind and first words; of a private one its kind alone."""
    item = find(session, item_id)
    if item is None:
        return "something that was deleted"
    if find(published(session), item_id) is None:
        return kind_told(item)
    return f"{kind_told(item)} '{shortened(item_shown(session, item))}'"


def item_shown(session: Session, item: Item) -> str:
    """Return an item in one line, with a sign in the place of every key and password."""
    return words_shown(item_named(item, session))


def words_shown(text: str) -> str:
    """Return a text with a sign in the place of every key and password that is known as one by itself."""
    hidden = {text[each.start : each.end] for each in found_in(text, frozenset(SECRET))}
    return without(text, dict.fromkeys(sorted(hidden, key=len, reverse=True), "…"))


def in_place(text: str, each: Replacement, found: Sequence[Replacement]) -> str:
    """Return a replacement with what stands around it; `found` are all those of its text."""
    begin, end = max(0, each.start - AROUND), min(len(text), each.end + AROUND)
    before, after = _around(text, begin, each.start, found), _around(text, each.end, end, found)
    change = f"[{shown(each)} stays]" if each.kept else f"[{shown(each)} -> {each.final or 'nothing'}]"
    return one_line(f"{'...' if begin else ''}{before}{change}{after}{'...' if end < len(text) else ''}")


def unchecked_told(one: Unchecked) -> str:
    """Return in a line what nobody looked at, with examples."""
    some = f": {', '.join(one_line(example) for example in one.examples)}" if one.examples else ""
    return f"{one.what}{some}{' ...' if one.count > len(one.examples) > 7 else ''}"


def _around(text: str, begin: int, end: int, found: Sequence[Replacement]) -> str:
    """Return a part of a text, with a sign in the place of every key and password."""
    parts: list[str] = []
    for each in found:
        if each.kind in SECRET and each.start < end and begin < each.end:
            parts += (text[begin : each.start] if begin < each.start else "", "…")
            begin = each.end
    return "".join((*parts, text[begin:end]))
