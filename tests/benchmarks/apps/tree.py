"""Textual's own tree with as many nodes as the first argument says: "e" edits one, "i" inserts one, "o" opens anew."""

import sys

from textual.app import App, ComposeResult
from textual.widgets import Tree
from textual.widgets.tree import TreeNode

ANSWERS = 3
"""How many nodes stand below each, as long as there are enough."""


class Whys(App[None]):
    """What the whys in a Tree would cost."""

    BINDINGS = [("e", "edit"), ("i", "insert"), ("o", "open")]

    def __init__(self, nodes: int) -> None:
        super().__init__()
        self._whys, self._edits, self._opened = nodes, 0, 0

    def compose(self) -> ComposeResult:
        yield self._tree()

    def action_edit(self) -> None:
        """Change the node under the cursor."""
        self._edits += 1
        self._marked.set_label(f"burn rate alert fires n{self._edits}.")

    def action_insert(self) -> None:
        """Add an answer right below the node under the cursor."""
        self._edits += 1
        self._marked.expand()
        self._marked.add(f"inserted n{self._edits}.", before=0 if self._marked.children else None)

    async def action_open(self) -> None:
        """Put a new tree in the place of the old one."""
        self._opened += 1
        await self.query_one(Tree).remove()
        await self.mount(self._tree())
        self.query_one(Tree).focus()

    @property
    def _marked(self) -> "TreeNode[None]":
        tree: Tree[None] = self.query_one(Tree)
        return tree.cursor_node or tree.root

    def _tree(self) -> "Tree[None]":
        tree: Tree[None] = Tree(f"checkout fails, opened {self._opened}")
        made = [tree.root]
        for number in range(1, self._whys):
            parent = made[(number - 1) // ANSWERS]
            made.append(parent.add(f"no one had documented the contract {number}", expand=True))
        tree.root.expand()
        return tree


Whys(int(sys.argv[1])).run()
