"""Functions that stand in answers only: their sizes are no products of dimensions."""

from __future__ import annotations

import numpy as np

from gen.language.dimension import ONE, triangle
from gen.language.function import Array, Function
from gen.language.node import Node, call


def vech(node: Node) -> Node:
    """vech(X): the columns of X from the diagonal down, stacked."""
    return call("vech", triangle(node.rows), ONE, node)


def _vech(a: Array) -> Array:
    n = a.shape[-1]
    below = [(i, j) for j in range(n) for i in range(j, n)]
    return np.stack([a[..., i, j] for i, j in below], axis=-1)[..., None]


ANSWER_FUNCTIONS: tuple[Function, ...] = (
    Function(
        "vech",
        "the stacked columns from the diagonal down",
        (),
        r"\operatorname{{vech}}({0})",
        "vech leaves out what a symmetric matrix holds twice",
        "Magnus & Neudecker (2019), 3.8",
        _vech,
    ),
)
