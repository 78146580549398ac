"""Sums in normal form: like terms collected, zeros dropped, what all terms share taken out."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TypeAlias

from gen.language.dimension import ONE, Dim
from gen.language.index import UNIT
from gen.language.node import Node, Parts, add, constant, multiply, quotient
from gen.language.product_form import compose, is_zero, parts, recomposed, times, zero
from gen.language.transposition import flip

Key: TypeAlias = tuple[frozenset[tuple[Node, int | Fraction]], tuple[Node, ...]]
NO_SCALARS: frozenset[tuple[Node, int | Fraction]] = frozenset()


def plus(*terms: Node) -> Node:
    """A sum in normal form: like terms collected, zeros dropped, common factors taken out."""
    flat = _flat(terms)
    live = [parts(flat[0])] if len(flat) == 1 else _collected(flat)
    live = [p for p in live if (p.coef is UNIT or p.coef) and not any(map(is_zero, p.chain))]
    if not live:
        return zero(terms[0].rows, terms[0].cols)
    if len(flat) == 1:
        return recomposed(flat[0])
    if len(live) == 1:
        return compose(live[0].coef, live[0].scalars, live[0].chain)
    return _factored(_positive_first(live))


def _collected(terms: Sequence[Node]) -> list[Parts]:
    """Terms that differ in their numbers only, as one each."""
    collected: dict[Key, Parts] = {}
    for term in terms:
        p = parts(term)
        key = _term_key(p, collected, term.is_scalar)
        if key in collected:
            like = collected[key]
            p = Parts(like.coef + p.coef, like.scalars, like.chain)
        collected[key] = p
    return list(collected.values())


def _positive_first(live: list[Parts]) -> list[Parts]:
    """A sum does not begin with a minus where another term can stand first."""
    for k, p in enumerate(live):
        if p.coef is UNIT or p.coef.numerator > 0:
            return [p, *live[:k], *live[k + 1 :]] if k else live
    return live


def _flat(terms: tuple[Node, ...]) -> Sequence[Node]:
    for term in terms:
        if term.kind == "sum":
            return [t for x in terms for t in (_flat(x.args) if x.kind == "sum" else (x,))]
    return terms


def _term_key(p: Parts, known: dict[Key, Parts], scalar: bool) -> Key:
    # A power of one is hashed as the integer: hashing a Fraction is slow.
    scalars = frozenset([(b, 1 if e is UNIT else e) for b, e in p.scalars]) if p.scalars else NO_SCALARS
    key = (scalars, p.chain)
    if not scalar or not p.chain or key in known:
        return key
    turned = (scalars, tuple([flip(c) for c in reversed(p.chain)]))
    return turned if turned in known else key


def _factored(live: list[Parts]) -> Node:
    """The sum with what all terms share in front, behind or as scalars taken out, if anything."""
    scalars = tuple([s for s in live[0].scalars if all(s in p.scalars for p in live)])
    chains = [p.chain for p in live]
    front, back = _common(chains)
    coef = _common_coefficient(live, bool(scalars or front or back))
    apart = coef is UNIT and not scalars and not front and not back
    rows, cols = _chain_shape(chains[0])
    inner_rows = rows if not front else front[-1].cols
    inner_cols = cols if not back else back[0].rows
    # Where nothing but scalars is left between, their sum is a scalar too: (s - t)*A, not (s*I - t*I)*A.
    bare = bool(front or back) and all(len(p.chain) == len(front) + len(back) for p in live)
    inner: list[Node] = []
    for p in live:
        left = tuple([s for s in p.scalars if s not in scalars])
        chain = p.chain[len(front) : len(p.chain) - len(back)]
        if not bare and not chain and not (inner_rows.is_one and inner_cols.is_one):
            chain = (constant("eye", inner_rows),)
        inner.append(compose(p.coef if coef is UNIT else p.coef / coef, left, chain))
    opened = [t for term in inner for t in _opened(term)]
    # What has come out of its bracket may have met its like: (x - y) - (x - z) is z - y.
    body = add(*inner) if len(opened) == len(inner) else plus(*opened)
    if is_zero(body):
        return zero(rows, cols)
    if body.kind != "sum":
        return times(compose(coef, scalars, ()), *front, body, *back)
    if apart:
        return body
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
    shortest = min([len(c) for c in chains])
    first, *others = chains
    back = _shared(first[::-1], [c[::-1] for c in others], shortest)
    front = _shared(first, others, shortest - back)
    return first[:front], first[len(first) - back :] if back else ()


def _shared(first: tuple[Node, ...], others: list[tuple[Node, ...]], most: int) -> int:
    """How many factors all chains begin with, at most so many."""
    for place in range(most):
        node = first[place]
        for other in others:
            if other[place] is not node and other[place] != node:
                return place
    return most


def _common_coefficient(live: list[Parts], shared: bool) -> Fraction:
    """The number in front of every term up to its sign; `shared`: something else is taken out as well."""
    first = live[0].coef
    if all(p.coef is UNIT for p in live):
        return UNIT
    size = abs(first)
    if (size == 1 and not shared) or not all(abs(p.coef) == size for p in live):
        return UNIT
    whole = first if first.numerator > 0 or all(p.coef.numerator < 0 for p in live) else size
    return UNIT if whole == 1 else whole
