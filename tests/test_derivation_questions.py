"""What may be asked: variables of every shape and structure, names that clash, kinds, layouts, refusals."""

from __future__ import annotations

from typing import Any

import pytest

from gen.derivation.derive import derive, derive_all
from gen.derivation.result import reason_text
from gen.derivation.show import terminal
from gen.errors import InputError
from tests.derivations import Json, answer, answers, hold, texts

# --- zero ---------------------------------------------------------------------------------

ZEROS: tuple[tuple[str, str, dict[str, str], list[str], str], ...] = (
    ("a'*A*b", "X", {"X": "m x n"}, ["m", "n"], "zeros(m,n)"),
    ("A*b", "x", {"x": "k"}, ["m", "k"], "zeros(m,k)"),
    ("A*b", "t", {"t": "scalar"}, ["m"], "zeros(m)"),
    ("a'*b", "t", {"t": "scalar"}, [], "0"),
)


@pytest.mark.parametrize(("expr", "wrt", "symbols", "shape", "text"), ZEROS)
def test_without_the_variable_the_derivative_is_zero(
    expr: str, wrt: str, symbols: dict[str, str], shape: list[str], text: str
) -> None:
    for found in answers(expr, wrt, symbols=symbols):
        hold(found)
        assert f"the expression does not contain {wrt}: its derivative is zero" in found["notes"]
    found = answer(expr, wrt, symbols=symbols)
    assert found["results"]["matrix"]["text"] == text
    assert found["results"]["matrix"]["shape"] == shape
    assert found["results"]["index"]["text"] == "0"
    assert found["steps"][-1]["rule"] == "constant_rule"
    assert f"do not depend on {wrt}" in found["steps"][-1]["because"] or (
        f"does not depend on {wrt}" in found["steps"][-1]["because"]
    )


DOUBTS: tuple[tuple[str, str, dict[str, str], str], ...] = (
    ("theta*A*X", "Theta", {}, "Theta is declared nowhere either; did you mean theta?"),
    ("A*weights", "weight", {}, "weight is declared nowhere either; did you mean weights?"),
    ("A*X", "Q", {}, "Q is declared nowhere either"),
    ("A*X", "x", {"x": "k"}, ""),
)


@pytest.mark.parametrize(("expr", "wrt", "symbols", "doubt"), DOUBTS)
def test_a_variable_that_nothing_names_may_be_a_slip(
    expr: str, wrt: str, symbols: dict[str, str], doubt: str
) -> None:
    for _ in range(2):
        notes = answer(expr, wrt, symbols=symbols)["notes"]
        assert [note for note in notes if "declared nowhere" in note] == ([doubt] if doubt else [])


def test_a_zero_tensor_has_its_shape() -> None:
    found = answer("A*B", "X", symbols={"X": "h x n"})
    assert found["results"]["index"]["text"] == "0"
    assert len(found["results"]["index"]["shape"]) == 4


@pytest.mark.parametrize("name", ["sign", "step"])
def test_zero_almost_everywhere_is_said_in_words(name: str) -> None:
    found = answer(f"{name}(x)", "x")
    assert "the derivative is zero wherever it exists" in found["notes"]
    assert "zero almost everywhere" in found["steps"][0]["because"]
    hold(found)


# --- shapes -------------------------------------------------------------------------------

SHAPES: tuple[tuple[str, str, dict[str, str], str, str], ...] = (
    ("a^3", "a", {"a": "scalar"}, "gradient", "3*a^2"),
    ("exp(a*b)", "a", {"a": "scalar", "b": "scalar"}, "gradient", ""),
    ("x'*A", "x", {}, "jacobian", "A'"),
    ("x*W", "x", {"x": "1 x n", "W": "n x m"}, "jacobian", "W'"),
    ("x*W", "W", {"x": "1 x n", "W": "n x m"}, "tensor3", ""),
    ("sum(x*W)", "x", {"x": "1 x n", "W": "n x m"}, "gradient", ""),
    ("x'*x", "x", {"x": "1 x n"}, "tensor3m", ""),
    ("W*X", "W", {"W": "3 x 2", "X": "2 x 4"}, "tensor4", ""),
    ("A*x", "x", {"A": "2 x 3", "x": "3"}, "jacobian", "A"),
    ("a*A", "a", {"a": "scalar"}, "jacobian", "A"),
    ("A*x", "A", {}, "tensor3", ""),
    ("x*y'", "x", {}, "tensor3m", ""),
    ("W*X + b*ones(1,p)", "b", {"X": "n x p"}, "tensor3m", ""),
)


