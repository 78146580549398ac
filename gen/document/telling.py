"""How the derivations of each method are told: one record a method."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from gen.derivation.result import Derivation
from gen.document.blocks import Result
from gen.document.naming import (
    axes,
    defined,
    loss_name,
    of_entry,
    partial_tex,
    second,
    value,
    variable,
    whole_partial,
)
from gen.document.tex import Tex, Text, indexed
from gen.document.wording import line_tex, matrix_words, shape_words
from gen.language.latex import latex, shape_tex, symbol_tex
from gen.language.node import Node


@dataclass(frozen=True, slots=True)
class Telling:
    """How the derivations of one method are told.

    `left` is the left side of the first line, `first` the reason of that line.
    """

    method: str
    intro: Callable[[Derivation], Text]
    left: Callable[[Derivation], Tex]
    first: Callable[[Derivation], Text]
    result: Callable[[Derivation, bool], Result | None]
    discussion: Callable[[Derivation, bool], tuple[Text, ...]]


# --- index notation ---------------------------------------------------------------


def _index_intro(d: Derivation) -> Tex:
    twice = " twice" if second(d) else ""
    return Tex(rf"Differentiate {of_entry(d.value)}{twice} by {of_entry(d.problem.wrt)}.")


def _index_result(d: Derivation, implied: bool) -> Result | None:
    found = d.results
    if found.matrix is not None:
        return Result(
            Tex(rf"{whole_partial(d)}={latex(found.matrix.line)}"), matrix_words(found.matrix.shape)
        )
    if found.index is None:
        return None
    right = line_tex(found.index.line, implied)
    return Result(Tex(f"{partial_tex(d)}={right}"), shape_words(found.index.shape, len(d.free)))


def _index_discussion(d: Derivation, implied: bool) -> tuple[Text, ...]:
    if len(d.free) < 3 or d.results.index is None or second(d):
        return ()
    of, by = value(d), variable(d)
    return (
        Tex(
            rf"Nothing has been stacked or contracted here: the result keeps the indices of ${of}$ and "
            rf"those of ${by}$. It is not a matrix; to write it as one is to choose where each entry is put."
        ),
    )


# --- stacked columns --------------------------------------------------------------


def _vec_intro(d: Derivation) -> Tex:
    by = variable(d)
    return Tex(
        rf"Take the differential, stack columns with $\operatorname{{vec}}$, and bring "
        rf"$\operatorname{{vec}}(\mathrm d{by})$ to the right: what stands before it is the derivative."
    )


def _vec_result(d: Derivation, implied: bool) -> Result | None:
    found = d.results.vec
    if d.problem.kind in ("gradient", "jacobian") and d.results.matrix is not None:
        return _index_result(d, implied)
    if found is None:
        return None
    if second(d):
        by = _stacked(d.problem.wrt)
        left = rf"\frac{{\partial^2 {value(d)}}}{{\partial {by}\,\partial {by}^{{\mathsf T}}}}"
        return Result(Tex(f"{left}={latex(found.line)}"), matrix_words(found.shape))
    of, by = _stacked(d.value), _stacked(d.problem.wrt)
    above, below = (
        (rf"{of}^{{\mathsf T}}", by) if d.problem.layout == "denominator" else (of, rf"{by}^{{\mathsf T}}")
    )
    left = rf"\frac{{\partial {above}}}{{\partial {below}}}"
    return Result(Tex(f"{left}={latex(found.line)}"), matrix_words(found.shape))


def _increment(d: Derivation) -> str:
    """dF; for a second derivative the differential of the gradient."""
    return rf"\mathrm d{_gradient(d)}" if second(d) else rf"\mathrm d{value(d)}"


def _gradient(d: Derivation) -> str:
    """The gradient, from which a second derivative starts."""
    return rf"\frac{{\partial {value(d)}}}{{\partial {variable(d)}}}"


def _started(d: Derivation) -> Text:
    """The reason of the first line of a differential."""
    return "the gradient, derived before" if second(d) else defined(d)


def _stacked(node: Node) -> str:
    name = symbol_tex(node.name)
    return name if node.cols.is_one else rf"\operatorname{{vec}}({name})"


def _vec_discussion(d: Derivation, implied: bool) -> tuple[Text, ...]:
    if axes(d.value) < 2 or axes(d.problem.wrt) < 2:
        return ()
    return (
        Tex(
            rf"One row of this matrix belongs to one entry of ${value(d)}$, one column to one entry of "
            rf"${variable(d)}$, both counted down the columns."
        ),
    )


# --- differentials ----------------------------------------------------------------


def _differential_intro(d: Derivation) -> Tex:
    what = "the gradient" if second(d) else f"${value(d)}$"
    by = variable(d)
    return Tex(
        rf"Take the differential of {what}, gather $\mathrm d{by}$, and read the derivative off before it."
    )


def _differential_result(d: Derivation, implied: bool) -> Result | None:
    if d.problem.kind != "differential" or d.results.matrix is None:
        return _index_result(d, implied)
    found = d.results.matrix
    return Result(Tex(rf"\mathrm d{value(d)}={latex(found.line)}"), matrix_words(found.shape))


# --- entry by entry ---------------------------------------------------------------


def _components_intro(d: Derivation) -> Tex:
    sizes = ", ".join(f"${symbol_tex(name)}={size}$" for name, size in d.sizes)
    return Tex(
        rf"Take {sizes}, write every entry of ${value(d)}$ out, and differentiate each by every entry of "
        rf"${variable(d)}$."
    )


def _components_discussion(d: Derivation, implied: bool) -> tuple[Text, ...]:
    if len(d.free) < 4:
        return ()
    return (
        Tex(
            rf"This is a matrix whose elements are matrices: the block in row $i$, column $k$ is "
            rf"$\partial {indexed(value(d), 'ik')}/\partial {variable(d)}$, of the shape of ${variable(d)}$."
        ),
    )


# --- a loss on top ----------------------------------------------------------------


def _backprop_intro(d: Derivation) -> Tex:
    if d.upstream is None:
        return _index_intro(d)
    loss, of, by = loss_name(d), value(d), variable(d)
    return Tex(
        rf"Let a scalar loss ${loss}$ depend on ${by}$ through ${of}$, and let "
        rf"${symbol_tex(d.upstream.name)}=\partial {loss}/\partial {of}$, which has the shape of ${of}$."
    )


def _backprop_first(d: Derivation) -> Text:
    if d.upstream is None:
        return defined(d)
    every = "" if d.value.is_scalar else "every entry of "
    return Tex(rf"chain rule: ${loss_name(d)}$ depends on ${variable(d)}$ through {every}${value(d)}$")


def _backprop_result(d: Derivation, implied: bool) -> Result | None:
    if d.upstream is None:
        return _index_result(d, implied)
    left = rf"\frac{{\partial {loss_name(d)}}}{{\partial {variable(d)}}}"
    found = d.results.matrix
    if found is not None:
        return Result(
            Tex(f"{left}={latex(found.line)}"), Tex(rf"the shape of ${variable(d)}$: ${_shape_of(d)}$")
        )
    if d.results.index is None:
        return None
    return Result(
        Tex(f"{partial_tex(d)}={line_tex(d.results.index.line, implied)}"),
        shape_words(d.results.index.shape, len(d.free)),
    )


def _shape_of(d: Derivation) -> str:
    wrt = d.problem.wrt
    return shape_tex(tuple(dim for dim in (wrt.rows, wrt.cols) if not dim.is_one))


def _backprop_discussion(d: Derivation, implied: bool) -> tuple[Text, ...]:
    if d.upstream is None or d.results.matrix is None:
        return ()
    return (
        Tex(
            rf"The indices of ${value(d)}$ are gone, because they were summed against "
            rf"${symbol_tex(d.upstream.name)}$; what is left has those of ${variable(d)}$, and its shape."
        ),
    )


TELLINGS: tuple[Telling, ...] = (
    Telling("index", _index_intro, partial_tex, defined, _index_result, _index_discussion),
    Telling(
        "vec",
        _vec_intro,
        lambda d: Tex(rf"\operatorname{{vec}}({_increment(d)})"),
        _started,
        _vec_result,
        _vec_discussion,
    ),
    Telling(
        "differential",
        _differential_intro,
        lambda d: Tex(_increment(d)),
        _started,
        _differential_result,
        lambda d, implied: (),
    ),
    Telling(
        "components",
        _components_intro,
        lambda d: Tex(value(d)),
        lambda d: "",
        lambda d, implied: None,
        _components_discussion,
    ),
    Telling(
        "backprop", _backprop_intro, partial_tex, _backprop_first, _backprop_result, _backprop_discussion
    ),
)
