"""Families on losses with a penalty."""

from __future__ import annotations

from gen.problems.cast import Cast
from gen.problems.family import Family
from gen.problems.operands import constants
from gen.problems.parts import SMOOTH, filled, tex
from gen.problems.pick import Pick
from gen.problems.task import Derive


def _data(pick: Pick, cast: Cast, count: str, size: str) -> tuple[str, str]:
    """Examples in rows, as text, and what to say of them."""
    if pick(False, True):
        data = cast.new("rows", count, size)
        return data, f"{tex(data)} holds one example a row"
    data = cast.new("data", size, count)
    return f"{data}'", f"{tex(data)} holds one example a column"


def _penalty(pick: Pick, cast: Cast, w: str, size: str) -> str:
    """A quadratic penalty on coefficients, with its weight."""
    return filled(
        pick(
            "{l}*{w}'*{w}",
            "{l}*{w}'*{A}*{w}",
            "{l}/2*{w}'*{w}",
            "{l}/2*{w}'*{A}*{w}",
            "{l}*sum({w}.^2)",
            "{l}*{w}'*{A}*{B}*{w}",
            "{l}*norm2({w})^2",
        ),
        l=lambda: cast.new("penalty"),
        w=w,
        A=lambda: constants(pick, cast, size, size),
        B=lambda: constants(pick, cast, size, size),
    )


def _vector(pick: Pick, cast: Cast) -> Derive:
    """A regression with a penalty, by its coefficients."""
    count, size = cast.dims(2)
    w = cast.new("coefficients", size)
    data, told = _data(pick, cast, count, size)
    y = cast.new("observed", count)
    residual = pick("{d}*{w} - {y}", "{y} - {d}*{w}").format(d=data, w=w, y=y)
    loss = filled(
        pick(
            "norm2({r})^2", "norm2({r})^2/2", "norm2({r})^2/{n}", "norm2({C}*({r}))^2", "norm2({C}*({r}))^2/2"
        ),
        r=residual,
        n=count,
        C=lambda: constants(pick, cast, count, count),
    )
    penalty = _penalty(pick, cast, w, size)
    return Derive(
        pick("{0} + {1}", "{1} + {0}").format(loss, penalty),
        w,
        cast.symbols,
        story=f"{told}, {tex(y)} the observations.",
    )


def _smooth(pick: Pick, cast: Cast) -> Derive:
    """A regression through an elementwise function with a penalty."""
    count, size = cast.dims(2)
    w = cast.new("coefficients", size)
    data, told = _data(pick, cast, count, size)
    y = cast.new("observed", count)
    form = pick(
        "norm2({f}({d}*{w}) - {y})^2",
        "norm2({y} - {f}({d}*{w}))^2/2",
        "sum(({f}({d}*{w}) - {y}).^2)",
        "norm2({f}({d}*{w}) - {y})^2/" + count,
    )
    loss = form.format(f=pick(*SMOOTH, "exp"), d=data, w=w, y=y)
    penalty = _penalty(pick, cast, w, size)
    return Derive(
        pick("{0} + {1}", "{1} + {0}").format(loss, penalty),
        w,
        cast.symbols,
        story=f"{told}, {tex(y)} the observations.",
    )


def _matrix(pick: Pick, cast: Cast) -> Derive:
    """A linear layer or a factorisation with a penalty, by a matrix."""
    m, n, p = cast.dims(3)
    w = cast.new("weights", m, n)
    fitted = filled(
        pick("{A}*{W}*{X}", "{W}*{X}"),
        W=w,
        X=lambda: constants(pick, cast, n, p),
        A=lambda: constants(pick, cast, m, m),
    )
    y = cast.new("targets", m, p)
    residual = pick("{0} - {1}", "{1} - {0}").format(fitted, y)
    loss = pick("normF({0})^2/2", "normF({0})^2", "normF({0})^2/{1}").format(residual, p)
    penalty = filled(
        pick("normF({W})^2", "sum({W}.^2)", "normF({V} + {W})^2", "normF({W} - {V})^2"),
        W=w,
        V=lambda: constants(pick, cast, m, n),
    )
    weight = cast.new("penalty")
    form = pick("{0} + {1}", "{1} + {0}").format(loss, f"{weight}*{penalty}")
    return Derive(form, w, cast.symbols)


REGULARISED_FAMILIES: tuple[Family, ...] = (
    Family(
        "penalised-regression",
        "Regression with a penalty",
        "regularisation",
        "differentiate a loss and a penalty term by term",
        _vector,
    ),
    Family(
        "penalised-smooth-loss",
        "Smooth loss with a penalty",
        "regularisation",
        "follow the chain rule in the loss and keep the penalty apart",
        _smooth,
    ),
    Family(
        "penalised-matrix",
        "Matrix fit with a penalty",
        "regularisation",
        "differentiate Frobenius norms by a matrix, with a penalty",
        _matrix,
    ),
)
