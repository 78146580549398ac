"""Answers as people type them, in the matrix language; errors point into what was typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gen.errors import InputError
from gen.language.dimension import named
from gen.language.node import symbol
from gen.problems.answer_reading import Names, as_entries, as_matrix
from gen.problems.typed_answer import in_language

m, n, p = map(named, "mnp")
SYMBOLS = {
    "A": symbol("A", m, n),
    "B": symbol("B", n, p),
    "X": symbol("X", n, p),
    "S": symbol("S", n, n),
    "x": symbol("x", n),
    "alpha": symbol("alpha"),
    "T": symbol("T", m, m),
}
NAMES = Names(SYMBOLS, {}, ())

WRITINGS = (
    ("X^T", "X'"),
    ("Xᵀ", "X'"),
    ("X⊤", "X'"),
    ("X.T", "X'"),
    ("X′", "X'"),
    (r"X^\top", "X'"),
    (r"X^{\top}", "X'"),
    ("X^{T}", "X'"),
    ("S^{-1}", "S^-1"),
    ("S^-1", "S^-1"),
    ("S⁻¹", "S^-1"),
    ("S^{−1}", "S^-1"),
    ("S^{-T}", "S^-1'"),
    ("S^-T", "S^-1'"),
    ("S⁻ᵀ", "S^-1'"),
    ("S²", "S^2"),
    ("S**2", "S^2"),
    ("S^{2}", "S^(2)"),
    ("A @ B", "A*B"),
    ("A·B", "A*B"),
    ("A × B", "A*B"),
    (r"A \cdot B", "A*B"),
    ("A B", "A*B"),
    ("AB", "A*B"),
    ("2AB", "2*A*B"),
    ("2.5 A", "2.5*A"),
    (".5A", "0.5*A"),
    ("A(B + X)", "A*(B+X)"),
    ("(A)(B)", "(A)*(B)"),
    ("tr(A)B", "tr(A)*B"),
    ("Tr(S)", "tr(S)"),
    ("trace(S)", "tr(S)"),
    (r"\operatorname{tr}(S)", "tr(S)"),
    (r"\mathbf{A}\mathbf{B}", "A*B"),
    ("x xᵀ", "x*x'"),
    ("xx'", "x*x'"),
    ("A − B", "A-B"),
    ("A ∘ A", "A.*A"),
    ("A⊙A", "A.*A"),
    ("Xᵀ ⊗ I_m", "kron(X',eye(m))"),
    ("A ⊗ B ⊗ X", "kron(kron(A,B),X)"),
    (r"B^T \otimes A", "kron(B',A)"),
    ("-(A + A) ⊗ S^-1 B", "-kron((A+A),S^-1)*B"),
    ("A ⊗ inv(S)ᵀ", "kron(A,inv(S)')"),
    ("I", "eye"),
    ("‖x‖", "normF(x)"),
    ("||x||²", "normF(x)^2"),
    ("‖X‖_F", "normF(X)"),
    ("α x", "alpha*x"),
    ("dF/dX = A'", "A'"),
    ("T^T", "T'"),
    ("δ_ij X_jk", "delta[i,j]*X[j,k]"),
    ("δ_{ij} X_{jk}", "delta[i,j]*X[j,k]"),
    (r"\delta_{i,j} X_{jk}", "delta[i,j]*X[j,k]"),
    ("Σ_j A_ij B_jk", "A[i,j]*B[j,k]"),
    ("sum[j](A[i,j]*B[j,k])", "sum[j](A[i,j]*B[j,k])"),
    (r"\sum_j A_{ij} B_{jk}", "A[i,j]*B[j,k]"),
    (r"2 \sum_{j} A_{ij} B_{jk}", "2*A[i,j]*B[j,k]"),
    ("(A B)_{ik}", "(A*B)[i,k]"),
    ("(A B)_ik", "(A*B)[i,k]"),
    ("X^T_qr", "X'[q,r]"),
    (r"\sum_j A_{ij} B_{jk}", "A[i,j]*B[j,k]"),
    (r"\sum_jA_{ij} B_{jk}", "A[i,j]*B[j,k]"),
    (r"\sum_{j=1}^{n} A_{ij} B_{jk}", "A[i,j]*B[j,k]"),
    (r"\sum\limits_{j=1}^n A_{ij} B_{jk}", "A[i,j]*B[j,k]"),
    ("Σ_{j} A_ij B_jk", "A[i,j]*B[j,k]"),
    ("$X^T$", "X'"),
    (r"$$X^\top$$", "X'"),
    (r"\(X'\)", "X'"),
    (r"\[X'\]", "X'"),
    (r"X^{\mathsf T}", "X'"),
    (r"X^\mathsf{T}", "X'"),
    (r"X^{\rm T}", "X'"),
    (r"S^{-\mathsf{T}}", "S^-1'"),
    (r"\frac{1}{2}A", "((1)/(2))*A"),
    (r"\frac{\frac{1}{2}A}{tr(S)}", "((((1)/(2))*A)/(tr(S)))"),
    (r"\tfrac12 A", "(1/2)*A"),
    (r"\mathbf{A} \mathbf x", "A*x"),
    (r"\bigl(A\bigr)B", "(A)*B"),
    (r"\frac{\partial f}{\partial X} = A", "A"),
    (r"\lVert x\rVert_2", "normF(x)"),
    ("A'.", "A'"),
)


@pytest.mark.parametrize(("source", "meant"), WRITINGS, ids=lambda x: x)
def test_a_writing_is_understood(source: str, meant: str) -> None:
    assert in_language(source, SYMBOLS, ("m", "n", "p")).text == meant


def test_an_entry_of_a_declared_sigma_is_no_sum() -> None:
    for source in ("Σ_{jk}", "Σ_jk", r"\Sigma_{jk}"):
        assert in_language(source, {"Sigma": symbol("Sigma", n, n)}).text == "Sigma[j,k]"


@pytest.mark.parametrize("source", [r"A^{\dagger}", r"\heartsuit A", r"A + \frac12 \mathbb{1}"])
def test_a_command_that_is_not_read_is_named_with_what_to_type(source: str) -> None:
    with pytest.raises(InputError) as caught:
        as_matrix(in_language(source, SYMBOLS), NAMES, (n, m))
    report = caught.value.report
    command = source[report.start : report.end]
    assert command in (r"\dagger", r"\heartsuit", r"\mathbb")
    assert report.message.startswith(command)
    assert report.hint is not None and "A^T" in report.hint


def test_a_declared_i_is_no_identity() -> None:
    assert in_language("I", {**SYMBOLS, "I": symbol("I", n, n)}).text == "I"


FAULTS = (
    ("X^T + Q", 6, 7),
    ("Aᵀ @ @ B", 5, 6),
    ("(A^{T}", 6, 6),
    ("A ⊗ ", 3, 3),
    ("αα + €", 5, 6),
    ("dF/dX = A^T ?", 12, 13),
    ("S⁻¹ + Ω", 6, 7),
)


@pytest.mark.parametrize(("source", "start", "end"), FAULTS, ids=lambda x: str(x))
def test_an_error_points_into_what_was_typed(source: str, start: int, end: int) -> None:
    with pytest.raises(InputError) as caught:
        as_matrix(in_language(source, SYMBOLS), NAMES, (n, p))
    report = caught.value.report
    assert (report.where, report.source) == ("answer", source)
    assert report.start is not None
    assert start <= report.start <= (report.end or report.start) <= len(source)
    assert report.start == start or source[report.start - 1 : end].strip()


@given(st.text(st.sampled_from("AXSxT'^_{}()[]+-*·⊗∘‖|ᵀ⁻¹δΣ∑_ij.,=@\\ 12Iαtr"), max_size=14))
def test_whatever_is_typed_is_read_or_refused_in_words(source: str) -> None:
    typed = in_language(source, SYMBOLS, ("m", "n", "p"))
    for read in (lambda: as_matrix(typed, NAMES, (n, p)), lambda: as_entries(typed, NAMES)):
        try:
            read()
        except InputError as error:
            report = error.report
            assert report.where == "answer"
            if report.start is not None:
                assert 0 <= report.start <= (report.end or report.start) <= len(source)
            assert report.lines()
