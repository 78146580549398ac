"""What is said of powers that have no meaning: the hint is a text that can be typed."""

from __future__ import annotations

import itertools

import pytest

from gen import derive
from gen.errors import InputError


@pytest.mark.parametrize(
    ("expr", "typed"),
    [
        ("(tanh(A*x))^2", "(tanh(A*x)).^2"),
        ("x^2", "x.^2"),
        ("(A*B)*(C*x)^3", "(C*x).^3"),
        ("(A*X)^-2", "(A*X).^(-2)"),
        ("tanh(A*X)^(1/2)", "(tanh(A*X)).^(1/2)"),
        ("(A*X)'^2", "((A*X)').^2"),
    ],
)
def test_the_hint_for_a_matrix_power_is_whole(expr: str, typed: str) -> None:
    symbols = {"A": "m x n", "X": "n x p", "x": "n", "B": "n x k", "C": "k x n"}
    with pytest.raises(InputError) as caught:
        derive(expr, "X" if "X" in expr else "x", symbols=symbols)
    assert caught.value.report.hint == f"entry by entry write {typed}"
    part = str(derive(f"sum({typed})", "X" if "X" in expr else "x", symbols=symbols))
    assert part


@pytest.mark.parametrize("expr", ["(A*B)*C", "((A*B))*C", "C'*(B'*B*A)'", "A + (A + A + A')", "(A.*A.*A')"])
def test_what_a_hint_quotes_has_all_its_brackets(expr: str) -> None:
    symbols = {"A": "m x n", "B": "m x k", "C": "k x l"}
    with pytest.raises(InputError) as caught:
        derive(expr, "A", symbols=symbols)
    report = caught.value.report
    for said in (report.message, str(report.hint)):
        depths = list(itertools.accumulate((c == "(") - (c == ")") for c in said))
        assert min(depths) >= 0
        assert depths[-1] == 0
