"""Every step and the result held against numbers; rules never see this file and it never sees rules."""

from __future__ import annotations

import zlib
from dataclasses import dataclass

import numpy as np

from gen.derivation.evaluate import Numbers, OutOfDomain
from gen.derivation.points import POINTS, dim_names, draw, sizes_for
from gen.derivation.record import Check, Display, Line
from gen.errors import input_error
from gen.language.dimension import Dim
from gen.language.function import Array
from gen.language.index import Letter
from gen.language.node import Node

TOLERANCE = 1e-9
TRIES = 240


@dataclass(frozen=True, slots=True)
class Points:
    """Where a derivation is checked."""

    numbers: Numbers
    sizes: tuple[tuple[str, int], ...]


def choose_points(
    expr: Node, wrt: Node, symbols: tuple[Node, ...], extra: tuple[Node, ...], symmetric: str
) -> Points:
    """Points at which the expression and what is derived from it are defined.

    The seed depends on the shapes only, so that a derivation prints the same
    figures every time. Raises InputError (domain) where no point is found.
    """
    nodes = tuple(dict.fromkeys((*symbols, *extra)))
    names = dim_names(nodes) + tuple(n for n in _inner_names(expr) if n not in dim_names(nodes))
    sizes = sizes_for(names)
    rng = np.random.default_rng(zlib.crc32(",".join(sorted(sizes)).encode()))
    reason = ""
    for attempt in range(TRIES):
        mood = 4 * attempt // TRIES
        values = {n.name: draw(n, sizes, rng, mood)[:, None] + 0j for n in nodes if n.kind == "symbol"}
        numbers = Numbers(values, sizes, symmetric)
        try:
            with np.errstate(all="ignore"):
                value = numbers.moved(wrt).node(expr) if wrt.name in values else numbers.node(expr)
            if np.all(np.isfinite(value)):
                return Points(numbers, tuple(sizes.items()))
            reason = "its value is not finite"
        except OutOfDomain as outside:
            reason = f"{outside} is not differentiable there"
        except np.linalg.LinAlgError:
            reason = "a matrix is singular"
    raise input_error(
        "domain",
        f"no point was found at which the expression can be checked: {reason}",
        hint="declare a domain, as in  x: n positive  or  A: n x n spd",
    )


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


def shape_of(dims: tuple[Dim, ...], numbers: Numbers) -> tuple[int, ...]:
    """A shape by numbers."""
    return tuple(d.size(numbers.sizes) for d in dims)
