"""The matrix whose stacked columns a column is: entries of what is built from vec."""

from __future__ import annotations

from gen.language.catalogue import function_named
from gen.language.dimension import ONE, Dim
from gen.language.filled import ones, zero
from gen.language.node import Node, call
from gen.language.normal_form import rebuilt
from gen.language.product_form import times
from gen.language.product_parts import compose, parts
from gen.language.reduction_form import had, total
from gen.language.sum_form import plus
from gen.language.transposition import flip


def unstacked(node: Node, rows: Dim, cols: Dim) -> Node | None:
    """M (rows × cols) with vec(M) = node; None where that is no expression of the language."""
    if node.kind == "call":
        return _call(node, rows, cols)
    if node.kind == "constant" and node.name in ("ones", "zeros") and node.cols == ONE:
        return ones(rows, cols) if node.name == "ones" else zero(rows, cols)
    if node.kind == "product":
        return _product(node, rows, cols)
    entrywise = node.elementwise or node.kind in ("sum", "hadamard")
    if entrywise or (node.kind == "quotient" and node.args[1].is_scalar):
        args = [a if a.is_scalar else unstacked(a, rows, cols) for a in node.args]
        found = [a for a in args if a is not None]
        if len(found) < len(args):
            return None
        if node.kind == "sum":
            return plus(*found)
        if node.kind == "hadamard":
            return had(*found)
        return _reshaped(node, tuple(found), rows, cols)
    return None


def _reshaped(node: Node, args: tuple[Node, ...], rows: Dim, cols: Dim) -> Node:
    """The same operation entry by entry, on matrices."""
    made = rebuilt(node, args)
    return Node(made.kind, rows, cols, args, made.name, made.number, made.dims, made.elementwise)


def _call(node: Node, rows: Dim, cols: Dim) -> Node | None:
    inner = node.args[0]
    if node.name == "vec":
        return inner if inner.rows == rows and inner.cols == cols else None
    if node.name == "kron":
        slow, fast = node.args
        fits = slow.cols == ONE and fast.cols == ONE and fast.rows == rows
        return times(fast, flip(slow)) if fits else None
    if node.name != "softmax" and not function_named(node.name).elementwise:
        return None
    found = unstacked(inner, rows, cols)
    if found is None:
        return None
    if node.name == "softmax":
        powers = call("exp", rows, cols, found)
        return Node("quotient", rows, cols, (powers, total(powers)))
    return call(node.name, rows, cols, found)


def _product(node: Node, rows: Dim, cols: Dim) -> Node | None:
    """Scalars stay in front; what stands before the column is read as a map of the matrix, if it is one."""
    whole = parts(node)
    if not whole.chain or whole.chain[-1].cols != ONE:
        return None
    *maps, column = whole.chain
    if maps:
        found = _mapped(maps[0], times(*maps[1:], column), rows, cols)
    else:
        found = unstacked(column, rows, cols) if column != node else None
    return None if found is None else times(compose(whole.coef, whole.scalars, ()), found)


def _mapped(first: Node, rest: Node, rows: Dim, cols: Dim) -> Node | None:
    """K vec(A) = vec(Aᵀ), (B ⊗ A) vec(X) = vec(A X Bᵀ), diag(v) vec(X) = vec(V ∘ X)."""
    if first.kind == "constant" and first.name == "comm" and first.dims == (cols, rows):
        found = unstacked(rest, cols, rows)
        return None if found is None else flip(found)
    if first.kind != "call":
        return None
    if first.name == "kron" and first.args[1].rows == rows:
        right, left = first.args
        found = unstacked(rest, left.cols, right.cols)
        return None if found is None else times(left, found, flip(right))
    if first.name == "diag" and first.args[0].cols == ONE:
        weights, found = unstacked(first.args[0], rows, cols), unstacked(rest, rows, cols)
        return None if weights is None or found is None else had(weights, found)
    return None
