"""Entries at small numbers: right by another way of computing, wrong numbers told apart."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from gen.derivation.evaluate import Numbers
from gen.derivation.points import POINTS, dim_names
from gen.language.node import Node, symbol
from gen.language.signature import dimension_of
from gen.problems.catalogue import FAMILIES
from gen.problems.entry_question import EntryQuestion, entry_question, tolerance_of
from gen.problems.family import Family, member
from gen.problems.pick import Pick
from gen.problems.small_numbers import sizes_of, small_numbers
from gen.problems.solve import solve
from gen.problems.task import Derive
from gen.problems.worked import Worked

STEP = 1e-5


def found(family: Family, seed: str) -> tuple[Worked, EntryQuestion | None]:
    worked = solve(member(family, Pick(seed=seed)).task)
    return worked, entry_question(worked, seed)


def by_differences(worked: Worked, asked: EntryQuestion) -> float:
    """The entry from differences of the expression itself, without its derivative."""
    d = worked.derivation
    assert d is not None
    given = {name: np.array(rows, dtype=float) for name, rows in asked.given}
    sizes = {
        name: size
        for node in worked.symbols
        for dim, size in zip((node.rows, node.cols), given[node.name].shape, strict=True)
        for name in dim.names
    }

    def value(
        moved: dict[str, np.ndarray[tuple[int, ...], np.dtype[np.float64]]],
    ) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
        spread = {n: np.broadcast_to(v + 0j, (POINTS, 1, *v.shape)) for n, v in moved.items()}
        return np.asarray(Numbers(spread, sizes).node(d.problem.expr)[0, 0].real)

    of = [dim for dim in (d.value.rows, d.value.cols) if dim.text() != "1"]
    place = [at - 1 for at in asked.place]
    at, by = place[: len(of)], place[len(of) :]
    x = given[d.problem.wrt.name]
    where = tuple(by) + (0,) * (2 - len(by))
    sides = []
    for sign in (1, -1):
        near = x.copy()
        near[where] += sign * STEP
        whole = value({**given, d.problem.wrt.name: near})
        sides.append(float(whole[tuple(at) + (0,) * (2 - len(at))]))
    return (sides[0] - sides[1]) / (2 * STEP)


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.name)
def test_the_number_is_right_and_the_wrong_ones_are_not(family: Family) -> None:
    worked, asked = found(family, "n")
    if asked is None:
        return
    d = worked.derivation
    assert d is not None
    if d.problem.kind in ("gradient", "jacobian", "tensor3", "tensor3m", "tensor4") and plain(worked):
        assert by_differences(worked, asked) == pytest.approx(asked.value, rel=1e-5, abs=1e-5)
    values = [asked.value, *(value for value, _ in asked.near)]
    spans = sorted((v - tolerance_of(v), v + tolerance_of(v)) for v in values)
    assert all(a[1] < b[0] for a, b in pairwise(spans))
    assert asked == entry_question(worked, "n")


def plain(worked: Worked) -> bool:
    """Unstructured variables, in numerator layout, for which an entry is a partial derivative."""
    d, task = worked.derivation, worked.task
    if d is None or not isinstance(task, Derive) or any("elementwise" in form for _, form in task.symbols):
        return False
    small = any(node.domain == "small" for node in worked.symbols)
    return (
        d.upstream is None
        and d.problem.wrt.structure is None
        and d.problem.layout == "numerator"
        and not small
    )


def test_most_problems_that_are_derived_have_such_a_question() -> None:
    derived = [(family.name, *found(family, "n")) for family in FAMILIES]
    askable = [(name, asked) for name, worked, asked in derived if plain(worked)]
    without = [name for name, asked in askable if asked is None]
    assert len(without) < len(askable) / 8, without


STRUCTURES = (None, "symmetric", "skew", "diagonal", "lower")
DOMAINS = (None, "positive", "spd", "nonsing", "posdet", "pm1")


@pytest.mark.parametrize("structure", STRUCTURES)
@pytest.mark.parametrize("domain", DOMAINS)
def test_numbers_have_the_structure_and_the_domain(structure: str | None, domain: str | None) -> None:
    n = dimension_of("n")
    assert n is not None
    node: Node = symbol("A", n, n, structure, domain)
    for first in (0, 1):
        drawn = small_numbers(node, sizes_of(dim_names((node,)), first), "s")
        if drawn is None:
            continue
        assert (drawn == np.round(drawn)).all()
        if structure == "symmetric":
            assert (drawn == drawn.T).all()
        if structure == "skew":
            assert (drawn == -drawn.T).all()
        if structure in ("lower", "diagonal"):
            assert (np.triu(drawn, 1) == 0).all()
        if domain in ("spd", "nonsing", "posdet") and structure != "skew":
            assert np.linalg.det(drawn) == pytest.approx(
                1 if structure != "diagonal" else np.prod(np.diag(drawn))
            )
            assert np.linalg.det(drawn) > 0.5
        if domain == "spd" and structure != "skew" and structure != "lower":
            assert (np.linalg.eigvalsh(drawn) > 0).all()
        if domain == "pm1" and structure is None:
            assert set(np.abs(drawn).ravel()) == {1.0}


def test_what_whole_numbers_do_not_fit_is_not_asked() -> None:
    n = dimension_of("n")
    assert n is not None
    assert small_numbers(symbol("x", n, n, None, "small"), {"n": 2}, "s") is None


def test_distributions_are_certain() -> None:
    n, m = dimension_of("n"), dimension_of("m")
    assert n is not None
    assert m is not None
    rows = small_numbers(symbol("T", n, m, None, "rowsimplex"), {"n": 2, "m": 3}, "s")
    columns = small_numbers(symbol("T", n, m, None, "simplex"), {"n": 2, "m": 3}, "s")
    assert rows is not None
    assert columns is not None
    assert (rows.sum(axis=1) == 1).all()
    assert (columns.sum(axis=0) == 1).all()
