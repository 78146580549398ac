"""The matrix behind a stacked column, and where there is none."""

from __future__ import annotations

import pytest

from gen.derivation.derive import read_expression
from gen.derivation.unstacking import unstacked
from gen.language.dimension import named
from gen.language.text import text

SYMBOLS = {"A": "m x n", "B": "m x n", "C": "n x m", "P": "m x p", "Q": "n x q", "E": "p x q", "c": "m*n"}

CASES: tuple[tuple[str, str | None], ...] = (
    ("vec(A)", "A"),
    ("2*vec(A) - vec(B)", "2*A - B"),
    ("exp(vec(A)).*vec(B)", "exp(A).*B"),
    ("vec(A)./vec(B)", "A./B"),
    ("vec(A).^2/3", "A.^2/3"),
    ("comm(n,m)*vec(C)", "C'"),
    ("comm(m,n)*vec(A)", None),
    ("kron(Q,P)*vec(E)", "P*E*Q'"),
    ("diag(vec(A))*vec(B)", "A.*B"),
    ("softmax(vec(A))", "exp(A)/sum(exp(A))"),
    ("ones(m*n)", "ones(m,n)"),
    ("vec(C)", None),
    ("c", None),
    ("sin(c)", None),
    ("c + vec(A)", None),
)


@pytest.mark.parametrize(("expr", "expected"), CASES)
def test_unstacked(expr: str, expected: str | None) -> None:
    node = read_expression(expr, SYMBOLS, ()).node
    found = unstacked(node, named("m"), named("n"))
    assert (None if found is None else text(found)) == expected