@pytest.mark.parametrize(("expr", "wrt", "symbols", "kind", "matrix"), SHAPES)
def test_variables_of_every_shape(
    expr: str, wrt: str, symbols: dict[str, str], kind: str, matrix: str
) -> None:
    shown = answers(expr, wrt, symbols=symbols)
    for found in shown:
        hold(found)
    assert shown[0]["problem"]["kind"] == kind
    if matrix:
        assert shown[0]["results"]["matrix"]["text"] == matrix


def test_literal_sizes_stand_in_the_answer() -> None:
    found = answer("W*X", "W", symbols={"W": "3 x 2", "X": "2 x 4"})
    assert found["results"]["index"]["shape"] == [3, 4, 3, 2]
    assert found["indices"] == {"i": "3", "k": "4", "q": "3", "r": "2", "j": "2"}
    assert found["results"]["vec"]["text"] == "kron(X', eye(3))"
    assert found["results"]["vec"]["shape"] == [12, 6]


# --- compound indices ---------------------------------------------------------------------

XY = {"X": "n x m", "Y": "m x n"}
COMPOUND: tuple[tuple[str, str, dict[str, str], str], ...] = (
    ("kron(x,y)'*c", "x", {}, "kron(eye(m), y')*c"),
    ("kron(x,y)'*c", "y", {}, "kron(x', eye(n))*c"),
    ("kron(A*x,y)'*c", "x", {}, "kron(A, y)'*c"),
    ("kron(sin(x),y)'*c", "x", {}, "(kron(eye(m), y')*c).*cos(x)"),
    ("norm2(kron(x,y) - c)^2", "x", {}, "2*kron(eye(m), y')*(kron(x, y) - c)"),
    ("kron(x,w)'*A*kron(y,z)", "z", {}, "kron(y', eye(d))*A'*kron(x, w)"),
    ("a'*kron(eye(n),x')*c", "x", {}, "kron(a', eye(m))*c"),
    ("tr(kron(A,X)*B)", "X", {}, "kron(vec(A)', eye(p))*kron(eye(n), B')*kron(vec(eye(n)), eye(d))"),
    ("tr(kron(X,A)*B)", "X", {}, "kron(eye(m), vec(A')')*kron(B', eye(d))*kron(eye(n), vec(eye(d)))"),
    ("vec(X)'*comm(m,n)*vec(Y)", "X", XY, "Y'"),
    ("vec(X)'*comm(m,n)*vec(Y)", "Y", XY, "X'"),
    ("a'*kron(B,A)*vec(X)", "X", {"X": "n x m", "A": "p x n", "B": "q x m", "a": "p*q"}, ""),
    ("vec(C)'*kron(B,A)*vec(X)", "X", {"X": "n x m", "A": "p x n", "B": "d x m", "C": "p x d"}, "A'*C*B"),
    ("logsumexp(vec(X))", "X", {}, "exp(X)/sum(exp(X))"),
    ("sum(sin(vec(X)))", "X", {}, "cos(X)"),
    ("sum(vec(X).^3)", "X", {}, "3*X.^2"),
    ("norm2(vec(X) - vec(A))^2", "X", {"X": "m x n", "A": "m x n"}, "2*(X - A)"),
    ("vec(A)'*log(vec(X))", "X", {"X": "m x n", "A": "m x n"}, "A./X"),
    ("c'*sin(vec(X))", "X", {}, ""),
)


@pytest.mark.parametrize(("expr", "wrt", "symbols", "expected"), COMPOUND)
def test_compound_indices(expr: str, wrt: str, symbols: dict[str, str], expected: str) -> None:
    """What needs a matrix with given stacked columns has an index form only, and says so."""
    found = answer(expr, wrt, symbols=symbols)
    hold(found)
    if expected:
        assert found["results"]["matrix"]["text"] == expected
    else:
        assert found["results"]["matrix"] is None
        assert any("no matrix form" in note for note in found["notes"])


