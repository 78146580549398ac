"""exp(u)/(1 + exp(u)) as the sigmoid, and where it is left alone."""

from __future__ import annotations

import pytest

from gen.derivation.derive import read_expression
from gen.language.normal_form import normal_form
from gen.language.text import text


@pytest.mark.parametrize(
    ("expr", "expected"),
    [
        ("exp(a)/(1 + exp(a))", "sigmoid(a)"),
        ("b*exp(a)/(exp(a) + 1)", "b*sigmoid(a)"),
        ("exp(a)/(1 + exp(a))^2", "sigmoid(a)*(1 - sigmoid(a))"),
        ("exp(a)^2/(1 + exp(a))^2", "sigmoid(a)^2"),
        ("exp(-a)/(1 + exp(-a))", "sigmoid(-a)"),
        ("exp(-a)/(1 + exp(-a))^2", "sigmoid(a)*(1 - sigmoid(a))"),
        ("sigmoid(a)*exp(a)/(1 + exp(a))", "sigmoid(a)^2"),
        ("exp(a)^2/(1 + exp(a))", "exp(a)^2/(1 + exp(a))"),
        ("1/(1 + exp(a))", "1/(1 + exp(a))"),
        ("exp(a)/(2 + exp(a))", "exp(a)/(2 + exp(a))"),
        ("exp(a)/(1 + exp(b))", "exp(a)/(1 + exp(b))"),
    ],
)
def test_scalars_with_sigmoids(expr: str, expected: str) -> None:
    node = read_expression(expr, {"a": "scalar", "b": "scalar"}, ()).node
    assert text(normal_form(node)) == expected
