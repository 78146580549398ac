"""Families on losses with a penalty."""

from __future__ import annotations

from gen.problems.cast import Cast
from gen.problems.family import Family
from gen.problems.parts import SMOOTH, constant, filled
from gen.problems.pick import Pick
from gen.problems.task import Derive


def _data(pick: Pick, cast: Cast, count: str, size: str) -> tuple[str, str]:
    """Examples in rows, as text, and what to say of them."""
    if pick(False, True):
        data = cast.new("rows", count, size)
        return data, f"${data}$ holds one example a row"
    data = cast.new("data", size, count)
    return f"{data}'", f"${data}$ holds one example a column"


def _vector_penalty(pick: Pick, cast: Cast, w: str, size: str) -> str:
    weight = cast.new("penalty")
    return filled(
        pick("{l}/2*{w}'*{w}", "{l}*norm2({w})^2", "{l}/2*norm2({w})^2", "{l}*norm1({w})", "{l}*norm2({A}*{w})^2", "{l}/2*{w}'*{A}*{w}", "{l}*norm2({w} - {c})^2"),
        l=weight,
        w=w,
        A=lambda: constant(pick, cast, size, size),
        c=lambda: cast.new("fixed", size),
    )


def _vector(pick: Pick, cast: Cast) -> Derive:
    """A regression with a penalty, by its coefficients."""
    count, size = cast.dims(2)
    w = cast.new("coefficients", size)
    data, told = _data(pick, cast, count, size)
    y = cast.new("observed", count)
    residual = pick("{d}*{w} - {y}", "{y} - {d}*{w}").format(d=data, w=w, y=y)
    loss = filled(
        pick("norm2({r})^2", "norm2({r})^2/2", "({r})'*({r})/2", "norm1({r})", "norm2({c}.*({r}))^2"),
        r=residual,
        c=lambda: cast.new("fixed", count),
    )
    penalty = _vector_penalty(pick, cast, w, size)
    return Derive(f"{loss} + {penalty}", w, cast.symbols, story=f"{told}, ${y}$ the observations.")


def _smooth(pick: Pick, cast: Cast) -> Derive:
    """A regression through an elementwise function with a penalty."""
    count, size = cast.dims(2)
    w = cast.new("coefficients", size)
    data, told = _data(pick, cast, count, size)
    y = cast.new("observed", count)
    form = pick("norm2({f}({d}*{w}) - {y})^2", "norm2({y} - {f}({d}*{w}))^2/2", "{y}'*{f}({d}*{w})", "sum({y}.*{f}({d}*{w}))")
    loss = form.format(f=pick(*SMOOTH, "exp"), d=data, w=w, y=y)
    penalty = _vector_penalty(pick, cast, w, size)
    return Derive(f"{loss} + {penalty}", w, cast.symbols, story=f"{told}, ${y}$ the observations.")


def _matrix(pick: Pick, cast: Cast) -> Derive:
    """A linear layer or a factorisation with a penalty, by a matrix."""
    m, n, p = cast.dims(3)
    w = cast.new("weights", m, n)
    x = constant(pick, cast, n, p)
    fitted = filled(pick("{W}*{X}", "{A}*{W}*{X}"), W=w, X=x, A=lambda: constant(pick, cast, m, m))
    y = cast.new("targets", m, p)
    residual = pick("{0} - {1}", "{1} - {0}").format(fitted, y)
    loss = pick("normF({0})^2/2", "normF({0})^2", "tr(({0})'*({0}))").format(residual)
    penalty = filled(
        pick("normF({W})^2", "tr({W}'*{W})", "normF({W} - {V})^2", "norm1({W})", "normF({W}*{B})^2", "sum({W}.^2)"),
        W=w,
        V=lambda: cast.new("weights", m, n),
        B=lambda: constant(pick, cast, n, n),
    )
    weight = cast.new("penalty")
    return Derive(f"{loss} + {weight}{pick('', '/2')}*{penalty}", w, cast.symbols)


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