def test_a_function_of_stacked_columns_is_the_function_of_the_matrix() -> None:
    found = answer("sum(f(vec(X)))", "X", symbols={"f": {"function": "elementwise"}})
    assert found["results"]["matrix"]["text"] == "f_1(X)"
    assert "acts entry by entry on a stacked matrix" in found["steps"][-1]["because"]
    assert not any("; ," in step["because"] for step in found["steps"])


# --- names --------------------------------------------------------------------------------

CLASHES: tuple[tuple[str, str, dict[str, str]], ...] = (
    ("W*X", "W", {"W": "i x j", "X": "j x k"}),
    ("W*X", "X", {"W": "q x r", "X": "r x l"}),
    ("F*G", "F", {}),
    ("G*F*L", "F", {}),
    ("f*g", "f", {"f": "scalar", "g": "n"}),
    ("i*j'", "i", {"i": "n", "j": "m"}),
    ("q'*A*k", "q", {}),
    ("tr(G*X)", "X", {}),
    ("g'*A*f", "A", {}),
    ("L*x", "L", {}),
)


@pytest.mark.parametrize(("expr", "wrt", "symbols"), CLASHES)
def test_names_never_clash(expr: str, wrt: str, symbols: dict[str, str]) -> None:
    """`hold` asserts that indices, value and upstream gradient are new names."""
    for found in answers(expr, wrt, symbols=symbols):
        hold(found)


def test_the_name_the_author_gives_is_kept() -> None:
    found = answer("G = W*X", "W", "backprop")
    assert found["value"]["name"] == "G"
    assert found["upstream"] != "G"
    hold(found)


def test_no_letter_is_bound_twice_in_a_derivation() -> None:
    found = answer("tr(X*A*X*B*X)", "X")
    ranges = found["indices"]
    assert len(ranges) == len(set(ranges))
    for line in texts(found):
        depth = [part.split("]")[0].split(",") for part in line.split("sum[")[1:]]
        for letters in depth:
            assert len(letters) == len(set(letters))
            assert not set(letters) & set(found["free"])


# --- structured variables -----------------------------------------------------------------

STRUCTURES = ("symmetric", "skew", "diagonal", "lower")
STRUCTURED = ("A*X", "tr(A*X)", "x'*X*y", "X*X", "inv(X + 3*eye)", "normF(A*X - B)^2", "exp(X)*x")


@pytest.mark.parametrize("structure", STRUCTURES)
@pytest.mark.parametrize("expr", STRUCTURED)
def test_a_structured_variable_moves_by_its_free_entries(structure: str, expr: str) -> None:
    symbols = {"X": f"n x n {structure}", "A": "n x n", "B": "n x n"}
    for method in ("index", "backprop"):
        found = answer(expr, "X", method, symbols=symbols)
        assert found["problem"]["symbols"]["X"]["structure"] == structure
        hold(found)


DELTAS = {
    "symmetric": "delta[i,q]*delta[k,r] + delta[i,r]*delta[k,q] - delta[i,q]*delta[k,r]*delta[i,k]",
    "skew": "delta[i,q]*delta[k,r] - delta[i,r]*delta[k,q]",
    "diagonal": "delta[i,q]*delta[k,r]*delta[i,k]",
    "lower": "delta[i,q]*delta[k,r]*[q>=r]",
}


@pytest.mark.parametrize("structure", STRUCTURES)
def test_the_partials_of_a_structured_variable(structure: str) -> None:
    found = answer("X", "X", symbols={"X": f"n x n {structure}"})
    assert found["steps"][0]["after"]["text"] == DELTAS[structure]


def test_the_convention_for_symmetric_variables_is_said() -> None:
    found = answer("tr(A*X)", "X", symbols={"X": "n x n symmetric"})
    assert any("move together" in note for note in found["notes"])


def test_every_method_offered_for_a_structured_variable_is_right() -> None:
    for structure in STRUCTURES:
        symbols = {"X": f"n x n {structure}", "A": "n x n"}
        shown = answers("tr(A*X)", "X", symbols=symbols) + answers("A*X", "X", symbols=symbols)
        assert {"index", "backprop"} <= {d["problem"]["method"] for d in shown}
        for found in shown:
            hold(found)


