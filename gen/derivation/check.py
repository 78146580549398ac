"""Every step and the result held against numbers; rules never see this file and it never sees rules."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from gen.derivation.evaluate import Numbers, OutOfDomainError
from gen.derivation.points import POINTS, dim_names, draw, sizes_for
from gen.derivation.record import Check, Display, Line
from gen.errors import input_error
from gen.language.function import Array
from gen.language.index import Letter
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
    expr: Node, wrt: Node, symbols: tuple[Node, ...], extra: tuple[Node, ...], symmetric: str
) -> Iterator[Points]:
    """Points at which the expression is defined, in a fixed order; some line may still not be defined there.

    The seed depends on the shapes only, so that a derivation prints the same figures
    every time. Raises InputError (domain) when no more are found.
    """
    nodes = tuple(dict.fromkeys((*symbols, *extra)))
    names = tuple(dict.fromkeys((*dim_names(nodes), *_inner_names(expr))))
    reason = "every point lies outside the domain of some step"
    # X*X' has an inverse only where X is wide, so the sizes are tried in both orders.
    # A skew matrix has an inverse only for even n.
    orders: tuple[Mapping[str, int], ...] = (
        sizes_for(names),
        sizes_for(reversed(names)),
        sizes_for(names, first=1),
    )
    if _cost(expr, wrt, orders[0]) > USUAL_WORK:
        orders = tuple({n: 2 + k % 2 for k, n in enumerate(order)} for order in orders)
    if _cost(expr, wrt, orders[0]) > MOST_WORK:
        raise input_error(
            "too_large",
            "the sizes given are too large to check the derivative by numbers",
            hint="give a dimension a name, as in  X: n x n : then the check chooses small sizes",
        )
    rng = np.random.default_rng(zlib.crc32(_pattern(nodes, names).encode()))
    for attempt in range(TRIES):
        sizes, mood = orders[attempt % 3], 4 * attempt // TRIES
        values = {n.name: draw(n, sizes, rng, mood)[:, None] + 0j for n in nodes}
        numbers = Numbers(values, sizes, symmetric)
        try:
            with np.errstate(all="ignore"):
                value = numbers.moved(wrt).node(expr)
            if np.all(np.isfinite(value)):
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


def _cost(expr: Node, wrt: Node, sizes: Mapping[str, int]) -> int:
    """Entries of the variable times entries of the largest matrix on the way."""
    largest, stack = 1, [expr]
    while stack:
        node = stack.pop()
        largest = max(largest, node.rows.size(sizes) * node.cols.size(sizes))
        stack.extend(node.args)
    return wrt.rows.size(sizes) * wrt.cols.size(sizes) * largest


def _inner_names(node: Node) -> tuple[str, ...]:
    out: dict[str, None] = {}
    stack = [node]
    while stack:
        top = stack.pop()
        for dim in (top.rows, top.cols, *top.dims):
            for name in dim.names:
                out[name] = None
        stack.extend(reversed(top.args))
    return tuple(out)


def _pattern(nodes: tuple[Node, ...], names: tuple[str, ...]) -> str:
    """The shapes of symbols with numbers for names: names must not decide where is checked."""
    number = {name: str(k) for k, name in enumerate(names)}
    dims = (d for n in nodes for d in (n.rows, n.cols))
    return ",".join(f"{d.factor}:{'*'.join(sorted(number[name] for name in d.names))}" for d in dims)


def value_of(line: Line, free: tuple[Letter, ...], numbers: Numbers) -> Array:
    """The value of a line; for matrix lines the axes are rows and columns."""
    assert not isinstance(line, Display)
    with np.errstate(all="ignore"):
        if isinstance(line, Node):
            return numbers.node(line)
        return numbers.terms(line, free)


def compare(a: Array, b: Array) -> Check:
    """The largest difference relative to max(0.01, largest entry)."""
    scale = max(0.01, float(np.max(np.abs(a), initial=0.0)), float(np.max(np.abs(b), initial=0.0)))
    worst = float(np.max(np.abs(a - b), initial=0.0)) / scale
    return Check(POINTS, worst if np.isfinite(worst) else float("inf"))


def derivative_by_numbers(expr: Node, wrt: Node, numbers: Numbers) -> Array:
    """∂F_ik/∂X_qr by the complex step on the original expression: axes (points, i, k, q, r)."""
    with np.errstate(all="ignore"):
        value = numbers.moved(wrt).node(expr)
    from_step = value.imag / 1e-30
    moves = numbers.moved(wrt).values[wrt.name].shape[1]
    from_step = np.broadcast_to(from_step, (from_step.shape[0], moves, *from_step.shape[2:]))
    rows, cols = wrt.rows.size(numbers.sizes), wrt.cols.size(numbers.sizes)
    moved = np.moveaxis(from_step, 1, -1)
    return np.asarray(moved.reshape(*moved.shape[:-1], rows, cols)) + 0j


def second_derivative_by_numbers(expr: Node, wrt: Node, numbers: Numbers) -> Array:
    """∂²f/∂X_ik∂X_qr: central differences of complex steps; axes (points, i, k, q, r)."""
    tensor = numbers.central(wrt, lambda world: derivative_by_numbers(expr, wrt, world)[:, 0, 0])
    rows, cols = wrt.rows.size(numbers.sizes), wrt.cols.size(numbers.sizes)
    return np.asarray(tensor.reshape(*tensor.shape[:-1], rows, cols))
