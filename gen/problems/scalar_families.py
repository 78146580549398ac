"""Families on the derivative by a scalar."""

from __future__ import annotations

from gen.problems.cast import Cast
from gen.problems.family import Family
from gen.problems.operands import constants, operand, scale
from gen.problems.parts import SMOOTH, filled
from gen.problems.pick import Pick
from gen.problems.task import Derive


def _linear(pick: Pick, cast: Cast) -> Derive:
    """A constant with a weight that depends on a scalar, and another that may."""
    m, n = cast.dims(2)
    t = cast.new("scalar")
    weight = pick("{t}", "{t}^2", "{t}^3", "exp({t})", "sin({t})", "cos({t})", "tanh({t})").format(t=t)
    form = filled(
        pick("{A}*{b}", "{A}*{B}", "{A}", "{b}*{c}'"),
        A=lambda: constants(pick, cast, m, n),
        B=lambda: constants(pick, cast, n, m),
        b=lambda: cast.new("fixed", n),
        c=lambda: cast.new("fixed", n),
    )
    return Derive(f"{scale(pick, cast)}{weight}*{form}", t, cast.symbols)


def _product(pick: Pick, cast: Cast) -> Derive:
    """A product of two matrices or vectors that move with a scalar."""
    m, n, p = cast.dims(3)
    t = cast.new("scalar")
    left = f"({constants(pick, cast, m, n)}{pick(' + ', ' - ')}{t}*{constants(pick, cast, m, n)})"
    if pick("matrix", "vector") == "vector":
        right = f"({cast.new('fixed', n)}{pick(' + ', ' - ')}{t}*{cast.new('fixed', n)})"
    else:
        right = f"({constants(pick, cast, n, p)}{pick(' + ', ' - ')}{t}*{constants(pick, cast, n, p)})"
    middle = filled(
        pick("", "{M}*", "diag({c})*"), M=lambda: constants(pick, cast, n, n), c=lambda: cast.new("fixed", n)
    )
    return Derive(f"{pick('', '2*', '3*')}{left}*{middle}{right}", t, cast.symbols)


def _inverse(pick: Pick, cast: Cast) -> Derive:
    """An inverse, a determinant or its logarithm of a matrix that moves with a scalar."""
    n = cast.dim()
    t = cast.new("scalar", domain="positive")
    first = operand(pick, cast, "constant", n, n, domain="spd")[0]
    moved = filled(
        pick("{t}*{B}", "{t}*eye({n})", "2*{t}*{B}", "{t}*{B}*{B}'", "{t}*{c}*{c}'"),
        t=t,
        n=n,
        B=lambda: operand(pick, cast, "constant", n, n, domain="spd")[0],
        c=lambda: cast.new("fixed", n),
    )
    inside = pick("{0} + {1}", "{1} + {0}").format(first, moved)
    form = filled(
        pick("inv({u})*{a}", "{a}'*inv({u})", "{C}*inv({u})", "inv({u})*{C}", "inv({u})*{C}*{a}"),
        u=inside,
        a=lambda: cast.new("fixed", n),
        C=lambda: constants(pick, cast, n, n),
    )
    return Derive(pick("", "-", "2*") + form, t, cast.symbols)


def _line(pick: Pick, cast: Cast) -> Derive:
    """A function of many variables along a line."""
    n = cast.dim()
    t = cast.new("scalar")
    moved = f"{cast.new('fixed', n)}{pick(' + ', ' - ')}{t}*{cast.new('fixed', n)}"
    form = filled(
        pick(
            "{c}'*{f}({u})",
            "{c}'*{f}({A}*({u}))",
            "{c}'*{A}*{f}({u})",
            "{c}'*{B}*{A}*{f}({u})",
            "{c}'*{A}*{f}({B}*({u}))",
        ),
        u=moved,
        f=lambda: pick(*SMOOTH, "exp"),
        A=lambda: constants(pick, cast, n, n),
        B=lambda: constants(pick, cast, n, n),
        c=lambda: cast.new("fixed", n),
    )
    return Derive(scale(pick, cast) + form, t, cast.symbols)


def _exponential(pick: Pick, cast: Cast) -> Derive:
    """A matrix exponential, the solution of a linear differential equation, by the time."""
    n, m = cast.dims(2)
    t = cast.new("scalar")
    a = constants(pick, cast, n, n)
    power = f"expm({pick('', '2*', '3*')}{t}*{a})"
    form = filled(
        pick(
            "{B}*{e}*{c}",
            "{c}'*{e}*{B}",
            "{B}*{e}*{D}",
            "{d}'*{e}*{c}",
            "{B}*{C}*{e}*{c}",
            "diag({d})*{e}*{c}",
        ),
        e=power,
        B=lambda: constants(pick, cast, n, n),
        C=lambda: constants(pick, cast, n, n),
        D=lambda: constants(pick, cast, n, m),
        c=lambda: cast.new("fixed", n),
        d=lambda: cast.new("fixed", n),
    )
    return Derive(scale(pick, cast) + form, t, cast.symbols)


SCALAR_FAMILIES: tuple[Family, ...] = (
    Family(
        "weight-by-scalar",
        "A weighted constant by a scalar",
        "by a scalar",
        "see that the derivative by a scalar has the shape of what is differentiated",
        _linear,
    ),
    Family(
        "product-by-scalar",
        "A product by a scalar",
        "by a scalar",
        "use the product rule and keep the order of the factors",
        _product,
    ),
    Family(
        "inverse-by-scalar",
        "An inverse by a scalar",
        "by a scalar",
        "differentiate an inverse along a line of matrices",
        _inverse,
    ),
    Family(
        "along-a-line",
        "A function along a line",
        "by a scalar",
        "find the derivative in a direction by the chain rule",
        _line,
    ),
    Family(
        "exponential-by-scalar",
        "A matrix exponential by a scalar",
        "by a scalar",
        "differentiate a matrix exponential, which commutes with its exponent",
        _exponential,
    ),
)
