"""What the parts of a derivation are called on the page: value, variable, loss, partial."""

from __future__ import annotations

from gen.derivation.result import Derivation
from gen.document.words import Sentence, Words, Written
from gen.document.written import (
    applied,
    entry,
    equation,
    expression,
    increment,
    name,
    partial,
    scalar,
    second_partial,
    transposed,
)
from gen.language.node import Node


def loss_name(derivation: Derivation) -> str:
    """The name of the loss whose gradient is taken: one that nothing else has."""
    taken = {derivation.value.name, *(symbol.name for symbol in derivation.problem.symbols)}
    if derivation.upstream is not None:
        taken.add(derivation.upstream.name)
    return next((name for name in ("L", "J", "E") if name not in taken), "L_0")


def second(derivation: Derivation) -> bool:
    """Is it a second derivative?"""
    return derivation.problem.order == 2 or derivation.problem.kind in ("hessian", "hessian4", "vechess")


def axes(node: Node) -> int:
    """How many dimensions of `node` are not 1."""
    return sum(not dim.is_one for dim in (node.rows, node.cols))


def partial_of(d: Derivation) -> Written:
    """∂F_ik/∂W_qr with the indices of this derivation; ∂²f/∂x_i∂x_q for second derivatives."""
    of, by, free = d.value, d.problem.wrt, d.free
    if d.upstream is not None:
        return partial(scalar(loss_name(d)), entry(by, free))
    if second(d):
        half = len(free) // 2
        return second_partial(name(of), entry(by, free[:half]), entry(by, free[half:]))
    at = axes(of)
    return partial(entry(of, free[:at]), entry(by, free[at:]))


def whole_partial_of(d: Derivation) -> Written:
    """∂F/∂W without indices, of the loss where there is one; ∂²f/∂x∂xᵀ for second derivatives."""
    of = name(d.value) if d.upstream is None else scalar(loss_name(d))
    by = name(d.problem.wrt)
    if second(d):
        return second_partial(of, by, transposed(by) if axes(d.problem.wrt) else by)
    return partial(of, by)


def stacked_partial_of(d: Derivation) -> Written:
    """∂vec(F)/∂vec(W)ᵀ; a structured variable is stacked by its free entries."""
    wrt = d.problem.wrt
    stack = {None: "vec", "diagonal": "diag"}.get(wrt.structure, "vech")
    by = stacked(wrt, stack)
    if second(d):
        return second_partial(name(d.value), by, transposed(by))
    of = stacked(d.value, "vec")
    return partial(transposed(of), by) if d.problem.layout == "denominator" else partial(of, transposed(by))


def stacked(node: Node, function: str) -> Written:
    """vec(F); a vector is stacked already."""
    return name(node) if node.cols.is_one else applied(function, name(node))


def increment_of(d: Derivation) -> Written:
    """dF; for a second derivative the differential of the gradient."""
    if not second(d):
        return increment(d.value)
    gradient = partial(name(d.value), name(d.problem.wrt))
    return lambda n: n.differential(gradient(n), False)


def defined(d: Derivation) -> Sentence:
    """What the value stands for, as the reason of a first line."""
    return (given(d),)


def given(d: Derivation) -> Written:
    """F = WX."""
    return equation(name(d.value), expression(d.problem.expr))


def of_entry(node: Node, words: Words, key: str) -> Sentence:
    """`one entry of W`, or W itself where it is a scalar."""
    return (name(node),) if node.is_scalar else words.sentence(key, name=name(node))
