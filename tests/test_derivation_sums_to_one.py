"""That the entries of probabilities sum to 1 is said where it is used, and only there."""

from __future__ import annotations

import pytest

from gen.derivation.derive import derive
from gen.derivation.result import reason_text

SAID = "the entries of y sum to 1"
LOSS = "-2*y'*log(softmax(V'*x))"
SHAPES = {"V": "n x c", "x": "n"}


@pytest.mark.parametrize("wrt", ("x", "V"))
def test_the_cross_entropy_says_that_probabilities_sum_to_one(wrt: str) -> None:
    found = derive(LOSS, wrt, symbols={**SHAPES, "y": "c simplex"}, method="index")
    *earlier, last = [reason_text(s.because) for s in found.steps]
    assert SAID in last
    assert "an index that stands in one factor only" not in last
    assert not any(SAID in words for words in earlier)
    assert "y'*" not in found.to_json()["results"]["matrix"]["text"]


def test_other_vectors_do_not() -> None:
    found = derive(LOSS, "x", symbols={**SHAPES, "y": "c"}, method="index")
    last = reason_text(found.steps[-1].because)
    assert "sum to 1" not in last
    assert "an index that stands in one factor only" in last
    assert "sum(y)" in found.to_json()["results"]["matrix"]["text"]


def test_probabilities_that_are_not_summed_alone_do_not() -> None:
    found = derive("y'*A*x", "x", symbols={"y": "c simplex", "A": "c x n", "x": "n"}, method="index")
    assert not any("sum to 1" in reason_text(s.because) for s in found.steps)


def test_a_compound_index_is_no_sum_of_probabilities() -> None:
    found = derive("kron(x,y)'*c", "x", symbols={"x": "m", "y": "n simplex", "c": "m*n"}, method="index")
    assert not any("sum to 1" in reason_text(s.because) for s in found.steps)