SECOND_BY_STRUCTURE: tuple[tuple[str, str, str], ...] = (
    ("tr(X*A*X*B)", "symmetric", "dup(n)'*(kron(A, B') + kron(B, A'))*dup(n)"),
    ("logdet(X)", "symmetric", "-dup(n)'*kron(inv(X), inv(X))*dup(n)"),
    ("tr(X*A*X')", "symmetric", "dup(n)'*kron(A + A', eye(n))*dup(n)"),
    ("logdet(X)", "diagonal", "-seldiag(n)*kron(inv(X), inv(X))*seldiag(n)'"),
    ("logdet(X)", "lower", "-elim(n)*comm(n,n)*kron(inv(X)', inv(X))*elim(n)'"),
    ("normF(X*A)^2", "lower", "2*elim(n)*kron(A*A', eye(n))*elim(n)'"),
    ("tr(X*X)", "skew", "-2*elim(n)*(eye(n*n) - comm(n,n))*(eye(n*n) - comm(n,n))*elim(n)'"),
    ("tr(A*X)", "lower", "zeros(n*(n+1)/2,n*(n+1)/2)"),
)


@pytest.mark.parametrize(("expr", "structure", "expected"), SECOND_BY_STRUCTURE)
def test_the_hessian_by_the_free_entries(expr: str, structure: str, expected: str) -> None:
    found = answer(expr, "X", "vec", kind="vechess", symbols={"X": f"n x n {structure}"})
    assert found["results"]["vec"]["text"] == expected
    hold(found)


SECOND = ("tr(X*A*X*B)", "logdet(X)", "det(X)", "tr(inv(X))", "sum(exp(X))", "logsumexp(X*y)", "norm2(X*y)")


@pytest.mark.parametrize("structure", STRUCTURES)
@pytest.mark.parametrize("expr", SECOND)
def test_second_derivatives_by_a_structured_variable(structure: str, expr: str) -> None:
    # A skew matrix has an inverse only where its size is even.
    symbols = {"X": f"4 x 4 {structure}" if structure == "skew" else f"n x n {structure}"}
    for kind in ("hessian4", "vechess"):
        hold(answer(expr, "X", None, kind=kind, symbols=symbols))
    if structure == "symmetric":
        hold(answer(expr, "X", symbols=symbols, order=2, symmetric="projected"))


def test_a_transposed_skew_factor_brings_its_sign_to_the_front() -> None:
    found = answer("tr(X*A*X*B)", "X", "vec", kind="vecjac", symbols={"X": "n x n skew"})
    assert "(-1)" not in found["results"]["vec"]["text"]


def test_what_vanishes_on_every_skew_matrix_is_an_error_of_the_domain() -> None:
    with pytest.raises(InputError) as caught:
        derive("1/(y'*X*y)", "X", symbols={"X": "n x n skew"}, order=2)
    assert caught.value.report.code == "domain"


# --- layout, kinds, order -----------------------------------------------------------------


def test_denominator_layout_transposes_jacobian_and_vecjac_and_nothing_else() -> None:
    cases: tuple[tuple[str, str, str, str | None, str, str], ...] = (
        ("A*x", "x", "index", None, "A", "A'"),
        ("A*x", "x", "vec", None, "A", "A'"),
        ("A*x", "x", "differential", None, "A", "A'"),
        ("x'*A*x", "x", "index", None, "(A + A')*x", "(A + A')*x"),
        ("tr(A*X*B)", "X", "index", None, "A'*B'", "A'*B'"),
        ("W*X", "W", "vec", "vecjac", "kron(X', eye(m))", "kron(X, eye(m))"),
    )
    for expr, wrt, method, kind, numerator, denominator in cases:
        for layout, expected in (("numerator", numerator), ("denominator", denominator)):
            found = answer(expr, wrt, method, kind=kind, layout=layout)
            assert found["problem"]["layout"] == layout
            assert found["results"]["vec" if kind else "matrix"]["text"] == expected
            hold(found)


KINDS = (
    ("x'*x", "x", "gradient", "2*x"),
    ("A*x", "x", "jacobian", "A"),
    ("A*x", "x", "vecjac", "A"),
    ("A*X*B", "X", "vecjac", "kron(B', A)"),
    ("x'*A*x", "x", "hessian", "A + A'"),
    ("tr(X'*A*X)", "X", "vechess", "kron(eye(n), A + A')"),
    ("inv(X)", "X", "differential", "-inv(X)*dX*inv(X)"),
)


