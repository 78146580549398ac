"""The choices of one family as a tree, which grows as far as anybody has gone down it.

A seed leads down the tree to a member without anything being made, where somebody has been before.
"""

from __future__ import annotations

from typing import TypeAlias

from gen.problems.cast import Cast
from gen.problems.family import Maker
from gen.problems.pick import Path, Pick, number_from
from gen.problems.task import Task

# A branch for each option; None where nobody has been yet, and no branches where a member is.
_Tree: TypeAlias = list["_Tree | None"]


class Choices:
    """The tree of a family, and the members that have been made on the way, under their first names."""

    __slots__ = ("_made", "_make", "_root")

    def __init__(self, make: Maker) -> None:
        self._make = make
        self._root: _Tree | None = None
        self._made: dict[Path, Task] = {}

    def drawn(self, seed: str) -> Path:
        """The path that `Pick(seed=seed)` takes."""
        path: list[int] = []
        tree = self._root
        while tree:
            width = len(tree)
            chosen = 0 if width == 1 else number_from(f"{seed}/{len(path)}") % width
            path.append(chosen)
            tree = tree[chosen]
        return self._grown(tuple(path), seed) if tree is None else tuple(path)

    def made(self, path: Path) -> Task:
        """The member at the end of a path."""
        known = self._made.get(path)
        return self._make(Pick(path), Cast()) if known is None else known

    def _grown(self, start: Path, seed: str) -> Path:
        """As `drawn`, from where nobody has been: the member is made, and its choices join the tree."""
        pick = Pick(start, seed)
        made = self._make(pick, Cast())
        widths = [*pick.widths, 0]
        if self._root is None:
            self._root = [None] * widths[0]
        tree = self._root
        for chosen, width in zip(pick.taken, widths[1:], strict=True):
            below = tree[chosen]
            if below is None:
                below = tree[chosen] = [None] * width
            tree = below
        path = tuple(pick.taken)
        self._made[path] = made
        return path
