"""Products in normal form: (coefficient, scalars with powers, chain of matrices).

Inverse neighbours are cancelled, identities dropped; factors keep their order. Used for
results, never for what the author typed.
"""

from __future__ import annotations

from fractions import Fraction

from gen.language.cancelling import (
    VANISHING,
    may_vanish,
    tidy_chain,
    with_inverses_opened,
    with_number_cancelled,
)
from gen.language.dimension import ONE, Dim
from gen.language.filled import is_zero, zero
from gen.language.index import UNIT
from gen.language.node import Node, Parts, add, call, constant, number, power
from gen.language.product_parts import Scalars, compose, joined
from gen.language.sigmoids import scalars_with_sigmoids


def times(*factors: Node) -> Node:
    """The product in normal form; shapes must fit or be scalar."""
    if len(factors) == 1 and factors[0].kind == "product":
        whole = factors[0].as_product
        if whole is not None and whole.chain is factors[0].args:
            return factors[0]  # as it was made here
    coef, scalars, chain = joined(factors)
    for factor in chain:
        if factor.kind in VANISHING and may_vanish(factor):
            return _tidied(factors, coef, scalars, chain)
    node = _whole(coef, scalars, chain)
    if chain and not chain[0].rows.is_one:
        # No part of the chain is a scalar: the parts of the product are known.
        if node.args == chain:
            node.as_product = Parts(UNIT, (), node.args)
        elif node.kind == "product" and node.args[0].kind == "number" and node.args[1:] == chain:
            node.as_product = Parts(node.args[0].number, (), chain)
    return node


def _tidied(factors: tuple[Node, ...], coef: Fraction, scalars: Scalars, chain: tuple[Node, ...]) -> Node:
    """A product of a chain in which something may cancel."""
    rows, cols = _shape(factors)
    tidy, extra = tidy_chain(chain)
    tidy = with_inverses_opened(tuple(tidy)) or tidy
    for factor in tidy:
        if is_zero(factor):
            return zero(rows, cols)
    if not tidy and not (rows.is_one and cols.is_one):
        tidy = [constant("eye", rows)]
    more = tuple([(x, UNIT) for x in extra]) if extra else ()
    return _whole(coef, scalars + more, tuple(tidy))


def _whole(coef: Fraction, scalars: Scalars, chain: tuple[Node, ...]) -> Node:
    """The product of parts: equal scalars collected, zero where the number is zero."""
    if coef is not UNIT and coef.numerator == 0:
        return zero(chain[0].rows, chain[-1].cols) if chain else number(0)
    if len(scalars) > 1 or (scalars and scalars[0][1] is not UNIT):
        powers: dict[Node, Fraction] = {}
        for base, exponent in scalars:
            powers[base] = powers[base] + exponent if base in powers else exponent
        if len(powers) > 1:
            powers = _with_roots_joined(_with_powers_joined(scalars_with_sigmoids(powers)))
        scalars = tuple([(b, e) for b, e in powers.items() if e is UNIT or e.numerator != 0])
    if coef is not UNIT and coef.numerator not in (1, -1):
        coef, chain = with_number_cancelled(coef, chain)
    return compose(coef, scalars, chain)


def _with_roots_joined(scalars: dict[Node, Fraction]) -> dict[Node, Fraction]:
    """√2 √π with equal powers as √(2π)."""
    roots = [b for b in scalars if b.kind == "call" and b.name == "sqrt" and _is_plain(b.args[0])]
    if len(roots) < 2 or len({scalars[b] for b in roots}) > 1:
        return scalars
    joined = call("sqrt", ONE, ONE, times(*[b.args[0] for b in roots]))
    out: dict[Node, Fraction] = {}
    for base, exponent in scalars.items():
        if base not in roots:
            out[base] = exponent
        elif joined not in out:
            out[joined] = exponent
    return out


def _is_plain(node: Node) -> bool:
    """A positive number, or π."""
    return (node.kind == "number" and node.number > 0) or (node.kind == "constant" and node.name == "pi")


def _with_powers_joined(scalars: dict[Node, Fraction]) -> dict[Node, Fraction]:
    """u^(k-1) beside u is u^k; u over √u is √u."""
    for base, exponent in scalars.items():
        symbolic = base.kind == "power" and base.args[1].kind != "number" and exponent == 1
        root = base.kind == "call" and base.name == "sqrt"
        inner = base.args[0] if symbolic or root else None
        beside = None if inner is None else scalars.get(inner)
        if inner is None or beside is None or beside.denominator != 1:
            continue
        others = {b: e for b, e in scalars.items() if b not in (base, inner)}
        if symbolic:
            return {**others, power(inner, _raised_by(base.args[1], beside)): UNIT}
        if (beside > 0) != (exponent > 0):
            return {**others, base: exponent + 2 * beside}
    return scalars


def _raised_by(exponent: Node, more: Fraction) -> Node:
    """k - 1 raised by 1 is k."""
    terms = exponent.args if exponent.kind == "sum" else (exponent,)
    rest = [t for t in terms if t.kind != "number"]
    whole = sum((t.number for t in terms if t.kind == "number"), more)
    return add(*rest, number(whole)) if whole else add(*rest)


def _shape(factors: tuple[Node, ...]) -> tuple[Dim, Dim]:
    chain = [f for f in factors if not f.is_scalar]
    return (chain[0].rows, chain[-1].cols) if chain else (ONE, ONE)
