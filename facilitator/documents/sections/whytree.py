"""The five whys: each effect with its chain of answers, as lists that stay readable however deep the tree is.

A chain of single answers is one numbered list. Only where answers branch does a list nest; past a few branchings the
tree goes on below, under a name, because renderers stop at some depth and readers before.
"""

from collections.abc import Iterator

from facilitator.documents.escape import broken, inline
from facilitator.documents.layout import noted, stacked
from facilitator.documents.references import References
from facilitator.model.forest import forest
from facilitator.model.session import BranchEnd, Join, Session, Why

DEEPEST = 3
"""How many branchings are shown inside each other."""

_JOINS = {Join.AND: "All of these together:", Join.OR: "Several answers:"}
_ENDS = {
    BranchEnd.ACTIONABLE: "end of this branch: we can act on it",
    BranchEnd.OUTSIDE: "end of this branch: outside our control",
    BranchEnd.UNKNOWN: "end of this branch: not known",
}


def whytree(session: Session, references: References) -> str:
    """Return every effect with the answers below it. Answers that hang on nothing are shown as effects."""
    return stacked(_Tree(session.whys, references).blocks())


class _Tree:
    """The nodes by number, and the answers below each; an id that is missing, doubled or in a circle does no harm."""

    def __init__(self, whys: tuple[Why, ...], references: References) -> None:
        self._whys = whys
        self._references = references
        trees = forest(whys)
        self._below, self._effects = trees.below, trees.tops
        self._later: list[int] = []

    def blocks(self) -> Iterator[str]:
        shown = 0
        for effect in self._effects:
            yield f"**Effect:** {self._said(effect, '')}"
            yield self._chain(effect)
            while shown < len(self._later):
                branch = self._later[shown]
                shown += 1
                again = self._whys[branch]
                yield f"**Branch {shown}:** {inline(again.text)}{self._references.mark(again.id)}"
                yield self._chain(branch)

    def _chain(self, number: int) -> str:
        return "\n".join(self._answers(number, "", 1))

    def _answers(self, number: int, indent: str, depth: int) -> Iterator[str]:
        step = 1
        while len(self._below[number]) == 1:
            number = self._below[number][0]
            yield f"{indent}{step}. **Why?** {self._said(number, indent + ' ' * len(f'{step}. '))}"
            step += 1
        if self._below[number]:
            yield f"{indent}{step}. **Why?** {_JOINS[self._whys[number].join]}"
            yield from self._branches(number, indent + " " * len(f"{step}. "), depth)

    def _branches(self, number: int, indent: str, depth: int) -> Iterator[str]:
        for branch in self._below[number]:
            if self._below[branch] and depth >= DEEPEST:
                self._later.append(branch)
                yield f"{indent}- {self._said(branch, f'{indent}  ', f'continued below as branch {len(self._later)}')}"
            else:
                yield f"{indent}- {self._said(branch, f'{indent}  ')}"
                yield from self._answers(branch, f"{indent}  ", depth + 1)

    def _said(self, number: int, indent: str, *more: str) -> str:
        """Return what a why says, and its evidence on a line below, which begins with `indent`."""
        why = self._whys[number]
        remarks = (why.confidence or "", _ENDS[why.end] if why.end else "", *more)
        said = noted(inline(why.text) or "…", remarks) + self._references.mark(why.id)
        seen = "; ".join(inline(each) for each in self._references.quoted(why.evidence))
        return broken((said, f"{indent}*Evidence:* {seen}")) if seen else said