@pytest.mark.parametrize(("expr", "wrt", "kind", "expected"), KINDS)
def test_a_kind_asked_for_is_given(expr: str, wrt: str, kind: str, expected: str) -> None:
    found = answer(expr, wrt, None, kind=kind)
    assert found["problem"]["kind"] == kind
    form = "vec" if kind in ("vecjac", "vechess") else "matrix"
    assert found["results"][form]["text"] == expected
    hold(found)


@pytest.mark.parametrize("method", ["index", "vec", "differential"])
def test_second_order(method: str) -> None:
    for expr in ("x'*A*x", "exp(a'*x)", "norm2(A*x - b)^2"):
        derivations = [d for d in answers(expr, "x", order=2) if d["problem"]["method"] == method]
        for found in derivations:
            assert found["problem"]["order"] == 2
            hold(found)
    assert answer("x'*A*x", "x", order=2)["problem"]["kind"] == "hessian"
    assert texts(answer("x'*A*x", "x", order=2))[0] == "d(d(x'*A*x, x[i]), x[q])"


SCALED: tuple[tuple[str, str, str, str], ...] = (
    ("3*D.*(B*X')", "X", "3*D[i,k]*B[i,r]*delta[k,q]", "3*diag(vec(D))*kron(eye(n), B)*comm(n,p)"),
    ("-A.*(B*X*C)", "X", "-A[i,k]*B[i,q]*C[r,k]", "-diag(vec(A))*kron(C', B)"),
    ("(alpha*A').*(B*X)", "X", "alpha*A[k,i]*B[i,q]*delta[k,r]", "alpha*diag(vec(A'))*kron(eye(m), B)"),
    ("(A/alpha).*X", "X", "A[i,k]*delta[i,q]*delta[k,r]/alpha", "diag(vec(A))/alpha"),
    ("X.*(2*A).*(3*B)", "X", "6*delta[i,q]*delta[k,r]*A[i,k]*B[i,k]", "6*diag(vec(A.*B))"),
    ("X*(2*A)'", "X", "2*delta[i,q]*A[k,r]", "2*kron(A, eye(m))"),
    ("x*(3*d)'", "x", "3*delta[i,q]*d[k]", "3*kron(d, eye(m))"),
)


@pytest.mark.parametrize(("expr", "wrt", "index", "vec"), SCALED)
def test_a_number_inside_an_entry_or_a_map_stands_in_front(expr: str, wrt: str, index: str, vec: str) -> None:
    found = answer(expr, wrt)
    hold(found)
    assert found["results"]["index"]["text"] == index
    by_columns = answer(expr, wrt, method="vec")
    hold(by_columns)
    assert by_columns["results"]["vec"]["text"] == vec


@pytest.mark.parametrize("expr", ["tr(X^4*D')", "a'*X*X*b + tr(A*X)"])
def test_many_replacements_are_said_once(expr: str) -> None:
    (step,) = [s for s in answer(expr, "X")["steps"] if s["rule"] == "contraction"]
    assert step["because"] == "each delta replaces a dummy index by its other index"


def test_the_result_in_a_terminal_names_the_variable_as_its_lines_do() -> None:
    found = derive("beta^2*A", "beta")
    assert "∂F/∂β = 2 β A" in terminal(found)


def test_three_replacements_are_named() -> None:
    (step,) = [s for s in answer("tr(A*X*B) + tr(X)", "X")["steps"] if s["rule"] == "contraction"]
    assert step["because"].count("replaces") == 3


TYPED_IDENTITIES: tuple[tuple[str, str, str, str], ...] = (
    ("tr(inv(K + t*eye(n))*eye(n))", "t", "matrix", "-tr(inv(K + t*eye(n))*inv(K + t*eye(n)))"),
    ("0.5*logdet(K + t*eye(n))", "t", "matrix", "tr(inv(K + t*eye(n)))/2"),
    ("tr(X*eye(n)*K*eye(n))", "X", "matrix", "K'"),
    ("log(t)*K*eye(n)*K", "t", "vec", "vec(K*K)/t"),
)


@pytest.mark.parametrize(("expr", "wrt", "form", "expected"), TYPED_IDENTITIES)
def test_an_identity_that_the_author_multiplied_by_is_in_no_result(
    expr: str, wrt: str, form: str, expected: str
) -> None:
    symbols = {"K": "n x n", "X": "n x n", "t": "scalar"}
    for found in answers(expr, wrt, symbols=symbols):
        hold(found)
        if found["results"][form] is not None:
            assert found["results"][form]["text"] == expected


