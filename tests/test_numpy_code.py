"""Answers as NumPy code: the code is run and held against differences of the original expression."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from gen import derive, to_numpy
from gen.derivation.constants import constant_value
from gen.derivation.numpy_sharing import computed_once
from gen.derivation.result import Derivation
from gen.errors import InputError
from gen.language.catalogue import FUNCTIONS
from gen.language.declaration import declare
from gen.language.dimension import ONE, Dim, named
from gen.language.function import Function
from gen.language.index import Delta, Entry, Letter, Partial, one
from gen.language.index_parser import parse_terms
from gen.language.node import Node, constant, differential, number, symbol
from gen.language.numpy_code import numpy_code
from gen.language.numpy_node import python_name
from gen.language.reading import read
from tests.numbers import value

PRIMES = (3, 2, 5, 7, 11)
STEP = 1e-5
Array = np.ndarray[Any, Any]


def run(code: str, *arguments: object, **sizes: int) -> Array:
    """The value of the function that a snippet defines, run on its own."""
    space: dict[str, Any] = {}
    exec(compile(code, "snippet", "exec"), space)
    return np.asarray(space["derivative"](*arguments, **sizes))


def drawn(node: Node, sizes: Mapping[str, int], rng: np.random.Generator) -> Array:
    """Small positive numbers; square matrices are invertible and not symmetric."""
    rows, cols = node.rows.size(sizes), node.cols.size(sizes)
    out = rng.uniform(0.1, 0.4, (rows, cols))
    return out + np.eye(rows) if rows == cols != 1 else out


def by_differences(expr: str, wrt: str, env: dict[str, Array], sizes: Mapping[str, int]) -> Array:
    """∂F_ik/∂X_qr with axes (i, k, q, r), as central differences of the original expression."""

    def at(x: Array) -> Array:
        # That evaluator takes scalars without axes.
        point = {n: v.reshape(()) if v.size == 1 else v for n, v in {**env, wrt: x}.items()}
        out = value(expr, point, sizes).real
        return np.asarray(out).reshape(out.shape if out.ndim else (1, 1))

    x = env[wrt]
    out = np.empty((*at(x).shape, *x.shape))
    for place in np.ndindex(x.shape):
        move = np.zeros_like(x)
        move[place] = STEP
        out[..., place[0], place[1]] = (at(x + move) - at(x - move)) / (2 * STEP)
    return out


def expected(d: Derivation, slope: Array, upstream: Array | None) -> Array:
    """The slopes arranged as the kind of answer asks for."""
    f, x = d.problem.expr, d.problem.wrt
    if upstream is not None:
        slope = np.einsum("ikqr,ik->qr", slope, upstream)[None, None]
    if d.problem.kind == "vecjac":
        turned = slope.transpose(1, 0, 3, 2)
        return np.asarray(turned.reshape(turned.shape[0] * turned.shape[1], -1))
    if upstream is not None or d.problem.kind == "gradient":
        return np.asarray(slope[0, 0, 0, 0] if x.is_scalar else slope[0, 0])
    if x.is_scalar:
        return np.asarray(slope[:, :, 0, 0])
    dims = (f.rows, f.cols, x.rows, x.cols)
    return slope.reshape([n for n, dim in zip(slope.shape, dims, strict=True) if dim != ONE])


def assert_code_is_right(expr: str, wrt: str, **options: Any) -> str:
    d = derive(expr, wrt, **options)
    code = to_numpy(d)
    names = dict.fromkeys(n for s in d.problem.symbols for dim in (s.rows, s.cols) for n in dim.names)
    sizes = {n: PRIMES[k] for k, n in enumerate(names)}
    rng = np.random.default_rng(5)
    env = {s.name: drawn(s, sizes, rng) for s in d.problem.symbols}
    slope = by_differences(expr, wrt, env, sizes)
    upstream = None if d.upstream is None else rng.uniform(0.1, 0.9, slope.shape[:2])
    arguments = [float(env[s.name][0, 0]) if s.is_scalar else env[s.name] for s in d.problem.symbols]
    if upstream is not None and d.upstream is not None:
        arguments.append(float(upstream[0, 0]) if d.upstream.is_scalar else upstream)
    got, want = run(code, *arguments), expected(d, slope, upstream)
    assert got.shape == want.shape, code
    assert np.allclose(got, want, rtol=1e-6, atol=1e-7), code
    return code


def variable_of(function: Function) -> str:
    names = [s.name for s in derive(function.example, "Q").problem.symbols]
    return next(n for n in ("X", "x", *names) if n in names)


@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda f: f.name)
def test_every_function_has_code_that_gives_its_derivative(function: Function) -> None:
    assert_code_is_right(function.example, variable_of(function))


@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda f: f.name)
def test_every_function_has_code_that_gives_its_value(function: Function) -> None:
    reading = read(function.example)
    sizes = dict(zip(_dims(reading.symbols), PRIMES, strict=False))
    rng = np.random.default_rng(7)
    env = {name: drawn(s, sizes, rng) for name, s in reading.symbols.items()}
    got = eval(numpy_code(reading.node), {"np": np, "math": math, **sizes, **env})
    assert np.allclose(got, value(function.example, env, sizes).real, rtol=1e-9)


@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda f: f.name)
def test_every_function_of_a_number_is_a_number(function: Function) -> None:
    text = f"{function.name}(a{', b' if function.name == 'kron' else ''})"
    node = read(text, [declare("a: scalar"), declare("b: scalar")]).node
    got = eval(numpy_code(node), {"np": np, "math": math, "a": 0.3, "b": 0.7})
    assert np.ndim(got) == 0
    assert np.isclose(got, value(text, {"a": 0.3, "b": 0.7}, {}).real.item())


def _dims(symbols: Mapping[str, Node]) -> list[str]:
    return list(dict.fromkeys(n for s in symbols.values() for dim in (s.rows, s.cols) for n in dim.names))


@pytest.mark.parametrize(
    ("expr", "wrt", "options"),
    [
        ("W*X", "W", {}),
        ("W*X", "X", {"kind": "vecjac"}),
        ("W*X", "W", {"method": "backprop"}),
        ("A*X*B + X'", "X", {}),
        ("A*X*B", "X", {"kind": "vecjac"}),
        ("X'", "X", {"kind": "vecjac"}),
        ("x'*A*x*sum(x.^2)", "x", {}),
        ("a*x'*A*x/3 - b*x'*x", "x", {"symbols": {"a": "scalar", "b": "scalar"}}),
        ("lambda*exp(lambda*x)", "lambda", {}),
        ("norm2(A*x - b)^2/2", "x", {}),
        ("softmax(A*x)", "x", {}),
        ("tr(inv(X)*A) + logdet(X)", "X", {}),
        ("inv(X)", "X", {"kind": "vecjac"}),
        ("X^3", "X", {}),
        ("x./(x.^2 + ones(n))", "x", {}),
        ("sum(log(X).*sin(X*A))", "X", {}),
        ("x*y'", "x", {}),
        ("y*x", "x", {"symbols": {"x": ["1", "n"], "y": "m"}}),
        ("W*X", "A", {}),
        ("sigmoid(W*x + b)", "W", {}),
        ("kron(x, y)", "x", {"kind": "vecjac"}),
        ("x*sqrt(a) + y/a^2", "a", {"symbols": {"a": "scalar"}}),
    ],
)
def test_compositions(expr: str, wrt: str, options: dict[str, Any]) -> None:
    assert_code_is_right(expr, wrt, **options)


def test_the_seed_question_reads_as_a_person_would_write_it() -> None:
    assert to_numpy(derive("W*X", "W")) == (
        "import numpy as np\n\n\n"
        "def derivative(W, X):\n"
        '    """The derivative of W*X by W."""\n'
        "    m = W.shape[0]\n"
        '    return np.einsum("iq,rk->ikqr", np.eye(m), X)\n'
    )
    assert "return np.kron(X.T, np.eye(m))\n" in to_numpy(derive("W*X", "W", kind="vecjac"))
    assert "def derivative(W, X, G):\n" in to_numpy(derive("W*X", "W", method="backprop"))


def test_names_of_python_are_not_used_for_symbols() -> None:
    code = assert_code_is_right("lambda*x + np", "x", symbols={"np": "n"})
    assert "def derivative(lambda_, x, np_):" in code
    names = ["lambda", "lambda_", "lambda__", "np", "np_", "math", "W", "W_"]
    assert len({python_name(n) for n in names}) == len(names)


def test_a_size_that_no_argument_shows_is_a_keyword() -> None:
    code = to_numpy(derive("ones(k,m)*A*x", "x", kind="vecjac"))
    assert "def derivative(A, x, *, k):" in code
    assert np.allclose(run(code, np.ones((3, 2)), np.ones((2, 1)), k=5), np.full((5, 2), 3.0))


def test_a_size_is_read_off_a_product_of_sizes() -> None:
    d = derive("x*(y'*y)", "x", kind="vecjac", symbols={"x": "2*k*n", "y": "n"})
    code = to_numpy(d)
    assert "    k = x.shape[0] // (2 * n)\n" in code
    assert np.allclose(run(code, np.ones((12, 1)), np.ones((3, 1))), 3 * np.eye(12))


def test_whole_numbers_may_be_given() -> None:
    code = to_numpy(derive("sum(x.^-2)", "x"))
    x = np.array([[1], [2], [4]])
    assert np.allclose(run(code, x), -2.0 * x**-3.0)


def test_what_occurs_twice_is_computed_once() -> None:
    lines, code = computed_once("np.diag(np.exp(A @ x)[:, 0]) - np.exp(A @ x) @ np.exp(A @ x).T", {"t1"})
    assert lines == ["t2 = np.exp(A @ x)"]
    assert code == "np.diag(t2[:, 0]) - t2 @ t2.T"
    lines, code = computed_once(
        "np.tanh(np.exp(A @ x)) * np.tanh(np.exp(A @ x)) + np.exp(A @ x) + np.exp(A @ x)", set()
    )
    assert lines == ["t2 = np.exp(A @ x)", "t1 = np.tanh(t2)"]
    assert code == "t1 * t1 + t2 + t2"


# A text, its free indices in the order of the axes, and those it sums over.
INDEX_TEXTS = (
    ("delta[i,q]*X[r,k]", "ikqr", ""),
    ("sum[j](A[j,q]*B[r,j])", "qr", "j"),
    ("sum[j](A[j,q]*B[r,j])", "rq", "j"),
    ("-2*a*x[q]*A[q,r]/3 + B[r,q]", "qr", ""),
    ("[q>=r]*A[q,r] - delta[q,r]", "qr", ""),
    ("sum[j](A[j,j])*x[q]", "q", "j"),
    ("a^2 - 1/2", "", ""),
    ("sum[j,l](x[j]*(A*A)[j,l]*x[l])", "", "jl"),
    ("V[(q,r)]*x[q]", "qr", ""),
    ("delta[q,r]*(x'*x)*x[q]^2", "qr", ""),
    ("x[q]/(x'*x)", "qr", ""),
)


@pytest.mark.parametrize(("text", "free", "bound"), INDEX_TEXTS)
def test_index_forms(text: str, free: str, bound: str) -> None:
    n, m = named("n"), named("m")
    symbols = {
        "a": symbol("a"),
        "x": symbol("x", n),
        "V": symbol("V", n * n),
        "X": symbol("X", n, m),
        **{name: symbol(name, n, n) for name in "AB"},
    }
    sizes, rng = {"n": 3, "m": 2}, np.random.default_rng(3)
    env = {name: rng.uniform(0.5, 2, (s.rows.size(sizes), s.cols.size(sizes))) for name, s in symbols.items()}
    env["a"] = np.asarray(0.7)
    dims = {**dict.fromkeys("iqrjl", n), "k": m}
    ranges = {x: dims[x] for x in free + bound}
    terms = parse_terms(text, symbols, ranges)
    code = numpy_code(terms, tuple(Letter(x, dims[x]) for x in free))
    counts = {x: dim.size(sizes) for x, dim in ranges.items()}
    want = value(text, env, sizes, indices=counts, free=free).real
    got = np.asarray(eval(code, {"np": np, **env, **sizes}))
    assert got.shape == want.shape, code
    assert np.allclose(got, want), code


def test_an_index_that_no_factor_has_is_counted() -> None:
    q, j = Letter("q", named("n")), Letter("j", named("m"))
    code = numpy_code(one(Entry(symbol("x", named("n")), q), bound=(j,)), (q,))
    assert code == "m * x[:, 0]"
    assert numpy_code(one(bound=(j,), coef=2)) == "2 * m"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("A*B*x", "A @ B @ x"),
        ("A*(B*x)", "A @ B @ x"),
        ("2*A*x", "2 * A @ x"),
        ("x'*y*A", "(x.T @ y).item() * A"),
        ("-A.*B", "(-A) * B"),
        ("A - (B + A)", "A - (B + A)"),
        ("A.*B*x", "(A * B) @ x"),
        ("(A + B)'/2", "(A + B).T / 2"),
        ("A^3", "np.linalg.matrix_power(A, 3)"),
        ("a^-1*A", "1 / a * A"),
        ("A.^-2", "1 / A ** 2"),
        ("A.^(1/2)", "A ** 0.5"),
        ("A/3", "A / 3"),
        ("(1/3)*A", "1 / 3 * A"),
        ("eye(n)", "np.eye(n)"),
        ("diag(x)*A", "np.diag(x[:, 0]) @ A"),
        ("diag(A)", "np.diag(A).reshape(-1, 1)"),
        ("vec(A)", 'A.reshape(-1, 1, order="F")'),
    ],
)
def test_spelling(text: str, code: str) -> None:
    declared = {"A": "n x n", "B": "n x n", "x": "n", "y": "n", "a": "scalar"}
    declarations = [declare(f"{name}: {shape}") for name, shape in declared.items()]
    assert numpy_code(read(text, declarations).node) == code


@pytest.mark.parametrize(
    ("name", "sizes"),
    [
        ("eye", "n"),
        ("ones", "n"),
        ("ones", "mn"),
        ("zeros", "nm"),
        ("comm", "mn"),
        ("comm", "nm"),
        ("seldiag", "n"),
        ("dup", "n"),
        ("dup", "m"),
        ("elim", "n"),
    ],
)
def test_constants(name: str, sizes: str) -> None:
    known = {"m": 2, "n": 3}
    code = numpy_code(constant(name, *(named(x) for x in sizes)))
    want = constant_value(name, tuple(known[x] for x in sizes)).real
    assert np.array_equal(eval(code, {"np": np, **known}), want), code
    doubled = numpy_code(constant(name, *(Dim(2, (x,)) for x in sizes)))
    want = constant_value(name, tuple(2 * known[x] for x in sizes)).real
    assert np.array_equal(eval(doubled, {"np": np, **known}), want), doubled


@pytest.mark.parametrize("structure", ["symmetric", "skew", "diagonal", "lower"])
def test_a_structured_variable(structure: str) -> None:
    d = derive("S*A", "S", kind="vecjac", symbols={"S": f"n x n {structure}", "A": "n x p"})
    rng = np.random.default_rng(4)
    s, a = rng.uniform(size=(3, 3)), rng.uniform(size=(3, 2))
    below = [(i, k) for k in range(3) for i in range(k, 3)]
    places = {
        "symmetric": [{(i, k): 1.0, (k, i): 1.0} for i, k in below],
        "skew": [{(i, k): 1.0, (k, i): -1.0} if i != k else {} for i, k in below],
        "diagonal": [{(i, i): 1.0} for i in range(3)],
        "lower": [{place: 1.0} for place in below],
    }[structure]
    columns = []
    for entries in places:
        move = np.zeros((3, 3))
        step: float
        for place, step in entries.items():
            move[place] = step
        columns.append((move @ a).T.reshape(-1))
    got = run(to_numpy(d), s, a)
    assert np.allclose(got, np.stack(columns, axis=1))


def test_the_differential_takes_the_increment() -> None:
    code = to_numpy(derive("tr(X*A*X)", "X", kind="differential"))
    assert "def derivative(X, A, dX):" in code and "The differential of" in code
    rng = np.random.default_rng(6)
    x, a, dx = rng.uniform(size=(3, 3, 3))
    assert np.isclose(run(code, x, a, dx), np.trace(dx @ a @ x + x @ a @ dx))


@pytest.mark.parametrize(("kind", "shape"), [("hessian", (3, 3)), (None, (3, 3))])
def test_second_derivatives(kind: str | None, shape: tuple[int, ...]) -> None:
    code = to_numpy(derive("x'*A*x", "x", kind=kind, order=2))
    a = np.arange(9.0).reshape(3, 3)
    assert "The second derivative of" in code
    assert np.allclose(run(code, np.ones((3, 1)), a), a + a.T)


@pytest.mark.parametrize(
    ("expr", "wrt", "symbols"),
    [
        ("sum(A*x)", "x", {"A": "m x n", "x": "n"}),
        ("r*x", "r", {"r": ["1", "n"], "x": "n"}),
        ("a^2*x", "a", {"a": "scalar", "x": "n"}),
        ("a^2*r", "a", {"a": "scalar", "r": ["1", "n"]}),
        ("tr(A*X)", "X", {"A": "m x n", "X": "n x m"}),
        ("A*x", "x", {"A": "m x n", "x": "n"}),
    ],
)
def test_an_index_form_has_the_shape_that_the_kind_asks_for(
    expr: str, wrt: str, symbols: dict[str, Any]
) -> None:
    d = derive(expr, wrt, symbols=symbols)
    bare = replace(d, results=replace(d.results, matrix=None, vec=None))
    sizes, rng = {"m": 2, "n": 3}, np.random.default_rng(8)
    arrays = [drawn(s, sizes, rng) for s in d.problem.symbols]
    arguments = [a.item() if s.is_scalar else a for s, a in zip(d.problem.symbols, arrays, strict=True)]
    assert bare.answer is bare.results.index is not None
    want, got = run(to_numpy(d), *arguments), run(to_numpy(bare), *arguments)
    assert got.shape == want.shape
    assert np.allclose(got, want)


def test_numbers_stay_floats() -> None:
    assert numpy_code(number(10**40)) == "1e+40"
    with pytest.raises(InputError, match="too large"):
        numpy_code(number(10**400))


def test_what_has_no_code_is_refused_and_named() -> None:
    x = symbol("x", named("n"))
    q, r = Letter("q", named("n")), Letter("r", named("n"))
    for line in (differential(x), Node("constant", Dim(4), Dim(3), name="other", dims=(Dim(2),))):
        with pytest.raises(InputError) as caught:
            numpy_code(line)
        assert caught.value.report.code == "unsupported"
    for terms in (one(Partial(one(Entry(x, q)), Entry(x, r))), one(Entry(x)), one(Delta(q, r))):
        with pytest.raises(InputError) as caught:
            numpy_code(terms, (q,) if terms[0].factors[0] != Entry(x) else ())
        assert caught.value.report.code == "unsupported"


def test_no_terms_are_zero_of_the_right_shape() -> None:
    q = Letter("q", named("n"))
    assert numpy_code((), (q, Letter("r", Dim(2)))) == "np.zeros((n, 2))"
    assert numpy_code((), (q,)) == "np.zeros((n,))"
    assert numpy_code(()) == "0.0"
    assert numpy_code(constant("zeros", Dim(1))) == "0.0"
