"""Parts that families are put together from: operands that may be transposed, terms, activations."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from gen.language.latex import symbol_tex
from gen.problems.cast import Cast
from gen.problems.pick import Pick

# Functions of one number with a slope everywhere, as layers use them.
SMOOTH = ("tanh", "sigmoid", "softplus", "sin")
# Those and the rectifier, whose slope jumps at 0.
ACTIVATIONS = (*SMOOTH, "relu")


class Operand(NamedTuple):
    """A symbol as it stands in an expression: its name, and the name with its transpose."""

    name: str
    text: str


def operand(
    pick: Pick, cast: Cast, role: str, rows: str, cols: str, *, structure: str = "", domain: str = ""
) -> Operand:
    """A rows x cols operand: a new matrix, or the transpose of one."""
    turned = pick(False, True)
    shape = (cols, rows) if turned else (rows, cols)
    name = cast.new(role, *shape, structure=structure, domain=domain)
    return Operand(name, name + "'" * turned)


def constant(pick: Pick, cast: Cast, rows: str, cols: str) -> str:
    """A constant matrix, perhaps transposed, as text."""
    return operand(pick, cast, "constant", rows, cols).text


def scale(pick: Pick) -> str:
    """A number in front, with its sign, or nothing."""
    return pick("", "-", "2*", "-2*", "3*", "-3*")


def shifted(pick: Pick, cast: Cast, size: str) -> str:
    """A constant vector with its sign, such as "+ b" or "- B*c", or nothing."""
    form = pick("", " + {b}", " - {b}", " + {B}*{b}", " - {B}*{b}")
    return filled(form, b=lambda: cast.new("fixed", size), B=lambda: constant(pick, cast, size, size))


def filled(template: str, **parts: str | Callable[[], str]) -> str:
    """A template with its places filled.

    A part that is a function is called once, and only where its place occurs, so that no name is
    handed out that the expression does not hold.
    """
    held = {name: part for name, part in parts.items() if f"{{{name}}}" in template}
    return template.format(**{name: part if isinstance(part, str) else part() for name, part in held.items()})


def tex(name: str) -> str:
    """A name as it stands in a story."""
    return f"${symbol_tex(name)}$"
