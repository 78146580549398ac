"""Sums in normal form: like terms collected, zeros dropped, what all terms share taken out."""

from __future__ import annotations

from fractions import Fraction

from gen.language.dimension import ONE, Dim
from gen.language.node import Node, add, constant, multiply, quotient
from gen.language.product_form import Parts, compose, is_zero, parts, times, zero
from gen.language.transposition import flip


def plus(*terms: Node) -> Node:
    """A sum in normal form: like terms collected, zeros dropped, common factors taken out."""
    rows, cols = terms[0].rows, terms[0].cols
    collected: dict[tuple[object, ...], tuple[Fraction, Parts]] = {}
    for term in _flat(terms):
        p = parts(term)
        key = _term_key(p, collected, term.is_scalar)
        coef = collected[key][0] if key in collected else Fraction(0)
        kept = collected[key][1] if key in collected else p
        collected[key] = (coef + p.coef, kept)
    live = [Parts(coef, p.scalars, p.chain) for coef, p in collected.values() if coef != 0]
    live = [p for p in live if not any(is_zero(c) for c in p.chain)]
    if not live:
        return zero(rows, cols)
    if len(live) == 1:
        return compose(*live[0])
    return _factored(_positive_first(live))


def _positive_first(live: list[Parts]) -> list[Parts]:
    """A sum does not begin with a minus where another term can stand first."""
    first = next((k for k, p in enumerate(live) if p.coef > 0), 0)
    return [live[first], *live[:first], *live[first + 1 :]]


def _flat(terms: tuple[Node, ...]) -> list[Node]:
    return [t for term in terms for t in (_flat(term.args) if term.kind == "sum" else [term])]


def _term_key(
    p: Parts, known: dict[tuple[object, ...], tuple[Fraction, Parts]], scalar: bool
) -> tuple[object, ...]:
    scalars = frozenset(p.scalars)
    key = (scalars, p.chain)
    if key in known or not scalar or not p.chain:
        return key
    turned = (scalars, tuple(flip(c) for c in reversed(p.chain)))
    return turned if turned in known else key


def _factored(live: list[Parts]) -> Node:
    """The sum with what all terms share in front, behind or as scalars taken out, if anything."""
    scalars = tuple(s for s in live[0].scalars if all(s in p.scalars for p in live))
    chains = [p.chain for p in live]
    front, back = _common(chains)
    coef = (
        _common_coefficient(live) if (scalars or front or back or _shares_coefficient(live)) else Fraction(1)
    )
    rows, cols = _chain_shape(chains[0])
    inner_rows = rows if not front else front[-1].cols
    inner_cols = cols if not back else back[0].rows
    # Where nothing but scalars is left between, their sum is a scalar too: (s - t)*A, not (s*I - t*I)*A.
    bare = bool(front or back) and all(len(p.chain) == len(front) + len(back) for p in live)
    inner: list[Node] = []
    for p in live:
        left = tuple(s for s in p.scalars if s not in scalars)
        chain = p.chain[len(front) : len(p.chain) - len(back)]
        if not bare and not chain and (inner_rows, inner_cols) != (ONE, ONE):
            chain = (constant("eye", inner_rows),)
        inner.append(compose(p.coef / coef, left, chain))
    opened = [t for term in inner for t in _opened(term)]
    # What has come out of its bracket may have met its like: (x - y) - (x - z) is z - y.
    body = add(*inner) if len(opened) == len(inner) else plus(*opened)
    if is_zero(body):
        return zero(rows, cols)
    if body.kind != "sum":
        return times(compose(coef, scalars, ()), *front, body, *back)
    if coef == 1 and not scalars and not front and not back:
        return body
    if coef == -1 and not scalars and not front and not back and len(opened) == len(inner):
        return add(*(compose(*p) for p in live))
    outer = compose(coef, scalars, ())
    head = [] if outer.kind == "number" and outer.number == 1 else [outer]
    chain = (body, *front, *back) if bare else (*front, body, *back)
    if outer.kind == "quotient":
        inside = multiply(*(x for x in (outer.args[0], *chain) if not _is_one(x)))
        return quotient(inside, outer.args[1])
    return multiply(*head, *chain)


def _opened(term: Node) -> tuple[Node, ...]:
    """The terms of a sum, and of a sum with a minus in front."""
    if term.kind == "sum":
        return term.args
    minus = term.kind == "product" and len(term.args) == 2 and term.args[0].kind == "number"
    if minus and term.args[0].number == -1 and term.args[1].kind == "sum":
        return tuple(compose(-p.coef, p.scalars, p.chain) for p in map(parts, term.args[1].args))
    return (term,)


def _is_one(node: Node) -> bool:
    return node.kind == "number" and node.number == 1


def _chain_shape(chain: tuple[Node, ...]) -> tuple[Dim, Dim]:
    return (chain[0].rows, chain[-1].cols) if chain else (ONE, ONE)


def _common(chains: list[tuple[Node, ...]]) -> tuple[tuple[Node, ...], tuple[Node, ...]]:
    """The longest common front and then back of all chains, as far as the rest stays square or equal."""
    shortest = min(len(c) for c in chains)
    back = 0
    while back < shortest and all(c[-1 - back] == chains[0][-1 - back] for c in chains):
        back += 1
    front = 0
    while front < shortest - back and all(c[front] == chains[0][front] for c in chains):
        front += 1
    first = chains[0]
    return first[:front], first[len(first) - back :] if back else ()


def _shares_coefficient(live: list[Parts]) -> bool:
    return all(abs(p.coef) == abs(live[0].coef) for p in live) and abs(live[0].coef) != 1


def _common_coefficient(live: list[Parts]) -> Fraction:
    if not all(abs(p.coef) == abs(live[0].coef) for p in live):
        return Fraction(1)
    first = live[0].coef
    return first if first > 0 or all(p.coef < 0 for p in live) else -first
