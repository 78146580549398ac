"""The conventions a sheet uses, as sentences: which one, and what the other would be where books disagree."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from gen.derivation.result import Derivation
from gen.document.tex import Tex, Text
from gen.project.lines import can_be_implied, frame_of
from gen.project.sheet import Notation


def conventions(derived: Sequence[tuple[Derivation, ...]], notation: Notation) -> tuple[Text, ...]:
    """The sentences that the problems of a sheet need."""
    every = [derivation for found in derived for derivation in found]
    return tuple(_sentences(every, notation))


def _sentences(every: list[Derivation], notation: Notation) -> Iterable[Tex]:
    kinds = {derivation.problem.kind for derivation in every}
    methods = {derivation.method for derivation in every}
    yield Tex(f"{_indices(every)} {_sums(every, notation)}".strip())
    if kinds & {"tensor3", "tensor3m", "tensor4"}:
        yield Tex(
            r"A matrix by a matrix: the tensor with the entries $\partial F_{ik}/\partial X_{qr}$; "
            r"nothing is flattened unless the text says so."
        )
    if "vec" in methods:
        other = "the transpose of that"
        if notation.layout == "denominator":
            yield Tex(
                r"$\operatorname{vec}$ stacks columns. Denominator layout: a Jacobian has one row for each entry of the "
                rf"variable; numerator layout would be {other}."
            )
        else:
            yield Tex(
                r"$\operatorname{vec}$ stacks columns. Numerator layout: a Jacobian has one row for each entry of the "
                rf"function; denominator layout would be {other}."
            )
    if "gradient" in kinds or "backprop" in methods:
        yield Tex("The gradient of a scalar by a matrix has the shape of the matrix.")
    if any(derivation.problem.wrt.structure == "symmetric" for derivation in every):
        yield Tex(
            "Symmetric variables: partial derivatives by the free entries, so that the entries $(q,r)$ and $(r,q)$ move "
            "together. The other convention takes the symmetric part of the unconstrained gradient: off the diagonal "
            "it is half as large."
        )


def _indices(every: list[Derivation]) -> str:
    """The names of the free indices, where all problems use the same."""
    frames = [frame_of(derivation) for derivation in every]
    of_function = {letter.name: None for f in frames for letter in f.of_function}
    of_variable = {letter.name: None for f in frames for letter in f.of_variable}
    if len(of_function) > 2 or not 0 < len(of_variable) <= 2:
        return ""
    variable = rf"${','.join(of_variable)}$ of the variable"
    if not of_function:
        return f"Free indices: {variable}."
    return f"Free indices: ${','.join(of_function)}$ of the function, {variable}."


def _sums(every: list[Derivation], notation: Notation) -> str:
    if notation.sums != "einstein":
        return r"Sums are written out with $\sum$."
    if all(can_be_implied(derivation) for derivation in every):
        return "An index that occurs twice in a product is summed."
    return r"An index that occurs twice in a product is summed; where that would be ambiguous, $\sum$ is written."
