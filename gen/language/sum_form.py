"""Sums in normal form: like terms collected, zeros dropped, what all terms share taken out."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from fractions import Fraction
from typing import TypeAlias

from gen.language.common_factors import common_coefficient, common_ends, common_scalars, without
from gen.language.dimension import ONE, Dim
from gen.language.entrywise import assembled, elementwise_factors
from gen.language.filled import is_zero, zero
from gen.language.index import UNIT
from gen.language.node import NO_NUMBER, Node, Parts, add, call, constant, hadamard, multiply, quotient
from gen.language.product_form import times
from gen.language.product_parts import SCALED, compose, parts, recomposed
from gen.language.token_count import tokens
from gen.language.traces import with_equal_traces
from gen.language.transposition import flip

Key: TypeAlias = tuple[frozenset[tuple[Node, int | Fraction]], tuple[Hashable, ...]]
NO_SCALARS: frozenset[tuple[Node, int | Fraction]] = frozenset()


def plus(*terms: Node) -> Node:
    """A sum in normal form: like terms collected, zeros dropped, common factors taken out."""
    flat = _flat(terms)
    whole = with_equal_traces([_taken_apart(t) for t in flat])
    live = whole if len(whole) == 1 else _collected(whole, terms[0].is_scalar)
    live = [p for p in live if (p.coef is UNIT or p.coef) and not any(map(is_zero, p.chain))]
    if not live:
        return zero(terms[0].rows, terms[0].cols)
    if len(flat) == 1 and live[0] is flat[0].as_product:
        return recomposed(flat[0])
    if len(live) == 1:
        return compose(live[0].coef, live[0].scalars, live[0].chain)
    return _factored(_positive_first(live))


def _taken_apart(term: Node) -> Parts:
    """The parts of a term in which no scalar stands twice: its powers are one, and gone where they cancel."""
    whole = term.as_product or parts(term)
    if len(whole.scalars) < 2:
        return whole
    powers: dict[Node, Fraction] = {}
    for base, exponent in whole.scalars:
        powers[base] = powers[base] + exponent if base in powers else exponent
    if len(powers) == len(whole.scalars):
        return whole
    return Parts(whole.coef, tuple([(base, e) for base, e in powers.items() if e]), whole.chain)


def _collected(terms: list[Parts], scalar: bool) -> list[Parts]:
    """Terms that differ in their numbers only, as one each."""
    collected: dict[Key, Parts] = {}
    for p in terms:
        key = _term_key(p, collected, scalar)
        like = collected.get(key)
        collected[key] = p if like is None else Parts(like.coef + p.coef, like.scalars, like.chain)
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
    key: Key = (scalars, _chain_key(p.chain))
    if not scalar or not p.chain or key in known:
        return key
    turned: Key = (scalars, _chain_key(tuple([flip(c) for c in reversed(p.chain)])))
    return turned if turned in known else key


def _chain_key(chain: tuple[Node, ...]) -> tuple[Hashable, ...]:
    for c in chain:
        if c.kind == "hadamard" or (c.elementwise and c.kind == "quotient"):
            return tuple([_without_order(c) for c in chain])
    return chain


def _without_order(node: Node) -> Hashable:
    """An elementwise product commutes: u∘v and v∘u are one key."""
    factors: dict[Node, Fraction] = {}
    for base, exponent in elementwise_factors(node, UNIT):
        factors[base] = factors.get(base, NO_NUMBER) + exponent
    return node if factors == {node: UNIT} else frozenset(factors.items())


def _factored(live: list[Parts]) -> Node:
    """The sum with what all terms share in front, behind or as scalars taken out, if anything."""
    scalars = common_scalars(live)
    chains = [p.chain for p in live]
    front, back = common_ends(chains)
    coef = common_coefficient(live, bool(scalars or front or back))
    apart = coef is UNIT and not scalars and not front and not back
    rows, cols = _chain_shape(chains[0])
    inner_rows = rows if not front else front[-1].cols
    inner_cols = cols if not back else back[0].rows
    # Where nothing but scalars is left between, their sum is a scalar too: (s - t)*A, not (s*I - t*I)*A.
    taken = len(front) + len(back)
    bare = taken > 0 and {len(c) for c in chains} == {taken}
    inner: list[Node] = []
    for p in live:
        left = without(p.scalars, scalars) if scalars else p.scalars
        chain = p.chain[len(front) : len(p.chain) - len(back)]
        if not bare and not chain and not (inner_rows.is_one and inner_cols.is_one):
            chain = (constant("eye", inner_rows),)
        inner.append(compose(p.coef if coef is UNIT else p.coef / coef, left, chain))
    inner = _diagonals_joined(inner)
    opened = [t for term in inner for t in _opened(term)]
    # What has come out of its bracket may have met its like: (x - y) - (x - z) is z - y.
    body = _entries_factored(inner) if len(opened) == len(inner) else plus(*opened)
    if is_zero(body):
        return zero(rows, cols)
    if body.kind != "sum":
        return times(compose(coef, scalars, ()), *front, body, *back)
    if apart:
        return body
    chain = (body, *front, *back) if bare else (*front, body, *back)
    if coef is UNIT and not scalars:
        return multiply(*chain)
    outer = compose(coef, scalars, ())
    if outer.kind == "quotient":
        inside = multiply(*(x for x in (outer.args[0], *chain) if not _is_one(x)))
        return quotient(inside, outer.args[1])
    return multiply(outer, *chain)


def _diagonals_joined(terms: list[Node]) -> list[Node]:
    """diag(u) + diag(v) as diag(u + v), in the place of the first."""
    n = terms[0].rows
    if n.is_one or terms[0].cols.is_one:
        return terms
    found: dict[int, Node] = {}
    for k, term in enumerate(terms):
        if term.kind != "call" and term.kind not in SCALED:
            continue
        p = term.as_product or parts(term)
        if len(p.chain) == 1 and p.chain[0].kind == "call" and p.chain[0].name == "diag":
            column = p.chain[0].args[0]
            if column.cols.is_one:
                found[k] = compose(p.coef, p.scalars, (column,))
    if len(found) < 2:
        return terms
    total = parts(plus(*found.values()))
    joined = compose(total.coef, total.scalars, (call("diag", n, n, multiply(*total.chain)),))
    if is_zero(total.chain[0]):
        joined = zero(n, n)
    first = min(found)
    return [joined if k == first else t for k, t in enumerate(terms) if k == first or k not in found]


def _entries_factored(terms: list[Node]) -> Node:
    """u∘v + u∘w as u∘(v + w), where that is shorter and something is left of every term."""
    plain = add(*terms)
    if plain.is_scalar or not any(map(_is_elementwise, terms)):
        return plain
    whole = [t.as_product or parts(t) for t in terms]
    if len(whole) < 2 or not all(len(p.chain) == 1 for p in whole):
        return plain
    if not any(_is_elementwise(p.chain[0]) for p in whole):
        return plain
    apart = [dict(elementwise_factors(p.chain[0], UNIT)) for p in whole]
    common = {b: min([a.get(b, NO_NUMBER) for a in apart]) for b in apart[0]}
    common = {b: e for b, e in common.items() if e > 0}
    if not common or common in apart:
        return plain
    rows, cols = plain.rows, plain.cols
    left: list[Node] = []
    for p, a in zip(whole, apart, strict=True):
        rest = {b: e - common.get(b, NO_NUMBER) for b, e in a.items() if e != common.get(b)}
        left.append(compose(p.coef, p.scalars, (assembled(rest, rows, cols),)))
    inner = parts(plus(*left))
    if len(inner.chain) != 1 or is_zero(inner.chain[0]):
        return plain
    product = hadamard(assembled(common, rows, cols), inner.chain[0])
    factored = times(compose(inner.coef, inner.scalars, ()), product)
    return factored if tokens(factored) < tokens(plain) else plain


def _is_elementwise(term: Node) -> bool:
    """Has it a factor that is made entry by entry?"""
    if term.elementwise or term.kind == "hadamard":
        return True
    if term.kind == "product" or term.kind == "quotient":
        for a in term.args:
            if a.args and _is_elementwise(a):
                return True
    return False


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
