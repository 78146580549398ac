"""Entries of a matrix by their place: numbers of constants, names of all others, zeros by numbers."""

from __future__ import annotations

from fractions import Fraction
from typing import TypeAlias

from gen.derivation.zero_pattern import constant_entry, not_zero
from gen.document.drawing import Label
from gen.document.drawing_labels import expression
from gen.document.pen import Pen
from gen.language.index import Entry, Letter, Term
from gen.language.node import Node

Entries: TypeAlias = tuple[tuple[Term | None, ...], ...]


def entries_of(node: Node, sizes: dict[str, int]) -> Entries:
    """All entries of a matrix, None for one that is zero whatever the symbols are."""
    return tuple(
        tuple(_entry(node, r, c, sizes) if full else None for c, full in enumerate(row))
        for r, row in enumerate(not_zero(node, sizes))
    )


def _entry(node: Node, row: int, column: int, sizes: dict[str, int]) -> Term | None:
    """Entry (row, column), counted from 0; that of a transpose is one of the matrix."""
    while node.kind == "transpose":
        node, row, column = node.args[0], column, row
    number = constant_entry(node, row, column, sizes)
    if number is not None:
        return None if number == 0 else Term(number, ())
    if node.kind == "product" and node.args[0].kind == "number" and len(node.args) == 2:
        inner = _entry(node.args[1], row, column, sizes)
        return None if inner is None else Term(node.args[0].number * inner.coef, inner.factors)
    if node.kind == "call" and node.name == "vec":
        right, under = divmod(row, node.args[0].rows.size(sizes))
        return _entry(node.args[0], under, right, sizes)
    if node.kind == "call" and node.name == "kron":
        first, second = node.args
        high, wide = second.rows.size(sizes), second.cols.size(sizes)
        (i, k), (j, h) = divmod(row, high), divmod(column, wide)
        return times(_entry(first, i, j, sizes), _entry(second, k, h, sizes))
    down = None if node.rows.is_one else Letter(str(row + 1), node.rows)
    across = None if node.cols.is_one else Letter(str(column + 1), node.cols)
    return Term(Fraction(1), (Entry(node, down, across),))


def times(first: Term | None, second: Term | None) -> Term | None:
    """The product of two entries."""
    if first is None or second is None:
        return None
    return Term(first.coef * second.coef, first.factors + second.factors)


def term_label(term: Term | None, pen: Pen) -> Label | None:
    """An entry as it stands in a cell, None for a zero."""
    return None if term is None else expression((term,), pen)