def test_an_elementwise_product_commutes_among_like_terms() -> None:
    symbols = {"R": "n x n symmetric", "v": "n", "c": "n", "d": "n"}
    for method in ("index", "differential"):
        found = answer("(v - d.*c)'*R*(v - d.*c)", "c", symbols=symbols, method=method)
        hold(found)
        assert found["results"]["matrix"]["text"] == "-2*(d.*(R*(v - d.*c)))"


def test_a_divisor_is_named_by_itself_and_stands_below_a_whole_product() -> None:
    found = derive("X*(B/s)", "X", symbols={"s": "scalar"})
    assert "(Bᵀ ⊗ I_m) / s" in terminal(found)
    assert "s and B do not depend on X" in terminal(found)


def test_a_number_that_a_rule_brings_stands_in_front_of_its_product() -> None:
    found = answer("X*inv(X'*X)*X'", "X", "differential", kind="differential")
    assert "- X*inv(X'*X)*(dX'*X + X'*dX)*inv(X'*X)*X'" in found["results"]["matrix"]["text"]
    assert not any("(-1)" in line for line in texts(found))
    hold(found)


REFUSED: tuple[tuple[str, str, dict[str, Any], str, str], ...] = (
    ("W*X", "W", {"method": "index", "kind": "vecjac"}, "unsupported", "index is not offered for vecjac"),
    ("W*X", "W", {"method": "vec", "kind": "tensor4"}, "unsupported", "vec is not offered for tensor4"),
    ("W*X", "W", {"method": "backprop", "kind": "vecjac"}, "unsupported", "backprop is not offered"),
    ("x'*A*x", "x", {"method": "backprop", "order": 2}, "unsupported", "backprop is not offered"),
    ("W*X", "W", {"method": "inde"}, "unsupported", "no method called inde"),
    ("W*X", "W", {"kind": "tensor3"}, "unsupported", "is a tensor4, not a tensor3"),
    ("W*X", "W", {"kind": "gradient"}, "not_scalar", "a gradient is taken of a scalar"),
    ("W*X", "W", {"layout": "sideways"}, "unsupported", "no layout called sideways"),
    ("W*X", "W", {"symmetric": "some"}, "unsupported", "no symmetric called some"),
    ("W*X", "W", {"kind": "grad"}, "unsupported", "no kind called grad"),
    ("A*x", "x", {"order": 2}, "not_scalar", "second derivative is taken of a scalar"),
    (
        "sum(adj(adj(adj(adj(adj(X))))))",
        "X",
        {"method": "components"},
        "unsupported",
        "more than 50000 signs",
    ),
    ("kron(X, X)", "X", {"method": "components", "symbols": {"X": "9 x 9"}}, "unsupported", "more than 12"),
)


@pytest.mark.parametrize(("expr", "wrt", "options", "code", "words"), REFUSED)
def test_what_is_refused_and_why(expr: str, wrt: str, options: dict[str, Any], code: str, words: str) -> None:
    with pytest.raises(InputError) as caught:
        derive(expr, wrt, **options)
    assert caught.value.report.code == code
    assert words in caught.value.report.message


def test_a_method_without_words_for_the_answer_is_left_out_of_all() -> None:
    """`all` is every method that answers; one of them that cannot is no error."""
    found = derive_all("kron(A + t*B, C)", ("t",), ("all",), symbols={"t": "scalar"})
    assert {"index", "backprop"} <= {d.method for d in found}
    for derivation in found:
        hold(derivation.to_json())


# --- domains ------------------------------------------------------------------------------


@pytest.mark.parametrize("expr", ["log(A*x)", "sqrt(x)", "x.^0.5", "logdet(X)", "arcsin(x)", "log(det(X))"])
def test_points_are_drawn_until_they_lie_in_the_domain(expr: str) -> None:
    found = answer(expr, "X" if "X" in expr else "x")
    assert found["check"]["max_error"] < 1e-9
    hold(found)


