"""The derivative of an entry of the variable by an entry of the variable: deltas."""

from __future__ import annotations

from dataclasses import replace

from gen.derivation.record import Reason, Rewritten, Rule
from gen.language.function import Fresh
from gen.language.index import MINUS, UNIT, Delta, Entry, Factor, Order, Partial, Term, Terms
from gen.language.node import Node


def _delta_substitution(partial: Partial, fresh: Fresh) -> Rewritten | None:
    inner, by = partial.inner, partial.by
    if inner is None or (inner.node is not by.node and inner.node != by.node):
        return None
    node = inner.node
    if node.structure is None:
        straight: list[Factor] = []
        if inner.row is not None and by.row is not None:
            straight.append(Delta(inner.row, by.row))
        if inner.col is not None and by.col is not None:
            straight.append(Delta(inner.col, by.col))
        words: Reason = ("an entry of ", node, " changes only with itself")
        if not straight:
            words = ("the derivative of ", node, " by itself is 1")
        return Rewritten((Term(UNIT, tuple(straight)),), words)
    return Rewritten(structured_deltas(node, inner, by), _structured_reason(node, by))


def _projected_substitution(partial: Partial, fresh: Fresh) -> Rewritten | None:
    found = _delta_substitution(partial, fresh)
    if found is None or partial.by.node.structure != "symmetric":
        return found
    inner = partial.inner
    assert inner is not None
    words: Reason = (partial.by.node, " is symmetric: half of a change goes to each of the two places")
    return Rewritten(structured_deltas(partial.by.node, inner, partial.by, projected=True), words)


def structured_deltas(node: Node, inner: Entry, by: Entry, *, projected: bool = False) -> Terms:
    """∂X_ij/∂X_qr for a structured X: the free-entries convention, or half to each place (`projected`)."""
    i, j, q, r = inner.row, inner.col, by.row, by.col
    if i is None or j is None or q is None or r is None:
        # A structured 1 × 1 matrix moves like a scalar.
        return (Term(UNIT, ()),)
    straight, across = (Delta(i, q), Delta(j, r)), (Delta(i, r), Delta(j, q))
    if node.structure == "symmetric" and projected:
        return (Term(UNIT / 2, straight), Term(UNIT / 2, across))
    if node.structure == "symmetric":
        return (Term(UNIT, straight), Term(UNIT, across), Term(MINUS, (*straight, Delta(i, j))))
    if node.structure == "skew":
        return (Term(UNIT, straight), Term(MINUS, across))
    if node.structure == "diagonal":
        return (Term(UNIT, (*straight, Delta(i, j))),)
    if node.structure == "lower":
        return (Term(UNIT, (*straight, Order(q, r))),)
    return (Term(UNIT, straight),)


def _structured_reason(node: Node, by: Entry) -> Reason:
    q, r = by.row, by.col
    if q is None or r is None:
        return ("the derivative of ", node, " by itself is 1")
    there: Reason = ("(", q, ",", r, ")")
    back: Reason = ("(", r, ",", q, ")")
    if node.structure == "symmetric":
        words: Reason = (" is symmetric: entries ", *there, " and ", *back, " move together")
        return (node, *words, ", the diagonal counted once")
    if node.structure == "skew":
        return (node, " is skew: entry ", *back, " is minus entry ", *there)
    if node.structure == "diagonal":
        return (node, " is diagonal: only diagonal entries move")
    return (node, " is lower triangular: entries above the diagonal stay 0")


DELTA: tuple[Rule, ...] = (
    Rule(
        "delta_substitution",
        "delta_substitution",
        "∂X_ij/∂X_qr = δ_iq δ_jr",
        "an entry changes only with itself",
        "Matrix Cookbook (2012), eq. 73",
        "d(W[i,j], W[q,r]) => delta[i,q]*delta[j,r]",
        "key",
        "factor",
        _delta_substitution,
        frozenset(("symbol",)),
    ),
)

PROJECTED: tuple[Rule, ...] = (replace(DELTA[0], apply=_projected_substitution),)
