"""The names chosen for one problem: indices, function value, upstream gradient; and its natural kind."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from gen.derivation.letters import Alphabet
from gen.language.dimension import Dim
from gen.language.index import Entry, Letter
from gen.language.node import Node, symbol


@dataclass(slots=True)
class Frame:
    """Function value and variable with their indices; an axis of dimension 1 has none.

    `alphabet` hands out the dummy indices of the derivation that uses this frame.
    """

    value: Final[Node]
    variable: Final[Node]
    f_row: Final[Letter | None]
    f_col: Final[Letter | None]
    x_row: Final[Letter | None]
    x_col: Final[Letter | None]
    upstream_name: Final[str]
    alphabet: Final[Alphabet]
    first_row: Final[Letter | None] = None
    first_col: Final[Letter | None] = None

    @property
    def upstream(self) -> Node:
        """The upstream gradient, in the shape of the function value."""
        return symbol(self.upstream_name, self.value.rows, self.value.cols)

    @property
    def of_function(self) -> tuple[Letter, ...]:
        """The indices of the function value."""
        return _given(self.f_row, self.f_col)

    @property
    def of_variable(self) -> tuple[Letter, ...]:
        """The indices of the variable."""
        return _given(self.x_row, self.x_col)

    @property
    def of_first(self) -> tuple[Letter, ...]:
        """For a second derivative: the indices by which is differentiated first."""
        return _given(self.first_row, self.first_col)

    @property
    def by_first(self) -> Entry:
        """For a second derivative: the entry by which is differentiated first."""
        return Entry(self.variable, self.first_row, self.first_col)

    @property
    def by(self) -> Entry:
        """The entry of the variable by which is differentiated."""
        return Entry(self.variable, self.x_row, self.x_col)


def frame(
    expr: Node,
    variable: Node,
    symbols: tuple[Node, ...],
    name: str | None = None,
    order: int = 1,
    names: frozenset[str] = frozenset(),
    letters: str = "",
) -> Frame:
    """Names that clash with nothing in use: F, f or L for the value, G or g for the upstream gradient.

    `letters` are those an author chooses for indices, or none.
    """
    value, upstream, alphabet = names_for(expr, variable, symbols, name, order, names, letters)
    given = iter(alphabet.given)
    f_row = None if expr.rows.is_one else next(given)
    f_col = None if expr.cols.is_one else next(given)
    tall, wide = not variable.rows.is_one, not variable.cols.is_one
    first_row = next(given) if order == 2 and tall else None
    first_col = next(given) if order == 2 and wide else None
    x_row = next(given) if tall else None
    x_col = next(given) if wide else None
    return Frame(
        symbol(value, expr.rows, expr.cols),
        variable,
        f_row,
        f_col,
        x_row,
        x_col,
        upstream,
        alphabet,
        first_row,
        first_col,
    )


def _given(row: Letter | None, col: Letter | None) -> tuple[Letter, ...]:
    if row is None:
        return () if col is None else (col,)
    return (row,) if col is None else (row, col)


def _leaves(node: Node) -> list[Node]:
    """What an expression is made of; its dimensions are those of its leaves."""
    out, stack = [], [node]
    while stack:
        top = stack.pop()
        if top.args:
            stack += top.args
        else:
            out.append(top)
    return out


def names_for(
    expr: Node,
    variable: Node,
    symbols: tuple[Node, ...],
    name: str | None,
    order: int,
    names: frozenset[str],
    letters: str = "",
) -> tuple[str, str, Alphabet]:
    """The names of value and upstream gradient, and the alphabet that has given the free indices.

    `names` are all that are in use; where it is empty, they are those of the expression and the symbols.
    """
    taken = set(names)
    if not names:
        leaves = (*symbols, variable, *_leaves(expr))
        taken.update([s.name for s in symbols])
        taken.update(*[dim.names for leaf in leaves for dim in (leaf.rows, leaf.cols, *leaf.dims)])
    if name is not None:
        taken.add(name)
    wide = not expr.rows.is_one and not expr.cols.is_one
    value = name or first_free("FYZHMQ" if wide else ("fyzhug" if not expr.is_scalar else "fLJhug"), taken)
    taken.add(value)
    upstream = first_free("GPUH" if wide else "gpuh", taken)
    taken.add(upstream)
    alphabet = Alphabet(taken, letters)
    for dim in axes(expr):
        alphabet.function(dim)
    dims = axes(variable)
    if order == 2:
        for dim in dims:
            alphabet.function(dim)
    for dim in dims:
        alphabet.variable(dim)
    return value, upstream, alphabet


def first_free(letters: str, taken: Collection[str]) -> str:
    """The first letter that is not in use; after them the first one with a number."""
    for letter in letters:
        if letter not in taken:
            return letter
    number = 1
    while f"{letters[0]}{number}" in taken:
        number += 1
    return f"{letters[0]}{number}"


def inner_dims(*nodes: Node) -> tuple[str, ...]:
    """Every dimension name inside expressions."""
    out: dict[str, None] = {}
    stack = list(nodes)
    while stack:
        top = stack.pop()
        for dim in (top.rows, top.cols, *top.dims):
            for name in dim.names:
                out[name] = None
        stack += top.args
    return tuple(out)


def natural_kind(expr: Node, variable: Node, order: int = 1) -> str:
    """The kind of answer a question has when none is asked for."""
    if order == 1 and expr.is_scalar:
        return "gradient"
    x = len(axes(variable))
    if order == 2:
        return "hessian4" if x == 2 else "hessian"
    f = len(axes(expr))
    if x == 0 or f == x == 1:
        return "jacobian"
    return {(1, 2): "tensor3", (2, 1): "tensor3m", (2, 2): "tensor4"}[f, x]


def axes(node: Node) -> tuple[Dim, ...]:
    """The dimensions that are not 1."""
    rows, cols = node.rows, node.cols
    if rows.is_one:
        return () if cols.is_one else (cols,)
    return (rows,) if cols.is_one else (rows, cols)
