"""Verdicts: right in every writing, shapes first, what it is off by, and the mistake by its name."""

from __future__ import annotations

from fractions import Fraction

import pytest

from gen import verify as from_the_library
from gen.errors import InputError
from gen.language.node import Node, multiply, number
from gen.language.text import text
from gen.problems.distractors import wrongs
from gen.problems.first_wrong import first_wrong
from gen.problems.misconceptions import MISCONCEPTION_NAMED, MISCONCEPTIONS
from gen.problems.replay import replayed
from gen.problems.solve import solve
from gen.problems.task import Derive, Simplify
from gen.problems.verdict import SCHEMA, verify
from gen.problems.verdict_words import shape_words
from tests.wrong_answers import DERIVED, called, solved

derived = pytest.mark.parametrize("task", DERIVED, ids=called)


def answer_of(task: Derive) -> str:
    return solved(task).answer.text


def verdict(task: Derive, answer: str) -> tuple[str, str | None]:
    """The verdict and the name of the mistake."""
    found = verify(task.expr, task.wrt, answer, symbols=dict(task.symbols), kind=task.kind)
    return found.verdict, None if found.misconception is None else found.misconception.name


# backprop is asked of a matrix by the command line only; its answer is contracted.
ASKED = [t for t in DERIVED if t.method is None]
asked = pytest.mark.parametrize("task", ASKED, ids=called)


@asked
def test_the_right_answer_is_right_in_several_writings(task: Derive) -> None:
    answer = answer_of(task)
    writings = [answer, f"({answer})", f"{answer} + 0*({answer})", f"dF = {answer}", f"−(−({answer}))"]
    if "[" not in answer:
        typed = answer.replace("'", "^T").replace(".*", "∘").replace("-", "−")
        writings += [typed, typed.replace("*", "·"), typed.replace("*", " @ "), f"(({answer})')'"]
    for writing in writings:
        assert verdict(task, writing) == ("right", None), writing


@asked
def test_a_sign_and_a_factor_are_named(task: Derive) -> None:
    answer = answer_of(task)
    found = verify(task.expr, task.wrt, f"-({answer})", symbols=dict(task.symbols), kind=task.kind)
    assert (found.verdict, found.off_by, found.factor) == ("wrong", "sign", None)
    found = verify(task.expr, task.wrt, f"3*({answer})", symbols=dict(task.symbols), kind=task.kind)
    assert (found.verdict, found.off_by) == ("wrong", "factor")
    assert found.factor == 3
    assert found.to_json()["factor"] == 3
    assert "3 times" in found.message


@asked
def test_every_wrong_answer_is_recognised_by_its_mistake(task: Derive) -> None:
    for wrong in wrongs(solved(task)):
        found = verify(task.expr, task.wrt, wrong.answer.text, symbols=dict(task.symbols), kind=task.kind)
        assert found.verdict == "wrong", wrong.answer.text
        assert found.misconception == wrong.misconception, wrong.answer.text
        assert found.first_step == wrong.first + 1
        assert found.tell == wrong.misconception.tell


TRANSPOSED = (
    ("tr(A*X*B)", "X", "B*A", "wrong"),
    ("logdet(X)", "X", "inv(X)", "wrong"),
    ("tr(X'*A)", "X", "A'", "wrong"),
    ("A*x", "x", "A'", "other_layout"),
    ("x'*A*x", "x", "x'*(A + A')", "other_layout"),
    ("W*X", "W", "X ⊗ I", "other_layout"),
    ("sigmoid(W*x)", "x", "W' diag(sigmoid(W*x).*(ones(m) - sigmoid(W*x)))", "other_layout"),
)


@pytest.mark.parametrize(("expr", "wrt", "answer", "expected"), TRANSPOSED)
def test_transposes(expr: str, wrt: str, answer: str, expected: str) -> None:
    found = verify(expr, wrt, answer, symbols={"W": "m x n"} if "W*x" in expr else None)
    assert (found.verdict, found.off_by) == (expected, "transpose")
    assert "transpose" in found.message


def test_a_multiple_of_the_transpose() -> None:
    found = verify("tr(A*X*B)", "X", "-2 B A")
    assert (found.verdict, found.off_by) == ("wrong", "transpose")
    assert found.factor == -2
    assert "minus the transpose" in verify("tr(A*X*B)", "X", "-B A").message


