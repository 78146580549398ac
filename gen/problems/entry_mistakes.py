"""Mistakes made where an answer is written in entries."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from gen.language.dimension import ONE
from gen.language.index import Delta, Entry, Factor, Term, Terms


def _scaled(terms: Terms, *factors: int | Fraction) -> Terms:
    """Each term times its factor; one factor is for all."""
    each = factors * len(terms) if len(factors) == 1 else factors
    return tuple(Term(t.coef * c, t.factors, t.bound) for t, c in zip(terms, each, strict=True))


def sign_lost(terms: Terms) -> Iterator[Terms]:
    """The sign of the whole, then that of the terms that are taken away."""
    yield _scaled(terms, -1)
    if len({t.coef > 0 for t in terms}) > 1:
        yield _scaled(terms, *[1 if t.coef > 0 else -1 for t in terms])


def number_lost(terms: Terms) -> Iterator[Terms]:
    """The number in front left out."""
    if any(abs(t.coef) != 1 for t in terms):
        yield _scaled(terms, *[1 / abs(t.coef) for t in terms])


def counted_twice(terms: Terms) -> Iterator[Terms]:
    """A factor 2 that is not there."""
    yield _scaled(terms, 2)


def read_backwards(terms: Terms) -> Iterator[Terms]:
    """An entry with its indices in the wrong order, where both run equally far."""
    for k, t in enumerate(terms):
        for at, f in enumerate(t.factors):
            if isinstance(f, Entry) and f.row is not None and f.col is not None and f.row.dim == f.col.dim:
                yield _with(terms, k, at, Entry(f.node, f.col, f.row))


def wrong_delta(terms: Terms) -> Iterator[Terms]:
    """A free index of a δ changed for one of another factor that runs equally far."""
    for k, t in enumerate(terms):
        for at, f in enumerate(t.factors):
            for other, g in enumerate(t.factors):
                if not isinstance(f, Delta) or other == at:
                    continue
                if isinstance(g, Delta) and other > at and f.second.dim == g.second.dim:
                    swapped = _with(terms, k, at, Delta(f.first, g.second))
                    yield _with(swapped, k, other, Delta(g.first, f.second))
                if isinstance(g, Entry) and g.row is not None and g.row.dim == f.second.dim:
                    swapped = _with(terms, k, at, Delta(f.first, g.row))
                    yield _with(swapped, k, other, Entry(g.node, f.second, g.col))


def scalar_lost(terms: Terms) -> Iterator[Terms]:
    """A factor without indices left out."""
    for k, t in enumerate(terms):
        for at, f in enumerate(t.factors):
            if isinstance(f, Entry) and f.node.rows == f.node.cols == ONE and len(t.factors) > 1:
                factors = t.factors[:at] + t.factors[at + 1 :]
                yield (*terms[:k], Term(t.coef, factors, t.bound), *terms[k + 1 :])


def _with(terms: Terms, term: int, at: int, factor: Factor) -> Terms:
    """Terms with another factor at one place."""
    t = terms[term]
    factors = (*t.factors[:at], factor, *t.factors[at + 1 :])
    return (*terms[:term], Term(t.coef, factors, t.bound), *terms[term + 1 :])
