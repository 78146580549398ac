"""Every family of the catalogue: its members are solved, checked, named by their roles, and many."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pytest

from gen.derivation.derive import read_expression
from gen.derivation.record import Display
from gen.language.declaration import declaration_from
from gen.language.dimension import ONE
from gen.problems.cast import Cast
from gen.problems.catalogue import FAMILIES, FAMILY_NAMED
from gen.problems.census import COUNTED, census
from gen.problems.difficulty import difficulty
from gen.problems.family import Family, Member, example, member
from gen.problems.identity import canonical, identity
from gen.problems.index_world import nodes_of, ranges_of
from gen.problems.pick import Pick, every
from gen.problems.roles import ROLES
from gen.problems.solve import solve
from gen.problems.task import Derive, Simplify, Task
from gen.problems.worked import Worked

SEEDS = range(6)
MOST_SEEN = 400  # members of one family that a test looks at
CONFUSING = frozenset("ikqrjl")  # the first indices of every derivation
LETTERS: Mapping[str, set[str]] = {
    kind: {x for role in ROLES if role.kind == kind for x in role.letters}
    for kind in ("matrix", "vector", "scalar", "dimension")
}

# How many members a family has: soak_families.py counts them to the end, here a part of them is counted.
MEMBERS: Mapping[str, int] = {
    "free-and-dummy": 1050,
    "shape-of-derivative": 476,
    "delta-chain": 1152,
    "delta-closed": 1844,
    "delta-terms": 1980,
    "delta-substituted": 1104,
    "matrix-by-matrix": 1600,
    "linear-layer": 2380,
    "linear-map": 560,
    "outer-product": 525,
    "repeated-factor": 585,
    "two-sided": 2080,
    "transposed-product": 2960,
    "with-its-transpose": 1020,
    "trace-product": 480,
    "trace-power": 975,
    "trace-quadratic": 2625,
    "trace-sum": 9360,
    "bilinear-form": 930,
    "quadratic-form": 1485,
    "matrix-in-form": 540,
    "product-of-forms": 540,
    "quotient-of-forms": 435,
    "least-squares": 432,
    "matrix-least-squares": 1152,
    "penalised-least-squares": 864,
    "weighted-least-squares": 576,
    "norm-not-squared": 1800,
    "elementwise-vectors": 1150,
    "masked-sum": 3840,
    "masked-matrix": 2700,
    "diagonal-number": 350,
    "diagonal-map": 490,
    "layer-jacobian": 1500,
    "layer-loss": 660,
    "function-of-matrix": 2400,
    "matrix-layer": 2100,
    "function-of-form": 2160,
    "jacobian-scalar-times-vector": 1680,
    "jacobian-entrywise-product": 800,
    "jacobian-quotient": 840,
    "jacobian-of-a-layer": 980,
    "vec-of-a-product": 300,
    "kronecker-by-a-factor": 760,
    "vec-of-products": 1120,
    "vec-of-a-quadratic": 560,
    "kronecker-of-vectors": 450,
    "kronecker-form": 480,
    "vector-by-matrix": 840,
    "layer-by-matrix": 500,
    "matrix-by-vector": 560,
    "outer-product-by-vector": 420,
    "quadratic-matrix-by-matrix": 400,
    "entrywise-by-matrix": 960,
    "weight-by-scalar": 315,
    "product-by-scalar": 960,
    "inverse-by-scalar": 768,
    "along-a-line": 650,
    "exponential-by-scalar": 420,
    "power-in-a-scalar": 1020,
    "power-of-a-matrix": 300,
    "series": 760,
    "trace-of-a-cyclic-power": 300,
    "inverse-in-a-scalar": 1650,
    "inverse-in-a-matrix": 990,
    "determinant-linear": 400,
    "determinant-gram": 340,
    "log-determinant-and-term": 400,
    "structured-linear": 2260,
    "structured-quadratic": 980,
    "structured-least-squares": 960,
    "hessian-quadratic": 360,
    "hessian-cubic": 420,
    "hessian-elementwise": 980,
    "hessian-of-a-function-of-a-form": 430,
    "hessian-by-a-matrix": 700,
    "normalised-vector": 1120,
    "cosine-and-rayleigh": 325,
    "centring": 600,
    "row-softmax": 550,
    "softmax-jacobian": 1470,
    "cross-entropy": 952,
    "cross-entropy-batch": 1120,
    "two-layers": 1890,
    "two-layers-jacobian": 500,
    "three-layers": 4000,
    "layers-under-a-trace": 12000,
    "batch-squared-error": 3888,
    "batch-weighted-sum": 500,
    "batch-layer-tensor": 800,
    "attention-scores": 312,
    "attention-weights": 312,
    "attention-output": 312,
    "attention-of-one-query": 420,
    "logistic-margin": 864,
    "logistic-likelihood": 576,
    "penalised-regression": 672,
    "penalised-smooth-loss": 960,
    "penalised-matrix": 432,
    "gaussian-mean": 504,
    "gaussian-covariance": 560,
    "gaussian-precision": 560,
}

families = pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.name)


def sample(family: Family) -> Iterator[Member]:
    """A few members, each under names of its own."""
    for seed in SEEDS:
        yield member(family, Pick(seed=f"{family.name}/{seed}"), names=str(seed))


def tasks(family: Family) -> Iterator[Task]:
    """Every member, under the first names."""
    for _, task in every(lambda pick: family.make(pick, Cast())):
        yield task


def held_steps(worked: Worked) -> list[bool]:
    """For every step with lines that have a value: has it been held against numbers?"""
    return [s.check is not None for s in worked.steps if not isinstance(s.after, Display)]


def test_the_catalogue_is_large_and_every_name_is_there_once() -> None:
    assert len(FAMILIES) >= 30
    assert len(FAMILY_NAMED) == len(FAMILIES)
    assert list(MEMBERS) == [family.name for family in FAMILIES]


@families
def test_what_a_list_shows(family: Family) -> None:
    assert family.title and family.topic and family.about
    assert not family.about.endswith(".")
    assert family.name == family.name.lower().replace(" ", "-")
    assert example(family).path == (0,) * len(example(family).path)


@families
def test_every_member_is_solved_and_checked(family: Family) -> None:
    for one in (example(family), *sample(family)):
        worked = solve(one.task)
        assert worked.steps, one.task
        assert all(held_steps(worked)), one.task
        assert worked.answer.text and worked.answer.tex
        if isinstance(one.task, Derive):
            assert worked.derivation is not None and worked.derivation.verified


@families
def test_no_member_has_a_trivial_answer(family: Family) -> None:
    for one in sample(family):
        answer = solve(one.task, check=False).answer.text
        assert isinstance(one.task, Simplify) or answer not in ("0", "1"), one.task


@families
def test_a_seed_gives_the_same_member_and_names_do_not_change_it(family: Family) -> None:
    for one in sample(family):
        again = member(family, Pick(path=one.path), names="other")
        assert canonical(again.task) == canonical(one.task)
        assert member(family, Pick(path=one.path)).path == one.path


@families
def test_names_do_not_change_how_hard_a_member_is(family: Family) -> None:
    for one in sample(family):
        plain = member(family, Pick(path=one.path)).task
        assert difficulty(solve(one.task, check=False)) == difficulty(solve(plain, check=False)), one.task


@families
def test_members_are_as_many_as_the_table_says_and_the_census_agrees(family: Family) -> None:
    promised = MEMBERS[family.name]
    seen, structures = set[str](), set[str]()
    for task in tasks(family):
        found = identity(task)
        seen.add(found.canonical)
        structures.add(found.skeleton)
        if len(seen) > MOST_SEEN and len(structures) > 1:
            break
    counted = census(family)
    assert min(len(seen), MOST_SEEN) == min(promised, MOST_SEEN)
    assert (counted.members, counted.more) == (min(promised, COUNTED), promised > COUNTED)
    assert len(structures) > 1


@families
def test_names_come_from_the_roles(family: Family) -> None:
    for seed in range(60):
        task = member(family, Pick(seed=f"names/{seed}"), names=f"{seed}").task
        dims = set[str]()
        for name, form in task.symbols:
            declared = declaration_from(name, form)
            axes = [d for d in (declared.rows, declared.cols) if d != ONE]
            dims |= {x for d in axes for x in d.names}
            kind = ("scalar", "vector", "matrix")[len(axes)]
            assert name in LETTERS[kind], f"{name} is a {kind} in {task}"
            assert name[0].isupper() == (kind == "matrix"), f"{name} is a {kind} in {task}"
        assert dims <= LETTERS["dimension"], task
        assert not CONFUSING & {*dims, *(name for name, _ in task.symbols)}, task
        assert not dims & {name for name, _ in task.symbols}, task


@families
def test_what_is_declared_is_used_and_what_is_used_is_declared(family: Family) -> None:
    for seed in range(60):
        task = member(family, Pick(seed=f"used/{seed}"), names=f"{seed}").task
        declared = {name for name, _ in task.symbols}
        if isinstance(task, Simplify):
            used = {name for name in declared if f"{name}[" in task.text or f"{name}*" in task.text}
            assert set(nodes_of(task.symbols)) == used, task
            assert ranges_of(task.ranges)
        else:
            reading = read_expression(task.expr, dict(task.symbols), (task.wrt,) if task.wrt else ())
            assert set(reading.symbols) == declared, task
            assert declared - {task.wrt} <= set(reading.node.names), task