# Wrong answers that askers showed, and what is said of them.
SHOWN = (
    ("tr(inv(X))", "X", None, "-tr(inv(X))^2", "trace-kept"),
    ("inv(X)", "X", None, "-X^{-2}", "inverse-like-reciprocal"),
    ("normF(A*X-B)^2", "X", "hessian4", "2AᵀA", "identity-lost"),
    ("normF(A*X-B)^2", "X", "hessian4", "AᵀA", "factor-two-lost"),
    ("normF(A*X-B)^2", "X", "vechess", "2AᵀA", "kron-identity-lost"),
    ("x'*A*x*x'*B*x", "x", None, "(A+A')x (x'*B*x) + (x'*A*x) B x", "last-occurrence-missed"),
    ("x'*A*x", "x", None, "2Ax", "symmetry-assumed"),
    ("x'*A*x", "x", None, "Ax", "product-rule-term-lost"),
    ("x'*A*x", "x", "hessian", "A", "product-rule-term-lost"),
    ("sum((M.*X).^2)", "X", None, "2 M∘X", "mask-not-squared"),
    ("logdet(S)", "S", None, "inv(S)", "symmetric-as-free"),
    ("logdet(S)", "S", None, "2*inv(S)", "diagonal-counted-twice"),
    ("normF(Y-W*X)^2/2", "W", None, "(Y - W*X)*X'", "sign-lost"),
    ("norm2(x)", "x", None, "2x", "norm-as-square"),
    ("logdet(X)", "X", None, "inv(X)", "forgotten-transpose"),
    ("x'*A*x", "x", None, "2A'x", "symmetry-assumed"),
    ("tr(X'*A*X*B)", "X", None, "A'XB + A'XB'", "transpose-too-many"),
    ("tr(B*A*X) + tr(C*X)", "X", None, "B*A + C'", "layouts-mixed"),
    ("b'*inv(X)*b", "X", None, "-X^{-1} b b^T X^{-1}", "forgotten-transpose"),
    ("W*X", "W", None, "X^T", "identity-lost"),
    ("W*X", "W", None, "X_rk", "identity-lost"),
    ("W*X", "W", None, "I ⊗ Xᵀ", "kron-swapped"),
    ("diag(x)*A", "x", None, "A", "identity-lost"),
    ("diag(x)*a", "x", None, "a", "diag-dropped"),
    ("x.*a", "x", None, "a", "diag-dropped"),
    ("B*diag(x)*a", "x", None, "B a", "diag-dropped"),
    ("tr(diag(x)*B)", "x", None, "B", "diag-dropped"),
    ("normF(A*X-B)^2", "X", None, "2‖AX−B‖Aᵀ", "norm-for-residual"),
    ("normF(A*X-B)^2", "X", None, "2‖AX−B‖_F A", "norm-for-residual"),
    ("normF(X*W-Y)^2", "W", None, "2 ||X*W-Y|| X^T", "norm-for-residual"),
    ("norm2(A*x-b)^2", "x", None, "2 ‖Ax-b‖ A'", "norm-for-residual"),
    ("normF(A*X*C-B)^2", "X", None, "2‖AXC−B‖AᵀCᵀ", "norm-for-residual"),
    ("logdet(X)", "X", None, "1/det(X)", "logdet-like-log"),
    ("log(det(X))", "X", None, "1/det(X)", "logdet-like-log"),
    ("logdet(A*X)", "X", None, "1/det(A*X)", "logdet-like-log"),
    ("logdet(X'*X)", "X", None, "2X/det(X'X)", "logdet-like-log"),
    ("logdet(X) + tr(A*X)", "X", None, "I/det(X) + A'", "logdet-like-log"),
)


@pytest.mark.parametrize(("expr", "wrt", "kind", "answer", "mistake"), SHOWN)
def test_mistakes_that_askers_made(expr: str, wrt: str, kind: str | None, answer: str, mistake: str) -> None:
    symbols = (
        {"S": "n x n symmetric"} if wrt == "S" else {"x": "n", "A": "n x m"} if "diag(x)*A" in expr else None
    )
    found = verify(expr, wrt, answer, symbols=symbols, kind=kind)
    assert found.verdict == "wrong"
    assert found.misconception is not None
    assert found.misconception.name == mistake


MISSHAPEN: tuple[tuple[str, str, str, list[str] | None, str | None], ...] = (
    ("tr(A*X*B)", "X", "A*B", None, "forgotten-transpose"),
    ("tr(A*X*B)", "X", "B'*A'", None, "trace-not-cycled"),
    ("tr(A*X*B)", "X", "tr(A*B)", None, "trace-kept"),
    ("W*X", "W", "delta[i,q]*X[k,r]", None, "forgotten-transpose"),
    ("A*x", "x", "x", ["n"], None),
    ("x'*x", "x", "2x'x", [], None),
    ("a'*X*b", "X", "a'*b", None, "inner-for-outer"),
)


