"""Closed forms put together anew: every operation has the shape that follows from its operands."""

from __future__ import annotations

import pytest

from gen.language.dimension import ONE, Dim, named
from gen.language.node import Node, add, call, multiply, symbol, transposed
from gen.problems.distractors import distractors, wrongs
from gen.problems.pick import Pick
from gen.problems.reform import mapped, well_formed
from gen.problems.solve import solve
from gen.problems.task import Derive

N, M = named("n"), named("m")
SQUARE, WIDE, COLUMN = symbol("A", N, N), symbol("D", M, N), symbol("x", M, ONE)


@pytest.mark.parametrize(
    ("whole", "old", "new", "shape"),
    [
        (call("tril", N, N, SQUARE), SQUARE, multiply(WIDE, transposed(WIDE)), (M, M)),
        (call("diag", N, ONE, SQUARE), SQUARE, multiply(WIDE, transposed(WIDE)), (M, ONE)),
        (call("diag", N, N, symbol("y", N, ONE)), symbol("y", N, ONE), COLUMN, (M, M)),
        (call("vec", N * N, ONE, SQUARE), SQUARE, WIDE, (M * N, ONE)),
    ],
    ids=["tril", "diag of a matrix", "diag of a vector", "vec"],
)
def test_a_call_has_the_shape_of_its_new_operand(
    whole: Node, old: Node, new: Node, shape: tuple[Dim, Dim]
) -> None:
    changed = mapped(whole, lambda node: new if node == old else node)
    assert (changed.rows, changed.cols) == shape
    assert well_formed(changed)
    # With the shape of the old operand it is none.
    assert not well_formed(call(whole.name, whole.rows, whole.cols, new))


def test_what_does_not_fit_shows_through_a_call() -> None:
    other = call("tril", M, M, multiply(WIDE, transposed(WIDE)))
    assert not well_formed(Node("sum", N, N, (call("tril", N, N, SQUARE), other)))
    assert well_formed(add(SQUARE, SQUARE))


def test_no_wrong_answer_of_a_triangular_variable_is_ill_formed() -> None:
    square = {"A": "n x n", "B": "n x n", "C": "m x n", "D": "m x n", "X": "n x n lower"}
    worked = solve(Derive("tr(C*X*A'*B*X*D')", "X", tuple(square.items())), check=False)
    found = (*wrongs(worked), *distractors(worked, 3, Pick(seed="1")))
    assert len(found) > 3
    for wrong in found:
        assert isinstance(wrong.answer.line, Node) and well_formed(wrong.answer.line)
