"""Matrices filled with zeros or ones."""

from __future__ import annotations

from gen.language.dimension import Dim
from gen.language.node import Node, constant, number, transposed


def zero(rows: Dim, cols: Dim) -> Node:
    """Zero of a shape: 0, zeros(n) or zeros(m,n)."""
    if rows.is_one and cols.is_one:
        return number(0)
    return constant("zeros", rows) if cols.is_one else constant("zeros", rows, cols)


def ones(rows: Dim, cols: Dim) -> Node:
    """Ones of a shape."""
    if rows.is_one and cols.is_one:
        return number(1)
    if cols.is_one:
        return constant("ones", rows)
    return constant("ones", rows, cols) if not rows.is_one else transposed(constant("ones", cols))


def is_zero(node: Node) -> bool:
    """0, zeros(n), zeros(m,n) or its transpose."""
    if node.kind not in ("transpose", "constant", "number"):
        return False
    inner = node.args[0] if node.kind == "transpose" else node
    return (inner.kind == "constant" and inner.name == "zeros") or (
        inner.kind == "number" and inner.number == 0
    )


def is_ones(node: Node) -> bool:
    """A matrix of ones or its transpose."""
    if node.kind not in ("transpose", "constant"):
        return False
    inner = node.args[0] if node.kind == "transpose" else node
    return inner.kind == "constant" and inner.name == "ones"
