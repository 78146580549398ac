"""Unknown dimensions and what makes them known."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gen.language.dimension import ONE, Dim, named
from gen.language.unification import MAX_FACTORS, Unknowns, is_unknown

M, N = named("m"), named("n")


def test_an_unknown_becomes_what_it_is_made_equal_to() -> None:
    unknowns = Unknowns()
    a = unknowns.fresh()
    assert unknowns.unify(a, N) == "equal"
    assert unknowns.resolve(a * M) == M * N


def test_two_unknowns_become_one_and_keep_the_earlier_name() -> None:
    unknowns = Unknowns()
    a, b = unknowns.fresh(), unknowns.fresh()
    assert unknowns.unify(a, b) == "equal"
    assert unknowns.resolve(b) == a
    assert unknowns.unify(b, N) == "equal"
    assert unknowns.resolve(a) == N


def test_declared_dimensions_do_not_unify() -> None:
    unknowns = Unknowns()
    assert unknowns.unify(M, N) == "different"
    assert unknowns.unify(M, Dim(3)) == "different"
    assert unknowns.unify(Dim(2), Dim(3)) == "different"
    assert unknowns.unify(M * N, N * M) == "equal"


def test_an_unknown_is_never_one() -> None:
    unknowns = Unknowns()
    a = unknowns.fresh()
    assert unknowns.unify(a, ONE) == "one"
    assert unknowns.unify(a * N, N) == "one"
    assert unknowns.unify(a * unknowns.fresh(), ONE) == "one"
    assert unknowns.resolve(a) == a


def test_products_are_cancelled() -> None:
    unknowns = Unknowns()
    a, b, c = unknowns.fresh(), unknowns.fresh(), unknowns.fresh()
    assert unknowns.unify(a * M, M * N) == "equal"
    assert unknowns.resolve(a) == N
    assert unknowns.unify(Dim(2) * b, Dim(6)) == "equal"
    assert unknowns.resolve(b) == Dim(3)
    assert unknowns.unify(c, a * b) == "equal"
    assert unknowns.resolve(c) == Dim(3) * N


def test_equal_squares_have_equal_roots() -> None:
    unknowns = Unknowns()
    a, b = unknowns.fresh(), unknowns.fresh()
    assert unknowns.unify(a * a, b * b) == "equal"
    assert unknowns.resolve(a) == unknowns.resolve(b)


def test_a_product_of_unknowns_says_nothing_yet() -> None:
    unknowns = Unknowns()
    a, b = unknowns.fresh(), unknowns.fresh()
    assert unknowns.unify(a * b, N) == "open"
    assert unknowns.unify(a, M) == "equal"
    assert unknowns.unify(a * b, M * N) == "equal"
    assert unknowns.resolve(b) == N


def test_dimensions_do_not_grow_without_bound() -> None:
    unknowns = Unknowns()
    dim = unknowns.fresh()
    outcomes = []
    for _ in range(100):
        larger = unknowns.fresh()
        outcomes.append(unknowns.unify(larger, dim * dim))
        dim = larger
        if outcomes[-1] != "equal":
            break
    assert outcomes[-1] == "different"
    assert len(outcomes) <= MAX_FACTORS.bit_length() + 1


@given(st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)), max_size=12))
def test_what_was_made_equal_resolves_to_the_same(pairs: list[tuple[int, int]]) -> None:
    unknowns = Unknowns()
    dims = [*(unknowns.fresh() for _ in range(5)), M, N, M * N]
    equal = []
    for a, b in pairs:
        if unknowns.unify(dims[a], dims[b]) == "equal":
            equal.append((dims[a], dims[b]))
    for left, right in equal:
        assert unknowns.resolve(left) == unknowns.resolve(right)


@pytest.mark.parametrize("name", ["n", "m1"])
def test_names_that_are_typed_are_no_unknowns(name: str) -> None:
    assert not is_unknown(name)
    assert is_unknown(Unknowns().fresh().names[0])
