"""Families on the Gaussian likelihood: by the mean, the covariance and the precision."""

from __future__ import annotations

from gen.problems.cast import Cast
from gen.problems.family import Family
from gen.problems.operands import constants
from gen.problems.parts import filled, one_or_two, shifted, tex
from gen.problems.pick import Pick
from gen.problems.task import Derive


def _spread(pick: Pick, cast: Cast, size: str) -> tuple[str, str]:
    """The matrix in the middle of the quadratic form, and what to say of it."""
    if pick(True, False):
        s = cast.new("covariance", size, size, structure="symmetric", domain="spd")
        return f"inv({s})", f"{tex(s)} is the covariance matrix"
    p = cast.new("precision", size, size, structure="symmetric", domain="spd")
    return p, f"{tex(p)} is the precision matrix, the inverse of the covariance"


def _mean(pick: Pick, cast: Cast) -> Derive:
    """A quadratic form of the distance to a mean, which is a variable or linear in one."""
    n = cast.dim()
    x = cast.new("vector", n)
    middle, told = _spread(pick, cast, n)
    if pick(True, False):
        wrt = cast.new("mean", n)
        mean = wrt
    else:
        size = cast.dim()
        wrt = cast.new("coefficients", size)
        mean = f"{constants(pick, cast, n, size)}*{wrt}"
    rest = pick("{x} - {m}{s}", "{m}{s} - {x}").format(x=x, m=mean, s=shifted(pick, cast, n))
    front = filled(
        pick("", "-", "{a}*", "-{a}*", "2*", "-3*"), a=lambda: cast.new("scalar", domain="positive")
    )
    form = f"{front}({rest})'*{middle}*({rest})"
    return Derive(form, wrt, cast.symbols, story=f"{told}; {tex(x)} is one observation.")


def _of_one(pick: Pick, cast: Cast, size: str, middle: str) -> tuple[str, str, str]:
    """The quadratic form of one observation, the number of observations (empty), and what to say."""
    x = cast.new("vector", size)
    told = f"{tex(x)} is one observation"
    kind = pick("centred", "mean", "regression")
    if kind == "centred":
        return f"{x}'*{middle}*{x}", "", f"{told}, with mean 0"
    if kind == "mean":
        mean = cast.new("mean", size)
    else:
        other = cast.dim()
        mean = f"{one_or_two(pick, cast, size, other)}*{cast.new('coefficients', other)}"
    rest = pick("({x} - {m})", "({m} - {x})").format(x=x, m=mean)
    return f"{rest}'*{middle}*{rest}", "", told


def _of_many(pick: Pick, cast: Cast, size: str, middle: str) -> tuple[str, str, str]:
    """The same for many observations, their quadratic forms in one trace."""
    count = cast.dim()
    x = cast.new("data", size, count)
    told = f"{tex(x)} holds one observation a column"
    kind = pick("centred", "mean", "regression")
    rest = x
    if kind == "centred":
        told += ", with mean 0"
    elif kind == "mean":
        rest = f"({x} - {cast.new('mean', size)}*ones({count})')"
    else:
        other = cast.dim()
        mean = f"{one_or_two(pick, cast, size, other)}*{cast.new('data', other, count)}"
        rest = pick("({x} - {m})", "({m} - {x})").format(x=x, m=mean)
    return f"tr({rest}'*{middle}*{rest})", count, told


def _likelihood(pick: Pick, cast: Cast, precision: bool) -> Derive:
    """A log likelihood or its negative, up to constants: every observation has a log determinant."""
    n = cast.dim()
    role = "precision" if precision else "covariance"
    s = cast.new(role, n, n, structure=pick("", "symmetric"), domain="spd")
    quadratic, count, data = pick(_of_one, _of_many)(pick, cast, n, s if precision else f"inv({s})")
    log = f"logdet({s})"
    # Twice the log likelihood, the log likelihood itself, and where there are many twice their mean.
    share = pick("", "/2", *([f"/{count}"] if count else []))
    if share == f"/{count}":
        quadratic += share
    else:
        log, quadratic = f"{count}*" * bool(count) + log + share, quadratic + share
    if precision:
        form = pick("{0} - {1}", "-{1} + {0}", "{1} - {0}", "-{0} + {1}")
    else:
        form = pick("-{0} - {1}", "-{1} - {0}", "{0} + {1}", "{1} + {0}")
    told = f"{tex(s)} is the {role} matrix; {data}."
    return Derive(form.format(log, quadratic), s, cast.symbols, story=told)


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
