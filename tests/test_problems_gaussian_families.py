"""Gaussian likelihoods: with and without symmetry, one observation and many, told in words."""

from __future__ import annotations

import pytest

from gen.problems.family import Family, member
from gen.problems.gaussian_families import GAUSSIAN_FAMILIES
from gen.problems.pick import Pick
from gen.problems.task import Derive

OF_A_MATRIX = tuple(family for family in GAUSSIAN_FAMILIES if family.name != "gaussian-mean")


@pytest.mark.parametrize("family", OF_A_MATRIX, ids=lambda family: family.name)
def test_symmetric_and_free_one_and_many(family: Family) -> None:
    tasks = [member(family, Pick(seed=f"{seed}")).task for seed in range(40)]
    symmetric = {"symmetric" in dict(t.symbols)[t.wrt] for t in tasks if isinstance(t, Derive)}
    many = {"one observation a column" in task.story for task in tasks}
    assert symmetric == many == {False, True}


@pytest.mark.parametrize("family", GAUSSIAN_FAMILIES, ids=lambda family: family.name)
def test_a_story_names_symbols_that_are_declared(family: Family) -> None:
    for seed in range(12):
        task = member(family, Pick(seed=f"{seed}"), names=f"{seed}").task
        told = {part.lstrip("\\") for part in task.story.split("$")[1::2]}
        assert told and told <= {name for name, _ in task.symbols}
