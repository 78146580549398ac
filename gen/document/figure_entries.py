"""Entries of a matrix by their place: numbers of constants, names of all others, zeros by numbers."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import TypeAlias

import numpy as np

from gen.derivation.evaluate import Numbers, OutOfDomainError
from gen.derivation.points import Stream, draw
from gen.document.drawing import Label
from gen.document.drawing_labels import maths
from gen.language.function import Array
from gen.language.index import Entry, Letter, Term
from gen.language.latex import latex
from gen.language.node import Node
from gen.language.terminal import terminal

Entries: TypeAlias = tuple[tuple[Term | None, ...], ...]
_MOODS = (0, 1, 2, 3)  # any sign, positive, small, near a multiple of the identity
_TINY = 1e-12
_SIMPLE = 1000  # the largest denominator of a number that is shown as a fraction


def entries_of(node: Node, sizes: dict[str, int]) -> Entries:
    """All entries of a matrix, None for one that is zero whatever the symbols are."""
    full = _full(node, sizes)
    rows, columns = full.shape
    return tuple(
        tuple(_entry(node, r, c, sizes) if full[r, c] else None for c in range(columns)) for r in range(rows)
    )


def _entry(node: Node, row: int, column: int, sizes: dict[str, int]) -> Term | None:
    """Entry (row, column), counted from 0; that of a transpose is one of the matrix."""
    while node.kind == "transpose":
        node, row, column = node.args[0], column, row
    if not node.names:
        value = float(Numbers({}, sizes).node(node)[0, 0, row, column].real)
        number = Fraction(value).limit_denominator(_SIMPLE)
        if abs(number - value) < _TINY:
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


def _full(node: Node, sizes: dict[str, int]) -> Array:
    """Which entries are not zero at some of many points; all of them where no point is in the domain."""
    found = np.zeros((node.rows.size(sizes), node.cols.size(sizes)), dtype=bool)
    stream, symbols = Stream(), tuple(dict.fromkeys(_symbols(node)))
    known = False
    for mood in _MOODS if symbols else (0,):
        values = {symbol.name: draw(symbol, sizes, stream, mood) for symbol in symbols}
        try:
            with np.errstate(all="ignore"):
                value = Numbers(values, sizes).node(node)[:, 0]
        except (OutOfDomainError, np.linalg.LinAlgError):
            continue
        known = True
        found |= np.any(~(np.abs(value) < _TINY), axis=0)
    return found if known else np.ones_like(found)


def _symbols(node: Node) -> Iterator[Node]:
    if node.kind == "symbol":
        yield node
    for arg in node.args:
        yield from _symbols(arg)


def times(first: Term | None, second: Term | None) -> Term | None:
    """The product of two entries."""
    if first is None or second is None:
        return None
    return Term(first.coef * second.coef, first.factors + second.factors)


def term_label(term: Term | None) -> Label | None:
    """An entry as it stands in a cell, None for a zero."""
    return None if term is None else maths(latex((term,)), terminal((term,)))