@pytest.mark.parametrize("expr", ["log(-x'*x)", "sqrt(-exp(x))", "log(sign(x) - 2*ones(n))"])
def test_where_no_point_can_be_checked_it_is_an_error_of_the_domain(expr: str) -> None:
    with pytest.raises(InputError) as caught:
        derive(expr, "x")
    assert caught.value.report.code == "domain"
    assert caught.value.report.hint


SCALARS_JOINED: tuple[tuple[str, str, int, str], ...] = (
    ("det(X)^k", "X", 1, "k*det(X)^k*inv(X)'"),
    ("norm2(x)^k", "x", 1, "k*norm2(x)^(k - 2)*x"),
    ("sqrt(det(X'*X))", "X", 1, "sqrt(det(X'*X))*X*inv(X'*X)"),
    ("det(adj(X))", "X", 1, "det(adj(X))*(n - 1)*inv(X)'"),
    ("log(1 + exp(a'*x))", "x", 1, "sigmoid(a'*x)*a"),
    ("log(1 + exp(a'*x))", "x", 2, "sigmoid(a'*x)*(1 - sigmoid(a'*x))*a*a'"),
    ("log(1 + exp(-a'*x))", "x", 2, "sigmoid(-a'*x)*(1 - sigmoid(-a'*x))*a*a'"),
    ("1/(1 + exp(-a'*x))", "x", 1, "sigmoid(a'*x)*(1 - sigmoid(a'*x))*a"),
    ("exp(a'*x)/(1 + exp(a'*x))", "x", 1, "sigmoid(a'*x)*(1 - sigmoid(a'*x))*a"),
    ("sigmoid(a'*x)", "x", 2, "sigmoid(a'*x)*(1 - sigmoid(a'*x))*(1 - 2*sigmoid(a'*x))*a*a'"),
    (
        "sum(sigmoid(A*x))",
        "x",
        2,
        "A'*diag(sigmoid(A*x).*(ones(m) - sigmoid(A*x)).*(ones(m) - 2*sigmoid(A*x)))*A",
    ),
    ("-y'*log(sigmoid(A*x))", "x", 2, "A'*diag(y.*sigmoid(A*x).*(ones(m) - sigmoid(A*x)))*A"),
    ("exp(a'*x)^2/(2 + exp(a'*x))", "x", 1, ""),
)


@pytest.mark.parametrize(("expr", "wrt", "order", "expected"), SCALARS_JOINED)
def test_scalars_are_joined_as_a_book_does(expr: str, wrt: str, order: int, expected: str) -> None:
    found = answer(expr, wrt, symbols={"k": "scalar"} if "k" in expr else None, order=order)
    given = found["results"]["matrix"]["text"]
    assert given == expected if expected else "sigmoid" not in given
    hold(found)


TRACES: tuple[tuple[str, str], ...] = (
    ("tr(inv(A + t*B))", "2*tr(inv(A + t*B)*inv(A + t*B)*B*inv(A + t*B)*B)"),
    ("logdet(A + t*B)", "-tr(inv(A + t*B)*B*inv(A + t*B)*B)"),
    ("det(A + t*B)", "det(A + t*B)*(tr(inv(A + t*B)*B)^2 - tr(inv(A + t*B)*B*inv(A + t*B)*B))"),
    ("tr((A + t*B)^3)", "6*tr((A + t*B)*B*B)"),
)


@pytest.mark.parametrize(("expr", "expected"), TRACES)
def test_equal_traces_are_like_terms(expr: str, expected: str) -> None:
    found = answer(expr, "t", symbols={"t": "scalar"}, order=2)
    assert found["results"]["matrix"]["text"] == expected
    hold(found)


NUMBERS_MET: tuple[tuple[str, int, str], ...] = (
    ("2*sqrt(x)", 1, "diag(1./sqrt(x))"),
    ("sum(sqrt(x))", 1, "1./(2*sqrt(x))"),
    ("a'*(2*sqrt(x))", 1, "a./sqrt(x)"),
    ("4*sum(sqrt(x))", 1, "2./sqrt(x)"),
    ("sum(sqrt(x))^2", 1, "sum(sqrt(x))*(1./sqrt(x))"),
    ("norm2(sqrt(x))^2", 1, "ones(n)"),
    ("sum(sqrt(x))", 2, "-diag(1./(4*sqrt(x).^3))"),
    ("sum(gelu(x))", 2, "diag(2*exp((-x.^2)/2) - x.^2.*exp((-x.^2)/2))/sqrt(2*arccos(-1))"),
)