@pytest.mark.parametrize(("expr", "wrt", "answer", "has", "mistake"), MISSHAPEN)
def test_the_shape_is_the_first_advice(
    expr: str, wrt: str, answer: str, has: list[str] | None, mistake: str | None
) -> None:
    found = verify(expr, wrt, answer)
    assert found.verdict == "wrong"
    assert found.message.startswith("Shape first: ")
    assert found.to_json()["shape"]["has"] == has
    assert shape_words(found.should) in found.message
    assert (found.misconception.name if found.misconception else None) == mistake


ENTRIES = (
    ("W*X", "W", "δ_iq X_rk"),
    ("W*X", "W", r"\delta_{iq} X_{rk}"),
    ("W*X", "W", "delta[a,c]*X[d,b]"),
    ("W*X", "W", "X'[k,r]*delta[q,i]"),
    ("W*X", "W", "sum[s](delta[i,q]*delta[s,r]*X[s,k])"),
    ("W*X", "W", "delta_iq delta_jr X_jk"),
    ("tr(A*X*B)", "X", "A_jq B_rj"),
    ("tr(A*X*B)", "X", "(B A)_{rq}"),
    ("x'*x", "x", "2 x_q"),
    ("A*x", "x", "A_iq"),
    ("A*x", "x", "A_ab"),
    ("inv(X)", "X", "-inv(X)[i,q]*inv(X)[r,k]"),
    ("inv(X)", "X", "-X^{-T} ⊗ X^{-1}"),
    ("W*X", "W", "X^T ⊗ I_m"),
    ("W*X", "W", "kron(X', eye)"),
)


@pytest.mark.parametrize(("expr", "wrt", "answer"), ENTRIES)
def test_entries_and_vec_forms(expr: str, wrt: str, answer: str) -> None:
    assert verify(expr, wrt, answer).verdict == "right"


def test_entries_where_a_vec_form_was_asked_for() -> None:
    assert verify("W*X", "W", "δ_iq X_rk", kind="vecjac").verdict == "right"
    assert verify("W*X", "W", "X' ⊗ I", kind="vecjac").verdict == "right"


def test_differentials() -> None:
    assert verify("tr(A*X*B)", "X", "tr(B A dX)", kind="differential").verdict == "right"
    assert (
        verify("tr(A*S)", "S", "tr(A*dS)", symbols={"S": "n x n symmetric"}, kind="differential").verdict
        == "right"
    )
    assert verify("tr(A*X*B)", "X", "tr(A B)", kind="differential").verdict == "wrong"


@pytest.mark.parametrize("expr", ("A*X", "A*X*B", "C*A*X*B"))
def test_an_inverse_of_what_is_not_square_has_a_value_somewhere(expr: str) -> None:
    before, after = expr.split("X")
    sides = [f"({side.strip('*')})'" for side in (before, after) if side]
    answer = "*".join([sides[0], f"inv({expr})'", *sides[1:]])
    assert verify(f"logdet({expr})", "X", answer).verdict == "right"
    assert verify(f"logdet({expr})", "X", f"2*{answer}").factor == 2


def test_the_first_wrong_line_is_wrong() -> None:
    """With one of two equal deltas erased the line is right still; with the other it is not."""
    task = Simplify(
        "sum[j,l](delta[j,l]*delta[j,l]*x[i])", (("j", "n"), ("l", "n"), ("i", "m")), (("x", "m"),)
    )
    worked = solve(task)
    (erased,) = replayed(worked, MISCONCEPTION_NAMED["delta-erased"])
    assert (erased.first, first_wrong(worked, erased)) == (0, 1)
    for wrong in (r for m in MISCONCEPTIONS if m.name != "delta-erased" for r in replayed(worked, m)):
        assert first_wrong(worked, wrong) == wrong.first


def test_zero() -> None:
    assert verify("A", "X", "0", symbols={"A": "m x n", "X": "p x q"}).verdict == "right"
    assert verify("a'*b", "x", "0", symbols={"x": "n"}).verdict == "right"
    assert verify("a'*x", "x", "0").verdict == "wrong"


