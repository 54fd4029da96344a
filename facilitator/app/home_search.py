"""Which of the listed sessions a query asks for: the index says it, and names and titles where there is none yet."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from facilitator.app.home_rows import Listed, arranged, counted, counted_words, plain, searched
from facilitator.app.librarian import Librarian
from facilitator.library.expressions import Query, Sort
from facilitator.store.summaries import Broken, Summary

FIRST = 200
"""How many are found at first, to be shown at once; the others follow when nothing is typed for a moment."""

_LEAST = 3
"""How many letters one of the words has for texts to be searched while it is typed: most sessions have words that begin
with two, so that only names and titles tell."""


@dataclass(frozen=True)
class Listing:
    """What is in the store, newest first, with what names and titles are searched in."""

    listed: Sequence[Listed] = ()

    @cached_property
    def texts(self) -> list[str]:
        """The text in which words are looked for, for each that is listed."""
        return [searched(each) for each in self.listed]

    @cached_property
    def by_id(self) -> dict[str, Summary]:
        """The sessions by id."""
        return {each.id: each for each in self.listed if isinstance(each, Summary)}

    @cached_property
    def counts(self) -> tuple[int, int, int]:
        """How many sessions there are, copies and files that cannot be read."""
        return counted(self.listed)

    def counted(self, seen: int) -> str:
        """Return in words how many sessions there are, and that so many of them are seen."""
        return counted_words(*self.counts, seen)

    def prepare(self) -> None:
        """Make ready what searches need."""
        _ = self.texts, self.by_id

    def named(self, words: Sequence[str]) -> list[Listed]:
        """Return what has every one of these somewhere in its name, title, services and the like."""
        found = list(range(len(self.listed)))
        texts = self.texts
        for word in words:
            found = [number for number in found if word in texts[number]]
        return [self.listed[number] for number in found]


@dataclass(frozen=True)
class Asked:
    """A query, with what is typed for it, and what it means if the value at its end is only the beginning of one."""

    text: str = ""
    query: Query = field(default_factory=Query)
    unfinished: Query | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing is asked."""
        return not self.text.strip()

    @property
    def words(self) -> list[str]:
        """The words, where there is nothing else, as names and titles have them."""
        from facilitator.library.begun import is_plain

        return [plain(each) for each in self.text.split()] if is_plain(self.text, self.query) else []


@dataclass(frozen=True)
class Shown:
    """What a query asks for, in its order: `count` sessions, of which `more` than those that are listed here.

    `ranked` where what fits best comes first; `waits` where nothing but the index can answer, and it is being built.
    """

    listed: Sequence[Listed]
    count: int
    more: bool = False
    ranked: bool = False
    waits: bool = False


def named_at_once(librarian: Librarian, listing: Listing, asked: Asked) -> Shown | None:
    """Return what is shown where names and titles alone tell it, which is a matter of milliseconds; else None."""
    words = asked.words
    is_short = words and max(map(len, words)) < _LEAST and not asked.text[-1].isspace()
    if is_short or (words and not librarian.ready):
        return replace(whole(listing.named(words)), more=not is_short)
    return None


def search(librarian: Librarian, listing: Listing, asked: Asked, most: int | None) -> Shown:
    """Return what is shown for a query, at most so many where there are more. Reads files and takes a while.

    Raises OSError.
    """
    words = asked.words
    query = asked.query
    found = _indexed(librarian, query, most)
    if found is not None and not found[0] and asked.unfinished is not None:
        query = asked.unfinished
        found = _indexed(librarian, query, most)
    if found is None:
        return _without_index(librarian, listing, asked, words)
    ids, count = found
    hits = [listing.by_id[each] for each in ids if each in listing.by_id]
    ranked = query.sorted_by.by is Sort.RELEVANCE
    if count > len(ids):
        return Shown(hits, count, more=True, ranked=ranked)
    return replace(whole(_together(listing, hits, words)), ranked=ranked and bool(hits))


def whole(listed: Sequence[Listed]) -> Shown:
    """Return that all of this is shown."""
    return Shown(listed, sum(isinstance(each, Summary) for each in listed))


def _indexed(librarian: Librarian, query: Query, most: int | None) -> tuple[list[str], int] | None:
    """Return the ids that the index gives, and how many there are; None where there is no index."""
    if not librarian.ready:
        return None
    limit = min((each for each in (most, query.limit) if each is not None), default=None)
    with librarian.lent() as library:
        found = library.answer(lambda index: index.ids(query, limit), lambda _: None)
        if found is None:
            librarian.ready = False
            return None
        count = len(found)
        if most is not None and count == most != query.limit:
            every = library.count(query)
            count = min(every, query.limit) if query.limit is not None else every
    return found, count


def _without_index(librarian: Librarian, listing: Listing, asked: Asked, words: Sequence[str]) -> Shown:
    """Return what names and titles tell while the index is built; without any, read all sessions."""
    if librarian.refreshing:
        return whole(listing.named(words)) if words else Shown((), 0, waits=True)
    with librarian.lent() as library:
        hits = library.find(asked.query, places=False, ready=False).hits
    return whole(_together(listing, [listing.by_id[each.id] for each in hits if each.id in listing.by_id], words))


def _together(listing: Listing, hits: list[Summary], words: Sequence[str]) -> Sequence[Listed]:
    """Return what was found in texts, then what has words that begin so in its name, or is what they say."""
    if not words:
        return hits
    there = {each.id for each in hits}
    named = listing.named([f" {word}" for word in words])
    others = (each for each in named if isinstance(each, Broken) or each.id not in there)
    return arranged([*hits, *others])
