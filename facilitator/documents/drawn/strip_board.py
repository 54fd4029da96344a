"""A line of single cells that is written on wherever there is room."""

from facilitator.documents.drawn.pieces import Drawn, Piece, Tone, joined


class Board:
    """One line of `width` blank cells. Everything written on it has characters of one cell."""

    def __init__(self, width: int) -> None:
        self._cells = [Piece(" ", Tone.TEXT)] * width
        self._free = [True] * width

    def write(self, start: int, text: str, tone: Tone) -> None:
        """Put a text on the line, over what is there; what goes past an end is left out."""
        for column, sign in enumerate(text, start):
            if 0 <= column < len(self._cells):
                self._cells[column] = Piece(sign, tone)
                self._free[column] = False

    def is_free(self, first: int, after: int) -> bool:
        """Tell whether the cells from `first` up to `after` are on the line and blank."""
        return 0 <= first < after <= len(self._free) and all(self._free[first:after])

    def write_if_free(self, start: int, text: str, tone: Tone, *, before: int = 0, behind: int = 0) -> bool:
        """Put a text on the line if it fits, with so many blank cells before and behind it; the ends count as blank."""
        after = start + len(text)
        if start < 0 or after > len(self._free):
            return False
        if not self.is_free(max(0, start - before), min(len(self._free), after + behind)):
            return False
        self.write(start, text, tone)
        return True

    def room(self, first: int, after: int) -> tuple[int, int]:
        """Return the longest run of blank cells between two columns, from its first cell up to its end."""
        best = (first, first)
        start = first
        for column in range(first, after + 1):
            if column == after or not self._free[column]:
                if column - start > best[1] - best[0]:
                    best = (start, column)
                start = column + 1
        return best

    def line(self) -> Drawn:
        """Return the line as pieces."""
        return joined(self._cells)
