"""What cancels in a product: inverse neighbours, identities, ones, a number and one below a ./."""

from __future__ import annotations

from fractions import Fraction
from math import gcd

from gen.language.dimension import ONE
from gen.language.filled import is_ones, ones
from gen.language.index import UNIT
from gen.language.node import Node, Parts, call, multiply, number, power, quotient, size, transposed
from gen.language.product_parts import compose, inverse, parts

VANISHING = frozenset(("constant", "call", "transpose"))  # the kinds of what may vanish


def may_vanish(node: Node) -> bool:
    """Is it a constant or an inverse, or the transpose of one: may it cancel with a neighbour?"""
    while node.kind == "transpose":
        node = node.args[0]
    return node.kind == "constant" or (node.kind == "call" and node.name == "inv")


def tidy_chain(chain: tuple[Node, ...]) -> tuple[list[Node], list[Node]]:
    """Identity matrices dropped, neighbours that are inverse to each other cancelled."""
    out: list[Node] = []
    extra: list[Node] = []
    for node in chain:
        if node.kind == "constant" and node.name == "eye":
            continue
        if out and _are_inverse(out[-1], node):
            out.pop()
            continue
        if out and is_ones(out[-1]) and is_ones(node) and not out[-1].cols.is_one and not node.rows.is_one:
            # 1ᵀ1 = n
            extra.append(size(node.rows))
            left, right = out.pop().rows, node.cols
            if (left, right) != (ONE, ONE):
                out.append(ones(left, right))
            continue
        if out and out[-1].cols.is_one and node.rows.is_one and is_ones(out[-1]) and is_ones(node):
            out[-1] = ones(out[-1].rows, node.cols)
            continue
        out.append(node)
    return out, extra


def with_inverses_opened(chain: tuple[Node, ...]) -> list[Node] | None:
    """The chain with inverses of products written factor by factor, where something then cancels."""
    if len(chain) < 2 or not any(_inner_product(c) for c in chain):
        return None
    wide = tuple(x for c in chain for x in (_inner_product(c) or (c,)))
    tidy, extra = tidy_chain(wide)
    return tidy if len(tidy) < len(wide) and len(tidy) <= len(chain) and not extra else None


def _inner_product(node: Node) -> tuple[Node, ...]:
    """inv(A*B) as inv(B), inv(A), for square A and B; its transpose likewise; else nothing."""
    turned = node.kind == "transpose"
    inner = node.args[0] if turned else node
    if inner.kind != "call" or inner.name != "inv":
        return ()
    chain = parts(inner.args[0])
    if len(chain.chain) < 2 or chain.coef != 1 or chain.scalars or not all(c.is_square for c in chain.chain):
        return ()
    inverses = tuple(inverse(c) for c in reversed(chain.chain))
    return tuple(transposed(c) for c in reversed(inverses)) if turned else inverses


def _are_inverse(left: Node, right: Node) -> bool:
    # Only where one of them is an inverse can they cancel.
    return (_is_inverse(left) or _is_inverse(right)) and inverse(left) == right


def _is_inverse(node: Node) -> bool:
    inner = node
    while inner.kind == "transpose":
        inner = inner.args[0]
    return inner.kind == "call" and inner.name == "inv"


def with_number_cancelled(coef: Fraction, chain: tuple[Node, ...]) -> tuple[Fraction, tuple[Node, ...]]:
    """2*diag(1./(2*x)) as diag(1./x): a number in front meets one below a ./ in the chain."""
    for place, factor in enumerate(chain):
        held = factor.args[0] if factor.kind == "call" and factor.name == "diag" else factor
        if held.kind not in ("quotient", "power") or not held.elementwise:
            continue
        top, below = held.args if held.kind == "quotient" else (number(1), held.args[0])
        if held.kind == "power" and (held.args[1].kind != "number" or held.args[1].number != -1):
            continue
        under = _below(below)
        shared = gcd(coef.numerator, under.coef.numerator) if under.coef.denominator == 1 else 1
        if shared == 1 or below.is_scalar:
            continue
        rest = compose(under.coef / shared, under.scalars, under.chain)
        coef /= shared
        if top.kind == "number" and held.kind == "quotient" and coef.denominator == 1 and coef > 0:
            top, coef = number(top.number * coef), UNIT
        new = power(rest, number(-1), elementwise=True)
        if held.kind == "quotient":
            new = quotient(top, rest, elementwise=True)
        whole = new if held is factor else call("diag", factor.rows, factor.cols, new)
        return coef, (*chain[:place], whole, *chain[place + 1 :])
    return coef, chain


def _below(node: Node) -> Parts:
    """What stands below a ./ as a product; of a whole power of 2*u the number is outside."""
    if node.kind != "power" or not node.elementwise or node.args[1].kind != "number":
        return parts(node)
    inner, exponent = parts(node.args[0]), node.args[1].number
    if inner.scalars or exponent.denominator != 1 or exponent < 0 or not inner.chain:
        return parts(node)
    raised = power(multiply(*inner.chain), node.args[1], elementwise=True)
    return Parts(inner.coef**exponent.numerator, (), (raised,))
