"""The document of a preview: every text in its place, each replacement marked, broken into lines of a width."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from rich.cells import cell_len, chop_cells

from facilitator.app.drawing import drawable, fitted, wrapped
from facilitator.app.redaction.preview import Preview
from facilitator.model.edits import LISTS
from facilitator.model.private import published
from facilitator.model.told import kind_told
from facilitator.redaction.redacting import Replacement
from facilitator.redaction.spots import Spot, spots
from facilitator.redaction.told import item_shown, shown

LEAD = 14
"""The width of the column at the left, which says where a text stands."""

_NARROW = 56
"""Below so many cells, the column at the left is a line of its own."""

_HEADINGS = {
    "": "Incident", "participants": "People", "timeline": "Timeline", "response_notes": "Response", "whys": "Whys",
    "factors": "Factors", "precedents": "Seen before", "lessons": "Lessons", "actions": "Actions",
    "parking_lot": "Parking lot", "questions": "Open questions", "accounts": "As told", "meetings": "Meetings",
    "boxes": "Agenda", "approvals": "Approvals", "versions": "Versions",
}  # fmt: skip


class Run(NamedTuple):
    """A piece of text, how it is drawn, and the number of its replacement, or -1."""

    text: str
    tone: str
    number: int = -1


@dataclass(frozen=True, slots=True)
class Flowed:
    """Lines as they are drawn, and on which one each replacement begins."""

    lines: Sequence[Sequence[Run]]
    line_of: Mapping[int, int]


def flowed(preview: Preview, width: int) -> Flowed:
    """Return the document of a preview in lines of at most `width` cells."""
    lead = LEAD if width >= _NARROW else 0
    lines: list[Sequence[Run]] = []
    line_of: dict[int, int] = {}
    for block in _blocks(preview):
        if isinstance(block, str):
            lines += ([], [Run(fitted(block, width).rstrip(), "heading")]) if lines else ([Run(block, "heading")],)
            continue
        name, runs = block
        above = cell_len(name) > lead
        if above:
            lines.append([Run(fitted(name, width).rstrip(), "lead")])
        broken = _lines(runs, max(10, width - lead - 2))
        for number, line in enumerate(broken):
            start = fitted("" if number or above else name, lead) + "  "
            for run in line:
                if run.number >= 0:
                    line_of.setdefault(run.number, len(lines))
            lines.append([Run(start, "lead"), *line])
    return Flowed(lines, line_of)


def _blocks(preview: Preview) -> Iterator[str | tuple[str, list[Run]]]:
    """Yield headings, and texts with where they stand."""
    found: dict[tuple[str, str, int], list[tuple[int, Replacement]]] = defaultdict(list)
    for number, each in enumerate(preview.result.replacements):
        found[each.about, each.place, each.number].append((number, each))
    gone = {each.id for each in preview.left_out}
    told: set[str] = set()
    heading: str | None = None
    for spot in spots(published(preview.session)):
        item = preview.items.get(spot.about)
        name = LISTS[type(item)] if item is not None else ""
        title = _HEADINGS.get(name, "More")
        if title != heading:
            heading = title
            yield title
        if spot.about not in gone:
            named = preview.named(spot.about, spot.place) if spot.number == 0 else ""
            yield named, _runs(spot, found[spot.about, spot.place, spot.number])
        elif spot.about not in told and item is not None:
            told.add(spot.about)
            words = [Run("[", "sign"), Run(item_shown(preview.session, item), "gone"), Run(" left out]", "sign")]
            yield kind_told(item), words


def _runs(spot: Spot, found: Iterable[tuple[int, Replacement]]) -> list[Run]:
    runs: list[Run] = []
    place = 0
    for number, each in found:
        runs.append(Run(spot.text[place : each.start], "plain"))
        place = each.end
        if each.kept:
            runs += (Run("[", "sign", number), Run(shown(each), "kept", number), Run(" stays]", "sign", number))
        else:
            runs += (
                Run("[", "sign", number),
                Run(shown(each), "gone", number),
                Run(" → ", "sign", number),
                Run(each.final or "nothing", "made", number),
                Run("]", "sign", number),
            )
    runs.append(Run(spot.text[place:], "plain"))
    return [each for each in runs if each.text]


def _lines(runs: Sequence[Run], width: int) -> Sequence[Sequence[Run]]:
    if len(runs) == 1 and runs[0].number < 0:  # most texts have nothing in them that is replaced
        return [(Run(line, runs[0].tone),) for line in wrapped(drawable(runs[0].text), width)]
    return list(_broken(runs, width))


def _broken(runs: Iterable[Run], width: int) -> Iterator[list[Run]]:
    """Yield lines of at most `width` cells, broken between words where there is a space."""
    line: list[Run] = []
    used = 0
    for word in _words(runs):
        if word is None:
            yield line
            line, used = [], 0
            continue
        size = cell_len(word[0].text) if len(word) == 1 else sum(cell_len(each.text) for each in word)
        if used and used + 1 + size > width:
            yield line
            line, used = [], 0
        if used:
            before, after = line[-1], word[0]
            within = before.number if before.number == after.number else -1
            line.append(Run(" ", before.tone if before.tone == after.tone else "plain", within))
            used += 1
        for each in word:
            fits = size <= width
            for piece in [each.text] if fits else chop_cells(each.text, width):
                if used and used + cell_len(piece) > width:
                    yield line
                    line, used = [], 0
                line.append(Run(piece, each.tone, each.number))
                used += cell_len(piece)
    yield line


def _words(runs: Iterable[Run]) -> Iterator[list[Run] | None]:
    """Yield the words of a text, each of one piece or several, and None where a line ends."""
    word: list[Run] = []
    for run in runs:
        for number, part in enumerate(drawable(run.text).split("\n")):
            if number:
                if word:
                    yield word
                word = []
                yield None
            for place, piece in enumerate(part.split(" ")):
                if place and word:
                    yield word
                    word = []
                if piece:
                    word.append(Run(piece, run.tone, run.number))
    if word:
        yield word
