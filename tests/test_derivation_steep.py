"""Functions that are steep, or flat, where they are checked: right is let through, wrong is not."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import pytest

from gen.derivation import chain_rules
from gen.derivation.derive import derive
from gen.derivation.slope import slope_of
from gen.errors import FreeIndexError, InputError
from gen.language.function import Function
from gen.language.node import Node, constant, multiply, number

# Steep at some of the points where they are checked first, or as good as constant there.
STEEP = (
    "exp(exp(a))",
    "exp(exp(exp(a)))",
    "tan(exp(3*a))",
    "log(a)*sin(1/a^9)",
    "sum(sin(exp(exp(x))))",
    "sum(exp(exp(x.^2)))",
    "sum(1./sin(exp(x).^9))",
)
CHAOTIC = ("sin(exp(exp(a + 2)))", "sin(exp(exp(a + 5)))", "2./sin(K^3)")
FLAT = (
    *("relu(a - 2)", "relu(a - 3)", "relu(a + 1/10)*relu(1/10 - a)", "sum(relu(x - 5*ones(n)))"),
    *("relu(a)", "relu(-a)", "exp(-exp(exp(4*a)))", "exp(-exp(exp(-4*a)))"),
)
SYMBOLS = {"a": "scalar", "x": "n", "K": "n x n skew"}
CHAINED = ("exp", "sin", "tan", "relu")
WRONG: dict[str, Callable[[Node], Node]] = {
    "doubled": lambda slope: multiply(number(2), slope),
    "slightly too large": lambda slope: multiply(number(Fraction(100_001, 100_000)), slope),
    "forgotten": lambda slope: constant("ones", slope.rows, slope.cols) if not slope.is_scalar else number(1),
}


def _wrt(expr: str) -> str:
    return next(name for name in ("K", "x", "a") if name in expr.replace("exp", "").replace("tan", ""))


@pytest.mark.parametrize("method", ["index", "backprop"])
@pytest.mark.parametrize("fault", WRONG)
@pytest.mark.parametrize("expr", STEEP + CHAOTIC + FLAT)
def test_a_wrong_slope_is_refused_wherever_it_is_checked(
    monkeypatch: pytest.MonkeyPatch, expr: str, fault: str, method: str
) -> None:
    def slope(function: Function, u: Node) -> Node:
        right = slope_of(function, u)
        return WRONG[fault](right) if function.name in CHAINED else right

    monkeypatch.setattr(chain_rules, "slope_of", slope)
    with pytest.raises(FreeIndexError) as caught:
        derive(expr, _wrt(expr), symbols=SYMBOLS, method=method, cache=False)
    assert caught.value.report.code in ("internal", "domain")


@pytest.mark.parametrize("expr", (*STEEP, *FLAT, "relu(-exp(a))", "sum(relu(x - 2*exp(x)))"))
def test_a_right_slope_is_let_through(expr: str) -> None:
    """Where the derivative is zero at every point, as below the edge of relu, that is right as well."""
    assert derive(expr, _wrt(expr), symbols=SYMBOLS, cache=False).verified


@pytest.mark.parametrize("expr", CHAOTIC)
def test_where_rounding_decides_everywhere_nothing_is_answered(expr: str) -> None:
    with pytest.raises(InputError) as caught:
        derive(expr, _wrt(expr), symbols=SYMBOLS, cache=False)
    assert caught.value.report.code == "domain"
