"""Every function of the language: its derivative, alone and inside others, by every method."""

from __future__ import annotations

import numpy as np
import pytest
import sympy

from gen.derivation.slope import slope_of
from gen.language.catalogue import FUNCTIONS
from gen.language.dimension import named
from gen.language.function import Function
from gen.language.node import symbol
from gen.language.text import text
from tests.derivations import answers, hold
from tests.numbers import value

# How an argument of each declared shape is written, plain and composed; the variable is X or x.
ARGUMENTS: dict[str, tuple[tuple[str, str], ...]] = {
    "n": (("x", "x"), ("A*x", "x"), ("A*x - b", "x"), ("X*b", "X")),
    "n x n": (("X", "X"), ("A*X", "X"), ("X'*X + A", "X")),
    "m x n": (("X", "X"), ("A*X", "X"), ("A*X*B", "X"), ("x*b'", "x")),
}
SECOND = {"m x n, p x q": (("X, A", "X"), ("A, X", "X"), ("A*X, B", "X"), ("a*A, B", "a"))}
# An exponential of a matrix has a derivative in closed form only in special cases.
SPECIAL = {"expm": (("expm(a*A)", "a", True), ("tr(expm(X))", "X", True), ("tr(expm(A*X))", "X", True))}
WITHOUT_VEC = ("tril",)  # no matrix of the language keeps the lower half of a stacked matrix
SQUARE = dict.fromkeys("XAB", "n x n") | {"a": "scalar"}


def _calls(function: Function) -> list[tuple[str, str, bool]]:
    """f(argument), the variable, and whether matrices must be square."""
    if function.name in SPECIAL:
        return list(SPECIAL[function.name])
    found: list[tuple[str, str, bool]] = []
    for signature in function.signatures:
        given = signature.split(" -> ")[0]
        if given == "same":
            found += [(f"{function.name}({a})", v, False) for p in ("n", "m x n") for a, v in ARGUMENTS[p]]
            found += [(f"{function.name}(a)", "a", False), (f"{function.name}(x'*A*x)", "x", False)]
        elif given in SECOND:
            found += [(f"{function.name}({a})", v, False) for a, v in SECOND[given]]
        else:
            square = given == "n x n"
            found += [(f"{function.name}({a})", v, square) for a, v in ARGUMENTS[given]]
    return found


CALLS = [(f.name, *call) for f in FUNCTIONS for call in _calls(f)]


@pytest.mark.parametrize(("name", "expr", "wrt", "square"), CALLS, ids=[f"{c[1]} by {c[2]}" for c in CALLS])
def test_a_function_is_differentiated_right(name: str, expr: str, wrt: str, square: bool) -> None:
    symbols = SQUARE if square or name == "kron" else {"a": "scalar"}
    shown = answers(expr, wrt, symbols=symbols)
    wanted = {"index", "backprop"} | ({"vec"} if name not in WITHOUT_VEC else set())
    assert wanted <= {d["problem"]["method"] for d in shown}
    for derivation in shown:
        hold(derivation)


AROUND = ("a*{} + {}", "sum({}.*{})")


@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda f: f.name)
@pytest.mark.parametrize("around", AROUND)
def test_a_function_inside_others(function: Function, around: str) -> None:
    _, expr, wrt, square = next(c for c in CALLS if c[0] == function.name)
    symbols = SQUARE if square or function.name == "kron" else {"a": "scalar"}
    scalar = function.signatures[0].endswith("-> scalar")
    whole = (around.replace("sum({}.*{})", "({})^2") if scalar else around).replace("{}", expr)
    for derivation in answers(whole, wrt, symbols=symbols):
        hold(derivation)


def test_every_function_has_its_calls() -> None:
    assert {c[0] for c in CALLS} == {f.name for f in FUNCTIONS}


# --- the definitions by numbers -----------------------------------------------------------

ELEMENTWISE = [f for f in FUNCTIONS if f.elementwise]
X = sympy.Symbol("x", real=True)


def _points(function: Function) -> list[float]:
    rng = np.random.default_rng(3)
    drawn = [*rng.uniform(-0.95, 0.95, 40), *rng.uniform(0.05, 3, 40)]
    inside = [float(p) for p in drawn if function.domain is None or function.domain(np.full((1, 1), p + 0j))]
    assert len(inside) >= 10
    return inside


@pytest.mark.parametrize("function", ELEMENTWISE, ids=lambda f: f.name)
def test_the_slope_is_the_one_of_sympy(function: Function) -> None:
    """What is printed as f′, which may be the record's own, against SymPy's derivative."""
    assert function.expression is not None
    slope = sympy.diff(sympy.sympify(function.expression, locals={"x": X}), X)
    n = named("n")
    printed = text(slope_of(function, symbol("x", n)))
    places = _points(function)
    ours = value(printed, {"x": np.array(places).reshape(-1, 1)}, {"n": len(places)})
    theirs = [complex(sympy.N(slope.subs(X, p).doit())) for p in places]
    np.testing.assert_allclose(ours.reshape(-1), theirs, rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("function", ELEMENTWISE, ids=lambda f: f.name)
def test_the_value_is_the_one_of_sympy(function: Function) -> None:
    expression = sympy.sympify(function.expression, locals={"x": X})
    places = _points(function)
    ours = function.value(np.array(places).reshape(-1, 1) + 0j).reshape(-1)
    np.testing.assert_allclose(ours, [complex(sympy.N(expression.subs(X, p))) for p in places], rtol=1e-9)


@pytest.mark.parametrize("function", ELEMENTWISE, ids=lambda f: f.name)
def test_the_value_is_analytic(function: Function) -> None:
    """A complex step gives the same slope as a central difference."""
    at = np.array(_points(function)).reshape(-1, 1)
    step = function.value(at + 1e-30j).imag / 1e-30
    h = 1e-5
    central = (function.value(at + h + 0j) - function.value(at - h + 0j)).real / (2 * h)
    np.testing.assert_allclose(step, central, rtol=1e-6, atol=1e-8)


@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda f: f.name)
def test_a_value_is_taken_point_by_point(function: Function) -> None:
    """Arrays of several points give what each of them gives alone; no conjugate, no absolute value."""
    rng = np.random.default_rng(4)
    count = len(function.signatures[0].split(" -> ")[0].split(","))
    column = function.signatures[0].startswith("n ->")
    args = [
        0.3 * rng.uniform(0.4, 1.4, (3, 4, 1 if column else 4)) + (0 if column else np.eye(4)) + 0.001j
        for _ in range(count)
    ]
    whole = function.value(*args)
    for k in range(3):
        np.testing.assert_allclose(whole[k], function.value(*(a[k] for a in args)), rtol=1e-12)
    conjugate = function.value(*(a.conj() for a in args))
    np.testing.assert_allclose(whole, conjugate.conj(), rtol=1e-12)
