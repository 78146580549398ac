"""What a derivation ends in, and how it was checked, in a document's words."""

from __future__ import annotations

from math import floor, log10

from gen.derivation.result import Derivation
from gen.derivation.vec_rules import vec
from gen.document.blocks import Result
from gen.document.tex import Tex, Text, joined
from gen.language.index import one
from gen.language.latex import latex, shape_tex, symbol_tex
from gen.language.node import transposed
from gen.project.lines import can_be_implied, frame_of, loss_name, partial_tex

COUNTS = ("no", "one", "two", "three", "four")


def result_of(derivation: Derivation, *, einstein: bool) -> Result | None:
    """The boxed answer with its shape in words; None where the last line is all there is to say."""
    found = derivation.results
    if derivation.method == "components":
        return None
    if derivation.method == "vec":
        return _stacked(derivation) if found.vec is not None else None
    if found.matrix is not None:
        return _matrix(derivation)
    if found.index is None:
        return None
    shape = shape_tex(found.index.shape)
    free = len(found.index.free or ())
    count = COUNTS[free] if free < len(COUNTS) else str(free)
    what = rf"{count} free {'index' if free == 1 else 'indices'}: a tensor of shape ${shape}$"
    left = partial_tex(frame_of(derivation))
    if derivation.upstream is not None:
        left = Tex(_over(_top(derivation), latex(one(frame_of(derivation).by))))
    right = latex(found.index.line, einstein=einstein and can_be_implied(derivation))
    return Result(Tex(f"{left} = {right}"), _words(what if free else "a scalar", derivation))


def checked(derivation: Derivation) -> Text:
    """How the derivation was held against numbers."""
    if derivation.check is None:
        return "Not checked by numbers."
    error = _power(derivation.check.max_error)
    if derivation.method == "components":
        return Tex(rf"Checked by numbers, entry by entry; the largest error is ${error}$.")
    names = ",".join(symbol_tex(name) for name, _ in derivation.sizes)
    sizes = ",".join(str(size) for _, size in derivation.sizes)
    where = f" with $({names})=({sizes})$" if derivation.sizes else ""
    return Tex(
        rf"Checked at {derivation.check.points} random points{where}: every line against the one before it, the "
        rf"result against a {derivation.against} derivative; the largest error is ${error}$."
    )


def _stacked(derivation: Derivation) -> Result:
    """The Jacobian of the vec method."""
    above, below = vec(derivation.value), vec(derivation.problem.wrt)
    if derivation.problem.layout == "denominator":
        above = transposed(above)
    elif not below.is_scalar:
        below = transposed(below)
    found = derivation.results.vec
    assert found is not None
    tex = Tex(f"{_over(latex(above), latex(below))} = {latex(found.line)}")
    return Result(tex, _words(rf"a matrix of shape ${shape_tex(found.shape)}$", derivation))


def _matrix(derivation: Derivation) -> Result:
    """A gradient or a Jacobian."""
    found, variable = derivation.results.matrix, latex(derivation.problem.wrt)
    assert found is not None
    is_gradient = derivation.value.is_scalar or derivation.upstream is not None
    shape = f"${shape_tex(found.shape)}$" if found.shape else "a scalar"
    words = rf"the shape of ${variable}$: {shape}" if is_gradient and found.shape else f"shape {shape}"
    tex = Tex(f"{_over(_top(derivation), variable)} = {latex(found.line)}")
    return Result(tex, _words(words if found.shape else "a scalar", derivation))


def _top(derivation: Derivation) -> str:
    """What is differentiated: the value, or the loss above it."""
    if derivation.upstream is None:
        return latex(derivation.value)
    return loss_name(derivation.problem, derivation.value)


def _over(above: str, below: str) -> str:
    return rf"\frac{{\partial {above}}}{{\partial {below}}}"


def _words(words: str, derivation: Derivation) -> Text:
    return joined([Tex(words), *derivation.notes], "; ")


def _power(error: float) -> str:
    if error <= 0:
        return "0"
    exponent = floor(log10(error))
    digits = round(error / 10.0**exponent)
    return rf"{digits}\cdot 10^{{{exponent}}}" if digits < 10 else f"10^{{{exponent + 1}}}"
