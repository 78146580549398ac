"""Shape rules as text."""

from __future__ import annotations

import pytest

from gen.language.catalogue import FUNCTIONS
from gen.language.dimension import ONE, Dim, named
from gen.language.function import Function
from gen.language.signature import Pattern, Signature, dimension_of, signature

M, N, P, Q = (named(name) for name in "mnpq")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("n x n -> scalar", Signature((Pattern(N, N),), Pattern())),
        ("m x n -> m*n", Signature((Pattern(M, N),), Pattern(M * N))),
        ("m x n, p x q -> m*p x n*q", Signature((Pattern(M, N), Pattern(P, Q)), Pattern(M * P, N * Q))),
        ("n -> n x n", Signature((Pattern(N),), Pattern(N, N))),
        ("same -> same", Signature((Pattern(same=True),), Pattern(same=True))),
    ],
)
def test_signatures(text: str, expected: Signature) -> None:
    assert signature(text) == expected


@pytest.mark.parametrize("text", ["n x n", "n x -> n", "n y n -> n", "n x n x n -> n", "-> n", "0 -> n"])
def test_a_text_that_is_no_signature_is_an_error(text: str) -> None:
    with pytest.raises(ValueError, match=r"signature|shape"):
        signature(text)


def test_kinds_of_arguments() -> None:
    assert Pattern(N, N).is_square
    assert not Pattern(M, N).is_square
    assert not Pattern().is_square
    assert Pattern(N).is_vector
    assert not Pattern().is_vector


@pytest.mark.parametrize(
    ("text", "dim"),
    [("n", N), ("3", Dim(3)), ("2*n * m", Dim(2) * M * N), ("1", ONE)],
)
def test_dimensions(text: str, dim: Dim) -> None:
    assert dimension_of(text) == dim


@pytest.mark.parametrize("text", ["", "0", "-1", "n+1", "2n", "n*", "1.5", "²", "n x"])
def test_what_is_no_dimension(text: str) -> None:
    assert dimension_of(text) is None


@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda function: function.name)
def test_every_result_has_dimensions_of_the_arguments(function: Function) -> None:
    for text in function.signatures:
        rule = signature(text)
        given = {name for p in rule.params for dim in (p.rows, p.cols) for name in dim.names}
        assert {*rule.result.rows.names, *rule.result.cols.names} <= given
