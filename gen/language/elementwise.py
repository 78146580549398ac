"""Elementwise functions: each one record, its derivative from SymPy or as a textbook prints it."""

from __future__ import annotations

from math import pi, sqrt

import numpy as np

from gen.language.function import Array, Function

EDGE = 1e-2  # how far from a kink or a pole a point must stay


def _away_from_zero(z: Array) -> bool:
    return bool((np.abs(z.real) > EDGE).all())


def _positive(z: Array) -> bool:
    return bool((z.real > EDGE).all())


def _inside_one(z: Array) -> bool:
    return bool((np.abs(z.real) < 1 - EDGE).all())


def _off_poles_of_tan(z: Array) -> bool:
    return bool((np.abs(np.cos(z.real)) > EDGE).all())


def _series_range(z: Array) -> bool:
    return bool((np.abs(z.real) < 4).all())


def _moderate(z: Array) -> bool:
    return bool((np.abs(z.real) < 20).all())


def _erf(z: Array) -> Array:
    """exp(-z²) times a series, both analytic; 80 terms reach 1e-15 for |z| < 4.

    The terms of the series have one sign for real z. Those of the Maclaurin series of erf itself
    have both, and would lose nine digits at z = 4.
    """
    out, power, twice = np.zeros_like(z), z.copy(), 2 * z * z
    for k in range(80):
        out = out + power
        power = power * twice / (2 * k + 3)
    return np.asarray(2 / sqrt(pi) * np.exp(-z * z) * out)


def _by_sign(z: Array, above: Array | complex, below: Array | complex) -> Array:
    return np.where(z.real > 0, above, below) + 0j


def _record(
    name: str,
    title: str,
    value: object,
    expression: str,
    *,
    tex: str = "",
    derivative: str | None = None,
    because: str = "",
    domain: object = _moderate,
    where: str = "everywhere",
) -> Function:
    assert callable(value) and callable(domain)
    return Function(
        name=name,
        title=title,
        signatures=("same -> same",),
        tex=tex or rf"\{name}({{0}})",
        because=because or f"{title} acts on each entry, so its slope multiplies entry by entry",
        source="Matrix Cookbook (2012), section 2.8; elementary calculus",
        value=value,
        expression=expression,
        derivative=derivative,
        domain=domain,
        example=f"{name}(A*x)",
        where=where,
    )


