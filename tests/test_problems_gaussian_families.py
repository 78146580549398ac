"""Gaussian likelihoods: with and without symmetry, one observation and many, told in words."""

from __future__ import annotations

import re

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


@pytest.mark.parametrize("family", OF_A_MATRIX, ids=lambda family: family.name)
def test_every_observation_has_a_log_determinant_of_its_own(family: Family) -> None:
    """N log det S beside N quadratic forms, or log det S beside their mean; a half before both or neither."""
    seen = set[bool]()
    for seed in range(40):
        task = member(family, Pick(seed=f"{seed}")).task
        assert isinstance(task, Derive)
        found = re.search(r"\$(\w+)\$ holds one observation a column", task.story)
        seen.add(found is not None)
        count = str(dict(task.symbols)[found[1]]).split(" x ")[1].split()[0] if found else "1"
        counted, mean = f"{count}*logdet" in task.expr, task.expr.count(f"/{count}")
        assert (counted, mean) in (((True, 0), (False, 1)) if found else ((False, 0),)), task.expr
        assert task.expr.count("/2") in (0, 2), task.expr
    assert seen == {False, True}
