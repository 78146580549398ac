"""What tasks have in common: details go, and what has one likeness very likely has one score."""

from __future__ import annotations

from collections import defaultdict

import pytest

from gen.problems.likeness import likeness
from gen.problems.measured import drawn, plain, score_at
from gen.problems.slot import Wanted
from gen.problems.task import Derive, Read, Simplify, Task

SQUARE = (("X", "n x n"), ("A", "n x n"), ("B", "n x n"))


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("2*tr(A*X)", "3*tr(A'*X)", True),
        ("tr(A*X) - tr(X)", "tr(A*X) + tr(X)", True),
        ("tr(A*X)", "2*tr(A*X)", False),
        ("tr(A*B'*X)", "tr(A*X)", True),
        ("sum(tanh(A*X))", "sum(sigmoid(A*X))", True),
        ("sum(tanh(A*X))", "sum(relu(A*X))", False),
        ("-tr(A*X)", "2*tr(A*X)", True),
        ("tr(A*X)", "tr(A*X')", False),
        ("tr(A*X)", "tr(X*A)", False),
        ("tr(X^2)", "tr(X^3)", False),
        ("tr(X)/2", "tr(X)/3", False),
        ("sum(A'.*X)", "sum(A.*X)", False),
    ],
)
def test_details_go_and_the_rest_stays(one: str, other: str, alike: bool) -> None:
    first, second = (likeness(Derive(expr, "X", SQUARE)) for expr in (one, other))
    assert (first == second) == alike


def test_shapes_are_told_apart_and_names_of_dimensions_are_not() -> None:
    square, other, wide = (likeness(Derive("X", "X", (("X", s),))) for s in ("n x n", "m x m", "n x m"))
    assert square == other != wide


@pytest.mark.parametrize(
    "task", [Read("indices", "2*A'", (("A", "m x n"),)), Simplify("2*delta[i,j]", (("i", "n"),), ())]
)
def test_other_tasks_are_like_themselves_only(task: Task) -> None:
    assert likeness(task) == task


def test_functions_differ_where_they_are_differentiated_twice() -> None:
    vector = (("x", "n"),)
    one, other = (likeness(Derive(f"sum({f}(x))", "x", vector, order=2)) for f in ("tanh", "exp"))
    assert one != other


@pytest.mark.parametrize("family", ["two-sided", "matrix-by-matrix", "product-of-forms"])
def test_what_is_alike_has_one_score(family: str) -> None:
    found = defaultdict(set)
    for place in {drawn(Wanted(), (family,), f"like/{k}") for k in range(80)}:
        found[likeness(plain(place))].add(score_at(place))
    assert {len(scores) for scores in found.values()} == {1}
    assert len(found) < 50
