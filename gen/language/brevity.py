"""The shorter of two equal ways to write a result: terms grouped, transposes outside a chain."""

from __future__ import annotations

from operator import is_

from gen.language.grouping import FEWEST, grouped
from gen.language.node import Node, add, call, multiply, quotient, transposed
from gen.language.product_parts import compose, parts
from gen.language.token_count import tokens
from gen.language.transposition import flip, transposes

BRACKET = 2  # turning a chain adds a transpose and a bracket


def brief(node: Node) -> Node:
    """The same matrix with fewer tokens: terms that share factors as one, a whole chain or ⊗ turned."""
    if not node.args:
        return node
    if node.kind == "sum":
        few = len(node.args) < FEWEST or node.is_scalar
        terms = tuple([brief(a) for a in (node.args if few else grouped(node.args))])
        return node if len(terms) == len(node.args) and all(map(is_, terms, node.args)) else add(*terms)
    if node.kind == "quotient" and not node.elementwise:
        top = brief(node.args[0])
        return node if top is node.args[0] else quotient(top, node.args[1])
    if node.kind == "call" and node.name == "kron":
        turned = transposed(call("kron", node.cols, node.rows, *[flip(a) for a in node.args]))
        return turned if tokens(turned) < tokens(node) else node
    if node.kind != "product" or node.is_scalar or _is_plain(node.args):
        return node
    whole = parts(node)
    chain = tuple([brief(c) if c.args else c for c in whole.chain])
    plain = _with_chain(node, whole.chain, chain)
    if len(chain) < 2 or whole.chain[0].cols.is_one or transposes(plain) <= BRACKET:
        return plain
    scale = compose(whole.coef, whole.scalars, ())
    if scale.kind == "quotient":
        return plain
    other = transposed(multiply(*[flip(c) for c in reversed(chain)]))
    short = other if scale.kind == "number" and scale.number == 1 else multiply(scale, other)
    # A'*B' is what textbooks print: one sign less does not pay for a bracket.
    return short if tokens(short) < tokens(plain) - 1 else plain


def _is_plain(factors: tuple[Node, ...]) -> bool:
    """Are all of them leaves, of which too few are turned for a bracket to pay?"""
    turned = 0
    for factor in factors:
        if factor.args:
            if factor.kind != "transpose" or factor.args[0].args:
                return False
            turned += 1
    return turned <= BRACKET


def _with_chain(node: Node, old: tuple[Node, ...], new: tuple[Node, ...]) -> Node:
    if old == new:
        return node
    swap = dict(zip(old, new, strict=True))
    return multiply(*[swap.get(a, a) for a in node.args])


def with_transposes_inside(node: Node) -> Node:
    """(X'*A') ⊗ I for (A*X ⊗ I)' in a sum or product, where that is no more than one sign longer."""
    if node.kind == "transpose":
        turned = node.args[0]
        if turned.kind != "call" or turned.name != "kron":
            return node
        product = call("kron", node.rows, node.cols, *[flip(a) for a in turned.args])
        return product if tokens(product) <= tokens(node) + 1 else node
    if node.kind not in ("sum", "product", "quotient") or node.elementwise:
        return node
    args = [with_transposes_inside(a) for a in node.args]
    if all(map(is_, args, node.args)):
        return node
    if node.kind == "quotient":
        return quotient(*args)
    return add(*args) if node.kind == "sum" else multiply(*args)
