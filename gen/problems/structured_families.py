"""Families on variables with a structure: symmetric, skew, diagonal, lower triangular."""

from __future__ import annotations

from gen.problems.cast import Cast
from gen.problems.family import Family
from gen.problems.operands import constants, scale
from gen.problems.parts import filled, one_or_two
from gen.problems.pick import Pick
from gen.problems.task import Derive

STRUCTURES = ("symmetric", "skew", "diagonal", "lower")


def _linear(pick: Pick, cast: Cast) -> Derive:
    """A bilinear form or a trace, linear in a structured matrix."""
    n, m = cast.dims(2)
    x = cast.new("matrix", n, n, structure=pick(*STRUCTURES))
    form = filled(
        pick(
            "{a}'*{X}*{b}", "{a}'*{A}*{X}*{b}", "{a}'*{X}*{A}*{b}", "tr({B}*{X}*{C})", "tr({B}*{X}*{C}*{D})"
        ),
        X=x,
        a=lambda: cast.new("fixed", n),
        b=lambda: cast.new("fixed", n),
        A=lambda: constants(pick, cast, n, n),
        B=lambda: one_or_two(pick, cast, m, n),
        C=lambda: one_or_two(pick, cast, n, m),
        D=lambda: constants(pick, cast, m, m),
    )
    return Derive(scale(pick, cast) + form, x, cast.symbols)


def _quadratic(pick: Pick, cast: Cast) -> Derive:
    """A trace or a form in which a structured matrix stands twice."""
    n, m = cast.dims(2)
    x = cast.new("matrix", n, n, structure=pick(*STRUCTURES))
    form = filled(
        pick(
            "tr({X}*{A}*{X}*{B})",
            "{a}'*{X}*{A}*{X}*{b}",
            "{a}'*{X}*{A}*{X}*{a}",
            "{a}'*{X}^2*{b}",
            "tr({C}*{X}*{A}*{X}*{D})",
        ),
        X=x,
        a=lambda: cast.new("fixed", n),
        b=lambda: cast.new("fixed", n),
        A=lambda: one_or_two(pick, cast, n, n),
        B=lambda: constants(pick, cast, n, n),
        C=lambda: constants(pick, cast, m, n),
        D=lambda: constants(pick, cast, n, m),
    )
    return Derive(scale(pick, cast) + form, x, cast.symbols)


def _squares(pick: Pick, cast: Cast) -> Derive:
    """Least squares with a structured matrix."""
    n, m = cast.dims(2)
    x = cast.new("matrix", n, n, structure=pick(*STRUCTURES))
    residual = filled(
        pick("{A}*{X} - {B}", "{B} - {A}*{X}", "{X}*{C} - {D}", "{D} - {X}*{C}"),
        X=x,
        A=lambda: constants(pick, cast, m, n),
        B=lambda: constants(pick, cast, m, n),
        C=lambda: constants(pick, cast, n, m),
        D=lambda: constants(pick, cast, n, m),
    )
    form = pick("normF({0})^2", "tr(({0})'*({0}))", "sum(({0}).^2)").format(residual)
    front = filled(pick("", "-", "2*", "3*", "{a}*"), a=lambda: cast.new("scalar"))
    return Derive(front + form, x, cast.symbols)


STRUCTURED_FAMILIES: tuple[Family, ...] = (
    Family(
        "structured-linear",
        "Linear in a structured matrix",
        "structured matrices",
        "count every entry that moves: off the diagonal of a symmetric matrix there are two",
        _linear,
    ),
    Family(
        "structured-quadratic",
        "Quadratic in a structured matrix",
        "structured matrices",
        "use the product rule with a structured variable",
        _quadratic,
    ),
    Family(
        "structured-least-squares",
        "Least squares with a structured matrix",
        "structured matrices",
        "project the gradient of a free matrix onto a structure",
        _squares,
    ),
)
