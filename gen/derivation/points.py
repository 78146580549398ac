"""Random points for the check: unequal prime dimensions, non-symmetric data, domains respected."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from gen.language.function import Array
from gen.language.node import Node

PRIMES = (3, 2, 5, 7, 11, 13, 17)
POINTS = 3
INCREMENT = 7919  # where in the table the values of an increment begin
Real = NDArray[np.float64]


def _table() -> Array:
    """Random numbers of either sign, none of them small; complex, as all that is computed from them."""
    rng = np.random.default_rng(17)  # a seed with which few questions need a second draw
    numbers: Array = rng.uniform(0.3, 1.3, 1 << 14) * rng.choice([-1.0, 1.0], 1 << 14) + 0j
    numbers.flags.writeable = False
    return numbers


TABLE = _table()


class Stream:
    """The numbers of the table in order, so that a derivation is checked at the same points every time."""

    __slots__ = ("_place",)

    def __init__(self, place: int = 0) -> None:
        self._place = place

    def take(self, rows: int, cols: int) -> Array:
        """The next ones, as an array (POINTS, 1, rows, cols)."""
        start = self._place
        end = start + POINTS * rows * cols
        if end <= len(TABLE):
            self._place = end
            return TABLE[start:end].reshape(POINTS, 1, rows, cols)
        # Another round begins elsewhere, so that no point comes twice.
        self._place = end % 997
        return np.resize(TABLE[end % 991 :], (POINTS, 1, rows, cols))


def sizes_for(names: Iterable[str], first: int = 0) -> Mapping[str, int]:
    """Each dimension name gets a prime of its own; after seven names they repeat."""
    return {name: PRIMES[(k + first) % len(PRIMES)] for k, name in enumerate(dict.fromkeys(names))}


def draw(node: Node, sizes: Mapping[str, int], stream: Stream, mood: int, reach: float = 1.0) -> Array:
    """Values of one symbol at POINTS points, shape (POINTS, 1, rows, cols), complex.

    `mood` grows while points fall outside the domain of some function: 0 any
    sign, 1 positive, 2 small and positive, 3 near a positive multiple of the identity. `reach` scales them.
    """
    rows, cols = node.rows.size(sizes), node.cols.size(sizes)
    a = stream.take(rows, cols)
    if reach != 1.0:
        a = a * reach
    if mood == 0 and node.domain is None and node.structure is None:
        return a
    if mood != 0:
        a = np.abs(a)
    if mood == 2:
        a = a * 0.2
    if node.domain is not None:
        a = _in_domain(node, a, stream)
    elif mood == 3 and rows == cols:
        a = 0.2 * a + np.eye(rows)
    return _structured(node, a) + 0j


def _in_domain(node: Node, a: Array, stream: Stream) -> Array:
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
        if node.structure is None and domain == "nonsing":
            return 0.35 * a + np.eye(rows)
        spd = 0.3 * a @ a.swapaxes(-1, -2) + np.eye(rows)
        if node.structure is None:
            tilt = 0.15 * stream.take(rows, cols)
            spd = spd + tilt - tilt.swapaxes(-1, -2)
        return spd
    return a


def _structured(node: Node, a: Array) -> Array:
    if node.structure == "symmetric":
        return (a + a.swapaxes(-1, -2)) / 2
    if node.structure == "skew":
        return a - a.swapaxes(-1, -2)
    if node.structure == "diagonal":
        return a * np.eye(a.shape[-1])
    if node.structure == "lower":
        return np.tril(a)
    return a


@lru_cache(maxsize=64)  # sizes are few
def _units(rows: int, cols: int) -> Real:
    """The matrices with a single 1, in the order of its place."""
    units = np.eye(rows * cols).reshape(rows * cols, rows, cols)
    units.flags.writeable = False
    return units


def directions(node: Node, sizes: Mapping[str, int], symmetric: str = "free") -> Real:
    """How the variable moves with each of its entries (q,r): shape (rows·cols, rows, cols).

    A symmetric variable moves in (q,r) and (r,q) together (`free`).
    """
    rows, cols = node.rows.size(sizes), node.cols.size(sizes)
    basis = _units(rows, cols)
    if node.structure is None:
        return basis
    turned = basis.swapaxes(-1, -2)
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
            for name in dim.names:
                out[name] = None
    return tuple(out)
