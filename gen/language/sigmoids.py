"""The logistic sigmoid told by itself: exp(u)/(1 + exp(u)) is σ(u), and what is left of 1 is 1 − σ(u)."""

from __future__ import annotations

from fractions import Fraction

from gen.language.index import UNIT
from gen.language.node import Node, add, call, multiply, number


def scalars_with_sigmoids(scalars: dict[Node, Fraction]) -> dict[Node, Fraction]:
    """exp(u)^k/(1 + exp(u))^m as σ(u)^k (1 − σ(u))^(m−k), where k is not above m."""
    for base, below in scalars.items():
        if below is UNIT or below.numerator >= 0 or below.denominator != 1:
            continue
        powers = _exponential_beside_one(base)
        above = None if powers is None else scalars.get(powers)
        if powers is None or above is None or above.denominator != 1 or not 0 < above <= -below:
            continue
        return _joined(scalars, base, powers, int(above), int(-below - above))
    return scalars


def _exponential_beside_one(node: Node) -> Node | None:
    """The exp(u) of 1 + exp(u)."""
    if node.kind != "sum" or len(node.args) != 2:
        return None
    for e, one in (node.args, node.args[::-1]):
        if e.kind == "call" and e.name == "exp" and one.kind == "number" and one.number == 1:
            return e
    return None


def _joined(
    scalars: dict[Node, Fraction], base: Node, powers: Node, whole: int, rest: int
) -> dict[Node, Fraction]:
    """σ and 1 − σ in the place of the two; σ(−v) beside 1 − σ(−v) is told by σ(v)."""
    u = powers.args[0]
    positive = _without_minus(u)
    if rest and positive is not None:
        u, whole, rest = positive, rest, whole
    sigmoid = call("sigmoid", u.rows, u.cols, u)
    left = add(number(1), multiply(number(-1), sigmoid))
    out: dict[Node, Fraction] = {}
    for b, e in scalars.items():
        if b != base and b != powers:
            out[b] = out.get(b, Fraction(0)) + e
            continue
        if b == powers:
            for factor, count in ((sigmoid, whole), (left, rest)):
                if count:
                    out[factor] = out.get(factor, Fraction(0)) + count
    return out


def _without_minus(node: Node) -> Node | None:
    """v of −v, where a minus stands in front."""
    if node.kind == "product" and node.args[0].kind == "number" and node.args[0].number == -1:
        return multiply(*node.args[1:])
    return None
