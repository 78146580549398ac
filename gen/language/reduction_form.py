"""Elementwise products, traces and diagonals in normal form."""

from __future__ import annotations

from fractions import Fraction

from gen.language.dimension import ONE
from gen.language.node import Node, call, constant, hadamard, multiply, number, power, size
from gen.language.product_form import compose, is_ones, is_zero, ones, parts, times, zero
from gen.language.sum_form import plus


def had(*factors: Node) -> Node:
    """The elementwise product in normal form: scalars in front, equal factors as powers, ones dropped."""
    rows, cols = factors[0].rows, factors[0].cols
    front: list[Node] = []
    inner: dict[Node, Fraction] = {}
    for factor in factors:
        p = parts(factor)
        body = multiply(*p.chain) if p.chain else ones(rows, cols)
        if p.coef != 1 or p.scalars:
            front.append(compose(p.coef, p.scalars, ()))
        for piece in body.args if body.kind == "hadamard" else (body,):
            base, exponent = _elementwise_power(piece)
            if is_zero(base):
                return zero(rows, cols)
            if not is_ones(base):
                inner[base] = inner.get(base, Fraction(0)) + exponent
    pieces = [b if e == 1 else power(b, number(e), elementwise=True) for b, e in inner.items() if e != 0]
    body = hadamard(*pieces) if pieces else ones(rows, cols)
    return times(*front, body) if front else body


def _elementwise_power(node: Node) -> tuple[Node, Fraction]:
    if node.kind == "power" and node.elementwise and node.args[1].kind == "number":
        return node.args[0], node.args[1].number
    return node, Fraction(1)


def trace(node: Node) -> Node:
    """tr in normal form: scalars in front, a trace of a 1 × 1 chain is that chain, tr(I) is n."""
    p = parts(node)
    if node.is_scalar:
        return node
    if node.kind == "constant" and node.name == "eye":
        return size(node.dims[0])
    if node.kind == "sum":
        return plus(*(trace(a) for a in node.args))
    chain = p.chain or (constant("eye", node.rows),)
    for cut, factor in enumerate(chain):
        if factor.rows == ONE:
            return times(compose(p.coef, p.scalars, ()), multiply(*chain[cut:], *chain[:cut]))
    body = call("tr", ONE, ONE, multiply(*chain))
    return times(compose(p.coef, p.scalars, ()), body)


def diagonal(node: Node) -> Node:
    """diag in normal form: of a vector a matrix, of a matrix its diagonal."""
    if node.cols == ONE and node.rows != ONE:
        if is_ones(node):
            return constant("eye", node.rows)
        p = parts(node)
        body = call("diag", node.rows, node.rows, multiply(*p.chain))
        return times(compose(p.coef, p.scalars, ()), body)
    if node.kind == "constant" and node.name == "eye":
        return constant("ones", node.rows)
    if node.kind == "call" and node.name == "diag":
        return node.args[0]
    p = parts(node)
    body = call("diag", node.rows, ONE, multiply(*p.chain))
    return times(compose(p.coef, p.scalars, ()), body)
