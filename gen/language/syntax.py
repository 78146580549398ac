"""The source tree: what was typed, with its places, before any shape is known."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Syntax:
    """One operation as typed; `start` and `end` count code points of the source.

    `op` says what `args` and `value` are:
    number (value a Fraction), name (value the name), call (value the function),
    sum and product (two or more args, value the operators between them, read
    from left to right), negative, transpose, `^` and `.^` (base, exponent);
    in index text also entry (args[0] with args[1:] as indices), letter, pair,
    binder (value the bound letters) and order (value the two letters of [q>=r]).
    `depth` is how deep the tree of operations below it is.
    """

    op: str
    args: tuple[Syntax, ...]
    value: str | Fraction | tuple[str, ...] | None
    start: int
    end: int
    depth: int = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        levels = 1
        if self.op == "product" and isinstance(self.value, tuple):
            # A*B*C is one operation, A*B.*C is two, one inside the other.
            pairs = zip(self.value, self.value[1:], strict=False)
            levels += sum(1 for a, b in pairs if a != b or a in ("/", "./"))
        object.__setattr__(self, "depth", levels + max((a.depth for a in self.args), default=0))

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

    def walk(self) -> Iterator[Syntax]:
        """This tree and everything below it, in the order of the text."""
        stack = [self]
        while stack:
            top = stack.pop()
            yield top
            stack.extend(reversed(top.args))
