"""A slot of a sheet gives every student a member of equal score: how many there are in a family."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from gen.problems.cast import Cast
from gen.problems.catalogue import FAMILY_NAMED
from gen.problems.difficulty import difficulty
from gen.problems.family import member
from gen.problems.identity import canonical, skeleton
from gen.problems.pick import Pick, every
from gen.problems.solve import solve

SEEDS = range(24)
MOST_SEEN = 250  # members of one family that a test looks at

# How many members a family has, and the score that most of them have.
USUAL: Mapping[str, tuple[int, int]] = {
    "jacobian-scalar-times-vector": (1680, 25),
    "jacobian-entrywise-product": (800, 32),
    "jacobian-quotient": (840, 27),
    "jacobian-of-a-layer": (980, 26),
    "vec-of-a-product": (300, 13),
    "kronecker-by-a-factor": (760, 15),
    "vec-of-products": (1120, 18),
    "vec-of-a-quadratic": (560, 25),
    "kronecker-of-vectors": (450, 20),
    "kronecker-form": (480, 31),
    "vector-by-matrix": (840, 26),
    "layer-by-matrix": (500, 27),
    "matrix-by-vector": (560, 24),
    "outer-product-by-vector": (420, 26),
    "quadratic-matrix-by-matrix": (400, 31),
    "entrywise-by-matrix": (960, 35),
    "weight-by-scalar": (315, 20),
    "product-by-scalar": (960, 25),
    "inverse-by-scalar": (768, 25),
    "along-a-line": (650, 22),
    "exponential-by-scalar": (420, 23),
    "power-in-a-scalar": (1020, 26),
    "power-of-a-matrix": (300, 25),
    "series": (760, 29),
    "trace-of-a-cyclic-power": (300, 23),
    "inverse-in-a-scalar": (1650, 37),
    "inverse-in-a-matrix": (990, 30),
    "determinant-linear": (400, 29),
    "determinant-gram": (340, 35),
    "log-determinant-and-term": (400, 35),
    "structured-linear": (2260, 26),
    "structured-quadratic": (980, 29),
    "structured-least-squares": (960, 35),
    "hessian-quadratic": (360, 38),
    "hessian-cubic": (420, 38),
    "hessian-elementwise": (980, 46),
    "hessian-of-a-function-of-a-form": (430, 41),
    "hessian-by-a-matrix": (700, 24),
    "normalised-vector": (1120, 33),
    "cosine-and-rayleigh": (325, 25),
    "centring": (600, 31),
    "row-softmax": (550, 22),
    "softmax-jacobian": (1470, 22),
    "cross-entropy": (952, 29),
    "cross-entropy-batch": (1120, 29),
    "two-layers": (1890, 36),
    "two-layers-jacobian": (500, 33),
    "three-layers": (4000, 37),
    "batch-squared-error": (3888, 34),
    "batch-weighted-sum": (500, 32),
    "batch-layer-tensor": (800, 20),
    "attention-scores": (312, 28),
    "attention-weights": (312, 26),
    "attention-output": (312, 30),
    "attention-of-one-query": (420, 28),
    "logistic-margin": (864, 38),
    "logistic-likelihood": (576, 40),
    "penalised-regression": (672, 36),
    "penalised-smooth-loss": (960, 38),
    "penalised-matrix": (432, 36),
    "gaussian-mean": (504, 29),
    "gaussian-covariance": (560, 35),
    "gaussian-precision": (560, 40),
}

families = pytest.mark.parametrize("name", USUAL)


@families
def test_many_members_have_the_usual_score_and_not_one_structure(name: str) -> None:
    _, usual = USUAL[name]
    tasks = [member(FAMILY_NAMED[name], Pick(seed=f"{name}/{seed}")).task for seed in SEEDS]
    equal = [task for task in tasks if difficulty(solve(task, check=False)).score == usual]
    assert len(equal) >= len(SEEDS) / 4
    assert len({skeleton(task) for task in equal}) > 1


@families
def test_members_are_as_many_as_the_table_says(name: str) -> None:
    promised = min(USUAL[name][0], MOST_SEEN)
    seen = set[str]()
    for _, task in every(lambda pick: FAMILY_NAMED[name].make(pick, Cast())):
        seen.add(canonical(task))
        if len(seen) == promised:
            return
    raise AssertionError(f"{name} has {len(seen)} members")
