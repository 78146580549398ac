"""How long a matrix expression is for a reader."""

from __future__ import annotations

from gen.language.node import Node

JOINED = frozenset(("sum", "product", "hadamard"))


def tokens(node: Node) -> int:
    """How many signs and names a reader meets; brackets and sizes of constants are not counted."""
    args = node.args
    if not args:
        return 1
    inside = len(args) - 1 if node.kind in JOINED else 1
    for a in args:
        inside += tokens(a) if a.args else 1
    return inside
