"""Results of third and fourth order have three and four free indices."""

from __future__ import annotations

import pytest

from gen.problems.family import Family, member
from gen.problems.pick import Pick
from gen.problems.solve import solve
from gen.problems.tensor_families import TENSOR_FAMILIES

ORDERS = {"third order": 3, "fourth order": 4}


def test_both_orders_are_there() -> None:
    assert {family.topic for family in TENSOR_FAMILIES} == set(ORDERS)


@pytest.mark.parametrize("family", TENSOR_FAMILIES, ids=lambda family: family.name)
def test_a_result_has_as_many_indices_as_its_topic_says(family: Family) -> None:
    seen = set[int]()
    for seed in range(12):
        answer = solve(member(family, Pick(seed=f"{seed}")).task, check=False).answer
        seen.add(len(answer.shape))
    assert seen == {ORDERS[family.topic]}
