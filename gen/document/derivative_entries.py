"""The entries of a derivative at small sizes, for the figures that show them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from gen.derivation.components import Cell, Table, table
from gen.derivation.derive import derive
from gen.derivation.frame import frame
from gen.derivation.result import Derivation
from gen.document.drawing import Label
from gen.document.drawing_labels import written
from gen.document.figure_request import FigureRequest, too_large
from gen.document.pen import PLAIN, Pen
from gen.document.words import Written
from gen.errors import input_error
from gen.language.node import Node

Side: TypeAlias = tuple[list[tuple[int, int]], list[Label]]  # places, counted from 0, and their names


@dataclass(frozen=True, slots=True)
class Tensor:
    """The derivative at small sizes, entry by entry; vectors and scalars have rows and columns too."""

    derivation: Derivation
    table: Table
    sizes: dict[str, int]

    @property
    def f_shape(self) -> tuple[int, int]:
        """Rows and columns of the value."""
        return self.table.f_shape

    @property
    def x_shape(self) -> tuple[int, int]:
        """Rows and columns of the variable."""
        return self.table.x_shape

    def cell(self, i: int, k: int, q: int, r: int) -> Cell:
        """The derivative of entry (i,k) of the value by entry (q,r) of the variable, counted from 0."""
        (_, columns), (high, wide) = self.f_shape, self.x_shape
        return self.table.cells[((i * columns + k) * high + q) * wide + r]

    def full(self) -> tuple[tuple[int, int, int, int], ...]:
        """The places, counted from 0, of all entries that are not zero for every value."""
        (rows, columns), (high, wide) = self.f_shape, self.x_shape
        places = (
            (i, k, q, r)
            for i in range(rows)
            for k in range(columns)
            for q in range(high)
            for r in range(wide)
        )
        return tuple(at for at in places if not self.cell(*at).is_zero)

    def sides(self, pen: Pen, turned: bool) -> tuple[Side, Side]:
        """What the rows and the columns of the flattened derivative stand for: entries, stacked by columns.

        Rows stand for entries of the value and columns for those of the variable, `turned` the other way.
        """
        d = self.derivation
        first, second = _side(d.value, self.f_shape, pen), _side(d.problem.wrt, self.x_shape, pen)
        return (second, first) if turned else (first, second)


def tensor(asked: FigureRequest, most: int) -> Tensor:
    """The derivative that is asked for; at most `most` entries in the value and in the variable.

    Raises InputError.
    """
    wrt = asked.variable("W")
    solved = derive(
        asked.expression("W*X"), wrt, symbols=asked.symbols, method="index", letters=asked.letters
    )
    p, found = solved.problem, solved.results.index
    answer = None if found is None else found.line
    if not isinstance(answer, tuple):
        raise input_error(
            "unsupported", "this derivative has no form with indices, so its entries cannot be drawn"
        )
    sizes = asked.sized(p.expr, p.wrt, p.symbols)
    for what, node in (("the value", p.expr), (wrt, p.wrt)):
        count = node.rows.size(sizes) * node.cols.size(sizes)
        if count > most:
            raise too_large(f"{what} has {count} entries", most)
    names = frame(p.expr, p.wrt, p.symbols, solved.value.name, letters=p.letters)
    for term in answer:
        for letter in term.bound:
            names.alphabet(letter.dim)
    return Tensor(solved, table(p.expr, names, answer, sizes, names.alphabet), sizes)


def _side(node: Node, shape: tuple[int, int], pen: Pen) -> Side:
    stacked = [(row, column) for column in range(shape[1]) for row in range(shape[0])]
    return stacked, [entry_label(node, at, shape, pen) for at in stacked]


def entry_label(node: Node, at: tuple[int, int], shape: tuple[int, int], pen: Pen = PLAIN) -> Label:
    """The name of an entry, counted from 0; an axis of length 1 of a vector or scalar is left out."""
    return written(entry_name(node, at, shape), pen)


def entry_name(node: Node, at: tuple[int, int], shape: tuple[int, int]) -> Written:
    """The same before it is known for whom."""
    said = places(at, shape)
    return lambda n: n.entry(n.symbol(node.name), (said,)) if said else n.named(node)


def places(at: tuple[int, int], shape: tuple[int, int]) -> str:
    """The indices of an entry, counted from 1: `12`, `1` in a vector, nothing for a scalar."""
    kept = [str(k + 1) for k, n in zip(at, shape, strict=True) if n > 1]
    return (",".join if any(len(k) > 1 for k in kept) else "".join)(kept)
