"""The author's squares: where X^2 or another power was typed, X*X in the answer reads X^2."""

from __future__ import annotations

from collections.abc import Iterable

from gen.language.node import Node, multiply, number, power, transposed
from gen.language.normal_form import rebuilt
from gen.language.product_parts import parts
from gen.language.transposition import flip


def squares_in(nodes: list[Node]) -> list[Node]:
    """The square of every matrix of which a power stands in the expressions, each once, in order."""
    looked = list(nodes)
    for node in looked:
        if node.args:
            if node.kind == "power" and _is_power(node):
                return list(dict.fromkeys([x for n in nodes for x in _squares_of(n)]))
            looked += node.args
    return []


def _squares_of(node: Node) -> tuple[Node, ...]:
    inside = tuple([x for a in node.args for x in _squares_of(a)])
    if not _is_power(node):
        return inside
    square = node if node.args[1].number == 2 else power(node.args[0], number(2))
    return (square, *inside)


def _is_power(node: Node) -> bool:
    """Is it a matrix to the power 2 or more?"""
    matrix = node.kind == "power" and not node.elementwise and not node.is_scalar
    return matrix and node.args[1].kind == "number" and node.args[1].number >= 2


def with_authors_squares(matrix: Node, typed: list[Node]) -> Node:
    """X*X reads X^2 where a power of X stands in the expressions, as the author typed it."""
    squares = squares_in(typed)
    return with_squares(matrix, squares) if squares else matrix


def with_squares(node: Node, squares: Iterable[Node]) -> Node:
    """The expression with the two equal halves of each of the squares read as it, outside functions."""
    if node.kind not in ("sum", "product", "quotient", "transpose"):
        return node
    args = tuple([with_squares(a, squares) for a in node.args])
    if node.kind != "product":
        return node if args == node.args else rebuilt(node, args)
    for square in squares:
        base = parts(square.args[0])
        if base.coef == 1 and not base.scalars:
            args = _read(args, base.chain, square)
            args = _read(args, tuple([flip(c) for c in reversed(base.chain)]), transposed(square))
    return node if args == node.args else multiply(*args)


def _read(factors: tuple[Node, ...], half: tuple[Node, ...], square: Node) -> tuple[Node, ...]:
    for k in range(len(factors) - 2 * len(half) + 1):
        end = k + 2 * len(half)
        if factors[k:end] == half + half:
            return (*factors[:k], square, *_read(factors[end:], half, square))
    return factors
