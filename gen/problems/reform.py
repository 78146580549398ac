"""Closed forms taken apart and put together with other operands, whose shapes may be new."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from operator import is_

from gen.language.catalogue import function_named
from gen.language.dimension import ONE, Dim
from gen.language.node import Node, add, call, hadamard, multiply, number, power, quotient, transposed
from gen.language.normal_form import rebuilt

# Calls that are part of a closed form; inside any other one stands what the function is applied to.
OPEN = frozenset(("kron", "tr", "sum", "diag", "vec", "tril"))
_SQUARE = frozenset(("tr", "det", "logdet", "inv", "adj", "expm"))


def remade(node: Node, args: tuple[Node, ...]) -> Node:
    """The same operation on other operands, with the shape that follows from them."""
    if node.kind == "product":
        return multiply(*args)
    if node.kind == "sum":
        return add(*args)
    if node.kind == "hadamard":
        return hadamard(*args)
    if node.kind == "transpose":
        return transposed(args[0])
    if node.kind == "quotient":
        return quotient(args[0], args[1], elementwise=node.elementwise)
    if node.kind == "power":
        return power(args[0], args[1], elementwise=node.elementwise)
    if node.kind == "call" and node.name == "kron":
        rows, cols = args[0].rows * args[1].rows, args[0].cols * args[1].cols
        return call("kron", rows, cols, *args)
    if node.kind == "call" and (node.name == "inv" or function_named(node.name).elementwise):
        return call(node.name, args[0].rows, args[0].cols, *args)
    shape = _shape_of_call(node.name, args[0]) if node.kind == "call" else None
    return rebuilt(node, args) if shape is None else call(node.name, *shape, *args)


def _shape_of_call(name: str, of: Node) -> tuple[Dim, Dim] | None:
    """The shape that a call has by its operand; None where its shape does not depend on it."""
    if name == "tril":
        return of.rows, of.cols
    if name == "vec":
        return of.rows * of.cols, ONE
    if name == "diag":
        return (of.rows, of.rows) if of.cols == ONE else (of.rows, ONE)
    return None


def is_closed(node: Node) -> bool:
    """Is it a function value, such as exp(A*x), that a derivation copies as a whole?"""
    return node.kind == "call" and node.name not in OPEN


def mapped(node: Node, change: Callable[[Node], Node]) -> Node:
    """The expression with `change` at every place of the closed form, from the bottom up."""
    if node.args and not is_closed(node):
        args = tuple([mapped(a, change) for a in node.args])
        if not all(map(is_, args, node.args)):
            node = remade(node, args)
    return change(node)


def each(node: Node, kinds: Collection[str], change: Callable[[Node], Iterator[Node]]) -> Iterator[Node]:
    """The expression changed at one place of the closed form: at every node of the kinds, in every way."""
    stack: list[tuple[Node, tuple[int, ...]]] = [(node, ())]
    while stack:
        part, path = stack.pop()
        if part.kind in kinds:
            for new in change(part):
                yield _put(node, path, new)
        if part.args and not is_closed(part):
            below = [(a, (*path, k)) for k, a in enumerate(part.args) if a.args or a.kind in kinds]
            stack += below[::-1]


def _put(node: Node, path: tuple[int, ...], new: Node) -> Node:
    """The expression with another part at a place."""
    if not path:
        return new
    k, below = path[0], path[1:]
    return remade(node, (*node.args[:k], _put(node.args[k], below, new), *node.args[k + 1 :]))


def parts_of(node: Node) -> list[Node]:
    """The expression and everything below it, from left to right."""
    out, stack = list[Node](), [node]
    while stack:
        part = stack.pop()
        out.append(part)
        stack += part.args[::-1]
    return out


def well_formed(node: Node, sound: Collection[int] = ()) -> bool:
    """Do all operands fit each other, and has each operation the shape that follows from them?

    `sound` are the ids of nodes of which that is known.
    """
    args = node.args
    if not args or id(node) in sound:
        return True
    for a in args:
        if not well_formed(a, sound):
            return False
    kind, first = node.kind, args[0]
    if kind == "product":
        return _fits(node)
    if kind in ("sum", "hadamard"):
        return all(a.rows == node.rows and a.cols == node.cols for a in args)
    if kind == "transpose":
        return node.rows == first.cols and node.cols == first.rows
    if kind == "quotient":
        right = args[1]
        if right.is_scalar:
            return node.rows == first.rows and node.cols == first.cols
        return node.elementwise and (
            first.is_scalar or (first.rows == right.rows and first.cols == right.cols)
        )
    if kind == "power":
        return node.elementwise or first.is_square
    if kind == "call":
        if node.name in _SQUARE and not first.is_square:
            return False
        if function_named(node.name).elementwise:
            return node.rows == first.rows and node.cols == first.cols
        if node.name == "diag" and not (first.is_square or first.cols == ONE):
            return False
        return _shape_of_call(node.name, first) in (None, (node.rows, node.cols))
    return True


def _fits(product: Node) -> bool:
    """Neighbours of a chain share a dimension; a chain that has come out 1 × 1 is a scalar factor."""
    rows = cols = None
    for factor in product.args:
        if factor.is_scalar:
            continue
        if rows is None or (rows == ONE and cols == ONE):
            rows = factor.rows
        elif cols != factor.rows:
            return False
        cols = factor.cols
    return (rows or ONE) == product.rows and (cols or ONE) == product.cols


def chain_of(product: Node) -> tuple[tuple[Node, ...], tuple[Node, ...]]:
    """The scalar factors of a product, and the others, in their order."""
    scalars = tuple([a for a in product.args if a.is_scalar])
    return scalars, tuple([a for a in product.args if not a.is_scalar])


def scaled(node: Node, factor: int) -> Node:
    """A multiple."""
    return multiply(number(factor), node)
