"""Families on normalisation: unit vectors, centring, rows that sum to one."""

from __future__ import annotations

from gen.problems.cast import Cast
from gen.problems.family import Family
from gen.problems.operands import constants, scale
from gen.problems.parts import filled, shifted
from gen.problems.pick import Pick
from gen.problems.task import Derive


def _unit(pick: Pick, cast: Cast) -> Derive:
    """A vector over its norm, its sum or the root of its square."""
    n, m = cast.dims(2)
    x = cast.new("vector", n, domain="positive")
    norm = filled(
        pick("norm2({x})", "sqrt({x}'*{x})", "sqrt({x}'*{x} + {a})", "sum({x})"),
        x=x,
        a=lambda: cast.new("scalar", domain="positive"),
    )
    size = pick(n, m)
    above = filled(
        pick("{A}*{x}", "diag({c})*{A}*{x}"),
        A=lambda: constants(pick, cast, size, n),
        x=x,
        c=lambda: cast.new("fixed", size),
    )
    return Derive(f"{scale(pick, cast)}{above}/{norm}{shifted(pick, cast, size)}", x, cast.symbols)


def _cosine(pick: Pick, cast: Cast) -> Derive:
    """A linear form or a quadratic form over a norm: cosines and Rayleigh quotients."""
    n = cast.dim()
    x = cast.new("vector", n)
    above = filled(
        pick("({a}'*{x})", "({a}'*{A}*{x})", "({x}'*{A}*{x})", "({x}'*{A}*{B}*{x})", "({a}'*{A}*{B}*{x})"),
        x=x,
        a=lambda: cast.new("fixed", n),
        A=lambda: constants(pick, cast, n, n),
        B=lambda: constants(pick, cast, n, n),
    )
    below = filled(
        pick("norm2({x})", "({x}'*{x})", "({x}'*{S}*{x})", "sqrt({x}'*{S}*{x})", "({x}'*({S} + {R})*{x})"),
        x=x,
        S=lambda: cast.new("covariance", n, n, structure="symmetric", domain="spd"),
        R=lambda: cast.new("covariance", n, n, structure="symmetric", domain="spd"),
    )
    return Derive(f"{scale(pick, cast)}{above}/{below}", x, cast.symbols)


def _centred(pick: Pick, cast: Cast) -> Derive:
    """An affine function of a matrix, its rows or columns less their means, which may be weighted."""
    m, n = cast.dims(2)
    x = cast.new("matrix", m, n)
    rows = pick(True, False)
    size = m if rows else n
    data = filled(
        pick("{L}{X}{R}", "({L}{X}{R} + {C})", "({L}{X}{R} - {C})"),
        X=x,
        L=lambda: _product(pick, cast, size) + "*" if rows else "",
        R=lambda: "" if rows else "*" + _product(pick, cast, size),
        C=lambda: constants(pick, cast, m, n),
    )
    lines = "row" if rows else "column"
    mean = filled(
        pick("{D}*ones({n})*ones({n})'/{n}", "{D}*{w}*ones({n})'")
        if rows
        else pick("ones({m})*ones({m})'*{D}/{m}", "ones({m})*{w}'*{D}"),
        D=data,
        m=m,
        n=n,
        w=lambda: cast.new("fixed", n if rows else m, domain="simplex"),
    )
    return Derive(
        f"{scale(pick, cast)}({data} - {mean})",
        x,
        cast.symbols,
        story=f"From every {lines} a mean is subtracted.",
    )


def _product(pick: Pick, cast: Cast, size: str) -> str:
    """One constant or a product of two."""
    return filled(
        pick("{A}", "{A}*{B}"),
        A=lambda: constants(pick, cast, size, size),
        B=lambda: constants(pick, cast, size, size),
    )


def _rows(pick: Pick, cast: Cast) -> Derive:
    """The softmax of rows, entry by entry."""
    m, n, p = cast.dims(3)
    x = cast.new("matrix", n, p)
    argument = filled(
        pick("{A}*{X}", "{A}*{X} + {C}", "{A}*{X} - {C}", "{A}*{B}*{X}", "{A}*{X} + {D}*{C}"),
        X=x,
        A=lambda: constants(pick, cast, m, n),
        B=lambda: constants(pick, cast, n, n),
        C=lambda: constants(pick, cast, m, p),
        D=lambda: constants(pick, cast, m, m),
    )
    shift = filled(pick("", " + {E}", " - {E}"), E=lambda: constants(pick, cast, m, p))
    return Derive(f"{scale(pick, cast)}softmaxrows({argument}){shift}", x, cast.symbols)


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
