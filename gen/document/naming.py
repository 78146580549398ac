"""What the parts of a derivation are called on the page: value, variable, loss, partial."""

from __future__ import annotations

from gen.derivation.result import Derivation
from gen.document.tex import Tex, indexed
from gen.language.index import Letter
from gen.language.latex import latex, symbol_tex
from gen.language.node import Node


def loss_name(derivation: Derivation) -> str:
    """The name of the loss whose gradient is taken: one that nothing else has."""
    taken = {derivation.value.name, *(symbol.name for symbol in derivation.problem.symbols)}
    if derivation.upstream is not None:
        taken.add(derivation.upstream.name)
    return next((name for name in ("L", "J", "E") if name not in taken), "L_0")


def partial_tex(derivation: Derivation) -> Tex:
    """∂F_ik/∂W_qr with the indices of this derivation; ∂²f/∂x_i∂x_q for second derivatives."""
    by = variable(derivation)
    free = derivation.free
    if derivation.upstream is not None:
        return Tex(rf"\frac{{\partial {loss_name(derivation)}}}{{\partial {_entry(by, free)}}}")
    if second(derivation):
        first, then = _entry(by, free[: len(free) // 2]), _entry(by, free[len(free) // 2 :])
        return Tex(rf"\frac{{\partial^2 {value(derivation)}}}{{\partial {first}\,\partial {then}}}")
    at = free[: axes(derivation.value)]
    of = _entry(value(derivation), at)
    return Tex(rf"\frac{{\partial {of}}}{{\partial {_entry(by, free[len(at) :])}}}")


def whole_partial(derivation: Derivation) -> Tex:
    """∂F/∂W without indices; ∂²f/∂x∂xᵀ for second derivatives."""
    of, by = value(derivation), variable(derivation)
    if second(derivation):
        beside = rf"{by}^{{\mathsf T}}" if axes(derivation.problem.wrt) else by
        return Tex(rf"\frac{{\partial^2 {of}}}{{\partial {by}\,\partial {beside}}}")
    return Tex(rf"\frac{{\partial {of}}}{{\partial {by}}}")


def second(derivation: Derivation) -> bool:
    """Is it a second derivative?"""
    return derivation.problem.order == 2 or derivation.problem.kind in ("hessian", "hessian4", "vechess")


def axes(node: Node) -> int:
    """How many dimensions of `node` are not 1."""
    return sum(not dim.is_one for dim in (node.rows, node.cols))


def value(derivation: Derivation) -> str:
    """The name of the value."""
    return symbol_tex(derivation.value.name)


def variable(derivation: Derivation) -> str:
    """The name of the variable."""
    return symbol_tex(derivation.problem.wrt.name)


def defined(derivation: Derivation) -> Tex:
    """What the value stands for, as the reason of a first line."""
    return Tex(rf"${value(derivation)}={latex(derivation.problem.expr)}$")


def of_entry(node: Node) -> str:
    """`one entry of W`, or W itself where it is a scalar."""
    name = f"${symbol_tex(node.name)}$"
    return name if node.is_scalar else f"one entry of {name}"


def _entry(base: str, letters: tuple[Letter, ...]) -> str:
    return indexed(base, "".join(letter.name for letter in letters))
