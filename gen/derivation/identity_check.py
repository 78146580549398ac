"""Whether two expressions have the same value at random points."""

from __future__ import annotations

import numpy as np

from gen.derivation.check import distances
from gen.derivation.evaluate import Numbers, OutOfDomainError
from gen.derivation.points import Stream, dim_names, draw, sizes_for
from gen.language.node import Node

TOLERANCE = 1e-9
TRIES = 24
ROUNDS = 2  # points with other sizes, so that nothing fits together by accident


def distance(left: Node, right: Node, symbols: tuple[Node, ...]) -> float | None:
    """The largest relative difference at random points; infinity where the shapes differ.

    None where no point was found at which both have a value.
    """
    if (left.rows, left.cols) != (right.rows, right.cols):
        return float("inf")
    names = dim_names(symbols)
    stream = Stream()
    found: list[float] = []
    for attempt in range(TRIES):
        sizes = sizes_for(names[::-1] if attempt % 2 else names)
        values = {node.name: draw(node, sizes, stream, 4 * attempt // TRIES) for node in symbols}
        numbers = Numbers(values, sizes, "free")
        try:
            with np.errstate(all="ignore"):
                pair = [numbers.node(left), numbers.node(right)]
        except (OutOfDomainError, np.linalg.LinAlgError):
            continue
        if all(np.isfinite(value).all() for value in pair):
            found.append(distances(pair)[0])
            if len(found) == ROUNDS:
                break
    return max(found) if found else None
