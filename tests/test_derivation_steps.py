"""Steps that are worth reading: none leaves its line as it was, and each reason speaks of what is there."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from gen.derivation.derive import derive
from gen.errors import InputError
from gen.language.latex import latex
from tests.derivations import Json, answer, hold, rules, texts

CASES = [
    json.loads(line)
    for name in ("identities.jsonl", "peers.jsonl")
    for line in (Path(__file__).parent / "data" / name).read_text(encoding="utf-8").splitlines()
]
METHODS = ("index", "backprop", "differential", "vec")


def _whys(found: Json) -> list[str]:
    return [step["because"] for step in found["steps"]]


def _offered(expr: str, case: Json, method: str, order: int) -> Json | None:
    options: dict[str, Any] = {key: case[key] for key in ("symmetric",) if case.get(key)}
    try:
        found = derive(
            expr,
            case["wrt"],
            symbols=case["symbols"],
            method=method,
            order=order,
            check=False,
            cache=False,
            **options,
        )
    except InputError:
        return None
    return found.to_json()


# --- every step changes the line ----------------------------------------------------------


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_no_step_leaves_the_line_as_it_was(case: Json) -> None:
    """By every method, and once more with a number below or in front, which is a constant factor."""
    for expr in (case["expr"], f"({case['expr']})/6", f"5*({case['expr']})"):
        for method in METHODS:
            for order in (1, 2):
                found = _offered(expr, case, method, order)
                for step in found["steps"] if found is not None else ():
                    assert step["before"]["text"] != step["after"]["text"]


WHOLE = ("(a'*x)^3", "logdet(x*x')", "exp(a'*x)", "norm1(x)", "log(1 + x'*x)", "(1 + a'*x)", "x'*a/c^2")


@pytest.mark.parametrize("whole", WHOLE)
@pytest.mark.parametrize("form", ("({})/6", "({})/c", "({})/(2*c^2)", "({})*c", "3*({})"))
def test_a_constant_factor_comes_out_at_once(whole: str, form: str) -> None:
    """What is no sum of products by itself is not said to be written out."""
    found = answer(form.format(whole), "x", symbols={"x": "n", "a": "n", "c": "scalar"}, check=False)
    lines = texts(found)
    assert len(set(lines)) == len(lines)
    for words in _whys(found):
        assert "squared norm" not in words
    assert rules(found)[0] in ("linear_rule", "product_rule", "product_index")


def test_a_number_below_is_said_to_be_a_constant_factor() -> None:
    found = answer("(a'*x)^3/6", "x", symbols={"x": "n", "a": "n"})
    hold(found)
    assert rules(found)[:2] == ["linear_rule", "power_rule"]
    assert _whys(found)[0] == "a constant factor stays in front of the derivative"


def test_a_matrix_below_a_number_is_divided_entry_by_entry() -> None:
    found = answer("exp(X)/2", "X", symbols={"X": "m x n"})
    hold(found)
    assert (rules(found)[0], _whys(found)[0]) == ("quotient_index", "dividing by 2 divides every entry")


# --- reasons ------------------------------------------------------------------------------


@pytest.mark.parametrize("expr", ("(a'*x)*(b'*x)", "(a'*x)*(b'*x)/2", "c*(a'*x)*(b'*x)", "(a'*x)*(b'*x)/c"))
def test_two_inner_products_are_two_sums(expr: str) -> None:
    found = answer(expr, "x", symbols={"x": "n", "a": "n", "b": "n", "c": "scalar"})
    hold(found)
    first = _whys(found)[0]
    assert first.startswith("a row times a column is a sum over the products of their entries")
    assert "constant" not in first


def test_a_scalar_that_is_written_out_beside_a_vector_is_told_of() -> None:
    found = answer("(a'*x)*x", "x", symbols={"x": "n", "a": "n"})
    hold(found)
    assert _whys(found)[0].startswith("a scalar factor multiplies every entry; a row times a column")


def test_each_scalar_that_is_written_out_is_told_of_in_its_own_words() -> None:
    found = answer("sum(X)*tr(A*X)", "X", symbols={"X": "n x n", "A": "n x n"})
    hold(found)
    told = "the sum runs over every entry; the trace sums the diagonal entries of A*X; every sum has a dummy"
    assert _whys(found)[0].startswith(told)


ONES = (
    ("sum(x)", {"x": "n"}, "the sum over j of delta[j,q] is 1"),
    ("sum(X)", {"X": "m x n"}, "the sum over j of delta[j,q] is 1; the sum over l of delta[l,r] is 1"),
    ("sum(X')", {"X": "m x n"}, "the sum over l of delta[l,q] is 1; the sum over j of delta[j,r] is 1"),
    (
        "sum(A*X)",
        {"A": "m x m", "X": "m x n"},
        "delta[s,q] replaces s by q; the sum over l of delta[l,r] is 1",
    ),
    (
        "a'*X*b",
        {"a": "m", "b": "n", "X": "m x n"},
        "delta[j,q] replaces j by q; delta[l,r] replaces l by r",
    ),
)


@pytest.mark.parametrize(("expr", "symbols", "words"), ONES)
def test_a_delta_whose_index_is_nowhere_else_sums_to_one(
    expr: str, symbols: dict[str, str], words: str
) -> None:
    found = answer(expr, list(symbols)[-1], symbols=symbols)
    hold(found)
    assert words in _whys(found)


def test_a_delta_whose_index_is_elsewhere_replaces_it() -> None:
    found = answer("a'*x", "x", symbols={"x": "n", "a": "n"})
    assert "delta[j,q] replaces j by q" in _whys(found)


# --- compound indices ---------------------------------------------------------------------


def test_the_pairs_of_a_kronecker_product_are_explained_in_the_authors_letters() -> None:
    found = answer("kron(P,Q)", "P", symbols={"P": "m x n", "Q": "p x d"})
    hold(found)
    assert _whys(found)[0] == (
        "an entry of kron(P, Q) is an entry of P times an entry of Q; "
        "i stands for the pair (j,l), j running faster; k stands for the pair (s,t), s running faster"
    )


def test_the_pair_of_a_stack_is_explained() -> None:
    found = answer("vec(X)", "X", symbols={"X": "m x n"})
    hold(found)
    assert "i stands for the pair (j,l), j running faster" in _whys(found)[0]


def test_a_step_names_the_rule_whose_law_it_uses() -> None:
    found = answer("A*x", "x", "backprop", symbols={"x": "n", "A": "m x n"})
    assert "open_compound" not in rules(found)
    for expr, symbols in (("ones(m)'*X*b", {"X": "m x n"}), ("vec(X)'*vec(X)", {"X": "m x n"})):
        for step in answer(expr, "X", symbols=symbols)["steps"]:
            of_ones = "ones is 1" in step["because"] or "identity matrix is a delta" in step["because"]
            assert of_ones == (step["rule"] == "constant_entries")
            assert ("⊗" in step["because"]) <= (step["rule"] != "constant_entries")


# --- second derivatives -------------------------------------------------------------------

F = {"function": "elementwise"}
DIRECT: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("exp(a'*x)", "x", {"x": "n", "a": "n"}),
    ("(a'*x)^3/6", "x", {"x": "n", "a": "n"}),
    ("f(a'*x)", "x", {"x": "n", "a": "n", "f": F}),
    ("sin(a'*x) + cos(b'*x)", "x", {"x": "n", "a": "n", "b": "n"}),
    ("logdet(X)", "X", {"X": "n x n"}),
    ("det(X)", "X", {"X": "n x n"}),
    ("tr(inv(X))", "X", {"X": "n x n"}),
    ("tr(X^3)", "X", {"X": "n x n"}),
    ("normF(X)^2", "X", {"X": "m x n"}),
    ("tr(A*X*B*X')", "X", {"X": "m x n", "A": "m x m", "B": "n x n"}),
)
THROUGH_MATRICES: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("x'*A*x", "x", {"x": "n", "A": "n x n"}),
    ("tr(X'*A*X)", "X", {"X": "m x n", "A": "m x m"}),
    ("norm2(A*x-b)^2", "x", {"A": "m x n", "x": "n", "b": "m"}),
    ("log(sum(exp(x)))", "x", {"x": "n"}),
)


@pytest.mark.parametrize(("expr", "wrt", "symbols"), DIRECT)
def test_the_second_derivative_goes_on_from_the_entries(expr: str, wrt: str, symbols: dict[str, Any]) -> None:
    """No line reads the first derivative as a matrix, only for the next to write that out again."""
    found = answer(expr, wrt, symbols=symbols, order=2)
    hold(found)
    assert "matrix_form" not in rules(found)[:-1]


@pytest.mark.parametrize(("expr", "wrt", "symbols"), THROUGH_MATRICES)
def test_the_second_derivative_goes_through_a_matrix_that_gathers(
    expr: str, wrt: str, symbols: dict[str, Any]
) -> None:
    found = answer(expr, wrt, symbols=symbols, order=2)
    hold(found)
    assert "matrix_form" in rules(found)[:-1]


@pytest.mark.parametrize(("expr", "wrt", "symbols"), (*DIRECT, *THROUGH_MATRICES))
def test_what_changed_is_marked_inside_the_second_derivative(
    expr: str, wrt: str, symbols: dict[str, Any]
) -> None:
    made = derive(expr, wrt, symbols=symbols, order=2, check=False)
    inside = [s for s in made.steps if isinstance(s.after, tuple) and latex(s.after).count("partial") > 2]
    assert inside
    assert any(step.marks for step in inside)
    for step in inside:
        assert isinstance(step.after, tuple)
        assert (latex(step.after, frozenset(step.marks)) != latex(step.after)) == bool(step.marks)


def test_a_mark_inside_a_partial_stands_there() -> None:
    made = derive("exp(a'*x)", "x", symbols={"x": "n", "a": "n"}, order=2, check=False)
    lines = [(step.after, frozenset(step.marks)) for step in made.steps]
    shown = [latex(line, marks) for line, marks in lines if isinstance(line, tuple)]
    assert r"\frac{\partial}{\partial x_{q}}\bigl(\exp(a^{\mathsf{T}}\,x)\,\chg{a_{i}}\bigr)" in shown


# --- stacked columns ----------------------------------------------------------------------

COLUMNS = (
    ("3*B*Z'*C'*a", {"Z": "p x n", "B": "m x n", "C": "d x p", "a": "d"}),
    ("-Z'*a/2", {"Z": "m x n", "a": "m"}),
    ("2*Z'*a + Z*b", {"Z": "n x n", "a": "n", "b": "n"}),
    ("(a'*b)*Z'*c", {"Z": "m x n", "a": "m", "b": "m", "c": "m"}),
)


@pytest.mark.parametrize(("expr", "symbols"), COLUMNS)
def test_a_column_is_brought_to_the_stacked_increment_by_its_laws(expr: str, symbols: dict[str, str]) -> None:
    found = answer(expr, "Z", "vec", symbols=symbols)
    hold(found)
    assert {"vec_column", "vec_identity", "vec_transpose"} <= set(rules(found))


STRAIGHT = (
    ("X'*A*X", {"X": "m x n", "A": "m x m"}, "kron(X'*A', eye(n))*comm(m,n) + kron(eye(n), X'*A)"),
    ("A*X*B*X*C", {"X": "n x m", "A": "p x n", "B": "m x n", "C": "m x d"}, None),
    ("X^3", {"X": "n x n"}, "kron(X'*X', eye(n)) + kron(X', X) + kron(eye(n), X*X)"),
    ("a'*X*b", {"X": "m x n", "a": "m", "b": "n"}, "kron(b', a')"),
)


@pytest.mark.parametrize(("expr", "symbols", "vec"), STRAIGHT)
def test_a_kronecker_product_keeps_the_transposes_of_its_law(
    expr: str, symbols: dict[str, str], vec: str | None
) -> None:
    found = answer(expr, "X", "vec", symbols=symbols)
    hold(found)
    made = found["results"]["vec"]["text"]
    assert vec is None or made == vec
    assert "))'" not in made


def test_the_commutation_matrix_is_said_to_turn_what_it_turns_here() -> None:
    found = answer("A*X'*B", "X", "vec", symbols={"X": "m x n", "A": "p x n", "B": "m x d"})
    assert "the commutation matrix comm(m,n) turns vec(dX) into vec(dX')" in _whys(found)


# --- structured variables by differentials ------------------------------------------------

FREE = (
    ("symmetric", "tr(A*S)", "vech(A' + A - A'.*eye(n))'*vech(dS)", "its transpose are added"),
    ("skew", "tr(A*S)", "vech(A' - A)'*vech(dS)", "taken off"),
    ("skew", "x'*S*x", "0", "taken off"),
    ("diagonal", "x'*S*x", "x.^2'*diag(dS)", "only the diagonal"),
    ("lower", "tr(A*S)", "vech(tril(A'))'*vech(dS)", "above the diagonal is dropped"),
)


@pytest.mark.parametrize(("structure", "expr", "line", "words"), FREE)
def test_the_gradient_by_the_free_entries_stands_in_the_last_line(
    structure: str, expr: str, line: str, words: str
) -> None:
    symbols = {"S": f"n x n {structure}", "A": "n x n", "x": "n"}
    used = {name: shape for name, shape in symbols.items() if name in expr}
    found = answer(expr, "S", "differential", symbols=used)
    assert found["verified"]
    last = found["steps"][-1]
    assert (last["rule"], last["after"]["text"]) == ("free_entries", line)
    assert words in last["because"]
    assert last["check"]["max_error"] < 1e-9


def test_a_long_gradient_by_a_symmetric_matrix_is_seen_to_be_structured() -> None:
    symbols = {"S": "n x n symmetric", "x": "n"}
    found = answer("logdet(S)/2 + x'*inv(S)*x/2", "S", "differential", symbols=symbols)
    made = found["results"]["matrix"]["text"]
    assert found["steps"][-1]["after"]["text"] == f"vech({made})'*vech(dS)"


def test_a_projected_gradient_is_the_symmetric_part() -> None:
    symbols = {"S": "n x n symmetric", "A": "n x n"}
    found = answer("tr(A*S)", "S", "differential", symbols=symbols, symmetric="projected")
    assert "the symmetric part" in _whys(found)[-1]
    assert found["verified"]
