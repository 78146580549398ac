"""The derivative of an entry of the variable by an entry of the variable: deltas."""

from __future__ import annotations

from gen.derivation.partials import lone_entry
from gen.derivation.record import Reason, Rewritten, Rule
from gen.language.function import Fresh
from gen.language.index import UNIT, Delta, Factor, Index, Order, Partial, Term, Terms
from gen.language.node import Node


def _delta_substitution(factor: Factor, fresh: Fresh) -> Rewritten | None:
    inner = lone_entry(factor)
    if inner is None or not isinstance(factor, Partial) or inner.node != factor.by.node:
        return None
    node, by = inner.node, factor.by
    pairs = [(a, b) for a, b in ((inner.row, by.row), (inner.col, by.col)) if a is not None and b is not None]
    straight: tuple[Factor, ...] = tuple(Delta(a, b) for a, b in pairs)
    if node.structure is None:
        words: Reason = ("an entry of ", node, " changes only with itself")
        if not pairs:
            words = (
                "the derivative of ",
                node,
                " by itself is 1",
            )
        return Rewritten((Term(UNIT, straight),), words)
    return Rewritten(_structured(node, pairs, straight), _structured_reason(node))


def _structured(node: Node, pairs: list[tuple[Index, Index]], straight: tuple[Factor, ...]) -> Terms:
    (i, q), (j, r) = pairs
    across: tuple[Factor, ...] = (Delta(i, r), Delta(j, q))
    one = UNIT
    if node.structure == "symmetric":
        return (Term(one, straight), Term(one, across), Term(-one, (*straight, Delta(i, j))))
    if node.structure == "skew":
        return (Term(one, straight), Term(-one, across))
    if node.structure == "diagonal":
        return (Term(one, (*straight, Delta(i, j))),)
    return (Term(one, (*straight, Order(q, r))),)


def _structured_reason(node: Node) -> Reason:
    return {
        "symmetric": (
            node,
            " is symmetric: entries (q,r) and (r,q) move together, the diagonal counted once",
        ),
        "skew": (node, " is skew: entry (r,q) is minus entry (q,r)"),
        "diagonal": (node, " is diagonal: only diagonal entries move"),
        "lower": (node, " is lower triangular: entries above the diagonal stay 0"),
    }[node.structure or ""]


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
