"""The index language: entries, deltas, partials, and explicit sums of their products.

An expression is a flat tuple of terms; a term is a coefficient, factors in the
author's order and the dummy indices it is summed over. Sums are never implied.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

from gen.language.dimension import Dim
from gen.language.node import Node


@dataclass(frozen=True, slots=True, eq=False)
class Letter:
    """An index with its range."""

    name: str
    dim: Dim

    def __hash__(self) -> int:
        return hash(self.name)

    def __eq__(self, other: object) -> bool:
        # Within a derivation a letter is one object.
        return self is other or (
            isinstance(other, Letter) and self.name == other.name and self.dim == other.dim
        )


@dataclass(frozen=True, slots=True)
class Pair:
    """A compound index for a range that is a product, as vec makes it.

    `first` runs fastest (column stacking): position first + (second − 1)·range of first.
    """

    first: Index
    second: Index

    @property
    def dim(self) -> Dim:
        """The product of the two ranges."""
        return self.first.dim * self.second.dim


Index: TypeAlias = Letter | Pair


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a matrix expression; an axis of dimension 1 has no index (None)."""

    node: Node
    row: Index | None = None
    col: Index | None = None


@dataclass(frozen=True, slots=True)
class Delta:
    """Kronecker delta: 1 if the two indices are equal, else 0."""

    first: Index
    second: Index


@dataclass(frozen=True, slots=True)
class Order:
    """1 if first ≥ second, else 0: the pattern of a lower triangular matrix."""

    first: Index
    second: Index


@dataclass(frozen=True, slots=True)
class Partial:
    """The unevaluated partial derivative of `body` by one entry of the variable."""

    body: Terms
    by: Entry


Factor: TypeAlias = Entry | Delta | Order | Partial


@dataclass(frozen=True, slots=True)
class Term:
    """coefficient × product of factors, summed over `bound`."""

    coef: Fraction
    factors: tuple[Factor, ...]
    bound: tuple[Letter, ...] = ()


Terms: TypeAlias = tuple[Term, ...]
UNIT = Fraction(1)  # one object, so that products with it can be skipped by identity


def one(*factors: Factor, bound: Iterable[Letter] = (), coef: int | Fraction = 1) -> Terms:
    """A single term."""
    return (Term(UNIT if coef == 1 else Fraction(coef), factors, tuple(bound)),)


def letters(index: Index | None) -> tuple[Letter, ...]:
    """The plain letters an index is made of."""
    if index is None:
        return ()
    if isinstance(index, Letter):
        return (index,)
    return letters(index.first) + letters(index.second)


def factor_letters(factor: Factor) -> tuple[Letter, ...]:
    """Every letter a factor touches from outside, in order, repetitions kept."""
    if isinstance(factor, Entry):
        return letters(factor.row) + letters(factor.col)
    if isinstance(factor, Partial):
        inside = tuple(
            x for t in factor.body for f in t.factors for x in factor_letters(f) if x not in t.bound
        )
        return inside + factor_letters(factor.by)
    return letters(factor.first) + letters(factor.second)


def swap(index: Index | None, changes: Mapping[Letter, Index]) -> Index | None:
    """An index with letters replaced."""
    return None if index is None else _swap(index, changes)


def _swap(index: Index, changes: Mapping[Letter, Index]) -> Index:
    if isinstance(index, Letter):
        return changes.get(index, index)
    return Pair(_swap(index.first, changes), _swap(index.second, changes))


def substitute(factor: Factor, changes: Mapping[Letter, Index]) -> Factor:
    """A factor with letters replaced; bound letters inside it are never among them."""
    if isinstance(factor, Entry):
        return Entry(factor.node, swap(factor.row, changes), swap(factor.col, changes))
    if isinstance(factor, Delta):
        return Delta(_swap(factor.first, changes), _swap(factor.second, changes))
    if isinstance(factor, Order):
        return Order(_swap(factor.first, changes), _swap(factor.second, changes))
    body = tuple(Term(t.coef, tuple(substitute(f, changes) for f in t.factors), t.bound) for t in factor.body)
    by = factor.by
    return Partial(body, Entry(by.node, swap(by.row, changes), swap(by.col, changes)))


def depends(factor: Factor, name: str) -> bool:
    """Does a factor contain the symbol `name`?"""
    if isinstance(factor, Entry):
        return name in factor.node.names
    if isinstance(factor, Partial):
        return any(depends(f, name) for t in factor.body for f in t.factors)
    return False
