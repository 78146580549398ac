"""Sums of entries and diagonal matrices in normal form."""

from __future__ import annotations

import pytest

from gen.derivation.derive import derive
from gen.language.declaration import declare
from gen.language.normal_form import normal_form
from gen.language.reading import read
from gen.language.reduction_form import is_diagonal, total
from gen.language.text import text

DECLARED = [declare("D: n x n diagonal"), declare("A: n x n"), declare("x: n"), declare("y: n")]


@pytest.mark.parametrize(
    "source", ["D", "inv(D)", "D'", "D^3", "2*D", "D*inv(D)", "D + eye(n)", "A.*D", "diag(x)", "adj(D)"]
)
def test_what_is_diagonal(source: str) -> None:
    assert is_diagonal(read(source, DECLARED).node)


@pytest.mark.parametrize("source", ["A", "inv(A)", "D*A", "D + A", "A.*A", "D.^0", "exp(D)", "ones(n,n)"])
def test_what_need_not_be_diagonal(source: str) -> None:
    assert not is_diagonal(read(source, DECLARED).node)


@pytest.mark.parametrize(
    ("source", "short"),
    [("inv(D).*eye(n)", "inv(D)"), ("A.*eye(n)", "A.*eye(n)"), ("A.*D.*eye(n)", "A.*D")],
)
def test_an_identity_disappears_beside_a_diagonal_matrix(source: str, short: str) -> None:
    assert text(normal_form(read(source, DECLARED).node)) == short


@pytest.mark.parametrize(
    ("source", "short"),
    [
        ("x - sum(x)/n*ones(n)", "0"),
        ("x + y", "sum(x + y)"),
        ("x + 2*ones(n)", "sum(x + 2*ones(n))"),
        ("A*x", "sum(A*x)"),
    ],
)
def test_a_sum_is_taken_term_by_term_where_that_is_shorter(source: str, short: str) -> None:
    assert text(total(read(source, DECLARED).node)) == short


def test_a_variance_has_the_gradient_of_the_books() -> None:
    answer = derive("norm2(x-sum(x)/n*vector(1))^2/n", "x", symbols={"x": "n"}).answer
    assert answer is not None
    assert text(answer.line) == "2*(x - sum(x)/n*ones(n))/n"
