"""Ids for records that have none: made from their words, their time, and which of several alike they are."""

from facilitator.intake.drafts import origin_of_text

_MOST_KEPT = 100_000


class Occurrences:
    """Gives ids to records without one, the same each time that the source is read, also when it has grown at its end.

    Two records that are alike get different ids. Only so many are remembered that a source of any length can be read:
    one that is alike to another more than 100,000 different ones earlier is taken for the same. Without the name of a
    `file`, a copy under another name has the same ids.
    """

    def __init__(self, kind: str, file: str = "") -> None:
        self._kind, self._file = kind, file
        self._now: dict[int, int] = {}
        self._before: dict[int, int] = {}

    def id_of(self, *parts: object) -> str:
        """Return the id of the next record with these parts."""
        key = hash(parts)
        number = self._now.get(key) or self._before.get(key, 0)
        if len(self._now) >= _MOST_KEPT:
            self._before, self._now = self._now, {}
        self._now[key] = number + 1
        return origin_of_text(self._kind, self._file, number, *parts)
