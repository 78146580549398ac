"""Which traces are recognised as one."""

from __future__ import annotations

import pytest

from gen.derivation.derive import read_expression
from gen.language.normal_form import normal_form
from gen.language.text import text


@pytest.mark.parametrize(
    ("expr", "expected"),
    [
        ("tr(A*B*C) + tr(B*C*A)", "2*tr(A*B*C)"),
        ("tr(A*B*C) - tr(C'*B'*A')", "0"),
        ("tr(A*B)*c + c*tr(B*A)", "2*tr(A*B)*c"),
        ("tr(A*B)*tr(B*A) + tr(A)", "tr(A*B)^2 + tr(A)"),
        ("tr(A*B) + tr(A*B')", "tr(A*B) + tr(A*B')"),
        ("tr(S*A) + tr(S*A')", "2*tr(S*A)"),
        ("tr(A*B*C) + tr(A*C*B)", "tr(A*B*C) + tr(A*C*B)"),
    ],
)
def test_like_traces(expr: str, expected: str) -> None:
    symbols = {**dict.fromkeys("ABC", "n x n"), "S": "n x n symmetric", "c": "scalar"}
    assert text(normal_form(read_expression(expr, symbols, ()).node)) == expected
