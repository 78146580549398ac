"""Small whole numbers for the symbols of a problem, so that an answer can be worked out by hand."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from gen.derivation.points import Real
from gen.language.node import Node
from gen.problems.pick import number_from

SIZES = (2, 3)  # unequal, so that a wrong shape shows
_ENTRIES = (-2, -1, 1, 2, 3)
_POSITIVE = (1, 2, 3)
_CALM = {_ENTRIES: (-1, 1), _POSITIVE: (1, 2)}  # where exponentials would run away
# Domains that whole numbers have no good points in.
_UNSUITED = frozenset({"small"})


def sizes_of(names: tuple[str, ...], first: int = 0) -> Mapping[str, int]:
    """A small size for every dimension name."""
    return {name: SIZES[(k + first) % len(SIZES)] for k, name in enumerate(dict.fromkeys(names))}


def small_numbers(node: Node, sizes: Mapping[str, int], seed: str, *, calm: bool = False) -> Real | None:
    """Whole numbers for a symbol, of its structure and in its domain; None where there are no good ones.

    They depend on the seed and the name alone, by a hash that is the same everywhere. `calm` asks for
    smaller ones.
    """
    rows, cols = node.rows.size(sizes), node.cols.size(sizes)
    if node.domain in _UNSUITED:
        return None
    if node.domain in ("simplex", "rowsimplex"):
        return _one_hot(node, rows, cols, seed)
    square = rows == cols
    if node.domain in ("spd", "posdet", "nonsing") and square and not node.is_scalar:
        return _structured(node, _invertible(node, rows, seed))
    choices = _POSITIVE if node.domain else _ENTRIES
    drawn = _drawn(_CALM[choices] if calm else choices, rows, cols, f"{seed}/{node.name}")
    if node.domain == "pm1":
        drawn = np.where(drawn == 1, 1.0, -1.0)
    return _structured(node, drawn)


def _drawn(choices: tuple[int, ...], rows: int, cols: int, seed: str) -> Real:
    numbers = [choices[number_from(f"{seed}/{k}") % len(choices)] for k in range(rows * cols)]
    return np.array(numbers, dtype=np.float64).reshape(rows, cols)


def _one_hot(node: Node, rows: int, cols: int, seed: str) -> Real:
    """A one in each row or column and zeros beside it: the distributions that are whole numbers."""
    out = np.zeros((rows, cols))
    if node.domain == "simplex" or cols == 1:
        for col in range(cols):
            out[number_from(f"{seed}/{node.name}/{col}") % rows, col] = 1
    else:
        for row in range(rows):
            out[row, number_from(f"{seed}/{node.name}/{row}") % cols] = 1
    return out


def _invertible(node: Node, size: int, seed: str) -> Real:
    """A triangular matrix with ones on its diagonal, times its transpose where it must be symmetric."""
    lower = np.tril(_drawn((-1, 1, 2), size, size, f"{seed}/{node.name}"), -1) + np.eye(size)
    if node.structure == "lower":
        return lower
    if node.structure is None and node.domain != "spd":
        upper = np.triu(_drawn((-1, 1), size, size, f"{seed}/{node.name}/upper"), 1) + np.eye(size)
        return np.asarray(lower @ upper)
    return np.asarray(lower @ lower.T)


def _structured(node: Node, drawn: Real) -> Real | None:
    match node.structure:
        case "symmetric":
            return np.asarray(np.tril(drawn) + np.tril(drawn, -1).T)
        case "skew":
            lower = np.tril(drawn, -1)
            # A skew matrix of odd size has no inverse.
            return None if node.domain and len(drawn) % 2 else np.asarray(lower - lower.T)
        case "diagonal":
            return np.asarray(np.diag(np.diag(drawn)))
        case "lower":
            return np.asarray(np.tril(drawn))
    return drawn
