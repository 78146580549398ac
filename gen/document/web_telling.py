"""How the derivations of each method are told on a page: one record a method."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from gen.derivation.result import Derivation
from gen.document.formula import (
    Formula,
    Phrase,
    Written,
    applied,
    both,
    entry,
    equation,
    formula,
    increment,
    named,
    partial,
    second_partial,
    shape,
    slanted,
    transposed,
)
from gen.document.naming import axes, loss_name, second
from gen.language.node import Node


@dataclass(frozen=True, slots=True)
class WebTelling:
    """`left` is the left side of the first line, `first` the reason of that line."""

    method: str
    intro: Callable[[Derivation], Phrase]
    left: Callable[[Derivation], Formula]
    first: Callable[[Derivation], Phrase]
    discussion: Callable[[Derivation], Phrase]


# --- left sides -------------------------------------------------------------------


def partial_of(d: Derivation) -> Formula:
    """∂F_ik/∂W_qr with the indices of this derivation; ∂²f/∂x_i∂x_q for second derivatives."""
    of, by, free = d.value.name, d.problem.wrt.name, d.free
    if d.upstream is not None:
        return partial(entry(loss_name(d), ()), entry(by, free))
    if second(d):
        half = len(free) // 2
        return second_partial(entry(of, ()), entry(by, free[:half]), entry(by, free[half:]))
    at = axes(d.value)
    return partial(entry(of, free[:at]), entry(by, free[at:]))


def whole_partial_of(d: Derivation) -> Formula:
    """∂F/∂W without indices, of the loss where there is one; ∂²f/∂x∂xᵀ for second derivatives."""
    of = entry(loss_name(d) if d.upstream is not None else d.value.name, ())
    by = entry(d.problem.wrt.name, ())
    if second(d):
        return second_partial(of, by, transposed(by) if axes(d.problem.wrt) else by)
    return partial(of, by)


def stacked_partial_of(d: Derivation) -> Formula:
    """∂vec(F)/∂vec(W)ᵀ; a structured variable is stacked by its free entries."""
    wrt = d.problem.wrt
    stack = {None: "vec", "diagonal": "diag"}.get(wrt.structure, "vech")
    by = _stacked(wrt, stack)
    if second(d):
        return second_partial(entry(d.value.name, ()), by, transposed(by))
    of = _stacked(d.value, "vec")
    return partial(transposed(of), by) if d.problem.layout == "denominator" else partial(of, transposed(by))


def _stacked(node: Node, function: str) -> Written:
    plain = entry(node.name, ())
    if node.cols.is_one:
        return plain
    return applied(function, plain)


def _increment(d: Derivation) -> Written:
    """dF; for a second derivative the differential of the gradient."""
    if second(d):
        of, by = entry(d.value.name, ()), entry(d.problem.wrt.name, ())
        return lambda n: n.differential(n.partial(of(n), by(n), True), False)
    return increment(d.value.name)


# --- sentences --------------------------------------------------------------------


def _of_entry(node: Node) -> Phrase:
    return (named(node.name),) if node.is_scalar else ("one entry of ", named(node.name))


def _defined(d: Derivation) -> Phrase:
    return (equation(named(d.value.name), formula(d.problem.expr)),)


def _index_intro(d: Derivation) -> Phrase:
    twice = " twice" if second(d) else ""
    return ("Differentiate ", *_of_entry(d.value), f"{twice} by ", *_of_entry(d.problem.wrt), ".")


def _index_discussion(d: Derivation) -> Phrase:
    if len(d.free) < 3 or d.results.index is None or second(d):
        return ()
    return (
        "Nothing has been stacked or contracted here: the result keeps the indices of ",
        named(d.value.name),
        " and those of ",
        named(d.problem.wrt.name),
        ". It is not a matrix; to write it as one is to choose where each entry is put.",
    )


def _vec_intro(d: Derivation) -> Phrase:
    step = both(applied("vec", increment(d.problem.wrt.name)))
    return (
        "Take the differential, stack columns with vec, and bring ",
        step,
        " to the right: what stands before it is the derivative.",
    )


def _started(d: Derivation) -> Phrase:
    return ("the gradient, derived before",) if second(d) else _defined(d)


def _vec_discussion(d: Derivation) -> Phrase:
    if axes(d.value) < 2 or axes(d.problem.wrt) < 2 or second(d):
        return ()
    return (
        "One row of this matrix belongs to one entry of ",
        named(d.value.name),
        ", one column to one entry of ",
        named(d.problem.wrt.name),
        ", both counted down the columns.",
    )


def _differential_intro(d: Derivation) -> Phrase:
    what: Phrase = ("the gradient",) if second(d) else (named(d.value.name),)
    step = both(increment(d.problem.wrt.name))
    return ("Take the differential of ", *what, ", gather ", step, ", and read the derivative off before it.")


def _components_intro(d: Derivation) -> Phrase:
    return (
        "Put small numbers in for the dimensions, write every entry of ",
        named(d.value.name),
        " out, and differentiate each by every entry of ",
        named(d.problem.wrt.name),
        ".",
    )


def _components_discussion(d: Derivation) -> Phrase:
    if len(d.free) < 4:
        return ()
    return (
        "This is a matrix whose elements are matrices: the block in row i, column k is ",
        slanted(entry(d.value.name, d.free[:2]), entry(d.problem.wrt.name, ())),
        ", of the shape of ",
        named(d.problem.wrt.name),
        ".",
    )


def _backprop_intro(d: Derivation) -> Phrase:
    if d.upstream is None:
        return _index_intro(d)
    loss, of = loss_name(d), d.value.name
    return (
        "Let a scalar loss ",
        named(loss),
        " depend on ",
        named(d.problem.wrt.name),
        " through ",
        named(of),
        ", and let ",
        named(d.upstream.name),
        " be ",
        slanted(entry(loss, ()), entry(of, ())),
        ", which has the shape of ",
        named(of),
        ".",
    )


def _backprop_first(d: Derivation) -> Phrase:
    if d.upstream is None:
        return _defined(d)
    every = "" if d.value.is_scalar else "every entry of "
    loss, by = named(loss_name(d)), named(d.problem.wrt.name)
    return ("chain rule: ", loss, " depends on ", by, f" through {every}", named(d.value.name))


def _backprop_discussion(d: Derivation) -> Phrase:
    if d.upstream is None or d.results.matrix is None or d.value.is_scalar:
        return ()
    return (
        "The indices of ",
        named(d.value.name),
        " are gone, because they were summed against ",
        named(d.upstream.name),
        "; what is left has the shape of ",
        named(d.problem.wrt.name),
        ", which is ",
        shape(tuple(x for x in (d.problem.wrt.rows, d.problem.wrt.cols) if not x.is_one)),
        ".",
    )


WEB_TELLINGS: tuple[WebTelling, ...] = (
    WebTelling("index", _index_intro, partial_of, _defined, _index_discussion),
    WebTelling("vec", _vec_intro, lambda d: both(applied("vec", _increment(d))), _started, _vec_discussion),
    WebTelling("differential", _differential_intro, lambda d: both(_increment(d)), _started, lambda d: ()),
    WebTelling(
        "components",
        _components_intro,
        lambda d: named(d.value.name),
        lambda d: ("the question",),
        _components_discussion,
    ),
    WebTelling("backprop", _backprop_intro, partial_of, _backprop_first, _backprop_discussion),
)
