"""Definitions by indices of the functions that are linear in every argument."""

from __future__ import annotations

from gen.language.dimension import Dim
from gen.language.function import Fresh
from gen.language.index import Delta, Entry, Index, Letter, Order, Pair, Terms, one
from gen.language.node import Node


def trace_entry(args: tuple[Node, ...], row: Index | None, col: Index | None, fresh: Fresh) -> Terms:
    i = fresh(args[0].rows)
    return one(Entry(args[0], i, i), bound=(i,))


def sum_entry(args: tuple[Node, ...], row: Index | None, col: Index | None, fresh: Fresh) -> Terms:
    i = None if args[0].rows.is_one else fresh(args[0].rows)
    k = None if args[0].cols.is_one else fresh(args[0].cols)
    return one(Entry(args[0], i, k), bound=[x for x in (i, k) if x is not None])


def rowsum_entry(args: tuple[Node, ...], row: Index | None, col: Index | None, fresh: Fresh) -> Terms:
    k = fresh(args[0].cols)
    return one(Entry(args[0], row, k), bound=(k,))


def colsum_entry(args: tuple[Node, ...], row: Index | None, col: Index | None, fresh: Fresh) -> Terms:
    i = fresh(args[0].rows)
    return one(Entry(args[0], i, row), bound=(i,))


def diag_entry(args: tuple[Node, ...], row: Index | None, col: Index | None, fresh: Fresh) -> Terms:
    if not args[0].cols.is_one:
        return one(Entry(args[0], row, row))
    if row is None or col is None:
        return one(Entry(args[0]))
    return one(Delta(row, col), Entry(args[0], row))


def vec_entry(args: tuple[Node, ...], row: Index | None, col: Index | None, fresh: Fresh) -> Terms:
    inner = args[0]
    if inner.rows.is_one or inner.cols.is_one:
        return one(Entry(inner, None, row) if inner.rows.is_one else Entry(inner, row))
    if isinstance(row, Pair) and row.first.dim == inner.rows:
        return one(Entry(inner, row.first, row.second))
    assert row is not None
    j, k = fresh(inner.rows), fresh(inner.cols)
    return one(Delta(row, Pair(j, k)), Entry(inner, j, k), bound=(j, k))


def kron_entry(args: tuple[Node, ...], row: Index | None, col: Index | None, fresh: Fresh) -> Terms:
    # Row (r, s) of A ⊗ B is row r of A, row s of B, and the row of B runs fastest.
    left, right = args
    rows, r_terms, r_bound = _split(row, right.rows, left.rows, fresh)
    cols, c_terms, c_bound = _split(col, right.cols, left.cols, fresh)
    entries = (Entry(left, rows[1], cols[1]), Entry(right, rows[0], cols[0]))
    return one(*r_terms, *c_terms, *entries, bound=(*r_bound, *c_bound))


def _split(
    index: Index | None, fast: Dim, slow: Dim, fresh: Fresh
) -> tuple[tuple[Index | None, Index | None], tuple[Delta, ...], tuple[Letter, ...]]:
    """An axis of A ⊗ B as (index of B, index of A), with a delta where it must be cut in two."""
    if index is None:
        return (None, None), (), ()
    if slow.is_one:
        return (index, None), (), ()
    if fast.is_one:
        return (None, index), (), ()
    if isinstance(index, Pair) and index.first.dim == fast:
        return (index.first, index.second), (), ()
    a, b = fresh(fast), fresh(slow)
    return (a, b), (Delta(index, Pair(a, b)),), (a, b)


def lower_entry(args: tuple[Node, ...], row: Index | None, col: Index | None, fresh: Fresh) -> Terms:
    if row is None or col is None:
        return one(Entry(args[0]))
    return one(Order(row, col), Entry(args[0], row, col))
