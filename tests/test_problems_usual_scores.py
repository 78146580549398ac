"""A slot of a sheet gives every student a member of equal score: the one that is usual in a family."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from gen.problems.catalogue import FAMILY_NAMED
from gen.problems.difficulty import difficulty
from gen.problems.family import member
from gen.problems.identity import skeleton
from gen.problems.pick import Pick
from gen.problems.solve import solve

SEEDS = range(24)

# The score that most members of a family have.
USUAL: Mapping[str, int] = {
    "jacobian-scalar-times-vector": 25,
    "jacobian-entrywise-product": 32,
    "jacobian-quotient": 27,
    "jacobian-of-a-layer": 26,
    "vec-of-a-product": 16,
    "kronecker-by-a-factor": 15,
    "vec-of-products": 18,
    "vec-of-a-quadratic": 25,
    "kronecker-of-vectors": 20,
    "kronecker-form": 31,
    "vector-by-matrix": 26,
    "layer-by-matrix": 27,
    "matrix-by-vector": 24,
    "outer-product-by-vector": 26,
    "quadratic-matrix-by-matrix": 31,
    "entrywise-by-matrix": 35,
    "weight-by-scalar": 20,
    "product-by-scalar": 25,
    "inverse-by-scalar": 25,
    "along-a-line": 22,
    "exponential-by-scalar": 23,
    "power-in-a-scalar": 26,
    "power-of-a-matrix": 25,
    "series": 29,
    "trace-of-a-cyclic-power": 23,
    "inverse-in-a-scalar": 37,
    "inverse-in-a-matrix": 30,
    "determinant-linear": 21,
    "determinant-gram": 31,
    "log-determinant-and-term": 35,
    "structured-linear": 26,
    "structured-quadratic": 29,
    "structured-least-squares": 35,
    "hessian-quadratic": 38,
    "hessian-cubic": 38,
    "hessian-elementwise": 46,
    "hessian-of-a-function-of-a-form": 41,
    "hessian-by-a-matrix": 24,
    "normalised-vector": 33,
    "cosine-and-rayleigh": 25,
    "centring": 31,
    "row-softmax": 22,
    "softmax-jacobian": 22,
    "cross-entropy": 29,
    "cross-entropy-batch": 29,
    "two-layers": 36,
    "two-layers-jacobian": 33,
    "three-layers": 37,
    "batch-squared-error": 34,
    "batch-weighted-sum": 32,
    "batch-layer-tensor": 20,
    "attention-scores": 28,
    "attention-weights": 26,
    "attention-output": 30,
    "attention-of-one-query": 28,
    "logistic-margin": 38,
    "logistic-likelihood": 40,
    "penalised-regression": 36,
    "penalised-smooth-loss": 38,
    "penalised-matrix": 36,
    "gaussian-mean": 29,
    "gaussian-covariance": 35,
    "gaussian-precision": 38,
}

families = pytest.mark.parametrize("name", USUAL)


@families
def test_many_members_have_the_usual_score_and_not_one_structure(name: str) -> None:
    usual = USUAL[name]
    tasks = [member(FAMILY_NAMED[name], Pick(seed=f"{name}/{seed}")).task for seed in SEEDS]
    equal = [task for task in tasks if difficulty(solve(task, check=False)).score == usual]
    assert len(equal) >= len(SEEDS) / 4
    assert len({skeleton(task) for task in equal}) > 1
