"""Every step and the result held against numbers; rules never see this file and it never sees rules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import inf

import numpy as np

from gen.derivation.evaluate import Numbers, OutOfDomainError
from gen.derivation.points import POINTS, Stream, dim_names, draw, sizes_for
from gen.derivation.record import Check, Display, Line
from gen.errors import input_error
from gen.language.dimension import Dim
from gen.language.function import Array
from gen.language.node import Node

TOLERANCE = 1e-9
SECOND_ORDER_TOLERANCE = 1e-6
TRIES = 240
MOST_WORK = 200_000  # beyond it the check would take seconds
USUAL_WORK = 20_000  # beyond it every dimension is 2 or 3


@dataclass(frozen=True, slots=True)
class Points:
    """Where a derivation is checked."""

    numbers: Numbers
    sizes: tuple[tuple[str, int], ...]


def candidates(
    expr: Node,
    wrt: Node,
    symbols: tuple[Node, ...],
    extra: tuple[Node, ...],
    symmetric: str,
    reach: float = 1.0,
    tries: int = TRIES,
) -> Iterator[Points]:
    """Points at which the expression is defined, in a fixed order; some line may still not be defined there.

    `reach` is how much larger the values are than usual, `tries` how many points are looked at.
    The seed depends on the shapes only, so that a derivation prints the same figures
    every time. Raises InputError (domain) when no more are found.
    """
    nodes = tuple(dict.fromkeys((*symbols, *extra)))
    dims = _dims(expr)
    names = tuple(dict.fromkeys([*dim_names(nodes), *[name for dim in dims for name in dim.names]]))
    reason = "every point lies outside the domain of some step"
    small, sizes = False, sizes_for(names)
    largest = max([dim.size(sizes) for dim in dims], default=1)
    # The exact figure is not needed where even the largest square matrix would be small.
    if largest**2 * _entries(wrt, sizes) > USUAL_WORK:
        small = _cost(expr, wrt, sizes) > USUAL_WORK
        if small and _cost(expr, wrt, _sizes(names, 0, small)) > MOST_WORK:
            raise input_error(
                "too_large",
                "the sizes given are too large to check the derivative by numbers",
                hint="give a dimension a name, as in  X: n x n : then the check chooses small sizes",
            )
    stream = Stream()
    for attempt in range(tries):
        mood = 4 * attempt // TRIES
        if attempt or small:
            sizes = _sizes(names, attempt % 3, small)
        values = {n.name: draw(n, sizes, stream, mood, reach) for n in nodes}
        numbers = Numbers(values, sizes, symmetric)
        try:
            value = numbers.moved(wrt).node(expr)
            if np.logical_and.reduce(np.isfinite(value), axis=None):
                yield Points(numbers, tuple(sizes.items()))
            else:
                reason = "its value is not finite"
        except OutOfDomainError as outside:
            reason = f"{outside} is not differentiable there"
        except np.linalg.LinAlgError:
            reason = "a matrix is singular"
    raise input_error(
        "domain",
        f"no point was found at which the expression can be checked: {reason}",
        hint="declare a domain, as in  x: n positive  or  A: n x n spd",
    )


def _sizes(names: tuple[str, ...], order: int, small: bool) -> Mapping[str, int]:
    """X*X' has an inverse only where X is wide, so the sizes are tried in both orders.

    A skew matrix has an inverse only for even n.
    """
    sizes = sizes_for(names[::-1] if order == 1 else names, first=1 if order == 2 else 0)
    return {name: 2 + k % 2 for k, name in enumerate(sizes)} if small else sizes


def _cost(expr: Node, wrt: Node, sizes: Mapping[str, int]) -> int:
    """Entries of the variable times entries of the largest matrix on the way."""
    largest, stack = 1, [expr]
    while stack:
        node = stack.pop()
        largest = max(largest, _entries(node, sizes))
        stack.extend(node.args)
    return _entries(wrt, sizes) * largest


def _entries(node: Node, sizes: Mapping[str, int]) -> int:
    return node.rows.size(sizes) * node.cols.size(sizes)


def _dims(node: Node) -> list[Dim]:
    """Every dimension on the way, in order of appearance; the same object once."""
    out: dict[int, Dim] = {}
    stack = [node]
    while stack:
        top = stack.pop()
        out[id(top.rows)] = top.rows
        out[id(top.cols)] = top.cols
        for dim in top.dims:
            out[id(dim)] = dim
        stack.extend(top.args[::-1])
    return list(out.values())


def value_of(line: Line, axes: str, numbers: Numbers) -> Array:
    """The value of a line; for matrix lines the axes are rows and columns."""
    assert not isinstance(line, Display)
    return numbers.node(line) if isinstance(line, Node) else numbers.terms(line, axes)


def distances(values: list[Array], *, first: bool = False) -> list[float]:
    """How far each value is from the one before it, or from the first.

    It is the largest difference of a real or imaginary part, relative to max(0.01, the largest of
    them); no number is infinity.
    All values have one shape, but that what is the same at every point has one point only.
    """
    count = len(values)
    points, shape = max([len(v) for v in values]), values[0].shape[1:]
    # The values, then their differences, so that one call finds the largest entry of each.
    whole = np.empty((2 * count - 1, points, *shape), dtype=complex)
    for row, value in enumerate(values):
        whole[row] = value
    np.subtract(whole[1:count], whole[:1] if first else whole[: count - 1], out=whole[count:])
    parts = whole.reshape(2 * count - 1, -1).view(float)
    largest = np.maximum.reduce(np.abs(parts), axis=1).tolist()
    out: list[float] = []
    for k in range(1, count):
        error = largest[count + k - 1] / max(0.01, largest[k], largest[0 if first else k - 1])
        out.append(error if error < inf else inf)
    return out


def compare(a: Array, b: Array) -> Check:
    """The largest difference of two values."""
    return Check(POINTS, distances([a, b])[0])


def derivative_by_numbers(expr: Node, wrt: Node, numbers: Numbers) -> Array:
    """∂F_ik/∂X_qr by the complex step on the original expression: axes (points, i, k, q, r)."""
    slope = numbers.slope(expr, wrt)
    points, moves = slope.shape[:-3], slope.shape[-3]
    rows = wrt.rows.size(numbers.sizes)
    turned = slope.reshape(*points, rows, moves // rows, *slope.shape[-2:])
    first = len(points)
    return turned.transpose(*range(first), first + 2, first + 3, first, first + 1)


def second_derivative_by_numbers(expr: Node, wrt: Node, numbers: Numbers) -> Array:
    """∂²f/∂X_ik∂X_qr: central differences of complex steps; axes (points, i, k, q, r)."""
    slopes = numbers.central(wrt, lambda world: world.slope(expr, wrt)[..., None, :, 0, 0], 1)
    rows, cols = wrt.rows.size(numbers.sizes), wrt.cols.size(numbers.sizes)
    # From (entries, points, 1, first entries).
    return slopes[:, :, 0].transpose(1, 2, 0).reshape(-1, rows, cols, rows, cols)
