"""The source tree: what was typed, with its places, before any shape is known."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Final


@dataclass(slots=True)
class Syntax:
    """One operation as typed; `start` and `end` count code points of the source.

    `op` says what `args` and `value` are:
    number (value a Fraction), name (value the name), call (value the function),
    sum and product (two or more args, value the operators between them, read
    from left to right), negative, transpose, `^` and `.^` (base, exponent);
    in index text also entry (args[0] with args[1:] as indices), letter, pair,
    binder (value the bound letters) and order (value the two letters of [q>=r]).
    """

    op: Final[str]
    args: Final[tuple[Syntax, ...]]
    value: Final[str | Fraction | tuple[str, ...] | None]
    start: Final[int]
    end: Final[int]

    @property
    def name(self) -> str:
        """The value of a name or call."""
        assert isinstance(self.value, str)
        return self.value

    @property
    def number(self) -> Fraction:
        """The value of a number."""
        assert isinstance(self.value, Fraction)
        return self.value

    @property
    def words(self) -> tuple[str, ...]:
        """The value of a chain, binder or order: operators or letters."""
        assert isinstance(self.value, tuple)
        return self.value

    @property
    def depth(self) -> int:
        """How deep the tree of operations is."""
        return self.depths()[id(self)]

    def depths(self) -> dict[int, int]:
        """The depth of this tree and of everything below it, by the id of the part."""
        out: dict[int, int] = {}
        # A part stands behind what holds it, so that backwards the parts come first.
        for part in reversed(list(self.walk())):
            levels = 1
            if part.op == "product":
                # A*B*C is one operation, A*B.*C is two, one inside the other.
                pairs = zip(part.words, part.words[1:], strict=False)
                levels += sum(1 for a, b in pairs if a != b or a in ("/", "./"))
            out[id(part)] = levels + max((out[id(a)] for a in part.args), default=0)
        return out

    def walk(self) -> Iterator[Syntax]:
        """This tree and everything below it, in the order of the text."""
        stack = [self]
        while stack:
            top = stack.pop()
            yield top
            if top.args:
                stack.extend(top.args[::-1])
