"""Families on the Gaussian likelihood: by the mean, the covariance and the precision."""

from __future__ import annotations

from gen.problems.cast import Cast
from gen.problems.family import Family
from gen.problems.parts import constant, filled, shifted
from gen.problems.pick import Pick
from gen.problems.task import Derive


def _spread(pick: Pick, cast: Cast, size: str) -> tuple[str, str]:
    """The matrix in the middle of the quadratic form, and what to say of it."""
    if pick(True, False):
        s = cast.new("covariance", size, size, structure="symmetric", domain="spd")
        return f"inv({s})", f"${s}$ is the covariance matrix"
    p = cast.new("precision", size, size, structure="symmetric", domain="spd")
    return p, f"${p}$ is the precision matrix, the inverse of the covariance"


def _mean(pick: Pick, cast: Cast) -> Derive:
    """A quadratic form of the distance to a mean, which is a variable or linear in one."""
    n = cast.dim()
    x = cast.new("vector", n)
    middle, told = _spread(pick, cast, n)
    if pick(True, False):
        wrt = cast.new("mean", n)
        mean = pick("{0}", "2*{0}", "{a}.*{0}")
        mean = filled(mean.replace("{0}", wrt), a=lambda: cast.new("fixed", n))
    else:
        size = cast.dim()
        wrt = cast.new("coefficients", size)
        mean = f"{constant(pick, cast, n, size)}*{wrt}"
    rest = pick("{x} - {m}{s}", "{m}{s} - {x}").format(x=x, m=mean, s=shifted(pick, cast, n))
    front = filled(pick("", "-", "-{a}*", "{a}*"), a=lambda: cast.new("scalar", domain="positive"))
    form = f"{front}({rest})'*{middle}*({rest}){pick('/2', '')}"
    return Derive(form, wrt, cast.symbols, story=f"{told}; ${x}$ is one observation.")


def _quadratic(pick: Pick, cast: Cast, size: str, middle: str) -> tuple[str, str]:
    """The term of the likelihood with the data in it, and what to say of the data."""
    kind = pick("one", "centred", "batch", "scatter")
    if kind == "one":
        x, mean = cast.new("vector", size), cast.new("mean", size)
        rest = pick(f"({x} - {mean})", f"({mean} - {x})")
        return f"{rest}'*{middle}*{rest}", f"${x}$ is one observation and ${mean}$ its mean"
    if kind == "centred":
        x = cast.new("vector", size)
        return f"{x}'*{middle}*{x}", f"${x}$ is one observation, with mean 0"
    if kind == "batch":
        count = cast.dim()
        x = cast.new("data", size, count)
        form = pick("tr({x}'*{m}*{x})", "tr({m}*{x}*{x}')").format(x=x, m=middle)
        return form, f"${x}$ holds one observation a column, with mean 0"
    c = cast.new("constant", size, size, structure="symmetric", domain="spd")
    return pick("tr({m}*{c})", "tr({c}*{m})").format(m=middle, c=c), f"${c}$ is the scatter matrix of the data"


def _likelihood(pick: Pick, cast: Cast, precision: bool) -> Derive:
    n = cast.dim()
    structure = pick("", "symmetric")
    role = "precision" if precision else "covariance"
    s = cast.new(role, n, n, structure=structure, domain="spd")
    weighted, data = _quadratic(pick, cast, n, s if precision else f"inv({s})")
    many = filled(
        pick("", "2*", "{a}*", "3*"), a=lambda: cast.new("scalar", domain="positive")
    )
    terms = (f"{many}logdet({s})", weighted)
    form = pick("{1} {0} {2}", "-{2} {3} {1}") if precision else pick("{1} {0} {2}", "{2} {0} {1}")
    sign = "-" if precision else "+"
    expr = form.format(sign, *terms, "+")
    if not precision and pick(False, True):
        expr = f"-{terms[0]} - {terms[1]}"
    return Derive(expr, s, cast.symbols, story=f"${s}$ is the {role} matrix; {data}.")


def _covariance(pick: Pick, cast: Cast) -> Derive:
    return _likelihood(pick, cast, False)


def _precision(pick: Pick, cast: Cast) -> Derive:
    return _likelihood(pick, cast, True)


GAUSSIAN_FAMILIES: tuple[Family, ...] = (
    Family(
        "gaussian-mean",
        "Gaussian likelihood by its mean",
        "gaussian",
        "differentiate a quadratic form of a difference and keep its sign",
        _mean,
    ),
    Family(
        "gaussian-covariance",
        "Gaussian likelihood by its covariance",
        "gaussian",
        "differentiate a log determinant and an inverse side by side, with or without symmetry",
        _covariance,
    ),
    Family(
        "gaussian-precision",
        "Gaussian likelihood by its precision",
        "gaussian",
        "see that the likelihood is simpler in the precision matrix than in the covariance",
        _precision,
    ),
)
