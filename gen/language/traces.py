"""Equal traces: a trace is cyclic, and a matrix and its transpose have the same one."""

from __future__ import annotations

from fractions import Fraction

from gen.language.node import Node, Parts
from gen.language.product_parts import Scalars, parts
from gen.language.transposition import flip


def with_equal_traces(terms: list[Parts]) -> list[Parts]:
    """Terms in which a trace reads as the first one equal to it does."""
    for p in terms:
        for base, _ in p.scalars:
            if base.kind == "call" and base.name == "tr":
                known: list[Node] = []
                return [Parts(t.coef, _with_known(t.scalars, known), t.chain) for t in terms]
    return terms


def _with_known(scalars: Scalars, known: list[Node]) -> Scalars:
    """Equal traces collected; `known` are the traces met so far."""
    out: dict[Node, Fraction] = {}
    for base, exponent in scalars:
        if base.kind == "call" and base.name == "tr":
            base = _first(base, known)
        out[base] = out[base] + exponent if base in out else exponent
    return tuple([(b, e) for b, e in out.items() if e != 0])


def _first(trace: Node, known: list[Node]) -> Node:
    for other in known:
        if other == trace or _are_equal(other, trace):
            return other
    known.append(trace)
    return trace


def _are_equal(a: Node, b: Node) -> bool:
    p, q = parts(a.args[0]), parts(b.args[0])
    size = len(p.chain)
    if p.coef != q.coef or set(p.scalars) != set(q.scalars) or size != len(q.chain):
        return False
    turned = tuple([flip(c) for c in reversed(p.chain)])
    return any(q.chain[k:] + q.chain[:k] in (p.chain, turned) for k in range(size))
