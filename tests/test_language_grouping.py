"""Terms of a sum that share factors, as one term."""

from __future__ import annotations

import pytest

from gen.derivation.derive import read_expression
from gen.language.brevity import brief
from gen.language.terminal import terminal
from gen.language.text import text
from tests.derivations import answer, hold

SYMBOLS = {**dict.fromkeys("XABCD", "n x n"), **dict.fromkeys("xyzb", "n"), "s": "scalar"}


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("3*A'*(x + b) + 3*A*(x + b) + y", "3*(A' + A)*(x + b) + y"),
        ("A*x + b + A'*x", "(A + A')*x + b"),
        ("(x'*A*x)*B + (x'*A*x)*C + D", "(x'*A*x)*(B + C) + D"),
        ("s*x + s*y - z", "s*(x + y) - z"),
        ("A - X*B*X - X*C*X", "A - X*(B + C)*X"),
        ("2*x + 2*y + z", "2*x + 2*y + z"),
        ("X*A*X + X*X*A + A*X*X", "X*A*X + X*X*A + A*X*X"),
        ("x'*A*x + b'*x + y'*x", "x'*A*x + b'*x + y'*x"),
    ],
)
def test_terms_that_share_factors_are_one_where_that_is_shorter(typed: str, expected: str) -> None:
    assert text(brief(read_expression(typed, SYMBOLS, ()).node)) == expected


def test_terms_with_one_scalar_chain_are_one() -> None:
    found = answer("s*(z'*C'*z)*(z'*A*z)", "z", symbols=SYMBOLS)
    hold(found)
    assert found["results"]["matrix"]["text"] == "s*((z'*A*z)*(C' + C) + (z'*C*z)*(A + A'))*z"


def test_a_scalar_chain_is_bracketed_in_front_of_what_is_not_one_row() -> None:
    node = read_expression("(x'*A*x)*b + (x'*b)*A*x", SYMBOLS, ()).node
    assert text(node) == "(x'*A*x)*b + (x'*b)*A*x"
    assert terminal(node) == "(xᵀ A x) b + (xᵀ b) A x"
    assert text(read_expression("b'*x*x'*y", SYMBOLS, ()).node) == "b'*x*x'*y"
