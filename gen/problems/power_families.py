"""Families on powers of a matrix and on series."""

from __future__ import annotations

from gen.problems.cast import Cast
from gen.problems.family import Family
from gen.problems.operands import constants, scale
from gen.problems.parts import filled, one_or_two
from gen.problems.pick import Pick
from gen.problems.task import Derive


def _trace_of_power(pick: Pick, cast: Cast) -> Derive:
    """A trace or a bilinear form of a power."""
    n, m = cast.dims(2)
    x = cast.new("matrix", n, n)
    form = filled(
        pick(
            "tr({A}*{X}^{k})",
            "tr({X}^{k}*{A})",
            "tr({B}*{X}^{k}*{C})",
            "{a}'*{X}^{k}*{b}",
            "{a}'*{X}^{k}*{a}",
            "{a}'*{A}*{X}^{k}*{b}",
            "{a}'*{A}*{X}^{k}*{D}*{b}",
        ),
        X=x,
        k=str(pick(2, 3, 4)),
        A=lambda: one_or_two(pick, cast, n, n),
        B=lambda: one_or_two(pick, cast, m, n),
        C=lambda: constants(pick, cast, n, m),
        D=lambda: one_or_two(pick, cast, n, n),
        a=lambda: cast.new("fixed", n),
        b=lambda: cast.new("fixed", n),
    )
    return Derive(scale(pick, cast) + form, x, cast.symbols)


def _power(pick: Pick, cast: Cast) -> Derive:
    """A power, entry by entry, with constants before, after or within it."""
    n, m = cast.dims(2)
    x = cast.new("matrix", n, n)
    power = f"{x}^{pick(2, 3)}"
    form = filled(
        pick(
            "{A}*{P}",
            "{P}*{B}",
            "{C}*({P} + {X})",
            "({P} - {X})*{C}",
            "{P}*{C}*{b}",
        ),
        X=x,
        P=power,
        A=lambda: one_or_two(pick, cast, m, n),
        B=lambda: one_or_two(pick, cast, n, m),
        C=lambda: one_or_two(pick, cast, n, n),
        b=lambda: cast.new("fixed", n),
    )
    return Derive(scale(pick, cast) + form, x, cast.symbols)


def _series(pick: Pick, cast: Cast) -> Derive:
    """A trace of a polynomial: the first terms of a series."""
    n = cast.dim()
    x = cast.new("matrix", n, n)
    polynomial = pick(
        "{X} + {X}^2/2",
        "{X} + {X}^2/2 + {X}^3/6",
        "{X} - {X}^2/2",
        "{X} - {X}^2/2 + {X}^3/3",
        "{X} + {X}^2",
        "{X} + {X}^2 + {X}^3",
        "{X} - {X}^3/6",
        "{X} + {X}^2/2 + {X}^3/6 + {X}^4/24",
    ).format(X=x)
    form = filled(
        pick("tr({A}*({0}))", "{a}'*({0})*{b}", "tr(({0})*{A})", "{a}'*{A}*({0})*{b}").replace(
            "{0}", polynomial
        ),
        A=lambda: one_or_two(pick, cast, n, n),
        a=lambda: cast.new("fixed", n),
        b=lambda: cast.new("fixed", n),
    )
    return Derive(scale(pick, cast) + form, x, cast.symbols)


def _cyclic(pick: Pick, cast: Cast) -> Derive:
    """A trace of a power of a product."""
    n, m = cast.dims(2)
    x = cast.new("matrix", n, m)
    inside = filled(
        pick("{A}*{X}", "{X}*{A}", "{A}*{D}*{X}", "{X}*{E}*{A}", "{A}*{X} + {B}", "{X}*{A} - {C}"),
        X=x,
        A=lambda: constants(pick, cast, m, n),
        B=lambda: constants(pick, cast, m, m),
        C=lambda: constants(pick, cast, n, n),
        D=lambda: constants(pick, cast, n, n),
        E=lambda: constants(pick, cast, m, m),
    )
    return Derive(f"{scale(pick, cast)}tr(({inside})^{pick(2, 3, 4)})", x, cast.symbols)


POWER_FAMILIES: tuple[Family, ...] = (
    Family(
        "power-in-a-scalar",
        "Trace or form of a power",
        "powers",
        "sum over every place the variable stands in a power",
        _trace_of_power,
    ),
    Family(
        "power-of-a-matrix",
        "Power of a matrix",
        "powers",
        "use the product rule for a power whose factors do not commute",
        _power,
    ),
    Family(
        "series",
        "First terms of a series",
        "powers",
        "differentiate a polynomial of a matrix term by term",
        _series,
    ),
    Family(
        "trace-of-a-cyclic-power",
        "Trace of a power of a product",
        "powers",
        "see that under a trace all places of the variable give the same",
        _cyclic,
    ),
)
