"""vec and Kronecker products: which families ask for a Jacobian of vec, and the shape of it."""

from __future__ import annotations

import pytest

from gen.language.declaration import declaration_from
from gen.problems.family import Family, member
from gen.problems.kronecker_families import KRONECKER_FAMILIES
from gen.problems.pick import Pick
from gen.problems.solve import solve
from gen.problems.task import Derive

STACKED = tuple(
    family for family in KRONECKER_FAMILIES if getattr(member(family, Pick()).task, "kind", None) == "vecjac"
)


def test_most_families_ask_for_stacked_columns() -> None:
    assert len(STACKED) >= 4
    assert len(STACKED) < len(KRONECKER_FAMILIES)


@pytest.mark.parametrize("family", STACKED, ids=lambda family: family.name)
def test_a_column_of_the_jacobian_belongs_to_an_entry_of_the_variable(family: Family) -> None:
    for seed in range(8):
        task = member(family, Pick(seed=f"{seed}")).task
        assert isinstance(task, Derive)
        declared = declaration_from(task.wrt, dict(task.symbols)[task.wrt])
        _, columns = solve(task, check=False).answer.shape
        assert columns == declared.rows * declared.cols
