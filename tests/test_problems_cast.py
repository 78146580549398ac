"""Names by role: none twice, none beside its own capital, structure and letters apart."""

from __future__ import annotations

from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gen.language.declaration import declaration_from
from gen.problems.cast import Cast
from gen.problems.operands import chain, chain_dims, constants, operand, scale
from gen.problems.pick import Pick, every
from gen.problems.roles import ROLES, Role

matrices = [role.name for role in ROLES if role.kind == "matrix"]
vectors = [role.name for role in ROLES if role.kind == "vector"]


@pytest.mark.parametrize("role", ROLES, ids=lambda role: role.name)
def test_the_letters_of_a_role_are_of_its_kind(role: Role) -> None:
    assert role.letters
    assert len(set(role.letters)) == len(role.letters)
    for letter in role.letters:
        assert letter[0].isupper() == (role.kind == "matrix")
        assert (len(letter) > 1) <= (role.kind in ("scalar", "matrix")), "long names are Greek letters"
        assert letter not in set("ikqrjl"), "the first indices of every derivation"


@given(st.integers(0, 10_000), st.sampled_from(matrices), st.sampled_from(vectors))
def test_no_name_is_handed_out_twice(seed: int, matrix: str, vector: str) -> None:
    cast = Cast(Pick(seed=str(seed)))
    n, m = cast.dims(2)
    names = [cast.new(matrix, n, m), cast.new(vector, n), cast.new("scalar")]
    assert len({n, m, *names}) == 5
    assert [name for name, _ in cast.symbols] == names
    assert [form for _, form in cast.symbols] == [f"{n} x {m}", n, "scalar"]


@given(st.integers(0, 10_000))
def test_a_letter_stands_beside_its_capital_only_where_nothing_else_is_left(seed: int) -> None:
    cast = Cast(Pick(seed=str(seed)))
    n = cast.dim()
    names = [
        cast.new("matrix", n, n),
        cast.new("vector", n),
        cast.new("constant", n, n),
        cast.new("fixed", n),
    ]
    assert len({name.lower() for name in (n, *names)}) == 5


def test_letters_run_out_with_an_error_that_names_the_role() -> None:
    cast = Cast()
    n = cast.dim()
    with pytest.raises(AssertionError, match="no letter is left for bias"):
        for _ in range(9):
            cast.new("bias", n)


def test_the_shape_is_that_of_the_kind() -> None:
    with pytest.raises(AssertionError, match="constant is a matrix"):
        Cast().new("constant", "n")


def test_a_structure_is_declared() -> None:
    cast = Cast()
    name = cast.new("covariance", "n", "n", structure="symmetric", domain="spd")
    declared = declaration_from(name, dict(cast.symbols)[name])
    assert (declared.structure, declared.domain) == ("symmetric", "spd")


def test_an_operand_has_the_shape_asked_for_transposed_or_not() -> None:
    found = [made for _, made in every(lambda p: _declared(p, *operand(p, Cast(), "data", "m", "n")))]
    assert found == ["X", "X'"]


def _declared(pick: Pick, text: str, name: str) -> str:
    assert text.rstrip("'") == name
    return text


def test_a_chain_has_its_variable_where_it_is_asked_for() -> None:
    for count in (1, 2, 3):
        for place in range(count):
            for path, (text, wrt, dims) in every(partial(_chain, count, place)):
                factors = text.split("*")
                assert len(factors) == count
                assert factors[place].rstrip("'") == wrt
                assert len(set(dims)) in (1, count + 1), path


def _chain(count: int, place: int, pick: Pick) -> tuple[str, str, tuple[str, ...]]:
    cast = Cast()
    dims = chain_dims(pick, cast, count)
    return (*chain(pick, cast, dims, place), dims)


def test_constants_fit_each_other() -> None:
    cast = Cast()
    assert constants(Pick(path=(1, 0)), cast, "m", "n", "p") == "A'*B"
    assert cast.symbols == (("A", "n x m"), ("B", "n x p"))


def test_a_scalar_in_front_is_declared() -> None:
    casts = []
    for _, (text, cast) in every(_scaled):
        casts.append(text)
        assert (text.rstrip("*") in dict(cast.symbols)) == (text == "alpha*")
    assert casts == ["", "2*", "3*", "-", "alpha*"]


def _scaled(pick: Pick) -> tuple[str, Cast]:
    cast = Cast()
    return scale(pick, cast), cast
