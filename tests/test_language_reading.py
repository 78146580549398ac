"""From text to typed nodes: default readings, shapes, and errors that name them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gen.errors import InputError
from gen.language.catalogue import FUNCTION_NAMED
from gen.language.declaration import declaration_from, declare
from gen.language.dimension import named
from gen.language.foreign_names import FOREIGN
from gen.language.inference import Inference
from gen.language.names import CONSTANTS
from gen.language.node import Node, constant, multiply, number, size, symbol
from gen.language.parser import parse
from gen.language.reading import Reading, elaborate, read
from gen.language.text import text as typed
from tests.numbers import value

DATA = Path(__file__).parent / "data"
BAD = [json.loads(line) for line in (DATA / "bad_expr.jsonl").read_text(encoding="utf-8").splitlines()]
IDENTITIES = [
    json.loads(line) for line in (DATA / "identities.jsonl").read_text(encoding="utf-8").splitlines()
]
KNOWN = [
    row
    for row in IDENTITIES
    if {part.name for part in parse(row["expr"]).walk() if part.op == "call"}
    <= {*FUNCTION_NAMED, "eye", "vector", "matrix", "ones"}
]
SIZES = {"m": 3, "n": 5, "p": 2, "q": 7, "k": 3, "N": 4, "d": 5, "C": 2, "r": 2, "s": 5}


def words(reading: Reading) -> str:
    """`m x p; W: m x n, X: n x p`: the shape of an expression and of its symbols."""

    def shape(node: Node) -> str:
        return f"{node.rows.text()} x {node.cols.text()}"

    return shape(reading.node) + "; " + ", ".join(f"{k}: {shape(v)}" for k, v in reading.symbols.items())


def refused(text: str, *declarations: str, **options: Any) -> InputError:
    with pytest.raises(InputError) as caught:
        read(text, map(declare, declarations), **options)
    return caught.value


SHAPES = [
    ("W*X", [], "m x p; W: m x n, X: n x p"),
    ("A*x", [], "m x 1; A: m x n, x: n x 1"),
    ("A*x - b", [], "m x 1; A: m x n, x: n x 1, b: m x 1"),
    ("x'*A*x", [], "1 x 1; x: n x 1, A: n x n"),
    ("x'*A*y", [], "1 x 1; x: m x 1, A: m x n, y: n x 1"),
    ("x*y'", [], "m x n; x: m x 1, y: n x 1"),
    ("alpha*X", [], "m x n; alpha: 1 x 1, X: m x n"),
    ("lambda_2*Sigma", [], "m x n; lambda_2: 1 x 1, Sigma: m x n"),
    ("tr(A*B)", [], "1 x 1; A: m x n, B: n x m"),
    ("inv(A*B)", [], "m x m; A: m x n, B: n x m"),
    ("X^2 + eye", [], "n x n; X: n x n"),
    ("X.^2", [], "m x n; X: m x n"),
    ("kron(A, B)", [], "m*p x d*n; A: m x n, B: p x d"),
    ("tr(kron(X, X))", [], "1 x 1; X: n x n"),
    ("vec(A) + b", [], "m*n x 1; A: m x n, b: m*n x 1"),
    ("diag(x)*A", [], "m x n; x: m x 1, A: m x n"),
    ("diag(X)", [], "n x 1; X: n x n"),
    ("x - sum(x)/n*ones(n)", [], "n x 1; x: n x 1"),
    ("W'*W - eye(n)", [], "n x n; W: m x n"),
    ("(x'*x)*y", [], "n x 1; x: m x 1, y: n x 1"),
    ("2./x", [], "n x 1; x: n x 1"),
    ("softmax(W*x)", [], "m x 1; W: m x n, x: n x 1"),
    ("exp(A*X)", [], "m x p; A: m x n, X: n x p"),
    ("W*X", ["W: m x n"], "m x p; W: m x n, X: n x p"),
    ("W*X", ["X: n x d"], "m x d; W: m x n, X: n x d"),
    ("A*x", ["x: m"], "n x 1; A: n x m, x: m x 1"),
    ("x*W", ["x: 1 x m"], "1 x n; x: 1 x m, W: m x n"),
    ("a*X", ["a: scalar"], "m x n; a: 1 x 1, X: m x n"),
    ("n*x", ["x: n"], "n x 1; x: n x 1"),
    ("normF(X)^2/N", ["X: N x d"], "1 x 1; X: N x d"),
    ("A*B", ["A: 2 x 3", "B: 3 x 2"], "2 x 2; A: 2 x 3, B: 3 x 2"),
    ("inv(a)", ["a: scalar"], "1 x 1; a: 1 x 1"),
    ("y*x", ["y: n x 1", "x: 1 x n"], "n x n; y: n x 1, x: 1 x n"),
]


@pytest.mark.parametrize(("text", "lets", "expected"), SHAPES, ids=[f"{t} {d}" for t, d, _ in SHAPES])
def test_shapes(text: str, lets: list[str], expected: str) -> None:
    assert words(read(text, map(declare, lets))) == expected


def test_the_seed_question_as_nodes() -> None:
    m, n, p = named("m"), named("n"), named("p")
    reading = read("F = W*X", wrt=["W"])
    assert reading.node == multiply(symbol("W", m, n), symbol("X", n, p))
    assert reading.symbols == {"W": symbol("W", m, n), "X": symbol("X", n, p)}
    assert reading.definition == "F"
    assert {"F", "W", "X", "m", "n", "p"} <= reading.names


FAITHFUL = [
    "W*X",
    "x'*A*x*b'",
    "X''",
    "(A + B)*C - 2*D",
    "(A.*B)*C",
    "A*(B.*C)",
    "-X^2",
    "inv(X)^2*Y",
    "1/2*x'*A*x",
    "x'*x*(y'*y)",
    "X/tr(X)",
    "1./x",
    "2^3^2",
    "exp(x)'*y",
]


@pytest.mark.parametrize("text", FAITHFUL)
def test_what_is_typed_is_kept(text: str) -> None:
    assert typed(read(text).node) == text


def test_constants_get_their_size_from_the_context() -> None:
    n = named("n")
    assert read("X + eye").node.args[1] == constant("eye", n)
    assert read("x + vector(1)").node.args[1] == constant("ones", n)
    assert read("x + vector(3)").node.args[1] == multiply(number(3), constant("ones", n))
    assert typed(read("matrix(2) - A").node) == "2*ones(m,n) - A"
    assert typed(read("vector(1)'*X*vector(1)").node) == "ones(m)'*X*ones(n)"


def test_powers() -> None:
    assert typed(read("X^-1").node) == "inv(X)"
    assert typed(read("X^-2").node) == "inv(X)^2"
    assert read("X^0").node == constant("eye", named("n"))
    assert typed(read("X^1").node) == "X"
    assert typed(read("X^(1+1)").node) == "X^2"
    assert typed(read("alpha^-1").node) == "alpha^(-1)"


def test_a_dimension_may_be_used_as_a_scalar() -> None:
    assert size(named("n")) in read("sum(x)/n", [declare("x: n")]).node.args
    assert read("n*X", [declare("n: scalar")]).node.args[0] == symbol("n")


def test_a_declaration_wins_and_its_properties_are_kept() -> None:
    reading = read("S*x", [declare("S: k x k symmetric spd"), declare("x: k")])
    assert (reading.symbols["S"].structure, reading.symbols["S"].domain) == ("symmetric", "spd")


def test_a_variable_need_not_occur() -> None:
    assert words(read("W*X", wrt=["Y", "x"])).endswith("Y: d x h, x: w x 1")
    assert words(read("W*X", [declare("t: scalar")], wrt=["t"])).endswith("t: 1 x 1")


REFUSED = [
    ("a*X", [], "shape", "a*X", "a: scalar"),
    ("x'*A*x + c", [], "shape", "x'*A*x + c", "c: scalar"),
    ("c*norm2(x) + 1", [], "shape", "c*norm2(x) + 1", "c: scalar"),
    ("A + 2", [], "shape", "A + 2", "matrix(2)"),
    ("A + 2", [], "shape", "A + 2", "2*eye"),
    ("A*x + 1", [], "shape", "A*x + 1", "vector(1)"),
    ("x*y", [], "shape", "x*y", "x'*y"),
    ("A*B", ["A: 2 x 3", "B: 2 x 3"], "shape", "A*B", "A'*B"),
    ("A + B", ["A: m x n", "B: n x m"], "shape", "A + B", "B'"),
    ("W*X", ["W: m x n", "X: p x q"], "shape", "W*X", None),
    ("C + tr(A*B*C)*A", ["A: m x n"], "shape", "C + tr(A*B*C)*A", None),
    ("A/B", [], "shape", "B", "./"),
    ("alpha/A", ["A: n x n"], "shape", "A", "inv"),
    ("X^x", [], "shape", "x", "x: scalar"),
    ("x.^y", ["x: n", "y: n"], "shape", "y", None),
    ("norm2(X)", [], "shape", "X", "X: n"),
    ("softmax(x')", ["x: n"], "shape", "x'", "softmax((x')')"),
    ("kron(A,B)*vec(C)", [], "shape", "kron(A,B)*vec(C)", "declare"),
    ("eye", [], "shape", "eye", "eye(n)"),
    ("tr(X)*eye", [], "shape", "eye", "eye(n)"),
    ("vector(1)", [], "shape", "vector(1)", "ones(n)"),
    ("matrix(1)*X", [], "shape", "matrix(1)", "ones(m,n)"),
    ("tr(C)", ["C: m x n"], "not_square", "C", None),
    ("X + det(A*B)", ["A: m x n", "B: n x p"], "not_square", "A*B", None),
    ("x^2", ["x: n"], "not_square", "x", ".^"),
    ("X^0.5", [], "unsupported", "0.5", ".^"),
    ("dup(n)", [], "unsupported", "dup(n)", None),
    ("vector(x) + y", [], "not_scalar", "x", "x: scalar"),
    ("X^101", [], "too_large", "101", None),
    ("A^-999999999", [], "too_large", "-999999999", None),
    ("A^(2^40)", [], "too_large", "(2^40)", None),
    ("a^(9^9^9^9)", ["a: scalar"], "too_large", "(9^9^9^9)", None),
    ("10^100^100", [], "too_large", "10^100^100", None),
    ("0^0", [], "domain", "0^0", None),
    ("0^-1", [], "domain", "0^-1", None),
    ("(-8)^(1/3)", [], "domain", "(-8)^(1/3)", None),
    ("X/0", [], "domain", "X/0", None),
    ("exq(X)", [], "unknown_function", "exq", "exp"),
    ("A(x)", [], "unknown_function", "A", "A*(...)"),
    ("norm(A*x - b)", [], "unknown_function", "norm", "norm2(x) is the norm of a vector"),
    ("max(x)", [], "unknown_function", "max", "relu(x)"),
    ("trace(X)", [], "unknown_function", "trace", "tr?"),
    ("tr(A, B)", [], "syntax", "tr(A, B)", None),
    ("kron(A)", [], "syntax", "kron(A)", None),
    ("ones(m,n,p)", [], "syntax", "ones(m,n,p)", None),
    ("eye(n+1)", [], "syntax", "n+1", "product"),
    ("eye(0)", [], "syntax", "0", None),
    ("tr*X", [], "syntax", "tr", "tr(...)"),
    ("f + x", ["f: elementwise"], "syntax", "f", "f(...)"),
    ("eye(A)*A", [], "name_clash", "A", None),
    ("eye(x)*x", ["x: n"], "name_clash", "x", None),
    ("X = X", [], "name_clash", "X", None),
    ("tr = X", [], "name_clash", "tr", None),
    ("F = A B", [], "syntax", "B", "A*B"),
]


@pytest.mark.parametrize(
    ("text", "lets", "code", "place", "hint"), REFUSED, ids=[f"{row[0]} {row[4]}" for row in REFUSED]
)
def test_what_does_not_fit_is_refused(
    text: str, lets: list[str], code: str, place: str, hint: str | None
) -> None:
    report = refused(text, *lets).report
    assert report.code == code
    assert text[report.start : report.end] == place
    assert hint is None or hint in (report.hint or "")


def test_shape_errors_name_both_shapes() -> None:
    message = refused("W*X + Y", "W: m x n", "X: p x q").report.message
    assert "W is m × n" in message
    assert "X is p × q" in message
    message = refused("tr(A*B)", "A: m x n", "B: n x p").report.message
    assert message == "tr needs a square matrix, but A*B is m × p"


def test_strict_names() -> None:
    report = refused("A*Z", "A: n x n", "Zeta: n", strict=True).report
    assert (report.code, report.start, report.end) == ("unknown_name", 2, 3)
    report = refused("weigth*x", "weight: n x n", "x: n", strict=True).report
    assert report.hint == "did you mean weight?"
    report = refused("A*A", "A: n x n", strict=True, wrt=["B"]).report
    assert (report.code, report.where) == ("unknown_name", "wrt")
    assert read("A*eye(n)", [declare("A: n x n")], strict=True).node.is_square


@pytest.mark.parametrize(
    ("text", "wrt", "code"),
    [
        ("W*X", "W X", "syntax"),
        ("W*X", "", "syntax"),
        ("W*X", "Ω", "syntax"),
        ("W*X", "tr", "name_clash"),
        ("sum(x)*ones(n)", "n", "name_clash"),
    ],
)
def test_variables_that_cannot_be_one(text: str, wrt: str, code: str) -> None:
    report = refused(text, wrt=[wrt]).report
    assert (report.code, report.where) == (code, "wrt")


def test_the_differential_of_the_variable_is_reserved() -> None:
    report = refused("W*dW", wrt=["W"]).report
    assert (report.code, report.start) == ("name_clash", 2)
    assert refused("W*X", "dW: m x n", wrt=["W"]).report.where == "let"
    assert "dW" in read("W*dW", wrt=["X"]).symbols


def test_entries_are_no_part_of_an_expression() -> None:
    assert refused("W[i,j]").report.code == "syntax"


def test_elaborate_reads_a_source_tree() -> None:
    text = "W*X"
    assert elaborate(parse(text), {}, source=text) == read(text).node


def test_reading_twice_gives_the_same() -> None:
    assert read("tr(A'*B)").node == read("tr(A'*B)").node
    assert Inference("W", parse("W"), {}, strict=False).shapes.symbols == {}


@pytest.mark.parametrize("row", BAD, ids=[row["id"] for row in BAD])
def test_bad_input(row: dict[str, Any]) -> None:
    text = row["expr"] if "expr" in row else "".join(part * count for part, count in row["repeat"])
    try:
        declarations = [declaration_from(name, form) for name, form in row["symbols"].items()]
        read(text, declarations, strict=True)
    except InputError as error:
        report = error.report
        assert report.code in row["codes"]
        assert "column" not in row or report.start == row["column"] - 1
        assert row.get("names", "") in report.message
        assert len(report.lines()) <= 4
    else:
        assert "ok" in row["codes"]


@pytest.mark.parametrize("row", KNOWN, ids=[row["id"] for row in KNOWN])
def test_identities_are_read_and_printed_without_change(row: dict[str, Any]) -> None:
    declarations = [declaration_from(name, form) for name, form in row["symbols"].items()]
    node = read(row["expr"], declarations, strict=True, wrt=[row["wrt"]]).node
    assert read(typed(node), declarations, strict=True).node == node
    if any(part.op == "name" and part.name == "eye" for part in parse(row["expr"]).walk()):
        return
    if {"vector", "matrix"} & {part.name for part in parse(row["expr"]).walk() if part.op == "call"}:
        return
    random = np.random.default_rng(1)
    env = {d.name: random.uniform(0.2, 0.8, (d.rows.size(SIZES), d.cols.size(SIZES))) for d in declarations}
    env = {name: array.reshape(()) if array.size == 1 else array for name, array in env.items()}
    expected = value(row["expr"], env, SIZES)
    assert np.allclose(value(typed(node), env, SIZES), expected, rtol=1e-9)
    assert np.size(expected) == node.rows.size(SIZES) * node.cols.size(SIZES)


ATOMS = st.sampled_from(
    ["A", "B", "X", "x", "y", "alpha", "beta", "2", "0.5", "eye", "ones(n)", "vector(2)", "n"]
)


def _grown(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    binary = st.tuples(inner, st.sampled_from(["*", "+", " - ", ".*", "./", "/"]), inner)
    unary = st.tuples(
        st.sampled_from(["-", "tr", "inv", "vec", "diag", "exp", "sum", "norm2", "", "foo"]), inner
    )
    after = st.tuples(inner, st.sampled_from(["'", "^2", "^-1", ".^2", "^alpha", "^0"]))
    return st.one_of(
        binary.map(lambda t: f"({t[0]}){t[1]}({t[2]})"),
        unary.map(lambda t: f"{t[0]}({t[1]})"),
        after.map(lambda t: f"({t[0]}){t[1]}"),
        binary.map("".join),
    )


@given(st.recursive(ATOMS, _grown, max_leaves=12))
def test_any_expression_is_read_or_refused_and_prints_as_it_reads(text: str) -> None:
    try:
        reading = read(text)
    except InputError as error:
        report = error.report
        assert report.start is not None
        assert report.end is not None
        assert 0 <= report.start < report.end <= len(text)
        return
    declarations = [
        declaration_from(s.name, {"shape": [s.rows.json(), s.cols.json()]}) for s in reading.symbols.values()
    ]
    node = read(typed(reading.node), declarations).node
    assert (node.rows, node.cols) == (reading.node.rows, reading.node.cols)
    assert typed(node) == typed(reading.node)
    assert not any("?" in name for s in reading.symbols.values() for name in (*s.rows.names, *s.cols.names))


@given(st.text(max_size=40), st.text(max_size=8))
def test_any_text_is_read_or_refused(text: str, variable: str) -> None:
    try:
        read(text, wrt=[variable])
    except InputError as error:
        assert len(error.report.lines()) <= 4


@pytest.mark.parametrize(
    "text",
    [
        "x'*x*" * 1900 + "x'*x",
        "+".join(f"sum(b{i + 1} + kron(b{i}, b{i}))" for i in range(200)),
        "kron(" * 5 + "X" + ",X)" * 5 + "+1",
        "/".join(["X"] + ["a'*a"] * 300),
    ],
    ids=["scalars", "doubling", "kron", "quotients"],
)
def test_hostile_growth_is_refused(text: str) -> None:
    assert refused(text).report.code in ("too_large", "shape")


@pytest.mark.parametrize("sign", ["*", "+", " - ", ".*"])
def test_long_chains_are_read(sign: str) -> None:
    assert len(read(sign.join(["A"] * 2000)).node.args) == 2000


@pytest.mark.parametrize("expr", ["A/sqrt(d)", "x'*x + d/2*log(2)", "x'*x + exp(-d)/2"])
def test_the_hint_finds_the_undeclared_name_inside(expr: str) -> None:
    with pytest.raises(InputError) as caught:
        read(expr)
    assert "if d is a scalar, declare it: d: scalar" in str(caught.value.report.hint)


def test_names_from_elsewhere_are_none_of_the_language() -> None:
    assert not set(FOREIGN) & {*FUNCTION_NAMED, *CONSTANTS}
