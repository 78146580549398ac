"""Rules for differentials of matrix expressions, each with its record: D(U) is pushed inward to dX."""

from __future__ import annotations

from gen.derivation.pushing import DIFFERENTIAL, DifferentialLaws
from gen.derivation.record import Rule
from gen.language.node import Node


def differential_rules(variable: Node) -> tuple[Rule, ...]:
    """The rules for the differential by one variable, in the order they are tried."""
    r = DifferentialLaws(variable)
    book = "Magnus & Neudecker (2019), ch. 8"
    return (
        Rule(
            "constant_differential",
            "differential",
            "dA = 0 for a constant A",
            "a constant does not change",
            book,
            "D(A) => zeros(m,n)",
            "routine",
            "node",
            r.constant,
            DIFFERENTIAL,
        ),
        Rule(
            "increment",
            "differential",
            "d(X) = dX",
            "the increment of the variable",
            book,
            "D(X) => dX",
            "routine",
            "node",
            r.variable_itself,
            DIFFERENTIAL,
        ),
        Rule(
            "sum_differential",
            "linearity",
            "d(A+B) = dA + dB",
            "term by term",
            book,
            "D(X + A) => dX",
            "routine",
            "node",
            r.sums,
            DIFFERENTIAL,
        ),
        Rule(
            "factor_differential",
            "linearity",
            "d(cA) = c dA, d(A/c) = dA/c",
            "a constant scalar stays as it is",
            book,
            "D(X/a) => dX/a",
            "routine",
            "node",
            r.factors,
            DIFFERENTIAL,
        ),
        Rule(
            "product_differential",
            "product_rule",
            "d(AB) = dA B + A dB",
            "each factor in turn",
            book,
            "D(A*X) => A*dX",
            "key",
            "node",
            r.products,
            DIFFERENTIAL,
        ),
        Rule(
            "transpose_differential",
            "differential",
            "d(Aᵀ) = (dA)ᵀ",
            "transposing is linear",
            book,
            "D(X') => dX'",
            "routine",
            "node",
            r.transposes,
            DIFFERENTIAL,
        ),
        Rule(
            "quotient_differential",
            "product_rule",
            "d(A/b) = dA/b − A db/b²",
            "quotient rule",
            book,
            "D(A./X) => -A.*dX./X.^2",
            "key",
            "node",
            r.quotients,
            DIFFERENTIAL,
        ),
        Rule(
            "power_differential",
            "chain_rule",
            "du^a = a u^(a−1) du",
            "the outer power first",
            book,
            "D(x.^2) => 2*(x.*dx)",
            "key",
            "node",
            r.powers,
            DIFFERENTIAL,
        ),
        Rule(
            "function_differential",
            "chain_rule",
            "df(U) by the law of f",
            "the law of the function",
            book,
            "D(inv(X)) => -inv(X)*dX*inv(X)",
            "key",
            "node",
            r.functions,
            DIFFERENTIAL,
        ),
    )
