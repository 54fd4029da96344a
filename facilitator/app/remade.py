"""Rows that are made of other rows."""

from collections.abc import Callable, Sequence

from facilitator.app.rows import Row


class Remade:
    """Keeps what was made of the rows that were there last, so that rows that stay are the same objects again."""

    def __init__(self) -> None:
        self._kept: dict[int, tuple[Row, object, Row]] = {}

    def rows(self, rows: Sequence[Row], way: Callable[[Row], object], make: Callable[[Row], Row]) -> list[Row]:
        """Return what `make` makes of each row, anew when its `way` is another one; None leaves a row as it is."""
        kept: dict[int, tuple[Row, object, Row]] = {}
        shown: list[Row] = []
        for row in rows:
            how = way(row)
            if how is None:
                shown.append(row)
                continue
            made = self._kept.get(id(row))
            if made is None or made[0] is not row or made[1] != how:
                made = row, how, make(row)
            kept[id(row)] = made
            shown.append(made[2])
        self._kept = kept
        return shown
