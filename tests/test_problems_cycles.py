"""What derives and deals leaves nothing that only a search for cycles would find."""

from __future__ import annotations

import gc
from collections.abc import Callable

import pytest

from gen import derive
from gen.language.dimension import named
from gen.language.node import symbol, transposed
from gen.language.transposition import flip
from gen.problems.deal import deal
from gen.problems.slot import Slot, Wanted

QUESTIONS = (
    ("W*X", "W", "index"),
    ("tr(A*X*B*X')", "X", "index"),
    ("x'*A*x/norm2(x)", "x", "index"),
    ("sum(sigmoid(W*x + b))", "W", "differential"),
    ("kron(A,X)*B", "X", "vec"),
)
SLOTS = tuple(
    Slot(f"{family} {form}", Wanted((family,), form=form))
    for family, form in (("trace-quadratic", "choice"), ("two-layers", "find-error"), ("masked-sum", "open"))
)


def _derived() -> None:
    for expr, wrt, method in QUESTIONS:
        derive(expr, wrt, method=method, cache=False)


def _dealt() -> None:
    deal(SLOTS, ["ada", "emmy", "sonya"], "2", {})


@pytest.mark.parametrize("work", [_derived, _dealt])
def test_nothing_is_left_in_cycles(work: Callable[[], None]) -> None:
    work()  # what is loaded and remembered the first time
    gc.collect()
    gc.disable()
    try:
        work()
        assert gc.collect() == 0
    finally:
        gc.enable()


def test_a_transpose_is_made_once_as_long_as_somebody_holds_it() -> None:
    matrix = symbol("A", named("m"), named("n"))
    turned = flip(matrix)
    assert turned == transposed(matrix)
    assert flip(matrix) is turned
    assert flip(turned) is matrix
