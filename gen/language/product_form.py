"""Products in normal form: (coefficient, scalars with powers, chain of matrices).

Inverse neighbours are cancelled, identities dropped; factors keep their order. Used for
results, never for what the author typed.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import groupby
from math import gcd
from operator import eq
from typing import TypeAlias

from gen.language.dimension import ONE, Dim
from gen.language.index import UNIT
from gen.language.node import (
    Node,
    Parts,
    add,
    call,
    constant,
    multiply,
    number,
    power,
    quotient,
    size,
    transposed,
)
from gen.language.sigmoids import scalars_with_sigmoids

MOST_COPIES = 64
Scalars: TypeAlias = tuple[tuple[Node, Fraction], ...]


def parts(node: Node) -> Parts:
    """A node taken apart as a product; kept on the node."""
    known = node.as_product
    if known is None:
        known = node.as_product = _parts(node)
    return known


def _parts(node: Node) -> Parts:
    if node.kind == "number":
        return Parts(UNIT if node.number == 1 else node.number, (), ())
    if node.kind == "product":
        return Parts(*_join(node.args))
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


def _join(factors: tuple[Node, ...]) -> tuple[Fraction, Scalars, tuple[Node, ...]]:
    """The parts of factors in order; a 1 × 1 chain that another chain follows becomes a scalar."""
    coef = UNIT
    scalars: Scalars = ()
    chain: tuple[Node, ...] = ()
    for factor in factors:
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
    """u^k, or u.^k; a power of a power with numbers above is one power, where it is the same."""
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
        return multiply(*_powers(chain))
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


def times(*factors: Node) -> Node:
    """The product in normal form; shapes must fit or be scalar."""
    coef, scalars, chain = _join(factors)
    for factor in chain:
        if may_vanish(factor):
            return _tidied(factors, coef, scalars, chain)
    node = _whole(coef, scalars, chain)
    if node.args == chain and chain and not chain[0].rows.is_one:
        # No part of the chain is a scalar: the parts of the product are known.
        node.as_product = Parts(UNIT, (), chain)
    return node


def may_vanish(node: Node) -> bool:
    """Is it a constant or an inverse, or the transpose of one: may it cancel with a neighbour?"""
    while node.kind == "transpose":
        node = node.args[0]
    return node.kind == "constant" or (node.kind == "call" and node.name == "inv")


def _tidied(factors: tuple[Node, ...], coef: Fraction, scalars: Scalars, chain: tuple[Node, ...]) -> Node:
    """A product of a chain in which something may cancel."""
    rows, cols = _shape(factors)
    tidy, extra = _tidy(chain)
    tidy = _opened(tuple(tidy)) or tidy
    for factor in tidy:
        if is_zero(factor):
            return zero(rows, cols)
    if not tidy and not (rows.is_one and cols.is_one):
        tidy = [constant("eye", rows)]
    return _whole(coef, scalars + tuple([(x, UNIT) for x in extra]), tuple(tidy))


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


def zero(rows: Dim, cols: Dim) -> Node:
    """Zero of a shape: 0, zeros(n) or zeros(m,n)."""
    if rows.is_one and cols.is_one:
        return number(0)
    return constant("zeros", rows) if cols.is_one else constant("zeros", rows, cols)


def ones(rows: Dim, cols: Dim) -> Node:
    """Ones of a shape."""
    if rows.is_one and cols.is_one:
        return number(1)
    if cols.is_one:
        return constant("ones", rows)
    return constant("ones", rows, cols) if not rows.is_one else transposed(constant("ones", cols))


def is_zero(node: Node) -> bool:
    """0, zeros(n), zeros(m,n) or its transpose."""
    if node.kind not in ("transpose", "constant", "number"):
        return False
    inner = node.args[0] if node.kind == "transpose" else node
    return (inner.kind == "constant" and inner.name == "zeros") or (
        inner.kind == "number" and inner.number == 0
    )


def _opened(chain: tuple[Node, ...]) -> list[Node] | None:
    """The chain with inverses of products written factor by factor, where something then cancels."""
    if len(chain) < 2 or not any(_inner_product(c) for c in chain):
        return None
    wide = tuple(x for c in chain for x in (_inner_product(c) or (c,)))
    tidy, extra = _tidy(wide)
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


def _tidy(chain: tuple[Node, ...]) -> tuple[list[Node], list[Node]]:
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


def _are_inverse(left: Node, right: Node) -> bool:
    # Only where one of them is an inverse can they cancel.
    return (_is_inverse(left) or _is_inverse(right)) and inverse(left) == right


def _is_inverse(node: Node) -> bool:
    inner = node
    while inner.kind == "transpose":
        inner = inner.args[0]
    return inner.kind == "call" and inner.name == "inv"


def is_ones(node: Node) -> bool:
    """A matrix of ones or its transpose."""
    if node.kind not in ("transpose", "constant"):
        return False
    inner = node.args[0] if node.kind == "transpose" else node
    return inner.kind == "constant" and inner.name == "ones"


def inverse(node: Node) -> Node:
    """The inverse; of an inverse what is inverted, of a transpose the transposed inverse."""
    if node.kind == "call" and node.name == "inv":
        return node.args[0]
    if node.kind == "transpose":
        inner = inverse(node.args[0])
        return inner.args[0] if inner.kind == "transpose" else transposed(inner)
    return call("inv", node.rows, node.cols, node)
