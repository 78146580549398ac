"""What a product is made of: a number, scalars with powers, a chain of matrices; and putting it together."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import groupby
from operator import eq
from typing import TypeAlias

from gen.language.index import UNIT
from gen.language.node import Node, Parts, call, hadamard, multiply, number, power, quotient, transposed

MOST_COPIES = 64
WHOLE = frozenset(("symbol", "transpose", "call", "sum"))  # a matrix of these kinds is one factor
SCALED = frozenset(("product", "quotient", "hadamard"))
Scalars: TypeAlias = tuple[tuple[Node, Fraction], ...]


def parts(node: Node) -> Parts:
    """A node taken apart as a product; kept on products and numbers.

    Most others are factors of their own, and would hold themselves by what is kept on them.
    """
    known = node.as_product
    if known is None:
        known = _parts(node)
        if node.kind == "product" or node.kind == "number":
            node.as_product = known
    return known


def _parts(node: Node) -> Parts:
    if node.kind == "number":
        return Parts(UNIT if node.number == 1 else node.number, (), ())
    if node.kind == "product":
        return Parts(*joined(node.args))
    if not node.is_scalar and node.kind != "quotient":
        return Parts(UNIT, (), _copies(node))
    if node.kind == "quotient" and not node.elementwise:
        left, right = parts(node.args[0]), parts(node.args[1])
        if right.coef == 0:
            return Parts(UNIT, ((node, UNIT),), ())
        over = [(multiply(*right.chain), UNIT)] if right.chain else []
        below = tuple((base, -e) for base, e in (*right.scalars, *over))
        return Parts(left.coef / right.coef, left.scalars + below, left.chain)
    if node.kind == "power" and node.is_scalar and node.args[1].kind == "number":
        inner = node.args[0]
        if inner.kind == "power" and is_one_power(inner, node.args[1].number):
            merged = power(inner.args[0], number(inner.args[1].number * node.args[1].number))
            return parts(merged)
        return Parts(UNIT, ((node.args[0], node.args[1].number),), ())
    if node.is_scalar:
        return Parts(UNIT, ((node, UNIT),), ())
    return Parts(UNIT, (), _copies(node))


def _copies(node: Node) -> tuple[Node, ...]:
    """A whole power of a matrix as equal factors; of an inverse or a transpose likewise."""
    if node.kind == "power" and not node.elementwise:
        k = int(node.args[1].number)
        if 0 < k <= MOST_COPIES:
            return (node.args[0],) * k
        if -MOST_COPIES <= k < 0:
            return (inverse(node.args[0]),) * -k
    return (node,)


def joined(factors: tuple[Node, ...]) -> tuple[Fraction, Scalars, tuple[Node, ...]]:
    """The parts of factors in order; a 1 × 1 chain that another chain follows becomes a scalar."""
    coef = UNIT
    scalars: Scalars = ()
    chain: tuple[Node, ...] = ()
    for factor in factors:
        if factor.kind in WHOLE and not factor.is_scalar:
            chain_of: tuple[Node, ...] = (factor,)
        else:
            whole = factor.as_product or parts(factor)
            chain_of = whole.chain
            if whole.coef is not UNIT:
                coef = whole.coef if coef is UNIT else coef * whole.coef
            if whole.scalars:
                scalars += whole.scalars
            if not chain_of:
                continue
        if not chain:
            chain = chain_of
        elif chain[0].rows.is_one and chain[-1].cols.is_one:
            scalars += ((multiply(*chain), UNIT),)
            chain = chain_of
        elif chain_of[0].rows.is_one and chain_of[-1].cols.is_one:
            scalars += ((multiply(*chain_of), UNIT),)
        else:
            chain += chain_of
    return coef, scalars, chain


def raised_to(base: Node, exponent: Fraction, *, elementwise: bool) -> Node:
    """u^k, or u.^k; a power of a power with numbers above is one power, where it is the same; (√u)² is u."""
    if base.kind == "call" and base.name == "sqrt" and exponent.denominator == 1 and exponent % 2 == 0:
        base, exponent = base.args[0], exponent / 2
    if base.kind == "power" and base.elementwise == elementwise and is_one_power(base, exponent):
        exponent, base = exponent * base.args[1].number, base.args[0]
    return base if exponent == 1 else power(base, number(exponent), elementwise=elementwise)


def is_one_power(base: Node, exponent: Fraction) -> bool:
    """Is (u^p)^q the same as u^(pq)? Not where p is even and q no whole number: √(u²) is |u|."""
    if base.args[1].kind != "number":
        return False
    inner = base.args[1].number
    return exponent.denominator == 1 or inner.denominator != 1 or inner.numerator % 2 != 0


def compose(coef: Fraction, scalars: Scalars, chain: tuple[Node, ...]) -> Node:
    """A product node: number, scalars, chain; negative powers go below a fraction bar."""
    if coef is UNIT and not scalars and chain:
        return chain[0] if len(chain) == 1 else multiply(*_powers(chain))
    above: list[Node] = []
    below: list[Node] = []
    for base, exponent in scalars:
        if exponent is UNIT:
            above.append(base)
            continue
        up, down = exponent.as_integer_ratio()
        side = above if up > 0 else below
        size_of = abs(up) if down == 1 else abs(exponent)
        side.append(base if size_of == 1 else power(base, number(size_of)))
    if coef is not UNIT and coef.denominator != 1:
        below.insert(0, number(coef.denominator))
    top = [*above, *_powers(chain)]
    if not top or (coef is not UNIT and coef.numerator != 1):
        top.insert(0, number(coef.numerator))
    node = multiply(*top)
    return quotient(node, multiply(*below)) if below else node


def recomposed(node: Node) -> Node:
    """A node put together again from its parts; the node itself where nothing changes."""
    whole = parts(node)
    if node.kind == "product" and node.args == whole.chain and _powers(whole.chain) is whole.chain:
        return node
    return compose(whole.coef, whole.scalars, whole.chain)


def _powers(chain: tuple[Node, ...]) -> Sequence[Node]:
    """Three or more equal neighbours written as a power."""
    if len(chain) < 3 or not any(map(eq, chain, chain[2:])):
        return chain
    out: list[Node] = []
    for node, run in groupby(chain):
        count = len(list(run))
        transposed_base = node.kind == "transpose"
        base = node.args[0] if transposed_base else node
        if count < 3 or not node.is_square:
            out += [node] * count
        else:
            raised = power(base, number(count))
            out.append(transposed(raised) if transposed_base else raised)
    return out


def inverse(node: Node) -> Node:
    """The inverse; of an inverse what is inverted, of a transpose the transposed inverse."""
    if node.kind == "call" and node.name == "inv":
        return node.args[0]
    if node.kind == "transpose":
        inner = inverse(node.args[0])
        return inner.args[0] if inner.kind == "transpose" else transposed(inner)
    return call("inv", node.rows, node.cols, node)


def scale_and_body(node: Node) -> tuple[tuple[Node, ...], Node]:
    """The numbers and scalars in front of a matrix, or below it, and the matrix without them, as written."""
    if node.is_scalar:
        return (), node
    if node.kind == "transpose" and node.args[0].kind in SCALED:
        scale, body = scale_and_body(node.args[0])
        return (scale, transposed(body)) if scale else ((), node)
    if node.kind == "product":
        scale = tuple([a for a in node.args if a.is_scalar])
        if not scale:
            return (), node
        more, body = scale_and_body(multiply(*[a for a in node.args if not a.is_scalar]))
        return scale + more, body
    if node.kind == "hadamard":
        found = [scale_and_body(a) for a in node.args]
        scale = tuple([s for scalars, _ in found for s in scalars])
        return (scale, hadamard(*[body for _, body in found])) if scale else ((), node)
    if node.kind == "quotient" and node.args[1].is_scalar:
        below = node.args[1]
        if not node.args[0].is_scalar and not (below.kind == "number" and below.number == 0):
            scale, body = scale_and_body(node.args[0])
            return (*scale, quotient(number(1), below)), body
    return (), node
