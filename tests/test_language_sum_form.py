"""Sums in normal form where a scalar stands several times in a term."""

from __future__ import annotations

import pytest

from gen.derivation.derive import derive, read_expression
from gen.language.node import quotient
from gen.language.sum_form import plus
from gen.language.text import text

SYMBOLS = {"x": "n", "c": "scalar"}


@pytest.mark.parametrize(
    "expr",
    [
        "exp(norm2(x)/c)",
        "exp(exp(sqrt(x'*x)/c))",
        "sin(arcsin(x'*x)/c)",
        "(arcsin(x'*x)/c)^2",
        "exp(exp(arcsin(relu(x'*x))/(c^2 + 1)))",
    ],
)
def test_second_derivatives_with_one_divisor_twice(expr: str) -> None:
    assert derive(expr, "x", symbols=SYMBOLS, order=2, cache=False).verified


@pytest.mark.parametrize(
    "expr",
    ["x/norm2(x) + x/norm2(x)/norm2(x)", "x/c + x/c/c", "x/c/c - x/c", "c*x/c + x"],
)
def test_divisors_that_stand_twice_are_no_like_terms(expr: str) -> None:
    assert derive(expr, "x", symbols=SYMBOLS, cache=False).verified


def test_like_terms_are_those_with_equal_powers() -> None:
    once = read_expression("x/norm2(x)", SYMBOLS, ("x",)).node
    twice = quotient(once, once.args[1])
    assert text(plus(once, twice)) == "(1/norm2(x) + 1/norm2(x)^2)*x"
    assert text(plus(twice, twice)) == "2*x/norm2(x)^2"
