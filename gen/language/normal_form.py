"""A whole expression brought to normal form, bottom up."""

from __future__ import annotations

from collections.abc import Collection
from operator import is_

from gen.language.node import Node, number, power
from gen.language.product_form import times
from gen.language.reduction_form import diagonal, had, trace
from gen.language.sum_form import plus
from gen.language.transposition import flip


def normal_form(node: Node, known: Collection[int] = ()) -> Node:
    """The same matrix through the normal-form constructors; symbols and unknown calls stay.

    `known` are the ids of nodes that are in normal form already.
    """
    if not node.args or id(node) in known:
        return node
    args = tuple([normal_form(a, known) for a in node.args])
    if node.kind == "sum":
        return plus(*args)
    if node.kind == "product":
        return times(*args)
    if node.kind == "hadamard":
        return had(*args)
    if node.kind == "transpose":
        return flip(args[0])
    if node.kind == "quotient" and args[1].is_scalar and not node.elementwise:
        return times(args[0], power(args[1], number(-1)))
    if node.kind == "call" and node.name == "tr":
        return trace(args[0])
    if node.kind == "call" and node.name == "diag":
        return diagonal(args[0])
    return rebuilt(node, args)


def without_identities(node: Node) -> Node:
    """The expression with the identities left out that stand beside other matrices of a product."""
    if not node.args:
        return node
    args = tuple([without_identities(a) if a.args else a for a in node.args])
    if node.kind == "product":
        kept = [a for a in args if a.kind != "constant" or a.name != "eye"]
        if len(kept) < len(args) and not all(a.is_scalar for a in kept):
            return times(*kept)
    return node if all(map(is_, args, node.args)) else rebuilt(node, args)


def replaced(node: Node, old: Node, new: Node) -> Node:
    """The expression as it stands with another symbol in the place of one."""
    if node == old:
        return new
    if old.name not in node.names:
        return node
    return rebuilt(node, tuple(replaced(a, old, new) for a in node.args))


def rebuilt(node: Node, args: tuple[Node, ...]) -> Node:
    """The same operation on other operands of the same shapes."""
    return Node(
        node.kind,
        node.rows,
        node.cols,
        args=args,
        name=node.name,
        number=node.number,
        dims=node.dims,
        elementwise=node.elementwise,
        structure=node.structure,
        domain=node.domain,
    )
