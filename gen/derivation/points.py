"""Random points for the check: unequal prime dimensions, non-symmetric data, domains respected."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
from numpy.typing import NDArray

from gen.language.dimension import Dim
from gen.language.node import Node

PRIMES = (3, 2, 5, 7, 11, 13, 17)
POINTS = 3
Real = NDArray[np.float64]


def sizes_for(names: Iterable[str], first: int = 0) -> Mapping[str, int]:
    """Each dimension name gets a prime of its own; after seven names they repeat."""
    return {name: PRIMES[(k + first) % len(PRIMES)] for k, name in enumerate(dict.fromkeys(names))}


def draw(node: Node, sizes: Mapping[str, int], rng: np.random.Generator, mood: int) -> Real:
    """Values of one symbol at POINTS points, shape (POINTS, rows, cols).

    `mood` grows while points fall outside the domain of some function: 0 any
    sign, 1 positive, 2 small and positive, 3 near a positive multiple of the identity.
    """
    rows, cols = node.rows.size(sizes), node.cols.size(sizes)
    a = rng.uniform(0.3, 1.3, (POINTS, rows, cols))
    if mood == 0:
        a = a * rng.choice([-1.0, 1.0], a.shape)
    if mood == 2:
        a = a * 0.2
    if node.domain is not None:
        a = _in_domain(node, a, rng)
    elif mood == 3 and rows == cols:
        a = 0.2 * a + np.eye(rows)
    return _structured(node, a)


def _in_domain(node: Node, a: Real, rng: np.random.Generator) -> Real:
    rows, cols = a.shape[-2:]
    domain = node.domain
    if domain == "positive":
        return np.abs(a)
    if domain == "small":
        return a * 0.2
    if domain in ("simplex", "rowsimplex"):
        axis = -2 if cols == 1 or domain == "simplex" else -1
        return np.asarray(np.abs(a) / np.abs(a).sum(axis=axis, keepdims=True))
    if domain == "pm1":
        return np.sign(a)
    if domain in ("spd", "posdet", "nonsing") and rows == cols:
        tilt = rng.uniform(-0.2, 0.2, a.shape)
        if node.structure is None and domain == "nonsing":
            return 0.35 * a + np.eye(rows)
        spd = 0.3 * a @ np.swapaxes(a, -1, -2) + np.eye(rows)
        if node.structure is None:
            spd = spd + tilt - np.swapaxes(tilt, -1, -2)
        return spd
    return a


def _structured(node: Node, a: Real) -> Real:
    if node.structure == "symmetric":
        return (a + np.swapaxes(a, -1, -2)) / 2
    if node.structure == "skew":
        return a - np.swapaxes(a, -1, -2)
    if node.structure == "diagonal":
        return a * np.eye(a.shape[-1])
    if node.structure == "lower":
        return np.tril(a)
    return a


def directions(node: Node, sizes: Mapping[str, int], symmetric: str = "free") -> Real:
    """How the variable moves with each of its entries (q,r): shape (rows·cols, rows, cols).

    A symmetric variable moves in (q,r) and (r,q) together (`free`).
    """
    rows, cols = node.rows.size(sizes), node.cols.size(sizes)
    basis = np.eye(rows * cols).reshape(rows * cols, rows, cols)
    turned = np.swapaxes(basis, -1, -2)
    if node.structure == "symmetric":
        both = basis + turned
        return both / 2 if symmetric == "projected" else np.where(both > 1, 1.0, both)
    if node.structure == "skew":
        return basis - turned
    if node.structure == "diagonal":
        return basis * np.eye(rows)
    if node.structure == "lower":
        return np.tril(basis)
    return basis


def dim_names(nodes: Iterable[Node]) -> tuple[str, ...]:
    """The dimension names of symbols in order of appearance."""
    out: dict[str, None] = {}
    for node in nodes:
        for dim in (node.rows, node.cols):
            for name in _names(dim):
                out[name] = None
    return tuple(out)


def _names(dim: Dim) -> tuple[str, ...]:
    return dim.names
