"""Values of lines by NumPy: matrix expressions, index terms, and partials by the complex step."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import TypeAlias
from weakref import ref

import numpy as np

from gen.derivation.constants import constant_value
from gen.derivation.labelled import Labelled, Labels, Piece, contracted, joined
from gen.derivation.points import directions
from gen.language.catalogue import function_named
from gen.language.function import Array
from gen.language.index import UNIT, Delta, Entry, Factor, Letter, Order, Partial, Term, Terms
from gen.language.node import Node

Sizes: TypeAlias = Mapping[str, int]

STEP = 1e-30
SMALL = 5e-4
SHIFTS = np.array((-2, -1, 1, 2)).reshape(4, 1, 1, 1, 1, 1) * SMALL


class OutOfDomainError(Exception):
    """A drawn point lies where some function is not differentiable."""


class Numbers:
    """Values at POINTS points; every node and every term is evaluated once.

    Arrays have shape (points, moves, rows, cols); `moves` is 1, except in the world of a
    partial derivative, where a variable moves along each of its entries. Worlds share what
    they can: what does not contain the variable is taken from the world where all stands
    `still`, and the still world takes from the moving ones what they know, for a complex step
    is too small to be seen in the value.
    """

    __slots__ = (
        "__weakref__",
        "_factors",
        "_flat",
        "_inside",
        "_known",
        "_labels",
        "_moves",
        "_products",
        "_shifted",
        "_slopes",
        "_still",
        "_terms",
        "_worlds",
        "moving",
        "sizes",
        "symmetric",
        "values",
    )

    def __init__(
        self,
        values: Mapping[str, Array],
        sizes: Sizes,
        symmetric: str = "free",
        still: Numbers | None = None,
        moving: frozenset[str] = frozenset(),
        *,
        near: bool = True,
    ) -> None:
        self.values = values
        self.sizes = sizes
        self.symmetric = symmetric
        self.moving = moving
        # Weakly, for that world holds this one: the arrays are given back as soon as it is done with,
        # and the next question uses the same memory.
        self._still = None if still is None else ref(still)
        # How many points a moving world has for one of the still world.
        self._moves = 1 if len(moving) != 1 else max([values[name].shape[-3] for name in moving])
        self._known: dict[Node, Array] = {}
        self._slopes: dict[Node, Array] = {}
        self._flat: dict[int, Array] = {}
        self._factors: dict[int, Piece] = {}
        self._products: dict[tuple[object, ...], tuple[list[Array], Array]] = {}
        self._terms: dict[tuple[int, str], tuple[Term, Array]] = {}
        self._worlds: dict[str, Numbers] = {}
        self._shifted: Numbers | None = None
        # Calls whose arguments lie in the domain: the same in worlds that differ by a complex step.
        self._inside: set[Node] = still._inside if still is not None and near else set()
        self._labels: Labels = Labels(sizes) if still is None else still._labels

    # --- matrix expressions ---

    def node(self, node: Node) -> Array:
        """The value of a matrix expression."""
        known = self._known.get(node)
        if known is None:
            known = self._known[node] = self._shared(node)
        return known

    def _shared(self, node: Node) -> Array:
        if self._still is not None and self.moving.isdisjoint(node.names):
            still = self._still()
            assert still is not None, "it holds this world"
            return still.node(node)
        for world in self._worlds.values():
            moved = world._known.get(node)
            if moved is not None:
                return moved[..., :1, :, :]
        return self._compute(node)

    def _compute(self, node: Node) -> Array:
        kind = node.kind
        if kind == "symbol":
            return self.values[node.name]
        if kind == "number":
            return _everywhere(float(node.number))
        if kind == "size":
            return _everywhere(float(node.dims[0].size(self.sizes)))
        if kind == "constant":
            return constant_value(node.name, tuple([d.size(self.sizes) for d in node.dims]))[None, None]
        if kind == "differential":
            return self._differential(node.args[0])
        args = [self.node(a) for a in node.args]
        out = args[0]
        if kind == "product":
            return _product(node, args)
        if kind == "transpose":
            return out.swapaxes(-1, -2)
        if kind == "sum":
            for a in args[1:]:
                out = out + a
            return out
        if kind == "hadamard":
            for a in args[1:]:
                out = out * a
            return out
        if kind == "quotient":
            return np.asarray(out / args[1])
        if kind == "power":
            return _power(node, out, args[1])
        return self._call(node, args)

    def _call(self, node: Node, args: list[Array]) -> Array:
        function = function_named(node.name)
        value = function.value(*args)
        if function.domain is None or node in self._inside:
            return value
        # A constant, such as arccos(-1), is never differentiated: it need only be real.
        constant = not node.names and bool(np.all(np.isfinite(value)) and np.all(value.imag == 0))
        if not constant and not function.domain(*args):
            raise OutOfDomainError(node.name)
        self._inside.add(node)
        return value

    def _differential(self, node: Node) -> Array:
        """dU for the increment given: the complex step along it."""
        world = self._worlds.get("")
        if world is None:
            return np.zeros_like(self.node(node))
        return world.node(node).imag / STEP + 0j

    def along(self, variable: Node, increment: Array) -> Numbers:
        """The same points with a value for dX, so that D(U) is the slope of U along it."""
        name = f"d{variable.name}"
        values = {**self.values, name: increment}
        out = Numbers(values, self.sizes, self.symmetric, self, frozenset((variable.name, name)))
        values = {**values, variable.name: values[variable.name] + (1j * STEP) * increment}
        out._worlds[""] = Numbers(values, self.sizes, self.symmetric, out, frozenset((variable.name,)))
        return out

    def moved(self, variable: Node) -> Numbers:
        """The world in which the variable moves along each of its entries."""
        known = self._worlds.get(variable.name)
        if known is None:
            along = directions(variable, self.sizes, self.symmetric)
            values = dict(self.values)
            values[variable.name] = values[variable.name] + (1j * STEP) * along
            known = Numbers(values, self.sizes, self.symmetric, self, frozenset((variable.name,)))
            self._worlds[variable.name] = known
        return known

    def slope(self, node: Node, variable: Node) -> Array:
        """The slope of a matrix expression along each entry of the variable: (points, moves, rows, cols)."""
        world = self._worlds.get(variable.name) or self.moved(variable)
        known = world._slopes.get(node)
        if known is None:
            known = world._slopes[node] = world._slope(world.node(node), variable, 2)
        return known

    def _slope(self, value: Array, variable: Node, axes: int) -> Array:
        """The slope of a value of a moving world, which has `axes` axes after its moves."""
        moves = self.values[variable.name].shape[-3]
        slope = np.zeros(value.shape, dtype=complex)
        np.divide(value.imag, STEP, out=slope.real)
        place = slope.ndim - axes - 1
        if slope.shape[place] != moves:
            slope = np.broadcast_to(slope, (*slope.shape[:place], moves, *slope.shape[place + 1 :]))
        return slope

    def central(self, variable: Node, value: Callable[[Numbers], Array], axes: int) -> Array:
        """The slope of a value with `axes` axes along each entry of the variable: five-point differences.

        Its axes are (entries, points, moves, ...).
        """
        if self._shifted is None:
            along = directions(variable, self.sizes, self.symmetric)
            values = dict(self.values)
            values[variable.name] = values[variable.name] + SHIFTS * along[:, None, None]
            self._shifted = Numbers(
                values, self.sizes, self.symmetric, self, frozenset((variable.name,)), near=False
            )
        # All shifted points are evaluated at once: axes (shifts, entries, points, moves, ...).
        world = self._shifted
        moves = world.values[variable.name].shape[1]
        at = value(world)
        at = at + np.zeros((len(SHIFTS), moves, *(1,) * (axes + 2)))
        return np.asarray((8 * (at[2] - at[1]) - (at[3] - at[0])) / (12 * SMALL))

    # --- index expressions ---

    def axes(self, free: Sequence[Letter]) -> str:
        """The labels of free indices."""
        return self._labels.all(free)

    def terms(self, terms: Terms, axes: str) -> Array:
        """The value with axes (points, moves, *axes); lines share terms, so each is evaluated once."""
        if not terms:
            return np.zeros((1, 1, *[self._labels.lengths[x] for x in axes]), dtype=complex)
        total: Array | None = None
        for term in terms:
            key = id(term), axes
            known = self._terms.get(key)
            if known is None:
                # The term is kept, so that its id and those of its factors stay their own.
                known = self._terms[key] = term, self._product(term, axes)
            total = known[1] if total is None else total + known[1]
        assert total is not None
        return total

    def _product(self, term: Term, free: str) -> Array:
        """The value of a term; with deltas used up, it is often the same product of arrays as one before."""
        labels, pieces = self._labels, self._factors
        arrays: list[Array] = []
        text = deltas = ""
        for factor in term.factors:
            piece = pieces.get(id(factor))
            if piece is None:
                piece = pieces[id(factor)] = self._factor(factor)
            value, own = piece
            if value is None:
                deltas += own
            else:
                arrays.append(value)
                text += own + ","
        bound = labels.all(term.bound) if term.bound else ""
        if deltas:
            text, deltas, bound = joined(text, deltas, bound)
            for k in range(0, len(deltas), 2):
                arrays.append(labels.eye(deltas[k]))
                text += deltas[k : k + 2] + ","
        scale = 1.0 if term.coef is UNIT else float(term.coef)
        key = (text, bound, free, scale, *map(id, arrays))
        known = self._products.get(key)
        if known is None:
            factors = list(zip(arrays, text.split(","), strict=False))
            for x in free + bound:
                if x not in text:
                    factors.append((np.ones((1, 1, labels.lengths[x]), dtype=complex), x))
                    text += x
            out = contracted(factors, free, labels.lengths, self._moves)
            # The arrays are kept with it, so that their ids stay their own.
            known = self._products[key] = arrays, out if scale == 1 else out * scale
        return known[1]

    def _factor(self, factor: Factor) -> Piece:
        """The value of a factor and its labels."""
        labels = self._labels
        if isinstance(factor, Entry):
            return self._entry(factor)
        if isinstance(factor, Partial):
            return self._partial(factor)
        if isinstance(factor, Delta):
            pairs = labels.delta(factor.first, factor.second)
            if pairs is not None:
                return None, pairs
        n = factor.first.dim.size(self.sizes)
        value = np.tri(n, dtype=complex) if isinstance(factor, Order) else np.eye(n, dtype=complex)
        return labels.named(value.reshape(1, 1, n, n), factor.first, factor.second)

    def _entry(self, entry: Entry) -> Labelled:
        """The labels of an entry and the value of its node: of a vector one array whatever its index."""
        value, row, col = self.node(entry.node), entry.row, entry.col
        if type(row) is Letter:
            if type(col) is Letter:
                return value, self._labels.of(row) + self._labels.of(col)
            if col is None:
                flat = self._flat.get(id(value))
                if flat is None:
                    flat = self._flat[id(value)] = value.reshape(value.shape[:-1])
                return flat, self._labels.of(row)
        return self._labels.named(value, row, col)

    def _partial(self, p: Partial) -> Piece:
        labels, variable, entry = self._labels, p.by.node, p.inner
        if p.kind == "symbol" and entry is not None and entry.node == variable and variable.structure is None:
            # The variable moves along the unit matrices (`directions`), and these are its slopes.
            rows, cols = labels.delta(entry.row, p.by.row), labels.delta(entry.col, p.by.col)
            if rows is not None and cols is not None:
                return None, rows + cols
        by = labels.slow_first(p.by.row) + labels.slow_first(p.by.col)
        counts = [labels.lengths[x] for x in by]
        if entry is not None:
            # One entry, the commonest: its slope is known whatever its indices are called.
            slope, axes = labels.named(self.slope(entry.node, variable), entry.row, entry.col)
            return _parted(slope, counts, len(axes)), by + axes
        inside = "".join(dict.fromkeys("".join([self._outer(t) for t in p.body])))
        if Partial in [type(f) for t in p.body for f in t.factors]:
            # The inner partial by the complex step, the outer one by central differences.
            slope = self.central(variable, lambda world: world.terms(p.body, inside), len(inside))
            return _parted(np.moveaxis(slope, 0, 2)[:, 0], counts, len(inside)), by + inside
        world = self.moved(variable)
        slope = world._slope(world.terms(p.body, inside), variable, len(inside))
        return _parted(slope, counts, len(inside)), by + inside

    def _outer(self, term: Term) -> str:
        """The labels a term touches from outside."""
        of, found = self._labels.slow_first, ""
        for factor in term.factors:
            if isinstance(factor, Entry):
                found += of(factor.row) + of(factor.col)
            elif isinstance(factor, Partial):
                found += "".join([self._outer(t) for t in factor.body])
                found += of(factor.by.row) + of(factor.by.col)
            else:
                found += of(factor.first) + of(factor.second)
        for x in term.bound:
            found = found.replace(of(x), "")
        return found


@lru_cache(maxsize=256)  # numbers are few
def _everywhere(number: float) -> Array:
    """A number as the value of a scalar at every point."""
    value: Array = np.full((1, 1, 1, 1), complex(number))
    value.flags.writeable = False
    return value


def _parted(slope: Array, counts: list[int], axes: int) -> Array:
    """(points, moves, ...) as (points, 1, rows, cols, ...): the moves as the indices of the variable."""
    place = slope.ndim - axes - 1
    return slope.reshape((*slope.shape[:place], 1, *counts, *slope.shape[place + 1 :]))


def _product(node: Node, args: list[Array]) -> Array:
    out: Array | None = None
    scale: Array | None = None
    for arg, a in zip(node.args, args, strict=True):
        if arg.is_scalar:
            scale = a if scale is None else scale * a
        else:
            out = a if out is None else out @ a
    if out is None:
        assert scale is not None, "a product has factors"
        return scale
    return out if scale is None else out * scale


def _power(node: Node, base: Array, exponent: Array) -> Array:
    if node.is_scalar or node.elementwise:
        value = node.args[1]
        if value.kind == "number" and value.number.denominator == 1:
            if value.number < 0 and (np.abs(base) < 1e-2).any():
                raise OutOfDomainError("power")
            return np.asarray(base ** int(value.number))
        if (base.real <= 1e-2).any():
            raise OutOfDomainError("power")
        return np.asarray(np.exp(exponent * np.log(base)))
    k = int(node.args[1].number)
    if k < 0 and (np.abs(np.linalg.det(base)) < 1e-2).any():
        raise OutOfDomainError("power")
    return np.linalg.matrix_power(base, k)
