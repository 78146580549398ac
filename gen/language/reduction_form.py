"""Elementwise products, traces and diagonals in normal form."""

from __future__ import annotations

from fractions import Fraction

from gen.language.dimension import ONE
from gen.language.entrywise import assembled, elementwise_factors
from gen.language.filled import is_ones, is_zero, ones, zero
from gen.language.index import UNIT
from gen.language.node import Node, Parts, call, constant, multiply, number, size
from gen.language.product_form import times
from gen.language.product_parts import compose, parts
from gen.language.sum_form import plus
from gen.language.token_count import tokens
from gen.language.transposition import flip


def had(*factors: Node) -> Node:
    """The elementwise product in normal form: scalars in front, equal factors as powers, ones dropped.

    An identity disappears beside a diagonal matrix.
    """
    first = factors[0]
    if len(factors) == 1 and (
        first.kind in ("symbol", "call") or (first.kind == "product" and parts(first).chain == first.args)
    ):
        return first
    rows, cols = first.rows, first.cols
    front: list[Node] = []
    inner: dict[Node, Fraction] = {}
    eye: Node | None = None
    for factor in factors:
        p = parts(factor)
        body = multiply(*p.chain) if p.chain else ones(rows, cols)
        if p.coef is not UNIT or p.scalars:
            front.append(compose(p.coef, p.scalars, ()))
        for base, exponent in elementwise_factors(body, UNIT):
            if base.kind in ("constant", "transpose", "number"):
                if is_zero(base):
                    return zero(rows, cols)
                if is_ones(base):
                    continue
                if base.kind == "constant" and base.name == "eye":
                    eye = base
            inner[base] = inner[base] + exponent if base in inner else exponent
    if eye is not None and any(e > 0 and base != eye and is_diagonal(base) for base, e in inner.items()):
        del inner[eye]  # M ∘ I = M for a diagonal M
    for base in [b for b in inner if b.kind == "product"]:
        p = parts(base)
        # 2*u beside u: the number goes in front and the two cancel.
        if not p.scalars and len(p.chain) == 1 and p.chain[0] in inner and inner[base].denominator == 1:
            exponent = inner.pop(base)
            front.append(number(p.coef**exponent.numerator))
            inner[p.chain[0]] += exponent
    inner = {b: e for b, e in inner.items() if e is UNIT or e}
    body = assembled(_with_sigmoids(inner), rows, cols)
    return times(*front, body) if front else body


def _with_sigmoids(inner: dict[Node, Fraction]) -> dict[Node, Fraction]:
    """exp(u) ./ (exp(u) + 1) is sigmoid(u)."""
    for base, exponent in inner.items():
        if base.kind != "sum" or len(base.args) != 2 or exponent != -1:
            continue
        for e, one in (base.args, base.args[::-1]):
            if is_ones(one) and e.kind == "call" and e.name == "exp" and inner.get(e) == 1:
                sigmoid = call("sigmoid", e.rows, e.cols, *e.args)
                return {(sigmoid if k == e else k): v for k, v in inner.items() if k != base}
    return inner


def trace(node: Node) -> Node:
    """tr in normal form: scalars in front, a trace of a 1 × 1 chain is that chain, tr(I) is n."""
    if node.is_scalar:
        return node
    if node.kind == "constant" and node.name == "eye":
        return size(node.dims[0])
    if node.kind == "sum":
        return plus(*[trace(a) for a in node.args])
    p = parts(node)
    chain = p.chain or (constant("eye", node.rows),)
    for cut, factor in enumerate(chain):
        if factor.rows.is_one:
            return times(*_scale(p), multiply(*chain[cut:], *chain[:cut]))
    turned = tuple([flip(c) for c in reversed(chain)])
    best = min(chain, turned, key=lambda c: sum([f.kind == "transpose" for f in c]))
    return times(*_scale(p), call("tr", ONE, ONE, multiply(*best)))


def _scale(p: Parts) -> tuple[Node, ...]:
    """The scalar factors of a product, unless they are 1."""
    return (compose(p.coef, p.scalars, ()),) if p.scalars or p.coef is not UNIT else ()


def total(node: Node) -> Node:
    """The sum of all entries in normal form; probabilities and a softmax sum to 1."""
    inner = node.args[0] if node.kind == "transpose" else node
    if inner.kind == "call" and inner.name == "softmax":
        return number(1)
    if inner.kind == "symbol" and inner.domain == "simplex" and inner.cols.is_one:
        return number(1)
    plain = call("sum", ONE, ONE, inner)
    if inner.kind != "sum":
        return plain
    # Term by term only where that is shorter: the entries of x - sum(x)/n*ones(n) sum to 0.
    apart = plus(*(_total_of_term(a) for a in inner.args))
    return apart if tokens(apart) < tokens(plain) else plain


def _total_of_term(node: Node) -> Node:
    p = parts(node)
    body = multiply(*p.chain) if p.chain else ones(node.rows, node.cols)
    whole = size(node.rows * node.cols) if is_ones(body) else total(body)
    return times(*_scale(p), whole)


def is_diagonal(node: Node) -> bool:
    """Is every entry off the diagonal zero, by what the expression is made of?"""
    if node.kind == "symbol":
        return node.structure == "diagonal"
    if node.kind == "constant":
        return node.name == "eye"
    if node.kind == "call":
        if node.name in ("inv", "adj", "tril"):
            return is_diagonal(node.args[0])
        return node.name == "diag" and not node.cols.is_one
    if node.kind == "hadamard":
        return any(is_diagonal(a) for a in node.args)
    if node.kind in ("sum", "transpose"):
        return all(is_diagonal(a) for a in node.args)
    if node.kind == "power":
        return not node.elementwise and is_diagonal(node.args[0])
    if node.kind == "product":
        return not node.is_scalar and all(a.is_scalar or is_diagonal(a) for a in node.args)
    return False


def diagonal(node: Node) -> Node:
    """diag in normal form: of a vector a matrix, of a matrix its diagonal."""
    if node.is_vector:
        if is_ones(node):
            return constant("eye", node.rows)
        p = parts(node)
        return times(*_scale(p), call("diag", node.rows, node.rows, multiply(*p.chain)))
    if node.kind == "constant" and node.name == "eye":
        return constant("ones", node.rows)
    if node.kind == "call" and node.name == "diag":
        return node.args[0]
    p = parts(node)
    return times(*_scale(p), call("diag", node.rows, ONE, multiply(*p.chain)))
