"""What the parts of a derivation are called on the page: value, variable, loss, partial."""

from __future__ import annotations

from gen.derivation.result import Derivation
from gen.document.tex import Tex
from gen.language.dimension import ONE
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
    """∂F_ik/∂W_qr with the indices of this derivation."""
    variable = derivation.problem.wrt
    by = symbol_tex(variable.name)
    if derivation.upstream is not None:
        return Tex(rf"\frac{{\partial {loss_name(derivation)}}}{{\partial {_entry(by, derivation.free)}}}")
    at = derivation.free[: axes(derivation.value)]
    of = _entry(symbol_tex(derivation.value.name), at)
    return Tex(rf"\frac{{\partial {of}}}{{\partial {_entry(by, derivation.free[len(at) :])}}}")


def axes(node: Node) -> int:
    return sum(dim != ONE for dim in (node.rows, node.cols))


def _entry(base: str, letters: tuple[Letter, ...]) -> str:
    return f"{base}_{{{''.join(letter.name for letter in letters)}}}" if letters else base


def whole_partial(derivation: Derivation) -> Tex:
    of, by = symbol_tex(derivation.value.name), symbol_tex(derivation.problem.wrt.name)
    return Tex(rf"\frac{{\partial {of}}}{{\partial {by}}}")


def value(derivation: Derivation) -> str:
    return symbol_tex(derivation.value.name)


def variable(derivation: Derivation) -> str:
    return symbol_tex(derivation.problem.wrt.name)


def expression(derivation: Derivation) -> str:
    return latex(derivation.problem.expr)


def defined(derivation: Derivation) -> Tex:
    return Tex(rf"${value(derivation)}={expression(derivation)}$")


def of_entry(node: Node) -> str:
    """`one entry of W`, or W itself where it is a scalar."""
    name = f"${symbol_tex(node.name)}$"
    return name if node.is_scalar else f"one entry of {name}"
