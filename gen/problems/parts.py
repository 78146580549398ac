"""What families fill in: templates with places, constant terms, activations, names in a story."""

from __future__ import annotations

from collections.abc import Callable

from gen.language.latex import symbol_tex
from gen.problems.cast import Cast
from gen.problems.operands import constants
from gen.problems.pick import Pick

# Functions of one number with a slope everywhere, as layers use them.
SMOOTH = ("tanh", "sigmoid", "softplus", "sin")
# Those and the rectifier, whose slope jumps at 0.
ACTIVATIONS = (*SMOOTH, "relu")


def filled(template: str, **parts: str | Callable[[], str]) -> str:
    """A template with its places filled.

    A part that is a function is called once, and only where its place occurs, so that no name is
    handed out that the expression does not hold.
    """
    held = {name: part for name, part in parts.items() if f"{{{name}}}" in template}
    return template.format(**{name: part if isinstance(part, str) else part() for name, part in held.items()})


def shifted(pick: Pick, cast: Cast, size: str) -> str:
    """A constant vector with its sign, such as "+ b" or "- B*c", or nothing."""
    form = pick("", " + {b}", " - {b}", " + {B}*{b}", " - {B}*{b}")
    return filled(form, b=lambda: cast.new("fixed", size), B=lambda: constants(pick, cast, size, size))


def one_or_two(pick: Pick, cast: Cast, rows: str, cols: str) -> str:
    """A rows x cols constant, or a product of two."""
    return constants(pick, cast, *pick((rows, cols), (rows, rows, cols)))


def tex(name: str) -> str:
    """A name as it stands in a story."""
    return f"${symbol_tex(name)}$"
