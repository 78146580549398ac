"""The matrix M with vec(L) = M vec(dX) for an expression L that is linear in dX.

Each map around dX has one law; composing the laws gives the Jacobian in normal form.
"""

from __future__ import annotations

from gen.language.dimension import ONE, Dim
from gen.language.filled import ones
from gen.language.node import Node, call, constant, multiply, number, power, quotient
from gen.language.product_form import times
from gen.language.product_parts import scale_and_body
from gen.language.reduction_form import diagonal, trace
from gen.language.sum_form import plus
from gen.language.transposition import flip


class NotLinearError(Exception):
    """The expression has no linear map in the language."""


def linear_map(node: Node, step: Node) -> Node:
    """M in normal form; raises NotLinearError where a map has no matrix in the language."""
    if node == step:
        return _eye(step.rows * step.cols)
    if step.name not in node.names:
        raise NotLinearError
    if node.kind == "sum":
        return plus(*(linear_map(a, step) for a in node.args if step.name in a.names))
    if node.kind == "product":
        return _product(node, step)
    if node.kind == "quotient":
        return _quotient(node, step)
    if node.kind == "hadamard":
        live = [a for a in node.args if step.name in a.names]
        if len(live) != 1:
            raise NotLinearError
        dead = [a for a in node.args if a is not live[0]]
        weights = dead[0] if len(dead) == 1 else Node("hadamard", node.rows, node.cols, args=tuple(dead))
        return times(diagonal(stacked(weights)), linear_map(live[0], step))
    if node.kind == "transpose":
        inner = node.args[0]
        if inner.rows.is_one or inner.cols.is_one:
            return linear_map(inner, step)
        return times(constant("comm", inner.rows, inner.cols), linear_map(inner, step))
    if node.kind == "call":
        return _call(node, step)
    raise NotLinearError


def stacked(node: Node) -> Node:
    """vec in normal form: a column is its own vec, a row its transpose."""
    if node.cols.is_one:
        return node
    if node.rows.is_one:
        return flip(node)
    if node.kind == "constant" and node.name in ("ones", "zeros"):
        return constant(node.name, node.rows * node.cols)
    scale, body = scale_and_body(node)
    stack = call("vec", node.rows * node.cols, ONE, body)
    return times(*scale, stack) if scale else stack


def kron(left: Node, right: Node) -> Node:
    """A ⊗ B in normal form: with a scalar it is a product, of identities the identity."""
    if left.is_scalar or right.is_scalar:
        return times(left, right)
    if all(n.kind == "constant" and n.name == "eye" for n in (left, right)):
        return _eye(left.rows * right.rows)
    (first, left), (second, right) = scale_and_body(left), scale_and_body(right)
    product = call("kron", left.rows * right.rows, left.cols * right.cols, left, right)
    return times(*first, *second, product) if first or second else product


def _eye(n: Dim) -> Node:
    return number(1) if n.is_one else constant("eye", n)


def _product(node: Node, step: Node) -> Node:
    scalars = [a for a in node.args if a.is_scalar]
    chain = [a for a in node.args if not a.is_scalar]
    live = [a for a in scalars if step.name in a.names]
    if live:
        if len(live) > 1 or any(step.name in a.names for a in chain):
            raise NotLinearError
        others = [a for a in scalars if a is not live[0]]
        front = [stacked(multiply(*chain))] if chain else []
        return times(*others, *front, linear_map(live[0], step))
    places = [k for k, a in enumerate(chain) if step.name in a.names]
    if len(places) != 1:
        raise NotLinearError
    k = places[0]
    left, middle, right = chain[:k], chain[k], chain[k + 1 :]
    front_map = times(*left) if left else _eye(middle.rows)
    back_map = flip(times(*right)) if right else _eye(middle.cols)
    return times(*scalars, kron(back_map, front_map), linear_map(middle, step))


def _quotient(node: Node, step: Node) -> Node:
    top, below = node.args
    if step.name in below.names:
        raise NotLinearError
    if below.is_scalar:
        return times(
            power(below, number(-1)) if below.kind != "number" else quotient(number(1), below),
            linear_map(top, step),
        )
    over = quotient(ones(node.rows, node.cols), below, elementwise=True)
    inner = linear_map(top, step)
    if top.is_scalar:
        return times(stacked(over), inner)
    return times(diagonal(stacked(over)), inner)


def _call(node: Node, step: Node) -> Node:
    live = [a for a in node.args if step.name in a.names]
    if len(live) != 1:
        raise NotLinearError
    arg = live[0]
    inner = linear_map(arg, step) if node.name not in ("tr", "kron") else None
    if node.name == "vec":
        assert inner is not None
        return inner
    if node.name == "sum" and inner is not None:
        return times(flip(ones(arg.rows * arg.cols, ONE)), inner)
    if node.name == "diag" and inner is not None:
        select = constant("seldiag", arg.rows)
        return times(flip(select) if arg.cols.is_one else select, inner)
    if node.name == "rowsum" and inner is not None:
        return times(kron(flip(ones(arg.cols, ONE)), _eye(arg.rows)), inner)
    if node.name == "colsum" and inner is not None:
        return times(kron(_eye(arg.cols), flip(ones(arg.rows, ONE))), inner)
    if node.name == "tr":
        return _trace(arg, step)
    if node.name == "kron":
        return _kron(node, step)
    raise NotLinearError


def _trace(arg: Node, step: Node) -> Node:
    if arg.kind == "sum":
        return plus(*(_trace(a, step) for a in arg.args if step.name in a.names))
    if arg.kind == "product":
        scalars = [a for a in arg.args if a.is_scalar]
        chain = [a for a in arg.args if not a.is_scalar]
        live = [a for a in scalars if step.name in a.names]
        if live:
            inner = multiply(*[a for a in scalars if a is not live[0]], trace(times(*chain)))
            return linear_map(multiply(inner, live[0]), step)
        places = [k for k, a in enumerate(chain) if step.name in a.names]
        if len(places) == 1 and len(chain) > 1:
            k = places[0]
            weights = flip(times(*chain[k + 1 :], *chain[:k]))
            return times(*scalars, flip(stacked(weights)), linear_map(chain[k], step))
    if arg.rows.is_one:
        return linear_map(arg, step)
    return times(flip(stacked(constant("eye", arg.rows))), linear_map(arg, step))


def _kron(node: Node, step: Node) -> Node:
    a, b = node.args
    m, n, p, q = a.rows, a.cols, b.rows, b.cols
    shuffle = kron(kron(_eye(n), constant("comm", q, m)) if (m, q) != (ONE, ONE) else _eye(n), _eye(p))
    if step.name in b.names:
        return times(shuffle, kron(stacked(a), _eye(p * q)), linear_map(b, step))
    return times(shuffle, kron(_eye(m * n), stacked(b)), linear_map(a, step))