ELEMENTWISE: tuple[Function, ...] = (
    _record(
        "exp",
        "the exponential",
        np.exp,
        "exp(x)",
        derivative="exp(x)",
        because="the exponential is its own slope",
    ),
    _record(
        "log",
        "the logarithm",
        np.log,
        "log(x)",
        domain=_positive,
        where="where every entry is positive",
        derivative="1/x",
        because="the slope of the logarithm is one over its argument",
    ),
    _record(
        "sin",
        "the sine",
        np.sin,
        "sin(x)",
        derivative="cos(x)",
        because="the slope of the sine is the cosine",
    ),
    _record(
        "cos",
        "the cosine",
        np.cos,
        "cos(x)",
        derivative="-sin(x)",
        because="the slope of the cosine is minus the sine",
    ),
    _record(
        "tan",
        "the tangent",
        np.tan,
        "tan(x)",
        domain=_off_poles_of_tan,
        where="where no entry is an odd multiple of π/2",
        derivative="tan(x)^2 + 1",
        because="the slope of the tangent is one plus its square",
    ),
    _record(
        "arcsin",
        "the arc sine",
        np.arcsin,
        "asin(x)",
        domain=_inside_one,
        where="where every entry lies between −1 and 1",
        derivative="1/sqrt(1 - x^2)",
        because="the slope of the arc sine is 1/√(1 − u²)",
    ),
    _record(
        "arccos",
        "the arc cosine",
        np.arccos,
        "acos(x)",
        domain=_inside_one,
        where="where every entry lies between −1 and 1",
        derivative="-1/sqrt(1 - x^2)",
        because="the slope of the arc cosine is −1/√(1 − u²)",
    ),
    _record(
        "arctan",
        "the arc tangent",
        np.arctan,
        "atan(x)",
        derivative="1/(x^2 + 1)",
        because="the slope of the arc tangent is 1/(1 + u²)",
    ),
    _record(
        "sinh",
        "the hyperbolic sine",
        np.sinh,
        "sinh(x)",
        derivative="cosh(x)",
        because="the slope of the hyperbolic sine is the hyperbolic cosine",
    ),
    _record(
        "cosh",
        "the hyperbolic cosine",
        np.cosh,
        "cosh(x)",
        derivative="sinh(x)",
        because="the slope of the hyperbolic cosine is the hyperbolic sine",
    ),
    _record(
        "tanh",
        "the hyperbolic tangent",
        np.tanh,
        "tanh(x)",
        derivative="1 - tanh(x)^2",
        because="the slope of the hyperbolic tangent is one minus its square",
    ),
    _record(
        "sqrt",
        "the square root",
        np.sqrt,
        "sqrt(x)",
        tex=r"\sqrt{{{0}}}",
        derivative="1/(2*sqrt(x))",
        domain=_positive,
        where="where every entry is positive",
        because="the slope of the square root is one over twice the root",
    ),
    _record(
        "abs",
        "the absolute value",
        lambda z: _by_sign(z, z, -z),
        "Abs(x)",
        tex=r"\lvert {0}\rvert",
        derivative="sign(x)",
        because="the slope of the absolute value is the sign (undefined at 0)",
        domain=_away_from_zero,
        where="where no entry is 0",
    ),
    _record(
        "sign",
        "the sign",
        lambda z: _by_sign(z, 1, -1),
        "sign(x)",
        tex=r"\operatorname{{sign}}({0})",
        derivative="0",
        because="the sign is constant on either side of 0, so its derivative is zero almost everywhere",
        domain=_away_from_zero,
        where="where no entry is 0",
    ),
    _record(
        "step",
        "the unit step",
        lambda z: _by_sign(z, 1, 0),
        "Heaviside(x)",
        tex=r"\operatorname{{step}}({0})",
        derivative="0",
        because="the step is constant on either side of 0, so its derivative is zero almost everywhere",
        domain=_away_from_zero,
        where="where no entry is 0",
    ),
    _record(
        "relu",
        "the rectifier",
        lambda z: _by_sign(z, z, 0),
        "Max(x, 0)",
        tex=r"\operatorname{{relu}}({0})",
        derivative="step(x)",
        because="the rectifier has slope 1 above 0 and 0 below (undefined at 0)",
        domain=_away_from_zero,
        where="where no entry is 0",
    ),
    _record(
        "sigmoid",
        "the logistic sigmoid",
        lambda z: 1 / (1 + np.exp(-z)),
        "1/(1 + exp(-x))",
        tex=r"\sigma({0})",
        derivative="sigmoid(x)*(1 - sigmoid(x))",
        because="the slope of the sigmoid is σ(1 − σ)",
    ),
    _record(
        "softplus",
        "the soft plus",
        lambda z: np.log(1 + np.exp(z)),
        "log(1 + exp(x))",
        tex=r"\operatorname{{softplus}}({0})",
        derivative="sigmoid(x)",
        because="the slope of log(1 + exp(x)) is the sigmoid",
    ),
    _record(
        "erf",
        "the error function",
        _erf,
        "erf(x)",
        tex=r"\operatorname{{erf}}({0})",
        domain=_series_range,
        derivative="2*exp(-x^2)/sqrt(arccos(-1))",
        because="the slope of the error function is the bell curve 2/√π exp(−u²)",
    ),
    _record(
        "gelu",
        "the Gaussian error linear unit",
        lambda z: z * (1 + _erf(z / sqrt(2))) / 2,
        "x*(1 + erf(x/sqrt(2)))/2",
        tex=r"\operatorname{{gelu}}({0})",
        derivative="(1 + erf(x/sqrt(2)))/2 + x*exp(-x^2/2)/sqrt(2*arccos(-1))",
        domain=_series_range,
        because="with Φ the normal distribution and φ its density, the slope of u Φ(u) is Φ(u) + u φ(u)",
    ),
)
