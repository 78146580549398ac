"""How one output language writes each thing; the walks over expressions are the same for all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

from gen.language.dimension import Dim
from gen.language.function import Function
from gen.language.index import Index, Letter, Pair, Terms
from gen.language.node import Node

Path: TypeAlias = tuple[int, ...]
Line: TypeAlias = Node | Terms

SUM, TERM, POSTFIX, ATOM = 1, 2, 3, 4  # how tightly an expression binds
NOTHING: frozenset[Path] = frozenset()


@dataclass(frozen=True, slots=True, eq=False)
class Notation:
    """How one output language writes each thing; all fields take and give finished text.

    `fraction_binds` and `partial_binds` are how tightly a quotient and a partial derivative hold together
    (a TeX fraction needs no brackets); `negative` is the sign before a negative term. `array` writes the
    name of a whole vector or matrix where that is not written as any other name. The fields from `equals`
    on are for formulas in sentences: `slanted` is a partial derivative in one line, `second` a second
    derivative, `listed` indices in brackets, `scientific` a digit times a power of ten, `sum_sign` the
    sign of sums by itself, `dot` that between two numbers.
    """

    number: Callable[[Fraction | int], str]
    symbol: Callable[[str], str]
    size: Callable[[Dim], str]
    constant: Callable[[str, tuple[Dim, ...]], str]
    brackets: Callable[[str], str]
    times: str
    hadamard: str
    plus: str
    minus: str
    quotient: Callable[[str, str, bool], str]
    fraction_binds: int
    power: Callable[[str, str, bool], str]
    transpose: Callable[[str], str]
    call: Callable[[Function, tuple[str, ...], tuple[str, ...]], str]
    call_binds: Callable[[Function], int]
    differential: Callable[[str, bool], str]
    differential_binds: int
    pair: Callable[[str, str], str]
    entry: Callable[[str, tuple[str, ...]], str]
    delta: Callable[[str, str], str]
    order: Callable[[str, str], str]
    partial: Callable[[str, str, bool], str]
    summed: Callable[[tuple[str, ...], str, bool], str]
    entry_times: str
    mark: Callable[[str], str]
    negative: str = "-"
    letter: Callable[[str], str] = str
    implied_sums: bool = False
    partial_binds: int = ATOM
    array: Callable[[str], str] | None = None
    equals: str = " = "
    shape: Callable[[tuple[Dim, ...]], str] = lambda dims: " × ".join(dim.text() for dim in dims)
    slanted: Callable[[str, str], str] = lambda of, by: f"∂{of}/∂{by}"
    second: Callable[[str, str, str], str] = lambda of, first, then: f"∂²{of}/∂{first}∂{then}"
    listed: Callable[[tuple[str, ...]], str] = lambda letters: f"({','.join(letters)})"
    operator: Callable[[str], str] = str
    sum_sign: str = "∑"
    scientific: Callable[[int, int], str] = lambda digit, power: f"{digit}e{power}"
    dot: str = "·"

    def named(self, node: Node) -> str:
        """The name of a symbol that stands as a whole, not by an entry."""
        return self.symbol(node.name) if self.array is None or node.is_scalar else self.array(node.name)

    def index(self, index: Index) -> str:
        """A letter or a compound index."""
        if type(index) is Letter:
            return self.letter(index.name)
        assert isinstance(index, Pair)
        return self.pair(self.index(index.first), self.index(index.second))
