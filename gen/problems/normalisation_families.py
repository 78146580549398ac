"""Families on normalisation: unit vectors, centring, rows that sum to one."""

from __future__ import annotations

from gen.problems.cast import Cast
from gen.problems.family import Family
from gen.problems.parts import constant, filled, operand, scale, shifted
from gen.problems.pick import Pick
from gen.problems.task import Derive


def _unit(pick: Pick, cast: Cast) -> Derive:
    """A vector over its norm, its sum or the root of its square."""
    n, m = cast.dims(2)
    x = cast.new("vector", n, domain="positive")
    norm = filled(
        pick("norm2({x})", "sqrt({x}'*{x})", "sqrt({x}'*{x} + {a})", "sum({x})", "sqrt(sum({x}.^2) + {a})"),
        x=x,
        a=lambda: cast.new("scalar", domain="positive"),
    )
    size = pick(n, m)
    above = filled(pick("{A}*{x}", "{c}.*({A}*{x})"), A=lambda: constant(pick, cast, size, n), x=x, c=lambda: cast.new("fixed", size))
    return Derive(f"{scale(pick)}{above}/{norm}{shifted(pick, cast, size)}", x, cast.symbols)


def _cosine(pick: Pick, cast: Cast) -> Derive:
    """A linear form or a quadratic form over a norm: cosines and Rayleigh quotients."""
    n = cast.dim()
    x = cast.new("vector", n)
    above = filled(
        pick("({a}'*{x})", "({a}'*{A}*{x})", "({x}'*{A}*{x})"),
        x=x,
        a=lambda: cast.new("fixed", n),
        A=lambda: constant(pick, cast, n, n),
    )
    below = filled(
        pick("norm2({x})", "({x}'*{x})", "({x}'*{S}*{x})", "sqrt({x}'*{S}*{x})"),
        x=x,
        S=lambda: cast.new("covariance", n, n, structure="symmetric", domain="spd"),
    )
    return Derive(f"{scale(pick)}{above}/{below}", x, cast.symbols)


def _centred(pick: Pick, cast: Cast) -> Derive:
    """Columns or rows less their mean, in one of the ways to write it."""
    m, n = cast.dims(2)
    x = cast.new("matrix", m, n)
    form, told = pick(
        ("{X} - rowsum({X})*ones({n})'/{n}", "Every row of ${X}$ less its mean."),
        ("{X} - {X}*ones({n})*ones({n})'/{n}", "Every row of ${X}$ less its mean."),
        ("{X}*(eye({n}) - ones({n})*ones({n})'/{n})", "Every row of ${X}$ less its mean."),
        ("{X} - ones({m})*(ones({m})'*{X})/{m}", "Every column of ${X}$ less its mean."),
        ("(eye({m}) - ones({m})*ones({m})'/{m})*{X}", "Every column of ${X}$ less its mean."),
    )
    centred = form.format(X=x, m=m, n=n)
    p = cast.dim()
    outer = filled(
        pick("{C}.*({0})", "{A}*({0})", "({0})*{B}"),
        A=lambda: constant(pick, cast, p, m),
        B=lambda: constant(pick, cast, n, p),
        C=lambda: constant(pick, cast, m, n),
    ) if False else centred
    return Derive(f"{scale(pick)}({outer})", x, cast.symbols, story=told.format(X=x))


def _spread(pick: Pick, cast: Cast) -> Derive:
    """A squared length of centred data, by the data."""
    m, n = cast.dims(2)
    x = cast.new("matrix", m, n)
    a = operand(pick, cast, "constant", m, m).text
    centred, told = pick(
        ("{X} - rowsum({X})*ones({n})'/{n}", "row"),
        ("{X} - {X}*ones({n})*ones({n})'/{n}", "row"),
    )
    form = pick("tr(({0})'*{A}*({0}))").format(centred.format(X=x, n=n), A=a)
    return Derive(scale(pick) + form, x, cast.symbols, story=f"Every {told} of ${x}$ less its mean.")


def _rows(pick: Pick, cast: Cast) -> Derive:
    """The softmax of rows, entry by entry."""
    m, n, p = cast.dims(3)
    x = cast.new("matrix", n, p)
    argument = filled(
        pick("{A}*{X}", "{X}'*{B}", "{A}*{X} + {C}", "{A}*{X} - {C}", "{A}*{X}*{D}"),
        X=x,
        A=lambda: constant(pick, cast, m, n),
        B=lambda: constant(pick, cast, n, m),
        C=lambda: constant(pick, cast, m, p),
        D=lambda: constant(pick, cast, p, p),
    )
    return Derive(f"{scale(pick)}softmaxrows({argument})", x, cast.symbols)


NORMALISATION_FAMILIES: tuple[Family, ...] = (
    Family(
        "normalised-vector",
        "Jacobian of a normalised vector",
        "normalisation",
        "differentiate a vector over its own norm",
        _unit,
    ),
    Family(
        "cosine-and-rayleigh",
        "Cosines and Rayleigh quotients",
        "normalisation",
        "use the quotient rule where norm and form hold the same variable",
        _cosine,
    ),
    Family(
        "centring",
        "Centred data",
        "normalisation",
        "see that subtracting a mean is linear, and write its derivative with deltas",
        _centred,
    ),
    Family(
        "row-softmax",
        "Softmax of rows",
        "normalisation",
        "keep entries of different rows apart",
        _rows,
    ),
)
