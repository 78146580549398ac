"""Hessians: differentiated twice, square, by a vector or by stacked columns."""

from __future__ import annotations

import pytest

from gen.problems.family import Family, member
from gen.problems.hessian_families import HESSIAN_FAMILIES
from gen.problems.pick import Pick
from gen.problems.solve import solve
from gen.problems.task import Derive


@pytest.mark.parametrize("family", HESSIAN_FAMILIES, ids=lambda family: family.name)
def test_a_hessian_is_square_and_of_second_order(family: Family) -> None:
    for seed in range(8):
        task = member(family, Pick(seed=f"{seed}")).task
        assert isinstance(task, Derive) and task.order == 2
        rows, cols = solve(task, check=False).answer.shape
        assert rows == cols
