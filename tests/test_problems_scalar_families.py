"""By a scalar: the derivative has the shape of what is differentiated."""

from __future__ import annotations

import pytest

from gen.problems.family import Family, member
from gen.problems.pick import Pick
from gen.problems.scalar_families import SCALAR_FAMILIES
from gen.problems.solve import solve


@pytest.mark.parametrize("family", SCALAR_FAMILIES, ids=lambda family: family.name)
def test_the_variable_is_a_scalar_and_the_shape_that_of_the_value(family: Family) -> None:
    for seed in range(8):
        worked = solve(member(family, Pick(seed=f"{seed}")).task, check=False)
        assert worked.derivation is not None
        problem = worked.derivation.problem
        assert problem.wrt.is_scalar
        dims = (problem.expr.rows, problem.expr.cols)
        assert [d for d in worked.answer.shape if d.text() != "1"] == [d for d in dims if d.text() != "1"]
