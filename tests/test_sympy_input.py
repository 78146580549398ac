"""SymPy expressions as input: their text, its shape and its value, and what is refused."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import sympy
from sympy import Lambda, MatrixSymbol, Rational, Symbol, Trace, symbols
from sympy.matrices.expressions.diagonal import DiagMatrix, DiagonalMatrix, DiagonalOf

from gen import derive
from gen.derivation.sympy_input import translate
from gen.errors import InputError
from gen.language.reading import read
from tests.numbers import value

m, n, p, k = symbols("m n p k")
a, b, t = symbols("a b t")
lam = Symbol("lambda", positive=True)
A, C = MatrixSymbol("A", m, n), MatrixSymbol("C", m, n)
B, S = MatrixSymbol("B", n, p), MatrixSymbol("S", n, n)
x, z = MatrixSymbol("x", n, 1), MatrixSymbol("z", n, 1)
r, s = MatrixSymbol("r", 1, n), MatrixSymbol("s", 1, 1)
T = MatrixSymbol("T", 2, 3)

SIZES = {"m": 2, "n": 3, "p": 5, "k": 7}
RNG = np.random.default_rng(1)
ENV: dict[str, Any] = {
    name: RNG.uniform(0.4, 1.2, shape)
    for name, shape in {
        "A": (2, 3), "C": (2, 3), "B": (3, 5), "S": (3, 3),
        "x": (3, 1), "z": (3, 1), "r": (1, 3), "T": (2, 3),
    }.items()
} | {"s": 0.6, "a": 0.7, "b": 1.3, "lambda": 0.9}  # fmt: skip

A0, B0, C0, S0, x0, z0, r0, T0 = (ENV[name] for name in "A B C S x z r T".split())
a0, b0, l0 = 0.7, 1.3, 0.9
CASES = [
    (A * B, A0 @ B0),
    (A - C, A0 - C0),
    (-A * B + 2 * C * B, -A0 @ B0 + 2 * C0 @ B0),
    (-(A + C), -A0 - C0),
    ((2 * A + C) * B, (2 * A0 + C0) @ B0),
    (sympy.MatMul(2, sympy.MatAdd(A, C), B), 2 * (A0 + C0) @ B0),
    (a * A / 3, a0 * A0 / 3),
    (-Rational(2, 3) * A, -2 * A0 / 3),
    (0.25 * A, 0.25 * A0),
    ((a + b) * A, (a0 + b0) * A0),
    (a / b * A, a0 / b0 * A0),
    (A * x * n, 3 * A0 @ x0),
    (A * x / n, A0 @ x0 / 3),
    (Trace(A * A.T) / 2, np.trace(A0 @ A0.T) / 2),
    (Trace(S) * Trace(S * S), np.trace(S0) * np.trace(S0 @ S0)),
    (S**3, S0 @ S0 @ S0),
    ((-S) ** 2, S0 @ S0),
    (S.I * x, np.linalg.inv(S0) @ x0),
    ((S * S.T).I, np.linalg.inv(S0 @ S0.T)),
    (S**-2, np.linalg.inv(S0 @ S0)),
    ((S.T * S).T * x, S0.T @ S0 @ x0),
    ((A * B).T, (A0 @ B0).T),
    (sympy.log(a) * sympy.Determinant(S) ** 2, np.log(a0) * np.linalg.det(S0) ** 2),
    (sympy.HadamardProduct(A, C) * B, (A0 * C0) @ B0),
    (sympy.HadamardProduct(A + C, C), (A0 + C0) * C0),
    (sympy.HadamardPower(A, -Rational(1, 2)), A0**-0.5),
    (sympy.HadamardPower(A, a), A0**a0),
    (sympy.KroneckerProduct(A, B, T), np.kron(np.kron(A0, B0), T0)),
    (S + a * sympy.Identity(n), S0 + a0 * np.eye(3)),
    (sympy.OneMatrix(1, n) * x, x0.sum()),
    (A + sympy.OneMatrix(m, n), A0 + 1),
    (sympy.MatAdd(A, sympy.ZeroMatrix(m, n)), A0),
    (sympy.OneMatrix(n, 1) - x, 1 - x0),
    (DiagMatrix(x) * B, np.diag(x0[:, 0]) @ B0),
    (DiagMatrix(r), np.diag(r0[0])),
    (DiagonalOf(S), np.diag(S0)[:, None]),
    (DiagonalMatrix(S), np.diag(np.diag(S0))),
    (x.T * S * x, x0.T @ S0 @ x0),
    (s * x.T, 0.6 * x0.T),
    (x * z.T * S, x0 @ z0.T @ S0),
    (sympy.DotProduct(x, z), x0.T @ z0),
    (sympy.DotProduct(r, z), r0 @ z0),
    (T * T.T, T0 @ T0.T),
    ((A * x).applyfunc(sympy.exp), np.exp(A0 @ x0)),
    (A.applyfunc(Lambda(t, t**2 + 3 * sympy.sin(t) - a / t + 2)), A0**2 + 3 * np.sin(A0) - a0 / A0 + 2),
    (A.applyfunc(Lambda(t, 1 / (1 + sympy.exp(-t)))), 1 / (1 + np.exp(-A0))),
    (A.applyfunc(Lambda(t, sympy.sqrt(t) * sympy.log(t) * -a)), -a0 * np.sqrt(A0) * np.log(A0)),
    (A.applyfunc(Lambda(t, a - t)), a0 - A0),
    ((A - C).applyfunc(Lambda(t, sympy.Max(0, t))), np.maximum(A0 - C0, 0)),
    (S.applyfunc(Lambda(t, 2)), np.full((3, 3), 2.0)),
    (sympy.exp(Trace(S)) * a**2 / b + sympy.sqrt(lam), np.exp(np.trace(S0)) * a0**2 / b0 + l0**0.5),
    (a ** (2 * b) + 2 ** (-a) - lam ** -Rational(3, 2), a0 ** (2 * b0) + 2**-a0 - l0**-1.5),
    (a - (b - a * b), a0 - b0 + a0 * b0),
    (sympy.E * a * Trace(S), np.exp(1.0) * a0 * np.trace(S0)),
    (sympy.asin(a) + sympy.acos(a) * sympy.atan(b), np.arcsin(a0) + np.arccos(a0) * np.arctan(b0)),
    (sympy.Abs(a - b) * sympy.sign(b - a) + sympy.Heaviside(a), b0 - a0 + 1),
]


@pytest.mark.parametrize(
    ("expr", "want"), CASES, ids=lambda c: str(c)[:40] if isinstance(c, sympy.Basic) else ""
)
def test_text_shape_and_value(expr: Any, want: Any) -> None:
    text, found = translate(expr)
    node = read(text, found).node
    if getattr(expr, "is_Matrix", False):
        sizes = tuple(size.subs(SIZES) for size in expr.shape)
        assert (node.rows.size(SIZES), node.cols.size(SIZES)) == sizes, text
    else:
        assert node.is_scalar, text
    got = value(text, ENV, SIZES).real
    assert np.allclose(np.atleast_2d(got), np.atleast_2d(want)), text


@pytest.mark.parametrize(
    ("expr", "text"),
    [
        (A * B, "A*B"),
        (A - C, "A - C"),
        (A * x / n, "A*x/n"),
        (2 * C * B, "2*C*B"),
        (Trace(A * A.T) / 2, "1/2*tr(A*A')"),
        ((A * x).applyfunc(sympy.tanh), "tanh(A*x)"),
        (sympy.KroneckerProduct(A, B), "kron(A, B)"),
        (1 / a + sympy.sqrt(b), "1/a + sqrt(b)"),
        (S.I, "inv(S)"),
    ],
)
def test_text(expr: Any, text: str) -> None:
    written = translate(expr)[0]
    assert sorted(written.split(" + ")) == sorted(text.split(" + "))


def test_declarations_have_the_shapes_of_sympy() -> None:
    _, found = translate(lam * n * A * x * s * r * T.T * MatrixSymbol("V", 2, 2 * k * n))
    shapes = {name: (d.rows.text(), d.cols.text()) for name, d in found.items()}
    assert shapes == {
        "lambda": ("1", "1"),
        "s": ("1", "1"),
        "A": ("m", "n"),
        "x": ("n", "1"),
        "r": ("1", "n"),
        "T": ("2", "3"),
        "V": ("2", "2*k*n"),
    }
    assert found["lambda"].domain == "positive"
    assert found["A"].domain is None


def test_a_sympy_expression_is_derived_like_its_text() -> None:
    ours = derive("S*x - z", "x", symbols={"S": "n x n", "x": "n", "z": "n"}).to_json()
    theirs = derive(S * x - z, "x").to_json()
    assert theirs["results"] == ours["results"]
    assert theirs["problem"]["expr"] == "S*x - z"


def test_declarations_of_the_caller_win() -> None:
    d = derive(Trace(S * S), "S", symbols={"S": "n x n symmetric"})
    assert d.problem.wrt.structure == "symmetric"


OTHER_N = symbols("n", integer=True)
REFUSED = [
    (sympy.exp(S), "unsupported", "exp in exp(S)", "for a function of each entry write .applyfunc(exp)"),
    (S**n, "unsupported", "MatPow in S**n", None),
    (A[0, 0], "unsupported", "MatrixElement in A[0, 0]", None),
    (sympy.Matrix([[1, 2], [3, 4]]), "unsupported", "Matrix", None),
    (sympy.ImmutableMatrix([[a]]), "unsupported", "Matrix", None),
    (sympy.BlockMatrix([[A, C]]), "unsupported", "BlockMatrix", None),
    (sympy.Function("f")(a), "unsupported", "f in f(a)", None),
    (sympy.Integral(a, a), "unsupported", "Integral", None),
    (sympy.pi * A, "unsupported", "Pi", None),
    (sympy.I * a, "unsupported", "ImaginaryUnit", None),
    (sympy.oo, "unsupported", "Infinity", None),
    (sympy.nan, "unsupported", "NaN", None),
    (sympy.Eq(a, b), "unsupported", "Equality", None),
    (sympy.Adjoint(A), "unsupported", "Adjoint", None),
    (sympy.Max(a, b), "unsupported", "Max", None),
    (A.applyfunc(Lambda(t, sympy.gamma(t))), "unsupported", "gamma in gamma(t)", None),
    (A.applyfunc(Lambda(t, 2**t)), "unsupported", "Pow in 2**t", None),
    (MatrixSymbol("X", n + 1, 2), "unsupported", "the dimension n + 1", "a dimension is"),
    (MatrixSymbol("X", n / 2, 2), "unsupported", "the dimension 1/2", "a dimension is"),
    (MatrixSymbol("x'", 2, 2), "syntax", "a name cannot contain '", None),
    (Symbol("my name"), "syntax", "a name cannot contain a blank", None),
    (Symbol("σ"), "syntax", "U+03C3", "sigma"),
    (sympy.Dummy("_q"), "syntax", "is not a name", None),
    (MatrixSymbol("X", Symbol("n 1"), 2), "syntax", "a name cannot contain a blank", None),
    (MatrixSymbol("sum", 2, 2), "name_clash", "sum is a function", None),
    (Symbol("eye") * a, "name_clash", "eye is a function", None),
    (Trace(S) * OTHER_N, "name_clash", "n stands for two different symbols", None),
    (MatrixSymbol("a", n, n) * a, "name_clash", "a stands for two", None),
    (sympy.Float("1e400"), "too_large", "number", None),
    (3, "unsupported", "not of type int", "derive("),
    (None, "unsupported", "not of type NoneType", "derive("),
    (np.eye(2), "unsupported", "not of type ndarray", "derive("),
    (sympy.MatrixSymbol, "unsupported", "not of type", "derive("),
]


@pytest.mark.parametrize(("expr", "code", "message", "hint"), REFUSED, ids=lambda c: str(c)[:30])
def test_what_is_refused_is_named(expr: Any, code: str, message: str, hint: str | None) -> None:
    with pytest.raises(InputError) as caught:
        translate(expr)
    report = caught.value.report
    assert report.code == code
    assert message in report.message
    assert hint is None or hint in (report.hint or "")
    assert "\n" not in report.message


def test_deep_nesting_is_an_error_and_no_crash() -> None:
    deep: Any = a
    for _ in range(150):
        deep = sympy.sin(deep)
    with pytest.raises(InputError) as caught:
        translate(deep)
    assert caught.value.report.code == "too_large"
