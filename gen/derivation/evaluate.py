"""Values of lines by NumPy: matrix expressions, index terms, and partials by the complex step."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from string import ascii_letters
from typing import TypeAlias

import numpy as np

from gen.derivation.constants import constant_value
from gen.derivation.points import directions
from gen.language.catalogue import function_named
from gen.language.function import Array
from gen.language.index import UNIT, Delta, Entry, Factor, Index, Letter, Order, Pair, Partial, Term, Terms
from gen.language.node import Node

Axed: TypeAlias = tuple[Array, tuple[Letter, ...]]  # a value and the letters of its axes after the first two

STEP = 1e-30
SMALL = 5e-4


class OutOfDomainError(Exception):
    """A drawn point lies where some function is not differentiable."""


class Numbers:
    """Values at POINTS points; every node is evaluated once.

    Arrays have shape (points, moves, rows, cols); `moves` is 1, except in the
    world of a partial derivative, where the variable moves along each of its entries.
    """

    def __init__(
        self,
        values: Mapping[str, Array],
        sizes: Mapping[str, int],
        symmetric: str = "free",
        increments: Mapping[str, Array] | None = None,
    ) -> None:
        self.values = values
        self.sizes = sizes
        self.symmetric = symmetric
        self._known: dict[Node, Array] = {}
        self._factors: dict[Factor, Axed] = {}
        self._moved: dict[str, Numbers] = {}
        self.increments = increments or {}

    # --- matrix expressions ---

    def node(self, node: Node) -> Array:
        """The value of a matrix expression."""
        known = self._known.get(node)
        if known is None:
            known = self._compute(node)
            self._known[node] = known
        return known

    def _compute(self, node: Node) -> Array:
        kind = node.kind
        if kind == "symbol":
            return self.values[node.name]
        if kind == "number":
            return np.full((1, 1, 1, 1), complex(float(node.number)))
        if kind == "size":
            return np.full((1, 1, 1, 1), complex(node.dims[0].size(self.sizes)))
        if kind == "constant":
            return constant_value(node.name, tuple(d.size(self.sizes) for d in node.dims))[None, None]
        if kind == "differential":
            return self._differential(node.args[0])
        args = [self.node(a) for a in node.args]
        if kind == "sum":
            return np.asarray(sum(args[1:], start=args[0]))
        if kind == "product":
            return self._product(node, args)
        if kind == "hadamard":
            out = args[0]
            for a in args[1:]:
                out = out * a
            return out
        if kind == "quotient":
            return args[0] / args[1]
        if kind == "power":
            return _power(node, args[0], args[1])
        if kind == "transpose":
            return np.swapaxes(args[0], -1, -2)
        function = function_named(node.name)
        value = function.value(*args)
        # A constant, such as arccos(-1), is never differentiated: it need only be real.
        constant = not node.names and bool(np.all(np.isfinite(value)) and np.all(value.imag == 0))
        if function.domain is not None and not constant and not function.domain(*args):
            raise OutOfDomainError(node.name)
        return value

    def _product(self, node: Node, args: list[Array]) -> Array:
        out: Array | None = None
        scale: Array | float = 1.0
        for arg, a in zip(node.args, args, strict=True):
            if arg.is_scalar:
                scale = scale * a
            else:
                out = a if out is None else out @ a
        return np.asarray(scale) if out is None else out * scale

    def _differential(self, node: Node) -> Array:
        """dU for the increments given: the complex step along them."""
        values = dict(self.values)
        for name, move in self.increments.items():
            values[name] = values[name] + 1j * STEP * move
        moved = Numbers(values, self.sizes)
        return moved.node(node).imag / STEP + 0j

    def moved(self, variable: Node) -> Numbers:
        """The world in which the variable moves along each of its entries."""
        known = self._moved.get(variable.name)
        if known is None:
            along = directions(variable, self.sizes, self.symmetric)
            values = dict(self.values)
            values[variable.name] = values[variable.name] + 1j * STEP * along[None]
            known = Numbers(values, self.sizes, self.symmetric)
            self._moved[variable.name] = known
        return known

    # --- index expressions ---

    def terms(self, terms: Terms, free: Sequence[Letter]) -> Array:
        """The value with axes (points, moves, *free)."""
        if not terms:
            return np.zeros((1, 1, *(x.dim.size(self.sizes) for x in free)), dtype=complex)
        axes = tuple(free)
        total = self._term(terms[0], axes)
        for term in terms[1:]:
            total = total + self._term(term, axes)
        return total

    def _term(self, term: Term, free: tuple[Letter, ...]) -> Array:
        factors = [self._factor(f) for f in term.factors]
        touched = {x for _, axes in factors for x in axes}
        factors += [
            (np.ones((1, 1, x.dim.size(self.sizes))), (x,)) for x in (*free, *term.bound) if x not in touched
        ]
        out = contracted(factors, free) if factors else np.ones((1, 1), dtype=complex)
        return out if term.coef is UNIT else out * float(term.coef)

    def _factor(self, factor: Factor) -> Axed:
        """The value of a factor and its axes; steps share factors, so each is evaluated once."""
        if isinstance(factor, Entry):
            return self._entry(factor)
        known = self._factors.get(factor)
        if known is None:
            known = self._partial(factor) if isinstance(factor, Partial) else self._pattern(factor)
            self._factors[factor] = known
        return known

    def _pattern(self, factor: Delta | Order) -> Axed:
        n = factor.first.dim.size(self.sizes)
        value = np.eye(n, dtype=complex)
        if isinstance(factor, Order):
            value = np.tril(np.ones((n, n), dtype=complex))
        return self._axes(value[None, None], factor.first, factor.second)

    def _entry(self, e: Entry) -> Axed:
        return self._axes(self.node(e.node), e.row, e.col)

    def _axes(self, value: Array, row: Index | None, col: Index | None) -> Axed:
        """The matrix axes named; a compound index is cut into its letters, the fast one last."""
        if isinstance(row, Letter) and isinstance(col, Letter):
            return value, (row, col)
        shape: list[int] = list(value.shape[:2])
        axes: list[Letter] = []
        for index, length in ((row, value.shape[2]), (col, value.shape[3])):
            if index is None:
                assert length == 1
                continue
            cut = slow_first(index)
            axes += cut
            shape += [x.dim.size(self.sizes) for x in cut]
        return value.reshape(shape), tuple(axes)

    def _partial(self, p: Partial) -> Axed:
        inside = tuple(dict.fromkeys(x for t in p.body for f in t.factors for x in _outer(f, t)))
        if any(isinstance(f, Partial) for t in p.body for f in t.factors):
            return self._second(p, inside)
        world = self.moved(p.by.node)
        value = world.terms(p.body, inside)
        slope = value.imag / STEP + 0j
        by = [x for x in (p.by.row, p.by.col) if isinstance(x, Letter)]
        count = [x.dim.size(self.sizes) for x in by]
        moves = world.values[p.by.node.name].shape[1]
        slope = np.broadcast_to(slope, (slope.shape[0], moves, *slope.shape[2:]))
        slope = np.moveaxis(slope, 1, -1)
        slope = slope.reshape(slope.shape[0], 1, *slope.shape[1:-1], *count)
        return slope, (*inside, *by)

    def central(self, variable: Node, value: Callable[[Numbers], Array]) -> Array:
        """The slope of `value` along each entry of the variable, as a last axis: five-point differences."""
        along = directions(variable, self.sizes, self.symmetric)
        # All shifted points are evaluated at once: axes (shifts, entries, points, 1, rows, cols).
        shifts = np.array((-2, -1, 1, 2)) * SMALL
        moved = shifts[:, None, None, None, None, None] * along[:, None, None]
        batch = (4, len(along))
        values = {
            name: np.broadcast_to(v, (*batch, *v.shape)).reshape(-1, *v.shape[1:])
            for name, v in self.values.items()
        }
        centre = self.values[variable.name]
        values[variable.name] = (centre + moved).reshape(-1, *centre.shape[1:])
        found = value(Numbers(values, self.sizes, self.symmetric))
        found = np.broadcast_to(found, (len(values[variable.name]), *found.shape[1:]))
        at = found.reshape(*batch, -1, *found.shape[1:])
        return np.moveaxis((8 * (at[2] - at[1]) - (at[3] - at[0])) / (12 * SMALL), 0, -1)

    def _second(self, p: Partial, inside: tuple[Letter, ...]) -> Axed:
        """A partial of a partial: the inner one by the complex step, the outer one by central differences."""
        slope = self.central(p.by.node, lambda world: world.terms(p.body, inside))
        by = [x for x in (p.by.row, p.by.col) if isinstance(x, Letter)]
        count = [x.dim.size(self.sizes) for x in by]
        return slope.reshape(*slope.shape[:-1], *count), (*inside, *by)


def contracted(factors: list[Axed], free: tuple[Letter, ...]) -> Array:
    """The product of factors, summed over every letter that is not free; two factors at a time.

    Each is joined with the next one that shares an index, so that no sum runs longer than it must.
    """
    left, rest = factors[0], factors[1:]
    while rest:
        place = next((k for k, (_, axes) in enumerate(rest) if not set(axes).isdisjoint(left[1])), 0)
        right = rest.pop(place)
        later = {x for _, axes in rest for x in axes}.union(free)
        kept = tuple([x for x in dict.fromkeys(left[1] + right[1]) if x in later]) if rest else free
        left = _joined(kept, left, right), kept
    return left[0] if left[1] == free else _joined(free, left)


def _joined(kept: tuple[Letter, ...], *factors: Axed) -> Array:
    labels: dict[Letter, str] = {}
    for _, axes in factors:
        for x in axes:
            if x not in labels:
                labels[x] = ascii_letters[len(labels)]
    inputs = ",".join(["..." + "".join([labels[x] for x in axes]) for _, axes in factors])
    outputs = "".join([labels[x] for x in kept])
    return np.asarray(np.einsum(f"{inputs}->...{outputs}", *[value for value, _ in factors]))


def slow_first(index: Index) -> list[Letter]:
    """The letters of an index as array axes in C order: the one that runs fastest comes last."""
    if isinstance(index, Letter):
        return [index]
    assert isinstance(index, Pair)
    return slow_first(index.second) + slow_first(index.first)


def _outer(factor: Factor, term: Term) -> list[Letter]:
    from_factor: list[Letter] = []
    if isinstance(factor, Entry):
        for place in (factor.row, factor.col):
            from_factor += slow_first(place) if place is not None else []
    elif isinstance(factor, Delta | Order):
        from_factor = slow_first(factor.first) + slow_first(factor.second)
    else:
        by = [x for x in (factor.by.row, factor.by.col) if isinstance(x, Letter)]
        from_factor = [x for t in factor.body for f in t.factors for x in _outer(f, t)] + by
    return [x for x in from_factor if x not in term.bound]


def _power(node: Node, base: Array, exponent: Array) -> Array:
    if node.is_scalar or node.elementwise:
        value = node.args[1]
        if value.kind == "number" and value.number.denominator == 1:
            if value.number < 0 and np.any(np.abs(base) < 1e-2):
                raise OutOfDomainError("power")
            return np.asarray(base ** int(value.number))
        if np.any(base.real <= 1e-2):
            raise OutOfDomainError("power")
        return np.asarray(np.exp(exponent * np.log(base)))
    k = int(node.args[1].number)
    if k < 0 and np.any(np.abs(np.linalg.det(base)) < 1e-2):
        raise OutOfDomainError("power")
    return np.linalg.matrix_power(base, k)
