"""Shapes as pieces of a reason."""

from __future__ import annotations

from gen.derivation.record import Reason
from gen.language.dimension import Dim
from gen.language.node import Node, size


def shape_reason(shape: tuple[Dim, ...]) -> Reason:
    """n × p as pieces of a reason; a vector is n × 1, a scalar 1 × 1."""
    if not shape:
        return ("1 × 1",)
    out: list[str | Node] = []
    for dim in shape:
        out += [" × ", size(dim)] if out else [size(dim)]
    return (*out, " × 1") if len(shape) == 1 else tuple(out)
