"""From the derivations of one question to the problem that a document shows."""

from __future__ import annotations

from gen.derivation.result import Derivation
from gen.document.blocks import Part, ProblemBlock, Space, Symbol
from gen.document.lines import derivation_block
from gen.document.reconcile import fitting, picture_of
from gen.document.tex import Tex, Text
from gen.language.latex import latex, shape_tex, symbol_tex
from gen.language.node import Node

_STRUCTURES = {
    "symmetric": "symmetric",
    "skew": "skew-symmetric",
    "diagonal": "diagonal",
    "lower": "lower triangular",
}


def problem_block(
    number: int,
    derivations: tuple[Derivation, ...],
    *,
    prompt: Text = "",
    marks: int | None = None,
    space: Space | None = None,
    einstein: bool = True,
) -> ProblemBlock:
    """The problem that `derivations`, all of one question, answer.

    The parts stand in the order of the derivations; the picture follows the first of
    components and vec that is not followed by the other, and how they fit comes last.
    """
    first = derivations[0]
    value, variable = symbol_tex(first.value.name), symbol_tex(first.problem.wrt.name)
    fits = fitting(derivations, einstein)
    return ProblemBlock(
        number=number,
        title=Tex(rf"The derivative of ${value}={latex(first.problem.expr)}$ with respect to ${variable}$"),
        prompt=prompt
        or Tex(rf"Derive $\partial {value}/\partial {variable}$, and give the shape of the result."),
        parts=(*_parts(derivations, einstein), *((fits,) if fits else ())),
        marks=marks,
        space=space or Space(),
        symbols=symbols_of(first),
        name=f"{first.problem.source} by {first.problem.wrt.name}",
    )


def symbols_of(first: Derivation) -> tuple[Symbol, ...]:
    """Every symbol of the question with its shape, then the value."""
    variable = first.problem.wrt
    rows = [
        Symbol(Tex(symbol_tex(node.name)), _shape(node), _role(node, node == variable))
        for node in first.problem.symbols
    ]
    if first.value.name not in {node.name for node in first.problem.symbols}:
        value = Tex(rf"${symbol_tex(first.value.name)}={latex(first.problem.expr)}$")
        rows.append(Symbol(Tex(symbol_tex(first.value.name)), _shape(first.value), value))
    return tuple(rows)


def conventions(einstein: bool, layout: str = "numerator", symmetric: str = "free") -> tuple[Text, ...]:
    """The conventions of DESIGN section 4 that a sheet states, one sentence each."""
    sums = (
        r"An index that stands twice in a product is summed, unless it is free on the left side or a "
        r"$\sum$ is written"
        if einstein
        else r"Sums are written with $\sum$"
    )
    jacobian = (
        r"A vector by a vector: numerator layout, entry $(i,q)$ is $\partial y_i/\partial x_q$ "
        r"(denominator layout is its transpose)."
        if layout == "numerator"
        else r"A vector by a vector: denominator layout, entry $(q,i)$ is $\partial y_i/\partial x_q$ "
        r"(numerator layout is its transpose)."
    )
    stacked = (
        r"\partial\operatorname{vec}(F)/\partial\operatorname{vec}(W)^{\mathsf T}"
        if layout == "numerator"
        else r"\partial\operatorname{vec}(F)^{\mathsf T}/\partial\operatorname{vec}(W)"
    )
    return (
        Tex(rf"{sums}; $\delta_{{iq}}$ is 1 if $i=q$ and 0 otherwise."),
        Tex(r"The gradient of a scalar by a matrix has the shape of that matrix."),
        Tex(jacobian),
        Tex(
            rf"A matrix by a matrix: the tensor $\partial F_{{ik}}/\partial W_{{qr}}$, and its flattened "
            rf"form ${stacked}$ with columns stacked."
        ),
    )


def _parts(derivations: tuple[Derivation, ...], einstein: bool) -> tuple[Part, ...]:
    out: list[Part] = []
    picture = picture_of(derivations)
    last = max((n for n, d in enumerate(derivations) if d.method in ("vec", "components")), default=None)
    for n, derivation in enumerate(derivations):
        out.append(derivation_block(derivation, einstein))
        if n == last and picture is not None:
            out.append(picture)
    return tuple(out)


def _shape(node: Node) -> Tex:
    if node.is_scalar:
        return Tex("")
    return Tex(shape_tex((node.rows,) if node.cols.is_one else (node.rows, node.cols)))


def _role(node: Node, variable: bool) -> Text:
    said = ["the variable"] if variable else []
    if node.structure is not None:
        said.append(_STRUCTURES[node.structure])
    return ", ".join(said)
