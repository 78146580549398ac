"""Transposes in normal form: pushed into products, dropped where they change nothing."""

from __future__ import annotations

from weakref import ReferenceType

from gen.language.catalogue import function_named
from gen.language.node import Node, Parts, add, call, constant, hadamard, number, quotient, transposed
from gen.language.product_form import times
from gen.language.product_parts import compose, parts


def flip(node: Node) -> Node:
    """The transpose in normal form: pushed into products, dropped where it changes nothing."""
    if node.is_scalar:
        return node
    if node.kind == "transpose":
        return node.args[0]
    note = node.as_transpose
    if isinstance(note, Node):
        return note
    known = None if note is None else note()
    if known is None:
        known = _flip(node)
        holds = known.kind == "transpose" or known is node
        node.as_transpose = ReferenceType(known) if holds else known
    return known


def _flip(node: Node) -> Node:
    if node.kind == "symbol" and node.structure is None:
        return transposed(node)
    if node.kind == "product":
        whole = parts(node)
        chain = tuple([flip(c) for c in reversed(whole.chain)])
        if node.is_square and chain == whole.chain:
            return node
        return _composed(whole, chain)
    if is_symmetric(node):
        return node
    if node.structure == "skew":
        return times(number(-1), node)
    if node.kind == "symbol":
        return transposed(node)
    if node.kind == "sum":
        turned = add(*[flip(a) for a in node.args])
        return turned if transposes(turned) <= transposes(node) else transposed(node)
    if node.kind == "quotient" and not node.elementwise:
        return quotient(flip(node.args[0]), node.args[1])
    if node.kind == "hadamard":
        return hadamard(*[flip(a) for a in node.args])
    if node.kind == "call" and node.name == "kron":
        return call("kron", node.cols, node.rows, *[flip(a) for a in node.args])
    if node.kind == "constant":
        if node.name == "comm":
            return constant("comm", node.dims[1], node.dims[0])
        if node.name in ("ones", "zeros") and len(node.dims) == 2:
            return constant(node.name, node.dims[1], node.dims[0])
    return transposed(node)


def transposes(node: Node) -> int:
    """How many transposes an expression shows."""
    count = 1 if node.kind == "transpose" else 0
    for a in node.args:
        if a.args:
            count += transposes(a)
    return count


def flip_chain(scalar: Node) -> Node:
    """A 1 × 1 product read backwards: x'*A*y as y'*A'*x."""
    whole = parts(scalar)
    return _composed(whole, tuple([flip(c) for c in reversed(whole.chain)]))


def _composed(whole: Parts, chain: tuple[Node, ...]) -> Node:
    """A product with another chain; the transpose of a skew matrix brings a sign, which goes in front."""
    for c in chain:
        if c.kind == "product":
            return times(compose(whole.coef, whole.scalars, ()), *chain)
    return compose(whole.coef, whole.scalars, chain)


def is_symmetric(node: Node) -> bool:
    """Is it its own transpose, by what the expression is made of?"""
    if node.kind == "symbol":
        return node.structure in ("symmetric", "diagonal")
    if node.kind == "constant":
        return node.name == "eye" or (len(node.dims) == 2 and node.rows == node.cols and node.name != "comm")
    if node.kind == "call":
        if node.name == "diag":
            return not node.cols.is_one
        function = function_named(node.name)
        return (function.elementwise or node.name == "inv") and is_symmetric(node.args[0])
    if node.kind in ("sum", "hadamard"):
        return node.is_square and all(is_symmetric(a) for a in node.args)
    if node.kind == "power":
        return node.is_square and is_symmetric(node.args[0])
    if node.kind == "product":
        whole = parts(node)
        chain = whole.chain
        return node.is_square and len(chain) > 0 and tuple([flip(c) for c in reversed(chain)]) == chain
    return False