def test_an_abstract_function() -> None:
    symbols = {"f": "elementwise", "a": "n", "x": "n"}
    assert verify("f(a'*x)", "x", "f_1(a'*x) a", symbols=symbols).verdict == "right"
    found = verify("f(a'*x)", "x", "a", symbols=symbols)
    assert found.misconception is not None
    assert found.misconception.name == "chain-outer-lost"


ERRORS = (
    ("A + 1", "shape"),
    ("A'*B' + Q", "unknown_name"),
    ("A'*", "syntax"),
    ("A' B' €", "syntax"),
    ("foo(A)", "unknown_function"),
    ("eye(z)*A'*B'", "unknown_name"),
    ("", "syntax"),
    ("(" * 200 + "A", "too_large"),
    ("A" * 20_000, "too_large"),
    ("A[i]", "shape"),
    ("A" * 9_000, "too_large"),
    ("ones(99999,99999)", "too_large"),
    ("A ⊗ A ⊗ A ⊗ A ⊗ A ⊗ A", "too_large"),
)


@pytest.mark.parametrize(("answer", "code"), ERRORS, ids=lambda x: x[:12])
def test_an_answer_that_cannot_be_read(answer: str, code: str) -> None:
    with pytest.raises(InputError) as caught:
        verify("tr(A*X*B)", "X", answer)
    assert (caught.value.report.where, caught.value.report.code) == ("answer", code)


def test_a_question_that_cannot_be_read() -> None:
    with pytest.raises(InputError) as caught:
        verify("tr(A*X", "X", "A")
    assert caught.value.report.where == "expr"


def test_the_message_keeps_the_answer_to_itself() -> None:
    for answer in ("B*A", "A*B", "2A'B'", "-A'B'"):
        assert "A'*B'" not in verify("tr(A*X*B)", "X", answer).message


def test_the_json_has_every_field_of_the_format() -> None:
    found = from_the_library("normF(W*X - Y)^2", "W", "(W*X - Y)*X'").to_json()
    assert found.pop("message").startswith("The shape is right (m × n)")
    assert found.pop("tell")
    assert found == {
        "schema": SCHEMA,
        "verdict": "wrong",
        "shape": {"has": ["m", "n"], "should": ["m", "n"]},
        "off_by": "factor",
        "factor": 0.5,
        "misconception": "factor-two-lost",
        "first_step": 3,
    }


def test_every_misconception_is_named_when_its_answer_is_typed() -> None:
    named = {name for t in ASKED for w in wrongs(solved(t)) if (name := verdict(t, w.answer.text)[1])}
    named |= {mistake for *_, mistake in SHOWN} | {mistake for *_, mistake in MISSHAPEN if mistake}
    # One is of δ expressions alone; the other has the name of δ with the wrong index in index notation.
    of_derivatives = {m.name for m in MISCONCEPTIONS if m.in_rule is not None or m.in_form is not None}
    assert named >= of_derivatives - {"delta-trace-is-one", "transposed-answer"}


def test_a_factor_that_is_a_size_is_no_number() -> None:
    found = verify("a'*x", "x", "n*a")
    assert (found.verdict, found.off_by, found.factor) == ("wrong", None, None)


def test_rounding_does_not_hide_a_small_difference() -> None:
    right = solved(Derive("a'*x", "x", ())).answer.line
    assert isinstance(right, Node)
    assert verify("a'*x", "x", text(multiply(number(1), right))).verdict == "right"
    assert verify("a'*x", "x", "1.5*a").factor == Fraction(3, 2)
    assert verify("a'*x", "x", "1.00001*a").verdict == "wrong"


@pytest.mark.parametrize(
    ("expr", "shape", "answer", "verdict"),
    (
        ("logdet(S)", "n x n spd", "inv(S)", "right"),
        ("b'*inv(S)*b", "n x n spd", "-inv(S)*b*b'*inv(S)", "right"),
        ("b'*inv(S)*b", "n x n spd", "inv(S)*b*b'*inv(S)", "wrong"),
        ("b'*inv(S)*b", "n x n nonsing", "-inv(S)*b*b'*inv(S)", "wrong"),
        ("logdet(S)", "n x n posdet", "inv(S)", "wrong"),
    ),
)
def test_positive_definite_matrices_may_be_taken_as_symmetric(
    expr: str, shape: str, answer: str, verdict: str
) -> None:
    found = verify(expr, "S", answer, symbols={"S": shape})
    assert found.verdict == verdict
    assert ("S as a symmetric matrix" in found.message) == (verdict == "right")
    assert verify(expr, "S", "inv(S)'" if "det" in expr else "-inv(S)'*b*b'*inv(S)'").message == "Right."
