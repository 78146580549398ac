"""Squares in an answer read as the author wrote them."""

from __future__ import annotations

import pytest

from gen.derivation.derive import read_expression
from gen.language.node import Node
from gen.language.squares import squares_in, with_squares
from gen.language.text import text


def _node(expr: str) -> Node:
    return read_expression(expr, {**dict.fromkeys("XAB", "n x n"), "x": "n"}, ()).node


@pytest.mark.parametrize(
    ("typed", "answer", "expected"),
    [
        ("X^2*x", "A*X*X*B", "A*X^2*B"),
        ("X^2*x", "X'*X'*A + X*X", "X^2'*A + X^2"),
        ("(A*B)^2*x", "A*B*A*B*X", "(A*B)^2*X"),
        ("X^2*x", "sin(X*X)*A", "sin(X*X)*A"),
        ("X*X*x", "X*X*A", "X*X*A"),
    ],
)
def test_with_squares(typed: str, answer: str, expected: str) -> None:
    assert text(with_squares(_node(answer), squares_in([_node(typed)]))) == expected
