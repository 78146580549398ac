"""The index language: entries, deltas, partials, and explicit sums of their products.

The records are made by the hundred for one derivation: their fields are `Final` rather than
frozen at run time, which would make each of them three times as dear.

An expression is a flat tuple of terms; a term is a coefficient, factors in the
author's order and the dummy indices it is summed over. Sums are never implied.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from operator import attrgetter
from typing import Final, TypeAlias

from gen.language.dimension import Dim
from gen.language.node import MINUS as MINUS
from gen.language.node import UNIT as UNIT
from gen.language.node import Node

NAME = attrgetter("name")  # of a letter, for `map`, which takes less time than a comprehension


@dataclass(slots=True, eq=False)
class Letter:
    """An index with its range."""

    name: Final[str]
    dim: Final[Dim]

    def __hash__(self) -> int:
        return hash(self.name)

    def __eq__(self, other: object) -> bool:
        # Most letters that are compared and are not one object differ by name.
        return isinstance(other, Letter) and self.name == other.name and self.dim == other.dim


@dataclass(slots=True, unsafe_hash=True)
class Pair:
    """A compound index for a range that is a product, as vec makes it.

    `first` runs fastest (column stacking): position first + (second − 1)·range of first.
    """

    first: Final[Index]
    second: Final[Index]

    @property
    def dim(self) -> Dim:
        """The product of the two ranges."""
        return self.first.dim * self.second.dim


Index: TypeAlias = Letter | Pair


@dataclass(slots=True, eq=False)
class Entry:
    """An entry of a matrix expression; an axis of dimension 1 has no index (None)."""

    node: Final[Node]
    row: Final[Index | None] = None
    col: Final[Index | None] = None

    def __hash__(self) -> int:
        return hash((self.node.code, self.row, self.col))

    def __eq__(self, other: object) -> bool:
        return self is other or (
            isinstance(other, Entry)
            and self.node.code == other.node.code
            and (self.row is other.row or self.row == other.row)
            and (self.col is other.col or self.col == other.col)
            and self.node == other.node
        )


@dataclass(slots=True, unsafe_hash=True)
class Delta:
    """Kronecker delta: 1 if the two indices are equal, else 0."""

    first: Final[Index]
    second: Final[Index]


@dataclass(slots=True, unsafe_hash=True)
class Order:
    """1 if first ≥ second, else 0: the pattern of a lower triangular matrix."""

    first: Final[Index]
    second: Final[Index]


@dataclass(slots=True, eq=False, init=False)
class Partial:
    """The unevaluated partial derivative of `body` by one entry of the variable.

    `inner` is the entry where the body is a single one, else None. `kind` is the kind of
    node behind it, or `many`: it decides which rules can fit.
    """

    body: Final[Terms]
    by: Final[Entry]
    inner: Entry | None = field(init=False, repr=False)
    kind: str = field(init=False, repr=False)

    def __init__(self, body: Terms, by: Entry) -> None:
        self.body = body
        self.by = by
        if len(body) == 1:
            term = body[0]
            factors = term.factors
            if len(factors) == 1 and not term.bound and (term.coef is UNIT or term.coef == 1):
                inner = factors[0]
                if type(inner) is Entry:
                    self.inner = inner
                    self.kind = inner.node.kind
                    return
        self.inner = None
        self.kind = "many"

    def __hash__(self) -> int:
        return hash((self.body, self.by))

    def __eq__(self, other: object) -> bool:
        return self is other or (
            isinstance(other, Partial) and self.by == other.by and self.body == other.body
        )


Factor: TypeAlias = Entry | Delta | Order | Partial


@dataclass(slots=True, eq=False)
class Term:
    """coefficient × product of factors, summed over `bound`."""

    coef: Final[Fraction]
    factors: Final[tuple[Factor, ...]]
    bound: Final[tuple[Letter, ...]] = ()

    def __hash__(self) -> int:
        # Without the coefficient: hashing a Fraction is slow, and terms hardly differ by it alone.
        return hash((self.factors, self.bound))

    def __eq__(self, other: object) -> bool:
        return self is other or (
            isinstance(other, Term)
            and self.factors == other.factors
            and self.bound == other.bound
            and (self.coef is other.coef or self.coef == other.coef)
        )


Terms: TypeAlias = tuple[Term, ...]


def one(*factors: Factor, bound: Iterable[Letter] = (), coef: int | Fraction = 1) -> Terms:
    """A single term."""
    return (Term(UNIT if coef == 1 else Fraction(coef), factors, tuple(bound)),)


def letters(index: Index | None) -> tuple[Letter, ...]:
    """The plain letters an index is made of."""
    if index is None:
        return ()
    if type(index) is Letter:
        return (index,)
    assert isinstance(index, Pair)
    return letters(index.first) + letters(index.second)


def factor_letters(factor: Factor) -> tuple[Letter, ...]:
    """Every letter a factor touches from outside, in order, repetitions kept."""
    if isinstance(factor, Entry):
        row, col = factor.row, factor.col
        if row is None:
            return (col,) if type(col) is Letter else letters(col)
        if type(row) is Letter:
            if col is None:
                return (row,)
            if type(col) is Letter:
                return (row, col)
        return letters(row) + letters(col)
    if isinstance(factor, Partial):
        inside = tuple(
            [x for t in factor.body for f in t.factors for x in factor_letters(f) if x not in t.bound]
        )
        return inside + factor_letters(factor.by)
    first, second = factor.first, factor.second
    if type(first) is Letter and type(second) is Letter:
        return (first, second)
    return letters(first) + letters(second)


def swap(index: Index | None, changes: Mapping[str, Index]) -> Index | None:
    """An index with letters, by name, replaced."""
    return None if index is None else swapped(index, changes)


def swapped(index: Index, changes: Mapping[str, Index]) -> Index:
    """An index with letters, by name, replaced; the same object where none is."""
    if isinstance(index, Letter):
        return changes.get(index.name, index)
    first, second = swapped(index.first, changes), swapped(index.second, changes)
    return index if first is index.first and second is index.second else Pair(first, second)


def substitute(factor: Factor, changes: Mapping[str, Index]) -> Factor:
    """A factor with letters, by name, replaced, the same object where none is.

    Letters that are bound inside it are never among them.
    """
    if isinstance(factor, Entry):
        row, col = factor.row, factor.col
        new_row = changes.get(row.name, row) if type(row) is Letter else swap(row, changes)
        new_col = changes.get(col.name, col) if type(col) is Letter else swap(col, changes)
        return factor if new_row is row and new_col is col else Entry(factor.node, new_row, new_col)
    if isinstance(factor, Partial):
        body = [
            Term(t.coef, tuple([substitute(f, changes) for f in t.factors]), t.bound) for t in factor.body
        ]
        by = factor.by
        new = Partial(tuple(body), Entry(by.node, swap(by.row, changes), swap(by.col, changes)))
        return factor if new == factor else new
    first, second = swapped(factor.first, changes), swapped(factor.second, changes)
    if first is factor.first and second is factor.second:
        return factor
    return Delta(first, second) if isinstance(factor, Delta) else Order(first, second)


def depends(factor: Factor, name: str) -> bool:
    """Does a factor contain the symbol `name`?"""
    if isinstance(factor, Entry):
        return name in factor.node.names
    if isinstance(factor, Partial):
        return body_depends(factor, name)
    return False


def body_depends(partial: Partial, name: str) -> bool:
    """Does what is under a partial contain the symbol `name`?"""
    if partial.inner is not None:
        return name in partial.inner.node.names
    for term in partial.body:
        for factor in term.factors:
            if depends(factor, name):
                return True
    return False