@pytest.mark.parametrize(("expr", "order", "expected"), NUMBERS_MET)
def test_numbers_above_and_below_meet(expr: str, order: int, expected: str) -> None:
    found = answer(expr, "x", order=order, symbols={"x": "n positive"})
    assert found["results"]["matrix"]["text"] == expected
    hold(found)


SQUARES: tuple[tuple[str, str], ...] = (
    ("X^2*x", "X^2"),
    ("X*X*x", "X*X"),
    ("A*X^2*x", "A*X^2"),
    ("(A*B)^2*x", "(A*B)^2"),
    ("x'*X^2*x", "(X^2 + X^2')*x"),
    ("X^2*X*x", "X^3"),
    ("X^2*inv(X)*x", "X"),
    ("X^2*x + X*X*x", "2*X^2"),
    ("x'*X^3*X*x", "(X^4 + X^4')*x"),
)


@pytest.mark.parametrize(("expr", "expected"), SQUARES)
def test_a_square_is_written_as_the_author_wrote_it(expr: str, expected: str) -> None:
    found = answer(expr, "x")
    assert found["results"]["matrix"]["text"] == expected
    hold(found)


POWERS: tuple[tuple[str, str], ...] = (
    ("tr(X^3)", "3*X^2'"),
    ("tr(X*X*X)", "3*X'*X'"),
    ("tr(X^4*D')", "D*X^3' + X'*D*X^2' + X^2'*D*X' + X^3'*D"),
    ("tr((A*X)^3)", "3*((A*X)^2*A)'"),
)


@pytest.mark.parametrize(("expr", "expected"), POWERS)
def test_where_a_power_was_typed_two_equal_neighbours_are_a_square(expr: str, expected: str) -> None:
    for method in ("index", "differential"):
        found = answer(expr, "X", method=method, symbols={"A": "n x n", "X": "n x n", "D": "n x n"})
        hold(found)
        assert found["results"]["matrix"]["text"] == expected


def test_where_an_exponential_becomes_a_sigmoid_it_is_said() -> None:
    found = answer("log(1 + exp(a'*x))", "x")
    assert "exp(u)/(1 + exp(u)) is the sigmoid of u" in found["steps"][-1]["because"]


def test_a_number_stays_in_front_along_a_ray() -> None:
    found = answer("expm(-t*A)*x", "t", symbols={"t": "scalar"})
    assert found["results"]["matrix"]["text"] == "-A*expm(-t*A)*x"
    hold(found)


EVEN_ROOTS = (
    "(a^2)^0.5",
    "(a^-2)^1.5",
    "((a^4)^0.25)^3",
    "sum((x.^2).^0.5)",
    "sum((x.^-2).^0.5)",
    "((x.^2).^0.5).^2",
)


@pytest.mark.parametrize("expr", EVEN_ROOTS)
def test_an_even_power_is_not_cancelled_by_a_root(expr: str) -> None:
    """√(a²) is |a|, so the two exponents are not multiplied."""
    for found in answers(expr, "x" if "x" in expr else "a", symbols={"a": "scalar"}):
        hold(found)


def test_at_a_point_where_rounding_decides_nothing_is_said() -> None:
    """The diagonal of K^3 is zero, and what is computed there is rounding alone."""
    with pytest.raises(InputError) as caught:
        derive("2./sin(K^3)", "K", symbols={"K": "n x n skew"}, kind="differential")
    assert caught.value.report.code == "domain"


def test_a_domain_never_changes_the_derivative() -> None:
    def said(domain: str) -> Json:
        found = answer("tr(A*inv(X))", "X", symbols={"X": f"n x n {domain}".strip()})
        return {"steps": texts(found), "results": found["results"]}

    assert said("") == said("spd") == said("nonsing")


def test_what_is_said_of_several_inner_derivatives_is_said_once() -> None:
    shapes = {"X": "n x n", "x": "n", "y": "n"}
    found = derive("norm2(softmax(X*x - (x - y)))", "X", symbols=shapes, check=False)
    for step in found.steps:
        clauses = reason_text(step.because).split("; ")
        assert len(clauses) == len(set(clauses))
    assert any("x - y does not depend on X" in reason_text(step.because) for step in found.steps)
