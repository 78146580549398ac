"""Layers on a batch: examples in columns and in rows, by the weights and by the bias."""

from __future__ import annotations

import pytest

from gen.problems.batch_families import BATCH_FAMILIES
from gen.problems.family import Family, member
from gen.problems.pick import Pick
from gen.problems.solve import solve
from gen.problems.task import Derive


@pytest.mark.parametrize("family", BATCH_FAMILIES, ids=lambda family: family.name)
def test_both_conventions_and_both_parameters_are_asked(family: Family) -> None:
    seen = set[tuple[bool, bool]]()
    for seed in range(40):
        task = member(family, Pick(seed=f"{seed}")).task
        assert isinstance(task, Derive)
        rows = "one example a row" in task.story
        bias = " x " not in dict(task.symbols)[task.wrt]
        seen.add((rows, bias))
        assert ("every row" in task.story) == rows
    assert len(seen) == 4


@pytest.mark.parametrize("family", BATCH_FAMILIES[:2], ids=lambda family: family.name)
def test_a_gradient_has_the_shape_of_its_variable(family: Family) -> None:
    for seed in range(6):
        task = member(family, Pick(seed=f"{seed}")).task
        assert isinstance(task, Derive)
        shape = " x ".join(d.text() for d in solve(task).answer.shape)
        assert shape == dict(task.symbols)[task.wrt]
