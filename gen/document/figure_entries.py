"""Entries of a matrix by their place: zeros and ones of constants, names of all others."""

from __future__ import annotations

from fractions import Fraction

from gen.derivation.constants import constant_value
from gen.document.drawing import Label
from gen.document.drawing_labels import maths
from gen.language.index import Entry, Letter, Term
from gen.language.latex import latex
from gen.language.node import Node
from gen.language.terminal import terminal


def entry_of(node: Node, row: int, column: int, sizes: dict[str, int]) -> Term | None:
    """Entry (row, column), counted from 0, None for a zero; that of a transpose is one of the matrix."""
    while node.kind == "transpose":
        node, row, column = node.args[0], column, row
    if node.kind == "constant":
        value = constant_value(node.name, tuple(d.size(sizes) for d in node.dims))[row, column].real
        return None if value == 0 else Term(Fraction(value), ())
    if node.kind == "product" and node.args[0].kind == "number" and len(node.args) == 2:
        inner = entry_of(node.args[1], row, column, sizes)
        return None if inner is None else Term(node.args[0].number * inner.coef, inner.factors)
    down = None if node.rows.is_one else Letter(str(row + 1), node.rows)
    across = None if node.cols.is_one else Letter(str(column + 1), node.cols)
    return Term(Fraction(1), (Entry(node, down, across),))


def times(first: Term | None, second: Term | None) -> Term | None:
    """The product of two entries."""
    if first is None or second is None:
        return None
    return Term(first.coef * second.coef, first.factors + second.factors)


def term_label(term: Term | None) -> Label | None:
    """An entry as it stands in a cell, None for a zero."""
    return None if term is None else maths(latex((term,)), terminal((term,)))
