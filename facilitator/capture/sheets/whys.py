"""The sheet of the whys: indentation is the tree, two spaces a level."""

from collections.abc import Collection, Hashable, Sequence

import msgspec

from facilitator.capture import lines
from facilitator.capture.sheets.form import Filed, Form
from facilitator.capture.sheets.rows import Heading, Shown
from facilitator.model.forest import forest
from facilitator.model.item import Item
from facilitator.model.phases import Phase
from facilitator.model.session import Confidence, Why


class WhysForm(Form):
    """The why trees. A line answers the nearest line above it that is indented less."""

    kinds = (Why,)
    phase = Phase.WHYS
    indented = True

    def parts(self) -> list[Shown | Heading]:
        """Return the whys, each before its answers."""
        trees = forest(self.context.session.whys)
        found: list[Shown | Heading] = []
        waiting = [(top, 0) for top in reversed(trees.tops)]
        while waiting:
            number, depth = waiting.pop()
            why = trees.whys[number]
            found.append(Shown(why, lines.typed(why, self.context), depth=depth))
            waiting += [(each, depth + 1) for each in reversed(trees.below[number])]
        return found

    def names(self) -> Collection[str]:
        """Return what marks a why: how sure it is, why a branch ends."""
        return (*map(str, Confidence), "actionable", "outside", "unknown")

    def grouped(self, filed: Sequence[Filed]) -> list[tuple[Item, Hashable]]:
        """Return the whys, each as the answer to the line above it, and the id of that."""
        shown = self._shown_parents()
        found: list[tuple[Item, Hashable]] = []
        above: list[tuple[int, str]] = []
        for each in filed:
            while above and above[-1][0] >= each.row.indent:
                above.pop()
            parent = above[-1][1] if above else None
            above.append((each.row.indent, each.item.id))
            stays = each.old is not None and shown.get(each.old.id) == parent
            found.append((each.item if stays else msgspec.structs.replace(each.item, parent=parent), parent))
        return found

    def _shown_parents(self) -> dict[str, str | None]:
        """Return for each why below which other one it is written."""
        trees = forest(self.context.session.whys)
        parents: dict[str, str | None] = {trees.whys[top].id: None for top in trees.tops}
        for number, below in enumerate(trees.below):
            parents.update({trees.whys[each].id: trees.whys[number].id for each in below})
        return parents
