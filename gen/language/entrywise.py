"""Elementwise products taken apart into factors with powers, and put together."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from gen.language.dimension import Dim
from gen.language.filled import ones
from gen.language.index import UNIT
from gen.language.node import Node, hadamard, number, power, quotient
from gen.language.product_parts import is_one_power


def elementwise_factors(node: Node, exponent: Fraction) -> list[tuple[Node, Fraction]]:
    """x.*y./z.^2 as x, y and z^-2."""
    if node.kind == "hadamard":
        return [x for a in node.args for x in elementwise_factors(a, exponent)]
    if node.kind == "power" and node.elementwise and is_one_power(node, exponent):
        return elementwise_factors(node.args[0], exponent * node.args[1].number)
    if node.kind == "quotient" and node.elementwise and not node.args[1].is_scalar:
        top, below = node.args
        above = [] if top.is_scalar else elementwise_factors(top, exponent)
        if not top.is_scalar or (top.kind == "number" and top.number == 1):
            return above + elementwise_factors(below, -exponent)
    return [(node, exponent)]


def assembled(inner: Mapping[Node, Fraction], rows: Dim, cols: Dim) -> Node:
    """The factors above, and below a ./ those with a negative power."""
    above = [_raised(b, e) for b, e in inner.items() if e is UNIT or e.numerator > 0]
    below = [_raised(b, -e) for b, e in inner.items() if e is not UNIT and e.numerator < 0]
    top = hadamard(*above) if above else None
    if not below:
        return top if top is not None else ones(rows, cols)
    return quotient(top if top is not None else number(1), hadamard(*below), elementwise=True)


def _raised(base: Node, exponent: Fraction) -> Node:
    if exponent is UNIT or exponent == 1:
        return base
    return power(base, number(exponent), elementwise=True)
